"""Lists and sheets as texts that people type: back and forth without loss, checked at the field, rows moved."""

import random
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from budget.declare.fields import Choice, Code, Field, Money, Number, Percent, Record, Rows, Text, blank, stored
from budget.declare.records import Form, Listing
from budget.documents import taken
from budget.documents.department_budget.procurement import PROCUREMENT
from budget.documents.department_budget.projects import PROJECTS
from budget.entry.records.draw import GridPage, Page, options_of
from budget.entry.records.grid import rows_of
from budget.entry.records.last_year import emptied
from budget.entry.records.overview import in_order
from budget.entry.records.read import in_unit, read
from budget.entry.records.remarks import remarks, unfinished
from budget.entry.records.rows import act, pasted
from budget.entry.records.typed import CHOSEN, LIST, OTHER, ROWS, offered, posted, shown
from budget.money import WAN, YUAN
from tests.budget.conftest import read_original

FORMS = [form for document in taken() for form in document.forms]
LISTS = [listing for document in taken() for listing in document.listings]
EVERYTHING = [*((form.key, tuple(form.stored())) for form in FORMS),
              *((listing.key, (rows_of(listing),)) for listing in LISTS)]  # fmt: skip
LETTERS = st.text(
    st.characters(codec="utf-8", categories=("L", "N", "P", "Zs"), include_characters='\n\r\t"'), max_size=20
)


def values(declared: Field) -> st.SearchStrategy:
    """Any value that a field may hold."""
    if isinstance(declared, Rows):
        return st.lists(records(declared.fields), max_size=4)
    if isinstance(declared, Money):
        return st.none() | st.decimals(-(10**11), 10**11, places=2)
    if isinstance(declared, Percent):
        return st.none() | st.decimals(-999, 9999, places=2)
    if isinstance(declared, Number):
        return st.none() | st.decimals(-(10**6), 10**10, places=4)
    if isinstance(declared, Choice):
        return st.sampled_from(list(declared.choices))
    return LETTERS.map(lambda text: text or "无") if declared.required else LETTERS


def records(fields: tuple[Field, ...]) -> st.SearchStrategy[Record]:
    return st.fixed_dictionaries({one.key: values(one) for one in stored(fields)})


def as_sent(fields, record, unit, page=None):
    """What a browser sends of a page that shows a record: every field, line ends as browsers send them."""
    typed = offered(fields, shown(fields, record, unit))
    sent = {}
    for one in fields:
        if isinstance(one, Rows):
            sent[f"{one.key}-{ROWS}"] = str(len(typed[one.key]))
            for number, row in enumerate(typed[one.key], 1):
                sent |= {f"{one.key}-{number}-{key}": text for key, text in row.items()}
        elif one.key in typed:
            sent[one.key] = typed[one.key]
    return {name: text.replace("\n", "\r\n") for name, text in sent.items()}


def back(fields, sent, base, unit):
    return read(fields, posted(fields, sent, shown(fields, base, unit)), unit, base)


@pytest.mark.parametrize(("key", "fields"), EVERYTHING)
@given(data=st.data(), unit=st.sampled_from([WAN, YUAN]))
@settings(deadline=None, max_examples=40)
def test_what_is_sent_back_unchanged_is_unchanged(key, fields, data, unit):
    record = data.draw(records(fields))
    answer = back(fields, as_sent(fields, record, unit), record, unit)
    kept = {one.key: [row for row in record[one.key] if any(v not in (None, "") for v in row.values())]
            for one in fields if isinstance(one, Rows)}  # fmt: skip
    assert answer.wrong == {} and answer.record == record | kept


@pytest.mark.parametrize(("key", "fields"), EVERYTHING)
@given(data=st.data(), unit=st.sampled_from([WAN, YUAN]))
@settings(deadline=None, max_examples=30)
def test_any_record_typed_anew_is_that_record(key, fields, data, unit):
    record = data.draw(records(fields))
    answer = back(fields, as_sent(fields, record, unit), blank(fields), unit)
    again = back(fields, as_sent(fields, answer.record, unit), answer.record, unit)
    assert again.record == answer.record or answer.wrong
    amounts = [one.key for one in fields if isinstance(one, Money) and not one.sum_of]
    assert all(answer.record[name] == record[name] for name in amounts)


