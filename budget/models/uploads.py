"""Files that were handed in: kept as evidence, or waiting for a person's yes."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from budget.models.budget import Budget
from budget.models.fields import LongText, ShortText


class Upload(models.Model):
    """A file that a township handed in: the original bytes, kept for the office and never served in public.

    printed: what the file printed and where (`figures.dossier.Original` as `drafts.kept` writes it), so that the
    draft can be compared with the file at any later time.
    """

    budget = models.ForeignKey(Budget, models.CASCADE, verbose_name="部门预算", related_name="uploads")
    name = ShortText("文件名", max_length=200)
    content = models.BinaryField("原始文件")
    sha256 = ShortText("SHA-256", max_length=64)
    printed = models.JSONField("文件中的数字")
    uploaded_at = models.DateTimeField("导入时间", auto_now_add=True)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="导入人", null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = verbose_name_plural = "导入的文件"
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["budget", "sha256"], name="a_file_is_kept_once"),
            models.CheckConstraint(condition=Q(sha256__length=64), name="upload_is_hashed"),
        ]

    def __str__(self):
        return self.name


class StagedBatch(models.Model):
    """An archive that somebody handed in: its files are staged each for itself, and wait to be read and confirmed.

    region, year: what the person said of all of them; document: what one is taken for whose titles name no kind.
    saving: whether all without problems are being saved.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    name = ShortText("文件名", max_length=200)
    region = ShortText("区划代码", max_length=6, blank=True)
    year = models.PositiveSmallIntegerField("预算年度", null=True, blank=True)
    document = ShortText("种类", max_length=32, blank=True)
    saving = models.BooleanField("正在保存", default=False)
    staged_at = models.DateTimeField("选择时间", auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "待确认的压缩包"
        ordering = ["-staged_at"]

    def __str__(self):
        return self.name


class StagedUpload(models.Model):
    """A file that was read and shown to the one who chose it, and waits to be confirmed; seen by nobody else.

    region, unit, year, document, owner (the department's name): what the person said where the file does not. reading:
    what was read, so that the file is read once (`drafts.kept`). draft: what the draft said when the person last said
    whose the file is (`admin.differences.flatten`), so that later changes can be named.

    Of a file in a batch: order, its place there; state and said, what became of it, in words; target, which budget it
    belongs to; seen, the fingerprint of that budget's draft when the file was read.
    """

    class State(models.TextChoices):
        """How far a file of a batch is."""

        WAITING = "waiting", "还没有读"
        REFUSED = "refused", "读不了"
        KEPT_OUT = "kept_out", "还不能保存"
        NEW = "new", "新建"
        CHANGED = "changed", "有变化"
        SOURCE = "source", "内容相同，只换依据"
        SAME = "same", "没有变化"
        STALE = "stale", "草稿被改过"
        SAVED = "saved", "已保存"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    name = ShortText("文件名", max_length=200)
    content = models.BinaryField("原始文件")
    sha256 = ShortText("SHA-256", max_length=64)
    region = ShortText("区划代码", max_length=6, blank=True)
    unit = ShortText("单位编码", max_length=12, blank=True)
    year = models.PositiveSmallIntegerField("预算年度", null=True, blank=True)
    document = ShortText("种类", max_length=32, blank=True)
    owner = ShortText("单位名称", max_length=100, blank=True)
    reading = models.JSONField("读出的内容", default=dict)
    draft = models.JSONField("选择文件时的草稿", default=dict)
    staged_at = models.DateTimeField("选择时间", auto_now_add=True)
    batch = models.ForeignKey(StagedBatch, models.CASCADE, null=True, blank=True, related_name="files")
    order = models.PositiveSmallIntegerField("次序", default=0)
    state = ShortText("状态", max_length=10, choices=State, default=State.WAITING)
    said = LongText("结果", blank=True, max_length=2000)
    target = ShortText("哪份预算", max_length=80, blank=True)
    seen = ShortText("草稿的版本", max_length=64, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "待确认的文件"
        ordering = ["-staged_at"]
        constraints = [models.CheckConstraint(condition=Q(sha256__length=64), name="staged_upload_is_hashed")]

    def __str__(self):
        return self.name

    @property
    def short(self):
        """The name without the folders that it lay in."""
        return self.name.rpartition("/")[2]
