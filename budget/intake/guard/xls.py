"""Old Excel workbooks: what their container and the records of the book say ([MS-XLS] 2.1, 2.4).

Nothing is built from cells here: their number follows from the size of the file, and the reader counts them.
"""

import struct
from collections.abc import Iterator

from budget.intake.guard.compound import STREAM, Compound, Stream
from budget.intake.guard.refusal import ASK_AGAIN, RESAVE, RESAVE_DOCX, RESAVE_XLSX, Refused

BOOKS = ("workbook", "book")  # of Excel 97 and of 95; WPS (.et) writes the former
NO_MACROS = "请另存为不含宏的 .xlsx 再上传"
OTHERS = (  # names of streams and storages that say what a file is which is no workbook
    ("encryptedpackage", "这个文件设了打开密码，请先在 Excel、Word 或 WPS 里取消密码，保存后再上传。"),
    ("worddocument", f"这是旧格式的 Word 或 WPS 文字文件（.doc 或 .wps），{RESAVE_DOCX}。"),
    ("powerpoint document", "这是演示文稿（PPT），请上传 Excel、Word 或 PDF 文件。"),
)
FORBIDDEN = (
    ("_vba_project", f"文件里有宏（程序），{NO_MACROS}。"),
    ("_vba_project_cur", f"文件里有宏（程序），{NO_MACROS}。"),
    ("mbd", "文件里有嵌入的其他文件，请删除嵌入的对象，保存后再上传。"),
)
RECORD = struct.Struct("<HH")
END_OF_GLOBALS, FILEPASS, BOUNDSHEET, OBPROJ, SUPBOOK = 0x0A, 0x2F, 0x85, 0xD3, 0x1AE
MACRO_SHEET, VBA_SHEET = 1, 6
OWN_BOOKS = (b"\x01\x04", b"\x01\x3a")  # a link to this very book, to functions of Excel (2.4.271)
ENCRYPTED = "这个文件设了密码，请先在 Excel 或 WPS 里取消密码，保存后再上传。"


def check_xls(data: bytes) -> None:
    """Refuse whatever is no old workbook, or one with a password, macros, embedded files or links to others."""
    compound = Compound(data)
    for name, sentence in OTHERS:
        if name in compound.names:
            raise Refused(sentence)
    books = [stream for stream in compound.streams if stream.kind == STREAM and stream.name.casefold() in BOOKS]
    if not books:
        raise Refused(f"这是旧格式的 Office 或 WPS 文件，{RESAVE}。")
    _check_names(compound.names)
    for book in books:
        _check_records(compound, book)


def _check_names(names: set[str]) -> None:
    for name, sentence in FORBIDDEN:
        if any(one == name or (name == "mbd" and one.startswith(name)) for one in names):
            raise Refused(sentence)


def _check_records(compound: Compound, book: Stream) -> None:
    """The book's own records: they stand before those of its sheets, and end with a record that says so."""
    for kind, body in _globals(compound.read(book)):
        if kind == FILEPASS:
            raise Refused(ENCRYPTED)
        if kind == OBPROJ:
            raise Refused(f"文件里有宏（程序），{NO_MACROS}。")
        if kind == BOUNDSHEET and len(body) > 5 and body[5] in (MACRO_SHEET, VBA_SHEET):
            raise Refused("文件里有宏表（程序），请删除宏表，另存为不含宏的 .xlsx 再上传。")
        if kind == SUPBOOK and body[2:4] not in OWN_BOOKS:
            raise Refused(f"文件引用了其他工作簿，请在“数据→编辑链接”里断开链接，{RESAVE_XLSX}。")


def _globals(book: bytes) -> Iterator[tuple[int, bytes]]:
    """(kind, body) of each record up to the end of the book's own."""
    at = 0
    while at + RECORD.size <= len(book):
        kind, length = RECORD.unpack_from(book, at)
        at += RECORD.size
        yield kind, book[at : at + length]
        if kind == END_OF_GLOBALS:
            return
        at += length
    raise Refused(f"{ASK_AGAIN}。")
