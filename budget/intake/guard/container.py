"""The zip container: entries whose names, sizes and places hold together, inflated in pieces (OPC, ECMA-376 part 2)."""

import io
import re
import struct
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from operator import attrgetter
from typing import Any, NamedTuple

from budget.intake.guard.kinds import ZIP
from budget.intake.guard.limits import MAX_ENTRIES, MAX_PACKAGE, MAX_PART, MAX_RATIO, PIECE, RATIO_FROM
from budget.intake.guard.refusal import ASK_AGAIN, RESAVE, Refused, inner_part
from budget.intake.guard.tags import Part

CENTRAL, END = b"PK\x01\x02", b"PK\x05\x06"
LOCAL = struct.Struct("<4s5H3L2H")  # APPNOTE 4.3.7
END_REACH = 65_535 + 22  # the end record with the longest comment
ENCRYPTED = 0x0001 | 0x0040 | 0x2000
STREAMED, UTF8 = 0x0008, 0x0800
ELSEWHERE = 0xFFFFFFFF  # the size stands in a zip64 field
METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
UNSAFE_NAME = re.compile(r"^/|^[A-Za-z]:|\\|\x00|(?:^|/)\.\.(?:/|$)")
BROKEN_ZIP = (zipfile.BadZipFile, NotImplementedError, ValueError, struct.error, EOFError, OverflowError, OSError)

Raw = bytes | memoryview


class Header(NamedTuple):
    """An entry's own header as it stands before its data (APPNOTE 4.3.7); name and extra are lengths."""

    signature: bytes
    version: int
    flags: int
    method: int
    time: int
    date: int
    crc: int
    packed: int
    size: int
    name: int
    extra: int


@dataclass(frozen=True)
class Entry:
    """A zip entry and the byte ranges it occupies: header from `start`, data from `begin` to `end`."""

    info: zipfile.ZipInfo
    start: int
    begin: int
    end: int

    @property
    def name(self) -> str:
        return self.info.orig_filename


def entries(data: bytes) -> list[Entry]:
    """The package's entries with names, methods, sizes and places that hold together."""
    if data.count(CENTRAL) > MAX_ENTRIES + 1:  # before anything is built for each; one may occur by chance
        raise Refused(f"文件内部的部件超过 {MAX_ENTRIES} 个，不像正常的表格，{RESAVE}。")
    infos, directory = _directory(data)
    if len(infos) > MAX_ENTRIES:
        raise Refused(f"文件内部的部件有 {len(infos)} 个，超过 {MAX_ENTRIES} 个，{RESAVE}。")
    for info in infos:
        _check_entry(info)
    _check_names([info.orig_filename for info in infos])
    located = [_located(data, info) for info in infos]
    _check_places(located, directory)
    _check_declared(infos)
    return located


def _directory(data: bytes) -> tuple[list[zipfile.ZipInfo], int]:
    """(entries, where their list begins), read by the same module the readers use."""
    if data[-END_REACH:].count(END) > 1:  # two ends: two programs may read two different packages
        raise Refused(f"压缩结构有两个结尾，不同软件会读出不同内容，{RESAVE}。")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            return package.infolist(), package.start_dir
    except BROKEN_ZIP as error:
        raise Refused(f"{ASK_AGAIN}。") from error


def _check_entry(info: zipfile.ZipInfo) -> None:
    name = info.orig_filename
    if UNSAFE_NAME.search(name):
        raise Refused(f"{inner_part(name)}的路径不安全（含有 ..、反斜杠或从根目录开始），{RESAVE}。")
    if info.flag_bits & ENCRYPTED:
        raise Refused(f"{inner_part(name)}加了密，请先取消密码，保存后再上传。")
    if info.compress_type not in METHODS:
        raise Refused(f"{inner_part(name)}用了少见的压缩方式，{RESAVE}。")


def _check_names(names: list[str]) -> None:
    """OPC part names are equal without regard to case; openpyxl would take the last of two."""
    for folded, count in Counter(name.casefold() for name in names).items():
        if count > 1:
            raise Refused(f"{inner_part(folded)}在文件里出现了 {count} 次，不知道以哪个为准，{RESAVE}。")


def _located(data: bytes, info: zipfile.ZipInfo) -> Entry:
    """The entry with its byte ranges; its own header must say what the package's list says.

    Programs that read a package as a stream go by the headers, openpyxl goes by the list: were they to differ, the
    clerk would see one budget and the portal publish another.
    """
    start = info.header_offset
    if not 0 <= start <= len(data) - LOCAL.size:
        raise Refused(f"{inner_part(info.orig_filename)}的位置超出文件，{ASK_AGAIN}。")
    header = Header(*LOCAL.unpack_from(data, start))
    after_name = start + LOCAL.size + header.name
    if header.flags & ENCRYPTED:
        raise Refused(f"{inner_part(info.orig_filename)}加了密，请先取消密码，保存后再上传。")
    _check_header(header, data[start + LOCAL.size : after_name], info)
    _check_sizes(header, info)
    begin = after_name + header.extra
    return Entry(info, start, begin, begin + info.compress_size)


