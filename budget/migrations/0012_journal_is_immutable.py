"""The journal is written once: the database itself refuses to change or delete what stands in it, whoever asks.

SQLite's INSERT OR REPLACE deletes without asking a trigger, and PostgreSQL's TRUNCATE asks none for rows.
"""

from django.db import migrations

TABLES = ("budget_act", "budget_change")


def _sqlite(table):
    refuse = f"BEGIN SELECT RAISE(ABORT, 'the journal is immutable: {table}'); END"
    yield from (
        f"CREATE TRIGGER {table}_refuses_{verb.lower()} BEFORE {verb} ON {table} {refuse}" for verb in ("UPDATE", "DELETE")
    )
    again = f"WHEN EXISTS (SELECT 1 FROM {table} WHERE id = NEW.id)"
    yield f"CREATE TRIGGER {table}_refuses_replace BEFORE INSERT ON {table} {again} {refuse}"


def _postgresql(table):
    each = "FOR EACH ROW EXECUTE FUNCTION refuse_journal_change()"
    yield f"CREATE TRIGGER {table}_is_immutable BEFORE UPDATE OR DELETE ON {table} {each}"
    all_at_once = "FOR EACH STATEMENT EXECUTE FUNCTION refuse_journal_change()"
    yield f"CREATE TRIGGER {table}_is_not_emptied BEFORE TRUNCATE ON {table} {all_at_once}"


FUNCTION = """CREATE FUNCTION refuse_journal_change() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'the journal is immutable: %', TG_TABLE_NAME; END $$"""


def protect(apps, schema_editor):
    is_sqlite = schema_editor.connection.vendor == "sqlite"
    if not is_sqlite:
        schema_editor.execute(FUNCTION, params=None)  # its % is the message's own
    for table in TABLES:
        for statement in _sqlite(table) if is_sqlite else _postgresql(table):
            schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("budget", "0011_journal")]
    operations = [migrations.RunPython(protect, elidable=False)]
