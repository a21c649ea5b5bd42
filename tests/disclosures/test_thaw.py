"""The law: the same rules find the same in what is published as they found before it was."""

import datetime
import json
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from budget import codes
from budget.cell import Cell
from budget.checks.ledger import check
from budget.documents.department_budget.narrative import TITLES
from budget.drafts.merge import merge
from budget.figures.dossier import Original, Recorded
from budget.figures.line import sort_key
from budget.figures.printed import Printed
from disclosures.content import freeze, thaw
from disclosures.publish import canonical
from tests.budget.conftest import read_original
from tests.budget.small import as_printed, copy, names, reprint, small
from tests.budget.test_merge import alone, reading_of
from tests.disclosures.schemas import follow_schema
from tests.disclosures.test_outputs import FILES, budgets

NAMES = codes.shipped_names(2024)


def found(dossier, listed):
    """{rule: how it ended and what it found}, places aside."""
    return {
        entry.rule.id: (
            entry.outcome,
            entry.compared,
            entry.missing,
            entry.remarks,
            sorted(
                (f.level, f.message, f.expected, f.found, f.proposal, sorted(map(str, f.cells))) for f in entry.findings
            ),
        )
        for entry in check(dossier, listed)
    }


def hold(dossier, listed=NAMES):
    """The law holds of this dossier; its content follows the schema."""
    content = json.loads(canonical(freeze(dossier, listed, "河北省秦皇岛市卢龙县")))
    follow_schema(content)
    before, after = found(dossier, listed), found(thaw(content), listed)
    assert {rule: after[rule] for rule in after if after[rule] != before[rule]} == {}
    assert after == before


@pytest.mark.parametrize("name", FILES)
def test_of_the_real_files(name):
    dossier = read_original(name).dossier
    hold(dossier, codes.shipped_names(dossier.entries.year))


@pytest.mark.parametrize("keys", [["t9"], ["t3", "t5"], ["t1", "t2", "t4"]])
@pytest.mark.parametrize("typed", [False, True])
def test_of_a_budget_that_came_in_several_files(keys, typed):
    """Table by table over a draft from another file, and over one that was typed."""
    draft = small()
    changed_since(draft)
    draft = replace(draft, original=None) if typed else draft
    merged = merge(draft, alone(reading_of(small()), *keys))
    hold(replace(merged.dossier, recorded=draft.recorded), names())


@pytest.mark.parametrize("name", FILES)
def test_of_the_real_files_typed_in(name):
    dossier = read_original(name).dossier
    hold(replace(dossier, original=None), codes.shipped_names(dossier.entries.year))


def test_of_the_small_budget():
    hold(small(), names())


def without_its_text(dossier):
    dossier.entries.sections = dossier.entries.sections[:5]
    dossier.original.headings_missing = ["情况说明缺少标题“六、部门主管专项资金预算安排情况及绩效目标”；请补上标题。"]


def only_text_in_the_file(dossier):
    dossier.original = Original(headings_missing=["情况说明缺少标题“十、名词解释”；请补上标题。"])


def two_bodies_in_one_file(dossier):
    dossier.original.names["另一个乡人民政府"] = "收入总表"
    dossier.original.years[2023] = "收入总表"


def changed_since(dossier):
    """A code added, another taken away, an amount changed: the file stays as it was."""
    lines = dossier.entries.lines
    first = next(line for line in lines if line.book == "spending" and line.function == "2010301")
    added = first._replace(function="2010399", amount=Decimal(12_345))
    others = [line for line in lines if line != first and line.function != "2120803"]
    dossier.entries.lines = sorted([*others, added, first._replace(amount=first.amount * 2)], key=sort_key)


def a_row_that_the_file_leaves_out_is_gone_since(dossier):
    dossier.original.figures = [p for p in dossier.original.figures if not p.cell.row.startswith("212")]
    dossier.entries.lines = [line for line in dossier.entries.lines if line.function != "2120803"]


def codes_under_names_of_its_own(dossier):
    """A code with money and one without, that no list has; a name that the list words otherwise."""
    figures, (first, *_) = dossier.original.figures, dossier.original.of_table("t5")
    figures.append(first._replace(cell=Cell("t5", "2019998", "total"), amount=None))
    own = {"2019998": "别的事务", "2010301": "行政开支", "2019999": "其他一般公共服务支出"}
    dossier.entries.names |= {("function", code): name for code, name in own.items()}


