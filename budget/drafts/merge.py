"""A file together with what its draft has besides: an import never takes away what the file does not hold.

Townships hand in a budget whole, table by table, or one table again. So figures are put together by table: those of the
file, and of each table that it lacks those that an earlier file printed last. The lines follow from all of them at once
(`Document.unfill`), for no table can be read alone: table 3 feeds only what tables 5, 7 and 8 leave over, and table 2's
income belongs to the funds that spend it and that tables 1 and 4 print. The order in which files come makes no
difference, only that the latest word on a table counts. What single files do:

- table 3: other spending anew, as what it prints beyond the funds' tables, whichever file these came with;
- table 5, 7 or 8: that fund's spending; other spending is what table 3 then leaves over; income is divided anew;
- table 2: income, divided by who spends it;
- table 1 or 4: kept money, and income divided anew by what they print of each fund;
- table 6 or 9: its own lines only;
- lists, forms or text alone: no line.

What a person changed in the draft stays, but for lines that a table of the file says (`by_hand`). A draft that was
typed and never read from a file counts as changed throughout: its tables are taken as its lines fill them.

Lists and the text are replaced whole where the file holds them. A form is a sheet for each record, so each is replaced
alone, told by its code: a file of one project leaves the others.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal
from typing import TypeVar

from budget.cell import Cell
from budget.declare.document import Document
from budget.declare.fields import Record
from budget.declare.records import Form
from budget.declare.tables import Table
from budget.documents.department_budget.division import Figures
from budget.drafts.by_hand import ByFacets, ByHand, said_by
from budget.figures.as_printed import merged as with_titles_of
from budget.figures.dossier import SECTIONS, Dossier, Entries, Head, Original
from budget.figures.facets import Book
from budget.figures.fill import Filled, fill
from budget.figures.line import Line, sort_key
from budget.figures.printed import Printed
from budget.figures.totals import TOTAL
from budget.finding import Finding
from budget.intake.read import Reading
from budget.money import CENT, WAN
from budget.text import clean, label

K = TypeVar("K")
_NAMES_FILE = re.compile(r"\[[^]]*\.\w+\]")


def merge(draft: Dossier | None, reading: Reading) -> Reading:
    """The reading as it is saved over the draft: all that the budget then says, all that its files print.

    draft: None where there is none. `parts` of the merged entries are what saving replaces; `tables` stay those of the
    file. The reading itself is left as it is.
    """
    if draft is None:
        return reading
    old = _of_earlier_files(draft.original or Original())
    entries = _entries(draft.entries, reading)
    original = _original(old, reading)
    if not reading.tables:
        entries.lines, original.lines = list(draft.entries.lines), list(old.lines)
        return replace(reading, entries=entries, original=_with_typed(original, draft, entries.lines))
    by_print, findings = _unfilled(entries.document, _figures(old, reading))
    entries.lines, findings = _by_hand(draft.entries, old, reading) or (by_print, findings)
    original.lines = by_print
    alone = _unfilled(entries.document, _figures(Original(), reading))[1]
    told = [finding for finding in reading.findings if finding not in alone]
    original = _with_typed(original, draft, entries.lines)
    return replace(reading, entries=entries, original=original, findings=[*told, *findings])


def _unfilled(document: Document, figures: Figures) -> tuple[list[Line], list[Finding]]:
    lines, findings = document.unfill(document, figures)
    return sorted(lines, key=sort_key), findings


def _of_earlier_files(original: Original) -> Original:
    """What a draft's files print, each place with the file's name; figures without a place were never printed."""
    source, typed = original.file, {p.cell.table for p in original.figures if not p.place}
    heads = {key: Head(*(_in_files(said, source) for said in head)) for key, head in original.heads.items()}
    return replace(
        original,
        figures=[p._replace(place=_in_file(p.place, source)) for p in original.figures if p.place],
        notes={key: note for key, note in original.notes.items() if key not in typed},
        places=_in_files(original.places, source),
        years=_in_files(original.years, source),
        names=_in_files(original.names, source),
        heads=heads,
    )


def _in_files(places: dict[K, str], source: str) -> dict[K, str]:
    return {key: _in_file(place, source) for key, place in places.items()}


def _in_file(place: str, source: str) -> str:
    return place if _NAMES_FILE.match(place) or not source else f"[{source}]{place}"


def _tables_of(original: Original) -> Figures:
    """{table: its printed figures}, of lists too; a table listed as empty has none."""
    tables: Figures = {key: {} for key in original.notes}
    for printed in original.figures:
        tables.setdefault(printed.cell.table, {})[printed.cell] = printed
    return tables


def _figures(old: Original, reading: Reading) -> Figures:
    """{table: what the latest file prints of it}"""
    earlier = {key: printed for key, printed in _tables_of(old).items() if reading.document.table(key)}
    return earlier | {key: one.printed for key, one in reading.tables.items()}


def _by_hand(now: Entries, old: Original, reading: Reading) -> tuple[list[Line], list[Finding]] | None:
    """(lines, findings) where a person has changed the draft since its files were read; None where nobody has."""
    document, printed = reading.document, _tables_of(old)
    base = _by_facets(_unfilled(document, {key: printed[key] for key in printed if document.table(key)})[0])
    hand = ByHand(document, base, _by_facets(now.lines), set(reading.tables), set(printed))
    if not hand.changed:
        return None
    changed = _as_changed(document, printed, list(base.values()), hand)
    held = {key: one.printed for key, one in reading.tables.items()}
    lines, findings = _unfilled(document, changed | held)
    follow = [line for line in lines if not hand.is_settled(line.facets)]
    settled = [line for line in hand.lines() if hand.is_settled(line.facets)]
    return sorted([*follow, *settled], key=sort_key), findings


def _by_facets(lines: Iterable[Line]) -> ByFacets:
    return {line.facets: line for line in lines}


def _as_changed(document: Document, printed: Figures, base: list[Line], hand: ByHand) -> Figures:
    """{table: its figures} as they would be printed now: where a change moves one, what the lines add up to."""
    figures, lines = Figures(), hand.lines()
    for table in document.tables:
        before, after = fill(table, base).figures(), fill(table, lines).figures()
        figures[table.key] = dict(printed.get(table.key, {}))
        for cell in dict.fromkeys([*before, *after]):
            amount = after.get(cell, (None, 0))[0]
            if before.get(cell, (None, 0))[0] != amount:
                known = figures[table.key].get(cell) or Printed(cell, None, "", WAN, CENT)
                figures[table.key][cell] = known._replace(amount=amount)
    return {key: cells for key, cells in figures.items() if cells}


def _entries(now: Entries, reading: Reading) -> Entries:
    """What the budget then says; lines are set by the caller."""
    new = reading.entries
    lacking = [records for records in now.document.records if records.key not in new.parts]
    merged = replace(
        new,
        names=now.names | new.names,
        records=new.records
        | {records.key: now.records[records.key] for records in lacking}
        | {form.key: _records(form, now, new) for form in now.document.forms if form.key in new.parts},
        dates=new.dates | {records.key: now.dates[records.key] for records in lacking if records.key in now.dates},
        as_printed=with_titles_of(now.as_printed, new.as_printed),
        parts=new.parts | (set(Book.values) if reading.tables else set()),
    )
    merged.reasons = now.reasons
    if SECTIONS not in new.parts:
        merged.preamble, merged.sections, merged.composed = now.preamble, now.sections, now.composed
    else:
        merged.composed = {number: now.composed[number] for number in _as_composed(now, new)}
    return merged


def _as_composed(now: Entries, new: Entries) -> Iterator[int]:
    """The sections written in sentences that a file says in the very same words: an export of the draft itself."""
    said = {section["number"]: clean(section["text"]) for section in new.sections}
    for section in now.sections:
        if section["number"] in now.composed and said.get(section["number"]) == clean(section["text"]):
            yield section["number"]


def _records(form: Form, now: Entries, new: Entries) -> list[Record]:
    """The draft's records, each in its place as the file has it, and then those that are new."""
    records = {record[form.identity]: record for record in now.records[form.key]}
    return [*(records | {record[form.identity]: record for record in new.records[form.key]}).values()]


