"""What must be there, under its right name: tables, sections, codes, years, sign-offs."""

import re

from budget.checks.compare import MISSING, found, passed
from budget.checks.finding import Level
from budget.checks.rule import CODES, INSPECTION, LAW, REGULATION, rule
from budget.checks.rules.cells import INSTITUTIONS, PROCUREMENT, SECTIONS, T2, T3, T5, T6, T7, T8, T9
from budget.codes import prefixes

NOTE_WORDS = {T5: "一般公共预算", T6: "基本支出", T7: "基金", T8: "国有资本", T9: "三公"}
EMPTY = re.compile(r"空表|无.*(预算|收支)|没有")
FUNCTION_TABLES = (T2, T3, T5, T7, T8)
ITEM_UNITS = {"元", "万元"}
SECTION_COUNT = 11
DAYS = 20


@rule("C01", LAW, of_text=True)
def all_tables_are_there(view):
    """九张表都在；空表列出并说明原因，有数的表不带空表说明，说明的是本表"""
    if not view.has_file:
        return
    for key, table in list(view.tables.items())[:9]:
        if not view.has(key):
            message = f"缺少表{table.number}《{table.title}》；没有内容也要列出空表并注明。"
            yield found(Level.ERROR, message)
        else:
            yield _note(view, key, table)


def _note(view, key, table):
    note = view.facts.notes.get(key, "")
    filled = any(view.amount(key, row, column) for row in view.rows(key) for column in view.columns(key))
    where = f"表{table.number}《{table.title}》"
    if filled and note and EMPTY.search(note) and "空表" in note:
        return found(Level.WARNING, f"{where}有数，却注明“{note.strip()}”；请删去这条注。")
    if not filled and not note:
        return found(Level.NOTICE, f"{where}是空表，没有说明原因；请在表下注明。")
    if not filled and key in NOTE_WORDS and NOTE_WORDS[key] not in note:
        return found(Level.WARNING, f"{where}的注“{note.strip()}”说的不像是本表；请核对。")
    return passed()


@rule("C02", INSPECTION, of_text=True)
def year_and_unit_agree(view):
    """各表的预算年度、单位名称相同，金额单位说明清楚"""
    facts = view.facts
    for year, place in sorted(facts.years.items()):
        if year == facts.year:
            yield passed()
        else:
            message = f"“{place}”写的预算年度是 {year}，与 {facts.year} 不同，请核对。"
            yield found(Level.ERROR, message, (), [place], str(facts.year), str(year))
    for name, place in sorted(facts.departments.items()):
        if name == facts.name:
            yield passed()
        else:
            message = f"“{place}”写的单位是“{name}”，与“{facts.name}”不同，请核对。"
            yield found(Level.WARNING, message, (), [place], facts.name, name)


@rule("C03", CODES)
def codes_go_all_the_way_down(view):
    """功能分类列到项（7 位），基本支出经济分类列到款（5 位），每个科目上面的类、款也列出"""
    for table in FUNCTION_TABLES:
        yield from _codes(view, table, 7, "项")
    yield from _codes(view, T6, 5, "款")


def _codes(view, table, length, name):
    for code in view.leaves(table):
        cell = (table, code, "total")
        if len(code) < length and view.amount(*cell):
            message = f"{view.words(cell)}只列到 {len(code)} 位编码，应列到{name}（{length} 位）；请补上明细科目。"
            yield found(Level.WARNING, message, [cell], [view.place(*cell)])
        else:
            yield passed(cell)
    for code in view.codes(table):
        for above in prefixes(code)[:-1]:
            if above not in view.codes(table):
                message = f"表{view.tables[table].number}有 {code}，却没有它上面的 {above}；请补上这一行。"
                yield found(Level.NOTICE, message, [(table, code, "total")], [view.place(table, code, "total")])


@rule("C04", CODES)
def codes_have_their_names(view):
    """科目编码和名称与当年的科目一致"""
    for table in (T2, T3, T5, T6, T7, T8):
        scheme = view.tables[table].sides[0].rows.facet
        for code in view.codes(table):
            yield _name(view, table, scheme, code)


def _name(view, table, scheme, code):
    cell, listed = (table, code, "total"), view.listed.get((scheme, code))
    printed = view.facts.names.get((scheme, code), listed or "")
    place, where = view.place(*cell), f"表{view.tables[table].number}"
    if listed is None:
        message = f"{where}的科目编码 {code}“{printed}”不在 {view.facts.year} 年的科目里，请核对。"
        return found(Level.WARNING, message, [cell], [place], "", code)
    if printed.removesuffix("支出") == listed.removesuffix("支出"):
        return passed(cell)
    level = Level.ERROR if (scheme, code) in view.listed.confirmed else Level.NOTICE
    message = f"{where}的 {code} 写的是“{printed}”，{view.facts.year} 年的科目是“{listed}”；请核对。"
    return found(level, message, [cell], [place], listed, printed)


