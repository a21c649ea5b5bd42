"""What the county says at a place of a budget, and what the clerk answers. No part of the budget: never public."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from budget.models.budget import Budget
from budget.models.fields import LongText, ShortText


class Said(models.Model):
    """Something that somebody said: an account, and its name as it was then."""

    text = LongText("意见", max_length=2000)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="账号", related_name="+")
    by = ShortText("谁", max_length=150)
    at = models.DateTimeField("时间", auto_now_add=True)

    class Meta:
        abstract = True


class CommentQuerySet(models.QuerySet):
    """Comments; who may read which, `drafts.comments.readable` says."""

    def waiting(self):
        """Those that were sent and wait for the clerk."""
        return self.filter(sent_at__isnull=False, done_at=None, settled_at=None)


class Comment(Said):
    """A comment at a place, through any number of returns until the county settles it.

    address: a cell, a row, a whole table or part, '' for the whole budget. sent_at: when it went out with a return,
    which is when the clerk sees it. done: that the clerk says so; settled: that the county does.
    """

    budget = models.ForeignKey(Budget, models.PROTECT, verbose_name="部门预算", related_name="comments")
    address = LongText("哪里", max_length=400, blank=True)
    sent_at = models.DateTimeField("发出时间", null=True, blank=True)
    done_by = ShortText("谁改的", max_length=150, blank=True)
    done_at = models.DateTimeField("改好时间", null=True, blank=True)
    settled_by = ShortText("谁了结的", max_length=150, blank=True)
    settled_at = models.DateTimeField("了结时间", null=True, blank=True)

    objects = CommentQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "意见"
        ordering = ["id"]
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="comment_says_something")]

    def __str__(self):
        return self.text[:30]


class Reply(Said):
    """What is said to a comment afterwards, by either side."""

    comment = models.ForeignKey(Comment, models.CASCADE, verbose_name="意见", related_name="replies")

    class Meta:
        verbose_name = verbose_name_plural = "答复"
        ordering = ["id"]
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="reply_says_something")]

    def __str__(self):
        return self.text[:30]