def _original(old: Original, reading: Reading) -> Original:
    """What all files print; lines are set by the caller."""
    new, document = reading.original, reading.document
    gone = set(reading.tables) | (reading.entries.parts - {form.key for form in document.forms})
    heads = {key: head for key, head in old.heads.items() if key not in gone}
    heads |= {key: head for key, head in new.heads.items() if any(head)}
    years, names = _said(document, old, new, heads)
    return replace(
        new,
        figures=_in_order(document, [*new.figures, *(p for p in old.figures if p.cell.table not in gone)]),
        notes={key: note for key, note in old.notes.items() if key not in gone} | new.notes,
        places={cell: place for cell, place in old.places.items() if cell.table not in gone} | new.places,
        years=years,
        names=names,
        headings_missing=new.headings_missing if SECTIONS in gone else old.headings_missing,
        heads=heads,
    )


def _in_order(document: Document, figures: list[Printed]) -> list[Printed]:
    """Figures by table and list, in the document's order: whatever came first, equal budgets are equal."""
    order = {key: at for at, key in enumerate(_keys(document))}
    return sorted(figures, key=lambda printed: order[printed.cell.table])


def _keys(document: Document) -> list[str]:
    return [*(table.key for table in document.tables), *(records.key for records in document.records)]


def _said(
    document: Document, old: Original, new: Original, heads: dict[str, Head]
) -> tuple[dict[int, str], dict[str, str]]:
    """(years, names) that stand over the tables, with where; told by table only where that was kept by table."""
    if not old.heads:
        return old.years | new.years, old.names | new.names
    years, names = dict[int, str](), dict[str, str]()
    for key in dict.fromkeys([*_keys(document), *heads]):
        head = heads.get(key, Head({}, {}))
        years = head.years | years
        known = set(map(label, names))
        names |= {name: where for name, where in head.names.items() if label(name) not in known}
    return dict(sorted(years.items())), dict(sorted(names.items()))


