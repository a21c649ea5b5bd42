"""Whose a file is: which document, region, unit, name and year, as its titles, headings and project codes say."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TypeVar

from budget.declare.document import Document
from budget.declare.records import Listing
from budget.declare.tables import Table
from budget.documents import DEFAULT, DOCUMENTS, taken
from budget.figures.dossier import Entries, Head, Original
from budget.finding import Finding, Level
from budget.intake.grid import Grid, Paragraph, is_contents_line
from budget.intake.guard import Refused
from budget.intake.preface import Owner, owners, years_in
from budget.intake.problems import problem
from budget.intake.recognise import Recognised, documents_named, own_titles
from budget.text import label, narrow

T = TypeVar("T")

COVER = "封面"
KIND = "R13"
NO_KIND = "文件的标题没有写明是哪一种预算；请在导入时选择（--type）。"
FIRST_PARAGRAPHS = 8  # among which the cover's lines are
LONGEST_LINE = 60

_TITLED = re.compile(
    r"([\u4e00-\u9fff]{2,}(?:人民政府|办事处|委员会|局|办公室|中心|院|站|所|队|会|校|园))20\d\d年度?.{0,4}(?:部门|单位)?预算"
)


@dataclass(frozen=True)
class Given:
    """What a person says where the file does not; '' or None where it does. document: its key.

    otherwise: the key of what a file is taken for whose titles name no kind; '' asks for it.
    """

    region: str = ""
    unit: str = ""
    year: int | None = None
    document: str = ""
    name: str = ""
    otherwise: str = ""


def which_document(grids: list[Grid], texts: list[Paragraph], given: Given) -> tuple[Document, list[Finding]]:
    """(the document, what is to be told): what a person says, else what the titles name.

    Titles that name two kinds, or none, are a problem; where it was said what a file without a kind is taken for, that
    is a notice.

    Raises guard.Refused for a kind that is not taken.
    """
    named = documents_named([*_covers(texts), *_titles(grids)], DOCUMENTS.values())
    kinds = {key: where for key, where in named.items() if not DOCUMENTS[key].refusal}
    if named and not kinds:
        raise Refused(DOCUMENTS[next(iter(named))].refusal)
    if given.document:
        return DOCUMENTS[given.document], []
    if len(kinds) == 1:
        return DOCUMENTS[next(iter(kinds))], []
    if given.otherwise and not kinds:
        return DOCUMENTS[given.otherwise], [Finding(KIND, Level.NOTICE, _taken_for(given.otherwise))]
    return DOCUMENTS[DEFAULT], [problem(KIND, _which(kinds) if kinds else NO_KIND)]


def _covers(texts: list[Paragraph]) -> list[str]:
    return [text.text for text in texts[:FIRST_PARAGRAPHS]]


def _titles(grids: list[Grid]) -> list[str]:
    return [title for grid in grids for title in own_titles(grid)]


def _which(named: dict[str, str]) -> str:
    said = "，".join(f"“{where[:30]}”说是{DOCUMENTS[key].name}" for key, where in named.items())
    return f"看不出是哪一种：{said}；请在导入时选择（--type），或在文件里改成一致的说法。"


def _taken_for(key: str) -> str:
    others = "、".join(document.name for document in taken() if document.key != key)
    return f"文件的标题没有写明种类，按{DOCUMENTS[key].name}读取；如果是{others}，请在导入时选择（--type）。"


def is_taken_for(finding: Finding) -> bool:
    """Whether a finding says what a file was taken for whose titles name no kind."""
    return finding.rule == KIND and finding.level == Level.NOTICE


def is_refused(grid: Grid) -> bool:
    """Whether a grid's own title says that it belongs to a kind of document that is not taken."""
    return any(DOCUMENTS[key].refusal for key in documents_named(own_titles(grid), DOCUMENTS.values()))


@dataclass
class _Heard:
    """What a file says of year and owner, each with the first place that says it.

    Titles, covers and heading lines say it; running text never does: it names other years more often than its own.
    """

    years: dict[int, str] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    codes: dict[str, str] = field(default_factory=dict)

    def head(self) -> Head:
        """The years and names as they are kept."""
        return Head(self.years, self.names)

    def owners(self, found: Iterable[Owner], where: str) -> None:
        """Take what lines say of whose it is; a name counts once, however its brackets and blanks are written."""
        for code, name in found:
            if name and label(name) not in map(label, self.names):
                self.names[name] = where
            if code:
                self.codes.setdefault(code, where)

    def titled(self, title: str, where: str) -> None:
        """Take the year of a title; one that names two years says neither."""
        found = years_in(title)
        if len(found) == 1:
            self.years.setdefault(found.pop(), where)


