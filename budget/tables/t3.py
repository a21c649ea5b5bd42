"""T3 支出总表: spending by function code and kind, whatever the fund."""

from budget.facets import Book, Kind
from budget.tables import wording
from budget.tables.declare import REMAINDER, CodeTree, Column, Side, Table, where


def _kind(kind, label, *same_as):
    return Column(kind.value, (label,), where(kind=kind), same_as=same_as)


T3 = Table(
    number=3,
    key="expenditure",
    title="部门预算支出总表",
    sheet="支出总表",
    like=r"^(?!.*(财政拨款|收支|一般公共|政府性基金|国有资本|三公|基本支出|功能分类|经济分类)).*支出.*(总表|总体情况表)",
    role=REMAINDER,
    where=where(book=Book.SPENDING),
    sides=(
        Side(
            labels=wording.FUNCTION_LABELS_WIDE,
            rows=CodeTree("function"),
            columns=(
                Column("total", ("合计",), same_as=wording.TOTAL),
                _kind(Kind.BASIC, "基本支出", *wording.BASIC),
                _kind(Kind.PROJECT, "项目支出", *wording.PROJECT),
                _kind(Kind.OPERATING, "经营支出", "事业单位经营支出"),
                _kind(Kind.REMITTED_UP, "上解上级     支出", "上缴上级支出"),
                _kind(Kind.SUBSIDY_DOWN, "对附属单位补助支出", "对附属单位补助"),
            ),
        ),
    ),
    empty_note="注：无支出预算，空表列示。",
)
