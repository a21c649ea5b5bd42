"""Code lists in the database, where the county corrects them."""

from django.db import models
from django.db.models import Q

from budget.codes import ECONOMIC, FUNCTION, PROCUREMENT, SCHEMES
from budget.models.fields import ShortText


class Code(models.Model):
    """A code of a classification and its name, by edition.

    Source: the lists in `budget/codes/`, loaded by migration; the county may correct and add.
    """

    NAMES = {FUNCTION: "功能分类", ECONOMIC: "部门支出经济分类", PROCUREMENT: "政府采购品目"}

    scheme = ShortText("分类", max_length=12, choices=NAMES)
    code = ShortText("编码", max_length=12)
    name = ShortText("名称", max_length=100)
    edition = models.PositiveSmallIntegerField("版本（起用年度）")
    confirmed = models.BooleanField("已核实", default=False, help_text="在正式公布的文件中见过")

    class Meta:
        verbose_name = verbose_name_plural = "科目与品目编码"
        ordering = ["scheme", "code", "-edition"]
        constraints = [
            models.UniqueConstraint(
                fields=["scheme", "code", "edition"],
                name="code_is_unique_in_edition",
                violation_error_message="这个版本里已经有这个编码，请修改那一条。",
            ),
            models.CheckConstraint(
                condition=Q(scheme__in=SCHEMES),
                name="code_scheme_is_known",
                violation_error_message="请选择功能分类、部门支出经济分类或政府采购品目。",
            ),
        ]

    def __str__(self):
        return f"{self.code} {self.name}"
