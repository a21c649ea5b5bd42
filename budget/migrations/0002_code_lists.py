"""Load the code lists that come with the project: `migrate` alone leaves a usable database."""

from django.db import migrations

from budget import codes


def load(apps, schema_editor):
    Code = apps.get_model("budget", "Code")
    Code.objects.bulk_create((_of_edition(Code, entry) for entry in codes.shipped()), ignore_conflicts=True)


def _of_edition(Code, entry):
    """An entry as this migration's table knew it, by the year of its list; 0007 has the dates."""
    return Code(
        scheme=entry.scheme, code=entry.code, name=entry.name, edition=entry.since.year, confirmed=entry.confirmed
    )


class Migration(migrations.Migration):
    dependencies = [("budget", "0001_initial")]
    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
