"""The figures that sentences speak of: as the tables print them, beside what was published of the year before.

Amounts are rounded as they are printed before they are compared, so that a reader who takes last year's table and this
year's finds the very change that the sentence states. A blank is not zero; what is unknown is never guessed.
"""

from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property
from typing import NamedTuple

from budget.cell import Cell
from budget.declare.fields import Figure, Money, Record
from budget.declare.records import Listing, Records
from budget.declare.sentence import Each
from budget.declare.tables import Table
from budget.figures.dossier import Entries, Recorded
from budget.figures.fill import Filled, Names, fill
from budget.figures.totals import TOTAL, total_of
from budget.money import CENT, WAN, YUAN_PER, show
from budget.text import label, name_key


class Unknown(Exception):
    """A figure that nobody has given yet; the text says which, and the way out."""


class NoYearBefore(Unknown):
    """Nothing is known of the year before, to which a figure is compared."""


class Named(NamedTuple):
    """A record or row with its figure: its name, its address, the amount now and last year."""

    name: str
    cell: Cell
    amount: Decimal | None
    before: Decimal | None = None


def rounded(amount: Decimal | None) -> Decimal:
    """An amount in 万元 as it is printed; a blank counts as nothing where two years are compared."""
    return ((amount or Decimal(0)) / YUAN_PER[WAN]).quantize(CENT, ROUND_HALF_UP) + 0


class Figures:
    """Every figure of one budget by its address. names: {(facet, code): name}."""

    def __init__(self, entries: Entries, recorded: Recorded, names: Names):
        self.entries, self.document, self.recorded = entries, entries.document, recorded
        self._names = names | entries.names | entries.called()
        self._filled: dict[str, Filled] = {}

    def filled(self, table: Table) -> Filled:
        """A table with its figures, filled once."""
        if table.key not in self._filled:
            self._filled[table.key] = fill(table, self.entries.lines, self._names)
        return self._filled[table.key]

    def amount(self, cell: Cell) -> Decimal | None:
        """The figure at an address, None for a blank. Raises Unknown where nobody has given any."""
        if table := self.document.table(cell.table):
            self._check_tables()
            return self._derived(table).get(cell)
        records = self.document.list_of(cell.table)
        if records is None:
            raise Unknown("这个数的地址不对，请县里改正这一句")
        return self._of_records(records, cell)

    def _check_tables(self) -> None:
        if not self.entries.lines:
            raise Unknown("表里还没有数，请先填表")

    def _derived(self, table: Table) -> dict[Cell, Decimal | None]:
        return {cell: amount for cell, (amount, _) in self.filled(table).figures().items()}

    def _of_records(self, records: Records, cell: Cell) -> Decimal | None:
        found = self.records(records.key)
        if isinstance(records, Listing) and cell.row in records.picked:
            return total_of(records, found, cell)
        if not found:
            raise Unknown(f"“{records.title}”还没有填")
        if isinstance(records, Listing) and cell.row == TOTAL and not records.identity:
            return total_of(records, found, cell)
        record = next((one for n, one in enumerate(found, 1) if records.row(one, n) == cell.row), None)
        if record is None:
            raise Unknown(f"“{records.title}”里没有这一行")
        return self._in_record(records, record, cell.column)

    def _in_record(self, records: Records, record: Record, column: str) -> Decimal | None:
        declared, value = records.value(record, column)
        assert isinstance(declared, Figure), column
        return None if value is None else Decimal(value)

    def records(self, key: str) -> list[Record]:
        """The records of a list or form."""
        return self.entries.records.get(key, [])

    def is_money(self, cell: Cell) -> bool:
        """Whether a figure is an amount, not a count or an area."""
        records = self.document.list_of(cell.table)
        return records is None or any(f.key == cell.column and isinstance(f, Money) for f in records.fields)

    def shown(self, cell: Cell, amount: Decimal | None) -> str:
        """A figure as its table prints it, with its unit: 1,337.87 万元; '' for a blank."""
        if amount is None:
            return ""
        return f"{show(amount)} {WAN}" if self.is_money(cell) else f"{amount.normalize():,f}"

    # The year before.

    def change(self, cell: Cell) -> tuple[Decimal, Decimal]:
        """(now, last year) in 万元 as both are printed. Raises Unknown while last year's budget is not here."""
        now = rounded(self.amount(cell))
        if not self.recorded.last_year:
            raise NoYearBefore(f"没有{(self.entries.year or 0) - 1}年的预算数，请先导入上年预算")
        return now, rounded(self.recorded.last_year.get(cell))

    # Lists.

    def each(self, part: Each) -> list[Named]:
        """The records or rows that a sentence goes through one by one. Raises Unknown."""
        table = self.document.table(part.records)
        found = list(self._rows(table, part.column) if table else self._records(part))
        return found if not part.changed else self._changed(part.records, found)

    def _rows(self, table: Table, column: str) -> Iterator[Named]:
        """The rows with money that no other row refines, under their names."""
        self._check_tables()
        for side, rows in zip(table.sides, self.filled(table).sides, strict=True):
            keys = [c.key for c in side.columns]
            there = [row for row in rows if row and row.level not in ("total", "subtotal", "memo")]
            for row in there if column in keys else ():
                amount = row.amounts[keys.index(column)]
                refined = side.is_tree and any(o.key != row.key and o.key.startswith(row.key) for o in there)
                if amount and not refined:
                    yield Named(label(row.labels[-1]), table.cell(row.key, column), amount)

    def _records(self, part: Each) -> Iterator[Named]:
        records = self.document.list_of(part.records)
        assert records is not None, part
        for number, record in enumerate(self.records(part.records), 1):
            amount = self._in_record(records, record, part.column) if part.column else None
            cell = Cell(records.key, records.row(record, number), part.column or records.naming)
            yield Named(" ".join(str(record[records.naming]).split()), cell, amount)

    def _changed(self, key: str, found: list[Named]) -> list[Named]:
        """Those that differ from last year, by name: codes bear the year. What is gone comes last."""
        if not self.recorded.last_year:
            raise Unknown(f"没有{(self.entries.year or 0) - 1}年的预算数，请先导入上年预算")
        before = {
            name_key(name): (name, amount) for name, amount in self.recorded.last_year_records.get(key, {}).items()
        }
        now = {name_key(one.name) for one in found}
        both = [one._replace(before=before.get(name_key(one.name), ("", None))[1]) for one in found]
        gone = [Named(name, Cell(key), None, amount) for one, (name, amount) in before.items() if one not in now]
        return [one for one in (*both, *gone) if rounded(one.amount) != rounded(one.before)]

    @cached_property
    def facts(self) -> dict[str, str]:
        """What a budget knows of itself."""
        year, name = self.entries.year or 0, self.document.name
        return {
            "year": str(year), "last_year": str(year - 1), "name": self.entries.name,
            "document": name, "we": f"本{name[:2]}",
        }  # fmt: skip
