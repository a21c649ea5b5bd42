"""Bends: the ways in which townships lay out, split and decorate a budget that is sound all the same.

A bend is a function `(Paper, Random)` that changes the paper in place; its docstring names the habit that it imitates.
"""

from tests.budget.bends import books, columns, heads, rows, words

OF_CELLS = (*heads.HEADS, *columns.COLUMNS, *rows.ROWS)  # for workbooks and for Word documents
OF_TEXT = (*rows.OF_TEXT, heads.in_one_cell, heads.year_on_its_own, columns.staff_and_running)  # read otherwise in Word
BOOKS = (*books.BOOKS, *heads.HEADS_OF_SHEETS)
WORDS = words.WORDS
