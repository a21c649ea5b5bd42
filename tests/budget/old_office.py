"""A writer of compound files ([MS-CFB]) and of the records of an old workbook, as a hostile hand would write them."""

import struct

SECTOR, CUTOFF, FREE, END, TABLE = 512, 4096, 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def compound(streams):
    """The bytes of a file with these streams: {name: bytes}, each made long enough to have sectors of its own."""
    bodies = {name: _padded(body.ljust(CUTOFF, b"\0")) for name, body in streams.items()}
    directory = _padded(_entries(bodies, 1 + (len(bodies) + 4) // 4))
    chains = [directory, *bodies.values()]
    table, at = [TABLE], 1
    for chain in chains:
        count = len(chain) // SECTOR
        table += [*range(at + 1, at + count), END]
        at += count
    assert len(table) <= SECTOR // 4
    table += [FREE] * (SECTOR // 4 - len(table))
    return _header() + struct.pack(f"<{len(table)}L", *table) + b"".join(chains)


def _header():
    head = struct.pack("<8s16s5H6x", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"", 0x3E, 3, 0xFFFE, 9, 6)
    head += struct.pack("<9L", 0, 1, 1, 0, CUTOFF, END, 0, END, 0)
    return head + struct.pack("<109L", 0, *[FREE] * 108)


def _entries(bodies, first):
    out = _entry("Root Entry", 5, END, 0, child=1)
    for number, (name, body) in enumerate(bodies.items(), 1):
        following = number + 1 if number < len(bodies) else FREE
        out += _entry(name, 2, first, len(body), right=following)
        first += len(body) // SECTOR
    return out


def _entry(name, kind, start, size, child=FREE, right=FREE):
    raw = name.encode("utf-16-le")
    head = raw.ljust(64, b"\0") + struct.pack("<HBB3L16sLQQ", len(raw) + 2, kind, 1, FREE, right, child, b"", 0, 0, 0)
    return head + struct.pack("<LQ", start, size)


def _padded(body):
    return body + b"\0" * (-len(body) % SECTOR)


def records(*extra, sheet=0):
    """The stream of a workbook: its own records with others put in: (kind, body), and a sheet of a kind."""
    start = _record(0x809, struct.pack("<4H2L", 0x600, 5, 0, 0, 0, 0))
    sheet_entry = (0x85, struct.pack("<LBB", 0, 0, sheet) + b"\x01\x00a")
    return start + b"".join(_record(*one) for one in (*extra, sheet_entry)) + _record(0x0A, b"")


def _record(kind, body):
    return struct.pack("<HH", kind, len(body)) + body
