"""The names that a file prints for codes, as far as they say something: where the code list has another or none."""

from collections.abc import Iterable, Iterator
from itertools import chain

from budget import codes
from budget.figures.dossier import Entries
from budget.figures.fill import part_of_tree
from budget.intake.figures import TableReading


def keep_names(entries: Entries, tables: Iterable[TableReading], listed: dict[codes.Key, str]) -> None:
    """Add the tables' names to the entries. Of several that a file prints for a code the first that differs stays.

    listed: the shipped lists while a file is read; the county's own once it is known whose the file is.
    """
    for key, name in chain.from_iterable(map(_names, tables)):
        if listed.get(key) != name:
            entries.names.setdefault(key, name)


def _names(found: TableReading) -> Iterator[tuple[codes.Key, str]]:
    for side in found.table.sides:
        for code, name in found.names.items() if side.is_tree else ():
            facet, bare, _ = part_of_tree(side.tree, code)
            if facet in codes.SCHEMES:
                yield (facet, bare), name
