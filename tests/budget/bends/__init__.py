"""Bends: the ways in which townships lay out, split and decorate a budget that is sound all the same.

A bend is a function `(Paper, Random)` that changes the paper in place; its docstring names the habit that it imitates.
"""

from tests.budget.bends.books import BOOKS as _BOOKS
from tests.budget.bends.columns import COLUMNS
from tests.budget.bends.heads import HEADS, HEADS_OF_SHEETS
from tests.budget.bends.rows import ROWS
from tests.budget.bends.words import WORDS

OF_CELLS = (*HEADS, *COLUMNS, *ROWS)  # for workbooks and for Word documents
BOOKS = (*_BOOKS, *HEADS_OF_SHEETS)

__all__ = ["BOOKS", "OF_CELLS", "WORDS"]
