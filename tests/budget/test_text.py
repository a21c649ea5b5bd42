"""Words: cleaned for display, compared without dress."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budget.text import clean, label

CLEANED = [
    # as townships print it, as readers see it
    ('1."1、提升本乡招商引资环境。\n"\t\t\t', "1.1、提升本乡招商引资环境。"),
    ('"认真排查安全工作隐患。\t\t\t"\t\t\t', "认真排查安全工作隐患。"),
    ('保障计量服务站正常运转，发放工资"\t\t', "保障计量服务站正常运转，发放工资"),
    ('1.""加快构建公共文化服务体系。\t', "1.加快构建公共文化服务体系。"),
    ('"""认真排查环保隐患\t\t\t\t', "认真排查环保隐患"),
    ('"冀财农【2022】144号\n"', "冀财农【2022】144号"),
    ('落实"双减"政策', '落实"双减"政策'),
    ("按照 “集体领导”原则", "按照 “集体领导”原则"),
]


@pytest.mark.parametrize("raw, shown", CLEANED)
def test_stray_quotes_and_tabs_are_not_shown(raw, shown):
    assert clean(raw) == shown


@given(st.text(alphabet='甲乙"\t\n 1.、', max_size=30))
def test_cleaning_twice_changes_nothing(text):
    assert clean(clean(text)) == clean(text)


LABELS = [
    ("二十、住房保障支出", "住房保障支出"),
    ("    其中：公务用车购置费", "公务用车购置费"),
    ("科目    编码", "科目编码"),
    ("1. 一般公共预算", "一般公共预算"),
    ("（一）人员经费", "人员经费"),
    ("“三公”经费小计", "三公经费小计"),
    ("三公经费", "三公经费"),
]


@pytest.mark.parametrize("printed, bare", LABELS)
def test_labels_are_compared_without_numbering_and_spaces(printed, bare):
    assert label(printed) == bare
