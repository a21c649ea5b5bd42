"""A sound budget as a township lays it out on paper: tables of cells, which a bend may change, written as a file.

A `Sheet` is one table: what stands above it, its columns by their headings, its rows, what stands below. Amounts are
`Decimal` yuan until a file is written; every other cell is text. Nothing here reads a file.
"""

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from budget.codes import shipped_names
from budget.declare.tables import Table
from budget.documents.department_budget.tables import TABLES
from budget.figures.fill import fill
from budget.figures.line import sort_key
from budget.money import WAN
from tests.budget.conftest import ledger

CODE, NAME, FIGURE, EXTRA = "code", "name", "figure", "extra"
Line = dict[int, Any]  # {column, counted from the right where negative: text}


@dataclass
class Col:
    """A column: the labels over it, what it holds, its side of a two-sided table, the key it is declared by."""

    path: tuple[str, ...]
    kind: str
    side: int = 0
    key: str = ""


@dataclass
class Row:
    """A row: a cell a column. level: total, class, section, item …; '' in what a bend put in. key: of its left side."""

    cells: list[Any]
    level: str = ""
    key: str = ""


@dataclass
class Sheet:
    """One table. numbers: a row of column numbers under the headings. unit: of its amounts."""

    table: Table
    name: str
    above: list[Line]
    cols: list[Col]
    rows: list[Row]
    below: list[Line] = field(default_factory=list)
    numbers: list[str] = field(default_factory=list)
    unit: str = WAN

    @property
    def is_tree(self) -> bool:
        """Whether its rows follow from codes."""
        return self.table.sides[0].is_tree

    def index(self, kind: str, side: int = 0) -> int:
        """Where the first column of a kind stands, on one side."""
        return next(i for i, col in enumerate(self.cols) if (col.kind, col.side) == (kind, side))

    def insert(self, at: int, col: Col, value: Callable[[Row], Any]) -> None:
        """Put a column in; `value` says what each row has there."""
        self.cols.insert(at, col)
        for row in self.rows:
            row.cells.insert(at, value(row))

    def add_row(self, at: int, cells: dict[int, Any]) -> None:
        """Put a row in with these cells filled."""
        self.rows.insert(at, Row([cells.get(i, cells.get(i - len(self.cols))) for i in range(len(self.cols))]))

    def replace(self, old: str, new: str) -> None:
        """Change a wording wherever the table has it."""
        self.name = self.name.replace(old, new)
        for line in (*self.above, *self.below):
            line.update({at: text.replace(old, new) for at, text in line.items()})
        for row in self.rows:
            row.cells = [cell.replace(old, new) if isinstance(cell, str) else cell for cell in row.cells]
        for col in self.cols:
            col.path = tuple(text.replace(old, new) for text in col.path)


@dataclass
class Paper:
    """A budget on paper: whose it is, its lines, its sheets.

    before, after: paragraphs of a Word document (each may be a list of paragraphs with a style). finish: what is done
    to the open workbook or document before it is saved.
    """

    lines: list[Any]
    sheets: list[Sheet]
    name: str
    unit: str
    year: int
    document: str = "department_budget"
    before: list[str] = field(default_factory=list)
    after: list[str] = field(default_factory=list)
    finish: list[Callable[[Any], None]] = field(default_factory=list)

    def sheet(self, number: int) -> Sheet:
        """The table with this number."""
        return next(sheet for sheet in self.sheets if sheet.table.number == number)

    def of(self, *numbers: int) -> list[Sheet]:
        """The tables with these numbers that have rows."""
        return [sheet for sheet in self.sheets if sheet.table.number in numbers and sheet.rows]

    def trees(self) -> list[Sheet]:
        """The tables by code that have rows."""
        return [sheet for sheet in self.sheets if sheet.is_tree and sheet.rows]


# (code, whether it is usually basic spending)
_BASIC = ("2010301", "2010350", "2080501", "2080505", "2080506", "2101101", "2101102", "2210201", "2210203")
_PROJECT = ("2010302", "2010399", "2070199", "2080208", "2120501", "2120399", "2130705", "2140106", "2300253")
_FUND = ("2120803", "2120804", "2120899")
_STAFF = ("30101", "30102", "30103", "30108", "30110", "30113", "30302")
_RUNNING = ("30201", "30207", "30211", "31002")
TOWNS = ("青石县柳林镇人民政府", "临川市东岗街道办事处", "云岭县白水乡人民政府", "海阳区教育局", "平湖市市场监督管理局")


