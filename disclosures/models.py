from django.db import models
from django.db.models import Q

from budget.models import Department


class PublicationQuerySet(models.QuerySet):
    """Publications; `public` is the only gate to the public."""

    def public(self):
        """Everything the public may see: the only gate between publications and public pages."""
        return self.select_related("department__region")

    def current(self):
        """The newest version of each department and year."""
        newer = PublicationQuerySet(Publication).filter(
            department=models.OuterRef("department"),
            year=models.OuterRef("year"),
            version__gt=models.OuterRef("version"),
        )
        return self.public().filter(~models.Exists(newer))


class Publication(models.Model):
    """An immutable, numbered, hashed copy of a budget: canonical JSON, written once by `publish`.

    content: the document that `disclosures.content` describes. sha256: over its UTF-8 bytes.
    explanation: why it was published although something in it does not agree; published with it.
    """

    department = models.ForeignKey(Department, models.PROTECT, verbose_name="预算单位", related_name="publications")
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
        ordering = ["-year", "department", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["department", "year", "version"], name="versions_are_numbered"),
            models.CheckConstraint(condition=Q(version__gte=1) & ~Q(content=""), name="publication_is_whole"),
        ]

    def __str__(self):
        return f"{self.department.name}{self.year}年部门预算 第{self.version}版"
