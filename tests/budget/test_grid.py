"""Typing into the tables: pages, saving through the door, what follows, what is asked."""

import json
from decimal import Decimal
from html.parser import HTMLParser

import pytest
from django.urls import reverse

from budget.documents.department_budget import DEPARTMENT_BUDGET
from budget.drafts.door import flatten, now
from budget.drafts.load import load_lines
from budget.models import Act, Budget
from tests.budget.people import li, saved, stranger, township, wang

__all__ = ["li", "stranger", "township", "wang"]
pytestmark = pytest.mark.django_db
KEYS = [table.key for table in DEPARTMENT_BUDGET.tables]


def at(budget, table="t5", follow=False):
    return reverse(f"admin:budget_grid{'_follow' * follow}", args=[budget.pk, table])


def seen(budget):
    return Act.objects.filter(budget=budget).latest("id").pk


def typed(client, budget, table="t5", follow=False, **fields):
    """The answer to a form with these cells; a cell is written t5_2010301_project here."""
    fields = {name.replace("_", "-", 2) if name[0] == "t" and name[1].isdigit() else name: text
              for name, text in fields.items()}  # fmt: skip
    return client.post(at(budget, table, follow), {"unit": "万元", "seen": seen(budget), **fields})


def amount(budget, **facets):
    return sum((line.amount for line in budget.lines.filter(**facets)), Decimal(0))


@pytest.mark.parametrize("table", KEYS)
def test_each_table_is_shown_with_its_figures(wang, township, table):
    page = wang.get(at(township, table))
    assert page.status_code == 200 and f'id="{table}-' in page.content.decode()


def test_a_code_of_spending_is_a_blank_row_of_income(wang, township):
    township.lines.filter(book="income", function="2130705").delete()
    page = wang.get(at(township, "t2")).content.decode()
    assert (
        'name="t2-2130705-fiscal"' in page
        and 'name="t2-2130705-fiscal"' not in wang.get(at(township, "t7")).content.decode()
    )


def test_the_tab_lists_all_tables(wang, township):
    page = wang.get(reverse("admin:budget_grids", args=[township.pk])).content.decode()
    assert all(reverse("admin:budget_grid", args=[township.pk, key]) in page for key in KEYS)
    assert "1,337.87" in page


@pytest.mark.parametrize("table", KEYS)
def test_a_form_posted_as_it_is_changes_nothing(wang, township, table):
    before = flatten(now(township))
    answer = wang.post(at(township, table), fields_of(wang.get(at(township, table))) | {"save": "1"})
    assert answer.status_code == 302 and flatten(now(township)) == before


class Reader(HTMLParser):
    """The fields of a page's form as a browser without script would send them."""

    def __init__(self, page):
        super().__init__()
        self.fields = {}
        self.feed(page if isinstance(page, str) else page.content.decode())

    def handle_starttag(self, tag, attrs):
        one = dict(attrs)
        if tag == "input" and one.get("name") and one.get("type") != "radio":
            self.fields[one["name"]] = one.get("value", "")


def fields_of(page):
    return Reader(page).fields


def test_a_typed_figure_is_saved_through_the_door(wang, township):
    answer = typed(wang, township, t5_2130705_project="300", save="1")
    assert answer.status_code == 302
    assert amount(township, book="spending", function="2130705", kind="project") == 3_000_000
    act = Act.objects.latest("id")
    assert (act.how, act.user, act.changes.count()) == ("grid", wang.user, 1)


def test_totals_other_tables_and_findings_follow(wang, township):
    told = json.loads(typed(wang, township, t5_2130705_project="300", follow=True).content)
    assert told["texts"]["t5-213-project"] == "300.00" and told["texts"]["t5-total-total"] == "1,292.14"
    assert "表1" in told["html"]["grid-foot"]
    assert amount(township, function="2130705", kind="project") == Decimal("3457300")


@pytest.mark.parametrize("text", ["12 345", "1.2.3", "12a", "1,23", "①", "五十", "12345678901234567", "0.1234567"])
def test_what_is_no_amount_is_refused_at_its_cell(wang, township, text):
    before = flatten(now(township))
    answer = typed(wang, township, t5_2130705_project=text, save="1")
    assert answer.status_code == 200 and flatten(now(township)) == before
    page = answer.content.decode()
    assert 'aria-invalid="true"' in page and "还有 1 处要先定下来" in page


@pytest.mark.parametrize(
    ("text", "yuan"), [("１，２３４．５", 12_345_000), ("1,234.50", 12_345_000), ("(70)", -700_000)]
)
def test_figures_are_read_as_they_come(wang, township, text, yuan):
    typed(wang, township, t5_2130705_project=text, save="1")
    assert amount(township, function="2130705", kind="project") == yuan


def test_a_doubtful_unit_is_asked_about_and_counts_when_it_is_settled(wang, township):
    told = json.loads(typed(wang, township, t5_2130705_project="15000", follow=True).content)
    (question,) = told["asked"].values()
    assert "比整个预算还大" in question[1] and "1.50 万元" in question[1] and told["doubted"] == ["t5-2130705-project"]
    assert told["texts"]["t5-213-project"] == "345.73"
    assert typed(wang, township, t5_2130705_project="15000", save="1").status_code == 200
    told = json.loads(typed(wang, township, t5_2130705_project="15000", mend="t5-2130705-project", follow=True).content)
    assert 'value="1.50"' in told["html"]["grid-rows"] and not told["asked"]
    sure = {"sure": "t5-2130705-project=150000000.00"}
    assert typed(wang, township, t5_2130705_project="15000", save="1", **sure).status_code == 302
    assert amount(township, function="2130705", kind="project") == 150_000_000


