from django.conf import settings
from django.db import models
from django.db.models import Q

from budget.models.budget import Budget


class Upload(models.Model):
    """A file that a township handed in: the original bytes, kept for the office and never served in public.

    printed: every figure that the file prints, leaf or not, with its place (see `budget.facts.Printed`), so
    that the draft can be compared with the file at any later time.
    """

    budget = models.ForeignKey(Budget, models.CASCADE, verbose_name="部门预算", related_name="uploads")
    name = models.CharField("文件名", max_length=200)
    content = models.BinaryField("原始文件")
    sha256 = models.CharField("SHA-256", max_length=64)
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
