"""The nine tables to be filled in: which cells are typed, which follow from others, and as which formula."""

from collections.abc import Iterable
from copy import copy
from typing import Any, NamedTuple

from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from budget.cell import Cell
from budget.declare.tables import FEEDS, REMAINDER, Filter, Side, Table, narrower
from budget.figures.sheet import Json, head_rows, headings
from budget.money import in_unit
from disclosures.outputs.xlsx_style import merge, put
from disclosures.to_fill.blank import SPARE, Blank
from disclosures.to_fill.lists import CHOICES, open_cell, reach

_COMPUTED = PatternFill("solid", fgColor="F2F2F2")
_RED = PatternFill("solid", bgColor="F8CBAD")
_LENGTH = {"function": 7, "economic": 5}
# Two figures that must be the same: what Excel itself colours where they are not.
SAME = (("t1-income_total-income", "t1-spending_total-spending"), ("t2-total-total", "t1-income_total-income"),
        ("t3-total-total", "t1-spending_this_year-spending"), ("t6-total-total", "t5-total-basic"),
        ("t4-income_this_year-income", "t2-total-fiscal"))  # fmt: skip


class Place(NamedTuple):
    """Where a cell stands."""

    sheet: str
    row: int
    column: int

    def __str__(self) -> str:
        return f"'{self.sheet}'!${get_column_letter(self.column)}${self.row}"


class Spare(NamedTuple):
    """The rows for new codes of a table: the columns of codes and amounts."""

    sheet: str
    first: int
    code: int

    def range(self, column: int) -> str:
        """A column of the spare rows."""
        letter = get_column_letter(column)
        return f"'{self.sheet}'!${letter}${self.first}:${letter}${self.first + SPARE - 1}"

    def sum(self, column: int, code: str, length: int) -> str:
        """What new whole codes under this one have in a column."""
        codes = self.range(self.code)
        under = f'(LEFT({codes},{len(code)})="{code}")*' if code else ""
        return f"SUMPRODUCT({under}(LEN({codes})={length})*{self.range(column)})"


