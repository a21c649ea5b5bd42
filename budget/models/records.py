from django.db import models
from django.db.models import Q

from budget.listings import FIXED_ASSETS
from budget.models.budget import Budget
from budget.models.fields import PLACE_IS_TAKEN, AmountField, LongText, OrderField, QuantityField, ShortText


class Institution(models.Model):
    """One institution that the department's budget covers."""

    budget = models.ForeignKey(Budget, models.CASCADE, verbose_name="部门预算", related_name="institutions")
    order = OrderField()
    name = ShortText("单位名称", max_length=100)
    nature = ShortText("单位性质", max_length=40, blank=True)
    rank = ShortText("单位规格", max_length=40, blank=True)
    funding = ShortText("经费保障形式", max_length=40, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "机构设置"
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(
                fields=["budget", "order"], name="institution_has_its_place", violation_error_message=PLACE_IS_TAKEN
            ),
        ]

    def __str__(self):
        return self.name


class ProcurementLine(models.Model):
    """One purchase of the procurement table; its total is the sum of its sources and is not stored."""

    budget = models.ForeignKey(Budget, models.CASCADE, verbose_name="部门预算", related_name="procurement")
    order = OrderField()
    institution = ShortText("采购单位", max_length=100, blank=True)
    project = ShortText("项目名称", max_length=200)
    project_budget = AmountField("预算资金（元）", null=True, blank=True)
    item = ShortText("采购物品名称", max_length=200)
    catalogue_code = ShortText("政府采购目录序号", max_length=20, blank=True)
    unit = ShortText("计量单位", max_length=20, blank=True)
    quantity = QuantityField("数量")
    unit_price = AmountField("单价（元）", null=True, blank=True)
    general_public_budget = AmountField("一般公共预算拨款（元）", null=True, blank=True)
    government_fund = AmountField("基金预算拨款（元）", null=True, blank=True)
    state_capital = AmountField("国有资本经营预算拨款（元）", null=True, blank=True)
    special_account = AmountField("财政专户核拨（元）", null=True, blank=True)
    own_funds = AmountField("单位资金（元）", null=True, blank=True)
    carried_over = AmountField("上年结转结余（元）", null=True, blank=True)
    sme_reserved = AmountField("预留中小微企业份额（元）", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "政府采购预算"
        ordering = ["order"]
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
    kind = ShortText("项目", max_length=12, choices=FIXED_ASSETS.kinds)
    quantity = QuantityField("数量")
    value = AmountField("价值（元）", null=True, blank=True)

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


class Section(models.Model):
    """One of the eleven sections of the narrative; paragraphs are lines of `text`, kept as printed."""

    budget = models.ForeignKey(Budget, models.CASCADE, verbose_name="部门预算", related_name="sections")
    number = models.PositiveSmallIntegerField("序号")
    title = ShortText("标题", max_length=100)
    text = LongText("正文", blank=True, max_length=100_000)

    class Meta:
        verbose_name = verbose_name_plural = "情况说明"
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["budget", "number"],
                name="section_has_its_place",
                violation_error_message="这份预算里已经有这个序号的部分，请修改那一部分。",
            ),
            models.CheckConstraint(
                condition=Q(number__range=(1, 11)),
                name="section_is_one_of_eleven",
                violation_error_message="序号应在 1 到 11 之间：情况说明共十一部分。",
            ),
        ]

    def __str__(self):
        return self.title
