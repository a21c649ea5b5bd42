"""A list or form as its page draws it: blocks of fields, and tables of rows; each field under its address."""

from contextlib import suppress
from dataclasses import dataclass, field
from decimal import Decimal

from budget.cell import Cell
from budget.declare.fields import Choice, Code, Field, Money, Percent, Rows, Text
from budget.declare.records import Records, add_up
from budget.entry.records.read import Wrong
from budget.entry.records.remarks import Remarks
from budget.entry.records.typed import CHOSEN, LIST, OTHER, OWN, Typed, choice_of, text_of
from budget.money import Unreadable, read

Option = tuple[str, str, bool]  # value, words, whether it is chosen
Group = tuple[str, list[Option]]  # a heading ('' for none), what stands under it
_LONG = 60  # letters from which a text is given several lines


@dataclass
class Box:
    """One field to fill in. name: under which it is sent; id: its address; kind: how it is drawn.

    wrong: what keeps it from being saved; said: what does not agree; unit: what stands behind a figure. where: the row
    in which it stands, in words; focused: whether to go on here; other: what asks for fields for words of one's own;
    html: as the page writes it.
    """

    name: str
    id: str
    label: str
    kind: str
    text: str = ""
    unit: str = ""
    wrong: str = ""
    said: str = ""
    hint: str = ""
    length: int = 0
    required: bool = False
    groups: list[Group] = field(default_factory=list)
    where: str = ""
    focused: bool = False
    other: str = ""
    html: str = ""

    @property
    def shown(self) -> str:
        """What it says, for those who only read."""
        chosen = next((words for _, options in self.groups for _, words, is_it in options if is_it), self.text)
        return chosen.strip()


@dataclass
class RowBox:
    """A row of fields. name: how its buttons call it; own: its fields for words of its own, where it has some."""

    number: int
    name: str
    boxes: list[Box]
    own: list[Box] = field(default_factory=list)

    @property
    def label(self) -> str:
        """What people call it."""
        return f"第 {self.number} 行"


@dataclass
class Block:
    """Lines of fields under a label, or a table of rows. fixed: whether its rows are always the same ones.

    totals: (key, text) of each column in the line under the rows.
    """

    key: str
    id: str
    label: str
    lines: list[list[Box]] = field(default_factory=list)
    is_table: bool = False
    is_across: bool = False
    fixed: bool = False
    columns: list[str] = field(default_factory=list)
    rows: list[RowBox] = field(default_factory=list)
    said: str = ""
    totals: list[tuple[str, str]] = field(default_factory=list)

    def fix(self) -> None:
        """Its rows are always the same ones: what names them is no field."""
        self.fixed = True
        for row in self.rows:
            row.boxes[0].kind = "fixed"

    @property
    def across(self) -> list[tuple[str, list[Box]]]:
        """(label, its fields) of each line of a table whose rows are printed as columns."""
        return [(label, [row.boxes[at] for row in self.rows]) for at, label in enumerate(self.columns)]


