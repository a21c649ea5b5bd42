"""What is public: publications, written once and never changed."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from budget.documents import DOCUMENTS
from budget.models import Department, Role


class PublicationQuerySet(models.QuerySet):
    """Publications; `public` is the only gate to the public."""

    def public(self):
        """Everything the public may see, what was withdrawn left out: the only gate to public pages."""
        gone = Withdrawal.objects.filter(
            **{f"publication__{part}": models.OuterRef(part) for part in ADDRESS},
            publication__version__gte=models.OuterRef("version"),
        )
        return self.filter(~models.Exists(gone))

    def at(self, region, unit, year=None, document=None):
        """What is public at an address, the newest version first."""
        narrowed = {"year": year, "document": document}
        found = self.public().filter(region=region, unit=unit, **{k: v for k, v in narrowed.items() if v is not None})
        return found.order_by("-year", "document", "-version")

    def current(self):
        """The newest version at each address."""
        return self.public().filter(~_newer(""))


ADDRESS = ("region", "unit", "year", "document")


def _newer(own):
    """Whether there is a later version at the same address; own: the way to the publication that is asked about."""
    same = {part: models.OuterRef(f"{own}{part}") for part in ADDRESS}
    return models.Exists(PublicationQuerySet(Publication).filter(**same, version__gt=models.OuterRef(f"{own}version")))


class Publication(models.Model):
    """An immutable, numbered, hashed copy of a budget: canonical JSON, written once by `publish`.

    region, unit, name, document: whose it was and of which kind when it was published, whatever the department is
    called since: its address never changes. content: the document that `disclosures.content` describes. sha256: over
    its UTF-8 bytes. explanation: why it was published although something in it does not agree; published with it.
    """

    department = models.ForeignKey(Department, models.PROTECT, verbose_name="预算单位", related_name="publications")
    region = models.CharField("区划代码", max_length=6)
    region_name = models.CharField("地方", max_length=60)
    unit = models.CharField("单位编码", max_length=12)
    name = models.CharField("单位名称", max_length=100)
    document = models.CharField("种类", max_length=32)
    year = models.PositiveSmallIntegerField("预算年度")
    version = models.PositiveSmallIntegerField("版本")
    content = models.TextField("内容")
    sha256 = models.CharField("SHA-256", max_length=64)
    explanation = models.TextField("说明", blank=True, max_length=2000)
    published_at = models.DateTimeField("公开时间")
    published_by = models.CharField("公开人", max_length=150)

    objects = PublicationQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "已公开的预算"
        ordering = ["-year", "region", "unit", "document", "-version"]
        constraints = [
            models.UniqueConstraint(
                fields=["region", "unit", "year", "document", "version"], name="versions_are_numbered"
            ),
            models.CheckConstraint(condition=Q(version__gte=1) & ~Q(content=""), name="publication_is_whole"),
            models.CheckConstraint(
                condition=~Q(region="") & ~Q(unit="") & ~Q(name="") & ~Q(document=""), name="publication_is_addressed"
            ),
        ]

    def __str__(self):
        return f"{self.name}{self.year}年{self.kind} 第{self.version}版"

    @property
    def kind(self):
        """部门预算"""
        return DOCUMENTS[self.document].name

    @property
    def address(self):
        """Where its current version stands."""
        return f"/{self.region}/{self.unit}/{self.year}/{DOCUMENTS[self.document].address}"

    @property
    def pinned_address(self):
        """Where this very version stands, for ever."""
        return f"{self.address}v{self.version}/"


class WithdrawalQuerySet(models.QuerySet):
    """Notices of what was taken down."""

    def at(self, region, unit, **narrowed):
        """Those at an address, the newest first, each with its publication."""
        found = self.select_related("publication").defer("publication__content")
        where = {"region": region, "unit": unit} | {key: value for key, value in narrowed.items() if value is not None}
        return found.filter(**{f"publication__{part}": value for part, value in where.items()}).order_by("-id")

    def of(self, publication):
        """The notice that a version was taken down, with it or with a later one; None while it stands."""
        address = {part: getattr(publication, part) for part in ADDRESS}
        return self.at(**address).filter(publication__version__gte=publication.version).last()

    def standing(self):
        """Those in whose place nothing was published since."""
        found = self.select_related("publication").defer("publication__content")
        return found.filter(~_newer("publication__"))


class Withdrawal(models.Model):
    """A dated notice: a version, and all before it at its address, are no longer shown. Nobody alters it.

    by: the office that took it down; reason: as the public reads it.
    """

    publication = models.OneToOneField(Publication, models.PROTECT, verbose_name="撤下的", related_name="withdrawal")
    reason = models.CharField("撤下的原因", max_length=2000)
    by = models.CharField("撤下的机关", max_length=150)
    at = models.DateTimeField("撤下时间")

    objects = WithdrawalQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "撤下公告"
        ordering = ["-id"]
        constraints = [models.CheckConstraint(condition=~Q(reason="") & ~Q(by=""), name="withdrawal_says_why_and_who")]

    def __str__(self):
        return f"{self.publication}，已撤下"

    def as_json(self):
        """What a later version keeps of it."""
        return {
            "at": timezone.localtime(self.at).replace(microsecond=0).isoformat(),
            "by": self.by,
            "reason": self.reason,
        }


class PublishingRound(models.Model):
    """Budgets that somebody publishes one after another; what became of each is kept, to go on after a stop."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="公开人", related_name="+")
    at = models.DateTimeField("开始", auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "批量公开"

    def __str__(self):
        return f"{self.user} {self.at:%Y-%m-%d}"


class PublishingItem(models.Model):
    """One budget of a round. outcome: '' while it waits. sentence: why it was not published."""

    class Outcome(models.TextChoices):
        """What became of it."""

        PUBLISHED = "published", "已公开"
        REFUSED = "refused", "没有公开"

    round = models.ForeignKey(PublishingRound, models.CASCADE, verbose_name="批量公开", related_name="items")
    budget = models.ForeignKey("budget.Budget", models.PROTECT, verbose_name="部门预算", related_name="+")
    outcome = models.CharField("结果", max_length=10, choices=Outcome, blank=True)
    sentence = models.CharField("原因", max_length=2000, blank=True)
    publication = models.ForeignKey(Publication, models.PROTECT, verbose_name="公开的", null=True, related_name="+")

    class Meta:
        verbose_name = verbose_name_plural = "批量公开的一份"
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["round", "budget"], name="a_budget_is_once_in_a_round")]

    def __str__(self):
        return str(self.budget)


class Reminder(models.Model):
    """One thing that one person was told by mail; nobody is told the same thing twice.

    about: which thing, as `disclosures.reminders.days` writes it. sent_at: None while its mail is on its way; a mail
    that somebody killed there is sent again. by: who pressed the button, None where it was due.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, verbose_name="谁", related_name="reminders")
    role = models.CharField("作为", max_length=16, choices=Role)
    department = models.ForeignKey(Department, models.CASCADE, verbose_name="预算单位", related_name="reminders")
    year = models.PositiveSmallIntegerField("预算年度")
    document = models.CharField("种类", max_length=32)
    about = models.CharField("提醒什么", max_length=60)
    begun_at = models.DateTimeField("开始发")
    sent_at = models.DateTimeField("发出", null=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, verbose_name="谁让发的", null=True, related_name="+"
    )

    class Meta:
        verbose_name = verbose_name_plural = "提醒"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "role", "department", "year", "document", "about"], name="nobody_is_told_a_thing_twice"
            )
        ]

    def __str__(self):
        return f"{self.user} {self.about}"
