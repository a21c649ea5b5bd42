"""A database made for one trial: kept as it stands, put back as often as that is needed, thrown away at the end."""

import contextlib
import os
import shutil
import sqlite3
import tempfile
from pathlib import Path

import psycopg


class Sqlite:
    """One file. Nobody may be connected while it is kept or put back."""

    def __init__(self, folder):
        self.file = Path(folder, "trial.sqlite3")
        self.url = f"sqlite:///{self.file}"

    def keep(self, name):
        """Remember under this name what it says now."""
        with contextlib.closing(sqlite3.connect(self.file)) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        shutil.copyfile(self.file, self._kept(name))

    def put_back(self, name):
        """Make it say again what was kept under this name."""
        for beside in ("-wal", "-shm"):
            Path(f"{self.file}{beside}").unlink(missing_ok=True)
        shutil.copyfile(self._kept(name), self.file)

    def _kept(self, name):
        return self.file.with_name(f"{self.file.name}-kept-{name}")

    def drop(self):
        """Its folder goes with all that is in it."""


class Postgres:
    """A database on somebody's server. What is kept is copied into a schema of its own, and back again as its owner.

    Making it anew from a template takes seconds on a busy machine: dropping a database waits for a checkpoint. What
    triggers and foreign keys refuse, they do not refuse a replica.
    """

    def __init__(self, url):
        self.server = url.rpartition("/")[0]
        self.name = f"township_trial_{os.getpid()}"
        self.url = f"{self.server}/{self.name}"
        self._ask("postgres", f"CREATE DATABASE {self.name}")

    def keep(self, name):
        """Remember under this name what it says now."""
        copies = (f"CREATE TABLE kept_{name}.{table} AS TABLE public.{table}" for table in self._tables())
        self._ask(self.name, f"CREATE SCHEMA kept_{name}", *copies)

    def put_back(self, name):
        """Make it say again what was kept under this name."""
        empty = (f"DELETE FROM public.{table}" for table in self._tables())
        fill = (f"INSERT INTO public.{table} TABLE kept_{name}.{table}" for table in self._tables())
        self._ask(
            self.name, ";".join(["BEGIN", "SET LOCAL session_replication_role = replica", *empty, *fill, "COMMIT"])
        )

    def drop(self):
        """Leave the server as it was."""
        self._ask("postgres", f"DROP DATABASE {self.name} WITH (FORCE)")

    def _tables(self):
        found = self._ask(self.name, "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")
        return [table for (table,) in found.fetchall()]

    def _ask(self, database, *statements):
        with psycopg.connect(f"{self.server}/{database}", autocommit=True) as connection:
            for statement in statements:
                answer = connection.execute(statement)
        return answer


@contextlib.contextmanager
def temporary(url):
    """A new database on the server of this address, or in a file; the settings of this process point to it."""
    with tempfile.TemporaryDirectory(prefix="trial-") as folder:
        database = Postgres(url) if url.startswith("postgres") else Sqlite(folder)
        os.environ |= {"DATABASE_URL": database.url, "DATA_DIR": folder}
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "deploy.settings")
        try:
            yield database
        finally:
            database.drop()
