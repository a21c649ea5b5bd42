"""The public side as a Django app."""

from django.apps import AppConfig


class DisclosuresConfig(AppConfig):
    name = "disclosures"
    verbose_name = "公开"
    default_auto_field = "django.db.models.BigAutoField"
