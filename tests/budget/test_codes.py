"""Code lists change within a year: which entry a budget follows is decided by its date; old names are known as such."""

import importlib
from datetime import date

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from budget import codes
from budget.checks.ledger import check, findings_of
from budget.codes import Entry, day_of, names_for
from budget.drafts.load import names_for as county_names
from budget.finding import Level
from budget.intake.code_list import Listed, WrongList, read_code_list
from budget.intake.read import read
from budget.models import Code
from budget.official import load_official
from budget.text import name_key, same_name
from tests.budget.layouts import open_reference
from tests.budget.layouts import saved as bytes_of
from tests.budget.small import copy, names, small

NEW_YEAR, FEBRUARY = date(2024, 1, 1), date(2024, 2, 1)
KEY = ("function", "2010302")
BASE = small()


def entry(name, since, until=None, successors=(), confirmed=True):
    return Entry(*KEY, name, since, confirmed, until, successors)


# Which day a budget is of.


@pytest.mark.parametrize(
    ("approved_on", "day"),
    [
        (None, NEW_YEAR),
        (date(2024, 2, 20), date(2024, 2, 20)),
        (date(2023, 12, 28), NEW_YEAR),  # the list of its year holds from the first day
        (date(2042, 2, 20), date(2024, 12, 31)),
    ],
)
def test_a_budget_follows_the_lists_of_its_approval_or_of_the_first_day_of_its_year(approved_on, day):
    assert day_of(2024, approved_on) == day


def test_a_list_that_changes_within_a_year_holds_from_its_day():
    entries = [entry("一般行政事务", date(2020, 1, 1)), entry("一般行政管理事务", FEBRUARY)]
    assert [names_for(day, entries)[KEY] for day in (NEW_YEAR, date(2024, 1, 31), FEBRUARY)] == [
        "一般行政事务", "一般行政事务", "一般行政管理事务"
    ]  # fmt: skip
    assert names_for(FEBRUARY, entries).is_former(KEY, "一般行政事务")
    assert not names_for(NEW_YEAR, entries).is_former(KEY, "一般行政管理事务")


@given(st.permutations([date(2020, 1, 1), date(2022, 1, 1), NEW_YEAR, FEBRUARY]), st.dates(date(2019, 1, 1)))
def test_the_newest_entry_that_has_begun_holds_in_whatever_order_they_stand(days, day):
    held = names_for(day, [entry(f"自{since}", since) for since in days])[KEY]
    assert held == f"自{max((since for since in days if since <= day), default=min(days))}"


def test_a_code_ends_and_others_take_its_place():
    entries = [entry("旧科目", date(2020, 1, 1), FEBRUARY, ("2010303", "2010399"))]
    assert names_for(NEW_YEAR, entries).ended == {}
    ended = names_for(FEBRUARY, entries).ended[KEY]
    assert (ended.on, ended.successors) == (FEBRUARY, ("2010303", "2010399"))


def test_what_is_shipped_has_dates_and_invents_no_change_within_a_year():
    shipped = codes.shipped()
    assert len(shipped) > 500 and all((one.since.month, one.since.day) == (1, 1) for one in shipped)
    assert codes.shipped_names(2024)["function", "210"] == "卫生健康支出"
    assert codes.settled_names(2024) == codes.shipped_names(2024)


# How the rule tells it.


def told(listed, name=None):
    """What C04 tells of the small budget, one finding a code."""
    dossier = copy(BASE)
    if name:
        dossier.entries.names[KEY] = name
    return [f for f in findings_of(check(dossier, listed)) if f.rule == "C04"]


def with_entries(*entries, day=FEBRUARY):
    """The lists of the small budget, with entries of one code in place of its own."""
    base, own = names(), names_for(day, entries)
    listed = codes.Names(base | own)
    listed.confirmed, listed.ended, listed.former = (base.confirmed - {KEY}) | own.confirmed, own.ended, own.former
    return listed


def test_a_code_that_ended_is_told_with_what_took_its_place():
    listed = with_entries(entry("旧科目", date(2020, 1, 1), FEBRUARY, ("2010301",)))
    (finding,) = told(listed, "旧科目")
    assert finding.level == Level.WARNING and len(finding.members) > 2
    assert "科目 2010302“旧科目”自 2024-02-01 起停用，改用“2010301 行政运行”" in finding.message


def test_an_old_name_is_known_as_one():
    listed = with_entries(entry("一般行政事务", date(2020, 1, 1)), entry("一般行政管理事务", FEBRUARY))
    (finding,) = told(listed, "一般行政事务")
    assert finding.level == Level.NOTICE and "是旧称，现在的名称是“一般行政管理事务”" in finding.message


@pytest.mark.parametrize(("confirmed", "level"), [(True, Level.ERROR), (False, Level.NOTICE)])
def test_another_name_is_an_error_only_beside_a_confirmed_one(confirmed, level):
    (finding,) = told(with_entries(entry("一般行政管理事务", NEW_YEAR, confirmed=confirmed)), "另一个名称")
    assert finding.level == level and (finding.expected, finding.found) == ("一般行政管理事务", "另一个名称")


