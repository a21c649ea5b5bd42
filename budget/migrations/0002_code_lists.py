"""Load the code lists that come with the project: `migrate` alone leaves a usable database."""

from django.db import migrations

from budget import codes


def load(apps, schema_editor):
    Code = apps.get_model("budget", "Code")
    Code.objects.bulk_create((Code(**entry._asdict()) for entry in codes.shipped()), ignore_conflicts=True)


class Migration(migrations.Migration):
    dependencies = [("budget", "0001_initial")]
    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
