"""Table 9: 三公 expenses by item and fund."""

from budget.checks.compare import bare, equal, passed
from budget.checks.rule import rule
from budget.checks.rules.cells import T9, TREASURY
from budget.money import WAN, plain

VEHICLES = ("vehicle_purchase", "vehicle_running")


@rule("I24")
def three_public_adds_up(view):
    """表9 合计、小计等于因公出国（境）费、公务用车购置及运维费、公务接待费之和"""
    for column in view.columns(T9):
        vehicles = VEHICLES if view.figure((T9, VEHICLES[0], column)) else ("vehicles",)
        parts = [(T9, row, column) for row in ("abroad", *vehicles, "reception")]
        for total in ("total", "subtotal"):
            if view.figure((T9, total, column)):
                yield equal(view, (T9, total, column), parts)


@rule("I25")
def vehicles_add_up(view):
    """表9 公务用车购置及运维费等于购置费加运行维护费"""
    for column in view.columns(T9):
        if view.figure((T9, "vehicles", column)):
            yield equal(view, (T9, "vehicles", column), [(T9, row, column) for row in VEHICLES])


@rule("I26")
def three_public_rows_add_up(view):
    """表9 每一行：合计等于一般公共预算、政府性基金、国有资本经营预算之和"""
    if "total" in view.columns(T9):
        for row in view.rows(T9):
            yield equal(view, (T9, row, "total"), [(T9, row, fund) for fund in TREASURY])


@rule("I44")
def running_cost_of_a_vehicle(view):
    """公务用车运行维护费除以车辆数，得每辆车的费用（供参考）"""
    vehicles = next((r["quantity"] for r in view.facts.fixed_assets if r["kind"] == "vehicles"), None)
    cell = view.first((T9, "vehicle_running", "total"), (T9, "vehicle_running", TREASURY[0]))
    if vehicles and (running := view.amount(*cell)):
        each = (running / vehicles).quantize(running)
        remark = f"公务用车运行维护费 {plain(running, WAN)} 万元，{bare(vehicles)} 辆车，每辆 {each / 10000:.2f} 万元"
        yield passed(cell, ("fixed_assets", "vehicles", "quantity"), remark=remark)


RULES = (three_public_adds_up, vehicles_add_up, three_public_rows_add_up, running_cost_of_a_vehicle)
