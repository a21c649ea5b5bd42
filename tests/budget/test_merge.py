"""A budget that comes in pieces: table by table, twice, in any order and unit, over a draft changed by hand."""

import re
from collections import Counter
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache
from random import Random

import pytest

from budget.checks.ledger import check, findings_of
from budget.documents.department_budget import DEPARTMENT_BUDGET
from budget.drafts import save as saving
from budget.drafts.by_hand import said_by
from budget.drafts.door import flatten, now
from budget.drafts.load import load
from budget.drafts.merge import merge
from budget.figures.dossier import Dossier
from budget.figures.line import sort_key
from budget.intake.figures import TableReading
from budget.intake.identity import Given
from budget.intake.read import Reading, read
from budget.models import Budget, Upload
from tests.budget.conftest import ledger, original, read_original
from tests.budget.layouts import in_yuan, open_reference, saved
from tests.budget.people import body
from tests.budget.small import as_printed, small
from tests.rounds import rounds

EXCEL, WORD, WANLI = "liujiaying-2024.xlsx", "liujiaying-2024.docx", "wanli-2023.xlsx"
NINE = 9
GIVEN = Given(region="130324", unit="909", year=2024)
IN_OTHER_FILE = re.compile(r"\[[^]]*\]")


def only(sheets, change=None):
    """A workbook's bytes with these sheets of the reference workbook."""
    book = open_reference()
    if change:
        change(book)
    for name in set(book.sheetnames) - set(sheets):
        del book[name]
    return saved(book)


@lru_cache
def pieces():
    """Each of the nine tables as a file of its own, and one file with all the rest; already read."""
    names = open_reference().sheetnames
    groups = [[name] for name in names[:NINE]] + [names[NINE:]]
    return [read(only(group), GIVEN) for group in groups]


@lru_cache
def pieces_in_yuan():
    """The nine tables, each as if it came alone, in the other unit."""
    whole = read(only(open_reference().sheetnames, in_yuan), GIVEN)
    return [alone(whole, key) for key in whole.tables]


def alone(reading, *keys):
    """What a file would read that held only these tables of another."""
    tables = {key: one for key, one in reading.tables.items() if key in keys}
    lines, findings = reading.document.unfill(reading.document, {key: one.printed for key, one in tables.items()})
    entries = replace(reading.entries, lines=lines, parts={line.book for line in lines}, sections=[])
    figures = [p for p in reading.original.figures if p.cell.table in keys]
    notes = {key: note for key, note in reading.original.notes.items() if key in keys}
    heads = {key: head for key, head in reading.original.heads.items() if key in keys}
    mine = replace(reading.original, figures=figures, notes=notes, heads=heads, lines=lines, places={})
    return replace(reading, entries=entries, original=mine, tables=tables, findings=findings)


def imported(readings, draft=None):
    """The dossier that stays when these files come one after another."""
    for number, reading in enumerate(readings):
        draft = merge(draft, reading).dossier
        draft.original.file = f"{number}.xlsx"
    return draft


def named(dossier, file):
    """The dossier as it is loaded from the database: with the name of its file."""
    return replace(dossier, original=replace(dossier.original, file=file))


def said(dossier):
    """What its rules find, wherever it stands."""
    found = findings_of(check(dossier))
    return Counter((f.rule, f.level, IN_OTHER_FILE.sub("", f.message), f.cells) for f in found)


def as_set(dossier):
    return set(dossier.entries.lines)


@pytest.mark.parametrize("seed", rounds(20, 4))
def test_table_by_table_in_any_order_is_the_whole(seed):
    files = list(pieces())
    Random(seed).shuffle(files)
    dossier, once = imported(files), read_original(EXCEL).dossier
    assert dossier.entries.lines == once.entries.lines
    assert dossier.entries.records == once.entries.records and dossier.entries.dates == once.entries.dates
    assert said(dossier) == said(once)


def test_each_table_twice_in_two_units_is_the_whole():
    files = [*pieces(), *pieces_in_yuan()]
    Random(7).shuffle(files)
    dossier, once = imported(files), read_original(EXCEL).dossier
    assert dossier.entries.lines == once.entries.lines
    assert {rule for rule, *_ in said(dossier)} == {rule for rule, *_ in said(once)}


