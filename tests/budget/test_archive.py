"""A folder or a zip as its files: names as they were written, nothing read that is too much, litter left out."""

import io
import struct
import tracemalloc
import zipfile

import pytest

from budget.intake import archive
from budget.intake.archive import in_archive, in_folder, is_archive
from budget.intake.guard import Refused
from budget.intake.guard.limits import MAX_MEMBERS, MAX_UPLOAD
from tests.budget.conftest import original


class ByWindows(zipfile.ZipInfo):
    """A name as Windows writes it in China: in GBK, without saying so."""

    encoding = "gbk"

    def _encodeFilenameFlags(self):
        return self.filename.encode(self.encoding), self.flag_bits & ~0x800


class ByMac(ByWindows):
    """A name in UTF-8, without saying so."""

    encoding = "utf-8"


def packed(files, kind=zipfile.ZipInfo):
    """A zip of {name: bytes}, open."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in files.items():
            info = kind(name)
            info.compress_type = zipfile.ZIP_DEFLATED
            made.writestr(info, data)
    return target


def names(members):
    return [member.name for member in members]


@pytest.mark.parametrize("kind", [zipfile.ZipInfo, ByWindows, ByMac])
def test_names_are_read_as_they_were_written(kind):
    (member,) = in_archive(packed({"卢龙县/刘家营乡（本级）.xlsx": b"1"}, kind))
    assert (member.name, member.short, member.read()) == ("卢龙县/刘家营乡（本级）.xlsx", "刘家营乡（本级）.xlsx", b"1")


def test_a_folder_is_read_as_a_zip_of_it(tmp_path):
    files = {"b/2.xlsx": b"2", "a.docx": b"1", "b/c/3.pdf": b"3"}
    for name, data in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(data)
    found = [(member.name, member.size, member.read()) for member in in_folder(tmp_path)]
    assert found == [(m.name, m.size, m.read()) for m in in_archive(packed(files))]
    assert [name for name, *_ in found] == sorted(files)


def test_litter_is_left_out():
    litter = [
        "__MACOSX/._a.xlsx",
        "~$a.xlsx",
        "b/~$c.docx",
        "Thumbs.db",
        "b/.DS_Store",
        "desktop.ini",
        ".~lock.a.xlsx#",
    ]
    assert names(in_archive(packed(dict.fromkeys([*litter, "a.xlsx"], b"1")))) == ["a.xlsx"]


def test_a_link_is_said_and_not_followed(tmp_path):
    (tmp_path / "outside").write_bytes(b"secret")
    folder = tmp_path / "county"
    folder.mkdir()
    (folder / "a.xlsx").symlink_to(tmp_path / "outside")
    (folder / "above").symlink_to(tmp_path, target_is_directory=True)
    (member,) = in_folder(folder)
    with pytest.raises(Refused, match="链接"):
        member.read()


@pytest.mark.parametrize("name", ["../../a.xlsx", "/a.xlsx", "..\\a.xlsx", "a.xlsx\u202e"])
def test_a_path_never_leaves_its_archive(name):
    assert names(in_archive(packed({name: b"1"}))) == ["a.xlsx"]


def test_a_document_is_no_archive():
    assert not is_archive(io.BytesIO(original("liujiaying-2024.xlsx")))
    assert not is_archive(io.BytesIO(original("liujiaying-2024.docx")))
    assert not is_archive(io.BytesIO(b"%PDF-1.7"))
    assert is_archive(packed({"a.xlsx": original("liujiaying-2024.xlsx")}))


def test_a_file_that_is_too_large_is_refused_before_it_is_read(tmp_path):
    with (tmp_path / "a.pdf").open("wb") as sparse:
        sparse.truncate(MAX_UPLOAD + 1)
    (member,) = in_folder(tmp_path)
    with pytest.raises(Refused, match="超过 .* MB 的上限"):
        member.read()


def test_a_member_that_would_become_much_more_is_refused():
    bomb, honest = in_archive(packed({"a.xlsx": b"0" * (2 * 1024 * 1024), "b.xlsx": b"1"}))
    with pytest.raises(Refused, match="压缩得不像"):
        bomb.read()
    assert honest.read() == b"1"


def test_too_many_and_too_much_are_refused(monkeypatch):
    with pytest.raises(Refused, match=f"超过 {MAX_MEMBERS} 个"):
        in_archive(packed({f"{number}.xlsx": b"" for number in range(MAX_MEMBERS + 1)}))
    monkeypatch.setattr(archive, "MAX_UNPACKED", 3)
    with pytest.raises(Refused, match="解开以后"):
        in_archive(packed({"a.xlsx": b"12", "b.xlsx": b"34"}))
    monkeypatch.setattr(archive, "MAX_ARCHIVE", 3)
    with pytest.raises(Refused, match="的上限"):
        in_archive(packed({"a.xlsx": b"12"}))


def test_a_list_that_claims_to_be_endless_is_not_read():
    data = bytearray(packed({"a.xlsx": b"1"}).getvalue())
    struct.pack_into("<L", data, len(data) - 10, 0x7FFFFFFF)  # APPNOTE 4.3.16: size of the central directory
    with pytest.raises(Refused, match="太多"):
        in_archive(io.BytesIO(bytes(data)))


def test_a_member_that_lies_about_its_size_is_not_inflated():
    data = bytearray(packed({"a.xlsx": b"0" * (64 * 1024 * 1024)}).getvalue())
    for signature, at in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):  # APPNOTE 4.3.7, 4.3.12: uncompressed size
        struct.pack_into("<L", data, data.find(signature) + at, 100)
    (member,) = in_archive(io.BytesIO(bytes(data)))
    tracemalloc.start()
    with pytest.raises(Refused, match="损坏"):
        member.read()
    assert tracemalloc.get_traced_memory()[1] < 4 * 1024 * 1024
    tracemalloc.stop()


@pytest.mark.parametrize("at", range(0, 122, 3))
def test_a_broken_zip_is_refused_in_a_sentence(at):
    """Any byte changed: what is read is what was packed, or nothing."""
    data = bytearray(packed({"a.xlsx": b"0123456789" * 9}).getvalue())
    data[at] ^= 0xFF
    try:
        read = [member.read() for member in in_archive(io.BytesIO(bytes(data)))]
    except Refused as refusal:
        assert str(refusal).endswith("。")
    else:
        assert read in ([b"0123456789" * 9], [])


def test_a_locked_member_says_so_and_the_others_are_read():
    data = bytearray(packed({"a.xlsx": b"1", "b.xlsx": b"2"}).getvalue())
    at = data.find(b"PK\x01\x02")
    data[at + 8] |= 1  # APPNOTE 4.4.4: encrypted
    locked, open_ = in_archive(io.BytesIO(bytes(data)))
    with pytest.raises(Refused, match="加了密"):
        locked.read()
    assert open_.read() == b"2"
