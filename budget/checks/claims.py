"""Amounts in the text: what each is said to be, read from the words before it; what is not read is counted.

A claim is an amount with its meaning: `claims_of(entries)` gives {meaning: Claim}; `changes_of` the changes on last
year, `project_list` the projects that the text lists, `unread` the sentences whose amounts nobody understood. What
there is to mean is declared in the document's narrative.
"""

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

from budget.cell import Cell
from budget.checks.items import is_item
from budget.checks.naming import CHANGE, LISTED, section_in_words
from budget.checks.passages import Passage, Texts, read_passages, texts_of
from budget.checks.statements import UNITS, spot, statements_in
from budget.declare.narrative import OWN, Meaning, Narrative
from budget.figures.dossier import SECTIONS, Entries
from budget.money import CENT
from budget.text import narrow

_FIGURE = re.compile(r"([-+−]?\d[\d,]*(?:\.\d+)?)\s*(万元|亿元|元)")
_SENTENCE = re.compile(r"[^。！？\n]+[。！？]?")
_CLAUSE = re.compile(r"[，；;。：:、]|[（(](?!境)")  # the bracket of 因公出国（境）费 opens no clause
_FILLER = re.compile(r"(为|是|共计|共|合计|总额为?|总计|预算数?为?|预算安排|安排|金额为?|约)+$")
_CHANGE = re.compile(r"(增加|增长|上升|减少|下降|降低)(了)?$")
# 较上年, 比2023年预算: names the year compared with, so that what has changed was said before.
_COMPARED_WITH = re.compile(r"^(主要为|主要是)?(较|比|与|同).*(年|预算|相比|年度)$")
_GOES_ON = re.compile(r"^\s*(?:与|比|较|同|和)(?:\d{4}\s*年|上年|上一年|去年)")
_PERCENT = re.compile(r"(增加|增长|上升|减少|下降|降低)(?:了)?\s*(\d+(?:\.\d+)?)\s*%")
_UP = ("增加", "增长", "上升")
# A project and its amount in a list that names the unit once, or never: 修路3.00万元；办公2.00。
_ITEM = re.compile(r"([^；;，,。：:\d][^；;：:]*?)\s*(\d[\d,]*(?:\.\d+)?)\s*(万元|元)?(?=未使用|$|[；;。])")
_OF_WHICH = re.compile(r"^(其中|用于|反映)")
# The list itself: 项目支出75.00万元，主要为…; a unit that it leaves out is 万元, that of the sum before it.
_SPENT_ON = re.compile(r"项目支出\s*[\d.,]+\s*万元[，,]?(?:其中)?主要(?:为|是|用于)[：:]?(.+?)(?=$|。|\n)", re.S)


class Claim(NamedTuple):
    """An amount in yuan that the text states; step is its last printed place. where: its place in words."""

    amount: Decimal
    step: Decimal
    section: str
    where: str
    sentence: str
    meaning: str = ""

    @property
    def cell(self) -> Cell:
        """The address of the amount in the text."""
        return Cell(SECTIONS, self.section, self.meaning)


class Change(NamedTuple):
    """A change on last year that the text states. subject: a meaning; amount in yuan, negative for less.

    spot: where its percentage stands.
    """

    subject: str
    amount: Decimal | None
    percent: Decimal | None
    section: str
    where: str
    sentence: str
    spot: str = ""

    @property
    def cell(self) -> Cell:
        """The address of the change in the text."""
        return Cell(SECTIONS, self.section, f"{CHANGE}{self.subject or 'unknown'}")


class Understood(NamedTuple):
    """Everything that was understood of a narrative."""

    claims: dict[str, Claim]
    changes: tuple[Change, ...]
    unread: tuple[tuple[str, str], ...]


class Listed(NamedTuple):
    """The projects that a section lists: (name, amount in yuan) each; where it stands."""

    items: list[tuple[str, Decimal]]
    section: str
    title: str = ""

    @property
    def where(self) -> str:
        """The section in words."""
        return section_in_words(self.section, self.title) if self.section else ""

    @property
    def cell(self) -> Cell:
        """The address of their sum."""
        return Cell(SECTIONS, self.section, LISTED)


