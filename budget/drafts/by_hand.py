"""What a person changed in a draft since its files were read, as far as another file leaves it standing.

A line is *said* by the table whose leaf cells it comes from: spending of a fund by that fund's table, basic spending by
economic code by table 6, 三公 by table 9, income by table 2, kept money by tables 1 and 4; other spending is what table
3 prints beyond the funds' tables. A line changed by hand stays, unless the file holds a table that says it.

What is left over (table 3, and the kept money of table 1) often changes together with what it is left over from:
money moved from 财政拨款以外的资金 to a fund is two changes. Where the file undoes one, the other is undone with it,
as long as a file has printed the whole that both are parts of; otherwise money would vanish between them.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from budget.declare.document import Document
from budget.declare.tables import FEEDS, REMAINDER, Table, passing
from budget.figures.facets import Book, Facets
from budget.figures.line import Line

ByFacets = dict[Facets, Line]


def said_by(document: Document, facets: Facets) -> set[str]:
    """Keys of the tables that say a line with these facets; of the whole where only that is printed."""
    own = {t.key for t in document.tables if t.role == FEEDS and _speaks_of(t, facets)}
    rest = {t.key for t in document.tables if t.role == REMAINDER and passing([facets], t.where)}
    return own or rest or _said_by_rows(document, facets)


def _speaks_of(table: Table, facets: Facets) -> bool:
    by_project = any(side.is_tree and side.tree.within for side in table.sides)
    return by_project == bool(facets.project) and bool(passing([facets], table.where))


def _said_by_rows(document: Document, facets: Facets) -> set[str]:
    """Tables with a row that feeds the line: the one whose column is of its fund alone, else the one of all funds."""
    found: dict[bool, set[str]] = {True: set(), False: set()}
    for table in document.tables:
        for row, column in _feeding_cells(table):
            cell = table.filter_of(table.cell(row, column)) or {}
            if passing([facets], cell):
                found[len(cell.get("fund", ())) == 1].add(table.key)
    return found[True] or found[False]


def _feeding_cells(table: Table) -> Iterable[tuple[str, str]]:
    for side in table.sides:
        for row in side.fixed_rows:
            yield from ((row.key, column.key) for column in side.leaf_columns if row.feeds)


@dataclass
class ByHand:
    """base: the lines that earlier files print. now: those of the draft. held: tables that the file holds.
    printed: tables that earlier files print.
    """

    document: Document
    base: ByFacets
    now: ByFacets
    held: set[str]
    printed: set[str]

    def __post_init__(self) -> None:
        both = dict.fromkeys([*self.base, *self.now])
        self.changed = {facets for facets in both if self.base.get(facets) != self.now.get(facets)}
        self.undone = {_moved_together(facets) for facets in self.changed if self._is_held(facets)}
        self.stay = {facets for facets in self.changed if self._stays(facets)}
        self.whole = {_moved_together(facets) for facets in self.stay if facets.book == Book.INCOME}

    def _is_held(self, facets: Facets) -> bool:
        return bool(said_by(self.document, facets) & self.held)

    def _stays(self, facets: Facets) -> bool:
        if self._is_held(facets):
            return False
        with_others = _moved_together(facets) in self.undone and not self._says_itself(facets)
        return not with_others or not said_by(self.document, facets) & self.printed

    def _says_itself(self, facets: Facets) -> bool:
        """Whether a table of the line's own says it, so that it depends on no other."""
        said = (self.document.table(key) for key in said_by(self.document, facets))
        return facets.book != Book.INCOME and any(table is not None and table.role == FEEDS for table in said)

    def lines(self) -> list[Line]:
        """The draft as it would be if only those changes had been made that stay."""
        merged = self.base | {facets: self.now[facets] for facets in self.stay if facets in self.now}
        return [line for facets, line in merged.items() if facets not in self.stay or facets in self.now]

    def is_settled(self, facets: Facets) -> bool:
        """Whether the draft alone says this line, whatever follows from the printed figures.

        A changed share of income settles the whole code: shares divided anew would no longer add up with it.
        """
        if facets in self.stay or _moved_together(facets) in self.whole:
            return True
        return self._says_itself(facets) and not self._is_held(facets)


def _moved_together(facets: Facets) -> tuple[str, ...]:
    """Lines among which a person moves money: of one code and kind of spending, of one code of income."""
    return facets.book, facets.function, facets.kind if facets.book == Book.SPENDING else "", facets.economic
