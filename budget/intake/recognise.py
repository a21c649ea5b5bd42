"""What a grid is: held once against all that a document declares, by titles and headings, never by position.

The answer says what it is, what it was told by, what stands above its headings, and for each table whose title fits
but whose headings do not, why not. Everything after it reads cells only.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from budget.declare.document import Document
from budget.declare.fields import Field
from budget.declare.records import Form, Listing
from budget.declare.tables import Table
from budget.intake.denied import denied
from budget.intake.grid import Grid
from budget.intake.headings import TOP_ROWS, heading_wordings, meant, paths, title
from budget.intake.layout import Layout, fit, is_whole
from budget.intake.preface import Preface, preface, years_in, years_said
from budget.text import label, narrow

BY_TITLE, BY_HEADINGS = "title", "headings"
_TITLE_ROWS, _LISTING_ROWS = 4, 12
_LONGEST_TITLE = 60
_SEVERAL = 3  # tables that a list of contents names
_ENOUGH = 3  # headings by which a list is known
_SENTENCE = re.compile(r"[。；;，,]")
_TITLED = re.compile(r"表(\(.*\))?$")
_WITH_COLON = re.compile(r"[:：]")

Columns = dict[int, Field]


@dataclass
class Recognised:
    """declared: the table, list or form that the grid holds, None where it holds none. by: what told it; title: as
    printed, '' where the headings told it.

    layout: where the columns of a table stand. columns: the same of a list; data_row: the first row of its records.
    why_not: one Chinese sentence for each table that the title names and the headings deny. is_contents: it lists
    tables.
    """

    grid: Grid
    declared: Table | Listing | Form | None = None
    by: str = BY_TITLE
    title: str = ""
    layout: Layout | None = None
    columns: Columns = field(default_factory=dict)
    data_row: int = 1
    preface: Preface = field(default_factory=Preface)
    why_not: list[str] = field(default_factory=list)
    is_contents: bool = False


def recognise(grid: Grid, document: Document) -> Recognised:
    """What the grid is. The title decides; without a title the headings do, when they fit one table only."""
    for form in document.forms:
        if _is_form(grid, form):
            return Recognised(grid, form, BY_HEADINGS, preface=preface(grid, 1, grid.rows))
    titles = titles_of(grid)
    return _listing(grid, document, titles) or _table(grid, document, titles)


def _listing(grid: Grid, document: Document, titles: list[str]) -> Recognised | None:
    for listing in document.listings:
        named = next((text for text in titles if _names(listing, text)), "")
        if named and (found := _columns(grid, listing)):
            columns, rows = found
            above = preface(grid, rows[0], rows[-1] + 1)
            return Recognised(grid, listing, BY_TITLE, named, None, columns, rows[-1] + 1, above)
    return None


def _table(grid: Grid, document: Document, titles: list[str]) -> Recognised:
    if _is_another(grid, document):
        return Recognised(grid)
    named: list[Table] = []
    for table, text in _tables_named(document, titles):
        if layout := fit(grid, table, _year(grid, text)):
            return _with_layout(grid, layout, BY_TITLE, text)
        named.append(table)
    if named and _is_contents(grid, document):
        return Recognised(grid, is_contents=True)
    if named:
        return Recognised(grid, why_not=[denied(grid, table) for table in named])
    tried = (fit(grid, table, _year(grid, "")) for table in document.tables)
    layouts = [layout for layout in tried if layout and is_whole(layout)]
    return _with_layout(grid, layouts[0], BY_HEADINGS) if len(layouts) == 1 else Recognised(grid)


def _is_contents(grid: Grid, document: Document) -> bool:
    """Whether a grid names several tables one under the other, with their pages beside them as often as not."""
    named = _tables_named(document, [text for text in _texts(grid, TOP_ROWS) if _may_be_title(text)])
    return sum(1 for _ in named) >= _SEVERAL


def _year(grid: Grid, text: str) -> int:
    """The year that a title or the first rows name, 0 where they are silent."""
    found = years_in(text) or set(years_said(_top(grid)))
    return found.pop() if len(found) == 1 else 0


def _tables_named(document: Document, titles: list[str]) -> Iterator[tuple[Table, str]]:
    """(table, the title that names it), each table once, the nearest title's first."""
    left = list(document.tables)
    for text in titles:
        for table in [table for table in left if _names(table, text)]:
            left.remove(table)
            yield table, text


