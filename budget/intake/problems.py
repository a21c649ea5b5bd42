"""What is wrong with a file as a file: one Chinese sentence each, naming the place and the way out.

`PROBLEMS` is the whole list; those of level error keep the file from being saved.
"""

from budget.finding import Finding, Level
from budget.intake.grid import Grid

PROBLEMS = {
    "R01": "单元格里的内容读不成金额",
    "R02": "表中没有写明金额单位（元或万元），或写了两种",
    "R03": "找不到预算年度",
    "R04": "找不到单位编码、单位名称或行政区划",
    "R05": "两张表都像是同一张标准表",
    "R06": "隐藏的工作表里有标准表",
    "R07": "认不出的行或栏里有金额",
    "R08": "同一科目、项目或类别出现两次",
    "R09": "科目编码读不出来",
    "R10": "文件里没有可以导入的内容",
    "R11": "文字太长或含有不能显示的字符",
    "R12": "项目绩效目标表不完整",
    "R13": "看不出是部门预算还是单位预算",
    "R14": "表没有认得的表题，按栏目名称认出",
    "R15": "表题是标准表，栏目对不上",
    "R16": "不是标准表，原样保存",
    "R17": "有金额的表没有表题",
    "R18": "PDF 里有一页是图片，没有文字可读",
    "R19": "一览表里有认不出的栏目",
}


NOTHING = "R10"  # a file without anything in it: every rule would only say so again, and nobody asks whose it is


def problem(rule: str, message: str, *places: str, found: str = "") -> Finding:
    """A finding that blocks saving."""
    return Finding(rule, Level.ERROR, message, tuple(places), found=found)


def at(grid: Grid, row: int, column: int) -> str:
    """A place in words for the beginning of a sentence: 工作表“收支总表”的 C6 单元格."""
    grid, row = grid.origins.get(row, (grid, row))
    if grid.page:
        return grid.place(row, column)
    if grid.word:
        return f"“{grid.name}”第{row}行第{column}列"
    return f"工作表“{grid.name}”的 {grid.place(row, column).split('!')[-1]} 单元格"
