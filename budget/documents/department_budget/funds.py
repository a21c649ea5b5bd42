"""From printed figures back to lines, the inverse of `fill`.

Only leaf cells of feeding tables become lines: a total is never believed, always added up. Most leaf cells say all
their facets themselves. Table 2 does not: it prints the treasury's money of all three funds in one column, and money
carried over from last year, whatever its fund, in another. Which fund such an amount belongs to is not in the cell; it
follows from who spends it (tables 5, 7 and 8) and from what each fund received and carried over (tables 1 and 4);
`division` works it out.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from decimal import Decimal

from budget.cell import Cell
from budget.declare.document import Document
from budget.declare.tables import FEEDS, REMAINDER, Column, Filter, Side, Table, passing
from budget.documents.department_budget.division import ZERO, ByFund, Division, Figures, Income, Sums
from budget.documents.department_budget.tables.t3 import T3
from budget.figures.facets import FISCAL, FISCAL_KINDS, Book, Facets, Fund
from budget.figures.line import Line
from budget.figures.printed import Printed
from budget.figures.totals import TOTAL
from budget.finding import Finding, Level
from budget.money import plain

Leaves = dict[tuple[str, Column], Printed]
Spent = list[tuple[str, Decimal]]  # (function code, amount)


def unfill(document: Document, figures: Figures) -> tuple[list[Line], list[Finding]]:
    """(lines, findings) of the figures that a file prints; lines have distinct facets, in no special order.

    The order matters: tables that divide money by project come before those that print it whole, all spending by fund
    before what table 3 has beyond it, and spending before income, which is divided by who spends it.
    """
    sums, findings = Sums(Decimal), list[Finding]()
    tables = [table for table in document.tables if table.key in figures]
    for table in sorted(tables, key=_by_project, reverse=True):
        _add(_plain_lines(table, figures, sums), sums)
    _add(_remainder(tables, figures, sums, findings), sums)
    _add([*_income(tables, figures, sums), *_kept(tables, figures)], sums)
    return [Line(*facets, amount=amount) for facets, amount in sums.items()], findings


def _add(lines: Iterable[Line], sums: Sums) -> None:
    """Add lines to the sums; all of them first, for they follow from the sums as these were."""
    for line in list(lines):
        sums[line.facets] += line.amount


def _by_project(table: Table) -> bool:
    return any(side.is_tree and side.tree.within for side in table.sides)


def leaves(table: Table, side: Side, printed: dict[Cell, Printed]) -> Leaves:
    """{(row key, column): Printed} of the filled leaf cells of one side of a table."""
    rows, columns = _leaf_rows(side, printed), _leaf_columns(side)
    return {
        (cell.row, columns[cell.column]): figure
        for cell, figure in printed.items()
        if cell.row in rows and cell.column in columns and figure.amount is not None
    }


def _leaf_rows(side: Side, printed: Iterable[Cell]) -> set[str]:
    """Rows that no other refines; of codes those that no other printed one does, for a file may stop at 类 or 款."""
    if not side.is_tree:
        return {row.key for row in side.leaf_rows}
    codes = {cell.row for cell in printed} - {TOTAL}
    return codes - {code[:digits] for code in codes for digits in range(len(code))}


def _leaf_columns(side: Side) -> dict[str, Column]:
    return {column.key: column for column in [*side.leaf_columns, *side.also_columns] if not column.beyond}


def _plain_lines(table: Table, figures: Figures, sums: Sums) -> Iterator[Line]:
    """Lines of the feeding cells that say all their facets themselves: tables 5 to 9, and tables by project."""
    if table.role != FEEDS:
        return
    by_project = {known: amount for known, amount in sums.items() if known.project}
    for side in table.sides:
        for printed in leaves(table, side, figures[table.key]).values():
            facets = table.filter_of(printed.cell)
            if facets and _says_all(facets):
                yield from _beyond_projects(facets, printed, by_project)


def _says_all(facets: Filter) -> bool:
    """Whether a cell leaves no facet open; income waits until all spending is known, for that tells its fund."""
    return facets.get("book") != (Book.INCOME,) and all(len(values) == 1 for values in facets.values())


def _beyond_projects(facets: Filter, printed: Printed, by_project: dict[Facets, Decimal]) -> Iterator[Line]:
    """A cell's line, less what a table by project has already said of the same money."""
    amount = printed.amount or ZERO
    said = sum((by_project[known] for known in passing(by_project, facets)), ZERO)
    if not said or amount > said:
        yield Line(**{facet: values[0] for facet, values in facets.items()}, amount=amount - said)


def _by_role(tables: list[Table], role: str, book: Book) -> Iterator[Table]:
    return (table for table in tables if table.role == role and table.where.get("book") == (book,))