def claims_of(entries: Entries) -> dict[str, Claim]:
    """{meaning: the first Claim of it}."""
    return _understood(entries).claims


def changes_of(entries: Entries) -> tuple[Change, ...]:
    """All `Change`s, in the order of the text."""
    return _understood(entries).changes


def unread(entries: Entries) -> tuple[tuple[str, str], ...]:
    """[(place, sentence)] of sentences with amounts of which none was understood."""
    return _understood(entries).unread


def claim_at(entries: Entries, cell: Cell) -> Claim | None:
    """The amount that the text states at an address, the sum of the listed projects included; None without one."""
    if cell.column == LISTED:
        listed = project_list(entries)
        whole = sum((amount for _, amount in listed.items), Decimal(0))
        return Claim(whole, CENT, cell.row, listed.where, "", LISTED) if listed.section == cell.row else None
    claim = claims_of(entries).get(cell.column)
    return claim if claim and claim.section == cell.row else None


def _understood(entries: Entries) -> Understood:
    return _read(texts_of(entries), entries.document.narrative)


@lru_cache(maxsize=32)  # a dozen rules ask about the same text
def _read(sections: Texts, narrative: Narrative) -> Understood:
    read = [_Section(narrative).read(read_passages((section,))) for section in sections]
    claims: dict[str, Claim] = {}
    for claim in chain.from_iterable(section.claims for section in read):
        claims.setdefault(claim.meaning, claim)
    changes = chain.from_iterable(section.changes for section in read)
    sentences = chain.from_iterable(section.unread for section in read)
    return Understood(claims, tuple(changes), tuple(sentences))


@lru_cache(maxsize=256)
def _meanings_under(narrative: Narrative, headings: str) -> tuple[tuple[str, Meaning], ...]:
    """What amounts under these headings may mean."""
    return tuple((key, one) for key, one in narrative.meanings.items() if re.search(one.section, headings))


