"""Publications are immutable in the database itself: nobody, the superuser included, changes or deletes one."""

from django.db import migrations

SQLITE = [
    f"""CREATE TRIGGER publication_refuses_{verb.lower()} BEFORE {verb} ON disclosures_publication
    BEGIN SELECT RAISE(ABORT, 'a publication is immutable'); END"""
    for verb in ("UPDATE", "DELETE")
]
POSTGRESQL = [
    """CREATE FUNCTION refuse_publication_change() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'a publication is immutable'; END $$""",
    """CREATE TRIGGER publication_is_immutable BEFORE UPDATE OR DELETE ON disclosures_publication
    FOR EACH ROW EXECUTE FUNCTION refuse_publication_change()""",
]


def protect(apps, schema_editor):
    for statement in {"sqlite": SQLITE, "postgresql": POSTGRESQL}[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("disclosures", "0001_initial")]
    operations = [migrations.RunPython(protect, elidable=False)]