@pytest.mark.parametrize(
    "name", ["liujiaying-2024.docx", "liujiaying-2024.xlsx", "liujiaying-2024.xls", "wanli-2023.xlsx"]
)
def test_real_files_are_sent_back_unchanged(name):
    entries = read_original(name).entries
    for form in entries.document.forms:
        fields = tuple(form.stored())
        for record in entries.records[form.key]:
            answer = back(fields, as_sent(fields, record, WAN), record, WAN)
            assert (answer.record, answer.wrong) == (record, {})
            assert unfinished(fields, record) == []


@given(st.dictionaries(st.text(max_size=12), st.text(max_size=12), max_size=8))
@settings(deadline=None)
def test_forged_names_are_ignored(forged):
    fields, record = tuple(PROJECTS.stored()), read_original("liujiaying-2024.docx").entries.records["projects"][0]
    names = {one.key for one in fields} | {f"{one.key}-{ROWS}" for one in fields}
    sent = {name: text for name, text in forged.items() if name not in names}
    more = {
        "order": "99",
        "budget": "2",
        "indicators-0-target": "x",
        "indicators-9999-target": "y",
        "projects-1-name": "z",
    }
    assert back(fields, sent | more, record, WAN).record == record


@pytest.mark.parametrize("number", ["-1", "1e9", "９", "99999999999999999999", "x", ""])
def test_a_forged_number_of_rows_costs_nothing(number):
    fields = tuple(PROJECTS.stored())
    typed = posted(fields, {f"indicators-{ROWS}": number}, shown(fields, PROJECTS.blank(), WAN))
    assert len(typed["indicators"]) <= 600


@pytest.mark.parametrize("sent", ['["一"]', "[", "null", '{"a": 1}', "[" * 3000, '["产出指标", 3]', '[["x"], "y"]'])
def test_a_choice_that_is_none_of_ours_is_no_choice(sent):
    fields = tuple(PROJECTS.stored())
    names = {f"indicators-{ROWS}": "1", f"indicators-1-{CHOSEN}": sent, "indicators-1-target": "3个"}
    (row,) = posted(fields, names, {})["indicators"]
    assert (row["level1"], row["level2"], row["target"]) == ("", "", "3个")


# What is wrong is said at its field.


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("amount", "两万", "预算数：“两万”不是数字"),
        ("amount", "1e5", "不是数字"),
        ("amount", "12,34", "不是数字"),
        ("amount", "100000000", "一万亿元以上"),
        ("amount", "0.0000001", "不到一分钱"),
        ("amount", "20元", "单位“万元”不同"),
        ("code", "", "请填写项目编码"),
        ("code", " \u3000", "请填写项目编码"),
        ("name", "", "请填写项目名称"),
        ("name", "长" * 201, "项目名称最多 200 个字，现在有 201 个"),
        ("purpose", "看不见\x07", "不能显示的字符"),
    ],
)
def test_what_cannot_be_is_told_in_one_sentence_at_its_field(name, text, told):
    fields = tuple(PROJECTS.stored())
    typed = shown(fields, PROJECTS.blank() | {"code": "P1", "name": "修路"}, WAN) | {name: text}
    answer = read(fields, typed, WAN, PROJECTS.blank())
    assert list(answer.wrong) == [name] and told in answer.wrong[name] and answer.wrong[name].endswith("。")


def test_what_is_wrong_in_a_row_is_told_at_its_place_on_the_page():
    fields = tuple(PROJECTS.stored())
    typed = shown(fields, PROJECTS.blank() | {"code": "P1", "name": "修路"}, WAN)
    typed["payment_plan"] = [
        {"until": "", "percent": ""},
        {"until": "", "percent": "25"},
        {"until": "6月底", "percent": "半"},
    ]
    typed["indicators"] = [
        dict.fromkeys(("level1", "level2", "level3", "description", "target", "basis"), "") | {"target": "3个"}
    ]
    wrong = read(fields, typed, WAN, PROJECTS.blank()).wrong
    assert list(wrong) == ["payment_plan-2-until", "payment_plan-3-percent", "indicators-1-level1"]


