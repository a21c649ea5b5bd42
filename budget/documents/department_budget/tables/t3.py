"""T3 支出总表: spending by function code and kind, whatever the fund."""

from budget.declare.tables import REMAINDER, CodeTree, Column, Side, Table, where
from budget.documents.department_budget.tables import wording
from budget.figures.facets import SPENDING_KINDS, Book, Kind

_AS_PRINTED = {
    # Where the heading is not the kind's own name, or other counties word it otherwise.
    Kind.BASIC: wording.BASIC,
    Kind.PROJECT: wording.PROJECT,
    Kind.OPERATING: ("经营支出", "事业单位经营支出"),
    Kind.REMITTED_UP: ("上解上级     支出", "上缴上级支出"),
    Kind.SUBSIDY_DOWN: ("对附属单位补助支出", "对附属单位补助"),
}


def _column(kind: Kind) -> Column:
    label, *same_as = _AS_PRINTED.get(kind, (kind.label,))
    parts = wording.PARTS_OF_BASIC if kind == Kind.BASIC else ()
    return Column(str(kind), (label,), where(kind=kind), tuple(same_as), parts=parts)


T3 = Table(
    number=3,
    title="部门预算支出总表",
    sheet="支出总表",
    like=wording.like(
        "支出.*(总表|总体情况表)", "财政拨款", wording.BOTH_SIDES, wording.BY_FUND, "三公", "基本支出", "经济分类"
    ),
    role=REMAINDER,
    where=where(book=Book.SPENDING),
    sides=(
        Side(
            labels=wording.FUNCTION_LABELS_WIDE,
            rows=CodeTree("function"),
            columns=(Column("total", ("合计",), same_as=wording.TOTAL), *map(_column, SPENDING_KINDS)),
            also_columns=wording.STAFF_AND_RUNNING,
        ),
    ),
    empty_note="注：无支出预算，空表列示。",
)
