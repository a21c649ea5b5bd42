"""The page between choosing a file and saving it: whose it is, what changes, what was read, what stands against it."""

import re
from dataclasses import dataclass

from budget.admin.differences import PART_NAMES, differences, fingerprint, flatten
from budget.admin.draw import Drawn, Mark, numbered
from budget.admin.draw_reading import from_reading
from budget.admin.draw_records import from_listing, from_projects, from_sections
from budget.admin.staging import draft_of, existing
from budget.checks.finding import Level
from budget.checks.ledger import check, findings_of
from budget.facts import PARTS
from budget.intake.identity import missing_identity
from budget.lengths import too_long
from budget.listings import LISTINGS
from budget.models import Department, Region
from budget.regions import region_name
from budget.store import names_for
from budget.tables import TABLES


@dataclass
class Preview:
    """Everything that the page shows.

    version: fingerprint of the draft as shown, which the confirmation is bound to. meanwhile: what others
    changed in the draft since the file was chosen. changes: what saving would change. elsewhere: findings
    that are at no drawn cell's table. lacking: names of the parts that the file does not speak of.
    """

    facts: object
    problems: list
    missing: list
    draft: object
    version: str
    meanwhile: dict
    changes: dict
    notices: list[str]
    drawn: list[Drawn]
    marks: list[Mark]
    elsewhere: list[Mark]
    unmatched: list[str]
    lacking: list[str]
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
        levels = [mark.finding.level for mark in self.marks if not mark.blocks]
        tally = [(level.label, levels.count(level)) for level in Level]
        return [(name, number) for name, number in tally if number]


def preview(staged, reading):
    """The `Preview` of a staged file and its reading."""
    facts = reading.facts
    names = names_for(facts.year or 0) | facts.names
    now = draft_of(facts)
    marks = numbered(_findings(reading, names), problems=[*reading.problems, *too_long(facts)])
    drawn = _drawn(reading, marks, names)
    return Preview(
        facts=facts,
        problems=[m for m in marks if m.blocks],
        missing=[_for_a_form(p) for p in missing_identity(facts)],
        draft=existing(facts),
        version=fingerprint(now),
        meanwhile=differences(staged.draft, now, None),
        changes=_changes(facts, now, names),
        notices=list(_notices(facts)),
        drawn=drawn,
        marks=marks,
        elsewhere=_elsewhere(marks, drawn),
        lacking=[PART_NAMES[part] for part in PARTS if part not in facts.parts],
        unmatched=reading.unmatched,
        sha256=reading.sha256,
    )


def _findings(reading, names):
    """What does not agree, but not that unreadable cells are taken for blank ones."""
    unread = {place for problem in reading.problems for place in problem.places}
    found = [*reading.findings, *findings_of(check(reading.facts, names_for(reading.facts.year or 0)))]
    return [finding for finding in found if not unread.intersection(finding.places)]


def _for_a_form(problem):
    """The problem's sentence without the options of the command line."""
    return re.sub(r"（--\w+）|--\w+，", "", problem.message)


def _changes(facts, now, names):
    """What saving would change: only parts that the file speaks of; names are added, never taken away."""
    new = flatten(facts, names)
    new["names"] = now["names"] | new["names"]
    return differences(now, new, {str(part) for part in facts.parts} | {"names"})


def _notices(facts):
    """What a person should know about whose budget it is before saying yes."""
    department = Department.objects.filter(region=facts.region, unit=facts.unit).first()
    if department and department.name != facts.name:
        yield (
            f"单位编码 {facts.unit} 在系统里是“{department.name}”，文件里写的是“{facts.name}”；"
            "请确认没有选错文件或编码。"
        )
    if department or not (facts.region and facts.unit and facts.name):
        return
    yield f"系统里还没有这个单位，保存时会新建：{facts.unit} {facts.name}。"
    if not Region.objects.filter(code=facts.region).exists():
        name = region_name(facts.region)
        known = f"（{name}）" if name != facts.region else ""
        yield f"系统里还没有区划代码 {facts.region}{known}，保存时会新建；请核对这六位数字。"


def _drawn(reading, marks, names):
    facts = reading.facts
    drawn = [from_reading(reading.tables[t.key], marks, names) for t in TABLES if t.key in reading.tables]
    drawn += [from_listing(listing, facts, marks) for listing in LISTINGS if listing.key in facts.parts]
    drawn += [from_projects(facts, marks)] if "projects" in facts.parts else []
    return drawn + ([from_sections(facts, marks)] if "sections" in facts.parts else [])


def _elsewhere(marks, drawn):
    shown = {mark.number for one in drawn for mark in one.marks}
    return [mark for mark in marks if mark.number not in shown and not mark.blocks]
