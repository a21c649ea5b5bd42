"""What a budget lists one record a row, and its text. The fields of the lists are declared with their document."""

from django.db import models
from django.db.models import Q

from budget.declare.narrative import MOST_OWN, OWN
from budget.documents.department_budget.fixed_assets import FIXED_ASSETS
from budget.documents.department_budget.institutions import INSTITUTIONS
from budget.documents.department_budget.narrative import TITLES
from budget.documents.department_budget.procurement import PROCUREMENT
from budget.figures.as_printed import LONGEST_TITLE
from budget.models.budget import Budget
from budget.models.declared import Ordered, add_declared
from budget.models.fields import PLACE_IS_TAKEN, LongText, ShortText

DECLARED = len(TITLES)


class Institution(Ordered):
    """One institution that the department's budget covers."""

    budget = models.ForeignKey(Budget, models.CASCADE, verbose_name="部门预算", related_name="institutions")

    class Meta(Ordered.Meta):
        verbose_name = verbose_name_plural = "机构设置"
        constraints = [
            models.UniqueConstraint(
                fields=["budget", "order"], name="institution_has_its_place", violation_error_message=PLACE_IS_TAKEN
            ),
        ]

    def __str__(self):
        return self.name


class ProcurementLine(Ordered):
    """One purchase of the procurement table; its total is the sum of its sources and is not stored."""

    budget = models.ForeignKey(Budget, models.CASCADE, verbose_name="部门预算", related_name="procurement")

    class Meta(Ordered.Meta):
        verbose_name = verbose_name_plural = "政府采购预算"
        constraints = [
            models.UniqueConstraint(
                fields=["budget", "order"],
                name="procurement_line_has_its_place",
                violation_error_message=PLACE_IS_TAKEN,
            ),
        ]

    def __str__(self):
        return f"{self.project} {self.item}"


class FixedAsset(models.Model):
    """One row of the fixed assets table, the printed total included: it is shown beside the rows' sum."""

    budget = models.ForeignKey(Budget, models.CASCADE, verbose_name="部门预算", related_name="fixed_assets")

    class Meta:
        verbose_name = verbose_name_plural = "固定资产占用"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["budget", "kind"],
                name="one_row_a_kind_of_asset",
                violation_error_message="这一类固定资产已经有一行，请修改那一行。",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=list(FIXED_ASSETS.kinds)),
                name="asset_kind_is_known",
                violation_error_message="请从列出的固定资产类别中选择。",
            ),
        ]

    def __str__(self):
        return self.get_kind_display().strip()


class PrintedTable(models.Model):
    """A table that nothing declares, as the township's file prints it (`figures.as_printed`).

    number: its own in the budget, which its address bears for ever. printed: all but its title. place: where in the
    file it stands.
    """

    budget = models.ForeignKey(Budget, models.CASCADE, verbose_name="部门预算", related_name="as_printed")
    number = models.PositiveSmallIntegerField("序号")
    title = ShortText("表题", max_length=LONGEST_TITLE)
    printed = models.JSONField("表的内容")
    place = ShortText("在文件里的位置", max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "原样保存的表"
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["budget", "number"], name="printed_table_has_its_number", violation_error_message=PLACE_IS_TAKEN
            ),
        ]

    def __str__(self):
        return self.title


class Section(models.Model):
    """One of the sections of the narrative; paragraphs are lines of `text`, kept as printed.

    number: its address, 1–11 for the declared ones and from 101 for those under the document's own headings; order:
    its place among the others, that of the file.
    """

    budget = models.ForeignKey(Budget, models.CASCADE, verbose_name="部门预算", related_name="sections")
    number = models.PositiveSmallIntegerField("序号")
    order = models.PositiveSmallIntegerField(
        "次序", default=0, blank=True, help_text="照文件里的次序；空着就按序号排。"
    )
    title = ShortText("标题", max_length=100)
    text = LongText("正文", blank=True, max_length=100_000)

    class Meta:
        verbose_name = verbose_name_plural = "情况说明"
        ordering = ["order", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["budget", "number"],
                name="section_has_its_place",
                violation_error_message="这份预算里已经有这个序号的部分，请修改那一部分。",
            ),
            models.CheckConstraint(
                condition=Q(number__range=(1, DECLARED)) | Q(number__range=(OWN + 1, OWN + MOST_OWN)),
                name="section_is_declared_or_own",
                violation_error_message="序号应在 1 到 11 之间，文件另有的部分从 101 起。",
            ),
        ]

    def clean(self):
        """A section without a place of its own stands where its number puts it."""
        self.order = self.order or self.number or 0

    def __str__(self):
        return self.title


add_declared(Institution, INSTITUTIONS.fields)
add_declared(ProcurementLine, (PROCUREMENT.group, *PROCUREMENT.fields))
add_declared(FixedAsset, FIXED_ASSETS.fields)
