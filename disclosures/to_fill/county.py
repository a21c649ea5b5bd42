"""The workbooks to be filled in of many bodies, in one archive that can be imported back as it is."""

import zipfile
from collections.abc import Iterable
from typing import IO, Any

from budget.models import Budget
from disclosures.to_fill import write
from disclosures.to_fill.blank import Blank, blank_after, blank_of


def filename(blank: Blank) -> str:
    """903青禾县石桥镇人民政府2026年部门预算（填报）.xlsx"""
    department, kind = blank.content["department"], blank.document.name
    return f"{department['unit']}{department['name']}{blank.content['year']}年{kind}（填报）.xlsx"


def of_year(budgets: Any, year: int) -> list[tuple[Budget, bool]]:
    """(budget, whether the year was begun) of every body in a queryset: this year's, else the one before it."""
    found: dict[tuple[int, str], tuple[Budget, bool]] = {}
    for one in (
        budgets.filter(year__in=(year - 1, year)).select_related("department__region", "source").order_by("year")
    ):
        found[one.department_id, one.document] = one, one.year == year
    return sorted(found.values(), key=lambda each: (each[0].department.unit, each[0].document))


def blank_for(budget: Budget, is_begun: bool) -> Blank:
    """What is to be filled in."""
    return blank_of(budget) if is_begun else blank_after(budget)


def pack(found: Iterable[tuple[Budget, bool]], target: IO[bytes]) -> int:
    """Write the workbooks of these into a zip; how many they are."""
    count = 0
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        for budget, is_begun in found:
            blank = blank_for(budget, is_begun)
            archive.writestr(filename(blank), write(blank))
            count += 1
    return count
