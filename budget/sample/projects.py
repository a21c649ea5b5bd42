"""The projects of an invented township: what it does every year, and one that last year's money still pays for."""

from dataclasses import dataclass
from decimal import Decimal

from budget.declare.fields import Record
from budget.money import WAN, plain
from budget.sample.bodies import REGION, Body


@dataclass(frozen=True)
class Task:
    """A kind of project. each: hundreds of yuan a village and year. counted: (what is counted, its unit)."""

    name: str
    function: str
    each: int
    purpose: str
    counted: tuple[str, str]
    benefit: str


@dataclass(frozen=True)
class Planned:
    """A project of one budget, with its amount in yuan."""

    kind: Task
    code: str
    amount: Decimal
    begun: int
    villages: int

    @property
    def function(self) -> str:
        """Its function code."""
        return self.kind.function

    def is_carried(self, year: int) -> bool:
        """Whether last year's money pays for it."""
        return self.begun < year


_EVERY_YEAR = (
    Task(
        "村级组织办公经费",
        "2130705",
        120,
        "用于各村党组织和村民委员会日常办公",
        ("保障村数", "个"),
        "村级组织正常运转率",
    ),
    Task(
        "服务群众专项经费",
        "2010302",
        160,
        "用于乡镇为民服务中心购置办公设备和服务群众事项",
        ("服务事项", "项"),
        "事项按期办结率",
    ),
    Task("农村环境卫生整治", "2120501", 210, "用于村庄保洁、垃圾清运和河道清理", ("保洁村数", "个"), "生活垃圾清运率"),
    Task("人大代表活动经费", "2010108", 24, "用于代表视察、调研和培训", ("组织活动次数", "次"), "代表建议办复率"),
    Task(
        "困难残疾人补贴",
        "2081107",
        66,
        "用于发放困难残疾人生活补贴和重度残疾人护理补贴",
        ("补贴人数", "人"),
        "补贴发放准确率",
    ),
    Task("文化站免费开放", "2070199", 18, "用于文化站免费开放和群众文化活动", ("举办活动场次", "场"), "开放天数达标率"),
    Task("计划生育家庭奖励", "2100799", 30, "用于发放独生子女父母奖励和特别扶助", ("发放人数", "人"), "资金发放及时率"),
)
_CARRIED = Task("农村厕所改造", "2130126", 75, "用于上年开工的户厕改造尾款", ("改造户数", "户"), "改造后使用率")
SHOPPING = _EVERY_YEAR[1]  # the project that buys

_RESTS = {"basis": "年度工作计划"}


def planned(body: Body, year: int) -> list[Planned]:
    """The projects of a year, in the order of their codes."""
    dice = body.dice("projects")
    wanted = sorted(dice.sample([k for k in _EVERY_YEAR if k is not SHOPPING], 4), key=_EVERY_YEAR.index)
    found = [_planned(body, year, number, kind) for number, kind in enumerate([SHOPPING, *wanted], 1)]
    if body.dice(f"carried {year}").random() < 0.5:
        found.append(_planned(body, year - 1, 9, _CARRIED))
    return sorted(found, key=lambda one: one.code)


def _planned(body: Body, begun: int, number: int, kind: Task) -> Planned:
    grown = 100 + body.dice(f"{kind.name} {begun}").randint(-6, 9)
    code = f"{REGION}{begun % 100:02d}P{body.unit}{number:03d}{kind.function}"
    return Planned(kind, code, Decimal(kind.each * body.villages * grown // 100) * 100, begun, body.villages)


def sheet(one: Planned) -> Record:
    """Its performance sheet."""
    counted, unit = one.kind.counted
    rows = [
        ("产出指标", "数量指标", counted, f"{one.villages}{unit}"),
        ("产出指标", "质量指标", "任务完成率", "100%"),
        ("产出指标", "时效指标", "完成时间", "12月底前"),
        ("产出指标", "成本指标", "总成本", f"{plain(one.amount, WAN)}万元"),
        ("效益指标", "社会效益指标", one.kind.benefit, "≥95%"),
        ("满意度指标", "服务对象满意度指标", "群众满意度", "≥90%"),
    ]
    keys = ("level1", "level2", "level3", "target")
    return {
        "code": one.code, "name": one.kind.name, "amount": one.amount, "fiscal_funds": one.amount, "other_funds": None,
        "purpose": f"{one.kind.purpose}。",
        "goals": [{"text": f"做好{one.kind.name}工作，{one.kind.benefit}达到目标。"}],
        "payment_plan": [{"until": f"{month}月底", "percent": Decimal(share)} for month, share in _plan(one)],
        "indicators": [dict(zip(keys, row, strict=True)) | _RESTS | {"description": f"反映{row[2]}"} for row in rows],
    }  # fmt: skip


def _plan(one: Planned) -> list[tuple[int, int]]:
    """(month, share paid by its end): what is paid to people goes out evenly, work is paid as it is done."""
    first = 10 + one.amount // 100 % 15
    return [(3, int(first)), (6, int(first) + 25), (9, int(first) + 50), (12, 100)]
