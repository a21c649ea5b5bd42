"""Projects with their performance sheets. Texts are kept as printed and cleaned when shown."""

from django.db import models
from django.db.models import Q

from budget.declare.fields import Rows
from budget.documents.department_budget.projects import PROJECTS
from budget.models.budget import Budget
from budget.models.declared import Ordered, add_declared
from budget.models.fields import PLACE_IS_TAKEN


class Project(Ordered):
    """A project; its fields are declared in `documents/department_budget/projects.py`."""

    budget = models.ForeignKey(Budget, models.CASCADE, verbose_name="部门预算", related_name="projects")

    class Meta(Ordered.Meta):
        verbose_name = verbose_name_plural = "项目"
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


def _has_its_place(name):
    return models.UniqueConstraint(
        fields=["project", "order"], name=f"{name}_has_its_place", violation_error_message=PLACE_IS_TAKEN
    )


class PaymentStep(Ordered):
    """How much of a project is to be paid by a date, in percent of the whole."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="payment_plan")

    class Meta(Ordered.Meta):
        verbose_name = verbose_name_plural = "资金支出计划"
        constraints = [_has_its_place("payment_step")]

    def __str__(self):
        return f"{self.until} {self.percent}%"


class Goal(Ordered):
    """A performance goal of a project, as printed."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="goals")

    class Meta(Ordered.Meta):
        verbose_name = verbose_name_plural = "绩效目标"
        constraints = [_has_its_place("goal")]

    def __str__(self):
        return self.text[:40]


class Indicator(Ordered):
    """A performance indicator on three levels with its target value."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="indicators")

    class Meta(Ordered.Meta):
        verbose_name = verbose_name_plural = "绩效指标"
        constraints = [_has_its_place("indicator")]

    def __str__(self):
        return self.level3 or self.level2 or self.level1


add_declared(Project, PROJECTS.fields)
for model in (PaymentStep, Goal, Indicator):
    rows = PROJECTS.field(model._meta.get_field("project").remote_field.related_name)
    assert isinstance(rows, Rows)
    add_declared(model, rows.fields)
