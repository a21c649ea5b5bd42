"""PDF and old Office files: what is refused by its bytes or by its objects, each in one sentence; honest ones pass."""

import zlib
from pathlib import Path

import pytest

from budget.intake import pdf as pdf_reader
from budget.intake import workbook, xls
from budget.intake.guard import Refused, inspect, limits
from budget.intake.guard import pdf as pdf_guard

from .conftest import original
from .old_office import compound, records
from .small_pdf import Page, pdf, stream

TEMPLATE = Path(__file__).parents[3] / "shared" / "reference" / "real" / "template-department.xls"
NAMES = ("一、部门职责：负责本乡各项工作", "二、机构设置：本乡设三个内设机构")


def page():
    return Page().text(60, 90, NAMES[0]).text(60, 120, NAMES[1])


def refused(look, data, *words):
    with pytest.raises(Refused) as caught:
        look(data)
    said = str(caught.value)
    assert all(word in said for word in words), said
    assert said.endswith("。") and said.count("。") == 1 and "请" in said, said


# PDF

HOSTILE = {
    "JavaScript at opening": (b"/OpenAction<</S/JavaScript/JS(app.alert(1))>>", "JavaScript"),
    "in a name tree": (b"/Names<</JavaScript 1000 0 R>>", "JavaScript"),
    "spelled in hexadecimal": (b"/OpenAction<</S/J#61vaScript/#4a#53(1)>>", "JavaScript"),
    "another program": (b"/AA<</O<</S/Launch/F(calc.exe)>>>>", "其他程序"),
    "an embedded file": (b"/Names<</EmbeddedFiles 1000 0 R>>", "嵌入"),
    "a form with a program": (b"/AcroForm<</XFA 1000 0 R>>", "XFA"),
    "a film": (b"/Extra<</Subtype/RichMedia>>", "音视频"),
    "a password": (b"/Encrypt 1000 0 R", "密码"),
}


@pytest.mark.parametrize(("catalog", "word"), HOSTILE.values(), ids=HOSTILE)
def test_what_could_run_is_refused_before_anything_is_parsed(catalog, word):
    refused(inspect, pdf(page(), catalog=catalog, objects=[b"<<>>"]), word)


@pytest.mark.parametrize(("catalog", "word"), list(HOSTILE.values())[:-1], ids=list(HOSTILE)[:-1])
def test_what_the_bytes_hide_is_found_among_the_objects(catalog, word):
    refused(pdf_reader.opened, pdf(page(), catalog=catalog, objects=[b"<<>>"]), word)


def test_an_object_in_a_compressed_stream_is_looked_at():
    hidden = b"1001 0 <</S/JavaScript/JS(1)>>"
    packed = zlib.compress(hidden)
    objects = [stream(packed, b"/Type/ObjStm/N 1/First 7/Filter/FlateDecode")]
    data = bytearray(pdf(page(), objects=objects))
    table = b"\x02\x03\xe8\x00"  # kind 2: in stream 1000, the first of it
    cross = stream(
        table,
        b"/Type/XRef/W[1 2 1]/Index[1001 1]/Size 1002/Root 1 0 R/Prev %d"
        % data.rindex(b"xref\n", 0, data.rindex(b"startxref")),
    )
    at = len(data)
    data += b"1002 0 obj\n" + cross + b"\nendobj\nstartxref\n%d\n%%%%EOF\n" % at
    assert inspect(bytes(data)) == "pdf"
    refused(pdf_reader.opened, bytes(data), "JavaScript")


def test_a_name_in_compressed_bytes_is_chance():
    assert inspect(pdf(page(), objects=[stream(b"\x00/JS \x01/Launch \x02")])) == "pdf"


