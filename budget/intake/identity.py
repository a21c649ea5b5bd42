"""Whose a file is: which document, region, unit, name and year, as its titles, headings and project codes say."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from budget.declare.document import Document
from budget.documents import DEFAULT, DOCUMENTS
from budget.figures.dossier import Entries, Head, Original
from budget.finding import Finding
from budget.intake.grid import Grid, Paragraph
from budget.intake.guard import Refused
from budget.intake.preface import TITLE_YEAR, Owner, Preface
from budget.intake.problems import problem
from budget.intake.recognise import Recognised, documents_named, own_titles
from budget.text import narrow

T = TypeVar("T")

COVER = 8  # the first paragraphs of a Word document, among which its cover's title is


@dataclass(frozen=True)
class Given:
    """What a person says where the file does not; '' or None where it does. document: its key."""

    region: str = ""
    unit: str = ""
    year: int | None = None
    document: str = ""


def which_document(grids: list[Grid], texts: list[Paragraph], given: str) -> tuple[Document, list[Finding]]:
    """(the document, problems): what a person says, else what the titles name, else the default.

    Raises guard.Refused for a kind that is not taken.
    """
    named = documents_named([*_covers(texts), *_titles(grids)], DOCUMENTS.values())
    taken = {key: where for key, where in named.items() if not DOCUMENTS[key].refusal}
    if named and not taken:
        raise Refused(DOCUMENTS[next(iter(named))].refusal)
    if given:
        return DOCUMENTS[given], []
    problems = [problem("R13", _which(taken))] if len(taken) > 1 else []
    return DOCUMENTS[DEFAULT if problems else next(iter(taken), DEFAULT)], problems


def _covers(texts: list[Paragraph]) -> list[str]:
    return [text.text for text in texts[:COVER]]


def _titles(grids: list[Grid]) -> list[str]:
    return [title for grid in grids for title in own_titles(grid)]


def _which(named: dict[str, str]) -> str:
    said = "，".join(f"“{where[:30]}”说是{DOCUMENTS[key].name}" for key, where in named.items())
    return f"看不出是哪一种：{said}；请在导入时选择（--type），或在文件里改成一致的说法。"


def is_refused(grid: Grid) -> bool:
    """Whether a grid's own title says that it belongs to a kind of document that is not taken."""
    return any(DOCUMENTS[key].refusal for key in documents_named(own_titles(grid), DOCUMENTS.values()))


class _Heard:
    """What the grids and the text say of year and owner, how often, and which grid said it first."""

    def __init__(self, recognised: list[Recognised], texts: Iterable[Paragraph]):
        self.years, self.titled, self.owners = Counter[int](), Counter[int](), Counter[Owner]()
        self.year_places: dict[int, str] = {}
        self.name_places: dict[str, str] = {}
        for one in recognised:
            self._hear(one.preface, one.grid.name)
        self.titled.update(int(match[1]) for text in texts if (match := TITLE_YEAR.search(narrow(text.text))))

    def _hear(self, above: Preface, sheet: str) -> None:
        if above.year:
            self.years[above.year] += 1
            self.year_places.setdefault(above.year, sheet)
        if above.titled_year:
            self.titled[above.titled_year] += 1
        if above.owner:
            self.owners[above.owner] += 1
            self.name_places.setdefault(above.owner[1], sheet)


def identify(
    entries: Entries,
    original: Original,
    recognised: list[Recognised],
    texts: Iterable[Paragraph],
    given: Given,
    exported: str,
) -> None:
    """Set region, unit, name and year: what was given, else what the file's own headings say.

    exported: the region that a workbook of our own names, '' in any other file.
    """
    heard = _Heard(recognised, texts)
    code, name = _most_common(heard.owners) or ("", "")
    entries.unit, entries.name = given.unit or code, name
    entries.region = given.region or _region(entries) or exported
    entries.year = given.year or _most_common(heard.years) or _most_common(heard.titled)
    original.years, original.names = dict(sorted(heard.year_places.items())), dict(sorted(heard.name_places.items()))
    original.heads = {one.declared.key: _head(one) for one in recognised if one.declared}


def _head(one: Recognised) -> Head:
    """What a grid says of itself, kept apart from the others: another file may replace this one alone."""
    return Head(one.grid.name, one.preface.year, (one.preface.owner or ("", ""))[1])


def _most_common(counter: Counter[T]) -> T | None:
    return counter.most_common(1)[0][0] if counter else None


def _region(entries: Entries) -> str:
    """The region that the codes of forms (projects) begin with, when they all begin with the same one."""
    codes = (record[form.identity] for form in entries.document.forms for record in entries.records[form.key])
    regions = {code[:6] for code in codes if code[:6].isdigit()}
    return regions.pop() if len(regions) == 1 else ""


def missing_identity(entries: Entries) -> list[Finding]:
    """Problems that keep entries from being saved because it is not said whose they are, or said wrongly."""
    wanted = (
        (entries.year, "R03", "文件里找不到预算年度，请在表头写上“预算年度：2024”，或在导入时填写年度（--year）。"),
        (entries.name, "R04", "文件里找不到单位名称，请在表头写上单位编码和名称，例如“909卢龙县刘家营乡人民政府”。"),
        (entries.unit, "R04", "文件里没有单位编码，请在导入时填写（--unit，例如 909）。"),
        (entries.region, "R04", "文件里看不出属于哪个县，请在导入时填写六位区划代码（--region，例如 130324）。"),
    )
    missing = [problem(rule, message) for value, rule, message in wanted if not value]
    return missing or [problem("R04", message) for message in _wrong_identity(entries)]


def _wrong_identity(entries: Entries) -> Iterator[str]:
    if not re.fullmatch(r"\d{6}", entries.region, re.ASCII):
        yield f"区划代码“{entries.region}”不对，应是六位数字，例如 130324。"
    if not re.fullmatch(r"\d{3,12}", entries.unit, re.ASCII):
        yield f"单位编码“{entries.unit}”不对，应是 3 到 12 位数字，例如 909。"
    if not 2000 <= (entries.year or 0) <= 2099:
        yield f"预算年度“{entries.year}”不对，应是四位年份，例如 2024。"
