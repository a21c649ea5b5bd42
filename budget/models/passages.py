"""The sentences that a county's reviewer has put in the place of those that stand ready."""

from django.conf import settings
from django.db import models

from budget.models.budget import document_choices
from budget.models.fields import ShortText
from budget.models.places import Region


class Passage(models.Model):
    """The standard sentences of one section, for one kind of document in one county.

    Each change is a row more, under who made it and when; the newest one holds. sentences: as
    `declare.sentence.as_json` writes them; null for those that stand ready.
    """

    region = models.ForeignKey(Region, models.PROTECT, verbose_name="县", related_name="passages")
    document = ShortText("种类", max_length=32, choices=document_choices)
    section = models.PositiveSmallIntegerField("部分")
    sentences = models.JSONField("标准句", null=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="账号", null=True, blank=True, related_name="+"
    )
    by = ShortText("修改人", max_length=150)
    at = models.DateTimeField("修改时间", auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "标准句"
        ordering = ["id"]
        indexes = [models.Index(fields=["region", "document"], name="passages_of_a_county")]

    def __str__(self):
        return f"{self.region} 第{self.section}部分"
