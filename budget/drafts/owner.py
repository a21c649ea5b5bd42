"""Whose a budget is, where its file names no code; which of a body's two it is, where its titles name no kind."""

from typing import Any

from budget.drafts.people import is_clerk_of
from budget.figures.dossier import Entries
from budget.finding import Finding
from budget.intake.identity import KIND, is_taken_for
from budget.intake.problems import problem
from budget.intake.read import Reading
from budget.models import Budget, Department
from budget.text import narrow

OTHER_KIND = "文件的标题没有写明是哪一种预算，这个单位在系统里不止一种；请在导入时选择（--type）。"


def settle_owner(entries: Entries) -> str:
    """Set the unit code where the file has none and just one body of its region has its very name.

    Names are compared without blanks and regardless of width. Returns why there is none, in a sentence that says the
    way out; '' where there is one, or where region or name are not known, so that there is nothing to look for.
    """
    if entries.unit or not (entries.name and entries.region):
        return ""
    found = _bodies(entries.region, entries.name)
    if len(found) == 1:
        entries.unit = found[0]
        return ""
    why, first = f"县里也没有登记叫“{entries.name}”的单位", "请先登记这个单位，或在表头写上编码"
    if found:
        why = f"县里有 {len(found)} 个单位都叫“{entries.name}”（{'、'.join(found)}）"
        first = "请在表头写上编码"
    return f"文件里没有单位编码，{why}；{first}，单独导入时也可以填写（--unit）。"


def may_not_save(user: Any, entries: Entries) -> str:
    """Why somebody may not save what a file says, in one sentence; '' where they may, or where it is not known whose.

    Of a body that is not theirs nothing is told, not even whether it is known here.
    """
    if not (entries.region and entries.unit):
        return ""
    if not is_clerk_of(user, entries.region, entries.unit):
        return (
            f"这是 {entries.region} {entries.unit} 的预算，您没有经办这个单位；"
            "请核对是不是选错了文件，或请系统管理员在“谁管哪个单位”里登记。"
        )
    whose = {"department__region": entries.region, "department__unit": entries.unit}
    found = Budget.objects.filter(**whose, year=entries.year, document=entries.document.key).first()
    return found.closed if found else ""


def unsettled_kind(reading: Reading) -> list[Finding]:
    """The question which budget a file is of that names no kind, where its body has one of a kind it was not taken for.

    A body that has only one kind is not asked about: what the file was taken for is said in a notice.
    """
    entries = reading.entries
    others = Budget.objects.filter(department__region=entries.region, department__unit=entries.unit)
    if any(map(is_taken_for, reading.findings)) and others.exclude(document=entries.document.key).exists():
        return [problem(KIND, OTHER_KIND)]
    return []


def _bodies(region: str, name: str) -> list[str]:
    """Codes of the region's bodies that have this name."""
    known = Department.objects.filter(region=region).order_by("unit").values_list("unit", "name")
    return [unit for unit, called in known if narrow(called) == narrow(name)]
