"""The public side as a Django app."""

from django.apps import AppConfig


class DisclosuresConfig(AppConfig):
    name = "disclosures"
    verbose_name = "公开"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        """Drafts are compared with what was published of the year before."""
        from budget.drafts.year_before import FOUND_BY
        from disclosures.year_before import published

        FOUND_BY.append(published)
