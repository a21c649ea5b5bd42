"""A standard sentence while a reviewer edits it, row by row."""

from dataclasses import replace
from typing import Any

from budget.admin.passages.boxes import MOST_ROWS, Boxes
from budget.admin.passages.place import Place
from budget.admin.passages.tried import Tried, tried
from budget.declare.sentence import Malformed, Sentence, reasons_of
from budget.sentences.addresses import refusal
from budget.sentences.rows import NAMES, Row, acted, parts_of, rows_of


class Edited:
    """A sentence as it stands on the page. data: what was sent; None for one that is only opened."""

    def __init__(self, place: Place, base: Sentence | None, data: Any):
        self.place, self.base, self.boxes = place, base, Boxes(place.document)
        self.do = _asked(data) if data is not None else ""
        one = base or Sentence(_unused("own", set(_keys(place))), "", ())
        if data is None:
            self.rows, self.one = rows_of(one), one
        else:
            ticks = {name: name in data for name in ("joins", "nothing", "spare")}
            self.one = replace(one, called=data.get("called", "").strip(), **ticks)
            self.rows = acted(_with_keys(self.boxes.sent(data), place), self.do)[:MOST_ROWS]
        self.why = self._read()

    def _read(self) -> str:
        """Make the sentence of its rows; why it cannot be, in a sentence."""
        try:
            parts, when = parts_of(self.rows)
        except Malformed as reason:
            return str(reason)
        self.one = replace(self.one, parts=parts, when=when)
        return refusal(self.place.document, self.one) if self.do in ("save", "look") else ""

    @property
    def called(self) -> str:
        """What it is about."""
        return self.one.called

    @property
    def drawn(self) -> list[dict[str, Any]]:
        """The rows with their fields."""
        names = NAMES
        return [
            {"number": n, "row": row, "called": names.get(row.kind, "？"), "boxes": self.boxes.of(n, row)}
            for n, row in enumerate(self.rows, 1)
        ]

    @property
    def shown(self) -> Tried:
        """What it would say."""
        return Tried("", []) if self.why else tried(self.place, self.one)

    def saved(self, seen: int) -> str:
        """Save it in its place, a new one after the others: '' when it was, else why not."""
        if self.why:
            return self.why
        found = self.place.sentences
        if self.base is None:
            return self.place.keep(seen, [*found, self.one])
        return self.place.keep(seen, [self.one if one.key == self.base.key else one for one in found])


def _asked(data: Any) -> str:
    """The button that was pressed; a new row's place stands in a field beside it."""
    do = str(data.get("do", ""))
    return f"{do} {data.get('after', '')}" if do.startswith("add ") else do


def _keys(place: Place) -> list[str]:
    return [one.key for sentences in place.all.values() for one in sentences]


def _with_keys(rows: list[Row], place: Place) -> list[Row]:
    """Rows whose reasons each have a name, under which what the clerk types is kept."""
    sentences = [one for found in place.all.values() for one in found]
    known = {reason.key for one in sentences for reason in reasons_of(one)}
    found = list[Row]()
    for row in rows:
        if row.kind == "reason" and not row.get("key"):
            row = replace(row, values={**row.values, "key": _unused("why", known)})
        known.add(row.get("key"))
        found.append(row)
    return found


def _unused(stem: str, known: set[str]) -> str:
    return next(key for n in range(1, len(known) + 2) if (key := f"{stem}{n}") not in known)
