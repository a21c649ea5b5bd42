"""Every line that keeps somebody out, and the same source without it: what must make a test fail.

A line is found by its shape, not by a list, so that a new one is tried without a word: a step that raises or answers
4xx under a condition, a queryset narrowed to what somebody may see, a decorator that asks who it is, a permission of
Django's admin, a lookup narrowed to its own user.
"""

import ast
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent.parent
PLACES = ("budget/admin", "disclosures/county", "disclosures/reminders", "disclosures/to_fill")
FILES = ("disclosures/admin.py", "disclosures/steps.py", "budget/drafts/states.py", "budget/drafts/people.py")
NARROW = {"visible_to", "managed_by"}
GUARDS = {"for_importers", "for_administrators"}
DENIED = {"PermissionDenied", "HttpResponseForbidden"}
ASKS = {"may_not_change", "may_change", "refusal", "has_role_for", "has_post", "may_import"}


@dataclass(frozen=True)
class Without:
    """A file's source without one of its guards. line: where that stood; what: the guard's own words."""

    path: Path
    line: int
    what: str
    source: str

    def __str__(self) -> str:
        return f"{self.path.relative_to(ROOT)}:{self.line} {self.what}"


def guards() -> list[Without]:
    """Each guard of the back office taken out."""
    found = [path for place in PLACES for path in sorted((ROOT / place).rglob("*.py"))]
    return [one for path in (*found, *(ROOT / name for name in FILES)) for one in of_file(path)]


def of_file(path: Path) -> list[Without]:
    """Those of one file."""
    source = path.read_text(encoding="utf-8")
    nodes = enumerate(ast.walk(ast.parse(source)))
    return [_without(path, source, at, node) for at, node in nodes if _is_taken_out(deepcopy(node))]


def _without(path: Path, source: str, number: int, node: Any) -> Without:
    tree = ast.parse(source)
    _is_taken_out(next(one for at, one in enumerate(ast.walk(tree)) if at == number))
    words = " ".join((ast.get_source_segment(source, node) or "").split())
    return Without(path, node.lineno, words[:100], ast.unparse(tree))


def _is_taken_out(node: ast.AST) -> bool:
    """Whether this is a guard; if so it is none any more."""
    return any(taken_out(node) for taken_out in (_refusal, _narrowing, _decorator, _permission, _own, _role))


def _refusal(node: ast.AST) -> bool:
    """`if …: raise PermissionDenied`, or a return of what another function refused: the condition never holds."""
    if not (isinstance(node, ast.If) and len(node.body) == 1 and _refuses(node)):
        return False
    node.test = ast.Constant(False)
    return True


def _refuses(node: ast.If) -> bool:
    step, asked = node.body[0], _names(node.test)
    if isinstance(step, ast.Raise):
        hides = "Http404" in _names(step) and bool(asked & {"user", "units", "keys", *ASKS})
        return hides or bool(_names(step) & DENIED)
    return isinstance(step, ast.Return) and bool(asked & ASKS)


def _names(node: ast.AST) -> set[str]:
    found = {one.id for one in ast.walk(node) if isinstance(one, ast.Name)}
    return found | {one.attr for one in ast.walk(node) if isinstance(one, ast.Attribute)}


def _narrowing(node: ast.AST) -> bool:
    """`.visible_to(user)` becomes `.all()`."""
    if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in NARROW):
        return False
    node.func.attr, node.args = "all", []
    return True


def _decorator(node: ast.AST) -> bool:
    """A decorator that asks who it is, gone."""
    decorators = getattr(node, "decorator_list", [])
    kept = [one for one in decorators if not _names(one) & GUARDS]
    if len(kept) == len(decorators):
        return False
    node.decorator_list = kept  # type: ignore[attr-defined]
    return True


def _permission(node: ast.AST) -> bool:
    """A permission of Django's admin that everybody has."""
    if not (isinstance(node, ast.FunctionDef) and node.name.startswith("has_") and node.name.endswith("_permission")):
        return False
    node.body = [ast.Return(ast.Constant(True))]
    return True


def _own(node: ast.AST) -> bool:
    """A lookup with `user=request.user`, of anybody's now."""
    if not (isinstance(node, ast.Call) and any(_is_own(one) for one in node.keywords)):
        return False
    node.keywords = [one for one in node.keywords if not _is_own(one)]
    return bool(isinstance(node.func, ast.Name) or getattr(node.func, "attr", "") in ("filter", "get"))


def _is_own(keyword: ast.keyword) -> bool:
    return keyword.arg in ("user", "uploaded_by") and ast.unparse(keyword.value) == "request.user"


def _role(node: ast.AST) -> bool:
    """A condition on a role, within a longer one, that always holds."""
    if not (isinstance(node, ast.BoolOp) and isinstance(node.op, ast.And)):
        return False
    kept = [one for one in node.values if "has_role_for" not in ast.unparse(one)]
    if len(kept) == len(node.values):
        return False
    node.values = kept if len(kept) > 1 else [*kept, ast.Constant(True)]
    return True
