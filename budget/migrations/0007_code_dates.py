"""Codes hold from a date and may end, with successors: lists change within a year."""

import datetime

from django.core.validators import RegexValidator
from django.db import migrations, models

from budget import codes
from budget.models.fields import ShortText


def date_entries(apps, schema_editor):
    """A list of an edition has held from the first day of its year."""
    Code = apps.get_model("budget", "Code")
    for edition in Code.objects.order_by().values_list("edition", flat=True).distinct():
        Code.objects.filter(edition=edition).update(since=datetime.date(edition, 1, 1))


def load(apps, schema_editor):
    """What the shipped lists have gained; what the county has corrected stays as it is."""
    Code = apps.get_model("budget", "Code")
    Code.objects.bulk_create((_entry(Code, entry) for entry in codes.shipped()), ignore_conflicts=True)
    for entry in codes.shipped():
        if entry.confirmed:
            there = Code.objects.filter(scheme=entry.scheme, code=entry.code, since=entry.since, name=entry.name)
            there.filter(confirmed=False).update(confirmed=True)


def _entry(Code, entry):
    return Code(**entry._asdict() | {"successors": " ".join(entry.successors)})


class Migration(migrations.Migration):
    dependencies = [("budget", "0006_staged_owner")]
    operations = [
        migrations.AddField("code", "since", models.DateField("起用日期", null=True)),
        migrations.RunPython(date_entries, migrations.RunPython.noop),
        migrations.RemoveConstraint("code", "code_is_unique_in_edition"),
        migrations.AlterModelOptions(
            "code",
            {
                "ordering": ["scheme", "code", "-since"],
                "verbose_name": "科目与品目编码",
                "verbose_name_plural": "科目与品目编码",
            },
        ),
        migrations.RemoveField("code", "edition"),
        migrations.AlterField(
            "code",
            "since",
            models.DateField("起用日期", help_text="从这天起用；整本目录一般是某年 1 月 1 日"),
        ),
        migrations.AddField(
            "code",
            "until",
            models.DateField("停用日期", null=True, blank=True, help_text="从这天起不再用；还在用的不填"),
        ),
        migrations.AddField(
            "code",
            "successors",
            ShortText(
                "改用编码",
                max_length=100,
                blank=True,
                help_text="停用以后改用的编码；有几个时中间空一格",
                validators=[RegexValidator(r"^[0-9A-C]+( [0-9A-C]+)*\Z", "请只填编码，几个编码之间空一格")],
            ),
        ),
        migrations.AddConstraint(
            "code",
            models.UniqueConstraint(
                fields=["scheme", "code", "since"],
                name="code_is_unique_from_a_day",
                violation_error_message="这个编码从这天起的一条已经有了，请修改那一条。",
            ),
        ),
        migrations.AddConstraint(
            "code",
            models.CheckConstraint(
                condition=models.Q(until=None) | models.Q(until__gt=models.F("since")),
                name="code_ends_after_it_began",
                violation_error_message="停用日期应在起用日期之后。",
            ),
        ),
        migrations.RunPython(load, migrations.RunPython.noop),
    ]
