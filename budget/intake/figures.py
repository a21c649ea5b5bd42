"""A recognised table's cells as printed figures: (row key, column key) → amount with its place."""

import re
from dataclasses import dataclass, field
from decimal import Decimal

from budget import money
from budget.checks.finding import Finding, Level
from budget.facts import Printed
from budget.intake.headings import CODE_PARTS, ORDINAL, title
from budget.intake.problems import at, problem
from budget.text import label, narrow

_NOTE = re.compile(r"^(注|备注|说明)\s*[:：]")
_TOTALS = {"合计", "总计"}
_WIDTHS = (3, 2, 2)  # digits of 类, 款, 项


@dataclass
class TableReading:
    """What a grid prints of one declared table.

    printed: every figure of a known row and column, blanks included. names: {code: printed name}.
    """

    layout: object
    printed: dict[tuple[str, str], Printed] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    note: str = ""
    problems: list[Finding] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


class Cells:
    """Reads amounts of one grid in its unit and remembers what could not be read."""

    def __init__(self, grid, unit):
        self.grid, self.unit, self.problems, self.findings = grid, unit, [], []

    def amount(self, row, column):
        """The cell's amount in yuan, None for a blank; what is no amount becomes a problem."""
        return self._read(row, column, lambda value: money.read(value, self.unit))

    def number(self, row, column):
        """The cell's plain number, None for a blank."""
        return self._read(row, column, money.read_number)

    def _read(self, row, column, reader):
        if sentence := self.grid.problems.get((row, column)):
            return self._refuse(row, column, sentence)
        value = self.grid.value(row, column)
        try:
            number = reader(value)
        except money.Unreadable as error:
            return self._refuse(row, column, str(error), found=str(value))
        if money.is_negative_in_brackets(value):
            self._warn(row, column, value)
        return number

    def _refuse(self, row, column, sentence, found=""):
        place = self.grid.place(row, column)
        self.problems.append(problem("R01", f"{at(self.grid, row, column)}：{sentence}。", place, found=found))

    def _warn(self, row, column, value):
        message = f"{at(self.grid, row, column)}写作“{value}”，按负数读取；如果不是负数，请改正。"
        self.findings.append(Finding("R01", Level.WARNING, message, (self.grid.place(row, column),)))


def read_table(grid, layout, unit):
    """A `TableReading` of a grid with its layout; `unit` is 元 or 万元."""
    reading = TableReading(layout)
    cells = Cells(grid, unit)
    if layout.wide:
        _read_wide(grid, layout, cells, reading)
    else:
        _read_rows(grid, layout, cells, reading)
    reading.problems += cells.problems
    reading.findings += cells.findings
    _set_steps(reading, unit)
    return reading


def _set_steps(reading, unit):
    """The last printed place of the table: 0.01 万元, 1 元 or 0.01 元, unless it prints finer figures."""
    amounts = [p.amount for p in reading.printed.values() if p.amount is not None]
    usual = money.YUAN_PER[unit] / 100 if unit == money.WAN else Decimal(1)
    step = usual if all(amount % usual == 0 for amount in amounts) else money.CENT
    reading.printed = {key: printed._replace(step=step) for key, printed in reading.printed.items()}


def _read_wide(grid, layout, cells, reading):
    """Rows laid out as columns over a single row of figures."""
    for column, row in layout.wide.items():
        _put(reading, cells, layout.data_row, column, row.key, layout.table.wide)


def _read_rows(grid, layout, cells, reading):
    rows = [row for row in range(layout.data_row, grid.rows + 1) if grid.row_values(row)]
    notes = [text for row in rows if (text := _note(grid, row))] + list(grid.notes)
    reading.note = notes[0] if notes else ""
    rows = [row for row in rows if not _note(grid, row)]
    for side in layout.sides:
        _read_side(grid, layout, side, rows, cells, reading)


def _note(grid, row):
    first = str(grid.row_values(row)[0][1]).strip()
    return first if _NOTE.match(first) or (first.startswith("注") and len(grid.row_values(row)) == 1) else ""


def _read_side(grid, layout, side, rows, cells, reading):
    finder = _TreeRows(grid, side, reading) if side.side.is_tree else _FixedRows(grid, side)
    unknown = [c for c in layout.unknown if _belongs(c, side, layout)]
    for row in rows:
        key = finder.key(row)
        if key is None:
            _report_unknown_row(grid, side, row, reading)
            continue
        for column, declared in side.columns.items():
            _put(reading, cells, row, column, key, declared.key)
        for column in unknown:
            _report_unknown_column(grid, layout, row, column, reading)


