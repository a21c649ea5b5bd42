"""The journal: who changed what of a budget, when and why, with every old and new value. Nobody alters it."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from budget.models.budget import Budget
from budget.models.fields import LongText, ShortText


class Act(models.Model):
    """One thing that somebody did to a budget. Its number orders what was done; the clock only tells when.

    by: the name of the person, or what did it on the server, as it was then. why: in the person's own words, or what
    the program says, such as the name of a file. undoes: the act that it takes back.
    """

    class How(models.TextChoices):
        """By which way it came."""

        OPENED = "opened", "新建"
        FORM = "form", "填写"
        GRID = "grid", "在表里填写"
        IMPORT = "import", "导入文件"
        COPY = "copy", "从上年带入"
        UNDO = "undo", "撤销"
        RESTORE = "restore", "恢复"
        EXPLAIN = "explain", "说明"
        STATE = "state", "办理"

    budget = models.ForeignKey(Budget, models.PROTECT, verbose_name="部门预算", related_name="acts")
    how = ShortText("方式", max_length=10, choices=How)
    why = LongText("事由", blank=True, max_length=2000)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="账号", null=True, blank=True, related_name="+"
    )
    by = ShortText("经办人", max_length=150)
    at = models.DateTimeField("时间", auto_now_add=True)
    undoes = models.ForeignKey(
        "self", models.PROTECT, verbose_name="撤销的是", null=True, blank=True, related_name="undone_by"
    )

    class Meta:
        verbose_name = verbose_name_plural = "办理记录"
        ordering = ["-id"]
        constraints = [models.CheckConstraint(condition=~Q(by=""), name="act_is_somebodys")]

    def __str__(self):
        return f"{self.by} {self.get_how_display()}"


class Change(models.Model):
    """One value that an act changed. old: NULL where there was none; new: NULL where there is none any more."""

    act = models.ForeignKey(Act, models.PROTECT, verbose_name="办理记录", related_name="changes")
    budget = models.ForeignKey(Budget, models.PROTECT, verbose_name="部门预算", related_name="+")
    part = ShortText("部分", max_length=32)
    address = LongText("哪一个数", max_length=400)
    old = models.TextField("原来", null=True)
    new = models.TextField("现在", null=True)

    class Meta:
        verbose_name = verbose_name_plural = "改动"
        ordering = ["id"]
        indexes = [models.Index(fields=["budget", "part", "act"], name="change_of_a_part")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(old=models.F("new")) | Q(old=None) | Q(new=None), name="change_changes_something"
            ),
        ]

    def __str__(self):
        return self.address
