"""What a rule is, and how one is declared: a function whose docstring is its statement."""

from collections.abc import Callable
from dataclasses import dataclass

LAW = "《预算法》第十四条"
REGULATION = "《地方预决算公开操作规程》（财预〔2016〕143号）"
INSPECTION = "财政部历年预决算公开检查"
OPENNESS = "《政府信息公开条例》"
CODES = "《政府收支分类科目》"


@dataclass(frozen=True)
class Rule:
    """One thing that must hold. statement: what, in Chinese. check(view) yields `compare.Compared`.

    of_text: whether it needs more than figures: the narrative, dates, who said so.
    """

    id: str
    statement: str
    source: str
    check: Callable
    of_text: bool = False


def rule(id_, source=REGULATION, of_text=False):
    """Declare a rule; the decorated function becomes a `Rule`."""

    def declare(function):
        return Rule(id_, " ".join(function.__doc__.split()), source, function, of_text)

    return declare
