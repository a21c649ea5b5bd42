"""The one door: who changed what, nothing lost when two people work on one budget, everything can be taken back."""

import random
from decimal import Decimal

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from budget.cell import Cell
from budget.documents.department_budget import DEPARTMENT_BUDGET
from budget.drafts.door import Doing, How, Who, change, held, now, restore, undo
from budget.drafts.flat import Said, flatten, parts_of, unflatten, unit_of
from budget.drafts.journal import as_of, history, newest
from budget.models import Act, Change
from tests.budget.conftest import read_original
from tests.budget.mutants import random_budget
from tests.budget.people import township

__all__ = ["township"]

WANG, LI = Who("王会计"), Who("李会计")
BASIC = "spending-2010301-general_public_budget.basic"
PROJECT = "spending-2010301-general_public_budget.project"


def edit(budget, who, part, seen=None, how=How.GRID, **values):
    """Somebody sets values of a part (None takes one away), having seen the budget as it was after an act."""
    there = flatten(now(budget))
    base = there if seen is None else as_of(there, budget, seen)
    flat = {address.replace("__", "-"): value for address, value in (base[part] | values).items()}
    wanted = {part: {address: value for address, value in flat.items() if value is not None}}
    return change(budget, wanted, Doing(who, how, seen=seen))


def said(budget):
    return flatten(now(held(budget)))


def says(budget, part, address):
    return said(budget)[part].get(address)


# Flat and back.


@pytest.mark.parametrize("name", ["liujiaying-2024.docx", "liujiaying-2024.xlsx", "wanli-2023.xlsx"])
def test_a_budget_flat_and_back_is_the_same(name):
    entries = read_original(name).entries
    same(entries, unflatten(flatten(Said(entries)), entries.document).entries)


@pytest.mark.parametrize("seed", range(3))
def test_any_budget_flat_and_back_is_the_same(seed):
    entries = random_budget(random.Random(seed))
    entries = getattr(entries, "entries", entries)
    same(entries, unflatten(flatten(Said(entries)), entries.document).entries)


def same(one, other):
    for name in ("lines", "names", "records", "dates", "preamble", "sections", "as_printed"):
        assert getattr(one, name) == getattr(other, name), name


def test_every_address_belongs_to_a_unit_of_its_own_part():
    flat = flatten(Said(read_original("liujiaying-2024.docx").entries))
    assert set(flat) == set(parts_of(DEPARTMENT_BUDGET))
    for part, values in flat.items():
        assert {Cell.parse(unit_of(address, DEPARTMENT_BUDGET)).table for address in values} <= {part}


# Who, why, what.


@pytest.mark.django_db
def test_an_import_is_written_down_with_every_value(township):
    opened, imported = Act.objects.order_by("id")
    assert (opened.how, imported.how) == (How.OPENED, How.IMPORT)
    assert imported.why == "liujiaying-2024.docx" and imported.by == "服务器上的命令" and imported.user is None
    kept = {(one.part, one.address): one.new for one in imported.changes.all()}
    flat = said(township)
    assert kept == {(part, address): value for part, values in flat.items() for address, value in values.items()}
    assert not imported.changes.exclude(old=None).exists()


@pytest.mark.django_db
def test_a_change_keeps_who_and_both_values(township):
    outcome = edit(township, WANG, "spending", **{BASIC: "100.00"})
    (one,) = outcome.act.changes.all()
    assert (one.address, one.new) == (BASIC, "100.00") and Decimal(one.old) > 0
    assert (outcome.act.by, outcome.act.how, outcome.parts) == ("王会计", How.GRID, ("spending",))
    assert says(township, "spending", BASIC) == "100.00"


@pytest.mark.django_db
def test_what_changes_nothing_leaves_no_trace(township):
    before = newest(township)
    assert edit(township, WANG, "spending").act is None and newest(township) == before


@pytest.mark.django_db
def test_what_cannot_be_saved_leaves_no_trace(township):
    before, flat = newest(township), said(township)
    with pytest.raises(DatabaseError), transaction.atomic():
        edit(township, WANG, "economic", **{"economic-30101-government_fund.staff": "1.00"})
    assert newest(township) == before and said(township) == flat


@pytest.mark.django_db
def test_the_history_of_a_figure_is_that_of_its_lines(township):
    edit(township, WANG, "spending", **{BASIC: "100.00"})
    edit(township, LI, "spending", **{PROJECT: "7.00"})
    newest_first = history(township, Cell("t5", "2010301", "total"), DEPARTMENT_BUDGET)
    assert [(one.act.by, one.new) for one in newest_first[:2]] == [("李会计", "7.00"), ("王会计", "100.00")]
    only_basic = history(township, Cell("t3", "201", "basic"), DEPARTMENT_BUDGET)
    assert [one.act.by for one in only_basic if one.address == BASIC] == ["王会计", "服务器上的命令"]


@pytest.mark.django_db
def test_what_belongs_to_a_budget_is_read_once_it_is_held(township):
    """PostgreSQL joins before it waits: a file that came meanwhile would have been none."""
    with CaptureQueriesContext(connection) as queries, transaction.atomic():
        assert held(township).source == township.source
    locked, read, *_ = [one["sql"] for one in queries if one["sql"].startswith("SELECT")]
    assert " JOIN " not in locked and " JOIN " in read