PLAN = [("3月底", 25), ("6月底", 50), ("9月底", 75), ("12月底", 100)]


@pytest.mark.parametrize(
    ("shares", "told"),
    [
        ((25, 50, 75, 100), ""),
        ((25, 50, 75, 90), "最后一期应为 100%，现在是 90%"),
        ((50, 25, 75, 100), "不应下降"),
        ((), ""),
    ],
)
def test_a_plan_rises_to_the_whole(shares, told):
    rows = [{"until": until, "percent": Decimal(share)} for (until, _), share in zip(PLAN, shares, strict=False)]
    said = remarks(tuple(PROJECTS.stored()), PROJECTS.blank() | {"payment_plan": rows}, WAN)
    assert told in said.get("payment_plan", "") and bool(told) == ("payment_plan" in said)


@pytest.mark.parametrize(
    ("amount", "fiscal", "other", "told"),
    [
        (3, 2, 1, ""),
        (3, 3, None, ""),
        (3, None, None, ""),
        (4, 2, 1, "与这里相差 1.00 万元"),
        (None, 2, 1, "这里还空着"),
    ],
)
def test_an_amount_is_compared_with_its_parts(amount, fiscal, other, told):
    values = {"amount": amount, "fiscal_funds": fiscal, "other_funds": other}
    record = PROJECTS.blank() | {k: None if v is None else Decimal(v) * 10000 for k, v in values.items()}
    said = remarks(tuple(PROJECTS.stored()), record, WAN).get("amount", "")
    assert told in said and bool(told) == bool(said)


def test_what_a_record_lacks_is_named():
    lacking = unfinished(tuple(PROJECTS.stored()), PROJECTS.blank() | {"code": "P1", "name": "修路"})
    assert lacking == ["预算数", "资金用途", "资金支出计划", "绩效目标", "绩效指标"]
    indicator = {"level1": "产出指标", "level2": "", "level3": "长度", "description": "", "target": "", "basis": ""}
    rows = PROJECTS.blank() | {"indicators": [indicator | {"target": "3公里"}, indicator]}
    assert unfinished((PROJECTS.field("indicators"),), rows) == ["第 2 行绩效指标的指标值"]


# Rows come, go and move; blocks are put in.

NOTES = Rows("notes", ("摘记",), fields=(Text("word", ("字",)), Text("more", ("又",))))


def moved(what, words="一二三"):
    typed = {"notes": [{"word": word, "more": ""} for word in words]}
    after, focus = act((NOTES,), typed, what)
    return "".join(row["word"] or "_" for row in after["notes"]), focus


@pytest.mark.parametrize(
    ("what", "after", "focus"),
    [
        ("add notes", "一二三___", "notes-4"),
        ("add notes 1", "一_二三", "notes-2"),
        ("remove notes 2", "一三", "notes-2"),
        ("remove notes 3", "一二", "notes-2"),
        ("up notes 3", "一三二", "notes-2"),
        ("up notes 1", "一二三", "notes-1"),
        ("down notes 1", "二一三", "notes-2"),
        ("down notes 3", "一二三", "notes-3"),
        ("remove notes 99", "一二三", "notes"),
        ("remove notes -1", "一二三", "notes"),
        ("remove other 1", "一二三", ""),
        ("format notes 1", "一二三", ""),
        ("", "一二三", ""),
    ],
)
def test_rows_come_go_and_move(what, after, focus):
    assert moved(what) == (after, focus)


@given(st.lists(st.tuples(st.sampled_from(["add", "remove", "up", "down", "own"]), st.integers(-2, 9)), max_size=12))
def test_no_row_is_lost_by_moving(steps):
    typed = {"notes": [{"word": str(n), "more": ""} for n in range(5)]}
    removed = 0
    for verb, number in steps:
        before = len([row for row in typed["notes"] if row["word"]])
        typed, _ = act((NOTES,), typed, f"{verb} notes {number}")
        removed += before - len([row for row in typed["notes"] if row["word"]]) if verb == "remove" else 0
    assert len([row for row in typed["notes"] if row["word"]]) == 5 - removed