def texts_as_people_type_them(dossier):
    sections, records = dossier.entries.sections, dossier.entries.records
    dossier.entries.preamble = '\n  2024年部门预算情况说明\t\n\n"\n'
    sections[4]["text"], sections[5]["title"] = '"各位代表\n\n目标" 内容\t。', '六、"专项"　'
    records["projects"][0] |= {"name": '"旧路"修补\t', "purpose": '"目标内容\n"', "indicators": [], "payment_plan": []}
    records["projects"][1] |= {"code": "A  1/%B-2", "goals": [{"text": '"\t'}, {"text": "  一\n\n二  "}]}
    records["procurement"][0] |= {"institution": '"某乡\t本级"', "item": ' "台式"  计算机'}
    records["institutions"].append(dict.fromkeys(("name", "nature", "rank", "funding"), '"'))


def in_yuan_and_rounded_otherwise(dossier):
    for at, printed in enumerate(dossier.original.figures):
        if printed.cell.table in ("t2", "t6"):
            dossier.original.figures[at] = printed._replace(unit="元", step=Decimal("0.01"))
        if printed.cell.table == "t3" and printed.cell.row == "201":
            dossier.original.figures[at] = printed._replace(unit="元", step=Decimal(1))


def tables_missing_and_tables_empty(dossier):
    dossier.original.figures = [p for p in dossier.original.figures if p.cell.table not in ("t7", "t9")]
    del dossier.original.notes["t9"]


def totals_of_a_list(dossier):
    for row, amount in (("total", 20_000), ("某乡人民政府本级", 19_900), ("1", 20_100)):
        cell = Cell("procurement", row, "total")
        dossier.original.figures.append(Printed(cell, Decimal(amount), "政府采购预算!I5", "万元", Decimal(100)))


def nothing_recorded(dossier):
    dossier.recorded = Recorded()


def published_late(dossier):
    dossier.recorded.published_on = datetime.date(2024, 6, 1)


CHANGES = (
    without_its_text, only_text_in_the_file, two_bodies_in_one_file, changed_since,
    a_row_that_the_file_leaves_out_is_gone_since, codes_under_names_of_its_own, texts_as_people_type_them,
    in_yuan_and_rounded_otherwise, tables_missing_and_tables_empty, totals_of_a_list, nothing_recorded, published_late,
)  # fmt: skip


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_of_the_small_budget_as_townships_spoil_it(change):
    dossier = copy(small())
    change(dossier)
    hold(dossier, names())


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_of_the_small_budget_spoilt_and_changed_since(change):
    dossier = copy(small())
    change(dossier)
    if change is not changed_since:
        changed_since(dossier)
    hold(dossier, names())


@pytest.mark.parametrize(("cell", "amount"), [("t9-total-total", None), ("t3-201-basic", 150), ("t1-205-spending", 0)])
def test_of_a_figure_printed_otherwise(cell, amount):
    hold(reprint(small(), Cell.parse(cell), amount), names())


AMOUNTS = st.none() | st.decimals("-100", 10**7, places=2)
PIECES = ['"', " ", "\t", "\n", "1.", "目标内容", "一般公共预算收入", "12.30万元", "，", "。", "“", "2023年"]
TEXTS = st.lists(st.sampled_from(PIECES), max_size=9).map("".join)


@st.composite
def dossiers(draw):
    """A budget as a file printed it, some figures otherwise, with or without changes since; texts as people type."""
    dossier = draw(budgets())
    if draw(st.booleans()):
        dossier = as_printed(dossier)
        figures = dossier.original.figures
        for at in draw(st.sets(st.integers(0, len(figures) - 1), max_size=5)):
            figures[at] = figures[at]._replace(amount=draw(AMOUNTS))
        gone = draw(st.sets(st.sampled_from(sorted({printed.cell.row for printed in figures})), max_size=3))
        dossier.original.figures = [printed for printed in figures if printed.cell.row not in gone]
        if draw(st.booleans()):
            dossier.entries.lines = draw(budgets()).entries.lines
    dossier.entries.preamble = draw(TEXTS)
    dossier.entries.sections = [
        {"number": number, "title": title, "text": draw(TEXTS)}
        for number, title in enumerate(TITLES, 1)
        if draw(st.booleans())
    ]
    dossier.entries.records["projects"] = [
        {"code": code, "name": draw(TEXTS) or code, "amount": draw(AMOUNTS), "fiscal_funds": draw(AMOUNTS),
         "other_funds": draw(AMOUNTS), "purpose": draw(TEXTS), "payment_plan": [], "indicators": [],
         "goals": [{"text": draw(TEXTS)}]}
        for code in draw(st.sets(st.text("A1 /-%.村\"", min_size=1, max_size=6), max_size=2))
    ]  # fmt: skip
    return dossier


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(dossiers())
def test_of_any_budget(dossier):
    hold(dossier)
