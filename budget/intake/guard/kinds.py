"""What the bytes are, if they are no zip package at all, whatever the file's name says."""

import re

from budget.intake.guard.limits import MAX_FILE, MIB
from budget.intake.guard.refusal import RESAVE, RESAVE_DOCX, RESAVE_XLSX, Refused

ZIP = b"PK\x03\x04"
OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
OLE2_STREAMS = (  # names of streams stand in UTF-16 in the directory ([MS-CFB] 2.6.1, [MS-OFFCRYPTO] 2.3.4.4)
    ("EncryptedPackage", "这个文件设了打开密码，请先在 Excel、Word 或 WPS 里取消密码，保存后再上传。"),
    ("WordDocument", f"这是旧格式的 Word 文件（.doc），{RESAVE_DOCX}。"),
    ("Workbook", f"这是旧格式的 Excel 文件（.xls），{RESAVE_XLSX}。"),
    ("Book", f"这是旧格式的 Excel 文件（.xls），{RESAVE_XLSX}。"),
)
SIGNATURES = (
    (b"%PDF", "这是 PDF 文件，读不出表格里的数，请上传原来的 Excel（.xlsx）或 Word（.docx）文件。"),
    (b"\x89PNG", "这是图片，读不出表格里的数，请上传原来的 Excel（.xlsx）或 Word（.docx）文件。"),
    (b"\xff\xd8\xff", "这是图片，读不出表格里的数，请上传原来的 Excel（.xlsx）或 Word（.docx）文件。"),
    (b"Rar!", "这是压缩包，请先解压，再上传里面的 .xlsx 或 .docx 文件。"),
    (b"7z\xbc\xaf", "这是压缩包，请先解压，再上传里面的 .xlsx 或 .docx 文件。"),
    (b"{\\rtf", f"这是 RTF 文件，{RESAVE_DOCX}。"),
)
MARKUP = re.compile(rb"(?:\xef\xbb\xbf)?\s*<(?:!|\?|html|head|meta|table|div)", re.I)
UTF16 = (b"\xff\xfe", b"\xfe\xff")  # text with a NUL in every other byte
CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
LOOKED_AT = 4096  # bytes: a text begins as one


def check_size(data: bytes) -> None:
    """Refuse what is empty or too big."""
    if not data:
        raise Refused("这个文件是空的（0 字节），请重新选择文件后再上传。")
    if len(data) > MAX_FILE:
        raise Refused(f"文件有 {len(data) / MIB:.1f} MB，超过 5 MB 的上限，请删去图片等多余内容后再上传。")


def check_kind(data: bytes) -> None:
    """Say what a file is that is no zip package, whatever its name says."""
    if not data.startswith(ZIP):
        raise Refused(_signed(data) or _unsigned(data))


def _signed(data: bytes) -> str:
    """The sentence for a file whose first bytes tell what it is, '' for any other."""
    if data.startswith(OLE2):
        return _ole2(data)
    return next((sentence for signature, sentence in SIGNATURES if data.startswith(signature)), "")


def _unsigned(data: bytes) -> str:
    """The sentence for a file without a signature: web pages saved as .xls and CSV are what clerks are handed most."""
    if MARKUP.match(data):
        return f"这是改了扩展名的网页或 XML 表格，不是真正的 .xlsx 文件，{RESAVE_XLSX}。"
    if data.startswith(UTF16) or not CONTROL.search(data[:LOOKED_AT]):
        return f"这是文本文件（如 .csv），不是真正的 .xlsx 文件，{RESAVE_XLSX}。"
    return f"这不是 Excel（.xlsx）或 Word（.docx）文件，或者文件已损坏，{RESAVE}。"


def _ole2(data: bytes) -> str:
    """Old Office files and encrypted new ones share one container; the names of its streams tell them apart."""
    for name, sentence in OLE2_STREAMS:
        if name.encode("utf-16-le") in data:
            return sentence
    return f"这是旧格式的 Office 文件，{RESAVE}。"
