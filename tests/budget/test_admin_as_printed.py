"""Tables that are kept as printed, as the clerk sees them: before they are saved, in the draft, in what changes."""

from functools import lru_cache

import pytest
from django.urls import reverse

from budget.admin.differences import differences, flatten
from budget.documents.department_budget import DEPARTMENT_BUDGET
from budget.figures.as_printed import Area, AsPrinted
from budget.figures.dossier import Entries
from budget.models import PrintedTable
from tests.budget.own_tables import OWN, small_with_own_tables
from tests.budget.people import li, wang
from tests.budget.test_admin_import import confirm, look

__all__ = ["li", "wang"]

PROJECTS, SERVICES = "2024年部门预算项目支出表", "政府购买服务预算表"
data = lru_cache(small_with_own_tables)


def see(client, name, content):
    """The preview of a file that does not say its county."""
    return look(client, name, content, region="130324", unit="", year="", document="")


@pytest.fixture
def imported(wang):
    """A draft with two tables of its own, imported by 王会计."""
    address, _, seen = see(wang, "a.xlsx", data(PROJECTS, SERVICES))
    confirm(wang, address, seen)
    return PrintedTable.objects.get(title=SERVICES)


def test_the_preview_draws_them_and_says_what_becomes_of_them(wang):
    _, page, seen = see(wang, "a.xlsx", data(PROJECTS, SERVICES))
    assert seen.may_save and seen.unmatched == [] and "没有用到的表" not in page
    assert "原样保存的表（2 张）" in page and "保存后按原样公开和下载" in page
    assert 'id="own2-2-3"' in page and "律师事务所" in page and "不是本站的标准表，按原样保存和公开" in page


def test_a_file_without_any_says_nothing_of_them(wang, imported):
    _, page, seen = see(wang, "b.xlsx", data(PROJECTS))
    assert "原样保存的表" not in "".join(seen.lacking) and seen.changes == {}
    assert PrintedTable.objects.count() == 2


def test_the_draft_lists_them_and_shows_each(wang, imported):
    draft = wang.get(reverse("admin:budget_budget_change", args=[imported.budget_id])).content.decode()
    assert '">原样保存的表</a> 2' in draft and "printedtable/add/" not in draft
    page = wang.get(reverse("admin:budget_printedtable_change", args=[imported.pk])).content.decode()
    assert 'id="own2-2-3"' in page and "律师事务所" in page and 'name="title"' not in page


def test_a_table_that_is_not_for_the_public_is_taken_out(wang, li, imported):
    address = reverse("admin:budget_printedtable_delete", args=[imported.pk])
    assert li.post(address, {"post": "yes"}).status_code == 403
    before = imported.budget.changed_at
    assert wang.post(address, {"post": "yes"}).status_code == 302
    imported.budget.refresh_from_db()
    assert [one.title for one in imported.budget.as_printed.all()] == [PROJECTS]
    assert imported.budget.changed_at > before


def test_nobody_changes_what_they_say(wang, imported):
    address = reverse("admin:budget_printedtable_change", args=[imported.pk])
    assert wang.post(address, {"title": "别的表", "number": 9}).status_code == 403
    imported.refresh_from_db()
    assert (imported.title, imported.number) == (SERVICES, 2)


# What changes.


def changes(old, new):
    flat = (flatten(Entries(DEPARTMENT_BUDGET, as_printed=tables), {}) for tables in (old, new))
    return [tuple(one) for one in differences(*flat, DEPARTMENT_BUDGET).get("原样保存的表", ())]


def table(title, *rows, **about):
    return AsPrinted(title, rows, 1, **about)


A = table("甲表", ("项目", "金额"), ("道路", "1.00"))


def test_a_table_that_comes_or_goes_is_named_once():
    assert changes([], [A]) == [("《甲表》", "", "2 行 2 列")]
    assert changes([A], []) == [("《甲表》", "2 行 2 列", "")]
    assert changes([A], [A]) == []


def test_a_changed_table_names_its_rows():
    assert changes([A], [table("甲表", ("项目", "金额"), ("道路", "2.00"))]) == [
        ("《甲表》第 2 行", "道路 | 1.00", "道路 | 2.00")
    ]
    assert changes([A], [table("甲表", *A.rows, notes=("注：含税。",))]) == [("《甲表》表下方的注", "", "注：含税。")]
    merged = table("甲表", *A.rows, areas=(Area(2, 1, 1, 2),))
    assert changes([A], [merged]) == [("《甲表》的表头和合并单元格", "表头 1 行", "表头 1 行，A2:B2")]


def test_the_preview_names_what_saving_changes_and_leaves_other_titles_alone(wang, imported):
    rows = [list(row) for row in imported.printed["rows"]]
    rows[1][2] = "9"
    PrintedTable.objects.filter(pk=imported.pk).update(printed=imported.printed | {"rows": rows})
    _, page, seen = see(wang, "c.xlsx", data(SERVICES))
    (one,) = seen.changes["原样保存的表"]
    assert tuple(one) == (f"《{SERVICES}》第 2 行", "法律顾问 | 律师事务所 | 9", "法律顾问 | 律师事务所 | 5")


def test_every_kind_is_drawn_in_the_preview(wang):
    _, page, _ = see(wang, "d.xlsx", data())
    assert all(title in page for title in OWN)
