"""The page between choosing a file and saving it: whose it is, what changes, what was read, what stands against it."""

import re
from dataclasses import dataclass

from budget.admin.differences import differences, part_names
from budget.admin.noted import Noted, numbered
from budget.admin.outlook import outlook
from budget.admin.parts import Part, from_form, from_listing, from_reading, from_sections
from budget.checks.wording import few
from budget.drafts.owner import unsettled_kind
from budget.figures.dossier import SECTIONS
from budget.figures.drawn_as_printed import draw_as_printed
from budget.finding import by_level
from budget.intake.identity import KIND, is_taken_for, missing_identity
from budget.intake.problems import NOTHING
from budget.models import Department, Region
from budget.regions import region_name
from budget.text import same_name


@dataclass
class Preview:
    """Everything that the page shows.

    kind: 部门预算 or 单位预算, '' where the file names both or none. missing: what the person is asked for, in
    sentences. version: fingerprint of what is shown, which the confirmation is bound to. meanwhile: what others
    changed in the draft since the file was chosen. changes: what saving would change. noted: what stands
    against the whole budget, as it would be saved. elsewhere: findings that are at no drawn part. lacking:
    names of the parts that the file does not speak of. as_printed: the tables that nothing declares, drawn.
    is_known: whether the draft has this very file and says the same already.
    """

    entries: object
    kind: str
    problems: list
    missing: list
    draft: object
    version: str
    meanwhile: dict
    changes: dict
    notices: list[str]
    parts: list[Part]
    noted: list[Noted]
    elsewhere: list[Noted]
    unmatched: list[str]
    lacking: list[str]
    as_printed: list
    sha256: str
    is_known: bool

    @property
    def may_save(self):
        """Whether nothing keeps the file from being saved."""
        return not self.problems and not self.missing

    @property
    def is_same(self):
        """Whether the draft says the same already."""
        return self.draft is not None and not self.changes

    @property
    def counts(self):
        """[(level's name, how many findings)], without the levels that have none."""
        tally = by_level(one.finding for one in self.noted if not one.blocks)
        return [(level.label, number) for level, number in tally.items() if number]


def preview(staged, reading):
    """The `Preview` of a staged file and its reading."""
    entries, document = reading.entries, reading.document
    ahead = outlook(reading)
    asked = [problem for problem in (*reading.problems, *unsettled_kind(reading)) if problem.rule == KIND]
    wrong = [problem for problem in reading.problems if problem.rule != KIND]
    taken_for = [for_a_form(finding.message) for finding in ahead.findings if is_taken_for(finding)]
    noted = numbered([finding for finding in ahead.findings if finding.rule != KIND], problems=wrong)
    parts = _parts(reading, noted, ahead.listed | entries.names)
    return Preview(
        entries=entries,
        kind="" if asked else document.name,
        problems=[one for one in noted if one.blocks],
        missing=[for_a_form(problem.message) for problem in (*asked, *_missing(reading))],
        draft=ahead.draft,
        version=ahead.version,
        meanwhile=differences(staged.draft, ahead.before, document) if staged.draft else {},
        changes=ahead.changes,
        notices=[*taken_for, *_notices(entries), *_kept_records(ahead)],
        parts=parts,
        noted=noted,
        elsewhere=_elsewhere(noted, parts),
        lacking=_lacking(reading),
        unmatched=reading.unmatched,
        as_printed=[draw_as_printed(table) for table in entries.as_printed],
        sha256=reading.sha256,
        is_known=ahead.adds_nothing,
    )


def _missing(reading):
    """What is not said of whose the file is; of one that holds nothing nobody asks."""
    is_empty = any(problem.rule == NOTHING for problem in reading.problems)
    return [] if is_empty else missing_identity(reading.entries, reading.original)


def for_a_form(sentence):
    """A problem's sentence without the options of the command line."""
    return re.sub(r"（--\w+）|--\w+，", "", sentence)


def _notices(entries):
    """What a person should know about whose budget it is before saying yes."""
    department = Department.objects.filter(region=entries.region, unit=entries.unit).first()
    if department and not same_name(department.name, entries.name):
        yield (
            f"单位编码 {entries.unit} 在系统里是“{department.name}”，文件里写的是“{entries.name}”；"
            "请确认没有选错文件或编码。"
        )
    if department or not (entries.region and entries.unit and entries.name):
        return
    yield f"系统里还没有这个单位，保存时会新建：{entries.unit} {entries.name}。"
    if not Region.objects.filter(code=entries.region).exists():
        name = region_name(entries.region)
        known = f"（{name}）" if name != entries.region else ""
        yield f"系统里还没有区划代码 {entries.region}{known}，保存时会新建；请核对这六位数字。"


def _kept_records(ahead):
    """What the draft has of a form that the file holds others of: only a person can take it away."""
    for form in ahead.reading.document.forms:
        own = {record[form.identity] for record in ahead.reading.entries.records[form.key]}
        kept = [one for one in ahead.whole.entries.records[form.key] if one[form.identity] not in own]
        if own and kept:
            named = few([record[form.naming].strip() for record in kept])
            yield f"现有草稿另有 {len(kept)} 个{form.called}（{named}），文件里没有，仍会保留；不要的请在草稿里删去。"


def _lacking(reading):
    """Titles of the tables, lists and texts that the file does not hold."""
    document, parts = reading.document, reading.entries.parts
    tables = [table.title for table in document.tables if table.key not in reading.tables]
    records = [records.title for records in document.records if records.key not in parts]
    return [*tables, *records, *([] if SECTIONS in parts else [part_names(document)[SECTIONS]])]


def _parts(reading, noted, names):
    entries, document = reading.entries, reading.document
    found = [from_reading(reading.tables[t.key], noted, names) for t in document.tables if t.key in reading.tables]
    found += [from_listing(listing, reading, noted) for listing in document.listings if listing.key in entries.parts]
    found += [from_form(form, entries, noted) for form in document.forms if form.key in entries.parts]
    return found + ([from_sections(entries, noted)] if SECTIONS in entries.parts else [])


def _elsewhere(noted, parts):
    shown = {one.number for part in parts for one in part.noted}
    return [one for one in noted if one.number not in shown and not one.blocks]
