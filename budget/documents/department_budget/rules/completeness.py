"""What must be there, under its right name: tables, sections, codes, years, sign-offs."""

import re
from collections.abc import Iterator
from typing import Any

from budget.cell import Cell
from budget.checks.compare import MISSING, Compared, differs, passed
from budget.checks.view import View
from budget.deadline import DAYS
from budget.declare.fields import Record
from budget.declare.narrative import OWN
from budget.declare.rule import INSPECTION, LAW, REGULATION, rule
from budget.declare.tables import Table
from budget.documents.department_budget.institutions import INSTITUTIONS
from budget.documents.department_budget.procurement import PROCUREMENT
from budget.documents.department_budget.projects import PROJECTS
from budget.documents.department_budget.rules.vocabulary import stated
from budget.documents.department_budget.rules.whose import of_another_kind
from budget.documents.department_budget.tables.t5 import T5
from budget.documents.department_budget.tables.t6 import T6
from budget.documents.department_budget.tables.t7 import T7
from budget.documents.department_budget.tables.t8 import T8
from budget.documents.department_budget.tables.t9 import T9
from budget.finding import Level
from budget.money import YUAN_PER
from budget.text import quoted, same_name

# A word that the note under an empty table must hold: the notes of these five are easily copied from one another.
NOTE_WORDS = {T5.key: "一般公共预算", T6.key: "基本支出", T7.key: "基金", T8.key: "国有资本", T9.key: "三公"}
PROJECT_SECTION = 7  # a section without text of its own where every project has its sheet
_UNIT_BUDGET = re.compile(r"(?<!预算)单位预算")  # 预算单位预算 is the budget of a budget unit, whichever kind it is
# What every text speaks of, whatever its outline, and the words that show it.
REQUIRED = {
    "主要职能": r"职能|职责",
    "机构设置": r"机构设置|内设机构|下设|下属|预算单位",
    "预算收支的总体情况": r"收入预算|支出预算|预算收入|预算支出|总体情况|收支",
    "“三公”经费": r"三公",
    "机关运行经费": r"机关运行经费",
    "政府采购": r"政府采购",
    "国有资产": r"国有资产|固定资产|车辆",
    "绩效目标": r"绩效",
}


@rule("C01", LAW, of_text=True)
def all_tables_are_there(view: View) -> Iterator[Compared]:
    """九张表都在；空表列出并说明原因，有数的表不带空表说明，说明的是本表"""
    if not view.has_file:
        return
    for table in view.document.tables:
        if view.has(table):
            yield _note(view, table)
        elif table.required:
            message = f"缺少表{table.number}《{table.title}》；没有内容也要列出空表并注明。"
            reader = f"公开的文件里没有表{table.number}《{table.title}》。"
            yield differs(Level.ERROR, message, reader=reader, cause=f"missing {table.key}")


def _note(view: View, table: Table) -> Compared:
    """Whether a table with money has no note that it is empty, and one without has a note, and the right one."""
    note, where = view.original.notes.get(table.key, ""), f"表{table.number}《{table.title}》"
    if _has_money(view, table):
        if "空表" in note:
            return differs(Level.WARNING, f"{where}有数，却注明{quoted(note.strip())}；请删去这条注。")
    elif not note:
        return differs(Level.NOTICE, f"{where}是空表，没有说明原因；请在表下注明。")
    elif NOTE_WORDS.get(table.key, "") not in note:
        return differs(Level.WARNING, f"{where}的注{quoted(note.strip())}说的不像是本表；请核对。")
    return passed()


def _has_money(view: View, table: Table) -> bool:
    return any(view.amount(table.cell(row, column)) for row in view.rows(table) for column in view.columns(table))


@rule("C02", INSPECTION, of_text=True)
def year_and_unit_agree(view: View) -> Iterator[Compared]:
    """各表的预算年度、单位名称相同，金额单位说明清楚"""
    entries, original = view.entries, view.original
    yield from _agree("预算年度", original.years, entries.year, Level.ERROR)
    yield from _agree("单位名称", original.names, entries.name, Level.WARNING)


def _agree(what: str, said: dict[Any, str], ours: Any, level: Level) -> Iterator[Compared]:
    """What the file says in several places against what the budget goes by; where that is not known, all of it."""
    if len(said) > 1 and not ours:
        every = "，".join(f"{quoted(place)}写的是 {value}" for value, place in sorted(said.items()))
        yield differs(Level.ERROR, f"文件里的{what}不一致：{every}；请改成一致。", (), said.values())
        return
    for value, place in sorted(said.items()):
        message = f"{quoted(place)}写的{what}是 {value}，与 {ours} 不同，请核对。"
        yield _same(level, message, place, str(ours), str(value))


def _same(level: Level, message: str, place: str, expected: str, actual: str) -> Compared:
    return passed() if same_name(actual, expected) else differs(level, message, (), [place], expected, actual)


@rule("C05", REGULATION, of_text=True)
def sections_are_there(view: View) -> Iterator[Compared]:
    """情况说明十一个部分都在、依次排列、都有内容（第六部分可以写明没有）；按别的提纲写的，该说的都说到"""
    numbers = [section["number"] for section in view.entries.sections]
    if numbers and _is_own_outline(view, numbers):
        yield _what_is_told(view)
        yield from (_section(view, section) for section in view.entries.sections)
    elif numbers:
        yield from _missing_sections(view, numbers)
        yield from (_section(view, section) for section in view.entries.sections)
        yield from _headings(view, numbers)
    elif view.has_file:
        yield MISSING


