"""One cause is one finding, which names all its places and says first what would mend it."""

from dataclasses import replace
from decimal import Decimal

import pytest

from budget import codes
from budget.cell import Cell
from budget.checks.ledger import Outcome, check, findings_of
from budget.documents.department_budget.tables import T1, T3, T5, T9
from budget.finding import Finding, Level, what_is_so
from budget.intake.agreement import disagreements
from budget.intake.read import read
from budget.money import plain
from disclosures.content import amounts_of, freeze
from tests.budget.conftest import read_original
from tests.budget.layouts import open_reference, saved
from tests.budget.mutants import mutants
from tests.budget.small import copy, names, reprint, small, wan
from tests.budget.test_rules import BROKEN, OTHERS

BASE = small()


def found(dossier, listed=None):
    return findings_of(check(dossier, names() if listed is None else listed))


@pytest.fixture(scope="module")
def broken():
    """{rule: (the bad line that breaks it, its findings)}"""
    dossiers = {rule: dossier or OTHERS[rule]() for rule, (dossier, level, _) in BROKEN.items() if level}
    return {rule: (dossier, found(dossier)) for rule, dossier in dossiers.items()}


# Two texts.


def test_every_finding_tells_the_public_what_is_so_and_nobody_what_to_do(broken):
    told = [finding for _, findings in broken.values() for finding in findings]
    told += findings_of(check(read_original("liujiaying-2024.docx").dossier))
    assert {rule for finding in told for rule in finding.rules} >= set(broken)
    assert [f.reader for f in told if not f.reader.endswith("。") or "请" in f.reader or "建议" in f.reader] == []


@pytest.mark.parametrize(
    ("message", "reader"),
    [
        ("表9“合计”是空白；请补上。", "表9“合计”是空白。"),
        ("写着“元元”，请改正。", "写着“元元”。"),
        ("项目“甲；请示”没有指标值，请补上“数，或无”。", "项目“甲；请示”没有指标值。"),
        ("项目“甲；请示”没有指标值。", "项目“甲；请示”没有指标值。"),
    ],
)
def test_what_to_do_stands_last_and_outside_quotes(message, reader):
    assert what_is_so(message) == reader


def in_yuan(dossier):
    dossier = copy(dossier)
    dossier.original.figures = [p._replace(unit="元", step=Decimal(1)) for p in dossier.original.figures]
    return dossier


def test_the_public_reads_wan_where_two_places_hold_it_and_knows_what_this_site_added_up():
    told, *_ = found(in_yuan(reprint(BASE, T1.cell("income_this_year", "income"), "173.0009")))
    finding = told.members[0]
    assert "1730009.00元" in finding.message and "万元" not in finding.message and "元" in told.message
    assert "是 1,730,009.00元，由本站把" in finding.reader and "相加得 173.00万元" in finding.reader


def test_counts_are_no_amounts():
    dossier = copy(BASE)
    dossier.entries.records["fixed_assets"][2].update(quantity=Decimal(600))
    (finding,) = found(dossier)
    assert "是 600，" in finding.reader and "万元" not in finding.reader


# Blanks.


def test_a_blank_total_is_one_finding_with_all_that_misses_it():
    (finding,) = found(reprint(BASE, T3.cell("201", "basic"), None))
    assert (finding.cell, finding.expected, finding.found) == (T3.cell("201", "basic"), "110.00", "")
    assert len(finding.members) > 2 and "补上以后，另外" in finding.message
    assert set(finding.places) >= {place for member in finding.members for place in member.places}
    assert set(finding.fingerprints) == {member.fingerprint for member in finding.members}


def test_blanks_over_the_same_money_are_one_gap():
    dossier = BASE
    for row in ("total", "subtotal", "vehicles"):
        for column in ("total", "general_public_budget"):
            dossier = reprint(dossier, T9.cell(row, column), None)
    (finding,) = found(dossier)
    assert len(finding.about) == 6 and set(finding.rules) >= {"I24", "I25"}
    ledger = {entry.rule.id: entry for entry in check(dossier, names())}
    assert ledger["I25"].outcome == Outcome.FAILED and len(ledger["I25"].findings) == 2  # by itself it says so


def test_whatever_is_not_told_the_rest_is_told_once():
    """What follows from an unreadable cell is left out: it may be the very blank that the others follow from."""
    ledger = check(reprint(reprint(BASE, T3.cell("20103", "basic"), None), T3.cell("201", "basic"), None), names())
    every = [finding for entry in ledger for finding in entry.findings]
    for cell in {finding.cell for finding in every}:
        told = [one for f in findings_of(ledger, lambda f, cell=cell: f.cell != cell) for one in f.alone]
        assert sorted(map(id, told)) == sorted(id(finding) for finding in every if finding.cell != cell)


def test_a_blank_over_a_blank_is_told_by_what_it_will_be():
    (finding,) = found(reprint(reprint(BASE, T3.cell("20103", "basic"), None), T3.cell("201", "basic"), None))
    assert finding.cell == T3.cell("20103", "basic") and "的“基本支出”（应为 110.00万元）" in finding.message


# One entry.