class Tables:
    """All tables of the workbook; formulas are written once every cell has its place."""

    def __init__(self, book: Any, blank: Blank):
        self.book, self.blank, self.document = book, blank, blank.document
        self.places: dict[Cell, Place] = {}
        self.spare: dict[str, Spare] = {}
        self.leaves: list[Cell] = []

    def add(self, drawn: Json) -> None:
        """Note where the cells of a table stand; make its spare rows."""
        table = self._table(drawn["key"])
        top = 3 + len(head_rows(headings(drawn))) + 1
        for row, record in enumerate(drawn["rows"], top):
            self._row(drawn, row, record)
        if table.sides[0].is_tree:
            self._spare_rows(table, drawn, top + len(drawn["rows"]))
        self.leaves += [cell for cell in self.places if cell.table == table.key and self._is_leaf(table, cell)]

    def _table(self, key: str) -> Table:
        table = self.document.table(key)
        assert table is not None, key
        return table

    def _row(self, drawn: Json, row: int, record: Json) -> None:
        column = 2
        for side, half in zip(drawn["sides"], record["sides"], strict=True):
            column += len(side["labels"])
            for declared in side["columns"]:
                if half["key"]:
                    place = Place(drawn["sheet"], row, column)
                    self.places[Cell(drawn["key"], half["key"], declared["key"])] = place
                column += 1

    def _spare_rows(self, table: Table, drawn: Json, first: int) -> None:
        """Rows for new codes, above the note."""
        sheet, side = self.book[drawn["sheet"]], table.sides[0]
        width = 1 + len(side.labels) + len(side.columns)
        if drawn["note"]:
            sheet.merged_cells.ranges = {one for one in sheet.merged_cells.ranges if one.min_row != first}
            put(sheet, first + SPARE, 1, drawn["note"], "注")
            merge(sheet, first + SPARE, 1, 1, width)
            open_cell(sheet.cell(first + SPARE, 1))
        for row in range(first, first + SPARE):
            self._spare_row(sheet, row, side, width)
        self.spare[table.key] = Spare(drawn["sheet"], first, 2)
        codes = DataValidation("list", formula1=reach(side.tree.facet, self.blank.names), allow_blank=True)
        codes.errorStyle, codes.error = "warning", "目录里没有这个编码，请核对；确实要用的可以继续。"
        codes.promptTitle, codes.prompt = "新增科目", "从目录里选，或输入编码：填到最低一级。"
        codes.showErrorMessage = codes.showInputMessage = True
        codes.add(f"B{first}:B{first + SPARE - 1}")
        sheet.add_data_validation(codes)

    def _spare_row(self, sheet: Any, row: int, side: Side, width: int) -> None:
        scheme = side.tree.facet
        for column in range(1, width + 1):
            put(sheet, row, column, None, "文字" if column < 4 else "金额")
            sheet.cell(row, column).value = None
            open_cell(sheet.cell(row, column), "@" if column == 2 else "")
        columns = {"function": ("A", "B"), "economic": ("C", "D")}[scheme]
        where = f"{CHOICES}!${columns[0]}:${columns[1]}"
        sheet.cell(row, 3).value = f'=IF(B{row}="","",IFERROR(VLOOKUP(B{row}&"",{where},2,FALSE),""))'
        for column, declared in enumerate(side.columns, 4):
            if declared not in side.leaf_columns:
                names = [4 + at for at, one in enumerate(side.columns) if one in side.leaf_columns]
                within = [n for n in names if narrower(side.columns[n - 4].where, declared.where)]
                self._set(sheet, row, column, [f"{get_column_letter(n)}{row}" for n in within])

    def _is_leaf(self, table: Table, cell: Cell) -> bool:
        side = self._side(table, cell)
        if side.column(cell.column) not in side.leaf_columns:
            return False
        if not side.is_tree:
            whole = side.row(cell.row)
            others = (row.where for row in side.fixed_rows if all(row.where.values()))  # 人行科目 has no code at all
            return whole is not None and not any(narrower(other, whole.where) for other in others)
        rows = {one.row for one in self.places if one.table == cell.table}
        return cell.row != "total" and not any(row != cell.row and row.startswith(cell.row) for row in rows)

    def _side(self, table: Table, cell: Cell) -> Side:
        return next(side for side in table.sides if side.row(cell.row) and side.column(cell.column))

    def finish(self) -> None:
        """Write formulas, open what is typed, protect the rest."""
        for cell, place in self.places.items():
            self._finish_cell(cell, place)
        for key in {cell.table for cell in self.places}:
            sheet = self.book[self._table(key).sheet]
            sheet.protection.sheet, sheet.protection.formatColumns = True, False
        self._colour()

    def _finish_cell(self, cell: Cell, place: Place) -> None:
        sheet, table = self.book[place.sheet], self._table(cell.table)
        is_leaf = cell in self.leaves
        terms = self._from_feeding(table, cell) if is_leaf else self._within(table, cell)
        self._set(sheet, place.row, place.column, terms)
        if not terms or (is_leaf and table.role == REMAINDER):
            target = sheet.cell(place.row, place.column)
            open_cell(target)
            self._hint(sheet, target.coordinate, cell)

    def _set(self, sheet: Any, row: int, column: int, terms: list[str]) -> None:
        target = sheet.cell(row, column)
        if type(target).__name__ == "MergedCell":
            return
        whole = f"SUM({','.join(terms)})"
        target.value = f'=IF({whole}=0,"",{whole})' if terms else None
        if terms:
            target._style = copy(target._style)
            target.fill = _COMPUTED

    def _filter(self, cell: Cell) -> Filter:
        return self._table(cell.table).filter_of(cell) or {}

    def _within(self, table: Table, cell: Cell) -> list[str]:
        """A total as the sum of the leaf cells of its own table, those of new codes included."""
        side, whole = self._side(table, cell), self._filter(cell)
        found = [one for one in self.leaves if one.table == table.key and self._side(table, one) is side]
        terms = [str(self.places[one]) for one in found if narrower(self._filter(one), whole)]
        return terms + self._new(table, side, cell, whole)

    def _new(self, table: Table, side: Side, cell: Cell, whole: Filter) -> list[str]:
        if table.key not in self.spare or cell in self.leaves or len(cell.row) == _LENGTH[side.tree.facet]:
            return []
        facet, code = side.tree.facet, "" if cell.row == "total" else cell.row
        own = side.column(cell.column)
        columns = [4 + at for at, one in enumerate(side.columns) if one in side.leaf_columns]
        fits = [n for n in columns if own is side.columns[n - 4] or narrower(side.columns[n - 4].where, own.where)]  # type: ignore[union-attr]
        return [self.spare[table.key].sum(n, code, _LENGTH[facet]) for n in fits]

    def _from_feeding(self, table: Table, cell: Cell) -> list[str]:
        """A leaf of a table that only compares, from those that feed, where they say all of it."""
        if table.role == FEEDS:
            return []
        whole = self._filter(cell)
        sources = [one for one in self._sources(table, whole) if narrower(self._filter(one), whole)]
        funds = {fund for one in sources for fund in self._filter(one).get("fund", ())}
        new = self._new_in_class(table, whole)
        if "fund" in whole and funds != set(whole["fund"]) and not new:
            return self._elsewhere(cell, whole)
        return [str(self.places[one]) for one in sources] + new

    def _sources(self, table: Table, whole: Filter) -> Iterable[Cell]:
        """Spending of all funds is what table 3 says; of one fund, and in table 3 itself, what feeds."""
        all_funds = whole.get("book") == ("spending",) and "fund" not in whole and table.role != REMAINDER
        wanted = REMAINDER if all_funds else FEEDS
        return (one for one in self.leaves if self._table(one.table).role == wanted)

    def _elsewhere(self, cell: Cell, whole: Filter) -> list[str]:
        """The very same figure in a later table, where it is typed."""
        same = (one for one in self.places if one.table > cell.table and self._filter(one) == whole)
        return [str(self.places[one]) for one in list(same)[:1]]

    def _new_in_class(self, table: Table, whole: Filter) -> list[str]:
        if "function" not in whole or table.role == REMAINDER:
            return []
        fund = whole.get("fund")
        tables = [t for t in self.document.tables if t.key in self.spare and t.where.get("fund") == fund]
        wanted = [
            t for t in tables if t.role == (FEEDS if fund else REMAINDER) and t.where.get("book") == whole["book"]
        ]
        return [
            self.spare[t.key].sum(4 + at, code, _LENGTH["function"])
            for t in wanted
            for code in whole["function"]
            for at, column in enumerate(t.sides[0].columns)
            if column in t.sides[0].leaf_columns
        ]

    def _hint(self, sheet: Any, coordinate: str, cell: Cell) -> None:
        """Only numbers; beside the cell, last year's."""
        rule = DataValidation(
            "decimal", operator="between", formula1="-99999999", formula2="99999999", allow_blank=True
        )
        rule.errorTitle, rule.error = "请填数字", "这里填金额，单位是万元，例如 12.30；没有的留空。"
        rule.showErrorMessage = rule.showInputMessage = True
        if amount := self.blank.last.get(cell):
            rule.promptTitle, rule.prompt = f"{self.blank.year} 年", f"上年 {in_unit(amount):.2f} 万元"
        rule.add(coordinate)
        sheet.add_data_validation(rule)

    def _colour(self) -> None:
        """What two tables say otherwise, in red in both."""
        for pair in SAME:
            one, other = (self.places.get(Cell.parse(address)) for address in pair)
            if one and other:
                self._differ(one, other)
                self._differ(other, one)

    def _differ(self, one: Place, other: Place) -> None:
        at = f"{get_column_letter(one.column)}{one.row}"
        rule = FormulaRule([f"ABS(N({at})-N({other}))>0.004"], fill=_RED)
        self.book[one.sheet].conditional_formatting.add(at, rule)
