"""部门预算情况说明: eleven sections, and what the amounts in them are said to be."""

from budget.declare.narrative import Meaning, Narrative
from budget.documents.department_budget.sentences import SENTENCES

TITLES = (
    "一、部门职责及机构设置情况",
    "二、部门预算安排的总体情况",
    "三、机关运行经费安排情况",
    "四、财政拨款“三公”经费预算情况及增减变化原因",
    "五、部门整体绩效目标",
    "六、部门主管专项资金预算安排情况及绩效目标",
    "七、部门项目预算安排情况及绩效目标",
    "八、政府采购预算情况",
    "九、国有资产信息",
    "十、名词解释",
    "十一、其他需要说明的事项",
)

_WHOLE, _THREE, _ASSETS = "总体情况|编制说明|收支(预算)?(情况)?说明", "三公", "国有资产"
MEANINGS = {
    "fiscal_income": Meaning(_WHOLE, r"(?<!预算)财政拨款收入$", "财政拨款收入"),
    "fiscal_spending": Meaning(_WHOLE, r"(?<!预算)(?<!基金)财政拨款支出(预算)?$", "财政拨款支出"),
    "general_spending": Meaning(_WHOLE, r"一般公共预算(财政)?拨款支出(预算)?$", "一般公共预算拨款支出"),
    "government_spending": Meaning(_WHOLE, r"政府性基金(预算)?(财政)?拨款支出(预算)?$", "政府性基金拨款支出"),
    "capital_spending": Meaning(_WHOLE, r"国有资本经营预算(财政)?拨款支出(预算)?$", "国有资本经营预算拨款支出"),
    "general_public_budget": Meaning(_WHOLE, r"一般公共预算(财政)?(拨款)?(收入)?$", "一般公共预算"),
    "government_fund": Meaning(_WHOLE, r"(政府性)?基金预算(财政)?(拨款)?(收入)?$", "政府性基金预算"),
    "state_capital": Meaning(_WHOLE, r"国有资本经营预算(财政)?(拨款)?(收入)?$", "国有资本经营预算"),
    "special_account": Meaning(_WHOLE, r"财政专户(核拨|管理资金)?(收入)?$", "财政专户管理资金"),
    "own_funds": Meaning(_WHOLE, r"单位资金(收入)?$", "单位资金"),
    "carried_over": Meaning(_WHOLE, r"上年结转(结余|和结余)?$", "上年结转"),
    "income": Meaning(_WHOLE, r"(?<!拨款)(?<!事业)(?<!经营)(?<!其他)(预算收入|收入预算|收入总计)$", "预算收入"),
    "spending": Meaning(_WHOLE, r"(?<!拨款)(?<!基本)(?<!项目)(预算支出|支出预算|支出总计)$", "预算支出"),
    "both": Meaning(_WHOLE, r"(预算)?收支(预算)?$", "收支预算"),
    "basic": Meaning(_WHOLE, r"(?<!上年)基本支出$", "基本支出"),
    "staff": Meaning(_WHOLE, r"人员经费$", "人员经费"),
    "running": Meaning(_WHOLE, r"(日常)?公用经费$", "公用经费"),
    "project": Meaning(_WHOLE, r"项目支出$", "项目支出"),
    "agency_operating_cost": Meaning("机关运行", r"机关运行经费$", "机关运行经费"),
    "three_public": Meaning(_THREE, r"[“\"]?三公[”\"]?经费$", "“三公”经费"),
    "abroad": Meaning(_THREE, r"因公出国(\(境\)|（境）)?(费用?|经费)?$", "因公出国（境）费"),
    "vehicles": Meaning(_THREE, r"公务(用)?车购置(及|和)(运维|运行维护|运行)费?$", "公务用车购置及运维费"),
    "vehicle_purchase": Meaning(_THREE, r"公务用车购置费?$", "公务用车购置费"),
    "vehicle_running": Meaning(_THREE, r"公务用车(运维|运行维护|运行)费?$", "公务用车运维费"),
    "reception": Meaning(_THREE, r"公务接待费?$", "公务接待费"),
    "planned_assets": Meaning(_ASSETS, r"购置固定资产$", "拟购置固定资产"),
    "assets_total": Meaning(_ASSETS, r"固定资产$|资产总额$", "固定资产"),
}

NARRATIVE = Narrative(
    titles=TITLES,
    meanings=MEANINGS,
    subjects=("both", "income", "spending", "three_public"),
    opening="情况说明",
    lists={1: "institutions", 7: "projects", 8: "procurement", 9: "fixed_assets"},
    sentences=SENTENCES,
)
