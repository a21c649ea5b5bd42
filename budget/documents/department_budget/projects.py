"""项目绩效目标表: a project's amount, what it is for, when it is paid, what it is to achieve and how one will know."""

from budget.declare.fields import Code, Money, Percent, Rows, Text
from budget.declare.records import Form

_LEVELS = ("一级指标", "二级指标", "三级指标")
# Levels one and two of indicators (财预〔2020〕10号 and 财预〔2021〕101号, which made the costs a level of their own).
_OUTPUT = tuple(("产出指标", f"{name}指标") for name in ("数量", "质量", "时效", "成本"))
_COST = tuple(("成本指标", f"{name}成本指标") for name in ("经济", "社会", "生态环境"))
_BENEFIT = tuple(("效益指标", f"{name}指标") for name in ("经济效益", "社会效益", "生态效益", "可持续影响"))
_SATISFACTION = (("满意度指标", "服务对象满意度指标"),)
_QUARTERS = tuple((f"{month}月底",) for month in (3, 6, 9, 12))

PROJECTS = Form(
    key="projects",
    title="项目绩效目标表",
    sheet="绩效",
    called="项目",
    identity="code",
    naming="name",
    signs=("项目编码", "项目名称", "三级指标"),
    fields=(
        Code("code", ("项目编码",), length=40, required=True),
        Text("name", ("项目名称",), length=200, required=True, beside=True),
        Money(
            "amount",
            ("预算数",),
            ("预算金额",),
            under="预算规模及资金用途",
            equals=("fiscal_funds", "other_funds"),
            wanted=True,
        ),
        Money("fiscal_funds", ("其中：财政    资金",), beside=True),
        Money("other_funds", ("其他资金",), beside=True),
        Text("purpose", ("资金用途",), question="钱用来做什么", length=4000, long=True, bare=True, wanted=True),
        Rows(
            "payment_plan",
            ("资金支出计划（%）",),
            ("资金支出计划",),
            question="什么时候付钱",
            across=True,
            wanted=True,
            begins=_QUARTERS,
            fields=(
                Text("until", ("截至",), length=20, required=True, hint="例如：3月底"),
                Percent("percent", ("累计支出（%）",), rising_to=100, wanted=True),
            ),
        ),
        Rows(
            "goals",
            ("绩效目标",),
            question="要达到的目标",
            wanted=True,
            fields=(Text("text", ("绩效目标",), length=4000, long=True, required=True),),
        ),
        Rows(
            "indicators",
            ("绩效指标",),
            question="怎么衡量",
            naming="level3",
            wanted=True,
            chosen=(*_OUTPUT, *_COST, *_BENEFIT, *_SATISFACTION),
            begins=(*_OUTPUT, ("效益指标", "社会效益指标"), *_SATISFACTION),
            reading=("level1", "level2", "level3", "target", "description", "basis"),
            fields=(
                Text("level1", (_LEVELS[0],), length=100, required=True, spans=True),
                Text("level2", (_LEVELS[1],), length=100, spans=True),
                Text("level3", (_LEVELS[2],), length=500, wanted=True),
                Text("description", ("绩效指标描述",), length=1000),
                Text("target", ("指标值",), length=500, wanted=True),
                Text("basis", ("指标值确定依据",), length=1000),
            ),
        ),
    ),
)
