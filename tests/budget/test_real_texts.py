"""The texts of other places' documents: what inspectors found by hand is found, and nothing that is not so."""

import pytest

from tests.budget import real
from tests.budget.real import needs_real

pytestmark = needs_real

# rule: [(expected, found)]; every one was looked at by hand. Words that the table of faults gives stand beside it.
FAULTS = {
    "justice-unit-2026": {
        "I48": [("减少 15.13%", "减少 1.10%")],
        "I49": [
            ("56.12", "文中写 57.80万元"),
            ("卫生健康支出", "医疗卫生与计划生育支出"),
            ("207.00", "文中写 170.03万元增加 21.74%"),
        ],
        "X05": [("", "没有选定的“增加（减少）”"), ("", "“原因是”后面没有写原因的句子")],
        "X06": [("单位预算", "部门预算")],
    },
    "wanli-department-2023": {
        # Nil that grows by 1421.25; percentages on nil; 11.67 → 45.41; an item with the amount of the one above it.
        "I48": [("", "增加 1421.25万元"), ("", "增加 100.00%"), ("增加 289.12%", "增加 314.82%"), ("", "增加 100.00%")],
        "I49": [("220.63", "文中写 441.25万元增加 60.54%")],
    },
    "commerce-unit-2025": {},
    "office-unit-2025": {},
    "office-department-2025": {},
}


@pytest.mark.parametrize("name", real.NAMES)
def test_what_is_wrong_is_found_and_nothing_else(name):
    found = {rule: [(f.expected, f.found) for f in all_] for rule, all_ in real.text_findings(name).items() if all_}
    assert found == FAULTS[name]


def test_a_finding_names_its_paragraph_and_what_it_should_be():
    (finding,) = real.text_findings("justice-unit-2026")["X06"]
    assert finding.message.count("有 2 处把本预算叫作“部门预算”") == 1
    change = real.text_findings("justice-unit-2026")["I49"][2]
    assert change.message.endswith(
        "文中写 170.03万元，表5 是 207.00万元；写增加 21.74%，按它算应为减少 14.38%；请核对。"
    )


@pytest.mark.parametrize("name", real.NAMES)
def test_every_outline_is_kept_in_order(name):
    """Sections stand in the order of the file, under their own titles; 名词解释 is the declared section."""
    sections = real.dossier(name).entries.sections
    titles = [section["title"] for section in sections]
    assert [title[-4:] for title in titles[:5]] == ["主要职能", "机构设置", "名词解释", "编制说明", "情况说明"]
    assert [section["number"] for section in sections[:5]] == [101, 102, 10, 103, 104]
    assert all(section["text"] for section in sections)


@pytest.mark.parametrize("name", real.NAMES)
def test_nothing_of_the_text_is_lost(name):
    """Every paragraph with a full stop before the tables and after them stands in a section."""
    kept = "\n".join(section["text"] for section in real.dossier(name).entries.sections)
    paragraphs = [p.text for p in real.paragraphs(name) if "。" in p.text and not p.text.startswith("注")]
    assert len(paragraphs) > 20 and [text for text in paragraphs if text not in kept] == []
