"""A PDF's objects as its parser sees them, those in compressed streams and under other spellings of names included."""

from typing import Any

from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdfexceptions import PDFException
from pdfminer.pdftypes import PDFStream
from pdfminer.psparser import PSLiteral

from budget.intake.guard import Refused
from budget.intake.guard.limits import MAX_OBJECTS
from budget.intake.guard.pdf import FORBIDDEN, sentence
from budget.intake.guard.refusal import RESAVE_PDF

DEEPEST = 20  # values within values of one object; honest ones have five


def check_objects(document: PDFDocument) -> None:
    """Refuse a document for any object of its tables that the guard forbids; raises Refused."""
    if document.encryption:
        raise Refused(sentence("Encrypt"))
    numbers = {number for table in document.xrefs for number in table.get_objids()}
    if len(numbers) > MAX_OBJECTS:
        raise Refused(f"这个 PDF 文件里的对象超过 {MAX_OBJECTS} 个，不像正常的预算文件，{RESAVE_PDF}。")
    for number in sorted(numbers):
        _check(_object(document, number), DEEPEST)
    for table in document.xrefs:
        _check(table.get_trailer(), DEEPEST)


def _object(document: PDFDocument, number: int) -> Any:
    """An object, None where the table points to nothing: no reader will see it either."""
    try:
        return document.getobj(number)
    except PDFException:
        return None


def _check(value: Any, depth: int) -> None:
    if not depth:
        raise Refused(f"这个 PDF 文件的结构层次太深，不像正常的预算文件，{RESAVE_PDF}。")
    if isinstance(value, PSLiteral) and value.name in FORBIDDEN:
        raise Refused(sentence(str(value.name)))
    if isinstance(value, PDFStream):
        value = value.attrs
    if isinstance(value, dict):
        for name in FORBIDDEN.keys() & value.keys():
            raise Refused(sentence(name))
        value = list(value.values())
    for one in value if isinstance(value, list) else ():
        _check(one, depth - 1)
