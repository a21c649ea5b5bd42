"""What a person sends who may: for each address whose POST changes something, a body that does.

Most are the page's own form as a browser would send it, with one thing changed. They are made once, while the budget is
a draft, and then sent by everybody in every state.
"""

import re

from lxml import html

from tests.budget.conftest import original
from tests.permissions.routes import filled, routes
from tests.permissions.stage import FILE, OURS

REASON = {"why": "改", "reason": "多写了", "by": "卢龙县财政局", "office": "卢龙县财政局"}
LIST = "编码,名称\n2019997,某事务\n".encode()


def bodies(stage):
    """{(address, step): {field: value}}; a pair of name and bytes is a file."""
    pages, keys = _Pages(stage), stage.keys
    said = {"budget_conflict": _conflict(pages), "budget_explain": {"text": "改"}}
    typed = {name: pages.form(name) | changed for name, changed in _TYPED.items()}
    said |= {name: _with(pages.form(name), *changed) for name, changed in _FIRST.items()}
    said |= {"budget_explain_several": {"finding": keys["fingerprint"], "text": "改"}}
    said |= {"disclosures_publish": REASON, "disclosures_withdraw": REASON}
    said |= {"budget_comments": {"way": "write", "text": "改"}, "county_publish": {"budget": keys["budget"]}}
    said |= {"budget_import": {"file": (FILE, original(FILE))}}
    said |= {"budget_import_preview": {"region": OURS, "unit": "909", "year": "2024"}}
    said |= {"budget_import_confirm": pages.form("budget_import_preview", "clerk", "/confirm/")}
    said |= {"budget_budget_add": {"department": keys["department"], "year": "2026", "document": "department_budget"}}
    said |= {"county_remind": {"unit": "909", "year": "2024", "region": OURS, "which": "chosen"}}
    said |= {"county_section": pages.form("county_section", "reviewer") | {"do": "remove duties"}}
    said |= {"county_sentence": pages.form("county_sentence", "reviewer") | {"called": "改", "do": "save"}}
    said |= {"budget_take": pages.form("budget_take") | {"row": "1"}}
    code = {"scheme": "function", "code": "2019996", "name": "某科目", "since": "2024-01-01"}
    said |= {"budget_code_add": code, "budget_region_add": {"code": "130323", "name": "抚宁县"}}
    said |= {"budget_department_add": {"region": OURS, "unit": "911", "name": "某乡"}}
    said |= {"budget_official_list": {"file": ("目录.csv", LIST), "scheme": "function", "since": "2024-01-01"}}
    return {(name, ""): body for name, body in (typed | said).items()}


# One thing changed in the form of a page.
_TYPED = {
    "budget_head": {"signed_by": "李乡长"},
    "budget_take_back": {"why": "说错了"},
    "budget_section": {"text": "改"},
    "budget_projects_sheet": {"name": "改过的项目", "do": "save"},
    "budget_code_change": {"name": "改"},
    "budget_region_change": {"name": "改"},
    "budget_department_change": {"name": "改"},
    "budget_code_delete": {"post": "yes"},
    "budget_printedtable_delete": {"post": "yes"},
    "add_person": {"name": "赵六", "username": "赵六", "role": "auditor", "of": OURS},
    "person": {"do": "sign_out"},
}


# The first field whose name is so gets this value, and the button's.
_FIRST = {
    "budget_projects": ("place-", "9", {"do": "order"}),
    "budget_list": (r".*-item$", "改", {"do": "save"}),
    "budget_grid": (r".*-.*-", "12.34", {"save": "1"}),
}


def _with(form, like, value, button):
    name = next(name for name in form if re.match(like, name))
    return form | {name: value} | button


def _conflict(pages):
    """What the page of a conflict sends: two people wrote another name into one field."""
    stale, owner = pages.form("budget_head") | {"signed_by": "张乡长一"}, pages.stage.clients["owner"]
    owner.post(pages.address("budget_head"), stale | {"signed_by": "张乡长二"})
    asked = fields(owner.post(pages.address("budget_head"), stale), "conflict")
    return asked | {"choose-head--signed_by": "mine"}


class _Pages:
    """The pages of a stage, as the owner or somebody else has them."""

    def __init__(self, stage):
        self.stage, self.routes = stage, routes()

    def address(self, name):
        return filled(self.routes[name], self.stage.keys)

    def form(self, name, who="owner", action=""):
        """{field: value} of the page's longest form, or of the one that goes to an address."""
        return fields(self.stage.clients[who].get(self.address(name)), action)


def fields(answer, action=""):
    """{field: value} of a page's longest form as a browser sends it, its buttons left alone."""
    assert answer.status_code in (200, 409), answer
    forms = [one for one in html.fromstring(answer.content.decode()).forms if one.method == "POST"]
    wanted = [one for one in forms if action in (one.action or "") and "logout" not in (one.action or "")]
    return {name: value or "" for name, value in max(wanted, key=lambda one: len(one.fields)).form_values()}