@pytest.mark.parametrize("seed", rounds(5, 2))
def test_the_tables_of_another_province_too(seed):
    once = read_original(WANLI)
    files = [alone(once, key) for key in once.tables]
    Random(seed).shuffle(files)
    dossier = imported(files)
    assert dossier.entries.lines == once.entries.lines and said(dossier) == said(once.dossier)


@pytest.mark.parametrize("seed", rounds(5, 2))
def test_several_funds_and_money_carried_over_too(seed):
    once = reading_of(small())
    files = [alone(once, table.key) for table in DEPARTMENT_BUDGET.tables]
    Random(seed).shuffle(files)
    assert as_set(imported(files)) == set(once.entries.lines)


def reading_of(dossier):
    """The reading of a file that prints this dossier."""
    tables = {
        table.key: TableReading(
            table,
            table.sheet,
            {printed.cell: printed for printed in dossier.original.of_table(table.key)},
            note=dossier.original.notes[table.key],
        )
        for table in dossier.document.tables
    }
    return Reading(dossier.entries, dossier.original, tables=tables)


ALL = [table.key for table in DEPARTMENT_BUDGET.tables]


@pytest.mark.parametrize("seed", rounds(30, 5))
def test_a_part_of_the_same_file_changes_nothing(seed):
    once = reading_of(small())
    keys = Random(seed).sample(ALL, Random(seed).randint(1, 8))
    again = imported([once, alone(once, *keys)])
    assert again.entries.lines == once.entries.lines
    assert {p.cell: p.amount for p in again.original.figures} == {p.cell: p.amount for p in once.original.figures}


@pytest.mark.parametrize("seed", rounds(30, 5))
def test_no_table_that_a_file_lacks_loses_a_figure(seed):
    """Whatever the file prints, and whatever was changed by hand before."""
    chance = Random(seed)
    draft = changed_by_hand(reading_of(small()).dossier, chance)
    keys = chance.sample(ALL, chance.randint(1, 4))
    merged = merge(draft, alone(reading_of(halved(small(), chance)), *keys))
    own = [f for f in map_facets(draft) if not said_by(DEPARTMENT_BUDGET, f) & {*keys, "t3"} and f.book != "income"]
    assert own and {f: map_facets(draft)[f] for f in own} == {
        f: line for f, line in map_facets(merged.dossier).items() if f in set(own)
    }
    codes = {(f.book, f.function) for f in map_facets(draft) if f.book == "income"}
    if "t2" not in keys:
        assert codes == {(f.book, f.function) for f in map_facets(merged.dossier) if f.book == "income"}
        assert total(draft, "income") == total(merged.dossier, "income")
    for table in DEPARTMENT_BUDGET.tables:
        assert table.key in keys or {p.cell for p in draft.original.of_table(table.key)} <= {
            p.cell for p in merged.original.of_table(table.key)
        }


def map_facets(dossier):
    return {line.facets: line for line in dossier.entries.lines}


def total(dossier, book):
    return sum(line.amount for line in dossier.entries.lines if line.book == book)


def changed_by_hand(dossier, chance):
    """The draft after a person changed a third of its lines."""
    lines = [replace_amount(line, 3) if chance.random() < 0.3 else line for line in dossier.entries.lines]
    return replace(dossier, entries=replace(dossier.entries, lines=lines))


def replace_amount(line, factor):
    return line._replace(amount=line.amount * factor)


def halved(dossier, chance):
    """Another budget that agrees with itself."""
    lines = [replace_amount(line, Decimal("0.5")) if chance.random() < 0.5 else line for line in dossier.entries.lines]
    return as_printed(replace(dossier, entries=replace(dossier.entries, lines=lines)))


