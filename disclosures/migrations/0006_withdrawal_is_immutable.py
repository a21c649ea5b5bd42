"""A notice that something was withdrawn is written once, as publications are."""

from django.db import migrations

REFUSE = "BEGIN SELECT RAISE(ABORT, 'a withdrawal is immutable'); END"
TABLE = "disclosures_withdrawal"
AGAIN = f"WHEN EXISTS (SELECT 1 FROM {TABLE} WHERE id = NEW.id OR publication_id = NEW.publication_id)"
SQLITE = (
    f"CREATE TRIGGER withdrawal_refuses_update BEFORE UPDATE ON {TABLE} {REFUSE}",
    f"CREATE TRIGGER withdrawal_refuses_delete BEFORE DELETE ON {TABLE} {REFUSE}",
    f"CREATE TRIGGER withdrawal_refuses_replace BEFORE INSERT ON {TABLE} {AGAIN} {REFUSE}",
)
POSTGRESQL = (
    f"""CREATE TRIGGER withdrawal_is_immutable BEFORE UPDATE OR DELETE ON {TABLE}
    FOR EACH ROW EXECUTE FUNCTION refuse_publication_change()""",
    f"""CREATE TRIGGER withdrawal_is_not_emptied BEFORE TRUNCATE ON {TABLE}
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_publication_change()""",
)


def protect(apps, schema_editor):
    for statement in SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRESQL:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("disclosures", "0005_withdrawal")]
    operations = [migrations.RunPython(protect, elidable=False)]
