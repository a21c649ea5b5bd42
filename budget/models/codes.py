"""Code lists in the database, where the county corrects them."""

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q

from budget.codes import ECONOMIC, FUNCTION, PROCUREMENT, SCHEMES
from budget.models.fields import ShortText


class Code(models.Model):
    """A code of a classification and its name, from the day on which it holds.

    Source: the lists in `budget/codes/`, loaded by migration; the county may correct and add.
    """

    NAMES = {FUNCTION: "功能分类", ECONOMIC: "部门支出经济分类", PROCUREMENT: "政府采购品目"}

    scheme = ShortText("分类", max_length=12, choices=NAMES)
    code = ShortText("编码", max_length=12)
    name = ShortText("名称", max_length=100)
    since = models.DateField("起用日期", help_text="从这天起用；整本目录一般是某年 1 月 1 日")
    until = models.DateField("停用日期", null=True, blank=True, help_text="从这天起不再用；还在用的不填")
    successors = ShortText(
        "改用编码",
        max_length=100,
        blank=True,
        help_text="停用以后改用的编码；有几个时中间空一格",
        validators=[RegexValidator(r"^[0-9A-C]+( [0-9A-C]+)*\Z", "请只填编码，几个编码之间空一格")],
    )
    confirmed = models.BooleanField("已核实", default=False, help_text="在正式公布的文件中见过")

    class Meta:
        verbose_name = verbose_name_plural = "科目与品目编码"
        ordering = ["scheme", "code", "-since"]
        constraints = [
            models.UniqueConstraint(
                fields=["scheme", "code", "since"],
                name="code_is_unique_from_a_day",
                violation_error_message="这个编码从这天起的一条已经有了，请修改那一条。",
            ),
            models.CheckConstraint(
                condition=Q(scheme__in=SCHEMES),
                name="code_scheme_is_known",
                violation_error_message="请选择功能分类、部门支出经济分类或政府采购品目。",
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gt=F("since")),
                name="code_ends_after_it_began",
                violation_error_message="停用日期应在起用日期之后。",
            ),
        ]

    def __str__(self):
        return f"{self.code} {self.name}"