def _is_own_outline(view: View, numbers: list[int]) -> bool:
    """Whether a text follows another outline than the declared one: headings of its own, and declared ones missing."""
    declared = set(range(1, len(view.document.narrative.titles) + 1))
    return any(number > OWN for number in numbers) and not declared <= set(numbers)


def _what_is_told(view: View) -> Compared:
    """What a text of another outline has to speak of, under whatever heading; the words it explains do not count."""
    texts = [f"{s['title']}\n{s['text']}" for s in view.entries.sections if "名词解释" not in s["title"]]
    whole = "\n".join([view.entries.preamble, *texts])
    missing = [what for what, words in REQUIRED.items() if not re.search(words, whole)]
    if not any("名词解释" in s["title"] for s in view.entries.sections) and "名词解释" not in whole:
        missing.append("名词解释")
    if not missing:
        return passed()
    message = f"情况说明里没有说到{'、'.join(missing)}；请补上，没有这方面内容的也要写明“无”。"
    return differs(Level.WARNING, message, (), (), "、".join(missing), "")


def _missing_sections(view: View, numbers: list[int]) -> Iterator[Compared]:
    for number in range(1, len(view.document.narrative.titles) + 1):
        if number not in numbers:
            yield differs(Level.WARNING, f"情况说明缺少第 {number} 部分，请补上。")


def _headings(view: View, numbers: list[int]) -> Iterator[Compared]:
    if numbers != sorted(numbers):
        yield differs(Level.WARNING, "情况说明的各部分没有依次排列，请调整次序。")
    for message in view.original.headings_missing:
        yield differs(Level.NOTICE, message)


def _section(view: View, section: Record) -> Compared:
    told_elsewhere = section["number"] == PROJECT_SECTION and view.records(PROJECTS)
    cell = stated(section["number"], "text")
    if section["text"].strip() or told_elsewhere:
        return passed(cell)
    message = f"情况说明{quoted(section['title'])}没有文字；没有这方面的内容也要写明“无”。"
    place = f"情况说明{quoted(section['title'])}"
    return differs(Level.WARNING, message, [cell], [place], reader=f"{place}没有文字。")


@rule("C07", INSPECTION)
def units_and_natures_are_plausible(view: View) -> Iterator[Compared]:
    """采购的计量单位合理；机构的性质与名称相符"""
    for number, record in view.numbered(PROCUREMENT):
        yield _measured(view, number, record)
    for number, record in view.numbered(INSTITUTIONS):
        yield _nature(view, number, record)


def _measured(view: View, number: int, record: Record) -> Compared:
    """Clerks write the money unit of the table where the unit of the goods belongs."""
    cell = Cell(PROCUREMENT.key, str(number), "unit")
    if record["unit"] not in YUAN_PER or not record["item"]:
        return passed(cell)
    what = f"政府采购第 {number} 行{quoted(record['item'])}的计量单位"
    message = f"{what}写的是{quoted(record['unit'])}，应是台、个、批等；请核对。"
    return differs(Level.WARNING, message, [cell], [view.place(cell)], "", record["unit"])


def _nature(view: View, number: int, record: Record) -> Compared:
    cell = Cell(INSTITUTIONS.key, str(number), "nature")
    if "事业" not in record["name"] or record["nature"] != "行政":
        return passed(cell)
    message = f"机构设置第 {number} 行{quoted(record['name'])}的单位性质写的是“行政”，名称里是事业；请核对。"
    return differs(Level.WARNING, message, [cell], [view.place(cell)], "事业", record["nature"])


@rule("C09", INSPECTION, of_text=True)
def one_kind_of_budget(view: View) -> Iterator[Compared]:
    """“部门预算”和“单位预算”不混用"""
    text = _whole_text(view)
    told = {kind: len(found) for kind, found in of_another_kind(view).items()}  # X06 has named these
    department = text.count("部门预算") - told.get("部门预算", 0)
    unit = len(_UNIT_BUDGET.findall(text)) - told.get("单位预算", 0)
    if department and unit:
        few = "单位预算" if unit <= department else "部门预算"
        message = f"情况说明里“部门预算”{department} 处、“单位预算”{unit} 处混用；请把{quoted(few)}改成一致的说法。"
        yield differs(Level.WARNING, message)
    elif department or unit:
        yield passed()


def _whole_text(view: View) -> str:
    sections = (section["title"] + section["text"] for section in view.entries.sections)
    return "\n".join([view.entries.preamble, *sections])


@rule("C10", LAW, of_text=True)
def published_in_time(view: View) -> Iterator[Compared]:
    """在财政部门批复后 20 日内公开"""
    approved_on, published_on = view.recorded.approved_on, view.recorded.published_on
    if approved_on is None or published_on is None:
        yield MISSING
        return
    days = (published_on - approved_on).days
    if 0 <= days <= DAYS:
        yield passed(remark=f"批复后第 {days} 天公开")
    else:
        dates = f"{approved_on:%Y-%m-%d} 批复，{published_on:%Y-%m-%d} 公开"
        message = f"{dates}，隔了 {days} 天；应在 {DAYS} 日内公开。"
        yield differs(Level.WARNING, message, (), (), str(DAYS), str(days))


@rule("C11", INSPECTION, of_text=True)
def signed_before_publication(view: View) -> Iterator[Compared]:
    """公开前有保密审查和单位负责人签发的记录（谁、何时）"""
    for signature in (view.recorded.secrecy_review, view.recorded.sign_off):
        yield passed() if signature and all(signature) else MISSING
