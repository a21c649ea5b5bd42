"""Many files at once: a folder, or a zip of one, as its members. Nothing is unpacked to disk, one member is in memory.

A zip comes from whoever packed it: its list is bounded before it is read, sizes are compared before anything is
inflated, and names are only shown. Windows writes names in GBK and says nothing of it, so bytes that are no UTF-8 are
read as GBK (APPNOTE 4.4.4, bit 11 and appendix D know only cp437 and UTF-8).
"""

import os
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from budget.intake.guard import Refused, check_length
from budget.intake.guard.container import BROKEN_ZIP, ENCRYPTED, END, END_REACH, METHODS, UTF8
from budget.intake.guard.limits import (
    MAX_ARCHIVE,
    MAX_DIRECTORY,
    MAX_MEMBERS,
    MAX_RATIO,
    MAX_UNPACKED,
    MAX_UPLOAD,
    MIB,
    RATIO_FROM,
)

ZIP64 = b"PK\x06\x07"  # a list of its own that the short one knows nothing of
OFFICE = {"[Content_Types].xml", "mimetype", "OFD.xml"}  # a package that is a document itself
LITTER = {"thumbs.db", "desktop.ini", ".ds_store", "__macosx"}
LITTER_BEGINS = ("~$", ".")  # a lock that Word or Excel has left; what macOS and others hide


@dataclass(frozen=True)
class Member:
    """A file of a folder or an archive. name: its path there, with `/`. size: in bytes, as it is declared."""

    name: str
    size: int
    _read: Callable[[], bytes]

    @property
    def short(self) -> str:
        """The name without its folders."""
        return PurePosixPath(self.name).name

    def read(self) -> bytes:
        """Its bytes. Raises Refused, for a file that is too large before a byte of it is read."""
        check_length(self.size, MAX_UPLOAD)
        return self._read()


def is_archive(file: BinaryIO) -> bool:
    """Whether these bytes are a zip of files, and no document that is itself packed as one. Raises Refused."""
    if not zipfile.is_zipfile(file):
        return False
    with _opened(file) as archive:
        return not OFFICE.intersection(archive.namelist())


def in_archive(file: BinaryIO) -> list[Member]:
    """The members of a zip, by name, litter left out; the file stays open until they are read.

    Raises Refused when it is none, or holds too much.
    """
    archive = _opened(file)
    infos = [info for info in archive.infolist() if not info.is_dir()]
    if len(infos) > MAX_MEMBERS:
        raise Refused(f"压缩包里有 {len(infos)} 个文件，超过 {MAX_MEMBERS} 个，请分成几个压缩包。")
    if sum(info.file_size for info in infos) > MAX_UNPACKED:
        raise Refused(f"压缩包解开以后超过 {MAX_UNPACKED // MIB} MB，请分成几个压缩包。")
    return _clean(Member(_name(info), info.file_size, _reader(archive, info)) for info in infos)


def in_folder(folder: Path) -> list[Member]:
    """The files of a folder and of those below it, by name, litter left out; links are not followed."""
    found = []
    for above, _, names in os.walk(folder):
        for path in (Path(above, name) for name in names):
            size = path.lstat().st_size
            found.append(Member(path.relative_to(folder).as_posix(), size, _file_reader(path)))
    return _clean(found)


def _clean(members: Iterator[Member] | list[Member]) -> list[Member]:
    return sorted((one for one in members if not _is_litter(one.name)), key=lambda one: one.name)


def _is_litter(name: str) -> bool:
    return any(part.lower() in LITTER or part.startswith(LITTER_BEGINS) for part in name.split("/"))


def _file_reader(path: Path) -> Callable[[], bytes]:
    def reader() -> bytes:
        if path.is_symlink():
            raise Refused("这是一个链接，没有跟着打开；请放入文件本身。")
        try:
            return path.read_bytes()
        except OSError as error:
            raise Refused("打不开这个文件，请核对它的权限，或重新复制一份。") from error

    return reader


def _opened(file: BinaryIO) -> zipfile.ZipFile:
    """The zip; how long its list is, is looked at before it is read."""
    size = file.seek(0, os.SEEK_END)
    if size > MAX_ARCHIVE:
        raise Refused(f"压缩包有 {size / MIB:.0f} MB，超过 {MAX_ARCHIVE // MIB} MB 的上限，请分成几个压缩包。")
    file.seek(max(0, size - END_REACH - len(ZIP64) - 16))
    tail = file.read()
    end = tail.rfind(END)
    length = int.from_bytes(tail[end + 12 : end + 16], "little")
    if end >= 0 and (length > MAX_DIRECTORY or ZIP64 in tail[max(0, end - 20) : end]):
        raise Refused(f"压缩包里的文件太多（超过 {MAX_MEMBERS} 个），请分成几个压缩包。")
    try:
        return zipfile.ZipFile(file)
    except BROKEN_ZIP as error:
        raise Refused("这个压缩包打不开（不完整或已损坏），请重新压缩成 .zip。") from error


def _reader(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Callable[[], bytes]:
    def reader() -> bytes:
        _check(info)
        try:
            with archive.open(info) as member:
                return member.read(info.file_size + 1)  # bounded: without a number a member that lies inflates whole
        except (*BROKEN_ZIP, RuntimeError, zlib.error) as error:
            raise Refused("压缩包里的这个文件已损坏，请重新压缩。") from error

    return reader


def _check(info: zipfile.ZipInfo) -> None:
    """Refuse a member that cannot be read, or that would become much more than it is."""
    if info.flag_bits & ENCRYPTED:
        raise Refused("这个文件在压缩包里加了密，请不设密码重新压缩。")
    if info.compress_type not in METHODS:
        raise Refused("这个文件用了少见的压缩方式，请用 Windows 自带的压缩重新压成 .zip。")
    if info.file_size > RATIO_FROM and info.file_size > MAX_RATIO * max(1, info.compress_size):
        raise Refused("这个文件压缩得不像正常的表格，没有解开；请放入原来的文件。")


def _name(info: zipfile.ZipInfo) -> str:
    """The path as whoever packed it saw it, with `/` between its folders, and nothing that cannot be shown."""
    name = info.orig_filename
    if not info.flag_bits & UTF8:
        name = _decoded(name.encode("cp437", "replace"))
    parts = [part for part in name.replace("\\", "/").split("/") if part not in ("", ".", "..")]
    return "".join(c for c in "/".join(parts) if c.isprintable())


def _decoded(raw: bytes) -> str:
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return raw.decode("cp437")
