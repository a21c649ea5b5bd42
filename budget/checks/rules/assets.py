"""Fixed assets: the printed total against its parts."""

from budget.checks.compare import MISSING, bare, found, passed
from budget.checks.finding import Level
from budget.checks.rule import rule
from budget.checks.rules.cells import ASSETS
from budget.listings import FIXED_ASSETS
from budget.listings.fixed_assets import PARTS
from budget.money import WAN, plain


@rule("I41")
def assets_add_up(view):
    """固定资产总额等于房屋、车辆、设备和其他固定资产之和；办公用房不超过房屋（价值和面积）"""
    records = {record["kind"]: record for record in view.facts.fixed_assets}
    if records:
        yield _total(view, records)
        for key in ("value", "quantity"):
            yield _offices(view, records, key)


def _total(view, records):
    parts = [kind for kind in PARTS if records.get(kind, {}).get("value") is not None]
    total = records.get("total", {}).get("value")
    if total is None or not parts:
        return MISSING
    cells = [(ASSETS, kind, "value") for kind in ("total", *parts)]
    whole = sum(records[kind]["value"] for kind in parts)
    if total == whole:
        return passed(*cells)
    message = (
        f"固定资产“资产总额”是 {plain(total, WAN)}万元，各项合计 {plain(whole, WAN)}万元，"
        f"相差 {plain(abs(total - whole), WAN)}万元；请核对总额或补上漏列的项目。"
    )
    places = [view.place(*cell) for cell in cells]
    return found(Level.ERROR, message, cells, places, plain(whole, WAN), plain(total, WAN))


def _offices(view, records, key):
    part, whole = (records.get(kind, {}).get(key) for kind in ("offices", "buildings"))
    cells = [(ASSETS, kind, key) for kind in ("offices", "buildings")]
    if part is None or whole is None or part <= whole:
        return passed(*cells)
    words = "价值" if key == "value" else "面积"
    shown = [plain(v, WAN) if key == "value" else bare(v) for v in (part, whole)]
    label = FIXED_ASSETS.kinds["buildings"]
    message = (
        f"固定资产“其中：办公用房”的{words} {shown[0]} 大于“{label}”的 {shown[1]}；办公用房是房屋的一部分，请核对。"
    )
    return found(Level.ERROR, message, cells, [view.place(*cell) for cell in cells], shown[1], shown[0])


RULES = (assets_add_up,)
