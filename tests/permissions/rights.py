"""Who may do what in the back office: a row for each address, written down apart from the code that it is held against.

    address | whose GET is answered with a page | whose POST changes something

A person stands alone where the state does not matter, or with the letters of the states in which it holds: Draft,
Submitted, Returned, Approved, Published, Withdrawn. An address is the name of its view or, without one, its route;
`budget_step submit` is one step of an address. `-` is nobody. Everybody else has 403, 404 or 405, and those who have
nothing to do with a budget have no word of it.
"""

from tests.permissions.stage import PEOPLE, STATES

EVERY = "".join(STATES)
OURS = "clerk reviewer publisher auditor owner"
OTHERS = ("clerk of another body", "reviewer of another county", "publisher of another county",
          "auditor of another county")  # fmt: skip
GROUPS = {
    "sees": f"clerk:{EVERY} owner:{EVERY} reviewer:SRAPW publisher:SRAPW auditor:APW",
    "writers": "clerk:DR owner:DR",
    "officers": "reviewer publisher auditor",  # of the county
    "administrators": "administrator owner",
}
ROWS = """
admin/ | staff | -
index | staff | -
app_list | posted administrators | -
login | all | -
logout | - | -
own_password | staff | -
password_change | staff | -
password_change_done | staff | -
second_factor | staff | -
invitation | - | -
jsi18n | staff | -
autocomplete | posted administrators | -
view_on_site | - | -
admin/(?P<url>.*)$ | - | -

people | administrators | -
add_person | administrators | administrators
person | administrators | administrators

county_board | officers owner foreign | -
county_workbook | officers owner foreign | -
county_forms | reviewer:SRAPW publisher:SRAPW | -
county_publish | - | publisher:SRAPW
county_progress | publisher | -
county_publish_more | - | publisher
county_remind | - | reviewer:DR publisher:DR

county_sentences | officers owner foreign | -
county_section | officers | reviewer
county_sentence | reviewer | reviewer

budget_import | clerk owner clerk_of_another_body | writers
budget_import_preview | clerk | clerk:DR
budget_import_annotated | clerk | -
budget_import_confirm | - | clerk:DR
budget_import_discard | - | clerk
budget_import_batch | clerk | -
budget_import_batch_read | - | clerk
budget_import_batch_save | - | clerk
budget_import_batch_discard | - | clerk

budget_budget_changelist | posted | -
budget_budget_add | clerk owner clerk_of_another_body | clerk owner
budget_budget_change | sees | -
budget_budget_history | - | -
budget_budget_delete | - | -
admin/budget/budget/<path:object_id>/ | staff | -
budget_tables | sees | -
budget_step submit | clerk | clerk:DR
budget_step recall | clerk | clerk:S
budget_step return | reviewer:SRAPW | reviewer:SA
budget_step approve | reviewer:SRAPW | reviewer:S
budget_step publish | - | -
budget_step correct | publisher:SRAPW | publisher:PW
budget_step withdraw | - | -
budget_explain_several | writers | writers
budget_explain | writers | writers
budget_grids | sees | -
budget_grid | sees | writers
budget_grid_follow | - | -
budget_head | writers | writers
budget_journal | sees | -
budget_since | sees | -
budget_figure | sees | -
budget_take_back | writers | writers
budget_next_year | clerk owner | clerk owner
budget_carried | writers | -
budget_review | sees | -
budget_review_part | sees | -
budget_comments | sees | reviewer:SRA publisher:SRA
budget_conflict | - | owner:DR
budget_lists | sees | -
budget_list | sees | writers
budget_take | sees | writers
budget_projects | sees | writers
budget_projects_sheet | sees | writers
budget_text | sees | -
budget_section | writers | writers

budget_code_changelist | posted administrators | -
budget_code_add | administrators | administrators
budget_code_change | posted administrators | administrators
budget_code_history | posted administrators | -
budget_code_delete | owner | owner
budget_official_list | administrators | administrators
admin/budget/code/<path:object_id>/ | staff | -
budget_region_changelist | posted administrators | -
budget_region_add | administrators | administrators
budget_region_change | posted administrators | administrators
budget_region_history | posted administrators | -
budget_region_delete | owner | -
admin/budget/region/<path:object_id>/ | staff | -
budget_department_changelist | posted administrators | -
budget_department_add | administrators | administrators
budget_department_change | posted administrators | administrators
budget_department_history | posted administrators | -
budget_department_delete | owner | -
admin/budget/department/<path:object_id>/ | staff | -

budget_printedtable_changelist | posted | -
budget_printedtable_add | - | -
budget_printedtable_change | sees | -
budget_printedtable_history | sees | -
budget_printedtable_delete | writers | writers
admin/budget/printedtable/<path:object_id>/ | staff | -
budget_upload_changelist | posted | -
budget_upload_add | - | -
budget_upload_change | sees | -
budget_upload_history | sees | -
budget_upload_delete | - | -
budget_upload_original | sees | -
budget_upload_annotated | sees | -
admin/budget/upload/<path:object_id>/ | staff | -

disclosures_form | sees | -
disclosures_publish | publisher:A | publisher:A
disclosures_withdraw | publisher:P | publisher:P
disclosures_preview | sees | -
admin/disclosures/publication/preview/ | sees | -
disclosures_publication_changelist | posted | -
disclosures_publication_add | - | -
disclosures_publication_change | posted | -
disclosures_publication_history | posted | -
disclosures_publication_delete | - | -
admin/disclosures/publication/<path:object_id>/ | staff | -
"""


def _of(word):
    """{person: letters} of one word of a row."""
    name, _, letters = word.partition(":")
    if name in GROUPS:
        return _all(GROUPS[name])
    groups = {"all": [*PEOPLE], "staff": [*PEOPLE][:-2], "posted": [*OURS.split(), *OTHERS], "foreign": OTHERS[1:]}
    return dict.fromkeys(groups.get(name, [name.replace("_", " ")]), letters or EVERY)


def _all(words):
    found = {}
    for word in words.split():
        found |= {} if word == "-" else _of(word)
    return found


def rights():
    """{(address, step): (who has a page, whose POST changes something)}, each as {person: letters of states}."""
    found = {}
    for row in filter(None, ROWS.splitlines()):
        address, gets, posts = (part.strip() for part in row.split(" | "))
        name, _, step = address.partition(" ")
        found[name, step] = _all(gets), _all(posts)
    return found


def right_of(name, step=""):
    """The row of an address; the pages of the preview, whose routes have no names, share one. None without a row."""
    known = rights()
    preview = "admin/disclosures/publication/preview/"
    return known.get((name, step)) or (known[preview, ""] if name.startswith(preview) else None)