def _remainder(tables: list[Table], figures: Figures, sums: Sums, findings: list[Finding]) -> Iterator[Line]:
    """Spending that table 3 prints beyond tables 5, 7 and 8: money that is not the treasury's."""
    for table in _by_role(tables, REMAINDER, Book.SPENDING):
        (side,) = table.sides
        by_kind = _spending_by_kind(sums)
        for (code, column), printed in leaves(table, side, figures[table.key]).items():
            (kind,) = column.where["kind"]
            yield from _beyond_funds(printed, code, kind, by_kind[kind], findings)


def _beyond_funds(printed: Printed, code: str, kind: str, known: Spent, findings: list[Finding]) -> Iterator[Line]:
    """A cell's line, less what is known of the same kind of spending."""
    amount = printed.amount or ZERO
    covered = sum((spent for function, spent in known if function.startswith(code)), ZERO)
    if amount < covered or _is_split_above(known, code):
        findings.append(_uncovered(printed, covered))
    elif amount > covered or _is_nil(kind, covered):
        yield Line(Book.SPENDING, Fund.NON_FISCAL, kind, code, amount=amount - covered)


def _is_nil(kind: str, covered: Decimal) -> bool:
    """A printed 0.00 is no blank, so it is a line; for basic and project spending a fund's own table has said it."""
    return not covered and kind not in FISCAL_KINDS


def _is_split_above(known: Spent, code: str) -> bool:
    """Whether a fund's table prints this spending at a code above, so that it cannot be told apart here."""
    return any(function != code and code.startswith(function) for function, _ in known)


def _spending_by_kind(sums: Sums) -> defaultdict[str, Spent]:
    """{kind: (function code, amount) of all spending that is known so far}."""
    by_kind: defaultdict[str, Spent] = defaultdict(list)
    for facets, amount in sums.items():
        if facets.book == Book.SPENDING:
            by_kind[facets.kind].append((facets.function, amount))
    return by_kind


def _uncovered(printed: Printed, covered: Decimal) -> Finding:
    expected, actual = plain(covered, printed.unit), plain(printed.amount, printed.unit)
    message = (
        f"{printed.place} 的 {printed.cell.row} 是 {actual}，而各资金支出表合计 {expected}{printed.unit}；"
        "支出总表不能少于财政拨款支出，请核对两处。"
    )
    return Finding(T3.code, Level.ERROR, message, (printed.place,), expected, actual, (printed.cell,))


def _kept(tables: list[Table], figures: Figures) -> Iterator[Line]:
    """Money kept for next year: by fund from table 4, the rest of what table 1 prints is not the treasury's."""
    by_fund, whole = _printed_as_kept(tables, figures)
    yield from (Line(Book.KEPT, fund, amount=amount) for fund, amount in by_fund.items())
    if whole is not None:
        rest = whole - sum(by_fund.values(), ZERO)
        if rest > 0 or (not by_fund and not rest):
            yield Line(Book.KEPT, Fund.NON_FISCAL, amount=rest)


def _printed_as_kept(tables: list[Table], figures: Figures) -> tuple[ByFund, Decimal | None]:
    """(by fund, in all, None where that is blank)"""
    by_fund, whole = ByFund(), None
    for table, side, row in _feeding_rows(tables):
        amounts = _amounts(table, side, row, figures)
        if any(column.key in FISCAL for column in side.leaf_columns):
            by_fund |= amounts
        elif amounts:
            whole = sum(amounts.values(), ZERO)
    return by_fund, whole


def _amounts(table: Table, side: Side, row: str, figures: Figures) -> dict[str, Decimal]:
    """{column: amount} of the filled leaf cells of a row."""
    cells = {column.key: figures[table.key].get(table.cell(row, column.key)) for column in side.leaf_columns}
    return {key: cell.amount for key, cell in cells.items() if cell and cell.amount is not None}


def _feeding_rows(tables: list[Table]) -> Iterator[tuple[Table, Side, str]]:
    """Rows that feed although their table is compared."""
    for table in tables:
        for side in table.sides:
            yield from ((table, side, row.key) for row in side.fixed_rows if row.feeds)


def _income(tables: list[Table], figures: Figures, sums: Sums) -> Iterator[Line]:
    """Income lines from table 2, with the treasury's money and what was carried over told apart by fund."""
    for table in _by_role(tables, FEEDS, Book.INCOME):
        (side,) = table.sides
        income = _told_apart(leaves(table, side, figures[table.key]))
        for (code, fund), amount in income.by_fund.items():
            yield Line(Book.INCOME, fund, function=code, amount=amount)
        yield from Division(figures, sums, income).lines()


def _told_apart(cells: Leaves) -> Income:
    income = Income({}, {}, {})
    for (code, column), printed in cells.items():
        funds, amount = column.where.get("fund", ()), printed.amount or ZERO
        if not funds:
            income.carried[code] = amount
        elif len(funds) == 1:
            income.by_fund[code, funds[0]] = amount
        else:
            income.fiscal[code] = amount
    return income