@dataclass
class Page:
    """What is drawn. row: what identifies the record; words: {key of rows: what they say together in this budget}."""

    records: Records
    unit: str
    typed: Typed
    row: str = ""
    wrong: Wrong = field(default_factory=dict)
    remarks: Remarks = field(default_factory=dict)
    words: dict[str, list[tuple[str, ...]]] = field(default_factory=dict)
    focus: str = ""

    def blocks(self) -> list[Block]:
        """The blocks of a form: its fields as it prints them, then its rows."""
        tables = [self.table(one) for one in self.records.stored() if isinstance(one, Rows)]
        return [*self._plain(), *tables]

    def _plain(self) -> list[Block]:
        blocks: list[Block] = []
        for one in self.records.stored():
            if isinstance(one, Rows):
                continue
            if one.under or not blocks:
                blocks.append(Block(one.key, "", one.under))
            lines = blocks[-1].lines
            if not (one.beside and lines):
                lines.append([])
            lines[-1].append(self._box(one, one.key, self.typed[one.key], self._cell(one.key)))
        return blocks

    def table(self, rows: Rows) -> Block:
        """A table of a record's own rows."""
        cell = Cell(self.records.key, self.row, rows.key)
        options = options_of(rows, self.words.get(rows.key, []))
        drawn = [self._row(rows, row, n, options) for n, row in enumerate(self.typed[rows.key], 1)]
        return Block(
            rows.key,
            str(cell),
            rows.label,
            is_table=True,
            is_across=rows.across,
            columns=_columns(rows),
            rows=drawn,
            said=self.wrong.get(rows.key) or self.remarks.get(rows.key, ""),
        )

    def _row(self, rows: Rows, row: Typed, number: int, options: list[tuple[str, ...]]) -> RowBox:
        boxes = [self._in_row(rows, row, number, one) for one in rows.fields]
        drawn = RowBox(number, f"{rows.key} {number}", boxes[len(rows.choosing) :])
        chosen = tuple(row.get(one.key, "") for one in rows.choosing)
        if OWN in row or (any(chosen) and chosen not in options):
            drawn.own = boxes[: len(chosen)]
        elif rows.choosing:
            drawn.boxes.insert(0, self._chosen(rows, drawn, chosen, options))
        first, *_ = drawn.own or drawn.boxes
        first.focused = self.focus == f"{rows.key}-{number}"
        return drawn

    def _in_row(self, rows: Rows, row: Typed, number: int, declared: Field) -> Box:
        name = f"{rows.key}-{number}-{declared.key}"
        box = self._box(declared, name, self._text(declared, row), self._cell(name))
        box.where = f"第 {number} 行"
        return box

    def _text(self, declared: Field, row: Typed) -> str:
        """What stands in a field of a row; what others add up to where nobody types it."""
        if isinstance(declared, Money) and declared.sum_of:
            return text_of(declared, add_up(_amounts(row, declared.sum_of, self.unit), declared.sum_of), self.unit)
        return str(row.get(declared.key, ""))

    def _cell(self, column: str) -> Cell:
        return Cell(self.records.key, self.row, column)

    def _chosen(self, rows: Rows, row: RowBox, chosen: tuple[str, ...], options: list[tuple[str, ...]]) -> Box:
        """What several fields say together, as one choice under headings."""
        before = f"{rows.key}-{row.number}-"
        columns = [before + one.key for one in rows.choosing]
        wrong = next((self.wrong[column] for column in columns if column in self.wrong), "")
        groups = [("", [("", "请选", not any(chosen))]), *_grouped(options, chosen), ("", [(OTHER, "另写……", False)])]
        return Box(
            before + CHOSEN,
            str(self._cell(columns[0])),
            _together(rows),
            "chosen",
            wrong=wrong,
            groups=groups,
            where=row.label,
            other=f"own {row.name}",
        )

    def _box(self, declared: Field, name: str, text: str, cell: Cell) -> Box:
        return Box(
            name,
            str(cell),
            declared.label,
            _kind(declared, text),
            text,
            unit=_unit(declared, self.unit),
            wrong=self.wrong.get(name, ""),
            said=self.remarks.get(name, ""),
            hint=declared.hint,
            length=getattr(declared, "length", 0),
            required=getattr(declared, "required", False),
            groups=_choices(declared, text),
        )


@dataclass
class GridPage(Page):
    """A page of a list. first: the number of its first record."""

    first: int = 1

    def _cell(self, column: str) -> Cell:
        _, number, key = column.split("-", 2)
        row = self.typed[LIST][int(number) - 1]
        return Cell(self.records.key, row.get(self.records.identity) or str(self.first + int(number) - 1), key)


def _amounts(row: Typed, keys: tuple[str, ...], unit: str) -> dict[str, Decimal | None]:
    """The amounts of a row that can be read."""
    found: dict[str, Decimal | None] = dict.fromkeys(keys)
    for key in keys:
        with suppress(Unreadable):
            found[key] = read(row.get(key, ""), unit)
    return found


def _kind(declared: Field, text: str) -> str:
    if isinstance(declared, Money) and declared.sum_of:
        return "sum"
    if isinstance(declared, Choice):
        return "choice"
    return _kind_of_text(declared, text) if isinstance(declared, Text) else declared.kind


def _kind_of_text(declared: Text, text: str) -> str:
    if isinstance(declared, Code):
        return "code"
    return "area" if declared.long or len(text) > _LONG or "\n" in text else "line"


def _unit(declared: Field, unit: str) -> str:
    return unit if isinstance(declared, Money) else "%" if isinstance(declared, Percent) else ""


def _choices(declared: Field, text: str) -> list[Group]:
    if not isinstance(declared, Choice):
        return []
    listed = [(value, words.strip(), value == text) for value, words in (declared.choices or {}).items()]
    return [("", [("", "请选", not text), *listed])]


def _columns(rows: Rows) -> list[str]:
    typed = [one.label for one in rows.fields[len(rows.choosing) :]]
    return [_together(rows), *typed] if rows.choosing else typed


def _together(rows: Rows) -> str:
    """What fields are called that are chosen together."""
    return "、".join(one.label for one in rows.choosing)


def options_of(rows: Rows, words: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """What may be chosen: what is declared, and what the budget says besides."""
    return list(dict.fromkeys([*rows.chosen, *(texts for texts in words if any(texts))]))


def _grouped(options: list[tuple[str, ...]], chosen: tuple[str, ...]) -> list[Group]:
    groups: dict[str, list[Option]] = {}
    for texts in options:
        words = " · ".join(text for text in texts if text)
        groups.setdefault(texts[0], []).append((choice_of(texts), words, texts == chosen))
    return list(groups.items())
