"""Counties, and the bodies in them that publish a budget."""

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Length

from budget.models.fields import ShortText

models.CharField.register_lookup(Length)


class Region(models.Model):
    """An administrative division of county level, by its GB/T 2260 code (six digits)."""

    code = ShortText(
        "区划代码", max_length=6, primary_key=True, validators=[RegexValidator(r"^[0-9]{6}\Z", "区划代码是 6 位数字")]
    )
    name = ShortText("名称", max_length=60, help_text="例如：河北省秦皇岛市卢龙县")

    class Meta:
        verbose_name = verbose_name_plural = "行政区划"
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                condition=Q(code__length=6),
                name="region_code_has_six_digits",
                violation_error_message="区划代码是 6 位数字。",
            ),
        ]

    def __str__(self):
        return f"{self.name}（{self.code}）"


class Department(models.Model):
    """A body that publishes a budget of its own: a township government, a street office, or a unit under one.

    parent: the department that a unit belongs to; its head office is the department itself.
    """

    region = models.ForeignKey(Region, models.PROTECT, verbose_name="行政区划", related_name="departments")
    unit = ShortText(
        "单位编码", max_length=12, validators=[RegexValidator(r"^[0-9]{3,12}\Z", "单位编码是 3 到 12 位数字")]
    )
    name = ShortText("单位名称", max_length=100)
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        verbose_name="上级部门",
        null=True,
        blank=True,
        related_name="subordinates",
        help_text="下属单位填它所属的部门；部门本身不填",
    )

    class Meta:
        verbose_name = verbose_name_plural = "预算单位"
        ordering = ["region", "unit"]
        constraints = [
            models.UniqueConstraint(
                fields=["region", "unit"],
                name="department_is_unique_in_region",
                violation_error_message="这个县里已经有一个单位用了这个单位编码。",
            ),
            models.CheckConstraint(
                condition=~Q(parent=F("id")),
                name="department_is_not_its_own_parent",
                violation_error_message="上级部门不能是本单位，请改选。",
            ),
            models.CheckConstraint(
                condition=Q(unit__length__gte=3) & ~Q(name=""),
                name="department_is_named",
                violation_error_message="请填写单位名称和至少 3 位的单位编码。",
            ),
        ]

    def __str__(self):
        return f"{self.unit} {self.name}"

    def clean(self):
        """Bodies form a tree inside one county: nobody stands under itself, nor under another county's department."""
        if self.parent is None:
            return
        if self.pk in [above.pk for above in self.parent.above()]:
            raise ValidationError({"parent": "上级部门不能是本单位或它的下属单位，请改选。"})
        if self.parent.region_id != self.region_id:
            raise ValidationError({"parent": "上级部门应在同一个县，请改选。"})

    def above(self):
        """The body itself and those above it, the nearest first."""
        found, body = [], self
        while body is not None and body not in found:
            found.append(body)
            body = body.parent
        return found
