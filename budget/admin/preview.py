"""The page between choosing a file and saving it: whose it is, what changes, what was read, what stands against it."""

import re
from dataclasses import dataclass

from budget.admin.as_printed import untouched
from budget.admin.differences import NAMES, differences, fingerprint, flatten, part_names
from budget.admin.noted import Noted, numbered
from budget.admin.parts import Part, from_form, from_listing, from_reading, from_sections
from budget.admin.staging import draft_of, existing
from budget.checks.ledger import check, findings_of
from budget.drafts.load import names_for
from budget.figures.as_printed import AS_PRINTED
from budget.figures.dossier import SECTIONS, parts_of
from budget.figures.drawn_as_printed import draw_as_printed
from budget.finding import Level
from budget.intake.identity import missing_identity
from budget.intake.lengths import too_long
from budget.models import Department, Region
from budget.regions import region_name

WHICH = "R13"  # the problem that a file names two kinds: asked for in the form, like its region


@dataclass
class Preview:
    """Everything that the page shows.

    kind: 部门预算 or 单位预算, '' where the file names both. missing: what the person is asked for, in sentences.
    version: fingerprint of the draft as shown, which the confirmation is bound to. meanwhile: what others
    changed in the draft since the file was chosen. changes: what saving would change. elsewhere: findings
    that are at no drawn part. lacking: names of the parts that the file does not speak of. as_printed: the tables
    that nothing declares, drawn.
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

    @property
    def may_save(self):
        """Whether nothing keeps the file from being saved."""
        return not self.problems and not self.missing

    @property
    def is_same(self):
        """Whether the draft says the same already."""
        return self.draft is not None and not self.changes

    @property
    def is_source(self):
        """Whether this very file is what the draft goes by."""
        return bool(self.draft and self.draft.source and self.draft.source.sha256 == self.sha256)

    @property
    def counts(self):
        """[(level's name, how many findings)], without the levels that have none."""
        levels = [one.finding.level for one in self.noted if not one.blocks]
        tally = [(level.label, levels.count(level)) for level in Level]
        return [(name, number) for name, number in tally if number]


def may_save(reading):
    """Whether nothing keeps what was read from being saved."""
    return not (reading.problems or too_long(reading.entries) or missing_identity(reading.entries, reading.original))


def preview(staged, reading):
    """The `Preview` of a staged file and its reading."""
    entries, document = reading.entries, reading.document
    listed = names_for(entries.year or 0)
    now = draft_of(entries)
    asked = [problem for problem in reading.problems if problem.rule == WHICH]
    wrong = [problem for problem in reading.problems if problem.rule != WHICH]
    noted = numbered(_findings(reading, listed), problems=[*wrong, *too_long(entries)])
    parts = _parts(reading, noted, listed | entries.names)
    return Preview(
        entries=entries,
        kind="" if asked else document.name,
        problems=[one for one in noted if one.blocks],
        missing=[_for_a_form(p) for p in (*asked, *missing_identity(entries, reading.original))],
        draft=existing(entries),
        version=fingerprint(now),
        meanwhile=differences(staged.draft, now, document),
        changes=_changes(entries, now, listed | entries.names),
        notices=list(_notices(entries)),
        parts=parts,
        noted=noted,
        elsewhere=_elsewhere(noted, parts),
        lacking=_lacking(entries),
        unmatched=reading.unmatched,
        as_printed=[draw_as_printed(table) for table in entries.as_printed],
        sha256=reading.sha256,
    )


def _lacking(entries):
    """Names of the parts that the file does not speak of; tables of its own are nobody's to miss."""
    names, expected = part_names(entries.document), parts_of(entries.document)
    return [names[part] for part in expected if part not in {*entries.parts, AS_PRINTED}]


def _findings(reading, listed):
    """What does not agree, but not that unreadable cells are taken for blank ones."""
    unread = {place for problem in reading.problems for place in problem.places}
    found = [*reading.findings, *findings_of(check(reading.dossier, listed))]
    return [finding for finding in found if not unread.intersection(finding.places)]


def _for_a_form(problem):
    """The problem's sentence without the options of the command line."""
    return re.sub(r"（--\w+）|--\w+，", "", problem.message)


def _changes(entries, now, names):
    """What saving would change: only parts that the file speaks of; names are added, never taken away."""
    new = flatten(entries, names)
    new[NAMES] = now[NAMES] | new[NAMES]
    new[AS_PRINTED] = untouched(now[AS_PRINTED], new[AS_PRINTED]) | new[AS_PRINTED]
    return differences(now, new, entries.document, {*entries.parts, NAMES})


def _notices(entries):
    """What a person should know about whose budget it is before saying yes."""
    department = Department.objects.filter(region=entries.region, unit=entries.unit).first()
    if department and department.name != entries.name:
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


def _parts(reading, noted, names):
    entries, document = reading.entries, reading.document
    found = [from_reading(reading.tables[t.key], noted, names) for t in document.tables if t.key in reading.tables]
    found += [from_listing(listing, reading, noted) for listing in document.listings if listing.key in entries.parts]
    found += [from_form(form, entries, noted) for form in document.forms if form.key in entries.parts]
    return found + ([from_sections(entries, noted)] if SECTIONS in entries.parts else [])


def _elsewhere(noted, parts):
    shown = {one.number for part in parts for one in part.noted}
    return [one for one in noted if one.number not in shown and not one.blocks]