def test_a_block_from_excel_is_put_in_whole():
    indicators = PROJECTS.field("indicators")
    block = '产出指标\t数量指标\t道路\t修路长度\t3公里\t设计\n\t质量指标\t"合格\n率"\t验收\t100%\t规范\n'
    first, second = pasted(indicators, block)
    assert list(first.values()) == ["产出指标", "数量指标", "道路", "修路长度", "3公里", "设计"]
    assert (second["level1"], second["level2"], second["level3"]) == ("产出指标", "质量指标", "合格\n率")


def test_a_block_with_headings_is_put_in_by_them_and_sums_are_nobodys():
    rows = rows_of(PROCUREMENT)
    heads = [one.label for one in rows.fields]
    (one,) = pasted(rows, "\t".join(reversed(heads)) + "\n" + "\t".join(str(n) for n in range(len(heads))))
    assert one["institution"] == str(len(heads) - 1) and "total" not in one
    (plain,) = pasted(rows, "\t".join(str(n) for n in range(len(heads))))
    at = [field.key for field in rows.fields].index("general_public_budget")
    assert plain["general_public_budget"] == str(at)


def test_a_pasted_block_takes_the_place_of_rows_that_were_only_begun():
    fields = tuple(PROJECTS.stored())
    typed = offered(fields, shown(fields, PROJECTS.blank(), WAN))
    after, focus = act(fields, typed, "paste indicators", "产出指标\t数量指标\t长度\t\t3公里\t\n")
    assert len(typed["indicators"]) == 6 and [row["target"] for row in after["indicators"]] == ["3公里"]
    assert focus == "indicators-1"


def test_rows_that_were_only_begun_are_not_saved():
    fields = tuple(PROJECTS.stored())
    typed = offered(fields, shown(fields, PROJECTS.blank() | {"code": "P1", "name": "修路"}, WAN))
    typed["indicators"][3]["target"] = "≤2万元"
    record = read(fields, typed, WAN, PROJECTS.blank()).record
    assert record["payment_plan"] == [] and [row["level2"] for row in record["indicators"]] == ["成本指标"]


def test_places_that_are_typed_put_records_in_order():
    assert list(in_order(list("abcd"), ["3", "", "1", "x"])) == list("cabd")
    assert list(in_order(list("abc"), ["2", "2", "1"])) == list("cab")


# What is declared is drawn.


def drawn(records, fields_of=None, **typed):
    fields = tuple(records.stored())
    return Page(records, WAN, shown(fields, records.blank(), WAN) | typed).blocks()


def test_a_new_field_is_drawn_read_and_saved_with_no_other_edit():
    more = (Text("manager", ("负责人",), length=10, required=True), Number("people", ("受益人数",)),
            Choice("kind", ("类别",), choices={"new": "新建", "old": "续建"}))  # fmt: skip
    form = replace(PROJECTS, fields=(*PROJECTS.fields[:6], *more, *PROJECTS.fields[6:]))
    boxes = [box for block in drawn(form) for line in block.lines for box in line]
    assert [(box.label, box.kind) for box in boxes][-3:] == [
        ("负责人", "line"),
        ("受益人数", "number"),
        ("类别", "choice"),
    ]
    fields = tuple(form.stored())
    typed = shown(fields, form.blank(), WAN) | {
        "code": "P",
        "name": "路",
        "manager": "王",
        "people": "1,200",
        "kind": "new",
    }
    answer = read(fields, typed, WAN, form.blank())
    assert not answer.wrong and (answer.record["people"], answer.record["kind"]) == (Decimal(1200), "new")
    wrong = read(fields, typed | {"manager": "", "people": "许多", "kind": "旧"}, WAN, form.blank()).wrong
    assert list(wrong) == ["manager", "people", "kind"]


