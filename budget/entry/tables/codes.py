"""A row found by what somebody types: the digits of a code, or its name; unknown ones are refused with the nearest."""

from collections.abc import Iterable
from difflib import SequenceMatcher
from typing import Any, NamedTuple

from budget.codes import Ended, Names
from budget.declare.tables import CodeTree, Table
from budget.figures.fill import Names as Named
from budget.text import name_key, narrow, quoted

MOST = 8


class Proposal(NamedTuple):
    """A code that may be meant: its key as a row, its code and name, and under what it stands."""

    key: str
    name: str
    above: str = ""


class Found(NamedTuple):
    """The row that is meant, '' where that is not certain; then why, in one sentence, and what it may be."""

    key: str = ""
    why: str = ""
    proposals: tuple[Proposal, ...] = ()


def tree_of(table: Table) -> CodeTree | None:
    """The rows of codes of a table, None where its rows are fixed."""
    return next((side.tree for side in table.sides if side.is_tree), None)


def _of(facet: str, named: dict[tuple[str, str], Any]) -> dict[str, Any]:
    return {code: value for (of, code), value in named.items() if of == facet}


def _under(above: str, key: str) -> str:
    return f"{above}.{key}" if above and key else key


class Codes:
    """The codes that rows of a table may have. listed: the county's lists of the budget's day; own: {(facet, code):
    name} of what the budget itself names: codes as it prints them, and projects."""

    def __init__(self, tree: CodeTree, listed: Named, own: Named | None = None):
        known, ended = {**listed, **(own or {})}, listed.ended if isinstance(listed, Names) else {}
        self.tree = tree
        self.ended: dict[str, Ended] = _of(tree.facet, ended)
        self.names: dict[str, str] = _of(tree.facet, known)
        self.projects = set(_of(tree.within, known)) if tree.within else set[str]()

    def find(self, text: str, present: Iterable[str] = ()) -> Found:
        """The row that somebody means. present: keys of the rows that are there."""
        above, words = self._split(text)
        if not words:
            return Found(why="请填科目编码的数字，或科目名称里的字。")
        found = self._by_digits(words) if words.isdigit() else self._by_name(words)
        return self._there(found, above, set(present))

    def knows(self, key: str) -> bool:
        """Whether a row may have this key."""
        above, _, code = key.rpartition(".")
        return code in self.names and (not self.tree.within or above in self.projects)

    def _split(self, text: str) -> tuple[str, str]:
        """(project, words) of what is typed; only rows under projects have the first."""
        words = text.replace(".", " ").split() if self.tree.within else [text]
        above = words[0] if self.tree.within and len(words) > 1 and words[0] in self.projects else ""
        return above, narrow("".join(words[1:] if above else words))

    def _there(self, found: Found, above: str, present: set[str]) -> Found:
        """A row under its project, where rows stand under projects; none that is there already."""
        if self.tree.within and not above:
            return Found(why="先写项目编码，空一格，再写科目编码。")
        key, proposals = _under(above, found.key), [one._replace(key=_under(above, one.key)) for one in found.proposals]
        if key in present:
            return Found(why=f"{key} {self.names[found.key]}已经在表里。")
        return found._replace(key=key, proposals=tuple(one for one in proposals if one.key not in present))

    def _by_digits(self, digits: str) -> Found:
        if digits in self.ended:
            return self._has_ended(digits)
        below = [code for code in self._live() if code.startswith(digits) and code != digits]
        if below:
            own = [digits] if digits in self.names else []
            return Found(why=f"{digits} 下面有这些科目，请选一个。", proposals=self._proposals([*own, *below]))
        if digits in self.names:
            return Found(digits)
        why = f"科目目录里没有 {digits[:20]}；请选相近的，或请县里先把它加进目录。"
        return Found(why=why, proposals=self._proposals(self._nearest(digits)))

    def _has_ended(self, code: str) -> Found:
        successors = self.ended[code].successors
        why = f"{code} {self.names[code]}已经停用，改用：{'、'.join(successors) or '没有接替的科目'}。"
        return Found(why=why, proposals=self._proposals(successors))

    def _nearest(self, digits: str) -> list[str]:
        """Codes of the same length and beginning first, then those that differ in the fewest places."""
        live = self._live()
        for length in range(len(digits) - 1, 2, -1):
            if near := [code for code in live if code.startswith(digits[:length]) and len(code) >= len(digits)]:
                return sorted(near, key=lambda code: (code[:length], abs(int(code[:7]) - int(digits[:7] or 0))))
        return sorted(live, key=lambda code: -SequenceMatcher(None, code, digits[:9]).ratio())[:MOST]

    def _by_name(self, words: str) -> Found:
        wanted = name_key(words)
        exact = [code for code in self._live() if name_key(self.names[code]) == wanted]
        if len(exact) == 1:
            return Found(exact[0])
        holding = [code for code in self._live() if wanted in name_key(self.names[code])]
        if exact or holding:
            return Found(
                why=f"名称里有{quoted(words)}的科目，请选一个。", proposals=self._proposals([*exact, *holding])
            )
        return Found(why=f"科目目录里没有{quoted(words[:20])}；请选相近的，或改用编码。",
                     proposals=self._proposals(self._like(wanted)))  # fmt: skip

    def _like(self, wanted: str) -> list[str]:
        """Codes whose names share the most characters with what is typed."""
        letters = set(wanted[:20])
        shared = {code: len(letters & set(self.names[code])) for code in self._live()}
        return sorted((code for code, count in shared.items() if count), key=lambda code: (-shared[code], code))

    def _live(self) -> list[str]:
        return sorted(code for code in self.names if code not in self.ended)

    def _proposals(self, found: Iterable[str]) -> tuple[Proposal, ...]:
        """The longest codes first come first: 项 are entered, 类 and 款 are added up."""
        whole = [code for code in dict.fromkeys(found) if code in self.names]
        longest = max(map(len, whole), default=0)
        ordered = [code for code in whole if len(code) == longest] + [code for code in whole if len(code) < longest]
        return tuple(Proposal(code, self.names[code], self._name_above(code)) for code in ordered[:MOST])

    def _name_above(self, code: str) -> str:
        return next((self.names[above] for above in (code[:5], code[:3]) if above != code and above in self.names), "")
