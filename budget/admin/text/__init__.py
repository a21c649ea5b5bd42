"""情况说明: its sections and how far each is; one is written freely, or in standard sentences whose figures follow."""

from budget.admin.text.section import urls

__all__ = ["urls"]
