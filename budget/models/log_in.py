"""What logging in needs beside a password, and what was done to accounts. The latter is altered by nobody."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from budget.models.fields import ShortText


class LogIn(models.Model):
    """A person's sessions and invitation; there is none before either was needed.

    sessions: sessions that began under another number have ended. invitation: the SHA-256 of what the link holds.
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, verbose_name="人员", primary_key=True, related_name="log_in"
    )
    sessions = models.PositiveIntegerField("登录的序号", default=0)
    invitation = ShortText("邀请", max_length=64, blank=True)
    invited_until = models.DateTimeField("邀请有效到", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "登录"
        constraints = [
            models.UniqueConstraint(fields=["invitation"], condition=~Q(invitation=""), name="an_invitation_is_ones")
        ]


class RecoveryCode(models.Model):
    """One code that stands for the telephone once: its SHA-256, since nobody needs to read it again."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, verbose_name="人员", related_name="recovery_codes"
    )
    digest = ShortText("摘要", max_length=64)

    class Meta:
        verbose_name = verbose_name_plural = "恢复码"
        constraints = [models.UniqueConstraint(fields=["user", "digest"], name="recovery_code_is_there_once")]


class AccountEvent(models.Model):
    """One thing that was done to an account, by whom. Its number orders what was done."""

    class What(models.TextChoices):
        """What was done."""

        CREATED = "created", "新建账号"
        GIVEN = "given", "给了岗位"
        TAKEN = "taken", "取消岗位"
        INVITED = "invited", "发出邀请"
        PASSWORD = "password", "设了密码"
        DISABLED = "disabled", "停用"
        ENABLED = "enabled", "恢复使用"
        ENROLLED = "enrolled", "打开两步验证"
        RECOVERED = "recovered", "用了一个恢复码"
        CODES = "codes", "换了一批恢复码"
        RESET = "reset", "重设两步验证"
        SIGNED_OUT = "signed_out", "从所有设备退出"
        EMAIL = "email", "改了电子邮箱"

    at = models.DateTimeField("时间", auto_now_add=True)
    what = ShortText("做了什么", max_length=12, choices=What)
    whom = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="谁的账号", related_name="events")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="办理的账号", null=True, blank=True, related_name="+"
    )
    by = ShortText("办理人", max_length=150)
    detail = ShortText("内容", max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "账号记录"
        ordering = ["-id"]
        constraints = [models.CheckConstraint(condition=~Q(by=""), name="account_event_is_somebodys")]

    def __str__(self):
        return f"{self.by} {self.get_what_display()}"
