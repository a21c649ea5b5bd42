"""What every reader asks of a text before it hands it on: no later step could bear it otherwise."""

from collections.abc import Callable

from budget.intake.guard.refusal import Refused
from budget.marks import crowded


def check_text(text: str, longest: int, where: Callable[[], str]) -> None:
    """Raise Refused for a text that is too long, or has more marks on a letter than any has; `where` is asked then."""
    if len(text) > longest:
        raise Refused(f"{where()}有 {len(text)} 字，最多 {longest} 字，请缩短后再上传。")
    if crowded(text):
        raise Refused(f"{where()}有一个字叠了太多附加符号，请删去这些符号，保存后再上传。")