def sound(seed: int) -> Paper:
    """A budget in which everything agrees, different for each seed."""
    rng = random.Random(seed)
    lines = sorted(ledger("\n".join(_lines(rng))), key=sort_key)
    name, unit, year = rng.choice(TOWNS), f"{rng.randint(101, 899)}{rng.randint(1, 99):03}", rng.randint(2020, 2026)
    paper = Paper(lines, [_sheet(table, lines, name, unit, year) for table in TABLES], name, unit, year)
    for sheet in paper.of(1, 4) if seed % 3 else ():  # every third prints all 31 classes
        with_money_only(sheet)
    return paper


def with_money_only(sheet: Sheet) -> None:
    """Leave out the classes without money, and push the rows of both halves up."""
    start = sheet.index(NAME, 1)
    left = [row.cells[:start] for row in sheet.rows if any(row.cells[:start])]
    right = [row.cells[start:] for row in sheet.rows if any(row.cells[start + 1 :]) or row.level != "class"]
    right = [cells for cells in right if cells[0]]
    for half, width in ((left, start), (right, len(sheet.cols) - start)):
        half += [[None] * width] * (max(len(left), len(right)) - len(half))
    sheet.rows = [Row(a + b) for a, b in zip(left, right, strict=True)]


def _lines(rng: random.Random) -> list[str]:
    """The ledger: who pays what, in 万元; basic spending of table 5 is what table 6 spends."""

    def amount(low: int = 1, high: int = 400) -> Decimal:
        return Decimal(rng.randint(low * 100, high * 100)) / 100

    economic = {code: ("staff", amount()) for code in sorted(rng.sample(_STAFF, 4))}
    economic |= {code: ("running", amount()) for code in (*sorted(rng.sample(_RUNNING, 2)), "30217", "30231")}
    basic = _divide(sum(a for _, a in economic.values()), sorted(rng.sample(_BASIC, 4)), rng)
    projects = {code: amount() for code in sorted(rng.sample(_PROJECT, 3))}
    carried = {code: min(amount(), whole) for code, whole in list(projects.items())[:1]}
    fund = {rng.choice(_FUND): amount()}
    own = {"2050299": amount()} if rng.random() < 0.5 else {}  # what the treasury does not pay
    spent = [(code, "basic", a) for code, a in basic.items()] + [(code, "project", a) for code, a in projects.items()]
    return [
        *(f"economic general_public_budget {kind} {code} {a}" for code, (kind, a) in economic.items()),
        *(f"spending general_public_budget {kind} {code} {a}" for code, kind, a in spent),
        *(f"spending government_fund project {code} {a}" for code, a in fund.items()),
        *(f"income general_public_budget {c} {a - carried.get(c, 0)}" for c, _, a in spent if a > carried.get(c, 0)),
        *(f"income general_public_budget {code} carried {a}" for code, a in carried.items()),
        *(f"income government_fund {code} {a}" for code, a in fund.items()),
        *(f"income {rng.choice(('special_account', 'business', 'other'))} {code} {a}" for code, a in own.items()),
        *(f"spending non_fiscal project {code} {a}" for code, a in own.items()),
        f"three_public general_public_budget vehicle_running {economic['30231'][1] + amount(1, 20)}",
        f"three_public general_public_budget reception {economic['30217'][1]}",
    ]


def _divide(whole: Decimal, codes: list[str], rng: random.Random) -> dict[str, Decimal]:
    """The whole divided among codes, each getting something."""
    shares = {code: (whole * rng.randint(5, 20) / 100).quantize(Decimal("0.01")) for code in codes[1:]}
    return {codes[0]: whole - sum(shares.values())} | shares


def _sheet(table: Table, lines: list[Any], name: str, unit: str, year: int) -> Sheet:
    filled = fill(table, lines, shipped_names(year))
    above: list[Line] = [{0: f"{year}年{table.title}"}, {0: f"编制部门：{unit}{name}", -1: "单位：万元"}]
    cols = [col for at, side in enumerate(table.sides) for col in _cols(side, at)]
    is_listed = not (filled.is_empty and table.sides[0].is_tree)
    rows = [_row(table, pair) for pair in zip(*filled.sides, strict=True)] if is_listed else []
    below: list[Line] = [{0: table.empty_note}] if not rows else []
    return Sheet(table, table.sheet, above, cols, rows, below)


def _cols(side: Any, at: int) -> list[Col]:
    kinds = (CODE, NAME) if side.is_tree else (NAME,)
    labels = [Col(tuple(path), kind, at) for kind, path in zip(kinds, side.labels, strict=True)]
    return labels + [Col(tuple(column.heading), FIGURE, at, column.key) for column in side.columns]


def _row(table: Table, pair: tuple[Any, ...]) -> Row:
    cells: list[Any] = []
    for side, filled in zip(table.sides, pair, strict=True):
        blank = [None] * (len(side.labels) + len(side.columns))
        cells += [*filled.labels, *filled.amounts] if filled else blank
    first = next(filled for filled in reversed(pair) if filled)
    return Row(cells, first.level, pair[0].key if pair[0] else first.key)
