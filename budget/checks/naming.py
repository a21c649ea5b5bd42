"""Addresses in words: rows and columns as the tables print them, records by the names that people know them by."""

from collections.abc import Iterable
from functools import cached_property

from budget.cell import Cell
from budget.declare.document import Document
from budget.declare.fields import Field, Record, Rows
from budget.declare.records import Listing, Records
from budget.declare.tables import Table
from budget.figures.as_printed import AsPrinted
from budget.figures.dossier import SECTIONS
from budget.figures.fill import Names, part_of_tree
from budget.figures.totals import TOTAL
from budget.text import quoted

LISTED = "projects"  # the column of the text under which the sum of the projects that it lists stands
CHANGE = "change-"  # what the columns of changes on last year begin with

_NUMERALS = "零一二三四五六七八九十"


class Naming:
    """Names for the addresses of one budget.

    names: {(facet or scheme, code): name}; records: by list or form; sections: those of the text; own: tables that are
    kept as printed.
    """

    def __init__(
        self,
        document: Document,
        names: Names,
        records: dict[str, list[Record]],
        sections: Iterable[Record] = (),
        own: Iterable[AsPrinted] = (),
    ):
        self.document, self.names, self.records = document, names, records
        self.titles = titles_of(sections)
        self.own = {table.key: table.title for table in own}

    def words(self, cell: Cell) -> str:
        """The whole address: 表9“合计”的“合计”, 政府采购第 2 行“打印机”的“单价”, 情况说明第二部分."""
        if title := self.own.get(cell.table):
            return f"《{title}》" + (f"第 {cell.row} 行第 {cell.column} 列" if cell.row else "")
        column = self.column(cell)
        if cell.table == SECTIONS:
            return section_in_words(cell.row, self.titles.get(cell.row, "")) + (f"的{quoted(column)}" if column else "")
        return f"{self.table(cell)}{self._row_in_words(cell)}{f'的{quoted(column)}' if column else ''}"

    def table(self, cell: Cell) -> str:
        """The table, list or form in a word: 表9, 政府采购."""
        if table := self.document.table(cell.table):
            return f"表{table.number}"
        records = self.document.list_of(cell.table)
        return records.called if records else cell.table

    def _row_in_words(self, cell: Cell) -> str:
        records = self.document.list_of(cell.table)
        if records and not records.identity and cell.row.isdigit():
            name = self._record_name(records, cell)
            return f"第 {cell.row} 行" + (quoted(name) if name else "")
        return quoted(self.row(cell))

    def row(self, cell: Cell) -> str:
        """A row in words: its label, code and name, or the record's own name."""
        if table := self.document.table(cell.table):
            return self._table_row(table, cell.row)
        records = self.document.list_of(cell.table)
        return self._list_row(records, cell) if records else cell.row

    def _table_row(self, table: Table, key: str) -> str:
        for side in table.sides:
            if side.is_tree:
                return side.tree.total if key == TOTAL else self._code(*part_of_tree(side.tree, key)[:2])
            if row := side.row(key):
                return row.label.strip()
        return key

    def _code(self, facet: str, code: str) -> str:
        return f"{code} {self.names.get((facet, code), '')}".strip()

    def _list_row(self, records: Records, cell: Cell) -> str:
        label = _printed_label(records, cell.row) if isinstance(records, Listing) else ""
        return label or self._record_name(records, cell) or ("合计" if cell.row == TOTAL else cell.row)

    def _record_name(self, records: Records, cell: Cell) -> str:
        record = self.record(cell)
        return str(record[records.naming]).strip() if record else ""

    def record(self, cell: Cell) -> Record | None:
        """The record of a list or form in which an address lies; None without one."""
        return self._by_row.get((cell.table, cell.row))

    @cached_property
    def _by_row(self) -> dict[tuple[str, str], Record]:
        """{(key of a list or form, row): the record}; of two with one identity the first."""
        by_row: dict[tuple[str, str], Record] = {}
        for records in self.document.records:
            for number, record in enumerate(self.records.get(records.key, ()), 1):
                by_row.setdefault((records.key, records.row(record, number)), record)
        return by_row

    def column(self, cell: Cell) -> str:
        """A column in words: its lowest heading without the blanks that set it."""
        if table := self.document.table(cell.table):
            return _heading(table, cell.column)
        if cell.table == SECTIONS:
            return self._meaning(cell.column)
        records = self.document.list_of(cell.table)
        return _field_in_words(records, cell.column) if records else cell.column

    def _meaning(self, column: str) -> str:
        """What an amount of the text is called; '' for the text itself."""
        if column == LISTED:
            return "所列项目合计"
        meaning = self.document.narrative.meanings.get(column.removeprefix(CHANGE))
        return (meaning.name if meaning else "") + ("比上年的增减" if column.startswith(CHANGE) else "")


def _printed_label(listing: Listing, row: str) -> str:
    """What a list itself prints before a row that is no record of its own: a fixed row, a total, a group's subtotal."""
    if listing.kinds:
        return listing.kinds.get(row, row).strip()
    if row == TOTAL or row in listing.picked:
        return listing.picked[row].label if row in listing.picked else "合计"
    return "" if row.isdigit() else f"{row}小计"


def _heading(table: Table, key: str) -> str:
    column = table.column(key)
    return "".join(column.heading[-1].split()) if column else key


def _field_in_words(records: Records, column: str) -> str:
    """绩效指标 3 指标值 for the path of a field of a record's own rows."""
    key, *path = column.split("-")
    field = next((f for f in records.fields if f.key == key), None)
    if field is None:
        return column
    return " ".join(filter(None, (field.label, *path[:1], _inner_label(field, path))))


def _inner_label(field: Field, path: list[str]) -> str:
    """The field of a row that a path names; '' where it is called like the rows, as the text of a goal is."""
    inner = field.fields if isinstance(field, Rows) else ()
    return next((f.label for f in inner if f.key in path and f.label != field.label), "")


def section_in_words(number: str | int, title: str = "") -> str:
    """情况说明第二部分 for section 2, 情况说明开头 for what stands before section 1.

    A section whose title is not numbered so goes by its title: 情况说明“其他相关情况说明”.
    """
    if str(number) == "0":
        return "情况说明开头"
    tens, ones = divmod(int(number), 10)
    numeral = _NUMERALS[ones] if not tens else "十" + (_NUMERALS[ones] if ones else "")
    if not title or title.strip().startswith((f"{numeral}、", f"{number}、")):
        return f"情况说明第{numeral}部分"
    return f"情况说明{quoted(title.strip())}"


def titles_of(sections: Iterable[Record]) -> dict[str, str]:
    """{number of a section, as addresses write it: its title}."""
    return {str(section["number"]): section["title"] for section in sections}