def _belongs(column, side, layout):
    """Whether an unknown column stands on this side: right of its name and left of the next side's."""
    later = [other.name for other in layout.sides if other.name > side.name]
    return side.name < column < min(later, default=10**6)


def _put(reading, cells, row, column, row_key, column_key):
    grid, table = cells.grid, reading.layout.table.key
    place = grid.place(row, column)
    if (row_key, column_key) in reading.printed:
        other = reading.printed[row_key, column_key].place
        message = f"{at(grid, row, column)}与 {other} 是同一科目（{row_key}），一张表里只能出现一次，请合并或改正编码。"
        reading.problems.append(problem("R08", message, place, other))
        return
    amount = cells.amount(row, column)
    reading.printed[row_key, column_key] = Printed(table, row_key, column_key, amount, place, cells.unit, money.CENT)


def _filled(grid, row, columns):
    """The first of the columns that holds something other than a blank mark."""
    return next((c for c in columns if narrow(grid.value(row, c) or "") not in money.BLANKS), None)


def _report_unknown_row(grid, side, row, reading):
    column = _filled(grid, row, side.columns)
    if column:
        name = grid.text(row, side.name).strip() or "（没有名称）"
        message = f"{at(grid, row, column)}有金额，但认不出“{name}”这一行，请核对编码和名称，或删去这一行。"
        reading.problems.append(problem("R07", message, grid.place(row, column)))


def _report_unknown_column(grid, layout, row, column, reading):
    if _filled(grid, row, [column]) and isinstance(grid.value(row, column), int | float):
        message = (
            f"{at(grid, row, column)}有金额，但认不出“{layout.unknown[column]}”这一栏，请核对栏目名称，或删去这一栏。"
        )
        if not any(p.message == message for p in reading.problems):
            reading.problems.append(problem("R07", message, grid.place(row, column)))


class _FixedRows:
    """Finds the declared row of each grid row by its label, in order, so that equal labels stay apart."""

    def __init__(self, grid, side):
        self.grid, self.side = grid, side
        rows = [row for row in side.side.rows if row] + list(side.side.also_rows)
        self.rows = [(row.key, {title(text) for text in (row.label, *row.same_as)}) for row in rows]
        self.next = 0
        self.used = set()

    def key(self, row):
        """The row's key, or None when its label is not declared."""
        text = title(self.grid.text(row, self.side.name))
        order = [*range(self.next, len(self.rows)), *range(self.next)]
        for index in order if text else ():
            key, wordings = self.rows[index]
            if text in wordings and key not in self.used:
                self.next = index + 1
                self.used.add(key)
                return key
        return None


class _TreeRows:
    """Finds the code of each grid row, whole or split into 类, 款 and 项 columns."""

    def __init__(self, grid, side, reading):
        self.grid, self.side, self.reading = grid, side, reading
        self.parts = ["", "", ""]

    def key(self, row):
        """The row's code, "total" for the total row, None for anything else."""
        texts = [self._text(row, column) for column in self.side.codes]
        name = self.grid.text(row, self.side.name).strip()
        if _TOTALS & {label(name), *map(label, texts)}:
            return "total"
        code = self._split(texts) if len(texts) > 1 else texts[0] if texts else ""
        if not code:
            return None
        if not (code.isascii() and code.isdigit() and len(code) in (3, 5, 7)):
            self._refuse(row, code)
            return None
        if name and label(name) not in ORDINAL:
            self.reading.names.setdefault(code, name)
        return code

    def _text(self, row, column):
        value = self.grid.value(row, column)
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        return "" if value is None else narrow(value)

    def _split(self, texts):
        """A code from its parts; parts printed once above stand for the rows below them."""
        filled = [i for i, text in enumerate(texts) if text]
        if not filled:
            return ""
        deepest = filled[-1]
        for i, text in enumerate(texts):
            if text:
                self.parts[i] = text.zfill(_WIDTHS[i]) if len(text) <= _WIDTHS[i] else text
            elif i > deepest:
                self.parts[i] = ""
        joined = self.parts[: deepest + 1]
        return joined[-1] if len(joined[-1]) > _WIDTHS[deepest] else "".join(joined)

    def _refuse(self, row, code):
        column = self.side.codes[0]
        message = (
            f"{at(self.grid, row, column)}的科目编码“{code}”读不出来，"
            f"应是 3、5 或 7 位数字（{'、'.join(CODE_PARTS)}）。"
        )
        self.reading.problems.append(problem("R09", message, self.grid.place(row, column), found=code))
