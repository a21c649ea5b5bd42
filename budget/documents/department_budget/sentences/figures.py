"""Sections 三, 四, 七, 八, 九: what follows from tables 6 and 9, the projects, the purchases and the assets."""

from budget.declare.sentence import Clause, Count, Each, Sentence, Series
from budget.documents.department_budget.procurement import PAID_FROM
from budget.documents.department_budget.sentences.parts import (
    NAME,
    WE,
    YEAR,
    clause,
    compared,
    figure,
    none_of,
    of_which,
    said,
    when,
)  # fmt: skip

_RUNNING = "t6-total-running"
RUNNING = (
    Sentence(
        "running", "机关运行经费、比上年的增减和原因",
        said(
            YEAR, "年机关运行经费 ", figure(_RUNNING),
            *compared(_RUNNING, "running_change", "机关运行经费增减的原因"), "。",
        ),
        (when("filled", _RUNNING),),
    ),
    Sentence(
        "running_items", "机关运行经费用在哪里",
        said("按经济分类：", Each("t6", "running"), "。"), (when("filled", _RUNNING),), joins=True,
    ),
    Sentence(
        "no_running", "没有机关运行经费",
        said(YEAR, "年", WE, "没有安排机关运行经费。"), (when("nil", _RUNNING),), nothing=True,
    ),
)  # fmt: skip

_ALL, _ABROAD, _VEHICLES, _RECEPTION = (f"t9-{row}-total" for row in ("total", "abroad", "vehicles", "reception"))
_BOUGHT, _RUN = "t9-vehicle_purchase-total", "t9-vehicle_running-total"
_CARS = Series(
    (
        clause("公务用车购置费 ", figure(_BOUGHT), filled=_BOUGHT),
        clause("公务用车运行维护费 ", figure(_RUN), filled=_RUN),
    ),
    "，", "（其中：", "）",
)  # fmt: skip
_ITEMS = Series(
    (
        clause("因公出国（境）费 ", figure(_ABROAD), filled=_ABROAD),
        clause("公务用车购置及运行维护费 ", figure(_VEHICLES), _CARS, filled=_VEHICLES),
        clause("公务接待费 ", figure(_RECEPTION), filled=_RECEPTION),
    ),
    "；", "，其中：",
)  # fmt: skip
_NOT_PLANNED = none_of(
    ("因公出国（境）费", _ABROAD), ("公务用车购置费", _BOUGHT),
    ("公务用车运行维护费", _RUN), ("公务接待费", _RECEPTION),
)  # fmt: skip
THREE_PUBLIC = (
    Sentence(
        "three_public", "“三公”经费的总数和各项",
        said(YEAR, "年", WE, "财政拨款“三公”经费预算 ", figure(_ALL), _ITEMS, _NOT_PLANNED, "。"),
        (when("filled", _ALL),),
    ),
    Sentence(
        "three_public_change", "“三公”经费的增减和原因",
        said(
            "“三公”经费预算 ", figure(_ALL), *compared(_ALL, "three_public_change", "“三公”经费增减变化的原因"), "。"
        ),
        (when("filled", _ALL),), joins=True,
    ),
    Sentence(
        "no_three_public", "没有“三公”经费",
        said(YEAR, "年", WE, "没有安排财政拨款“三公”经费。"), (when("nil", _ALL),), nothing=True,
    ),
)  # fmt: skip

_PROJECT = "t3-total-project"
PROJECTS = (
    Sentence(
        "projects", "项目个数和项目支出",
        said(YEAR, "年安排项目 ", Count("projects"), " 个，项目支出 ", figure(_PROJECT), "，逐个编制了绩效目标表。"),
        (when("any", "projects"), when("filled", _PROJECT)),
    ),
    Sentence(
        "project_names", "项目名单",
        said("项目有：", Each("projects"), "。"), (when("any", "projects"),), joins=True, spare=True,
    ),
    Sentence(
        "no_projects", "没有项目", said(YEAR, "年", WE, "没有安排项目支出。"), (when("none", "projects"),), nothing=True
    ),
)  # fmt: skip

_BOUGHT_WITH = tuple((" ".join(field.label.split()), f"procurement-total-{field.key}") for field in PAID_FROM)
_SMALL = "procurement-total-sme_reserved"
PROCUREMENT = (
    Sentence(
        "procurement", "政府采购预算和资金来源",
        said(
            YEAR, "年政府采购预算 ", figure("procurement-total-total"), of_which(*_BOUGHT_WITH),
            clause("；预留给中小微企业 ", figure(_SMALL), filled=_SMALL), "。",
        ),
        (when("any", "procurement"),),
    ),
    Sentence(
        "purchases", "采购的物品",
        said("采购的物品：", Each("procurement", "total"), "。"), (when("any", "procurement"),), joins=True,
    ),
    Sentence(
        "purchase_prices", "关于单价的说明",
        said("同一目录的物品因配置、规格不同，单价会有不同，都没有超过资产配置标准。涉密采购按有关规定办理。"),
        (when("any", "procurement"),), joins=True,
    ),
    Sentence(
        "no_procurement", "没有政府采购",
        said(YEAR, "年", WE, "没有安排政府采购预算。"), (when("none", "procurement"),), nothing=True,
    ),
)  # fmt: skip


def _owned(row: str, before: str, unit: str) -> Clause:
    """房屋 7,168.26 平方米，价值 1,950.58 万元."""
    worth = clause("价值 ", figure(f"fixed_assets-{row}-value"), filled=f"fixed_assets-{row}-value")
    many = clause("", figure(f"fixed_assets-{row}-quantity"), f" {unit}", filled=f"fixed_assets-{row}-quantity")
    return Clause(said(Series((many, worth), "，", before)))


_PLANNED = "procurement-fixed_assets-total"
_TOTAL = "fixed_assets-total-value"
ASSETS = (
    Sentence(
        "assets", "上年末的固定资产",
        said(
            NAME, "（含所属单位）上年末固定资产 ", figure(_TOTAL),
            Series(
                (
                    _owned("buildings", "房屋 ", "平方米"), _owned("vehicles", "车辆 ", "辆"),
                    _owned("equipment", "单价在 20 万元以上的设备 ", "台（套）"),
                    _owned("other", "其他固定资产 ", "件"),
                ),
                "；", "，其中：",
            ),
            "。",
        ),
        (when("any", "fixed_assets"),),
    ),
    Sentence(
        "planned_assets", "本年计划购置的固定资产",
        said("本年度拟购置固定资产 ", figure(_PLANNED), "，已列入政府采购预算。"),
        (when("filled", _PLANNED),), joins=True,
    ),
    Sentence(
        "no_planned_assets", "本年没有购置固定资产的计划",
        said("本年度没有购置固定资产的计划。"), (when("nil", _PLANNED),), joins=True,
    ),
    Sentence(
        "no_assets", "没有固定资产",
        said(WE, "上年末没有占用固定资产。"), (when("none", "fixed_assets"),), nothing=True,
    ),
)  # fmt: skip
