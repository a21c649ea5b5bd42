"""A year from the year before: what recurs comes along, no amount does, and no text of last year passes unseen."""

from datetime import date
from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from budget import carried
from budget.codes import Ended, Names
from budget.declare.fields import Figure, Percent
from budget.drafts.door import Who, flatten, now
from budget.drafts.last_year import followed, lines_before, moved, rows_to_fill, to_begin
from budget.drafts.load import load, names_of
from budget.drafts.looked_at import unseen
from budget.drafts.next_year import begin_next, survey
from budget.drafts.states import lacks_of
from budget.figures.line import Line
from budget.models import Act, Budget, Code, Role, State
from tests.budget.people import li, owner, post, saved, signed_in, stranger, township, wang
from tests.budget.test_door import edit

__all__ = ["li", "owner", "stranger", "township", "wang"]
pytestmark = pytest.mark.django_db
WANG = Who("王会计")


@pytest.fixture
def begun(township):
    return begin_next(township, WANG)


def said(budget):
    return flatten(now(budget))


# What comes along.


def test_projects_come_with_goals_and_indicators_and_without_amounts(township, begun):
    last, new = (load(one).entries.records["projects"] for one in (township, begun.budget))
    assert [one["code"] for one in new] == [one["code"] for one in last] and len(new) == 18
    for old, one in zip(last, new, strict=True):
        assert [i["level3"] for i in one["indicators"]] == [i["level3"] for i in old["indicators"]]
        assert one["name"] == old["name"] and len(one["goals"]) == len(old["goals"])
        assert one["purpose"].startswith(carried.LOOK)


def test_no_amount_and_no_count_of_any_record_comes_along(begun):
    entries = load(begun.budget).entries
    assert entries.lines == [] and entries.records["procurement"] == [] and entries.dates["fixed_assets"] is None
    for records in entries.document.records:
        values = ((f, v) for _, f, v in records.cells(entries.records[records.key]) if isinstance(f, Figure))
        assert [v for f, v in values if v is not None and not isinstance(f, Percent)] == []
    assert [one["kind"] for one in entries.records["fixed_assets"]][0] == "total"
    assert entries.records["institutions"]


def test_texts_come_marked_and_without_last_years_figures(township, begun):
    last, new = (load(one).entries.sections for one in (township, begun.budget))
    assert [one["title"] for one in new] == [one["title"] for one in last]
    for section in new:
        assert not section["text"].strip() or section["text"].startswith(carried.LOOK)
        assert carried.without_figures(section["text"]) == section["text"]
    assert any(carried.FILL in section["text"] for section in new)


def test_dates_signatures_and_explanations_stay_behind(township, begun):
    Budget.objects.filter(pk=township.pk).update(approved_on="2024-02-01", signed_by="张乡长", signed_on="2024-02-02")
    assert said(begun.budget)["head"] == {} and said(begun.budget)["explanations"] == {}
    assert begun.budget.source is None and begun.budget.state == State.DRAFT


def test_what_came_along_does_not_go_out_before_somebody_looked(begun):
    missing = lacks_of(begun.budget)
    assert any("从上年带来" in lack.sentence for lack in missing)


def test_it_is_one_act_of_the_journal_that_says_what_came(township, begun):
    acts = Act.objects.filter(budget=begun.budget).order_by("id")
    assert [one.how for one in acts] == [Act.How.OPENED, Act.How.COPY] and acts[1].by == "王会计"
    assert acts[1].why.startswith("照 2024 年开始：科目") and "项目 18 条" in acts[1].why


def test_to_begin_twice_changes_nothing(township, begun):
    before, again = said(begun.budget), begin_next(township, WANG)
    assert not again.created and again.changed == () and said(again.budget) == before


def test_only_what_is_still_empty_is_filled(township, begun):
    begun.budget.institutions.all().delete()
    begun.budget.projects.all().delete()
    begun.budget.sections.update(text="今年的话。")
    again = begin_next(township, WANG)
    assert set(again.changed) == {"institutions", "projects"}
    assert {one["text"] for one in load(again.budget).entries.sections} == {"今年的话。"}


def test_both_kinds_of_one_body_begin_apart(township):
    other = Budget.objects.create(department=township.department, year=2024, document="unit_budget")
    assert begin_next(other, WANG).budget.document == "unit_budget"
    assert not Budget.objects.filter(year=2025, document="department_budget").exists()


# Codes.


def names(**ended):
    """{code: its successors} of function codes that have ended."""
    found = Names({("function", code): code for code in ("2010301", "2010302", "2010303", "2010304")})
    found.ended = {("function", code[1:]): Ended(date(2025, 1, 1), tuple(to.split())) for code, to in ended.items()}
    return found


