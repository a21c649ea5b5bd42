"""Performance sheets: one grid a project, labels beside their values, indicators as rows."""

import re
from dataclasses import dataclass, field

from budget.facts import INDICATOR_FIELDS
from budget.intake.figures import Cells
from budget.intake.problems import at, problem
from budget.text import label, narrow

_INDICATOR_LABELS = ("一级指标", "二级指标", "三级指标", "绩效指标描述", "指标值", "指标值确定依据")
_AMOUNTS = {"amount": ("预算数", "预算金额"), "fiscal_funds": ("财政资金",), "other_funds": ("其他资金",)}
_ORDINAL = re.compile(r"^(\d{1,3})[、.．]")
_LABELS = {"项目编码", "项目名称", "预算规模及资金用途", "资金支出计划(%)", "绩效目标", *_INDICATOR_LABELS}


@dataclass
class ProjectReading:
    """One project as a dict (keys of `facts.PROJECT_FIELDS`, payment_plan, goals, indicators); places by field."""

    project: dict
    place: str
    problems: list = field(default_factory=list)
    places: dict = field(default_factory=dict)


def is_project(grid):
    """Whether a grid is a performance sheet: it names a project code and has indicator headings."""
    found = {label(value) for value in grid.values.values() if isinstance(value, str)}
    return {"项目编码", "项目名称", "三级指标"} <= found


def read_project(grid, unit):
    """A `ProjectReading` of a performance sheet; `unit` is 元 or 万元."""
    sheet = _Sheet(grid, unit)
    project = {
        "code": narrow(sheet.beside("项目编码") or ""),
        "name": (sheet.beside("项目名称") or "").strip(),
        **{key: sheet.amount_beside(key, words) for key, words in _AMOUNTS.items()},
        "purpose": sheet.purpose(),
        "payment_plan": sheet.payment_plan(),
        "goals": sheet.goals(),
        "indicators": sheet.indicators(),
    }
    row, column = sheet.at("项目编码")
    reading = ProjectReading(project, grid.place(row, column), sheet.cells.problems, sheet.places)
    sheet.places["name"] = grid.place(*sheet.at("项目名称"))
    for key, words in (("code", "项目编码"), ("name", "项目名称")):
        if not project[key]:
            message = f"{at(grid, *sheet.at(words))}：绩效目标表没有填写{words}，请补上。"
            reading.problems.append(problem("R12", message, reading.place))
    return reading


class _Sheet:
    """A performance sheet's labels and where they stand."""

    def __init__(self, grid, unit):
        self.grid = grid
        self.cells = Cells(grid, unit)
        self.labels, self.places = {}, {}
        for (row, column), value in sorted(grid.values.items()):
            if isinstance(value, str):
                self.labels.setdefault(label(value), (row, column))

    def at(self, words):
        """Where a label stands, (1, 1) when it does not."""
        return self.labels.get(words, (1, 1))

    def _next(self, words):
        """The cell right of a label's own (merged) cell, or None."""
        if words not in self.labels:
            return None
        row, column = self.labels[words]
        after = column + 1
        while self.grid.merged.get((row, after)) == (row, column):
            after += 1
        return row, after

    def beside(self, words):
        """The text right of a label; '' where the next cell is another label or blank."""
        cell = self._next(words)
        value = self.grid.value(*cell) if cell else None
        if value is None and cell:
            value = self._later_in_row(*cell)
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        return None if value is None or label(value) in _LABELS else str(value)

    def _later_in_row(self, row, column):
        """The next filled cell of the row: label and value need not be neighbours."""
        return next((v for c, v in self.grid.row_values(row) if c >= column), None)

    def amount_beside(self, key, wordings):
        """The amount right of the first label that is there."""
        for words in wordings:
            if cell := self._next(words):
                self.places[key] = self.grid.place(*cell)
                return self.cells.amount(*cell)
        return None

    def purpose(self):
        """What the money is for: the row under 预算数."""
        row, column = self.at("预算数")
        self.places["purpose"] = self.grid.place(row + 1, column)
        return self._long_text(row + 1, column)

    def _long_text(self, row, column):
        if self.grid.label(row, 1).startswith("资金支出计划"):
            return ""
        return next((str(v) for c, v in self.grid.row_values(row) if c >= column), "")

    def payment_plan(self):
        """[{until, percent}] from the two rows beside 资金支出计划."""
        first = next((at for words, at in self.labels.items() if words.startswith("资金支出计划")), None)
        if first is None:
            return []
        row, own = first
        self.places["plan"] = self.grid.place(row + 1, own + 1)
        columns = [(c, v) for c, v in self.grid.row_values(row) if c > own]
        return [{"until": str(v).strip(), "percent": self._percent(row + 1, c)} for c, v in columns]

    def _percent(self, row, column):
        value = self.grid.value(row, column)
        if isinstance(value, str) and narrow(value).endswith("%"):
            self.grid.values[row, column] = narrow(value).removesuffix("%")
            return self.cells.number(row, column)
        number = self.cells.number(row, column)
        return number * 100 if isinstance(value, float) and number is not None and 0 < number <= 1 else number

    def goals(self):
        """The goals as printed, one a row, until the indicators begin."""
        if "绩效目标" not in self.labels:
            return []
        row, own = self.labels["绩效目标"]
        end = self.at("一级指标")[0] if "一级指标" in self.labels else self.grid.rows + 1
        found = [goal for r in range(row, end) if (goal := self._goal(r, own)) and goal[1].strip()]
        self.places |= {f"goal-{n}": place for n, (place, _) in enumerate(found, 1)}
        return [text for _, text in found]

    def _goal(self, row, own):
        """(place, text) of the goal in this row, None without one."""
        return next(((self.grid.place(row, c), str(v)) for c, v in self.grid.row_values(row) if c > own), None)

    def indicators(self):
        """[{level1 … basis}] under the heading row; merged first levels are carried down."""
        if "三级指标" not in self.labels:
            return []
        top = self.labels["三级指标"][0]
        columns = {
            key: self.labels.get(words, (0, 0)) for key, words in zip(INDICATOR_FIELDS, _INDICATOR_LABELS, strict=True)
        }
        found, above = [], {"level1": "", "level2": ""}
        for row in range(top + 1, self.grid.rows + 1):
            if not self.grid.row_values(row):
                continue
            record = {k: self.grid.text(row, c).strip() if r == top else "" for k, (r, c) in columns.items()}
            if not any(record[key] for key in INDICATOR_FIELDS[2:]):
                continue
            for key in above:
                above[key] = record[key] = record[key] or above[key]
            found.append(record)
            self.places[f"indicator-{len(found)}-target"] = self.grid.place(row, columns["target"][1] or 1)
        self.places["indicators"] = self.grid.place(top, 1)
        return found


def ordinal(grid):
    """The number that a sheet's title begins with (`3、执法经费绩效目标表`), or None."""
    match = next((m for text in (*reversed(grid.captions), grid.text(1, 1)) if (m := _ORDINAL.match(text))), None)
    return int(match[1]) if match else None
