"""Why a finding may stand: said by a person, published with the budget."""

from django.db import models
from django.db.models import Q

from budget.models.budget import Budget
from budget.models.fields import LongText, ShortText


class Explanation(models.Model):
    """Why a finding may stand, or that a proposed correction was accepted: by whom, when; published with it.

    It is bound to the finding's fingerprint: when the figures change, it no longer applies.
    """

    budget = models.ForeignKey(Budget, models.CASCADE, verbose_name="部门预算", related_name="explanations")
    fingerprint = ShortText("发现", max_length=16)
    rule = ShortText("规则", max_length=8)
    message = LongText("发现的内容", max_length=2000)
    text = LongText("原因", max_length=2000)
    accepted = models.BooleanField("按明细补正", default=False)
    by = ShortText("说明人", max_length=150)
    at = models.DateTimeField("说明时间", auto_now=True)

    class Meta:
        verbose_name = verbose_name_plural = "对不符的说明"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["budget", "fingerprint"], name="one_explanation_a_finding"),
            models.CheckConstraint(condition=~Q(text=""), name="explanation_says_why"),
        ]

    def __str__(self):
        return self.text[:40]
