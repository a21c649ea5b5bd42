"""What somebody sends that no page asks for: no form takes it, and the log says who tried."""

import logging
from typing import Any

_LOG = logging.getLogger("budget.forged")

# Fields that follow from a step, an approval or a post, and that no page of ours has.
NO_PAGE_ASKS = {
    "state", "was_submitted", "approved_hash", "approved_by", "opened_by_reviewer", "published_at", "published_by",
    "is_superuser", "is_staff", "is_active", "groups", "user_permissions",
}  # fmt: skip


def note(request: Any) -> None:
    """Write down who sent such a field, and where to; a body that no view has read stays unread."""
    was_read = "_post" in vars(request)
    if was_read and request.method == "POST" and (sent := sorted(NO_PAGE_ASKS & request.POST.keys())):
        _LOG.warning("%s sent %s to %s", request.user.get_username() or "a stranger", ", ".join(sent), request.path)
