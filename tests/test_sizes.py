"""Functions and modules stay short enough to be read at one sight; tests/bench/sizes.py says how they are measured."""

import pytest

from tests.bench.sizes import FOLDERS, LONG_MODULE, at, functions, measure


def test_functions_and_modules_are_short_and_have_few_branches():
    """One test: to measure all of the code takes longer than most tests do."""
    found, read = measure(*FOLDERS)
    lines = [function.lines for function in found]
    assert (at(50, lines) <= 6, at(90, lines) <= 13, max(lines) <= 40) == (True, True, True)
    assert [module for module in read if module.lines > LONG_MODULE] == []
    assert at(90, [function.complexity for function in found]) <= 6


SOURCE = '''
"""A module's docstring."""

@decorated
@twice
def spent(lines, fund=None):
    """What was spent.

    Of one fund, or of all.
    """
    # a comment alone
    found = [
        line.amount  # a comment beside code
        for line in lines
        if line.fund == fund or not fund
    ]

    def shown(amount):
        return "" if amount is None else str(amount)

    return shown(sum(found))
'''


def test_a_function_is_its_lines_of_code():
    assert [(f.place, f.lines) for f in functions(SOURCE, "a.py")] == [("a.py:6 spent", 9), ("a.py:18 shown", 2)]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("return a", 1),
        ("with a: return b", 1),
        ("return a if b else c", 2),
        ("return a and b and c or d", 4),
        ("return [x for x in a if x if not b for y in x]", 5),
        ("for x in a:\n  while x: x -= 1\n else: return", 3),
        ("try: a()\n except A: pass\n except B: pass\n finally: c()", 3),
        ("if a: b\n elif c: d\n else: e", 3),
        ("match a:\n  case 1: b\n  case 2 if c: d\n  case _: e", 3),
        ("return lambda: a or b", 2),
    ],
)
def test_complexity_counts_the_branches(body, expected):
    (function,) = functions(f"def f(a, b=0):\n {body}\n")
    assert function.complexity == expected


def test_a_percentile_is_one_of_the_numbers():
    numbers = [5, 1, 4, 2, 3, 6, 7, 8, 9, 10]
    assert [at(percent, numbers) for percent in (50, 90, 100)] == [5, 9, 10]
    assert at(50, [7]) == 7