@pytest.mark.parametrize(
    ("ended", "codes"),
    [
        ({}, ("2010301",)),
        ({"_2010301": "2010302"}, ("2010302",)),
        ({"_2010301": "2010302 2010303"}, ("2010302", "2010303")),
        ({"_2010301": "2010302", "_2010302": "2010303"}, ("2010303",)),  # in two steps
        ({"_2010301": "2010302 2010303", "_2010302": "2010303"}, ("2010303",)),
        ({"_2010301": ""}, ("2010301",)),  # nothing took its place: a person knows
        ({"_2010301": "2010302", "_2010302": "2010301"}, ("2010301",)),  # a slip in the list does not hang
    ],
)
def test_a_code_is_followed_to_what_took_its_place(ended, codes):
    assert followed(("function", "2010301"), names(**ended)) == codes


def line(code, amount):
    return Line("spending", "general_public_budget", "basic", code, amount=Decimal(amount))


def test_rows_to_fill_stand_under_this_years_codes_and_count_no_money_twice():
    lines = [line("2010301", 100), line("2010304", 5)]
    rows = rows_to_fill(lines, names(_2010301="2010302 2010303"))
    assert rows == [line("2010302", 100), line("2010303", 0), line("2010304", 5)]
    assert [(one.code, one.successors) for one in moved(lines, names(_2010301="2010302 2010303"))] == [
        ("2010301", ("2010302", "2010303"))
    ]


def test_an_ended_code_is_told_and_last_years_figures_stand_under_the_new_one(township):
    code = next(one.function for one in load(township).entries.lines if one.function)
    Code.objects.filter(scheme="function", code=code).update(until="2025-01-01", successors="2299999")
    taken, new = survey(township), begin_next(township, WANG).budget
    assert f"{code} 已停用，改用 2299999" in taken.in_words()
    lines, last = lines_before(new, names_of(new)), load(township).entries.lines
    assert code not in {one.function for one in lines} and "2299999" in {one.function for one in lines}
    assert sum(one.amount for one in lines) == sum(one.amount for one in last)


def test_names_that_the_township_prints_come_along(township):
    township.printed_names.all().delete()
    code = next(one.function for one in load(township).entries.lines if one.function)
    township.printed_names.create(scheme="function", code=code, name="本乡叫法")
    township.printed_names.create(scheme="function", code="2330000", name="早不用了")
    assert load(begin_next(township, WANG).budget).entries.names == {("function", code): "本乡叫法"}


# Who may.


def test_a_clerk_begins_the_year_with_one_click(township, wang):
    page = wang.get(reverse("admin:budget_budget_changelist")).content.decode()
    url = reverse("admin:budget_next_year", args=[township.pk])
    assert "开始 2025 年（照 2024 年）" in page and url in page
    asked = wang.get(url).content.decode()
    assert "项目 18 条" in asked and not Budget.objects.filter(year=2025).exists()  # GET changes nothing
    answer = wang.post(url, follow=True)
    assert Budget.objects.get(year=2025).department == township.department
    assert "已照 2024 年开始 2025 年" in answer.content.decode()
    assert "开始 2026 年" in wang.get(reverse("admin:budget_budget_changelist")).content.decode()


@pytest.mark.parametrize(("role", "status"), [(Role.REVIEWER, 403), (Role.PUBLISHER, 403), (Role.AUDITOR, 404)])
def test_nobody_begins_a_budget_for_another(township, role, status):
    Budget.objects.update(was_submitted=True, state=State.SUBMITTED)
    county = post(signed_in(role.label), role, "130324")
    for name in ("next_year", "carried"):
        assert county.post(reverse(f"admin:budget_{name}", args=[township.pk])).status_code == status
    assert not Budget.objects.filter(year=2025).exists()


@pytest.mark.parametrize("who", ["other", "li", "stranger"])
def test_for_strangers_there_is_no_such_page(township, li, stranger, who):
    clients = {"other": post(signed_in("外乡人"), Role.CLERK, "310107"), "li": li, "stranger": stranger}
    for name in ("next_year", "carried"):
        url = reverse(f"admin:budget_{name}", args=[township.pk])
        assert clients[who].get(url).status_code == clients[who].post(url).status_code
        assert clients[who].post(url).status_code == (302 if who == "stranger" else 404)
    assert not Budget.objects.filter(year=2025).exists()


