"""What two versions say differently: both values of each, and nothing else."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from budget.cell import Cell
from budget.checks.changed import around, changes
from budget.figures.fill import fill
from tests.budget.conftest import copied
from tests.budget.small import names, small


def found(old, new):
    return {one.cell: (one.old, one.new) for one in changes(old, new, names())}


@pytest.fixture(scope="module")
def entries():
    return small().entries


def test_nothing_changed_is_nothing_told(entries):
    assert changes(entries, copied(entries), names()) == []


@settings(deadline=None, max_examples=40)
@given(data=st.data())
def test_whatever_lines_change_each_different_figure_is_told_with_both_values(data):
    old = small().entries
    new = copied(old)
    drawn = data.draw(st.lists(st.integers(0, len(new.lines) - 1), min_size=1, max_size=4, unique=True))
    for index in sorted(drawn, reverse=True):
        amount = data.draw(st.decimals(0, 10**6, places=2))
        if data.draw(st.booleans()):
            new.lines[index] = new.lines[index]._replace(amount=amount)
        else:
            del new.lines[index]
    expected = {}
    for table in old.document.tables:
        both = fill(table, old.lines).figures(), fill(table, new.lines).figures()
        for cell in {**both[0], **both[1]}:
            values = [one.get(cell, (None, 0))[0] for one in both]
            if values[0] != values[1]:
                expected[cell] = tuple(None if one is None else f"{one:.2f}" for one in values)
    assert found(old, new) == expected
    assert found(new, old) == {cell: both[::-1] for cell, both in expected.items()}


def test_a_project_that_is_new_or_gone_is_one_change(entries):
    new = copied(entries)
    gone, *rest = new.records["projects"]
    new.records["projects"] = [*rest, {**gone, "code": "NEW", "name": "新项目", "amount": Decimal(70000)}]
    told = {str(one.cell): (one.label, one.old, one.new) for one in changes(entries, new, names())}
    assert told[f"projects-{gone['code']}"][1:] == (f"{gone['amount']:.2f}", None)
    assert told["projects-NEW"][1:] == (None, "70000.00") and "新项目" in told["projects-NEW"][0]
    assert len(told) == 2


def test_a_row_that_comes_between_others_does_not_change_them(entries):
    rows = entries.records["procurement"]
    assert rows
    new = copied(entries)
    new.records["procurement"] = [{**rows[0], "item": "插进来的一行"}, *new.records["procurement"]]
    ((cell, (old, said)),) = found(entries, new).items()
    assert cell == Cell("procurement", "1") and old is None and "插进来的一行" in said


def test_a_text_is_cut_to_where_it_begins_to_differ(entries):
    new = copied(entries)
    long = "甲" * 100
    new.sections[1]["text"] = new.sections[1]["text"] + long
    ((cell, both),) = found(entries, new).items()
    assert cell.table == "sections" and all(len(one) < 80 for one in both) and "甲" in both[1]
    assert around("a" * 70 + "b", "a" * 70 + "c") == ("…" + "a" * 12 + "b", "…" + "a" * 12 + "c")