# Two people.


@pytest.mark.django_db
def test_two_who_change_different_things_both_win(township):
    seen = newest(township)
    edit(township, WANG, "spending", seen, **{BASIC: "100.00"})
    outcome = edit(township, LI, "spending", seen, **{PROJECT: "7.00"})
    assert outcome.conflicts == [] and says(township, "spending", BASIC) == "100.00"
    assert says(township, "spending", PROJECT) == "7.00"
    assert [one.address for one in outcome.act.changes.all()] == [PROJECT]


@pytest.mark.django_db
def test_of_two_who_change_the_same_the_second_sees_both(township):
    seen, before = newest(township), says(township, "spending", BASIC)
    edit(township, WANG, "spending", seen, **{BASIC: "100.00"})
    outcome = edit(township, LI, "spending", seen, **{BASIC: "200.00", PROJECT: "7.00"})
    (both,) = outcome.conflicts
    assert (both.address, both.before, both.theirs, both.mine) == (BASIC, before, "100.00", "200.00")
    assert says(township, "spending", BASIC) == "100.00" and says(township, "spending", PROJECT) != "7.00"


@pytest.mark.django_db
def test_two_who_change_the_same_to_the_same_agree(township):
    seen = newest(township)
    edit(township, WANG, "spending", seen, **{BASIC: "100.00"})
    assert edit(township, LI, "spending", seen, **{BASIC: "100.00"}).conflicts == []


@pytest.mark.django_db
def test_rows_that_are_known_by_their_number_are_one_thing(township):
    seen = newest(township)
    edit(township, WANG, "procurement", seen, **{"procurement-1-item": "打印机"})
    outcome = edit(township, LI, "procurement", seen, **{"procurement-2-item": "硒鼓"})
    assert {one.address for one in outcome.conflicts} == {"procurement-1-item", "procurement-2-item"}


@pytest.mark.django_db
def test_fields_of_a_project_are_things_of_their_own(township):
    code = township.projects.first().code
    seen = newest(township)
    edit(township, WANG, "projects", seen, **{f"projects-{code}-name": "新名称"})
    assert edit(township, LI, "projects", seen, **{f"projects-{code}-purpose": "新用途"}).conflicts == []
    project = township.projects.get(code=code)
    assert (project.name, project.purpose) == ("新名称", "新用途")


# Taking back.


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("part", "values"),
    [
        ("spending", {BASIC: "100.00", PROJECT: None}),
        (
            "procurement",
            {"procurement-1-item": "打印机", "procurement-3-item": "电脑", "procurement-3-project": "某项目"},
        ),
        ("sections", {"sections-3-text": "新的正文", "sections-2-title": "二、总体情况"}),
        ("head", {"head--approved_on": "2024-02-01", "head--signed_by": "张乡长"}),
        ("names", {"names-2010301-function": "行政运行（乡）"}),
        ("fixed_assets", {"fixed_assets--as_of": "2023-06-30"}),
    ],
)
def test_an_act_is_taken_back_whole(township, part, values):
    before = said(township)
    act = edit(township, WANG, part, **values).act
    assert said(township) != before
    outcome = undo(township, act, LI)
    assert said(township) == before and (outcome.act.how, outcome.act.undoes) == (How.UNDO, act)


@pytest.mark.django_db
def test_taking_back_leaves_what_was_done_to_other_things_since(township):
    act = edit(township, WANG, "spending", **{BASIC: "100.00"}).act
    edit(township, LI, "spending", **{PROJECT: "7.00"})
    assert undo(township, act, WANG).conflicts == []
    assert says(township, "spending", PROJECT) == "7.00" and says(township, "spending", BASIC) != "100.00"


@pytest.mark.django_db
def test_what_was_changed_again_is_not_taken_back_silently(township):
    act = edit(township, WANG, "spending", **{BASIC: "100.00"}).act
    edit(township, LI, "spending", **{BASIC: "300.00"})
    (both,) = undo(township, act, WANG).conflicts
    assert both.theirs == "300.00" and says(township, "spending", BASIC) == "300.00"


@pytest.mark.django_db
def test_a_budget_is_made_to_say_again_what_it_said(township):
    act, before = Act.objects.get(pk=newest(township)), said(township)
    edit(township, WANG, "spending", **{BASIC: "100.00"})
    edit(township, LI, "sections", **{"sections-3-text": "新的正文"})
    assert restore(township, act, WANG).act.how == How.RESTORE
    assert said(township) == before


# Nobody alters it.

FORGERIES = [
    "UPDATE budget_act SET by = '别人'",
    "DELETE FROM budget_change",
    "UPDATE budget_change SET new = '1'",
    "DELETE FROM budget_act",
]
ONLY = {
    "sqlite": [f"REPLACE INTO {table} SELECT * FROM {table}" for table in ("budget_act", "budget_change")],
    "postgresql": ["TRUNCATE budget_change", "TRUNCATE budget_act CASCADE"],
}


@pytest.mark.django_db
@pytest.mark.parametrize("forgery", [*FORGERIES, *ONLY[connection.vendor]])
def test_the_database_refuses_to_alter_the_journal(township, forgery):
    before = list(Act.objects.values_list()), list(Change.objects.values_list())
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(forgery)
    assert (list(Act.objects.values_list()), list(Change.objects.values_list())) == before
