"""Sections under a document's own headings: numbers from 101, and a place of their own, so far that of the number."""

from django.db import migrations, models
from django.db.models import F, Q


def place_by_number(apps, schema_editor):
    """Until now the number was the place."""
    apps.get_model("budget", "Section").objects.update(order=F("number"))


class Migration(migrations.Migration):
    dependencies = [("budget", "0007_code_dates")]

    operations = [
        migrations.AlterModelOptions(
            name="section",
            options={"ordering": ["order", "number"], "verbose_name": "情况说明", "verbose_name_plural": "情况说明"},
        ),
        migrations.RemoveConstraint(model_name="section", name="section_is_one_of_eleven"),
        migrations.AddField(
            model_name="section",
            name="order",
            field=models.PositiveSmallIntegerField(
                "次序", default=0, blank=True, help_text="照文件里的次序；空着就按序号排。"
            ),
        ),
        migrations.RunPython(place_by_number, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="section",
            constraint=models.CheckConstraint(
                condition=Q(number__range=(1, 11)) | Q(number__range=(101, 999)),
                name="section_is_declared_or_own",
                violation_error_message="序号应在 1 到 11 之间，文件另有的部分从 101 起。",
            ),
        ),
    ]
