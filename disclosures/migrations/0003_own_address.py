"""A publication carries its own region, unit, name and kind, so that its address outlives every change of a department.

Its trigger forbids any update, so it is taken off while the new columns are filled from the content itself.
"""

import json

from django.db import migrations, models
from django.db.models import Q

SQLITE_OFF = ["DROP TRIGGER publication_refuses_update", "DROP TRIGGER publication_refuses_delete"]
SQLITE_ON = [
    f"""CREATE TRIGGER publication_refuses_{verb.lower()} BEFORE {verb} ON disclosures_publication
    BEGIN SELECT RAISE(ABORT, 'a publication is immutable'); END"""
    for verb in ("UPDATE", "DELETE")
]
POSTGRESQL_OFF = ["DROP TRIGGER publication_is_immutable ON disclosures_publication"]
POSTGRESQL_ON = [
    """CREATE TRIGGER publication_is_immutable BEFORE UPDATE OR DELETE ON disclosures_publication
    FOR EACH ROW EXECUTE FUNCTION refuse_publication_change()""",
]


def _run(schema_editor, statements):
    for statement in statements[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def unprotect(apps, schema_editor):
    _run(schema_editor, {"sqlite": SQLITE_OFF, "postgresql": POSTGRESQL_OFF})


def protect(apps, schema_editor):
    _run(schema_editor, {"sqlite": SQLITE_ON, "postgresql": POSTGRESQL_ON})


def address(apps, schema_editor):
    publications = apps.get_model("disclosures", "Publication").objects
    for publication in publications.iterator(20):
        content = json.loads(publication.content)
        publications.filter(pk=publication.pk).update(
            region=content["region"]["code"],
            region_name=content["region"]["name"],
            unit=content["department"]["unit"],
            name=content["department"]["name"],
            document="department_budget",
        )


def _text(label, length):
    return models.CharField(label, max_length=length, default="")


class Migration(migrations.Migration):
    dependencies = [("disclosures", "0002_immutable")]
    operations = [
        migrations.RunPython(unprotect, protect),
        migrations.RemoveConstraint("publication", "versions_are_numbered"),
        migrations.AddField("publication", "region", _text("区划代码", 6)),
        migrations.AddField("publication", "region_name", _text("地方", 60)),
        migrations.AddField("publication", "unit", _text("单位编码", 12)),
        migrations.AddField("publication", "name", _text("单位名称", 100)),
        migrations.AddField("publication", "document", _text("种类", 32)),
        migrations.RunPython(address, migrations.RunPython.noop),
        migrations.AlterField("publication", "region", models.CharField("区划代码", max_length=6)),
        migrations.AlterField("publication", "region_name", models.CharField("地方", max_length=60)),
        migrations.AlterField("publication", "unit", models.CharField("单位编码", max_length=12)),
        migrations.AlterField("publication", "name", models.CharField("单位名称", max_length=100)),
        migrations.AlterField("publication", "document", models.CharField("种类", max_length=32)),
        migrations.AlterModelOptions(
            "publication",
            {
                "ordering": ["-year", "region", "unit", "document", "-version"],
                "verbose_name": "已公开的预算",
                "verbose_name_plural": "已公开的预算",
            },
        ),
        migrations.AddConstraint(
            "publication",
            models.UniqueConstraint(
                fields=["region", "unit", "year", "document", "version"], name="versions_are_numbered"
            ),
        ),
        migrations.AddConstraint(
            "publication",
            models.CheckConstraint(
                condition=~Q(region="") & ~Q(unit="") & ~Q(name="") & ~Q(document=""), name="publication_is_addressed"
            ),
        ),
        migrations.RunPython(protect, unprotect),
    ]
