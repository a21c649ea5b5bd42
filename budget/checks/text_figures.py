"""Amounts in the narrative: what each is said to be, read from the words before it; what is not read is counted.

A claim is an amount with its meaning: `figures_of(view)` gives {meaning: Claim}; `changes_of` the changes on last
year, `project_list` the projects that the text lists, `unread` the sentences whose amounts nobody understood.
"""

import re
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from budget.money import YUAN_PER
from budget.text import narrow

_AMOUNT = r"([-+−]?\d[\d,]*(?:\.\d+)?)\s*(万元|亿元|元)"
_UNITS = YUAN_PER | {"亿元": Decimal(100_000_000)}
_FIGURE = re.compile(_AMOUNT)
_SENTENCE = re.compile(r"[^。！？\n]+[。！？]?")
_CLAUSE = re.compile(r"[，；;。：:、]|[（(](?!境)")
_FILLER = re.compile(r"(为|是|共计|共|合计|总额为?|总计|预算数?为?|预算安排|安排|金额为?|约)+$")
_CHANGE = re.compile(r"(增加|增长|上升|减少|下降|降低)(了)?$")
_COMPARED_WITH = re.compile(r"^(主要为|主要是)?(较|比|与|同).*(年|预算|相比|年度)$")
_PERCENT = re.compile(r"(增加|增长|上升|减少|下降|降低)(?:了)?\s*(\d+(?:\.\d+)?)\s*%")
_UP = ("增加", "增长", "上升")
_ITEM = re.compile(r"([^；;，,。：:\d][^；;：:]*?)\s*(\d+(?:\.\d+)?)\s*(万元|元)?(?=未使用|$|[；;。])")
_SPENT_ON = re.compile(r"项目支出\s*[\d.,]+\s*万元[，,]?(?:其中)?主要(?:为|是|用于)[：:]?(.+?)(?=$|。|\n)", re.S)

# meaning: (which sections, by a word of their titles; the words right before the amount)
MEANINGS = {
    "general_public_budget": ("总体情况", r"一般公共预算(财政)?(拨款)?(收入)?$"),
    "government_fund": ("总体情况", r"(政府性)?基金预算(财政)?(拨款)?(收入)?$"),
    "state_capital": ("总体情况", r"国有资本经营预算(财政)?(拨款)?(收入)?$"),
    "special_account": ("总体情况", r"财政专户(核拨|管理资金)?(收入)?$"),
    "own_funds": ("总体情况", r"单位资金(收入)?$"),
    "carried_over": ("总体情况", r"上年结转(结余|和结余)?$"),
    "income": ("总体情况", r"(预算收入|收入预算|收入总计)$"),
    "spending": ("总体情况", r"(预算支出|支出预算|支出总计)$"),
    "both": ("总体情况", r"(预算)?收支(预算)?$"),
    "basic": ("总体情况", r"(?<!上年)基本支出$"),
    "staff": ("总体情况", r"人员经费$"),
    "running": ("总体情况", r"(日常)?公用经费$"),
    "project": ("总体情况", r"项目支出$"),
    "agency_operating_cost": ("机关运行", r"机关运行经费$"),
    "three_public": ("三公", r"[“\"]?三公[”\"]?经费$"),
    "abroad": ("三公", r"因公出国(\(境\)|（境）)?(费用?|经费)?$"),
    "vehicles": ("三公", r"公务用车购置(及|和)(运维|运行维护|运行)费?$"),
    "vehicle_purchase": ("三公", r"公务用车购置费?$"),
    "vehicle_running": ("三公", r"公务用车(运维|运行维护|运行)费?$"),
    "reception": ("三公", r"公务接待费?$"),
    "planned_assets": ("国有资产", r"购置固定资产$"),
    "assets_total": ("国有资产", r"固定资产$|资产总额$"),
}


class Claim(NamedTuple):
    """An amount in yuan that the text states; step is its last printed place. where: its place in words."""

    amount: Decimal
    step: Decimal
    section: str
    where: str
    sentence: str