class _Section:
    """Reads a section sentence by sentence, each amount by the words before it and the meanings of the narrative.

    subject: what was spoken of last, for a change that does not say of what it is one. items: the meanings of the
    amounts of a sentence so far. changed: (where, subject) of its changes.
    """

    def __init__(self, narrative: Narrative):
        self.narrative = narrative
        self.subject = ""
        self.items: list[str] = []
        self.changed: list[tuple[int, str]] = []
        self.claims: list[Claim] = []
        self.changes: list[Change] = []
        self.unread: list[tuple[str, str]] = []

    def read(self, passages: tuple[Passage, ...]) -> "_Section":
        """The section, read."""
        for passage in passages:
            self.items = []
            if not is_item(passage):  # those are held to the tables by their codes
                self._passage(passage)
        return self

    def _passage(self, passage: Passage) -> None:
        self.passage, self.number, self.place = passage, passage.section, passage.place
        self.meanings = _meanings_under(self.narrative, passage.headings)
        topic = "three_public" if "三公" in passage.headings else ""
        for sentence in _SENTENCE.findall(passage.written):
            self.subject = topic or self.subject  # each sentence there is about them until it names another
            understood = self._understands(sentence)
            if not understood and self._states_figures() and not any(statements_in(passage)):
                self.unread.append((self.place, sentence.strip()))

    def _states_figures(self) -> bool:
        return int(self.number) <= self.narrative.figures_until or int(self.number) > OWN

    def _understands(self, sentence: str) -> bool:
        """Whether one of the amounts in a sentence is understood, or there is none."""
        self.changed = []
        # 接待费1.00万元。比上年减少0.50万元: the one amount before is what is compared; after a list, it is the whole.
        self.items = self.items[-1:] if len(self.items) == 1 and _GOES_ON.match(sentence) else []
        understood = [self._amount(sentence, match) for match in _FIGURE.finditer(sentence)]
        for match in _PERCENT.finditer(sentence):  # after the amounts: they say what grew by so much
            self._percent(sentence, match)
        return any(understood) or not understood or _lists_projects(sentence)

    def _amount(self, sentence: str, match: re.Match[str]) -> bool:
        """Take an amount as a change or as a claim; whether it could be."""
        before, (amount, step) = _before(sentence, match), _value(match)
        if change := _CHANGE.search(before):
            subject = self._changed(before[: change.start()])
            self.changed.append((match.start(), subject))
            self._change(subject, amount * _sign(change), None, sentence)
            return True
        meaning = self._meaning(before)
        self.items.append(meaning)
        if meaning:
            self.claims.append(Claim(amount, step, self.number, self.place, sentence.strip(), meaning))
        if meaning in self.narrative.subjects:
            self.subject = meaning
        return bool(meaning)

    def _percent(self, sentence: str, match: re.Match[str]) -> None:
        subject = self._meaning(_before(sentence, match)) or self._grown(match.start())
        self._change(subject, None, Decimal(match[2]) * _sign(match), sentence, spot(sentence, match.end()))

    def _grown(self, at: int) -> str:
        """What a bare percentage at a place of the sentence speaks of: what was just said to change, if anything."""
        return next((subject for where, subject in reversed(self.changed) if where < at), self._spoken_of())

    def _spoken_of(self) -> str:
        """What a bare change is one of: the amount just named, in its sentence; of none, what was spoken of before."""
        return self.items[-1] if self.items else self.subject

    def _change(
        self, subject: str, amount: Decimal | None, percent: Decimal | None, sentence: str, where: str = ""
    ) -> None:
        self.changes.append(Change(subject, amount, percent, self.number, self.place, sentence.strip(), where))

    def _changed(self, about: str) -> str:
        """What a change is a change of: what the words name, or what was spoken of before."""
        compared = not about or _COMPARED_WITH.search(about)
        return self._meaning(about) or (self._spoken_of() if compared else "")

    def _meaning(self, before: str) -> str:
        """What the amount after these words is, or ''."""
        before = _OF_WHICH.sub("", before)
        bare = _FILLER.sub("", before)  # both are tried: 收入预算 and 收入总计 end in what is filler elsewhere
        for key, meaning in self.meanings:
            if any(re.search(meaning.words, words) for words in (bare, before)):
                return key
        return ""


def _before(sentence: str, match: re.Match[str]) -> str:
    return narrow(_CLAUSE.split(sentence[: match.start()])[-1])


def _sign(match: re.Match[str]) -> int:
    return 1 if match[1] in _UP else -1


def _lists_projects(sentence: str) -> bool:
    return "项目" in sentence and bool(_ITEM.search(sentence))


def _value(match: re.Match[str]) -> tuple[Decimal, Decimal]:
    """(amount, step) in yuan: the text rounds as it prints, 0.01万元 to a hundred yuan."""
    digits = match[1].replace(",", "").replace("−", "-")
    places = len(digits.partition(".")[2])
    unit = UNITS[match[2]]
    return Decimal(digits) * unit, unit / 10**places


def project_list(entries: Entries) -> Listed:
    """The projects that the text lists with their amounts."""
    for section in entries.sections:
        if match := _SPENT_ON.search(section["text"]):
            items = [(_name(name), Decimal(digits) * UNITS[unit or "万元"]) for name, digits, unit in _items(match[1])]
            return Listed(items, str(section["number"]), section["title"])
    return Listed([], "")


def _items(text: str) -> Iterator[tuple[str, str, str | None]]:
    for part in re.split(r"[；;]", text):
        if match := re.match(r"^(.*?)(\d[\d,]*(?:\.\d+)?)\s*(万元|元)?(未使用)?[。，,]?$", part.strip(), re.S):
            yield match[1], match[2].replace(",", ""), match[3]


def _name(text: str) -> str:
    return re.sub(r"^(上年结转|其中)[，,：:]?", "", narrow(text)).strip("，,：: ")
