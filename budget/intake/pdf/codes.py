"""Codes of letters that a font's own table does not know: each is a letter without a meaning, and says so.

pdfminer.six drops such a code without a word and goes on at its second byte, so that the letters after it are lost as
well: a figure would arrive shorter than it is printed.
"""

from collections.abc import Iterator

from pdfminer.cmapdb import CMap

NO_LETTER = 0  # a font's picture for what it does not have; no table gives it a meaning


def _decoded(table: CMap, code: bytes) -> Iterator[int]:
    """The numbers of the letters in a string; a code of two bytes begins with one above ASCII."""
    step, bytes_left = table.code2cid, iter(code)
    for byte in bytes_left:
        found = step.get(byte)
        if isinstance(found, dict):
            step = found
            continue
        if found is None and step is table.code2cid and byte > 0x7F:
            next(bytes_left, None)
        step = table.code2cid
        yield found if isinstance(found, int) else NO_LETTER


def tell_unknown_codes() -> None:
    """Make pdfminer's tables tell of what they do not know; they are used in a reader's own process only."""
    CMap.decode = _decoded  # type: ignore[method-assign,assignment]