def test_a_tiny_amount_in_yuan_is_asked_about(wang, township):
    answer = wang.post(at(township), {"unit": "元", "t5-2130705-project": "236.36", "save": "1"})
    assert "= 0.02 万元" in answer.content.decode() and "2,363,600.00 元" in answer.content.decode()


def test_the_unit_changes_without_losing_what_is_typed(wang, township):
    page = typed(wang, township, t5_2130705_project="12.5", t5_2010301_basic="x", show="元").content.decode()
    assert 'value="125,000.00"' in page and 'value="x"' in page and 'name="unit" value="元"' in page
    page = wang.post(at(township), fields_of(page) | {"show": "万元"}).content.decode()
    assert 'value="12.50"' in page and 'value="x"' in page


def test_a_row_is_added_by_digits_or_by_name(wang, township):
    for text in ("2130701", "对村级公益事业建设的补助"):
        page = typed(wang, township, add=text, check="1").content.decode()
        assert 'id="t5-2130701-project"' in page and "2130701" in page
    fields = fields_of(page) | {"t5-2130701-project": "5", "save": "1"}
    assert wang.post(at(township), fields).status_code == 302
    assert amount(township, function="2130701") == 50_000


@pytest.mark.parametrize(("text", "named"), [("2139999", "请选相近的"), ("21307", "2130701"), ("村级", "2130701"),
                                             ("9999999", "请选相近的"), ("这样的科目没有", "请选相近的")])  # fmt: skip
def test_an_unknown_or_open_code_is_refused_with_the_nearest(wang, township, text, named):
    page = typed(wang, township, add=text, check="1").content.decode()
    assert named in page


def test_what_was_carried_over_is_asked_for_in_so_many_words(wang, township):
    page = typed(wang, township, "t2", **{"t2_2080501_carried_over": "5"}, save="1").content.decode()
    assert "是哪种资金结转下来的" in page and "政府性基金" in page
    answer = {"whose:t2-2080501-carried_over": "split", "part:t2-2080501-carried_over:0": "2"}
    fields = fields_of(page) | answer | {"part:t2-2080501-carried_over:1": "2", "save": "1"}
    page = wang.post(at(township, "t2"), fields).content.decode()
    assert "各项加起来是 4.00 万元，应等于 5.00 万元" in page
    fields["part:t2-2080501-carried_over:3"] = "1"
    assert wang.post(at(township, "t2"), fields).status_code == 302
    found = township.lines.filter(function="2080501", carried_over=True).order_by("fund")
    assert [(line.fund, line.amount) for line in found] == [
        ("general_public_budget", 20_000), ("government_fund", 20_000), ("non_fiscal", 10_000)]  # fmt: skip


def test_table_3_feeds_only_what_the_funds_tables_leave_over(wang, township):
    page = typed(wang, township, "t3", **{"t3_2130705_project": "340"}, save="1").content.decode()
    assert "这里不能少于它" in page
    typed(wang, township, "t3", **{"t3_2130705_project": "350"}, save="1")
    assert amount(township, function="2130705", fund="non_fiscal") == 42_700


def test_what_others_changed_meanwhile_is_shown_beside_ones_own(wang, township):
    before = seen(township)
    typed(wang, township, t5_2130705_project="300", save="1")
    answer = wang.post(at(township), {"unit": "万元", "seen": before, "t5-2130705-project": "310", "save": "1"})
    assert answer.status_code == 409
    other = {"unit": "万元", "seen": before, "t5-2010301-basic": "1", "save": "1"}
    assert wang.post(at(township), other).status_code == 302
    assert amount(township, function="2130705", kind="project") == 3_000_000


def test_a_name_is_edited_where_the_row_is(wang, township):
    page = typed(wang, township, name_rows="on").content.decode()
    assert 'name="name:2130705"' in page
    fields = fields_of(page) | {"name:2130705": "对村级的补助", "save": "1"}
    assert wang.post(at(township), fields).status_code == 302
    assert township.printed_names.get(code="2130705").name == "对村级的补助"


def test_last_years_figure_stands_beside_each_cell_and_its_codes_are_offered(wang, township):
    this = Budget.objects.create(department=township.department, year=2025)
    page = wang.get(at(this)).content.decode()
    assert '<span class="before">345.73</span>' in page and 'name="t5-2130705-project"' in page
    assert wang.post(at(this), {"unit": "万元", "t5-2130705-project": "12", "save": "1"}).status_code == 302
    assert [line.amount for line in load_lines(this)] == [120_000]


def test_who_may_not_see_it_finds_nothing(li, stranger, wang, township):
    for key in ("t5", "t99"):
        assert li.get(at(township, key)).status_code in (403, 404)
        assert stranger.get(at(township, key)).status_code == 302
    assert wang.get(at(township, "t99")).status_code == 404
    assert wang.get(at(township, follow=True)).status_code == 405


def test_a_closed_budget_is_read_and_not_typed_into(wang, township):
    township.state, township.was_submitted = "submitted", True
    township.save()
    page = wang.get(at(township)).content.decode()
    assert "data-cell" not in page and "不能修改" in page
    assert typed(wang, township, t5_2130705_project="1", save="1").status_code == 409
    assert typed(wang, township, t5_2130705_project="1", follow=True).status_code == 409


@pytest.mark.parametrize("name", ["liujiaying-2024.docx", "wanli-2023.xlsx"])
def test_a_page_takes_few_queries(wang, name, django_assert_max_num_queries):
    budget = saved(name)
    for key in ("t2", "t5"):
        with django_assert_max_num_queries(25):
            assert wang.get(at(budget, key)).status_code == 200
    with django_assert_max_num_queries(25):
        wang.get(reverse("admin:budget_grids", args=[budget.pk]))
