"""Forms in a grid, one a sheet: labels beside their values, then rows of their own; all by the declared labels."""

from collections import Counter
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from budget.cell import Cell
from budget.declare.fields import Code, Field, Figure, Record, Rows, Text, blank
from budget.declare.records import Form
from budget.finding import Finding
from budget.intake.cells import Cells
from budget.intake.grid import At, Grid, as_typed
from budget.intake.problems import at, problem
from budget.text import label, narrow


@dataclass
class FormReading:
    """One record; place: where it begins, places: {column of the address: where the field stands}."""

    record: Record
    place: str
    problems: list[Finding] = field(default_factory=list)
    places: dict[str, str] = field(default_factory=dict)


def read_form(grid: Grid, form: Form, unit: str) -> FormReading:
    """A `FormReading` of a sheet; `unit` is 元 or 万元."""
    sheet = _Sheet(grid, form, unit)
    record = {declared.key: sheet.value(declared) for declared in form.fields}
    reading = FormReading(record, grid.place(*sheet.at(form.field(form.identity))), sheet.cells.problems, sheet.places)
    for declared in form.fields:
        if isinstance(declared, Text) and declared.required and not record[declared.key]:
            name = form.title.removeprefix(form.called)
            message = f"{at(grid, *sheet.at(declared))}：{name}没有填写{declared.label}，请补上。"
            reading.problems.append(problem("R12", message, reading.place))
    return reading


def _wordings(declared: Field) -> list[str]:
    return [label(text) for text in (declared.heading[-1], *declared.same_as)]


def _known(form: Form) -> set[str]:
    """Every label of a form: of its fields, of its rows' fields, of its blocks."""
    inner = [field for rows in form.fields if isinstance(rows, Rows) for field in rows.fields]
    blocks = {label(field.under) for field in form.fields if field.under}
    return blocks | {text for field in (*form.fields, *inner) for text in _wordings(field)}


@dataclass(frozen=True)
class FormLabels:
    """What tells the pieces of a form: the labels of its identity, and the headings of each of its tables of rows."""

    identities: frozenset[str]
    rows: tuple[frozenset[str], ...]


@cache
def form_labels() -> list[FormLabels]:
    """The labels of every declared form.

    Documents are imported when somebody asks: a reader's child joins tables without knowing any, and starts in half
    the time (`python -m tests.bench.child`).
    """
    from budget.documents import taken

    return [_labels(form) for document in taken() for form in document.forms]


def _labels(form: Form) -> FormLabels:
    tables = [rows for rows in form.fields if isinstance(rows, Rows) and rows.is_table]
    headings = (frozenset(text for field in rows.fields for text in _wordings(field)) for rows in tables)
    return FormLabels(frozenset(_wordings(form.field(form.identity))), tuple(headings))


