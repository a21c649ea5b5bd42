"""T9 “三公”经费支出表: trips abroad, vehicles, receptions."""

from budget.declare.tables import FEEDS, Column, Row, Side, Table, where
from budget.documents.department_budget.tables import wording
from budget.figures.facets import Book, Fund, Item

_VEHICLES = (Item.VEHICLE_PURCHASE, Item.VEHICLE_RUNNING)
_ALL = (Item.ABROAD, *_VEHICLES, Item.RECEPTION)


def _fund(fund: Fund, label: str) -> Column:
    return Column(str(fund), ("资 金 性 质", label), where(fund=fund), same_as=wording.FUND[fund])


T9 = Table(
    number=9,
    title="部门预算财政拨款“三公”经费支出表",
    sheet="三公经费支出表",
    like=wording.like("三公"),
    role=FEEDS,
    wide=Fund.GENERAL,
    where=where(book=Book.THREE_PUBLIC),
    sides=(
        Side(
            labels=(("项  目",),),
            columns=(
                Column("total", ("资 金 性 质", "合计"), same_as=wording.TOTAL),
                _fund(Fund.GENERAL, "一般公共预算              财政拨款"),
                _fund(Fund.GOVERNMENT, "政府性基金                  预算拨款"),
                _fund(Fund.STATE_CAPITAL, "国有资本经营              预算财政拨款"),
            ),
            rows=(
                Row("total", "合计", where(item=_ALL), "total", same_as=("总计",)),
                Row(
                    "subtotal",
                    "“三公”经费小计",
                    where(item=_ALL),
                    "subtotal",
                    same_as=("三公经费合计", "三公经费", "三公经费预算数"),
                ),
                Row(
                    "abroad",
                    "一、因公出国（境）费",
                    where(item=Item.ABROAD),
                    "class",
                    same_as=("因公出国(境)费用", "因公出国(境)经费"),
                ),
                Row(
                    "vehicles",
                    "二、公务用车购置及运维费",
                    where(item=_VEHICLES),
                    "class",
                    same_as=("公务用车购置及运行费", "公务用车购置及运行维护费"),
                ),
                Row(
                    "vehicle_purchase",
                    "    其中：公务用车购置费",
                    where(item=Item.VEHICLE_PURCHASE),
                    "item",
                    same_as=("购置费", "公务用车购置"),
                ),
                Row(
                    "vehicle_running",
                    "          公务用车运行维护费",
                    where(item=Item.VEHICLE_RUNNING),
                    "item",
                    same_as=("运行费", "公务用车运行费", "公务用车运维费", "运行维护费"),
                ),
                Row("reception", "三、公务接待费", where(item=Item.RECEPTION), "class", same_as=("公务接待",)),
                Row(
                    "agency_operating_cost",
                    "机关运行经费",
                    where(item=Item.AGENCY_OPERATING_COST),
                    "memo",
                    same_as=("机关运行经费预算数",),
                    optional=True,
                ),
            ),
        ),
    ),
    empty_note="注：无财政拨款“三公”经费预算，空表列示。",
)
