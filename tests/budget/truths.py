"""What is wrong in the published PDFs, worked out by hand before any rule was asked: what findings are held to.

A truth is known by a few words or figures that a finding of it must name in its sentence or its places (commas aside).
Worked out from the tables' own sums, table against table, every "A, B, more by Z %", every item of the notes against
table 5. What nobody needs to find, but may, is `optional`.

What looks wrong and is right, so that no finding may name it: justice, item 10 (0.50 to 0.62 as 22.22 %); titles of
a 单位预算 that say 部门预算经济分类 (the classification is called so); commerce, income more by 24,558.18 than was
spent last year and spending by 24,491.71 than was planned (two different years' figures), brackets of two widths in
`（款)`; the notes' 机关运行经费 below 公用经费 where a department has institutions besides its offices (wanli).
"""

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Truth:
    """One thing that is not right. words: any of these groups is enough, all words of a group must be there."""

    what: str
    words: tuple[tuple[str, ...], ...]
    optional: bool = False

    def told_by(self, text: str) -> bool:
        """Whether a finding's sentence and places speak of it."""
        return any(all(_stands_in(word, text) for word in group) for group in self.words)


def _stands_in(word: str, text: str) -> bool:
    """Whether a word, or a figure as a whole (57.8 as 57.80), stands in a text."""
    if not word[0].isdigit():
        return word in text
    return bool(re.search(rf"(?<![\d.]){re.escape(word)}{'0*' if '.' in word else ''}(?!\d)", text))


def _truth(what: str, *words: tuple[str, ...], optional: bool = False) -> Truth:
    return Truth(what, words, optional)


_OFFICE = (
    # Soft: money for projects under a code of running costs, in tables 3 and 5 alike.
    _truth("2010301 holds 110,000 of projects", ("行政运行", "11.00"), ("行政运行", "110000"), optional=True),
    _truth("2010350 holds 40,000 of projects", ("事业运行", "4.00"), ("事业运行", "40000"), optional=True),
)

NINE = (
    _truth("more or less left undecided", ("增加（减少）",)),
    _truth("item 1: 1690.69 to 1434.89 is less by 15.13 %, printed 1.10 %", ("1690.69", "1434.89")),
    _truth("item 7: 56.12 at its head, 57.8 in its text", ("56.12", "57.8")),
    _truth("item 11: class 210 by its old name", ("医疗卫生与计划生育支出", "卫生健康支出")),
    _truth("item 13: 207 at its head, 170.03 in its text", ("207", "170.03")),
    _truth("table 3, 2040601: 合计 is 基本 alone, and yet 项目 64,840,547", ("表3", "行政运行", "6484"),
           ("表3", "行政运行", "64840547"), ("支出总表", "行政运行", "6484"), ("支出预算总表", "行政运行", "6484")),
    _truth("table 5, the same row", ("表5", "行政运行", "6484"), ("表5", "行政运行", "64840547"),
           ("功能分类预算表", "行政运行", "6484")),
    _truth("a reason that breaks off", ("主要原因是。",), ("原因是", "没有写"),
           ("公务用车购置及运行费", "原因")),
    _truth("a 单位预算 that speaks of a 部门预算", ("部门预算安排",)),
)  # fmt: skip

_JUSTICE = (
    *NINE,
    # With 56.12, as table 5 and its own head have it, less by 2.27 % is right: only the 57.8 is to blame.
    _truth("item 7: 57.43 to 57.8 is more by 0.64 %, printed less by 2.27 %", ("57.43",), ("2.27",), optional=True),
    _truth("item 13: 241.76 to 170.03 is less by 29.67 %, to 207 by 14.38 %", ("241.76",), ("21.74",)),
    _truth("table 3: 合计 of 基本 is 22,118,861, its parts 22,118,861.34", ("表3", "0.34"), ("支出预算总表", "0.34")),
    _truth("table 5: the same total", ("表5", "0.34"), ("功能分类预算表", "0.34"), optional=True),
    _truth("table 1: its class and total rows are 0.34 off their parts", ("表1", "0.34"), optional=True),
    _truth("table 6 against table 5: 22,118,861.34 and 22,118,861", ("表6", "0.34"), optional=True),
    _truth("table 3: 20406 has 64,840,547 of projects, its parts 129,681,094", ("司法", "12968"), optional=True),
    _truth("tables 1 and 6: staff 20,374,181 and 20,272,981", ("2037.42", "2027.30"), ("20374181", "20272981"),
           ("101200",), ("10.12",), optional=True),
    _truth("tables 1 and 6: running 1,744,680 and 1,845,880.34", ("174.47", "184.59"), ("1744680", "1845880.34"),
           ("101200.34",), optional=True),
    _truth("2040601 holds projects", ("行政运行", "6484"), ("行政运行", "64840547"), optional=True),
    _truth("item 11: the name of class 210 in the text alone", ("医疗卫生与计划生育支出",), optional=True),
)  # fmt: skip

TRUTHS = {
    "wanli-department-2023.pdf": (
        _truth("item 3: 11.67 to 45.41 is more by 289.12 %, printed 314.82 %", ("11.67", "45.41")),
        _truth("item 16: 220.63 at its head and in table 5, 441.25 in its text", ("220.63", "441.25")),
        _truth("item 16: 132.59 to 441.25 is more by 232.79 %, to 220.63 by 66.40 %, printed 60.54 %",
               ("132.59",), ("60.54",)),
        _truth("government funds: 0, and yet more by 1421.25; then the parts exceed the whole", ("1421.25",)),
        _truth("item 2: from 0 to 60.13, printed as more by 100 %", ("60.13",)),
        _truth("item 17: from 0 to 0.31, printed as more by 100 %", ("0.31",)),
        # The five performance sheets behind the notes, where they are read.
        _truth("sheet 5: 10,903,043 applied for, 11,419,043 of it the treasury's", ("11419043",), ("1141.90",),
               optional=True),
        _truth("five sheets add up to 3351.33, the notes say 3328.13", ("3328.13",), optional=True),
        _truth("sheet 1: names in place of values", ("及时率",), ("完善率",), ("满意度",), optional=True),
        _truth("sheet 4: a stray quotation mark", ("引号",), ('"',), optional=True),
    ),
    "office-department-2025.pdf": _OFFICE,
    "office-unit-2025.pdf": _OFFICE,
    "commerce-unit-2025.pdf": (
        # A page of the functions is printed twice, from the middle of item 7 to the middle of item 12.
        _truth("paragraphs printed twice", ("重复",), optional=True),
    ),
    "justice-unit-2026.pdf": _JUSTICE,
}  # fmt: skip
