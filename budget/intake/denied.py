"""Why a table whose title names one of the declared ones was not read as it: which headings stand there, which not."""

import re
from collections.abc import Iterator

from budget.declare.tables import Column, Table
from budget.intake.grid import Grid
from budget.intake.headings import TOP_ROWS, heading_wordings, title

_NUMBER = re.compile(r"[-+]?[\d,.]+%?")
_NAMED = 6  # so many headings are named, the rest counted


def denied(grid: Grid, table: Table) -> str:
    """One sentence: the table that the title names, the columns found and not found, the way out."""
    texts = {title(text) for text in _over_figures(grid)}
    found = [column for column in table.columns() if texts.intersection(heading_wordings(column))]
    missing = [column for side in table.sides for column in side.columns if column not in found]
    said = "；".join(filter(None, (_listed("找到", found), _listed("没有找到", missing))))
    said = said or "栏目都在，但排法不同（名称栏、编码栏或表头的行数）"
    return (
        f"“{grid.name}”的表题像是《{table.title}》，但栏目对不上：{said}。"
        "没有当作这张表读入，请对照标准表改好表头再导入；如果它不是这张表，请改表题。"
    )


def _over_figures(grid: Grid) -> Iterator[str]:
    """The texts of the rows at the top that hold no number: headings are among them, rows of data are not."""
    for row in range(1, TOP_ROWS + 1):
        values = [value for _, value in grid.row_values(row)]
        if not all(isinstance(value, str) and not _NUMBER.fullmatch(value.strip()) for value in values):
            return
        yield from values


def _listed(verb: str, columns: list[Column]) -> str:
    names = list(dict.fromkeys("".join(column.heading[-1].split()) for column in columns))
    more = f"等 {len(names)} 栏" if len(names) > _NAMED else ""
    return f"{verb}“{'”“'.join(names[:_NAMED])}”{more}" if names else ""
