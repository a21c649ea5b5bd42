"""Printed figures against derived ones: each figure of a file is compared with the sum that it should be."""

from budget.checks.compare import MISSING, Compared, slip
from budget.checks.finding import Finding, Level
from budget.codes import prefixes
from budget.fill import figure, fill
from budget.money import plain

TREE_LEVELS = ("class", "section", "item")


def compare_table(table, view):
    """A `Compared` for each printed figure of a table and for each row that the file leaves out.

    Missing where the file lacks the table; nothing where there is nothing to compare (no file at all, or an
    empty table on both sides).
    """
    facts = view.facts
    printed = [p for p in facts.printed if p.table == table.key]
    filled = fill(table, facts.lines, view.names)
    if not facts.printed or (table.key in facts.notes and filled.is_empty and _is_blank(printed)):
        return []
    if not printed:
        return [MISSING]
    derived = filled.figures() | _also(table, facts.lines, printed)
    found = [compare(p, *derived.get((p.row, p.column), (None, 0)), view) for p in printed]
    return found + _left_out(table, derived, printed, view)


def _is_blank(printed):
    return all(p.amount is None for p in printed)


def _also(table, lines, printed):
    """Derived figures of rows and columns that only other layouts print."""
    keys = {(p.row, p.column) for p in printed}
    found = {}
    for side in table.sides:
        if not side.is_tree:
            for row in side.also_rows:
                for column in side.columns:
                    if (row.key, column.key) in keys:
                        found[row.key, column.key] = figure(table, side, row, column, lines)
        for column in side.also_columns if side.is_tree else ():
            found |= _also_column(table, side, column, lines, keys)
    return found


def _also_column(table, side, column, lines, keys):
    only = [line for line in lines if all(getattr(line, f) in v for f, v in column.where.items())]
    filled = fill(table, only).figures()
    total = side.columns[0].key
    return {(row, column.key): filled.get((row, total), (None, 0)) for row, c in keys if c == column.key}


def compare(printed, derived, terms, view):
    """The comparison of one printed figure; nil and blank agree with each other."""
    cell = (printed.table, printed.row, printed.column)
    if (printed.amount or 0) == (derived or 0) and not (printed.amount is None and derived):
        return Compared((cell,))
    difference = (printed.amount or 0) - (derived or 0)
    expected, found = plain(derived, printed.unit), plain(printed.amount, printed.unit)
    level = level_of(difference, printed, terms)
    message = f"{view.words(cell)}{_says(printed, expected, found, level)}{_why(printed, derived, difference)}"
    finding = Finding("", level, message, (printed.place,), expected, found, (cell,))
    return Compared((cell,), finding, difference=difference)


def level_of(difference, printed, terms):
    """A difference that rounding alone can make is a notice, anything above an error.

    Rounding can hide half the last printed place for each of n terms and for the sum itself.
    """
    rounding = printed.step / 2 * (terms + 1)
    return Level.NOTICE if printed.amount is not None and abs(difference) <= rounding else Level.ERROR


def _says(printed, expected, found, level):
    unit = printed.unit
    if printed.amount is None:
        return f"是空白，按明细合计应为 {expected}{unit}"
    if not expected:
        return f"是 {found}{unit}，但没有任何明细"
    if level == Level.NOTICE:
        return f"是 {found}{unit}，明细合计 {expected}{unit}，相差在四舍五入的范围内"
    return f"是 {found}{unit}，按明细合计应为 {expected}{unit}"


def _why(printed, derived, difference):
    """The likeliest cause in words, for the mistakes that can be told from the two figures."""
    if printed.amount and derived:
        if slipped := slip(printed.amount, derived):
            return f"；{slipped}。"
        return f"，相差 {plain(abs(difference), printed.unit)}{printed.unit}。"
    return "；请补上。" if printed.amount is None else "；请核对。"


def _left_out(table, derived, printed, view):
    """Rows with money that the file does not print at all; totals may be missing in other layouts."""
    rows = {p.row for p in printed}
    columns = {p.column for p in printed}
    wanted = _rows_that_matter(table, derived)
    unit = printed[0].unit
    findings = []
    for row, amounts in wanted.items():
        amounts = {column: amount for column, amount in amounts.items() if amount and column in columns}
        if row not in rows and amounts and not _is_coarser(row, rows):
            column, amount = next(iter(amounts.items()))
            place = printed[0].place.rsplit("!", 1)[0]
            message = (
                f"表{table.number}没有“{view.row_name(table.key, row)}”这一行，"
                f"按其他表应有 {plain(amount, unit)}{unit}；请补上这一行。"
            )
            cell = (table.key, row, column)
            finding = Finding("", Level.ERROR, message, (place,), plain(amount, unit), "", (cell,))
            findings.append(Compared((cell,), finding, difference=amount))
    return findings


def _is_coarser(row, rows):
    """Whether the file stops at a code above this one: it prints 类 or 款 only."""
    return (
        row.isdigit()
        and any(above in rows for above in prefixes(row)[:-1])
        and not any(other != row and len(other) == len(row) and other.isdigit() for other in rows)
    )


def _rows_that_matter(table, derived):
    """{row key: {column: amount}} of the code rows and class rows, which every layout prints when filled."""
    found = {}
    for side in table.sides:
        fixed = set() if side.is_tree else {row.key for row in side.rows if row and row.level in TREE_LEVELS[:1]}
        for (row, column), (amount, _) in derived.items():
            if (side.is_tree and row != "total") or (row in fixed and row.isdigit()):
                found.setdefault(row, {})[column] = amount
    return found