class TestByHand:
    """A line that a person changed stays, unless the file holds the table that says it."""

    def change(self, remove="", add=""):
        draft = reading_of(small()).dossier
        lines = [line for line in draft.entries.lines if line not in ledger(remove)] + ledger(add)
        return replace(draft, entries=replace(draft.entries, lines=sorted(lines, key=sort_key)))

    def after(self, draft, *keys, file=None):
        return merge(draft, alone(file or reading_of(small()), *keys))

    def test_three_public_stays_and_its_table_shows_it(self):
        draft = self.change(
            "three_public general_public_budget reception 1.00", "three_public general_public_budget reception 2.00"
        )
        merged = self.after(draft, "t5")
        assert merged.entries.lines == draft.entries.lines
        assert said(replace(merged.dossier, recorded=draft.recorded)) == said(draft)

    def test_its_own_table_takes_it_back(self):
        draft = self.change("three_public general_public_budget reception 1.00")
        assert self.after(draft, "t9").entries.lines == small().entries.lines

    def test_other_money_stays_without_table_3(self):
        draft = self.change(add="spending non_fiscal project 2010302 9.00")
        for keys in (["t5"], ["t2"], ["t1"], ["t4"], ["t6", "t9"]):
            assert self.after(draft, *keys).entries.lines == draft.entries.lines, keys
        assert self.after(draft, "t3").entries.lines == small().entries.lines

    def test_money_moved_to_a_fund_moves_back_with_it(self):
        """Table 5 takes the fund's line back; the other half of the change must not be left hanging."""
        draft = self.change(
            "spending non_fiscal basic 2010350 10.00", "spending general_public_budget basic 2010350 10.00"
        )
        assert self.after(draft, "t9").entries.lines == draft.entries.lines
        assert self.after(draft, "t5").entries.lines == small().entries.lines

    def test_an_income_divided_by_hand_stays_divided(self):
        draft = self.change(
            "income general_public_budget 2010301 100.00",
            "income general_public_budget 2010301 60.00\nincome government_fund 2010301 40.00",
        )
        for keys in (["t7"], ["t1", "t4"], ["t3", "t5"]):
            assert self.after(draft, *keys).entries.lines == draft.entries.lines, keys
        assert self.after(draft, "t2").entries.lines == small().entries.lines

    def test_a_line_below_a_printed_class_keeps_both(self):
        """A file that stops at 款; a person adds an 项 below it."""
        lines = ledger("spending general_public_budget basic 20103 100.00")
        first = reading_of(as_printed(Dossier(replace(small().entries, lines=lines))))
        more = sorted([*lines, *ledger("spending general_public_budget basic 2010301 5.00")], key=sort_key)
        draft = replace(first.dossier, entries=replace(first.entries, lines=more))
        assert merge(draft, alone(reading_of(small()), "t9")).entries.lines[-2:] != []
        assert set(more) <= set(merge(draft, alone(reading_of(small()), "t9")).entries.lines)


class TestTyped:
    """A draft that was typed and never read from a file."""

    def draft(self):
        return replace(small(), original=None)

    @pytest.mark.parametrize("key", ALL)
    def test_a_table_of_it_leaves_the_rest_and_finds_nothing(self, key):
        merged = merge(self.draft(), alone(reading_of(small()), key))
        assert merged.entries.lines == small().entries.lines
        ours = replace(merged.dossier, recorded=small().recorded)
        assert [f.message for f in findings_of(check(ours)) if f.rule == "C01"] == []

    def test_lists_and_then_a_change_by_hand(self):
        """The tables stand as they were typed, whatever is typed later; no line counts twice."""
        lists = replace(alone(reading_of(small())), entries=replace(small().entries, lines=[], parts={"institutions"}))
        draft = self.draft()
        for _ in range(3):
            draft = merge(draft, lists).dossier
            assert {p.cell.table for p in draft.original.figures} == set(ALL)
            assert draft.entries.lines == draft.original.lines == small().entries.lines
        lines = [replace_amount(line, 2) if line.item == "reception" else line for line in draft.entries.lines]
        merged = merge(replace(draft, entries=replace(draft.entries, lines=lines)), lists)
        assert merged.entries.lines == merged.original.lines == lines
        assert not [f for f in findings_of(check(merged.dossier)) if f.rule in ("C01", "T9", "I24", "I26")]

    def test_other_money_stays_when_a_fund_becomes_less(self):
        file = reading_of(halved(small(), Random(1)))
        merged = merge(self.draft(), alone(file, "t5"))
        assert set(ledger("spending non_fiscal basic 2010350 10.00")) <= set(merged.entries.lines)
        again = merge(merged.dossier, alone(reading_of(small()), "t5"))
        assert again.entries.lines == small().entries.lines


