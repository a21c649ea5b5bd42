"""Who holds which post: what a person may do is a post, for a body or for a county."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from budget.models.fields import ShortText
from budget.models.places import Department, Region


class Role(models.TextChoices):
    """What somebody does; nobody does two of these for the same budget."""

    CLERK = "clerk", "经办人"
    REVIEWER = "reviewer", "审核人"
    PUBLISHER = "publisher", "公开人"
    AUDITOR = "auditor", "审计人员"
    ADMINISTRATOR = "administrator", "系统管理员"


COUNTY_ROLES = (Role.REVIEWER, Role.PUBLISHER, Role.AUDITOR)


def _once(what, **condition):
    """A post is held once; a unique constraint tells NULLs apart, so each kind of place has its own."""
    return models.UniqueConstraint(
        fields=["user", "role", *({what} - {"role"})],
        condition=Q(**condition),
        name=f"a_post_is_held_once_by_{what}",
        violation_error_message="这个人已经有这个岗位。",
    )


class Post(models.Model):
    """A role that a person has: a clerk for a body, a reviewer, publisher or auditor for a county."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, verbose_name="人员", related_name="posts")
    role = ShortText("岗位", max_length=16, choices=Role)
    department = models.ForeignKey(
        Department, models.CASCADE, verbose_name="预算单位", null=True, blank=True, related_name="posts"
    )
    region = models.ForeignKey(Region, models.CASCADE, verbose_name="县", null=True, blank=True, related_name="posts")

    class Meta:
        verbose_name = verbose_name_plural = "岗位"
        ordering = ["user", "role"]
        constraints = [
            _once("department", department__isnull=False),
            _once("region", region__isnull=False),
            _once("role", department=None, region=None),
            models.CheckConstraint(
                condition=Q(role=Role.CLERK, department__isnull=False, region=None)
                | Q(role__in=COUNTY_ROLES, department=None, region__isnull=False)
                | Q(role=Role.ADMINISTRATOR, department=None, region=None),
                name="post_is_for_whom_its_role_serves",
                violation_error_message="经办人要选预算单位，审核人、公开人和审计人员要选县，系统管理员都不选。",
            ),
        ]

    def __str__(self):
        return f"{self.get_role_display()} {self.department or self.region or ''}".rstrip()
