"""What every sentence of the checks keeps to: quotes inside quotes, no key in place of a word, no nil told as money."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budget.checks.ledger import Outcome, check
from budget.declare.fields import Code, Text, mapped
from budget.text import quoted
from tests.budget.conftest import read_original
from tests.budget.keys import raw_keys
from tests.budget.small import copy, names, reprint, small
from tests.budget.test_rules import BROKEN, OTHERS, T1, T6, printed, purchase, without

FILES = ("liujiaying-2024.docx", "wanli-2023.xlsx")


def broken():
    """The small budget with each rule's bad line in turn."""
    return [(rule, dossier or OTHERS[rule]()) for rule, (dossier, _, words) in BROKEN.items() if words]


def quote_everything(dossier):
    """The dossier in which every name has quotes of its own, as “三公” and “双减” bring them into real ones."""
    dossier = copy(dossier)
    entries = dossier.entries
    entries.name = dossier.entries.name + "“本级”"
    entries.names = {key: f"“{name}”等" for key, name in entries.names.items()}
    for records in entries.document.records:
        entries.records[records.key] = [mapped(records.fields, r, _quoted_text) for r in entries.records[records.key]]
    for section in entries.sections:
        section["title"] = f"{section['title']}“三公”"
    return dossier


def _quoted_text(field, value):
    return f"“{value}”等" if type(field) is Text and not isinstance(field, Code) and value else value


def is_nested_rightly(text):
    """Whether no quote opens straight inside one of its own kind."""
    still_open = []
    for mark in text:
        if mark in "“‘":
            if still_open[-1:] == [mark]:
                return False
            still_open.append(mark)
        elif mark in "”’" and still_open:
            still_open.pop()
    return True


def sentences(dossier):
    """Every sentence that the checks say of a dossier, for its readers and for its clerk."""
    for entry in check(dossier, names()):
        yield from (entry.rule.statement, entry.told, *entry.remarks)
        yield from (finding.message for finding in entry.findings)


@given(st.text(st.sampled_from("三公“”‘’"), max_size=9))
def test_a_quoted_name_has_its_own_quotes_inside(name):
    assert quoted(name)[0] + quoted(name)[-1] == "“”"
    assert quoted(quoted(name)[1:-1])[1:-1] == name


@pytest.mark.parametrize(
    ("name", "said"),
    [("合计", "“合计”"), ("“三公”经费小计", "“‘三公’经费小计”"), ("甲“乙‘丙’”", "“甲‘乙“丙”’”")],
)
def test_quotes_go_in_turn(name, said):
    assert quoted(name) == said and is_nested_rightly(said)


def test_quotes_are_nested_in_every_sentence():
    said = [text for _, dossier in broken() for text in sentences(quote_everything(dossier))]
    assert sum("‘" in text for text in said) > 40
    assert [text for text in said if not is_nested_rightly(text)] == []


@pytest.mark.parametrize("name", FILES)
def test_quotes_are_nested_of_real_files(name):
    assert [text for text in sentences(read_original(name).dossier) if not is_nested_rightly(text)] == []


def test_no_sentence_shows_a_key():
    said = [text for _, dossier in broken() for text in sentences(dossier)]
    assert len(said) > 1000 and [text for text in said if raw_keys(text)] == []


def told(dossier, rule):
    return next(entry.told for entry in check(dossier, names()) if entry.rule.id == rule)


def test_an_outcome_never_stands_alone_beside_what_speaks_against_it():
    assert told(small(), "I01") == "相符"
    assert told(printed(T6, "30108", "total", 9), "I45") == "相符，另有 1 条提示"
    assert told(BROKEN["I01"][0], "I01") == "不符"
    assert told(BROKEN["C11"][0], "C11") == "缺数，部分未核对"
    assert told(without(T1), "I01") == "缺数，未核对"
    for _, dossier in broken():
        for entry in check(dossier, names()):
            assert not (entry.told == "相符" and entry.findings)
            assert not (entry.told == "缺数，未核对" and entry.compared)


def test_the_outcome_that_others_count_on_stays():
    noted = next(e for e in check(printed(T6, "30108", "total", 9), names()) if e.rule.id == "I45")
    assert noted.outcome == Outcome.PASSED and [f.level for f in noted.findings] == ["notice"]


def test_a_catalogue_code_that_is_not_listed_here_is_said_once_with_its_rows():
    dossier = purchase(catalogue_code="A99", item="新品目")
    rows = dossier.entries.records["procurement"]
    rows += [dict(rows[0], item="另一种"), dict(rows[0], catalogue_code="")]
    (finding,) = next(e.findings for e in check(dossier, names()) if e.rule.id == "C08")
    assert finding.message == "政府采购第 1、2 行的目录编码 A99 本站目录没有收录；请核对编码，编码没有错就不用改。"
    assert [str(cell) for cell in finding.cells] == ["procurement-1-catalogue_code", "procurement-2-catalogue_code"]


def test_no_difference_of_nil_is_remarked():
    """Of 公务用车运行维护费 10.00 of 12.00 is basic spending; of 12.00 all is."""
    remarks = {
        amount: next(e.remarks for e in check(dossier, names()) if e.rule.id == "I27")
        for amount, dossier in ((10, small()), (12, reprint(small(), T6.cell("30231"), 12)))
    }
    assert remarks[10] == ("30231 公务用车运行维护费 10.00 万元，表9 12.00 万元，相差的 2.00 万元来自项目支出",)
    assert remarks[12] == ("30231 公务用车运行维护费 12.00 万元，与表9 相同",)
    said = [text for _, dossier in broken() for text in sentences(dossier)]
    assert [text for text in said if re.search(r"(其中|另有|相差|相差的) ?0(\.00)? ?(万元|处|句|项|条)", text)] == []