def _with_typed(original: Original, draft: Dossier, lines: list[Line]) -> Original:
    """The tables that a person typed before any file came, as the lines fill them: a figure without a place.

    They are there, though no file prints them; a table that the files of a budget left out stays missing.
    """
    printed = _tables_of(original)
    typed = [table for table in _typed(draft) if table.key not in printed]
    for table in typed:
        filled = fill(table, lines)
        original.notes[table.key] = table.empty_note if filled.is_empty else ""
        original.figures += [Printed(cell, amount, "", WAN, CENT) for cell, amount in _as_typed(filled)]
    if typed:
        read = [line for line in original.lines if said_by(draft.document, line.facets) & printed.keys()]
        own = [line for line in lines if not said_by(draft.document, line.facets) & printed.keys()]
        original.lines = sorted([*read, *own], key=sort_key)
    return original


def _as_typed(filled: Filled) -> Iterator[tuple[Cell, Decimal | None]]:
    """(cell, amount) of a typed table; of one without any row its blank total, so that it is known for a typed one."""
    table, figures = filled.table, filled.figures()
    yield from ((cell, amount) for cell, (amount, _) in figures.items())
    if not figures:
        yield from ((table.cell(TOTAL, column.key), None) for side in table.sides for column in side.columns)


def _typed(draft: Dossier) -> list[Table]:
    known = {p.cell.table for p in draft.original.figures if not p.place} if draft.original else None
    whole = draft.document.tables if draft.entries.lines else ()
    return [table for table in whole if known is None or table.key in known]


def prints_the_same(one: Original | None, other: Original) -> bool:
    """Whether two originals say the same, wherever it stands."""
    return one is not None and _without_places(one) == _without_places(other)


def _without_places(original: Original) -> tuple[object, ...]:
    figures = {printed._replace(place="") for printed in original.figures}
    said = set(original.years), set(original.names), original.headings_missing
    return figures, original.notes, original.lines, said