def test_the_entry_that_balances_all_sums_is_told_first():
    (finding,) = found(reprint(BASE, T5.cell("2010302", "project"), 43))
    assert (str(finding.cell), finding.found, finding.expected) == ("t5-2010302-project", "43.00", "40.00")
    assert finding.message.startswith("表5“2010302 一般行政管理事务”的“项目支出”是 43.00万元，改为 40.00万元，")
    assert finding.places[0] == "一般公共预算支出表!2010302/project" and len(finding.members) == 3
    assert "由本站推算是 40.00万元" in finding.reader


@pytest.mark.parametrize("from_a_file", [True, False])
def test_a_line_that_breaks_nine_sums_is_told_once(from_a_file):
    dossier = copy(BASE)
    for at, line in enumerate(dossier.entries.lines):
        if (line.book, line.function) == ("spending", "2010302"):
            dossier.entries.lines[at] = line._replace(amount=line.amount + wan(1))
    finding, *others = found(dossier if from_a_file else replace(dossier, original=None))
    assert [other.rule for other in others] == ["I47", "I49"]  # no sums: what the text says of last year, of an item
    assert len(finding.members) == 9 and str(finding.cell) == "t5-2010302-project"
    assert "是 41.00万元，改为 40.00万元，9 处就都相符" in finding.message


def test_what_is_less_grave_needs_no_explanation_of_its_own():
    """Of the nine sums one is a warning (I36): who explained the eight errors before has explained all that blocks."""
    dossier = copy(BASE)
    dossier.entries.lines = [
        line._replace(amount=wan(41)) if (line.book, line.function) == ("spending", "2010302") else line
        for line in dossier.entries.lines
    ]
    finding, *_ = found(dossier)
    errors = {member.fingerprint for member in finding.members if member.level == Level.ERROR}
    assert set(finding.fingerprints) == errors and "I36" in finding.rules


def test_two_wrong_entries_are_two_findings():
    told = found(reprint(reprint(BASE, T5.cell("2010302", "project"), 43), T5.cell("2080505", "basic"), 9))
    assert {str(f.cell) for f in told if f.members} == {"t5-2010302-project", "t5-2080505-basic"}


def test_where_more_than_one_entry_would_do_each_sum_is_told():
    """A class of table 1 less, another as much more: the total agrees, and each class is told by itself."""
    told = found(reprint(reprint(BASE, T1.cell("205", "spending"), 6), T1.cell("208", "spending"), 7))
    assert [(f.rule, str(f.cell), f.members) for f in told] == [
        ("I12", "t1-205-spending", ()),
        ("I12", "t1-208-spending", ()),
    ]


def test_no_other_entry_is_blamed():
    """A sample of all single changes: what is told as one stands at the changed figure, and most are told as one."""
    changes = [one for one in mutants(BASE) if one[0] in ("by 1.00", "to blank")][::9]
    as_one = [(cells, [f for f in found(dossier) if f.members]) for _, cells, dossier in changes]
    wrong = [(cells, f.message) for cells, told in as_one for f in told if f.cell not in cells]
    assert wrong == []
    assert sum(bool(told) for _, told in as_one) > 0.85 * len(changes) > 20


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


def test_a_missing_section_is_told_once_however_many_codes_stand_under_it():
    dossier = copy(BASE)
    dossier.original.figures = [p for p in dossier.original.figures if p.cell[:2] != (T3.key, "20103")]
    (finding,) = (f for f in found(dossier) if f.rule == "C03")
    assert len(finding.cells) == 3 and "却没有它上面的 20103" in finding.message


# What follows from a cell that cannot be read.


def in_file(change):
    book = open_reference()
    change(book)
    reading = read(saved(book))
    return reading, disagreements(reading, check(reading.dossier))


@pytest.mark.parametrize("sheet", ["收支总表", "支出总表", "一般公共预算支出表"])
def test_what_follows_from_an_unreadable_cell_is_not_told(sheet):
    def spoil(book):
        cells = (cell for row in book[sheet].iter_rows(min_row=9) for cell in row)
        next(cell for cell in cells if isinstance(cell.value, float)).value = "约四百万"

    reading, told = in_file(spoil)
    assert [problem.rule for problem in reading.problems] == ["R01"]
    assert {f.rule for f in told if f.level == Level.ERROR} == {"I24", "I35", "I41"}  # wrong in the reference itself
    assert not any("应为 0.00万元" in f.message for f in told)


def test_a_table_that_is_there_but_has_no_unit_is_not_called_missing():
    def spoil(book):
        cells = (cell for row in book["财政拨款收支总表"].iter_rows(max_row=5) for cell in row)
        for cell in cells:
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
        for row, totals in listing["totals"].items():
            for column, amount in totals.items() if isinstance(totals, dict) else ():
                figures[Cell(listing["key"], row, column)] = None if amount is None else Decimal(amount)
    return figures


def test_what_is_proposed_is_what_gets_published(broken):
    changed = [(dossier, found(dossier)) for *_, dossier in list(mutants(BASE))[::40]]
    offered = 0
    for dossier, findings in [*broken.values(), *changed]:
        proposals = [one for finding in findings for one in finding.alone if one.proposal]
        figures = published(dossier) if proposals else {}
        assert [one for one in proposals if plain(figures.get(one.cell)) != one.proposal] == []
        offered += len(proposals)
    assert offered > 10


def test_a_finding_without_another_is_a_cause_of_its_own():
    finding = Finding("I01", Level.ERROR, "不符。", cells=(T1.cell("income_total", "income"),))
    assert finding.as_dict()["cause"] == finding.fingerprint and finding.alone == (finding,)
