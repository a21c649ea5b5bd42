"""Sections 一, 五, 六, 十, 十一: what people write, and what is the same for everybody."""

from budget.declare.sentence import Each, Reason, Sentence
from budget.documents.department_budget.sentences.parts import NAME, WE, YEAR, said, when


def _typed(key: str, called: str, prompt: str) -> Sentence:
    """A sentence, or several paragraphs, that a person writes."""
    return Sentence(key, called, (Reason(key, prompt, long=True),))


DUTIES = (
    Sentence("duties_heading", "小标题：部门职责", said("（一）部门职责")),
    _typed("duties", "部门职责", "主要职责，可以分几段写"),
    Sentence("institutions_heading", "小标题：机构设置", said("（二）机构设置"), (when("any", "institutions"),)),
    Sentence(
        "institutions", "机构名单",
        said("纳入", YEAR, "年预算的单位有：", Each("institutions"), "。"), (when("any", "institutions"),),
    ),
    Sentence(
        "no_institutions", "没有所属单位",
        said(NAME, "没有单独核算的所属单位，预算只包括本级。"), (when("none", "institutions"),),
    ),
)  # fmt: skip

GOALS = (
    Sentence("goals_heading", "小标题：总体绩效目标", said("（一）总体绩效目标")),
    _typed("goals", "总体绩效目标", "本年总的目标和要做的几件大事"),
    Sentence("duty_goals_heading", "小标题：分项绩效目标", said("（二）分项绩效目标")),
    _typed("duty_goals", "分项绩效目标", "按职责分别写：做什么，做到什么程度"),
    Sentence("measures_heading", "小标题：工作保障措施", said("（三）工作保障措施")),
    _typed("measures", "工作保障措施", "靠什么办法、制度来实现"),
)  # fmt: skip

SPECIAL = (
    Sentence("no_special", "没有主管的专项资金", said(YEAR, "年", WE, "没有主管的专项资金。"), nothing=True),
    Sentence(
        "special", "主管的专项资金", (Reason("special", "专项资金的名称、安排情况和绩效目标", long=True),), spare=True
    ),
)  # fmt: skip

_EXPLAINED = {
    "fiscal_income": (
        "财政拨款收入",
        "本级财政当年拨给的资金，分一般公共预算拨款、政府性基金预算拨款和国有资本经营预算拨款。",
    ),
    "special_account": ("财政专户管理资金收入", "缴入财政专户、专门管理的教育收费。"),
    "own_funds": (
        "单位资金收入",
        "财政拨款和财政专户管理资金以外的收入，包括事业收入、经营收入、上级补助、附属单位上缴和其他收入。",
    ),
    "carried_over": ("上年结转结余", "以前年度安排、没有用完，转到本年按原来用途继续使用的资金。"),
    "basic": ("基本支出", "保障机构正常运转、完成日常工作的支出，分人员经费和公用经费。"),
    "project": ("项目支出", "在基本支出以外，为完成特定工作任务或事业发展目标安排的支出。"),
    "three_public": (
        "“三公”经费",
        "用财政拨款安排的因公出国（境）费、公务用车购置及运行维护费和公务接待费。因公出国（境）费是出国（境）的"
        "旅费、住宿费、伙食补助费、培训费等；公务用车购置及运行维护费是买车的支出，以及保留车辆的燃料、维修、"
        "过路过桥、保险等费用；公务接待费是按规定开支的接待费用。",
    ),
    "running": (
        "机关运行经费",
        "用一般公共预算拨款安排、保障机关运转的公用经费，如办公费、水电费、取暖费、差旅费、会议费、维修费、公务用车运行维护费等。",
    ),
}
GLOSSARY = tuple(
    Sentence(f"explained_{key}", f"名词：{name}", said(f"{number}、{name}：{words}"))
    for number, (key, (name, words)) in enumerate(_EXPLAINED.items(), 1)
)

OTHER = (
    Sentence("no_other", "没有其他事项", said(WE, "没有其他需要说明的事项。"), nothing=True),
    Sentence("other", "其他事项", (Reason("other", "需要说明的事项", long=True),), spare=True),
)  # fmt: skip
