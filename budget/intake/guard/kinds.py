"""What the bytes are by how they begin, whatever the file's name says, and how many of them are taken."""

import re

from budget.intake.guard.compound import OLE2
from budget.intake.guard.limits import MAX_FILE, MAX_PDF, MIB
from budget.intake.guard.refusal import RESAVE, RESAVE_DOCX, RESAVE_XLSX, Refused

ZIP, PDF = b"PK\x03\x04", b"%PDF-"
PICTURE = "这是图片，读不出表格里的数，请上传原来的 Excel（.xlsx）、Word（.docx）或有文字的 PDF 文件。"
PACKED = "这是压缩包，请先解压，再上传里面的 Excel、Word 或 PDF 文件。"
SIGNATURES = (
    (b"\x89PNG", PICTURE),
    (b"\xff\xd8\xff", PICTURE),
    (b"GIF8", PICTURE),
    (b"BM", PICTURE),
    (b"II*\0", PICTURE),
    (b"MM\0*", PICTURE),
    (b"Rar!", PACKED),
    (b"7z\xbc\xaf", PACKED),
    (b"{\\rtf", f"这是 RTF 文件，{RESAVE_DOCX}。"),
)
MARKUP = re.compile(rb"(?:\xef\xbb\xbf)?\s*<(?:!|\?|html|head|meta|table|div)", re.I)
UTF16 = (b"\xff\xfe", b"\xfe\xff")  # text with a NUL in every other byte
CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
LOOKED_AT = 4096  # bytes: a text begins as one


def check_size(data: bytes) -> None:
    """Refuse what is empty or too big for its kind."""
    if not data:
        raise Refused("这个文件是空的（0 字节），请重新选择文件后再上传。")
    check_length(len(data), MAX_PDF if data.startswith(PDF) else MAX_FILE)


def check_length(size: int, limit: int) -> None:
    """Refuse a file that is longer than so many bytes; of use before a byte of it is read."""
    if size > limit:
        raise Refused(
            f"文件有 {size / MIB:.1f} MB，超过 {limit // MIB} MB 的上限（PDF 为 {MAX_PDF // MIB} MB，其他为 "
            f"{MAX_FILE // MIB} MB），请删去图片等多余内容后再上传。"
        )


def kind_by_signature(data: bytes) -> str:
    """ "zip", "ole2" or "pdf", whatever the file's name says; for anything else Refused says what it is."""
    for signature, kind in ((ZIP, "zip"), (OLE2, "ole2"), (PDF, "pdf")):
        if data.startswith(signature):
            return kind
    raise Refused(_signed(data) or _unsigned(data))


def _signed(data: bytes) -> str:
    """The sentence for a file whose first bytes tell what it is, '' for any other."""
    return next((sentence for signature, sentence in SIGNATURES if data.startswith(signature)), "")


def _unsigned(data: bytes) -> str:
    """The sentence for a file without a signature: web pages saved as .xls and CSV are what clerks are handed most."""
    if MARKUP.match(data):
        return f"这是改了扩展名的网页或 XML 表格，不是真正的 .xlsx 文件，{RESAVE_XLSX}。"
    if data.startswith(UTF16) or not CONTROL.search(data[:LOOKED_AT]):
        return f"这是文本文件（如 .csv），不是真正的 .xlsx 文件，{RESAVE_XLSX}。"
    return f"这不是 Excel（.xlsx、.xls）、Word（.docx）或 PDF 文件，或者文件已损坏，{RESAVE}。"
