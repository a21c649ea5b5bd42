"""How long and how branched the code is: `python -m tests.bench.sizes`.

A function's length is its lines of code from `def` to its end: decorators, docstring, blank lines and comments are not
counted, functions inside it are. A module's length is all its lines; modules with nothing in them are left out, and so
are migrations. `tests/test_sizes.py` holds the limits.
"""

import ast
import math
from typing import NamedTuple

from tests.test_rooms import ROOT, modules

FOLDERS = ("budget", "disclosures")
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
DOCUMENTED = (ast.Module, ast.ClassDef, *FUNCTIONS)
BRANCHES = (ast.If, ast.IfExp, ast.For, ast.AsyncFor, ast.While, ast.ExceptHandler)
LONG_MODULE = 300
BRANCHED = 8


class Function(NamedTuple):
    """One function or method: where it begins, its lines of code, its complexity."""

    place: str
    lines: int
    complexity: int


class Module(NamedTuple):
    """One module and all its lines."""

    place: str
    lines: int


def code_lines(source, tree):
    """The numbers of the lines that hold code: no docstring, no comment alone, nothing blank."""
    stripped = [line.strip() for line in source.splitlines()]
    held = {number for number, line in enumerate(stripped, 1) if line and not line.startswith("#")}
    return held - _docstrings(tree)


def _docstrings(tree):
    return {
        line
        for node in ast.walk(tree)
        if isinstance(node, DOCUMENTED) and ast.get_docstring(node, clean=False) is not None
        for line in range(node.body[0].lineno, node.body[0].end_lineno + 1)
    }


def complexity(function):
    """McCabe's number: 1, and one more for each way that the code can branch."""
    return 1 + sum(_ways(node) for node in ast.walk(function))


def _ways(node):
    """How many branches one node adds; `case _` is the else of a match and adds none."""
    match node:
        case ast.BoolOp():
            return len(node.values) - 1
        case ast.comprehension():
            return 1 + len(node.ifs)
        case ast.match_case(pattern=ast.MatchAs(pattern=None), guard=None):
            return 0
        case ast.match_case():
            return 1
    return int(isinstance(node, BRANCHES))


def functions(source, place=""):
    """Every function in a module's source, methods and functions inside functions too."""
    tree = ast.parse(source)
    code = code_lines(source, tree)
    for node in ast.walk(tree):
        if isinstance(node, FUNCTIONS):
            lines = len(code & set(range(node.lineno, node.end_lineno + 1)))
            yield Function(f"{place}:{node.lineno} {node.name}", lines, complexity(node))


def measure(*folders):
    """(functions, modules) of the folders."""
    found, read = [], []
    for path in modules(*folders):
        source, place = path.read_text(encoding="utf-8"), str(path.relative_to(ROOT))
        if source.strip():
            read.append(Module(place, len(source.splitlines())))
            found.extend(functions(source, place))
    return found, read


def at(percent, numbers):
    """The smallest of the numbers that so many percent of them do not exceed."""
    return sorted(numbers)[max(math.ceil(len(numbers) * percent / 100), 1) - 1]


def _row(what, numbers):
    shown = "".join(f"{at(percent, numbers):>8}" for percent in (50, 90, 100))
    return f"{what:<44}{len(numbers):>8}{shown}"


def _table():
    yield f"{'':<44}{'count':>8}{'median':>8}{'90 %':>8}{'max':>8}"
    for folders in (*((folder,) for folder in FOLDERS), FOLDERS):
        found, read = measure(*folders)
        name = " + ".join(folders)
        yield _row(f"{name}: lines of a function", [f.lines for f in found])
        yield _row(f"{name}: complexity", [f.complexity for f in found])
        yield _row(f"{name}: lines of a module", [m.lines for m in read])


def _list(title, items):
    """A title and a line for each place with its number, the largest first."""
    yield f"\n{title}"
    yield from (f"{number:>6}  {place}" for number, place in sorted(items, reverse=True))


def report():
    """The lines of the report."""
    found, read = measure(*FOLDERS)
    longest = sorted(found, key=lambda function: function.lines)[-10:]
    yield from _table()
    yield from _list("the longest functions", [(f.lines, f.place) for f in longest])
    yield from _list(f"modules over {LONG_MODULE} lines", [(m.lines, m.place) for m in read if m.lines > LONG_MODULE])
    branched = [(f.complexity, f.place) for f in found if f.complexity > BRANCHED]
    yield from _list(f"functions above complexity {BRANCHED}", branched)


if __name__ == "__main__":
    print("\n".join(report()))
