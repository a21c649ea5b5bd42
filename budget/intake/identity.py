"""Whose a file is: region, unit, name and year, as its headings and project codes say."""

import re
from collections import Counter

from budget.intake import says
from budget.intake.problems import problem
from budget.text import narrow


class Said:
    """What the grids say of year and department, gathered while they are read."""

    def __init__(self, texts):
        self.years, self.titled, self.departments = Counter(), Counter(), Counter()
        self.places, self.named = {}, {}
        for text in texts:
            if match := says._TITLE_YEAR.search(narrow(text.text)):
                self.titled[int(match[1])] += 1

    def hear(self, grid, until):
        """Note what stands above the headings of a grid."""
        said, titled = says.year(grid, until)
        if said:
            self.years[said] += 1
            self.places.setdefault(said, grid.name)
        if titled:
            self.titled[titled] += 1
        if found := says.department(grid, until):
            self.departments[found] += 1
            self.named.setdefault(found[1], grid.name)


def identify(facts, said, region, unit, year, exported=""):
    """Region, unit, name and year: from the options, else from the file's own headings.

    exported: the region that a workbook of our own names, '' in any other file.
    """
    code, name = said.departments.most_common(1)[0][0] if said.departments else ("", "")
    facts.unit, facts.name = unit or code, name
    facts.region = region or _region(facts.projects) or exported
    facts.year = year or _most_common(said.years) or _most_common(said.titled)
    facts.years = {year: said.places[year] for year in sorted(said.years)}
    facts.departments = {name: said.named[name] for _, name in sorted(said.departments)}


def _most_common(counter):
    return counter.most_common(1)[0][0] if counter else None


def _region(found):
    """The region that the project codes begin with, when they all begin with the same one."""
    codes_ = {project["code"][:6] for project in found if project["code"][:6].isdigit()}
    return codes_.pop() if len(codes_) == 1 else ""


def missing_identity(facts):
    """Problems that keep facts from being saved because it is not said whose they are, or said wrongly."""
    wanted = (
        ("year", "R03", "文件里找不到预算年度，请在表头写上“预算年度：2024”，或在导入时填写年度（--year）。"),
        ("name", "R04", "文件里找不到单位名称，请在表头写上单位编码和名称，例如“909卢龙县刘家营乡人民政府”。"),
        ("unit", "R04", "文件里没有单位编码，请在导入时填写（--unit，例如 909）。"),
        ("region", "R04", "文件里看不出属于哪个县，请在导入时填写六位区划代码（--region，例如 130324）。"),
    )
    missing = [problem(rule, message) for name, rule, message in wanted if not getattr(facts, name)]
    return missing or [problem("R04", message) for message in _wrong_identity(facts)]


def _wrong_identity(facts):
    if not re.fullmatch(r"\d{6}", facts.region, re.ASCII):
        yield f"区划代码“{facts.region}”不对，应是六位数字，例如 130324。"
    if not re.fullmatch(r"\d{3,12}", facts.unit, re.ASCII):
        yield f"单位编码“{facts.unit}”不对，应是 3 到 12 位数字，例如 909。"
    if not 2000 <= facts.year <= 2099:
        yield f"预算年度“{facts.year}”不对，应是四位年份，例如 2024。"
