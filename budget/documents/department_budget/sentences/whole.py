"""二、部门预算安排的总体情况: income, spending, and what changed, from tables 1, 3 and 6 and the projects."""

from budget.cell import Cell
from budget.declare.sentence import Changed, Clause, Each, Sentence, Series
from budget.documents.department_budget.sentences.parts import (
    DOCUMENT,
    LAST_YEAR,
    NAME,
    YEAR,
    clause,
    compared,
    figure,
    none_of,
    of_which,
    said,
    when,
)  # fmt: skip

_INCOME, _SPENDING = "t1-income_total-income", "t1-spending_total-spending"
_BASIC, _PROJECT, _STAFF, _RUNNING = "t3-total-basic", "t3-total-project", "t6-total-staff", "t6-total-running"
_SOURCES = {
    "一般公共预算拨款收入": "general_public_budget", "政府性基金预算拨款收入": "government_fund",
    "国有资本经营预算拨款收入": "state_capital", "财政专户管理资金收入": "special_account",
    "单位资金收入": "own_funds", "上年结转结余": "carried_over",
}  # fmt: skip
_FUNDS = tuple((name, f"t1-{row}-income") for name, row in _SOURCES.items())
_PARTS_OF_BASIC = of_which(("人员经费", _STAFF), ("公用经费", _RUNNING), before="，包括")
_PROJECTS = Clause(said("，主要为", Each("projects", "amount")), (when("any", "projects"),))
_KINDS = Series(
    (
        clause("基本支出 ", figure(_BASIC), _PARTS_OF_BASIC, filled=_BASIC),
        clause("项目支出 ", figure(_PROJECT), _PROJECTS, filled=_PROJECT),
    ),
    "；", "，其中：",
)  # fmt: skip
_BESIDES = of_which(("经营支出", "t3-total-operating"), ("年终结转结余", "t1-kept-spending"), before="。另有")
_WHY = "增减的原因，如：人员增加、某项目上年已完成"

WHOLE = (
    Sentence(
        "whole_budget", "综合预算的说明",
        said(NAME, "的", DOCUMENT, "实行综合预算管理，机关和所属事业单位的全部收入、全部支出都列入预算。"),
    ),
    Sentence("income_heading", "小标题：收入说明", said("1、收入说明")),
    Sentence(
        "income", "收入总数和来源",
        said(YEAR, "年收入预算 ", figure(_INCOME), of_which(*_FUNDS), none_of(*_FUNDS[:-1]), "。"),
    ),
    Sentence("spending_heading", "小标题：支出说明", said("2、支出说明")),
    Sentence(
        "spending", "支出总数、基本支出和项目支出",
        said(YEAR, "年支出预算 ", figure(_SPENDING), _KINDS, _BESIDES, "。"),
    ),
    Sentence(
        "spending_by_class", "支出按功能分类",
        said("按功能分类：", Each("t1", "spending"), "。"), (when("filled", _SPENDING),), spare=True,
    ),
    Sentence("change_heading", "小标题：比上年增减情况", said("3、比上年增减情况")),
    Sentence(
        "change", "收支总数比上年的增减",
        said(
            YEAR, "年收支预算 ", figure(_INCOME), "，与", LAST_YEAR, "年预算相比",
            Changed(Cell.parse(_INCOME), percent=True), "。",
        ),
    ),
    Sentence(
        "basic_change", "基本支出的增减和原因",
        said("基本支出 ", figure(_BASIC), *compared(_BASIC, "basic_change", f"基本支出{_WHY}"), "。"),
        (when("filled", _BASIC),), joins=True,
    ),
    Sentence(
        "project_change", "项目支出的增减和原因",
        said("项目支出 ", figure(_PROJECT), *compared(_PROJECT, "project_change", f"项目支出{_WHY}"), "。"),
        (when("filled", _PROJECT),), joins=True,
    ),
    Sentence(
        "changed_projects", "逐个项目的增减",
        said("与", LAST_YEAR, "年预算相比有增减的项目：", Each("projects", "amount", changed=True), "。"),
        (when("any", "projects"), when("changed", _PROJECT)), joins=True,
    ),
)  # fmt: skip