class TestOther:
    """What is no table: forms, lists, text; what stands over the tables."""

    def test_a_project_is_a_sheet_of_its_own(self):
        sheets = [name for name in open_reference().sheetnames if name.startswith("绩效")]
        one = read(only(sheets[2:3]), GIVEN)
        merged = merge(read_original(WORD).dossier, one)
        assert merged.entries.records["projects"] == read_original(WORD).entries.records["projects"]
        assert merged.entries.lines == read_original(WORD).entries.lines
        assert merged.entries.sections == read_original(WORD).entries.sections

    def test_a_year_that_was_mended_is_forgotten(self):
        def wrong(book):
            for row in book["三公经费支出表"].iter_rows(max_row=3):
                for cell in row:
                    if isinstance(cell.value, str):
                        cell.value = cell.value.replace("2024", "2023")

        once = read(only(open_reference().sheetnames[:NINE], wrong), GIVEN)
        assert set(once.original.years) == {2023, 2024}
        mended = merge(named(once.dossier, "旧.xlsx"), pieces()[8])
        assert mended.original.years == {2024: "[旧.xlsx]收支总表"}

    def test_a_code_that_the_table_has_no_more_is_gone(self):
        def shorter(book):
            sheet = book["三公经费支出表"]
            for row in sheet.iter_rows(min_row=6):
                for cell in row[2:]:
                    cell.value = None

        merged = merge(read_original(EXCEL).dossier, read(only(["三公经费支出表"], shorter), GIVEN))
        assert not [line for line in merged.entries.lines if line.book == "three_public"]

    def test_a_place_names_the_earlier_file(self):
        merged = merge(named(read_original(EXCEL).dossier, "909.xlsx"), pieces()[8])
        places = {p.cell.table: p.place for p in merged.original.figures}
        assert places["t9"].startswith("三公经费支出表!") and places["t1"].startswith("[909.xlsx]收支总表!")
        again = merge(named(merged.dossier, "三公.xlsx"), pieces()[8])
        assert {p.cell.table: p.place for p in again.original.figures} == places


@pytest.mark.django_db
class TestSaved:
    """The same in the database, one file after another."""

    def test_table_by_table(self):
        files = list(enumerate(pieces()))
        Random(3).shuffle(files)
        for number, reading in files:
            budget = saving.save(reading, b"", f"{number}.xlsx").budget
        stored, once = load(budget), read_original(EXCEL).dossier
        assert stored.entries.lines == once.entries.lines and said(stored) == said(once)

    def test_all_files_again_change_nothing(self):
        for number, reading in enumerate(pieces()):
            saving.save(reading, b"", f"{number}.xlsx")
        before = Budget.objects.values().get()
        for number, reading in enumerate(pieces()):
            assert saving.save(reading, b"", f"{number}.xlsx").changed == ()
        assert Budget.objects.values().get() == before and Upload.objects.count() == NINE + 1

    def test_what_is_shown_before_saving_is_what_is_saved(self):
        budget = saving.save(read_original(EXCEL), original(EXCEL), EXCEL).budget
        shown = merge(load(budget), pieces_in_yuan()[4])
        done = saving.save(pieces_in_yuan()[4], b"", "表5.xlsx")
        assert done.reading == shown and load(done.budget).original == shown.original


# A workbook of nothing but project sheets, many of them.


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("kept", "part"), [("绩效", "projects"), ("政府采购", "procurement"), ("机构设置", "institutions")]
)
def test_sheets_of_one_kind_alone_change_nothing_else(kept, part):
    body("130324")
    budget = saving.save(read_original(EXCEL), original(EXCEL), EXCEL).budget
    before = flatten(now(budget))
    names = [name for name in open_reference().sheetnames if kept in name]
    if part == "projects":
        budget.projects.filter(order__gt=2).delete()
    getattr(budget, part).update(**{DEPARTMENT_BUDGET.list_of(part).naming: "改过的"})
    reading = read(only(names), GIVEN)
    assert len(names) == (18 if part == "projects" else 1) and not [f for f in reading.findings if f.blocks]
    again = saving.save(merge(load(budget), reading), only(names), "一部分.xlsx").budget
    after = flatten(now(again))
    assert again.pk == budget.pk and after.keys() == before.keys()
    assert {one for one in before if before[one] != after[one]} == {"source"}