class Change(NamedTuple):
    """A change on last year that the text states. subject: a meaning; amount in yuan, negative for less."""

    subject: str
    amount: Decimal
    percent: Decimal | None
    section: str
    where: str
    sentence: str


class Text(NamedTuple):
    """Everything that was understood of a narrative."""

    claims: dict
    changes: tuple
    unread: tuple


def figures_of(view):
    """{meaning: the first Claim of it}."""
    return _read(_key(view)).claims


def changes_of(view):
    """All `Change`s, in the order of the text."""
    return _read(_key(view)).changes


def unread(view):
    """[(place, sentence)] of sentences with amounts of which none was understood."""
    return _read(_key(view)).unread


def _key(view):
    return tuple((s["number"], s["title"], s["text"]) for s in view.facts.sections)


@lru_cache(maxsize=32)
def _read(sections):
    claims, changes, unread_ = {}, [], []
    for number, title, text in sections:
        subject = ""
        for sentence in _SENTENCE.findall(text):
            understood, subject = _sentence(sentence, str(number), title, claims, changes, subject)
            if _FIGURE.search(sentence) and not understood and number < 10:
                unread_.append((where(number), sentence.strip()))
    return Text(claims, tuple(changes), tuple(unread_))


def where(number):
    """A section in words."""
    numerals = "零一二三四五六七八九十"
    return f"情况说明第{numerals[int(number)] if int(number) <= 10 else '十一'}部分"


def _sentence(sentence, section, title, claims, changes, subject):
    understood = 0
    if "三公" in title:
        subject = "three_public"
    for match in _FIGURE.finditer(sentence):
        before = narrow(_CLAUSE.split(sentence[: match.start()])[-1])
        amount, step = _value(match)
        place = where(section)
        if change := _CHANGE.search(before):
            about = before[: change.start()]
            said = _meaning(title, about) or (subject if _COMPARED_WITH.search(about) or not about else "")
            sign = 1 if change[1] in _UP else -1
            changes.append(Change(said, sign * amount, None, section, place, sentence.strip()))
            understood += 1
        elif meaning := _meaning(title, before):
            claims.setdefault(meaning, Claim(amount, step, section, place, sentence.strip()))
            subject = meaning if meaning in ("both", "income", "spending", "three_public") else subject
            understood += 1
    for match in _PERCENT.finditer(sentence):
        sign = 1 if match[1] in _UP else -1
        before = narrow(_CLAUSE.split(sentence[: match.start()])[-1])
        about = _meaning(title, before) or subject
        changes.append(Change(about, None, sign * Decimal(match[2]), section, where(section), sentence.strip()))
    return understood or _listed(sentence), subject


def _listed(sentence):
    return len(_ITEM.findall(sentence)) if "项目" in sentence else 0


def _value(match):
    digits = match[1].replace(",", "").replace("−", "-")
    places = len(digits.partition(".")[2])
    unit = _UNITS[match[2]]
    return Decimal(digits) * unit, unit / 10**places


def _meaning(title, before):
    """What the amount after these words is, or ''."""
    before = re.sub(r"^(其中|用于|反映)", "", before)
    bare = _FILLER.sub("", before)
    for meaning, (section, words) in MEANINGS.items():
        if section in title and (re.search(words, bare) or re.search(words, before)):
            return meaning
    return ""


def project_list(view):
    """([(name, amount in yuan or None for an unreadable unit)], place) of the projects that the text lists."""
    for section in view.facts.sections:
        if match := _SPENT_ON.search(section["text"]):
            items = [(_name(name), Decimal(digits) * _UNITS[unit or "万元"]) for name, digits, unit in _items(match[1])]
            return items, where(section["number"])
    return [], ""


def _items(text):
    for part in re.split(r"[；;]", text):
        if match := re.match(r"^(.*?)(\d+(?:\.\d+)?)(万元|元)?(未使用)?[。，,]?$", part.strip(), re.S):
            yield match[1], match[2], match[3]


def _name(text):
    return re.sub(r"^(上年结转|其中)[，,：:]?", "", narrow(text)).strip("，,：: ")