def bomb(size, more=b""):
    engine = zlib.compressobj(9)
    packed = b"".join(engine.compress(b"\0" * limits.MIB) for _ in range(size // limits.MIB)) + engine.flush()
    return stream(packed, b"/Filter/FlateDecode" + more)


def test_streams_that_inflate_beyond_measure_are_refused_in_pieces(monkeypatch):
    monkeypatch.setattr(pdf_guard, "MAX_STREAM", 2 * limits.MIB)
    monkeypatch.setattr(pdf_guard, "MAX_INFLATED", 3 * limits.MIB)
    assert inspect(pdf(page(), objects=[bomb(limits.MIB)])) == "pdf"
    refused(inspect, pdf(page(), objects=[bomb(3 * limits.MIB)]), "压缩炸弹")
    refused(inspect, pdf(page(), objects=[bomb(2 * limits.MIB)] * 2), "压缩炸弹")
    assert inspect(pdf(page(), objects=[bomb(3 * limits.MIB, b"/Subtype/Image")])) == "pdf"


def test_more_of_anything_than_a_budget_has_is_refused(monkeypatch):
    refused(inspect, b"%PDF-1.7\n" + b"1 0 obj\n" * (limits.MAX_OBJECTS + 1), "对象")
    refused(inspect, b"%PDF-1.7\n" + b"stream\nendstream " * (limits.MAX_OBJECTS + 1), "对象")
    refused(inspect, b"%PDF-" + b"x" * limits.MAX_PDF, "20 MB")
    monkeypatch.setattr(pdf_reader, "MAX_PAGES", 2)
    refused(pdf_reader.opened, pdf(page(), page(), page()), "页")


@pytest.mark.parametrize(
    "data", [b"%PDF-1.7\n", b"%PDF-1.7\n%%EOF", pdf(), pdf(page())[:400], b"%PDF-" + bytes(range(256)) * 9]
)
def test_a_broken_pdf_is_called_broken(data):
    refused(lambda broken: inspect(broken) and pdf_reader.opened(broken), data, "PDF")


# Old Office files


def test_an_honest_old_workbook_passes():
    assert inspect(original("liujiaying-2024.xls")) == "xls"
    assert inspect(compound({"Workbook": records()})) == "xls"
    assert inspect(compound({"Workbook": records((0x1AE, b"\x01\x00\x01\x04"))})) == "xls"


@pytest.mark.parametrize(
    ("streams", "words"),
    [
        ({"WordDocument": b""}, [".doc", ".wps", "另存为"]),
        ({"PowerPoint Document": b""}, ["PPT"]),
        ({"EncryptedPackage": b""}, ["密码"]),
        ({"CONTENTS": b""}, ["旧格式", "WPS", "另存为"]),
        ({"Workbook": records(), "_VBA_PROJECT": b""}, ["宏"]),
        ({"Workbook": records(), "MBD0001": b""}, ["嵌入"]),
        ({"Workbook": records((0x2F, b"\1\0"))}, ["密码"]),
        ({"Book": records((0x2F, b"\1\0"))}, ["密码"]),
        ({"Workbook": records((0xD3, b""))}, ["宏"]),
        ({"Workbook": records(sheet=1)}, ["宏表"]),
        ({"Workbook": records((0x1AE, b"\x01\x00\x05\x00\x00file"))}, ["其他工作簿"]),
        ({"Workbook": b"\x09\x08\xff\xff"}, ["不完整"]),
    ],
    ids=lambda value: "" if isinstance(value, dict) else value[0],
)
def test_other_old_files_are_called_by_name(streams, words):
    refused(inspect, compound(streams), *words)


def test_tables_of_sectors_that_go_round_or_nowhere_end():
    whole = bytearray(compound({"Workbook": records()}))
    for at, number in ((512 + 4, 1), (512 + 4, 77), (44 + 4, 99_999)):
        broken = bytearray(whole)
        broken[at : at + 4] = number.to_bytes(4, "little")
        refused(inspect, bytes(broken), "不完整")
    refused(inspect, bytes(whole[:600]), "不完整")


def test_what_xlrd_cannot_open_is_told_to_be_saved_anew():
    refused(xls.opened, compound({"Workbook": records()}), "另存为")


def test_an_old_workbook_gives_the_very_grids_of_the_new_one():
    assert xls.opened(original("liujiaying-2024.xls")).grids == workbook.read(original("liujiaying-2024.xlsx"))


@pytest.mark.skipif(not TEMPLATE.exists(), reason="needs ../shared")
def test_a_real_form_that_a_district_hands_out_is_read():
    data = TEMPLATE.read_bytes()
    grids = xls.opened(data).grids
    assert inspect(data) == "xls" and len(grids) == 16
    assert sum("预算" in grid.text(2, 1) and grid.text(2, 1).endswith("表") for grid in grids) == 9


class Sheet:
    """What xlrd gives of a sheet, as far as the limits look."""

    name, merged_cells = "表", ()

    def __init__(self, *rows):
        self.rows, self.nrows = rows, len(rows)

    def row_types(self, row):
        return self.rows[row]


@pytest.mark.parametrize(
    "rows",
    [[[1]] * (limits.MAX_ROWS + 1), [[1] * (limits.MAX_COLUMNS + 1)], [[1] * 200] * 1001],
    ids=["rows", "columns", "cells"],
)
def test_the_limits_of_sheets_hold_for_old_ones(rows):
    refused(xls._check, [Sheet(*rows)], "保存后再上传")
    xls._check([Sheet([1] + [6] * 255)])  # formats alone count for nothing