def _is_another(grid: Grid, document: Document) -> bool:
    """Whether its own title, the nearest, names a table that the document does not declare, whatever else fits."""
    own = next((text for text in own_titles(grid) if _TITLED.search(title(text))), "")
    looks_so = document.others and re.search(document.others, title(own))
    return bool(looks_so) and not any(_names(table, own) for table in document.tables)


def _with_layout(grid: Grid, layout: Layout, by: str, text: str = "") -> Recognised:
    above = preface(grid, layout.first_row, layout.data_row)
    return Recognised(grid, layout.table, by, text, layout, data_row=layout.data_row, preface=above)


def _names(declared: Table | Listing, text: str) -> bool:
    """Whether a text is the title of a table or list: as others word it, or its own."""
    pattern = declared.like or re.escape(title(declared.title))
    return bool(re.search(pattern, title(text)))


def is_title(document: Document, text: str) -> bool:
    """Whether a paragraph is the title of one of the document's tables."""
    return _may_be_title(text) and any(_names(table, text) for table in document.tables)


def _may_be_title(text: str) -> bool:
    """Whether a text is short and no sentence: 三公 stands in many a paragraph above a table."""
    return len(narrow(text)) <= _LONGEST_TITLE and not _SENTENCE.search(text)


def titles_of(grid: Grid) -> list[str]:
    """Texts that may be the title: what stands above a Word table, nearest first, then the grid's top rows, at last the
    sheet's own name.
    """
    return list(filter(_may_be_title, [*reversed(grid.captions), *_top(grid), grid.name]))


def _top(grid: Grid) -> list[str]:
    """The texts of the first rows."""
    return _texts(grid, _TITLE_ROWS)


def _texts(grid: Grid, rows: int) -> list[str]:
    cells = (value for row in range(1, min(grid.rows, rows) + 1) for _, value in grid.row_values(row))
    return [value for value in cells if isinstance(value, str)]


def own_titles(grid: Grid) -> list[str]:
    """Texts that can only be a title: paragraphs above the table, and what stands alone in a row at the top."""
    rows = [grid.row_values(row) for row in range(1, min(grid.rows, _TITLE_ROWS) + 1)]
    alone = [str(values[0][1]) for values in rows if len(values) == 1]
    return [*reversed(grid.captions), *alone]


def documents_named(texts: Iterable[str], documents: Iterable[Document]) -> dict[str, str]:
    """{key of a document: the first text that names it}: titles and covers, a 决算 before a 预算."""
    found: dict[str, str] = {}
    ordered = sorted(documents, key=lambda document: not document.refusal)
    for text in texts:
        bare = title(text)
        if len(bare) > _LONGEST_TITLE or _WITH_COLON.search(bare):
            continue
        named = next((document.key for document in ordered if re.search(document.like, bare)), None)
        if named:
            found.setdefault(named, text.strip())
    return found


def _is_form(grid: Grid, form: Form) -> bool:
    found = {label(value) for value in grid.values.values() if isinstance(value, str)}
    return set(form.signs) <= found


def _columns(grid: Grid, listing: Listing) -> tuple[Columns, list[int]] | None:
    """({grid column: field}, heading rows) when the grid has the list's headings, else None."""
    wordings = {text: declared for declared in listing.fields for text in heading_wordings(declared)}
    rows = _heading_rows(grid, listing, set(wordings))
    columns = _matched(paths(grid, rows), wordings) if rows else {}
    return (columns, rows) if len(columns) >= min(_ENOUGH, len(listing.fields)) else None


def _matched(found: dict[int, list[str]], wordings: dict[str, Field]) -> Columns:
    """The field of each column by its lowest known heading; a field that stands twice counts where it stands first."""
    columns: Columns = {}
    for column, path in found.items():
        declared = meant(path, wordings)
        if declared and declared not in columns.values():
            columns[column] = declared
    return columns


def _heading_rows(grid: Grid, listing: Listing, wordings: set[str]) -> list[int]:
    known = wordings | {title(text) for declared in listing.fields for text in declared.heading}
    rows: list[int] = []
    for row in range(1, min(grid.rows, _LISTING_ROWS) + 1):
        if _is_of_headings(grid, row, known):
            rows.append(row)
        elif rows:
            break
    return rows


def _is_of_headings(grid: Grid, row: int, known: set[str]) -> bool:
    """Whether a row holds words only, several of them, and mostly headings."""
    cells = grid.row_values(row)
    texts = [title(value) for _, value in cells if isinstance(value, str)]
    return len(texts) == len(cells) > 1 and sum(text in known for text in texts) * 2 > len(texts)
