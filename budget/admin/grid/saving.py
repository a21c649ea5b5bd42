"""A settled grid as parts of the budget: the books that its lines belong to, and the names of its rows."""

from budget.admin.grid.loaded import Loaded
from budget.admin.grid.posted import Posted
from budget.declare.tables import Table
from budget.drafts.flat import NAMES, Parts, Said, flatten
from budget.entry.tables.codes import tree_of
from budget.entry.tables.typed import Entered
from budget.figures.dossier import Entries
from budget.figures.facets import Book
from budget.figures.fill import part_of_tree
from budget.text import has_forbidden

LONGEST_NAME = 100


def wanted(loaded: Loaded, table: Table, entered: Entered, posted: Posted) -> Parts:
    """What the parts are to say that a grid touched."""
    entries = loaded.dossier.entries
    names = entries.names | _named(loaded, table, posted)
    kept = {key: name for key, name in names.items() if name}
    after = Entries(entries.document, lines=entered.lines, names=kept)
    new, books = flatten(Said(after)), {line.book for line in set(entered.lines) ^ set(entries.lines)}
    return {part: new[part] for part in [*(b for b in Book.values if b in books), *([NAMES] if posted.names else [])]}


def _named(loaded: Loaded, table: Table, posted: Posted) -> dict[tuple[str, str], str]:
    """{(scheme, code): name} as typed, '' where it is the list's own again."""
    tree = tree_of(table)
    if tree is None:
        return {}
    found = {}
    for key, name in posted.names.items():
        facet, code, _ = part_of_tree(tree, key)
        is_other = facet == tree.facet and name != loaded.names.get((facet, code), name)
        if is_other and len(name) <= LONGEST_NAME and not has_forbidden(name):
            found[facet, code] = "" if name == loaded.listed.get((facet, code)) else name
    return found