def test_a_class_under_its_old_name_is_read_and_told():
    book = open_reference()
    for sheet in ("收支总表", "财政拨款收支总表", "支出总表"):
        for cell in (cell for row in book[sheet].iter_rows() for cell in row):
            if isinstance(cell.value, str) and "卫生健康支出" in cell.value:
                cell.value = cell.value.replace("卫生健康支出", "医疗卫生与计划生育支出")
    reading = read(bytes_of(book))
    assert reading.problems == []
    assert [(f.rule, f.level, f.found, f.expected) for f in reading.findings] == [
        ("C04", Level.NOTICE, "医疗卫生与计划生育支出", "卫生健康支出")
    ] * 2
    (finding,) = [f for f in findings_of(check(reading.dossier)) if f.rule == "C04" and "210" in f.message]
    assert finding.level == Level.NOTICE and "旧称" in finding.message


# Names: width, brackets, blanks and quotes never make a difference.

WRITTEN = ("政府办公厅（室）及相关机构事务", "“三公”经费", "机关事业单位基本养老保险缴费支出", "A4黑白打印机")
MARKS = st.sampled_from(
    [" ", "　", "\u200b", "“", "”", "'", "(", ")", "（", "）", "〔", "〕", "[", "]", "［", "］", "【", "】"]
)
WIDE = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}


@given(st.sampled_from(WRITTEN), st.lists(st.tuples(st.integers(0, 20), MARKS), max_size=6), st.booleans())
def test_however_a_name_is_set_it_is_the_same_name(name, marks, is_wide):
    other = name.translate(WIDE) if is_wide else name
    for at, mark in marks:
        other = other[:at] + mark + other[at:]
    assert same_name(name, other) and [one for one in WRITTEN if same_name(one, other)] == [name]
    assert name_key(name_key(other)) == name_key(other)


@pytest.mark.parametrize("name", ["一般行政管理事务　", "一般行政管理【事务】", "“一般行政管理”事务"])
def test_a_name_set_otherwise_is_no_finding(name):
    assert told(with_entries(entry("一般行政管理事务", NEW_YEAR)), name) == []


# Loading.

CHANGES = "编码,名称,停用日期,改用编码\n2010302,一般行政管理事务,2024年2月1日,2010303、2010399\n2019988,新设科目,,\n"


def test_a_list_of_changes_names_what_ended_and_what_took_its_place():
    listed = read_code_list(CHANGES.encode(), "function")
    assert listed["2010302"] == Listed("一般行政管理事务", FEBRUARY, ("2010303", "2010399"))
    assert listed["2019988"] == Listed("新设科目")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [("2024年2月1日", "二月", "停用日期“二月”不是日期"), ("2010303、2010399", "20103x", "改用编码“20103x”不对")],
)
def test_a_wrong_change_is_refused_at_its_row(old, new, said):
    with pytest.raises(WrongList) as refusal:
        read_code_list(CHANGES.replace(old, new).encode(), "function")
    assert "第 2 行" in str(refusal.value) and said in str(refusal.value)


@pytest.mark.django_db
def test_changes_within_a_year_are_loaded_from_their_day(tmp_path, capsys):
    path = tmp_path / "changes.csv"
    path.write_text(CHANGES, "utf-8")
    call_command("load_codes", str(path), "--scheme", "function", "--since", "2024-02-01")
    before, after = county_names(2024), county_names(2024, date(2024, 2, 20))
    assert ("function", "2019988") in after.confirmed and Code.objects.get(code="2019988").since == FEBRUARY
    assert before.ended == {} and after.ended[KEY].successors == ("2010303", "2010399")
    assert Code.objects.get(code="2010302").since == NEW_YEAR  # ended, not entered a second time


@pytest.mark.django_db
@pytest.mark.parametrize("when", [(), ("--since", "2024-02-01", "--edition", "2024"), ("--since", "gestern")])
def test_a_list_has_one_day_from_which_it_holds(when, tmp_path):
    path = tmp_path / "codes.csv"
    path.write_text(CHANGES, "utf-8")
    with pytest.raises(CommandError):
        call_command("load_codes", str(path), "--scheme", "function", *when)


@pytest.mark.django_db
def test_a_code_holds_once_from_a_day_and_ends_after_it():
    for wrong in ({"since": NEW_YEAR}, {"since": FEBRUARY, "until": FEBRUARY}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Code.objects.create(scheme="function", code="2010302", name="重复", **wrong)


@pytest.mark.django_db
def test_loading_again_confirms_and_renames_from_the_same_day():
    loaded = load_official("function", NEW_YEAR, {"2010303": Listed("机关后勤服务")})
    assert (loaded.new, loaded.renamed) == (0, 1)
    assert county_names(2024)["function", "2010303"] == "机关后勤服务"


@pytest.mark.django_db
def test_what_an_update_ships_is_added_and_what_the_county_corrected_stays():
    Code.objects.filter(code="2010302").delete()
    Code.objects.filter(code="2010301").update(name="行政的运行", confirmed=False)
    Code.objects.filter(code="2010399").update(confirmed=False)
    importlib.import_module("budget.migrations.0007_code_dates").load(apps, None)
    kept = dict(Code.objects.filter(code__startswith="20103").values_list("code", "confirmed"))
    assert kept["2010302"] and kept["2010399"] and not kept["2010301"]
    assert Code.objects.get(code="2010301").name == "行政的运行"
