"""What a rule is, and how one is declared: a function whose docstring is its statement."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

LAW = "《预算法》第十四条"
REGULATION = "《地方预决算公开操作规程》（财预〔2016〕143号）"
INSPECTION = "财政部历年预决算公开检查"
OPENNESS = "《政府信息公开条例》"
CODES = "《政府收支分类科目》"

Check = Callable[[Any], Iterable[Any]]  # View → Compared; a declaration knows neither


@dataclass(frozen=True)
class Rule:
    """One thing that must hold. statement: what, in Chinese. check(view) yields `compare.Compared`.

    of_text: whether it needs more than figures: the narrative, dates, who said so.
    """

    id: str
    statement: str
    source: str
    check: Check
    of_text: bool = False


def rule(id_: str, source: str = REGULATION, of_text: bool = False) -> Callable[[Check], Rule]:
    """Declare a rule; the decorated function becomes a `Rule`."""

    def declare(function: Check) -> Rule:
        return Rule(id_, " ".join((function.__doc__ or "").split()), source, function, of_text)

    return declare


def rules_in(*modules: Any) -> tuple[Rule, ...]:
    """Every rule that these modules declare, in the order of their numbers: identities, completeness, text."""
    found = {value.id: value for module in modules for value in vars(module).values() if isinstance(value, Rule)}
    return tuple(sorted(found.values(), key=lambda one: ("ICX".index(one.id[0]), one.id)))