def test_a_year_that_is_closed_takes_nothing(township, wang, begun):
    begun.budget.institutions.all().delete()
    Budget.objects.filter(year=2025).update(state=State.SUBMITTED)
    assert wang.post(reverse("admin:budget_next_year", args=[township.pk])).status_code == 409
    assert not begun.budget.institutions.exists()


def test_what_can_be_begun_is_the_newest_of_ones_own(township, wang, begun):
    saved("wanli-2023.xlsx")
    assert [(one.department.unit, one.year) for one in to_begin(wang.user)] == [("210", 2023), ("909", 2025)]


# Looking through it.


def test_what_was_looked_at_loses_its_mark_and_what_ends_is_gone(begun, wang):
    url = reverse("admin:budget_carried", args=[begun.budget.pk])
    found = unseen(begun.budget)
    projects = [one for one in found if one.ends]
    sections = [one for one in found if not one.ends]
    assert len(projects) == 18 and sections
    page = wang.get(url).content.decode()
    assert projects[0].name in page and "今年不做，删去" in page
    wang.post(url, {one.key: "keep" for one in [*sections, projects[0]]} | {projects[1].key: "end"})
    begun.budget.refresh_from_db()
    entries = load(begun.budget).entries
    codes = [one["code"] for one in entries.records["projects"]]
    assert len(codes) == 17 and projects[1].row not in codes
    assert not entries.records["projects"][0]["purpose"].startswith(carried.LOOK)
    assert all(carried.LOOK not in one["text"] for one in entries.sections)
    left = unseen(begun.budget)
    assert {one.row for one in left if not one.ends} == {one.row for one in sections if one.to_fill}


def test_one_choice_is_for_all_that_nothing_was_chosen_of(begun, wang):
    url = reverse("admin:budget_carried", args=[begun.budget.pk])
    found = unseen(begun.budget)
    kept = next(one for one in found if one.ends)
    own = next(one for one in found if one.row == "4")
    said_ = {"rest-projects": "end", "rest-sections": "figures", kept.key: "keep", own.key: "later"}
    wang.post(url, said_)
    begun.budget.refresh_from_db()
    entries = load(begun.budget).entries
    assert [one["code"] for one in entries.records["projects"]] == [kept.row]
    assert set(entries.composed) == {int(one.row) for one in found if one.row in ("2", "9")}
    assert {one.row for one in unseen(begun.budget) if not one.ends} == {"4"}


def test_a_forged_answer_takes_out_nothing_else(begun, wang):
    before = said(begun.budget)
    sections = next(one.key for one in unseen(begun.budget) if not one.ends)
    forged = {sections: "end", "institutions-1": "end", "sections-99": "keep", "projects-X": "end"}
    wang.post(reverse("admin:budget_carried", args=[begun.budget.pk]), forged)
    assert said(begun.budget) == before


def test_what_somebody_changed_meanwhile_is_not_kept_unseen(begun, wang):
    url = reverse("admin:budget_carried", args=[begun.budget.pk])
    seen = wang.get(url).context["seen"]
    one = next(one for one in unseen(begun.budget) if one.ends)
    edit(
        begun.budget, Who("李会计"), "projects", **{f"{one.key}-purpose".replace("-", "__"): f"{carried.LOOK}新的用途"}
    )
    answer = wang.post(url, {one.key: "keep", "seen": seen})
    assert answer.status_code == 409 and "新的用途" in answer.content.decode()
    assert said(begun.budget)["projects"][f"{one.key}-purpose"] == f"{carried.LOOK}新的用途"


# The whole county.


def open_year(*args, **options):
    out = StringIO()
    call_command("open_year", *args, stdout=out, stderr=StringIO(), **options)
    return out.getvalue()


def test_the_servers_owner_opens_a_year_for_all(township):
    told = open_year("2025", region="130324")
    assert "909 卢龙县刘家营乡人民政府　新建" in told and "共 1 份，1 份可以填报" in told
    assert "没有变化" in open_year("2025")


def test_what_is_on_its_way_is_left_alone(township, begun):
    Budget.objects.filter(year=2025).update(state=State.SUBMITTED)
    before = said(begun.budget)
    with pytest.raises(CommandError) as told:
        open_year("2025")
    assert told.value.returncode == 1 and said(begun.budget) == before
    assert Budget.objects.get(year=2025).state == State.SUBMITTED


@pytest.mark.parametrize("options", [{}, {"unit": "908"}, {"region": "310107"}, {"type": "unit_budget"}])
def test_a_year_without_a_year_before_cannot_be_opened(township, options):
    with pytest.raises(CommandError) as told:
        open_year("2031" if not options else "2025", **options)
    assert told.value.returncode == 2
