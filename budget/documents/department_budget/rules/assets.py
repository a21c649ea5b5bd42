"""Fixed assets: the printed total against its parts."""

from collections.abc import Iterator

from budget.cell import Cell
from budget.checks.compare import MISSING, Compared, at_most, equal
from budget.checks.view import View
from budget.declare.rule import rule
from budget.documents.department_budget.fixed_assets import FIXED_ASSETS


def _cell(kind: str, column: str = "value") -> Cell:
    return Cell(FIXED_ASSETS.key, kind, column)


def _filled(view: View, cell: Cell) -> bool:
    shown = view.figure(cell)
    return shown is not None and shown.amount is not None


@rule("I41")
def assets_add_up(view: View) -> Iterator[Compared]:
    """固定资产总额等于房屋、车辆、设备和其他固定资产之和；办公用房不超过房屋（价值和面积）"""
    if view.records(FIXED_ASSETS):
        for total, kinds in FIXED_ASSETS.parts.items():
            yield _total(view, total, kinds)
        for column in ("value", "quantity"):
            yield from _offices(view, column)


def _total(view: View, total: str, kinds: tuple[str, ...]) -> Compared:
    """Only values add up: square metres and vehicles have no sum."""
    parts = [cell for cell in map(_cell, kinds) if _filled(view, cell)]
    return equal(view, _cell(total), parts) if _filled(view, _cell(total)) else MISSING


def _offices(view: View, column: str) -> Iterator[Compared]:
    offices, buildings = _cell("offices", column), _cell("buildings", column)
    if _filled(view, offices) and _filled(view, buildings):
        yield at_most(view, offices, [buildings])
