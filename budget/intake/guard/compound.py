"""The container of old Office files: streams in a tree, in sectors that follow one another ([MS-CFB])."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from budget.intake.guard.refusal import ASK_AGAIN, Refused

OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
HEADER = struct.Struct("<8s16s5H6x6L")  # 2.2: …, sector shifts, number of sectors of the table of sectors, first of …
ENTRY = struct.Struct("<64sHBB3L16sLQQLQ")  # 2.6.1
END, LAST = 0xFFFFFFFE, 0xFFFFFFFA  # of a chain; of the numbers that are sectors
STREAM, ROOT = 2, 5
IN_HEADER = 109  # sectors of the table of sectors that the header itself lists
MAX_STREAMS = 5_000


@dataclass(frozen=True)
class Stream:
    """An entry of the directory: where its bytes begin, and how many they are."""

    name: str
    kind: int
    start: int
    size: int


class Compound:
    """The streams of a file. Raises Refused when its tables do not hold together."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        try:
            header = HEADER.unpack_from(data)
        except struct.error as error:
            raise Refused(f"{ASK_AGAIN}。") from error
        self.shift, self.mini_shift = header[5], header[6]
        if self.shift not in (9, 12) or self.mini_shift != 6:
            raise Refused(f"{ASK_AGAIN}。")
        self.directory, self.cutoff, self.mini_table = header[9], header[11], header[12]

    @cached_property
    def table(self) -> list[int]:
        """{sector: the one after it}, as the sectors say that the header lists; a longer list is no budget."""
        listed = struct.unpack_from(f"<{IN_HEADER}L", self.data.ljust(512, b"\xff"), 76)
        return [number for one in listed if one < LAST for number in self._numbers(self._sector(one))]

    def _sector(self, number: int) -> bytes:
        begin = (number + 1) << self.shift
        if begin >= len(self.data):
            raise Refused(f"{ASK_AGAIN}。")
        return self.data[begin : begin + (1 << self.shift)]

    @staticmethod
    def _numbers(sector: bytes) -> tuple[int, ...]:
        return struct.unpack(f"<{len(sector) // 4}L", sector[: len(sector) // 4 * 4])

    def _chain(self, first: int, table: list[int]) -> Iterator[int]:
        """The sectors from the first one on; a chain that goes round is longer than its table."""
        for _ in range(len(table) + 1):
            if first >= LAST:
                return
            if first >= len(table):
                break
            yield first
            first = table[first]
        raise Refused(f"{ASK_AGAIN}。")

    def _joined(self, first: int) -> bytes:
        return b"".join(self._sector(number) for number in self._chain(first, self.table))

    @cached_property
    def streams(self) -> list[Stream]:
        """Every entry of the directory that is in use."""
        entries = self._joined(self.directory)
        whole = len(entries) // ENTRY.size
        if whole > MAX_STREAMS:
            raise Refused("这个旧格式文件里的部件太多，不像正常的表格，请另存为新的 .xlsx 文件再上传。")
        found = (self._stream(ENTRY.unpack_from(entries, n * ENTRY.size)) for n in range(whole))
        return [stream for stream in found if stream.kind]

    @staticmethod
    def _stream(entry: tuple[Any, ...]) -> Stream:
        name = entry[0][: max(0, entry[1] - 2)].decode("utf-16-le", "replace")
        return Stream(name, entry[2], entry[11], entry[12] & 0xFFFFFFFF)

    @cached_property
    def names(self) -> set[str]:
        """The names of all streams and storages, in lower case: they differ in nothing else."""
        return {stream.name.casefold() for stream in self.streams}

    def read(self, stream: Stream) -> bytes:
        """A stream's bytes; a short one lies in the small sectors of the root's own stream."""
        if stream.size >= self.cutoff:
            return self._joined(stream.start)[: stream.size]
        table = list(self._numbers(self._joined(self.mini_table))) if self.mini_table < LAST else []
        whole = b"".join(self._joined(root.start) for root in self.streams if root.kind == ROOT)
        parts = (number << self.mini_shift for number in self._chain(stream.start, table))
        return b"".join(whole[begin : begin + (1 << self.mini_shift)] for begin in parts)[: stream.size]
