"""What the sentences of all sections are made of: words and addresses under short names."""

from budget.cell import Cell
from budget.declare.sentence import Changed, Clause, Fact, Part, Reason, Series, Shown, When, Words

YEAR, LAST_YEAR, NAME, DOCUMENT, WE = map(Fact, ("year", "last_year", "name", "document", "we"))


def said(*parts: Part | str) -> tuple[Part, ...]:
    """Parts, where a bare text is words."""
    return tuple(Words(part) if isinstance(part, str) else part for part in parts)


def figure(address: str) -> Shown:
    """The figure at an address."""
    return Shown(Cell.parse(address))


def when(what: str, address: str) -> When:
    """A condition on a figure or a list."""
    return When(what, Cell.parse(address))


def clause(*parts: Part | str, filled: str) -> Clause:
    """Parts that stand where a figure is not zero."""
    return Clause(said(*parts), (when("filled", filled),))


def of_which(*named: tuple[str, str], before: str = "，其中：") -> Series:
    """Those of several figures that are not zero, each after its name."""
    return Series(tuple(clause(f"{name} ", figure(cell), filled=cell) for name, cell in named), before=before)


def none_of(*named: tuple[str, str]) -> Series:
    """Those of several figures for which there is nothing."""
    clauses = tuple(Clause(said(name), (when("nil", cell),)) for name, cell in named)
    return Series(clauses, "、", before="；没有安排")


def compared(address: str, reason: str, prompt: str, percent: bool = False) -> tuple[Part, ...]:
    """，与 2023 年预算相比增加 …，主要原因是 …"""
    why = Clause(said("，主要原因是", Reason(reason, prompt)), (when("changed", address),))
    return said("，与", LAST_YEAR, "年预算相比", Changed(Cell.parse(address), percent), why)
