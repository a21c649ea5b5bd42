"""A posted grid: which cells were typed, in which unit, what was answered, and what is asked of the page."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

from budget import money
from budget.admin.grid.loaded import cell_at
from budget.cell import Cell
from budget.entry.tables.codes import Codes, Found
from budget.entry.tables.divided import Said
from budget.entry.tables.doubts import Doubt, plainly
from budget.entry.tables.typed import Texts, Typed

UNITS = (money.WAN, money.YUAN)
MOST_ROWS = 500


@dataclass
class Posted:
    """What stands in the form. rows: keys of rows that were added. naming: whether names are edited, names: {key of a
    row: name}. found: what became of a code that was typed into the row below; is_block: whether a pasted block asked.
    """

    unit: str = money.WAN
    seen: int | None = None
    texts: Texts = field(default_factory=dict)
    rows: tuple[str, ...] = ()
    sure: frozenset[tuple[Cell, Decimal]] = frozenset()
    said: dict[Cell, Said] = field(default_factory=dict)
    naming: bool = False
    names: dict[str, str] = field(default_factory=dict)
    found: Found | None = None
    is_block: bool = False

    @property
    def typed(self) -> Typed:
        """What the numbers are made from."""
        return Typed(self.unit, self.texts, self.sure, self.said)

    def take_unit(self, unit: str) -> None:
        """Show all that is typed in another unit; what cannot be read stays as it is."""
        if unit in UNITS and unit != self.unit:
            self.texts = {cell: in_other(text, self.unit, unit) for cell, text in self.texts.items()}
            self.said = {
                cell: said._replace(parts={n: in_other(text, self.unit, unit) for n, text in said.parts.items()})
                for cell, said in self.said.items()
            }
            self.unit = unit

    def keep(self, cell: Cell, doubt: Doubt) -> None:
        """The person means what they typed."""
        self.sure |= {(cell, doubt.amount)}

    def mend(self, cell: Cell, doubt: Doubt) -> None:
        """The person meant the other unit."""
        self.texts = self.texts | {cell: plainly(doubt.instead, self.unit)}

    def add(self, codes: Codes, text: str, present: set[str]) -> None:
        """Add the row that somebody means, or keep the proposals."""
        self.found = codes.find(text, present)
        if self.found.key and len(self.rows) < MOST_ROWS:
            self.rows = (*self.rows, self.found.key)


def in_other(text: str, unit: str, other: str) -> str:
    """A typed amount in another unit."""
    try:
        amount = money.read(text, unit)
    except money.Unreadable:
        return text
    return "" if amount is None else plainly(amount, other)


def posted(data: Any) -> Posted:
    """What a form says; fields that none of its pages has are passed over."""
    seen, unit = data.get("seen", ""), data.get("unit", "")
    found = Posted(unit if unit in UNITS else money.WAN, int(seen) if seen.isdecimal() else None)
    found.rows = tuple(dict.fromkeys(filter(None, data.get("rows", "").split(","))))[:MOST_ROWS]
    found.sure = frozenset(_sure(data.get("sure", "")))
    found.naming = bool(data.get("naming"))
    for name in data:
        _take(found, name, data.get(name))
    return found


def _take(found: Posted, name: str, text: str) -> None:
    kind, _, rest = name.partition(":")
    if kind == "name":
        found.names[rest] = " ".join(text.split())
    elif kind == "whose" and (cell := cell_at(rest)):
        found.said[cell] = found.said.get(cell, Said("", {}))._replace(whose=text)
    elif kind == "part":
        _take_part(found, *rest.rpartition(":")[::2], text)
    elif not rest and (cell := cell_at(name)):
        found.texts[cell] = text


def _take_part(found: Posted, name: str, number: str, text: str) -> None:
    cell = cell_at(name)
    if cell and number.isdecimal():
        said = found.said.get(cell, Said("", {}))
        found.said[cell] = said._replace(parts={**said.parts, int(number): text})


def _sure(text: str) -> Iterator[tuple[Cell, Decimal]]:
    for one in text.split():
        name, _, amount = one.rpartition("=")
        cell = cell_at(name)
        try:
            if cell:
                yield cell, Decimal(amount)
        except InvalidOperation:
            continue


def sure_text(sure: frozenset[tuple[Cell, Decimal]]) -> str:
    """The inverse, for the form to carry along."""
    return " ".join(sorted(f"{cell}={amount}" for cell, amount in sure))
