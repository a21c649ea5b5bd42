"""Table 9: 三公 expenses by item and fund."""

from collections.abc import Iterator

from budget.cell import Cell
from budget.checks.compare import Compared, bare, equal, passed
from budget.checks.view import View
from budget.declare.rule import rule
from budget.documents.department_budget.fixed_assets import FIXED_ASSETS
from budget.documents.department_budget.rules.vocabulary import TREASURY
from budget.documents.department_budget.tables.t9 import T9
from budget.money import WAN, plain

VEHICLES = ("vehicle_purchase", "vehicle_running")


def whole(view: View, item: str) -> Cell:
    """An item of all funds; where the table has no such column, of the general public budget."""
    return view.first(T9.cell(item), T9.cell(item, TREASURY[0]))


@rule("I24")
def three_public_adds_up(view: View) -> Iterator[Compared]:
    """表9 合计、小计等于因公出国（境）费、公务用车购置及运维费、公务接待费之和"""
    for column in view.columns(T9):
        # The two kinds of cost where they are printed: their sum may be the wrong figure itself (I25).
        vehicles = VEHICLES if view.figure(T9.cell(VEHICLES[0], column)) else ("vehicles",)
        parts = [T9.cell(row, column) for row in ("abroad", *vehicles, "reception")]
        for total in ("total", "subtotal"):
            if view.figure(T9.cell(total, column)):
                yield equal(view, T9.cell(total, column), parts)


@rule("I25")
def vehicles_add_up(view: View) -> Iterator[Compared]:
    """表9 公务用车购置及运维费等于购置费加运行维护费"""
    for column in view.columns(T9):
        if view.figure(T9.cell("vehicles", column)):
            yield equal(view, T9.cell("vehicles", column), [T9.cell(row, column) for row in VEHICLES])


@rule("I26")
def three_public_rows_add_up(view: View) -> Iterator[Compared]:
    """表9 每一行：合计等于一般公共预算、政府性基金、国有资本经营预算之和"""
    if "total" in view.columns(T9):
        for row in view.rows(T9):
            yield equal(view, T9.cell(row), [T9.cell(row, fund) for fund in TREASURY])


@rule("I44")
def running_cost_of_a_vehicle(view: View) -> Iterator[Compared]:
    """公务用车运行维护费除以车辆数，得每辆车的费用（供参考）"""
    counted, cost = Cell(FIXED_ASSETS.key, "vehicles", "quantity"), whole(view, "vehicle_running")
    vehicles, running = view.amount(counted), view.amount(cost)
    if vehicles and running:
        # To a hundred yuan, the 0.01万元 of print.
        each = plain((running / vehicles / 100).quantize(1) * 100)
        remark = f"公务用车运行维护费 {plain(running, WAN)} 万元，{bare(vehicles)} 辆车，每辆 {each} 万元"
        yield passed(cost, counted, remark=remark)
