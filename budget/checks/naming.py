"""Rows and columns of the standard tables in the words that the tables print."""

from budget.listings import LISTINGS
from budget.tables import TABLES


def row_name(table, key, names):
    """A row in words: its label, or code and name; `names` is {(facet, code): name}."""
    if key == "total" and table.sides[0].is_tree:
        return table.sides[0].rows.total
    for side in table.sides:
        if side.is_tree:
            return f"{key} {names.get((side.rows.facet, key), '')}".strip()
        for row in (*side.rows, *side.also_rows):
            if row and row.key == key:
                return row.label.strip()
    return key


def column_name(table, key):
    """A column in words: its lowest heading without the blanks that set it."""
    for side in table.sides:
        for column in side.columns + side.also_columns:
            if column.key == key:
                return "".join(column.heading[-1].split())
    return key


def place_in_words(cell, names):
    """Any cell in words, whichever file it stands in: 表9“合计”的“合计”, 政府采购预算 第2行."""
    key, row, column = cell
    if table := next((table for table in TABLES if table.key == key), None):
        return f"表{table.number}“{row_name(table, row, names)}”的“{column_name(table, column)}”"
    if listing := next((listing for listing in LISTINGS if listing.key == key), None):
        name = (listing.kinds or {}).get(row, f"第{row}行" if row.isdigit() else row)
        return f"{listing.title} {name.strip()}"
    return f"项目“{names.get(('project', row), row)}”" if key == "projects" else f"情况说明第{row}部分"
