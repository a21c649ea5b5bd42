"""The back office of the numbers: what a clerk finds, opens, corrects and imports. Plain Django admin, in Chinese."""

from budget.admin import accounts, budgets, codes, lines, places, printed_tables, records, uploads

__all__ = ["accounts", "budgets", "codes", "lines", "places", "printed_tables", "records", "uploads"]
