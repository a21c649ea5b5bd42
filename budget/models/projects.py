from django.db import models
from django.db.models import Q

from budget.models.budget import Budget
from budget.models.fields import PLACE_IS_TAKEN, AmountField, LongText, OrderField, ShortText


class Project(models.Model):
    """A project with its performance sheet. Texts are kept as printed and cleaned when shown."""

    budget = models.ForeignKey(Budget, models.CASCADE, verbose_name="部门预算", related_name="projects")
    order = OrderField()
    code = ShortText("项目编码", max_length=40)
    name = ShortText("项目名称", max_length=200)
    amount = AmountField("预算数（元）", null=True, blank=True)
    fiscal_funds = AmountField("其中：财政资金（元）", null=True, blank=True)
    other_funds = AmountField("其他资金（元）", null=True, blank=True)
    purpose = LongText("资金用途", blank=True, max_length=4000)

    class Meta:
        verbose_name = verbose_name_plural = "项目"
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(
                fields=["budget", "code"],
                name="project_code_is_unique",
                violation_error_message="这份预算里已经有一个项目用了这个项目编码。",
            ),
            models.CheckConstraint(
                condition=~Q(code="") & ~Q(name=""),
                name="project_is_named",
                violation_error_message="请填写项目编码和项目名称。",
            ),
        ]

    def __str__(self):
        return self.name


class PaymentStep(models.Model):
    """How much of a project is to be paid by a date, in percent of the whole."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="payment_plan")
    order = OrderField()
    until = ShortText("截至", max_length=20, help_text="例如：3月底")
    percent = models.DecimalField("累计支出（%）", max_digits=6, decimal_places=2, null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "资金支出计划"
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(
                fields=["project", "order"], name="payment_step_has_its_place", violation_error_message=PLACE_IS_TAKEN
            ),
        ]

    def __str__(self):
        return f"{self.until} {self.percent}%"


class Goal(models.Model):
    """A performance goal of a project, as printed."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="goals")
    order = OrderField()
    text = LongText("绩效目标", max_length=4000)

    class Meta:
        verbose_name = verbose_name_plural = "绩效目标"
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(
                fields=["project", "order"], name="goal_has_its_place", violation_error_message=PLACE_IS_TAKEN
            ),
        ]

    def __str__(self):
        return self.text[:40]


class Indicator(models.Model):
    """A performance indicator on three levels with its target value."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="indicators")
    order = OrderField()
    level1 = ShortText("一级指标", max_length=100)
    level2 = ShortText("二级指标", max_length=100, blank=True)
    level3 = ShortText("三级指标", max_length=500, blank=True)
    description = ShortText("绩效指标描述", max_length=1000, blank=True)
    target = ShortText("指标值", max_length=500, blank=True)
    basis = ShortText("指标值确定依据", max_length=1000, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "绩效指标"
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(
                fields=["project", "order"], name="indicator_has_its_place", violation_error_message=PLACE_IS_TAKEN
            ),
        ]

    def __str__(self):
        return self.level3 or self.level2 or self.level1