class _Sheet:
    """A form's labels and where they stand."""

    def __init__(self, grid: Grid, form: Form, unit: str):
        self.grid, self.form = grid, form
        self.cells = Cells(grid, unit)
        self.places: dict[str, str] = {}
        self.labels: dict[str, At] = {}
        for (row, column), value in sorted(grid.values.items()):
            if isinstance(value, str):
                self.labels.setdefault(label(value), (row, column))
        self.known = _known(form)

    def value(self, declared: Field) -> Any:
        """What the sheet says of a field."""
        if isinstance(declared, Rows):
            return self._rows(declared)
        if isinstance(declared, Text) and declared.bare:
            return self._bare(declared)
        where = self._beside(declared)
        if where is None:
            return declared.blank
        if isinstance(declared, Figure):
            self.places[declared.key] = self.grid.place(*where)
            return self.cells.value(*where, declared)
        self.places[declared.key] = self.grid.place(*self.at(declared))
        text = self._text(*where)
        return narrow(text) if isinstance(declared, Code) else text

    def at(self, declared: Field) -> At:
        """Where a field's label stands, the first cell when it does not: a place to tell, not to read."""
        return self._labelled(declared) or (1, 1)

    def _labelled(self, declared: Field) -> At | None:
        return next((self.labels[text] for text in _wordings(declared) if text in self.labels), None)

    def _beside(self, declared: Field) -> At | None:
        """The cell right of a label's own (merged) cell, or None without the label."""
        where = self._labelled(declared)
        if where is None:
            return None
        row, column = where
        after = column + 1
        while self.grid.merged.get((row, after)) == (row, column):
            after += 1
        return row, after

    def _text(self, row: int, column: int) -> str:
        """The text of a cell or the next filled one of its row; '' where that is another label."""
        value = as_typed(next((v for c, v in self.grid.row_values(row) if c >= column), None))
        return "" if value is None or label(value) in self.known else str(value).strip()

    def _bare(self, declared: Field) -> str:
        """A text without a label: the line under the block that it belongs to."""
        before = self.form.fields[: self.form.fields.index(declared)]
        opening = next((f for f in reversed(before) if f.under), before[-1])
        row, column = self.at(opening)
        self.places[declared.key] = self.grid.place(row + 1, column)
        if self._is_labelled(row + 1):
            return ""
        return next((str(v) for c, v in self.grid.row_values(row + 1) if c >= column), "")

    def _is_labelled(self, row: int) -> bool:
        """Whether a row begins with a label of its own."""
        first = self.grid.label(row, 1)
        return self.grid.value(row, 1) is not None and any(first.startswith(text) for text in self.known)

    def _rows(self, declared: Rows) -> list[Record]:
        if declared.across:
            return self._across(declared)
        return self._table(declared) if declared.is_table else self._lines(declared)

    def _opening(self, declared: Rows) -> At | None:
        """Where the label of the rows stands: it may go on, as in 资金支出计划（%）."""
        starts = tuple(_wordings(declared))
        return next((where for text, where in self.labels.items() if text.startswith(starts)), None)

    def _across(self, declared: Rows) -> list[Record]:
        """Records as columns beside the label: the first field above, the second in the row under it."""
        where = self._opening(declared)
        if where is None:
            return []
        row, own = where
        above, below = declared.fields
        self.places[declared.key] = self.grid.place(row + 1, own + 1)
        columns = [(c, v) for c, v in self.grid.row_values(row) if c > own]
        for number, (column, _) in enumerate(columns, 1):
            self.places[f"{declared.key}-{number}-{below.key}"] = self.grid.place(row + 1, column)
        return [{above.key: str(v).strip(), below.key: self.cells.value(row + 1, c, below)} for c, v in columns]

    def _lines(self, declared: Rows) -> list[Record]:
        """One text a row, from the label on until the rows after it begin."""
        where = self._opening(declared)
        if where is None:
            return []
        (row, own), (inner,) = where, declared.fields
        found = [line for r in range(row, self._end(declared)) if (line := self._line(r, own))]
        for number, (place, _) in enumerate(found, 1):
            self.places[f"{declared.key}-{number}"] = self.places[f"{declared.key}-{number}-{inner.key}"] = place
        return [{inner.key: text} for _, text in found]

    def _end(self, declared: Rows) -> int:
        later = self.form.fields[self.form.fields.index(declared) + 1 :]
        tops = [self._top(rows) for rows in later if isinstance(rows, Rows) and rows.is_table]
        return next((top for top in tops if top), self.grid.rows + 1)

    def _line(self, row: int, own: int) -> tuple[str, str] | None:
        """(place, text) of what stands in this row right of the label, None without anything."""
        found = next(((self.grid.place(row, c), str(v)) for c, v in self.grid.row_values(row) if c > own), None)
        return found if found and found[1].strip() else None

    def _top(self, declared: Rows) -> int:
        """The heading row of a table of rows: where most of its headings stand; 0 without any."""
        rows = Counter(self.labels[text][0] for f in declared.fields for text in _wordings(f) if text in self.labels)
        return rows.most_common(1)[0][0] if rows else 0

    def _table(self, declared: Rows) -> list[Record]:
        """Rows under their headings; what spans several rows is carried down."""
        top = self._top(declared)
        if not top:
            return []
        self.places[declared.key] = self.grid.place(top, 1)
        columns = {f.key: column for f in declared.fields if (column := self._column(top, f))}
        spanning = {f.key for f in declared.fields if isinstance(f, Text) and f.spans}
        records: list[Record] = []
        above: Record = dict.fromkeys(spanning, "")
        for row in range(top + 1, self.grid.rows + 1):
            record = blank(declared.fields) | {k: self.grid.text(row, c).strip() for k, c in columns.items()}
            if any(record[key] for key in record.keys() - spanning):
                above = {key: record[key] or above[key] for key in spanning}
                records.append(record | above)
                self._place_row(declared, len(records), row, columns)
        return records

    def _place_row(self, declared: Rows, number: int, row: int, columns: dict[str, int]) -> None:
        """Where a row and each of its fields stand."""
        self.places[f"{declared.key}-{number}"] = self.grid.place(row, min(columns.values()))
        for key, column in columns.items():
            self.places[f"{declared.key}-{number}-{key}"] = self.grid.place(row, column)

    def _column(self, top: int, declared: Field) -> int:
        """The column of a heading in the heading row, 0 without it."""
        where = self._labelled(declared)
        return where[1] if where and where[0] == top else 0


def places_of(form: Form, reading: FormReading) -> dict[Cell, str]:
    """{cell: where it stands} of a record that was read."""
    row = reading.record[form.identity]
    return {Cell(form.key, row, column): place for column, place in reading.places.items()}