def _check_header(header: Header, name: bytes, info: zipfile.ZipInfo) -> None:
    told = name.decode("utf-8" if header.flags & UTF8 else "cp437", "replace")
    if (header.signature, told, header.method) != (ZIP, info.orig_filename, info.compress_type):
        raise Refused(f"{inner_part(info.orig_filename)}前后登记不一致，{ASK_AGAIN}。")


def _check_sizes(header: Header, info: zipfile.ZipInfo) -> None:
    """A streamed entry was begun before its sizes were known; they stand after it and in the list."""
    if header.flags & STREAMED:
        return
    told, listed = (header.crc, header.packed, header.size), (info.CRC, info.compress_size, info.file_size)
    if any(one not in (other, ELSEWHERE) for one, other in zip(told, listed, strict=True)):
        raise Refused(f"{inner_part(info.orig_filename)}前后登记的大小不一致，{ASK_AGAIN}。")


def _check_places(located: list[Entry], directory: int) -> None:
    """Entries follow one another from the first byte to the list of entries, never sharing bytes.

    Many entries over the same few bytes inflate to more than the ratio of any of them shows.
    """
    in_order = sorted(located, key=attrgetter("start"))
    before = 0
    for entry in in_order:
        if entry.start < before or entry.end > directory:
            raise Refused(f"{inner_part(entry.name)}与其他部件重叠，这是压缩炸弹的做法，{RESAVE}。")
        before = entry.end
    if in_order and in_order[0].start:
        raise Refused(f"文件开头藏有别的内容，{RESAVE}。")


def _check_declared(infos: list[zipfile.ZipInfo]) -> None:
    """Before anything is inflated; `_check_growth` holds each part to its word."""
    for info in infos:
        if info.file_size > MAX_PART:
            raise Refused(f"{inner_part(info.orig_filename)}解压后超过 20 MB，请删去多余内容后再上传。")
    if sum(info.file_size for info in infos) > MAX_PACKAGE:
        raise Refused("文件解压后超过 40 MB，请删去图片等多余内容后再上传。")


def inflate(data: bytes, located: list[Entry]) -> dict[str, Part]:
    """{part name: bytes}; each part as long as declared and unharmed, folders left out."""
    return {entry.name: _part(data, entry) for entry in located if not entry.name.endswith("/")}


def _part(data: bytes, entry: Entry) -> Part:
    part, crc = bytearray(), 0
    try:
        for piece in PIECES[entry.info.compress_type](memoryview(data)[entry.begin : entry.end]):
            part += piece
            crc = zlib.crc32(piece, crc)
            _check_growth(part, entry)
    except zlib.error as error:
        raise Refused(f"{inner_part(entry.name)}解不开，{ASK_AGAIN}。") from error
    if len(part) != entry.info.file_size or crc != entry.info.CRC:
        raise Refused(f"{inner_part(entry.name)}的内容与登记的大小或校验码不符，{ASK_AGAIN}。")
    return part


def _check_growth(part: Part, entry: Entry) -> None:
    if len(part) > entry.info.file_size:
        raise Refused(f"{inner_part(entry.name)}解压后比登记的大，这是压缩炸弹的做法，{RESAVE}。")
    if len(part) > RATIO_FROM and len(part) > MAX_RATIO * entry.info.compress_size:
        raise Refused(f"{inner_part(entry.name)}压缩了 {MAX_RATIO} 倍以上，这是压缩炸弹的做法，{RESAVE}。")


def _stored(raw: Raw) -> Iterator[Raw]:
    for start in range(0, len(raw), PIECE):
        yield raw[start : start + PIECE]


def _deflated(raw: Raw) -> Iterator[bytes]:
    """Inflated pieces of at most 64 KiB; the stream must end exactly where the entry ends."""
    stream = zlib.decompressobj(-zlib.MAX_WBITS)
    for packed in _stored(raw):
        yield from _inflated(stream, packed)
    while not stream.eof and (piece := stream.decompress(b"", PIECE)):  # what it held back for want of room
        yield piece
    if not stream.eof or stream.unused_data:
        raise zlib.error("the stream does not end with the entry")


def _inflated(stream: Any, packed: Raw) -> Iterator[bytes]:
    """What one packed piece inflates to; a bomb is met piece by piece, so that its growth can be stopped."""
    while packed and not stream.eof:
        yield stream.decompress(packed, PIECE)
        packed = stream.unconsumed_tail
    if packed:
        raise zlib.error("bytes after the end of the stream")


PIECES: dict[int, Callable[[Raw], Iterator[Raw]]] = {zipfile.ZIP_STORED: _stored, zipfile.ZIP_DEFLATED: _deflated}
