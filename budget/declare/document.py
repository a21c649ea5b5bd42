"""What one kind of disclosure is: 部门预算, 单位预算. All the code takes a document; none knows a list of tables."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from budget.declare.dividing import Dividing
from budget.declare.narrative import Narrative
from budget.declare.records import Form, Listing, Records
from budget.declare.rule import Rule
from budget.declare.tables import Table


def _nothing(document: "Document", printed: Any) -> tuple[list[Any], list[Any]]:
    return [], []


@dataclass(frozen=True)
class Document:
    """key: how files, addresses and commands call it. name: 部门预算. address: what follows the year in addresses.

    like: a pattern that its titles and covers match (on text without white space, quotes and years).
    others: a pattern of titles that look like those of its tables and name others: never known by their headings.
    tables, records (lists and forms, in the order of the workbook's sheets), narrative, rules: what it holds.
    unfill: how the figures that its tables print become lines, money told apart by fund:
    (document, {table key: {Cell: Printed}}) → (lines, findings). dividing: the same for what
    is typed. refusal: why a file of this kind is not taken yet, '' where it is.
    """

    key: str
    name: str
    like: str
    address: str = ""
    others: str = ""
    tables: tuple[Table, ...] = ()
    records: tuple[Records, ...] = ()
    narrative: Narrative = field(default_factory=Narrative)
    rules: tuple[Rule, ...] = ()
    unfill: Callable[["Document", Any], tuple[list[Any], list[Any]]] = _nothing
    dividing: tuple[Dividing, ...] = ()
    refusal: str = ""

    @cached_property
    def _by_key(self) -> dict[str, Table | Records]:
        every: list[Table | Records] = [*self.tables, *self.records]
        return {declared.key: declared for declared in every}

    def table(self, key: str) -> Table | None:
        """The table with this key, or None."""
        declared = self._by_key.get(key)
        return declared if isinstance(declared, Table) else None

    def list_of(self, key: str) -> Records | None:
        """The list or form with this key, or None."""
        declared = self._by_key.get(key)
        return declared if isinstance(declared, Records) else None

    @property
    def listings(self) -> list[Listing]:
        """What it lists one record a row."""
        return [records for records in self.records if isinstance(records, Listing)]

    @property
    def forms(self) -> list[Form]:
        """What has a sheet for each record."""
        return [records for records in self.records if isinstance(records, Form)]
