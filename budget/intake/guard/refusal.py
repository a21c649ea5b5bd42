"""A refusal: one Chinese sentence with what, where and the way out, and the words that many of them share."""

RESAVE = "请用 Excel、Word 或 WPS 打开后“另存为”新的 .xlsx 或 .docx 文件再上传"
RESAVE_XLSX = "请用 Excel 或 WPS 打开后“另存为” .xlsx 再上传"
RESAVE_DOCX = "请用 Word 或 WPS 打开后“另存为” .docx 再上传"
RESAVE_PDF = "请从 Excel、Word 或 WPS 重新导出 PDF，或者直接上传 .xlsx、.docx 文件"
ASK_AGAIN = "文件不完整或已损坏，请重新保存或重新下载原文件后再上传"
LONGEST_NAME = 60  # a name may fill the whole file; the sentence has to stay one


class Refused(Exception):
    """The file is not read at all; `str()` is one Chinese sentence with what, where and the way out."""


def short(text: str) -> str:
    """A name from the file, fit for a sentence: printable and not endless."""
    printable = "".join(c if c.isprintable() else "?" for c in text)
    return printable if len(printable) <= LONGEST_NAME else printable[:LONGEST_NAME] + "…"


def inner_part(name: str) -> str:
    """A part of the package in words."""
    return f"文件内部的“{short(name)}”"


def shown(raw: bytes | None) -> str:
    """A raw attribute as it stands in the file, references unresolved: that is what is wrong with it."""
    return short(bytes(raw or b"").decode("utf-8", "replace"))
