"""Places in a worksheet: rows and columns as numbers, columns as letters."""

from functools import cache


def area(first, last):
    """How many cells lie between two corners (row, column)."""
    return (last[0] - first[0] + 1) * (last[1] - first[1] + 1)


def places(first, last):
    """Every (row, column) between two corners."""
    return ((row, column) for row in range(first[0], last[0] + 1) for column in range(first[1], last[1] + 1))


@cache
def column_of(name):
    """A column's number.

    >>> column_of(b"A"), column_of(b"gr")
    (1, 200)
    """
    number = 0
    for letter in name.upper():
        number = number * 26 + letter - 64
    return number
