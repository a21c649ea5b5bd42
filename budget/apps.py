"""The numbers as a Django app."""

from django.apps import AppConfig


class BudgetConfig(AppConfig):
    name = "budget"
    verbose_name = "部门预算"
    default_auto_field = "django.db.models.BigAutoField"
