"""One cause is one finding: it names all its places and says first what would mend it, to the clerk and to the public."""

from decimal import Decimal

import pytest

from budget import codes
from budget.cell import Cell
from budget.checks.ledger import check, findings_of
from budget.documents.department_budget.tables import T1, T9
from budget.finding import Finding, Level
from budget.intake.agreement import disagreements
from budget.intake.read import read
from budget.money import plain
from disclosures.content import amounts_of, freeze
from tests.budget.conftest import read_original
from tests.budget.layouts import open_reference, saved
from tests.budget.mutants import mutants
from tests.budget.small import copy, names, reprint, small
from tests.budget.test_rules import BROKEN, OTHERS

BASE = small()


def found(dossier, listed=None):
    return findings_of(check(dossier, names() if listed is None else listed))


def broken():
    """(rule, dossier) of every bad line that breaks a rule."""
    return [(rule, dossier or OTHERS[rule]()) for rule, (dossier, level, _) in BROKEN.items() if level]


# Two texts.


def test_every_finding_tells_the_public_what_is_so_and_nobody_what_to_do():
    told = [finding for _, dossier in broken() for finding in found(dossier)]
    told += findings_of(check(read_original("liujiaying-2024.docx").dossier))
    assert {finding.rule for finding in told} >= {rule for rule, _ in broken()} - {"I25", "I48"}
    assert [(cells, f.message) for cells, told in as_one for f in told if f.cell not in cells] == []
    assert sum(bool(told) for _, told in as_one) > 0.85 * len(changes) > 30


# What a rule names as one.


def test_an_unknown_code_is_told_once_with_its_places():
    listed = codes.Names({key: name for key, name in names().items() if key[1] != "2120803"})
    dossier = copy(BASE)
    dossier.entries.names["function", "2120803"] = "城市建设支出"
    (finding,) = found(dossier, listed)
    assert (finding.rule, finding.level, finding.found) == ("C04", Level.NOTICE, "2120803")
    assert {cell.table for cell in finding.cells} == {"t2", "t3", "t7"} and len(finding.places) == 3
    assert "本站科目表未收录" in finding.message and finding.message.endswith("同样的还有 2 处：表3、表7。")


def test_the_same_stray_year_in_many_texts_is_one_finding():
    dossier = copy(BASE)
    for section in dossier.entries.sections[4:8]:
        section["text"] += "2021年完成。"
    (finding,) = found(dossier)
    assert finding.rule == "X02" and len(finding.cells) == 4 and "同样的还有 3 处" in finding.message


def test_findings_of_several_causes_stay_apart():
    told = found(reprint(reprint(BASE, T9.cell("total", "total"), None), T1.cell("205", "spending"), 9))
    assert {str(finding.cell) for finding in told if finding.members} == {"t9-total-total", "t1-205-spending"}


# What follows from a cell that cannot be read.


def in_file(change):
    book = open_reference()
    change(book)
    reading = read(saved(book))
    return reading, disagreements(reading, check(reading.dossier))


def of_figures(findings):
    return {finding.rule for finding in findings if finding.rule[0] in "IT" and finding.level == Level.ERROR}


SOUND = {"I24", "I35", "I41"}  # what is wrong in the reference itself


@pytest.mark.parametrize("sheet", ["收入总表", "支出总表", "一般公共预算支出表", "一般公共预算基本支出表", "收支总表"])
def test_what_follows_from_an_unreadable_cell_is_not_told(sheet):
    def spoil(book):
        row = next(row for row in book[sheet].iter_rows(min_row=9) if any(isinstance(c.value, float) for c in row))
        next(cell for cell in row if isinstance(cell.value, float)).value = "约四百万"

    reading, told = in_file(spoil)
    assert [problem.rule for problem in reading.problems] == ["R01"] and of_figures(told) == SOUND
    assert not any("应为 0.00万元" in finding.message for finding in told)


def test_a_table_that_is_there_but_has_no_unit_is_not_called_missing():
    def spoil(book):
        for row in book["财政拨款收支总表"].iter_rows(max_row=5):
            for cell in row:
                if isinstance(cell.value, str) and "万元" in cell.value:
                    cell.value = "2024年"

    reading, told = in_file(spoil)
    assert {problem.rule for problem in reading.problems} == {"R02"}
    assert not any("缺少表" in finding.message for finding in told)


# A correction is offered only where accepting it publishes that figure.


def published(dossier):
    """{cell: amount} of what a publication would say, of tables and of the totals of lists."""
    content = freeze(dossier, names(), "")
    figures = amounts_of(content)
    for listing in content["listings"]:
        for row, totals in listing["totals"].items() if isinstance(listing["totals"], dict) else ():
            for column, amount in totals.items() if isinstance(totals, dict) else ():
                figures[Cell(listing["key"], row, column)] = Decimal(amount)
    return figures


def test_what_is_proposed_is_what_gets_published():
    dossiers = [dossier for _, dossier in broken()] + [dossier for *_, dossier in list(mutants(BASE))[::25]]
    offered = 0
    for dossier in dossiers:
        proposals = [one for finding in found(dossier) for one in (finding, *finding.members) if one.proposal]
        figures = published(dossier) if proposals else {}
        assert [one for one in proposals if plain(figures.get(one.cell)) != one.proposal] == []
        offered += len(proposals)
    assert offered > 20


def test_a_finding_without_another_is_a_cause_of_its_own():
    finding = Finding("I01", Level.ERROR, "不符。", cells=(T1.cell("income_total", "income"),))
    assert finding.as_dict()["cause"] == finding.fingerprint and finding.alone == (finding,)
