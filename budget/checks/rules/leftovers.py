"""What should not stand in a published text: leftovers, wrong years, personal data, odd amounts."""

import re

from budget.checks.compare import MISSING, found, passed
from budget.checks.finding import Level
from budget.checks.rule import INSPECTION, OPENNESS, rule
from budget.checks.rules.cells import PROJECTS, SECTIONS
from budget.checks.text_figures import where
from budget.text import narrow

LEFTOVERS = (
    (
        re.compile(r"\t|\"\s*$|^\s*\"|\"\"", re.M),
        "多余的引号或制表符",
        Level.NOTICE,
        "公开时不显示，建议在文件里删去",
    ),
    (re.compile(r"page\s*number", re.I), "模板里的页码标记", Level.WARNING, "请删去"),
    (re.compile(r"[×xX]{2,}|待填|待定|（略）"), "没有填写的地方", Level.WARNING, "请填写"),
    (re.compile(r"目标内容\s*\d"), "模板里的“目标内容”字样", Level.WARNING, "请删去"),
    (re.compile(r"各位代表"), "报告里的“各位代表”", Level.WARNING, "请删去"),
    (re.compile(r"^(.{2,12}[：:]?)\n\1$", re.M), "重复的标题", Level.WARNING, "请删去一个"),
)
_YEAR = re.compile(r"(?<!\d)(19|20)(\d\d)\s*年(?!月|\d)")
_NOT_YEARS = re.compile(
    r"《[^》]*》|[\[【〔(（]\d{4}[\]】〕)）]|\d{4}\s*年\s*\d{1,2}\s*月|\d{4}\s*年?[-—至到~]\s*\d{4}\s*年?"
)
_DIGIT_RUN = re.compile(r"(?<![\dA-Za-z])\d{11,19}[\dXx]?(?![\dA-Za-z])")
_MOBILE = re.compile(r"1[3-9]\d{9}")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_MANY_DECIMALS = re.compile(r"\d\.\d{3,}\s*(?:万元|元)")
_DOUBLED = re.compile(r"元元|万元元|万万元")
_MIXED = re.compile(r"\d\s*元(?!/)")
_SENTENCE = re.compile(r"[^。！？；;\n]+")


def _texts(view):
    """(cell, place, text) of every text that will be published."""
    facts = view.facts
    yield (SECTIONS, "0", "text"), "情况说明开头", facts.preamble
    for section in facts.sections:
        yield (SECTIONS, str(section["number"]), "text"), where(section["number"]), section["text"]
    for project in facts.projects:
        name = f"项目“{project['name']}”"
        for field, text in _of_project(project):
            cell = (PROJECTS, project["code"], field)
            yield cell, view.place(*cell) or name, text


def _of_project(project):
    yield "purpose", project["purpose"]
    for number, goal in enumerate(project["goals"], 1):
        yield f"goal-{number}", goal
    for number, indicator in enumerate(project["indicators"], 1):
        yield f"indicator-{number}-target", " ".join(indicator[key] for key in ("level3", "target", "description"))


@rule("X01", INSPECTION, of_text=True)
def no_leftovers(view):
    """文字里没有模板和复制留下的东西"""
    texts = [(cell, place, text) for cell, place, text in _texts(view) if text]
    for pattern, what, level, remedy in LEFTOVERS:
        hits = [(cell, place) for cell, place, text in texts if pattern.search(text)]
        if hits:
            cells, places = zip(*hits, strict=True)
            few = "、".join(dict.fromkeys(places[:3])) + ("等" if len(hits) > 3 else "")
            yield found(level, f"{few}有 {len(hits)} 处{what}，{remedy}。", cells, dict.fromkeys(places))
        else:
            yield passed(*(cell for cell, _, _ in texts)) if texts else MISSING


@rule("X02", INSPECTION, of_text=True)
def years_are_this_and_last(view):
    """文字里的年份是本年或上年（文件号、书名和日期除外）"""
    this = view.facts.year
    for cell, place, text in _texts(view):
        years = {int(m[1] + m[2]) for m in _YEAR.finditer(_NOT_YEARS.sub("", text))}
        for year in sorted(years - {this, this - 1} if this else ()):
            message = f"“{place}”里有 {year} 年，不是本年也不是上年；请核对是不是往年的文字。"
            yield found(Level.WARNING, message, [cell], [place], "", str(year))
        if years <= {this, (this or 0) - 1} and text:
            yield passed(cell)


@rule("X03", OPENNESS, of_text=True)
def no_personal_data(view):
    """文字里没有身份证号、手机号、银行卡号"""
    for cell, place, text in _texts(view):
        kinds = [kind for run in _DIGIT_RUN.findall(narrow(text)) if (kind := _personal(run))]
        for kind in dict.fromkeys(kinds):
            yield found(Level.ERROR, f"“{place}”里像是有{kind}；个人信息不能公开，请删去。", [cell], [place])
        if not kinds and text:
            yield passed(cell)


def _personal(run):
    """What a run of digits is, or None: identity and card numbers prove themselves by their check digits."""
    if len(run) == 18 and _is_identity(run):
        return "身份证号"
    if len(run) == 11 and _MOBILE.fullmatch(run):
        return "手机号"
    return "银行卡号" if 16 <= len(run) <= 19 and run.isdigit() and _is_card(run) else None


def _is_identity(run):
    total = sum(int(digit) * weight for digit, weight in zip(run[:17], _WEIGHTS, strict=True))
    return run[17].upper() == "10X98765432"[total % 11]


def _is_card(run):
    digits = [int(digit) for digit in reversed(run)]
    doubled = (sum(divmod(digit * 2, 10)) for digit in digits[1::2])
    return (sum(digits[::2]) + sum(doubled)) % 10 == 0


@rule("X04", INSPECTION, of_text=True)
def amounts_are_well_written(view):
    """文字里的金额最多两位小数，不写“元元”，一句话里不混用元和万元"""
    for cell, place, text in _texts(view):
        bad = [what for what in _odd(text) if what]
        for what in dict.fromkeys(bad):
            yield found(Level.WARNING, f"“{place}”里{what}，请改正。", [cell], [place])
        if not bad and text:
            yield passed(cell)


def _odd(text):
    if match := _MANY_DECIMALS.search(text):
        yield f"“{match[0]}”的小数多于两位"
    if match := _DOUBLED.search(text):
        yield f"写着“{match[0]}”"
    for sentence in _SENTENCE.findall(text):
        if "万元" in sentence and _MIXED.search(sentence.replace("万元", "万")) and _MIXED.search(sentence):
            yield "一句话里混用元和万元"


RULES = (no_leftovers, years_are_this_and_last, no_personal_data, amounts_are_well_written)
