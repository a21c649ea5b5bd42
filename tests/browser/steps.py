"""What clerks do alike on several walks."""

import datetime

SIGNATURES = {
    "财政批复日期": "",
    "保密审查人": "赵主任",
    "保密审查日期": "",
    "签发人（单位负责人）": "张乡长",
    "签发日期": "",
}


def begins_from_last_year(clerk):
    """From last year's; what came along is looked through."""
    clerk.clicks("开始 2025 年（照 2024 年）")
    clerk.presses("开始 2025 年（照 2024 年）")
    clerk.chooses("有数要填的换成标准句，别的照用")
    clerk.chooses("都今年不做，删去")
    clerk.presses("保存")


def counts_what_there_is(clerk):
    """The fixed assets at the end of last year, which a sentence of the text speaks of."""
    clerk.clicks("清单")
    clerk.clicks("部门固定资产占用情况表")
    clerk.types("截至", "2024-12-31")
    clerk.types_at("rows-1-value", "2337.09")
    clerk.presses("保存")
    clerk.reads("已保存。")


def gives_the_reasons(clerk, reasons):
    """Standard sentences in all sections that say nothing, and what they ask for, on one page."""
    clerk.clicks("文字")
    clerk.presses("没有写的都用标准句写")
    for label, said in reasons.items():
        clerk.types(label, said)
    clerk.presses("保存")
    clerk.reads("已保存。")


def signs(clerk):
    """Who answers for it, since when; the dates are today's."""
    clerk.clicks("请填写财政批复日期；批复后 20 日内要公开。")
    day = str(datetime.date.today())
    for label, said in SIGNATURES.items():
        clerk.types(f"{label}:", said or day)
    clerk.presses("保存")
