"""The back office of the numbers: what a clerk finds, opens, corrects and imports. Plain Django admin, in Chinese."""

from budget.admin import accounts, budgets, codes, places, printed_tables, uploads

__all__ = ["accounts", "budgets", "codes", "places", "printed_tables", "uploads"]
