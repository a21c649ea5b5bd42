"""A draft: whose it is, its lines, the names that it prints for codes. The database itself refuses what cannot be."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from budget.documents import DEFAULT, DOCUMENTS, taken
from budget.figures.facets import SHAPES, AnyBut, Book, Facets, Fund, Item, Kind
from budget.models.fields import MAX_TEXT, AmountField, LongText, ShortText
from budget.models.places import Department


def document_choices():
    """The kinds of documents that are taken, for a choice."""
    return [(document.key, document.name) for document in taken()]


def kind_choices():
    """The kinds of spending, for a choice: one that is declared needs no migration."""
    return Kind.choices


class State(models.TextChoices):
    """How far a budget is on its way to the public."""

    DRAFT = "draft", "填报中"
    SUBMITTED = "submitted", "已送审"
    RETURNED = "returned", "已退回"
    APPROVED = "approved", "审核通过"
    PUBLISHED = "published", "已公开"
    WITHDRAWN = "withdrawn", "已撤下"


OPEN = (State.DRAFT, State.RETURNED)  # its clerks may change it


class BudgetQuerySet(models.QuerySet):
    """Budgets; every list, choice, preview, upload and export of the back office goes through `visible_to`."""

    def visible_to(self, user):
        """What a person may see: clerks their bodies, a county office what was handed in, auditors what is passed."""
        if not user.is_active:
            return self.none()
        if user.is_superuser:
            return self.all()
        own = Q(department__posts__user=user, department__posts__role="clerk")
        county = Q(department__region__posts__user=user)
        handed_in = county & Q(department__region__posts__role__in=("reviewer", "publisher")) & Q(was_submitted=True)
        approved = (State.APPROVED, State.PUBLISHED, State.WITHDRAWN)
        audited = county & Q(department__region__posts__role="auditor", state__in=approved)
        mine = type(self)(self.model).filter(own | handed_in | audited).values("pk")
        return self.filter(pk__in=mine)


class Budget(models.Model):
    """One department's budget of one fiscal year, as a draft: what is published is a frozen copy.

    document: which kind it is; a department's head office has a 部门预算 and a 单位预算 of the same year. state: see
    `drafts.states`, which alone changes it. approved_hash: of the content that was approved, by whom.
    """

    department = models.ForeignKey(Department, models.PROTECT, verbose_name="预算单位", related_name="budgets")
    year = models.PositiveSmallIntegerField("预算年度")
    document = ShortText("种类", max_length=32, choices=document_choices, default=DEFAULT)
    preamble = LongText("情况说明开头", blank=True, max_length=MAX_TEXT)
    written = models.JSONField("用句子写的部分", default=dict, blank=True, editable=False)
    assets_as_of = models.DateField("固定资产截止日期", null=True, blank=True)
    approved_on = models.DateField("财政批复日期", null=True, blank=True, help_text="批复后 20 日内公开")
    secrecy_reviewed_by = ShortText("保密审查人", max_length=50, blank=True)
    secrecy_reviewed_on = models.DateField("保密审查日期", null=True, blank=True)
    signed_by = ShortText("签发人（单位负责人）", max_length=50, blank=True)
    signed_on = models.DateField("签发日期", null=True, blank=True)
    source = models.ForeignKey(
        "budget.Upload",
        models.SET_NULL,
        verbose_name="依据的文件",
        null=True,
        blank=True,
        related_name="+",
        help_text="最近一次导入的文件；草稿的各数与它逐项比对",
    )
    changed_at = models.DateTimeField("最近修改", auto_now=True)
    state = ShortText("办理到", max_length=10, choices=State, default=State.DRAFT)
    was_submitted = models.BooleanField("送审过", default=False)
    opened_by_reviewer = models.BooleanField("审核人已打开", default=False)
    approved_hash = ShortText("审核通过的内容", max_length=64, blank=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="审核人", null=True, blank=True, related_name="+"
    )

    objects = BudgetQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "部门预算"
        ordering = ["-year", "department"]
        constraints = [
            models.UniqueConstraint(
                fields=["department", "year", "document"],
                name="one_budget_of_a_kind_a_year",
                violation_error_message="这个单位这一年已经有一份这样的预算，请打开那一份修改。",
            ),
            models.CheckConstraint(
                condition=Q(year__range=(2000, 2099)),
                name="budget_year_is_plausible",
                violation_error_message="预算年度应在 2000 到 2099 之间。",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.APPROVED) | Q(approved_hash__length=64), name="approval_is_of_a_content"
            ),
        ]

    def __str__(self):
        return f"{self.department.name}{self.year}年{DOCUMENTS[self.document].name}"

    @property
    def closed(self):
        """Why nobody may change it now, in one sentence; '' while it is open."""
        if self.state in OPEN:
            return ""
        return f"这份预算现在“{self.get_state_display()}”，不能修改；要改的，请先撤回，或由审核人退回、公开人更正。"


def _allowed(shape):
    """The condition that a line has one of the shapes that `facets.SHAPES` lists."""
    condition = Q(book=shape.book)
    for facet, allowed in shape._asdict().items():
        if isinstance(allowed, AnyBut):
            condition &= ~Q(**{f"{facet}__in": ["", *allowed]})
        elif facet != "book":
            condition &= Q(**{f"{facet}__in": list(allowed)})
    return condition


def _one_of(shapes):
    condition = Q()
    for shape in shapes:
        condition |= _allowed(shape)
    return condition


class Line(models.Model):
    """One amount in yuan with its facets; every figure of the nine tables is a sum of lines."""

    budget = models.ForeignKey(Budget, models.CASCADE, verbose_name="部门预算", related_name="lines")
    book = ShortText("账", max_length=16, choices=Book)
    fund = ShortText("资金性质或来源", max_length=24, choices=Fund)
    kind = ShortText("支出类型", max_length=16, choices=kind_choices, blank=True)
    function = ShortText("功能分类科目", max_length=7, blank=True)
    economic = ShortText("经济分类科目", max_length=5, blank=True)
    item = ShortText("“三公”经费项目", max_length=24, choices=Item, blank=True)
    project = ShortText("项目编码", max_length=40, blank=True, help_text="这笔钱属于哪个项目；不清楚就不填")
    carried_over = models.BooleanField("上年结转", default=False)
    amount = AmountField("金额（元）")

    class Meta:
        verbose_name = verbose_name_plural = "预算明细"
        ordering = ["book", "function", "economic", "item", "fund", "kind", "project", "carried_over"]
        constraints = [
            models.UniqueConstraint(
                fields=["budget", *Facets._fields],
                name="line_is_unique_by_its_facets",
                violation_error_message="已经有一条账、资金、类型和科目都相同的明细，请修改那一条的金额。",
            ),
            models.CheckConstraint(
                condition=_one_of(SHAPES),
                name="line_bears_the_facets_of_its_book",
                violation_error_message="这一行的账、资金、类型和科目搭配不对，请对照填写说明。",
            ),
        ]

    def __str__(self):
        code = self.function or self.economic or self.get_item_display()
        return f"{self.get_book_display()} {code} {self.amount}".replace("  ", " ")

    @property
    def facets(self):
        """The line's facets as a tuple, its identity inside one budget."""
        return Facets(*(getattr(self, name) for name in Facets._fields))

    def clean(self):
        """Codes are digits of a known length; the rest is the constraint's business."""
        for name, lengths in (("function", (3, 5, 7)), ("economic", (3, 5))):
            code = getattr(self, name)
            if code and not (code.isascii() and code.isdigit() and len(code) in lengths):
                raise ValidationError({name: f"科目编码应是 {'、'.join(map(str, lengths))} 位数字"})


class PrintedName(models.Model):
    """The name that a township prints for a code, where the code list has another or none."""

    budget = models.ForeignKey(Budget, models.CASCADE, verbose_name="部门预算", related_name="printed_names")
    scheme = ShortText("分类", max_length=12, choices=[("function", "功能分类"), ("economic", "部门支出经济分类")])
    code = ShortText("编码", max_length=12)
    name = ShortText("本单位所用名称", max_length=100)

    class Meta:
        verbose_name = verbose_name_plural = "与目录不同的科目名称"
        ordering = ["scheme", "code"]
        constraints = [
            models.UniqueConstraint(
                fields=["budget", "scheme", "code"],
                name="one_printed_name_a_code",
                violation_error_message="这个编码已经有一个名称，请修改那一条。",
            ),
        ]

    def __str__(self):
        return f"{self.code} {self.name}"