@rule("C05", REGULATION, of_text=True)
def sections_are_there(view):
    """情况说明十一个部分都在、依次排列、都有内容（第六部分可以写明没有）"""
    facts = view.facts
    if not facts.sections:
        if view.has_file:
            yield MISSING
        return
    numbers = [section["number"] for section in facts.sections]
    for number in range(1, SECTION_COUNT + 1):
        if number not in numbers:
            yield found(Level.WARNING, f"情况说明缺少第 {number} 部分，请补上。")
    for section in facts.sections:
        yield _section(facts, section)
    if numbers != sorted(numbers):
        yield found(Level.WARNING, "情况说明的各部分没有依次排列，请调整次序。")
    for message in facts.headings_missing:
        yield found(Level.NOTICE, message)


def _section(facts, section):
    told_elsewhere = section["number"] == 7 and facts.projects
    cell = (SECTIONS, str(section["number"]), "text")
    if section["text"].strip() or told_elsewhere:
        return passed(cell)
    message = f"情况说明“{section['title']}”没有文字；没有这方面的内容也要写明“无”。"
    return found(Level.WARNING, message, [cell], [f"情况说明“{section['title']}”"])


@rule("C07", INSPECTION)
def units_and_natures_are_plausible(view):
    """采购的计量单位合理；机构的性质与名称相符"""
    for number, record in enumerate(view.facts.procurement, 1):
        cell = (PROCUREMENT, str(number), "unit")
        if record["unit"] in ITEM_UNITS and record["item"]:
            what = f"政府采购第 {number} 行“{record['item']}”的计量单位"
            message = f"{what}写的是“{record['unit']}”，应是台、个、批等；请核对。"
            yield found(Level.WARNING, message, [cell], [view.place(*cell)], "", record["unit"])
        else:
            yield passed(cell)
    for number, record in enumerate(view.facts.institutions, 1):
        cell = (INSTITUTIONS, str(number), "nature")
        if "事业" in record["name"] and record["nature"] == "行政":
            message = f"机构设置第 {number} 行“{record['name']}”的单位性质写的是“行政”，名称里是事业；请核对。"
            yield found(Level.WARNING, message, [cell], [view.place(*cell)], "事业", record["nature"])
        else:
            yield passed(cell)


@rule("C09", INSPECTION, of_text=True)
def one_kind_of_budget(view):
    """“部门预算”和“单位预算”不混用"""
    texts = [s["title"] + s["text"] for s in view.facts.sections] + [view.facts.preamble]
    department = sum(len(re.findall("部门预算", text)) for text in texts)
    unit = sum(len(re.findall("(?<!预算)单位预算", text)) for text in texts)
    if not department and not unit:
        return
    if department and unit:
        few = "单位预算" if unit <= department else "部门预算"
        yield found(
            Level.WARNING, f"情况说明里“部门预算”{department} 处、“单位预算”{unit} 处混用；请把“{few}”改成一致的说法。"
        )
    else:
        yield passed()


@rule("C10", LAW, of_text=True)
def published_in_time(view):
    """在财政部门批复后 20 日内公开"""
    facts = view.facts
    if facts.approved_on is None or facts.published_on is None:
        yield MISSING
        return
    days = (facts.published_on - facts.approved_on).days
    if 0 <= days <= DAYS:
        yield passed(remark=f"批复后第 {days} 天公开")
    else:
        dates = f"{facts.approved_on:%Y-%m-%d} 批复，{facts.published_on:%Y-%m-%d} 公开"
        message = f"{dates}，隔了 {days} 天；应在 {DAYS} 日内公开。"
        yield found(Level.WARNING, message, (), (), str(DAYS), str(days))


@rule("C11", INSPECTION, of_text=True)
def signed_before_publication(view):
    """公开前有保密审查和单位负责人签发的记录（谁、何时）"""
    for record in (view.facts.secrecy_review, view.facts.sign_off):
        yield passed() if record and all(record) else MISSING


RULES = (
    all_tables_are_there,
    year_and_unit_agree,
    codes_go_all_the_way_down,
    codes_have_their_names,
    sections_are_there,
    units_and_natures_are_plausible,
    one_kind_of_budget,
    published_in_time,
    signed_before_publication,
)
