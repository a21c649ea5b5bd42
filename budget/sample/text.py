"""The eleven sections of an invented budget, with its own figures and those of the year before."""

from decimal import Decimal

from budget.declare.fields import Record
from budget.documents.department_budget.narrative import TITLES
from budget.money import in_unit
from budget.sample.amounts import Sums
from budget.sample.bodies import Body
from budget.sample.projects import Planned


def sections(
    body: Body, year: int, now: Sums, last: Sums, projects: list[Planned], bought: Decimal, assets: Decimal
) -> list[Record]:
    """The sections, in order."""
    texts = {
        1: f"{body.name}宣传贯彻党的路线方针政策，负责本辖区经济发展、公共服务、社会治理和村级组织建设。",
        2: _whole(year, now, last, projects),
        3: f"{year}年机关运行经费{_wan(now.running)}。",
        4: _three(year, now, last),
        5: f"保障{body.staff}名干部职工和{body.villages}个村正常运转，办好为民实事，群众满意度稳步提高。",
        6: "无。",
        7: f"编报绩效目标的项目{len(projects)}个，涉及项目预算资金{_wan(now.project)}。",
        8: f"{year}年政府采购预算{_wan(bought)}，其中：政府采购货物预算{_wan(bought)}、"
        "政府采购工程预算0万元、政府采购服务预算0万元。",
        9: f"上年末固定资产金额为{_wan(assets)}。本年度拟购置固定资产总额为{_wan(bought)}。",
        10: "基本支出：为保障机构正常运转、完成日常工作任务而发生的人员经费和公用经费。\n"
        "项目支出：在基本支出之外，为完成特定任务和事业发展目标所发生的支出。\n"
        "“三公”经费：因公出国（境）费、公务用车购置及运行维护费和公务接待费。",
        11: "无。",
    }
    return [{"number": n, "title": title, "text": texts[n]} for n, title in enumerate(TITLES, 1)]


def _whole(year: int, now: Sums, last: Sums, projects: list[Planned]) -> str:
    listed = "；".join(f"{one.kind.name}{_wan(one.amount)}" for one in projects)
    general = f"{year}年预算收入{_wan(now.total)}，其中：一般公共预算收入{_wan(now.total - now.carried)}"
    carried = f"，上年结转{_wan(now.carried)}" if now.carried else ""
    return (
        f"{general}{carried}。\n"
        f"{year}年支出预算{_wan(now.total)}，其中基本支出{_wan(now.basic)}，包括人员经费{_wan(now.staff)}"
        f"和日常公用经费{_wan(now.running)}；项目支出{_wan(now.project)}，主要为{listed}。\n"
        f"{year}年预算收支安排{_wan(now.total)}，较{year - 1}年预算{_change(now.total, last.total, True)}，"
        f"其中：基本支出{_change(now.basic, last.basic)}，项目支出{_change(now.project, last.project)}。"
        "变动的主要原因是工资标准调整和项目安排变化。"
    )


def _three(year: int, now: Sums, last: Sums) -> str:
    return (
        f"{year}年，“三公”经费预算安排{_wan(now.three_public)}，其中因公出国（境）费0.00万元；"
        f"公务用车购置及运维费{_wan(now.vehicles)}（其中：公务用车购置费为0.00万元，公务用车运维费{_wan(now.vehicles)}）；"
        f"公务接待费{_wan(now.reception)}。"
        f"“三公”经费较{year - 1}年{_change(now.three_public, last.three_public)}，主要原因是从严控制公务接待。"
    )


def _change(now: Decimal, last: Decimal, with_share: bool = False) -> str:
    difference = now - last
    if not difference:
        return "持平"
    word, ratio = ("增加", "增长") if difference > 0 else ("减少", "下降")
    share = f"，{ratio}{abs(difference) / last * 100:.1f}%" if with_share else ""
    return f"{word}{_wan(abs(difference))}{share}"


def _wan(amount: Decimal) -> str:
    return f"{in_unit(amount):.2f}万元"