def test_a_new_list_and_a_new_form_are_drawn_from_their_declarations():
    paid = (Money("a", ("本金",)), Money("b", ("利息",)), Money("all", ("合计",), sum_of=("a", "b")))
    loans = Listing("loans", "借款情况表", "借款", (Text("bank", ("银行",)), *paid))
    row = {"bank": "农商行", "a": "1.5", "b": "0.25"}
    block = GridPage(loans, WAN, {LIST: [row]}).table(rows_of(loans))
    assert block.columns == ["银行", "本金", "利息", "合计"]
    assert [(box.kind, box.text) for box in block.rows[0].boxes][1:] == [
        ("amount", "1.5"),
        ("amount", "0.25"),
        ("sum", "1.75"),
    ]
    assert [box.id for box in block.rows[0].boxes][:2] == ["loans-1-bank", "loans-1-a"]
    own = Rows("days", ("日程",), fields=tuple(Text(key, (name,)) for key, name in (("day", "日期"), ("what", "内容"))))
    named = (Code("no", ("编号",), required=True), Text("place", ("地点",), beside=True))
    form = Form("visits", "考察表", "考察", (*named, own), identity="no", naming="place")
    plain, days = drawn(form)
    assert [[box.label for box in line] for line in plain.lines] == [["编号", "地点"]] and days.columns == [
        "日期",
        "内容",
    ]


def test_levels_are_chosen_and_own_words_stay():
    indicators = PROJECTS.field("indicators")
    row = dict.fromkeys([one.key for one in indicators.fields], "")
    listed = row | {"level1": "产出指标", "level2": "数量指标"}
    own = row | {"level1": "本乡自定", "level2": "特色指标"}
    fields = tuple(PROJECTS.stored())
    typed = shown(fields, PROJECTS.blank(), WAN) | {"indicators": [listed, own]}
    page = Page(PROJECTS, WAN, typed)
    first, second = page.table(indicators).rows
    assert first.boxes[0].kind == "chosen" and not first.own
    assert [box.text for box in second.own] == ["本乡自定", "特色指标"]
    page.words = {"indicators": [("本乡自定", "特色指标")]}
    (_, second) = page.table(indicators).rows
    assert not second.own and second.boxes[0].shown == "本乡自定 · 特色指标"
    assert len(options_of(indicators, [("产出指标", "数量指标"), ("", "")])) == len(indicators.chosen)


def test_other_words_are_asked_for():
    fields = tuple(PROJECTS.stored())
    names = {f"indicators-{ROWS}": "1", f"indicators-1-{CHOSEN}": OTHER, "code": "P1", "name": "路"}
    typed = posted(fields, names, shown(fields, PROJECTS.blank(), WAN))
    answer = read(fields, typed, WAN, PROJECTS.blank())
    assert answer.wrong == {"indicators-1-level1": "请填写一级指标。"}
    (row,) = Page(PROJECTS, WAN, typed, wrong=answer.wrong).table(PROJECTS.field("indicators")).rows
    assert [box.label for box in row.own] == ["一级指标", "二级指标"] and row.own[0].wrong


@given(st.decimals(-(10**9), 10**9, places=2))
@settings(deadline=None)
def test_the_other_unit_says_the_same(amount):
    fields = tuple(PROJECTS.stored())
    typed = shown(fields, PROJECTS.blank() | {"amount": amount}, WAN)
    other = in_unit(fields, typed, WAN, YUAN)
    assert other == shown(fields, PROJECTS.blank() | {"amount": amount}, YUAN)
    assert in_unit(fields, other, YUAN, WAN) == typed


def test_what_is_no_amount_stays_in_the_other_unit():
    fields = tuple(PROJECTS.stored())
    typed = shown(fields, PROJECTS.blank(), WAN) | {"amount": "约两万"}
    assert in_unit(fields, typed, WAN, YUAN)["amount"] == "约两万"


def test_what_is_taken_from_last_year_has_no_amounts():
    record = read_original("liujiaying-2024.docx").entries.records["projects"][0]
    new = emptied(PROJECTS, record)
    assert (new["amount"], new["fiscal_funds"]) == (None, None)
    assert {key: new[key] for key in ("code", "name", "payment_plan", "goals", "indicators")} == {
        key: record[key] for key in ("code", "name", "payment_plan", "goals", "indicators")
    }


def test_large_sheets_are_read_in_time():
    row = dict.fromkeys(("level1", "level2", "level3", "description", "target", "basis"), "长" * 90)
    record = PROJECTS.blank() | {"code": "P1", "name": "路", "indicators": [dict(row) for _ in range(300)]}
    random.Random(1).shuffle(record["indicators"])
    fields = tuple(PROJECTS.stored())
    assert back(fields, as_sent(fields, record, WAN), record, WAN).record == record