def identify(
    entries: Entries, original: Original, recognised: list[Recognised], covers: list[str], given: Given, exported: str
) -> None:
    """Set region, unit, name and year: what was given, else what titles, covers and heading lines say with one voice.

    covers: the lines of the file's cover. exported: the region that a workbook of our own names, '' in any other file.
    Where they disagree nothing is set: `missing_identity` asks.
    """
    heard = _heard(recognised, covers)
    entries.unit, entries.name = given.unit or _only(heard.codes) or "", given.name or _only(heard.names) or ""
    entries.region = given.region or _region(entries) or exported
    entries.year = given.year or _only(heard.years)
    original.years, original.names = dict(sorted(heard.years.items())), dict(sorted(heard.names.items()))
    original.heads = _heads(recognised, heard)


def _heads(recognised: list[Recognised], heard: _Heard) -> dict[str, Head]:
    """What each table says alone, and the cover: another file may replace one of them and leave the others."""
    tables = [one for one in recognised if isinstance(one.declared, Table | Listing)]
    heads = {one.declared.key: _heard([one], []).head() for one in tables if one.declared}
    return heads | {COVER: Head(_at_cover(heard.years), _at_cover(heard.names))}


def _at_cover(said: dict[T, str]) -> dict[T, str]:
    return {value: where for value, where in said.items() if where == COVER}


def _heard(recognised: list[Recognised], covers: list[str]) -> _Heard:
    heard = _Heard()
    for one in recognised:
        if isinstance(one.declared, Table | Listing):
            for year in one.preface.years:
                heard.years.setdefault(year, one.grid.name)
            heard.titled(one.title, one.grid.name)
            heard.owners(one.preface.owners, one.grid.name)
    for line in covers:
        if documents_named([line], DOCUMENTS.values()):
            heard.titled(line, COVER)
    heard.owners(owners(covers), COVER)
    if not heard.names:
        heard.owners((("", name) for line in covers if (name := _before_year(line))), COVER)
    return heard


def _before_year(line: str) -> str:
    """The body whose budget a cover's title says it is: `某乡人民政府2024年部门预算公开`."""
    match = _TITLED.match(narrow(line))
    return match[1] if match else ""


def _only(said: dict[T, str]) -> T | None:
    """What is said, when only one thing is."""
    return next(iter(said)) if len(said) == 1 else None


def covers_of(paragraphs: list[Paragraph], recognised: list[Recognised]) -> list[str]:
    """The lines of the cover: the first paragraphs, and what stands in sheets before the first table."""
    first = next((n for n, one in enumerate(recognised) if one.declared), len(recognised))
    sheets = [str(value) for one in recognised[:first] for value in one.grid.values.values() if isinstance(value, str)]
    lines = [*_covers(paragraphs), *sheets]
    return [line for line in lines if len(line) <= LONGEST_LINE and not is_contents_line(line)]


def _region(entries: Entries) -> str:
    """The region that the codes of forms (projects) begin with, when they all begin with the same one."""
    codes = (record[form.identity] for form in entries.document.forms for record in entries.records[form.key])
    regions = {code[:6] for code in codes if code[:6].isdigit()}
    return regions.pop() if len(regions) == 1 else ""


def missing_identity(entries: Entries, original: Original) -> list[Finding]:
    """Problems that keep entries from being saved because it is not said whose they are, or said in two ways."""
    wanted = (
        (entries.year, "R03", _year_asked(original)),
        (entries.name, "R04", _name_asked(original)),
        (entries.unit, "R04", "文件里没有单位编码，请在导入时填写（--unit，例如 909）。"),
        (entries.region, "R04", "文件里看不出属于哪个县，请在导入时填写六位区划代码（--region，例如 130324）。"),
    )
    missing = [problem(rule, message) for value, rule, message in wanted if not value]
    return missing or [problem("R04", message) for message in _wrong_identity(entries)]


def _year_asked(original: Original) -> str:
    if not original.years:
        return "文件里找不到预算年度，请在表头写上“预算年度：2024”，或在导入时填写年度（--year）。"
    return f"文件里的预算年度不一致：{_said(original.years)}；请改成一致，或在导入时填写年度（--year）。"


def _name_asked(original: Original) -> str:
    if not original.names:
        example = "请在表头写上单位编码和名称，例如“909卢龙县刘家营乡人民政府”"
        return f"文件里找不到单位名称，{example}，或在导入时填写（--name）。"
    return f"文件里的单位名称不一致：{_said(original.names)}；请改成一致，或在导入时填写单位名称（--name）。"


def _said(places: dict[T, str]) -> str:
    return "，".join(f"“{where}”写的是 {what}" for what, where in places.items())


def _wrong_identity(entries: Entries) -> Iterator[str]:
    if not re.fullmatch(r"\d{6}", entries.region, re.ASCII):
        yield f"区划代码“{entries.region}”不对，应是六位数字，例如 130324。"
    if not re.fullmatch(r"\d{3,12}", entries.unit, re.ASCII):
        yield f"单位编码“{entries.unit}”不对，应是 3 到 12 位数字，例如 909。"
    if not 2000 <= (entries.year or 0) <= 2099:
        yield f"预算年度“{entries.year}”不对，应是四位年份，例如 2024。"
