"""Nor is a publication replaced (SQLite's INSERT OR REPLACE asks no trigger), nor all of them emptied (TRUNCATE)."""

from django.db import migrations

SQLITE = """CREATE TRIGGER publication_refuses_replace BEFORE INSERT ON disclosures_publication
WHEN EXISTS (SELECT 1 FROM disclosures_publication WHERE id = NEW.id OR (region = NEW.region AND unit = NEW.unit
    AND year = NEW.year AND document = NEW.document AND version = NEW.version))
BEGIN SELECT RAISE(ABORT, 'a publication is immutable'); END"""
POSTGRESQL = """CREATE TRIGGER publication_is_not_emptied BEFORE TRUNCATE ON disclosures_publication
FOR EACH STATEMENT EXECUTE FUNCTION refuse_publication_change()"""


def protect(apps, schema_editor):
    schema_editor.execute(SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRESQL)


class Migration(migrations.Migration):
    dependencies = [("disclosures", "0003_own_address")]
    operations = [migrations.RunPython(protect, elidable=False)]
