"""Where the site stands: a command or a mail has no request that would say it."""

from django.conf import settings


def origin() -> str:
    """https://budget.example.gov.cn, the first whole address of CSRF_TRUSTED_ORIGINS; '' where there is none."""
    return next((one.rstrip("/") for one in settings.CSRF_TRUSTED_ORIGINS if "*" not in one), "")
