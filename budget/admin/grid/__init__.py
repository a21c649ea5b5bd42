"""The tables to type into."""

from budget.admin.grid.views import urls

__all__ = ["urls"]
