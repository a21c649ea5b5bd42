"""Places in a worksheet: rows and columns as numbers, columns as letters."""

from collections.abc import Iterator
from functools import cache

Position = tuple[int, int]  # (row, column), from 1


def area(first: Position, last: Position) -> int:
    """How many cells lie between two corners."""
    return (last[0] - first[0] + 1) * (last[1] - first[1] + 1)


def places(first: Position, last: Position) -> Iterator[Position]:
    """Every position between two corners."""
    return ((row, column) for row in range(first[0], last[0] + 1) for column in range(first[1], last[1] + 1))


@cache
def column_of(name: bytes) -> int:
    """A column's number. Kept, because a sheet of 200,000 cells has no more than 200 columns.

    >>> column_of(b"A"), column_of(b"gr")
    (1, 200)
    """
    number = 0
    for letter in name.upper():
        number = number * 26 + letter - 64
    return number
