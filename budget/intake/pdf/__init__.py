"""PDF files with text as grids and paragraphs, through pdfplumber (pdfminer.six). The guard has seen the bytes before.

A PDF knows letters and strokes at places, no cells and no paragraphs. Cells are what strokes enclose; where there are
none between two columns of figures, nothing is guessed and the file is refused. It yields what Word yields: tables with
the texts above and under them, and paragraphs in their order.
"""

import io
import logging
from itertools import islice
from typing import Any

import pdfplumber
from pdfminer.pdfpage import PDFPage

from budget.intake.grid import Opened
from budget.intake.guard import Refused
from budget.intake.guard.limits import MAX_PAGES
from budget.intake.guard.refusal import RESAVE_PDF
from budget.intake.pdf.codes import tell_unknown_codes
from budget.intake.pdf.flow import flow
from budget.intake.pdf.inside import check_objects
from budget.intake.pdf.page import Page, read_page
from budget.intake.pdf.unclear import check_pages, pictures

tell_unknown_codes()
logging.getLogger("pdfminer").setLevel(logging.CRITICAL)  # it remarks on every font that is a little off


def opened(data: bytes) -> Opened:
    """What a PDF holds. Raises Refused when it is a scan, or holds what no reader should open or cannot tell apart."""
    pages = _pages(data)
    check_pages(pages)
    grids, paragraphs = flow(pages)
    return Opened("pdf", grids, paragraphs, pictures(pages))


def _pages(data: bytes) -> list[Page]:
    try:
        with pdfplumber.open(io.BytesIO(data)) as pdf:
            check_objects(pdf.doc)
            _count(pdf.doc)
            return [_closed(number, page) for number, page in enumerate(pdf.pages, 1)]
    except (Refused, MemoryError):
        raise
    except Exception as error:  # pdfminer raises whatever its bytes lead it to
        raise Refused(f"这个 PDF 文件打不开（内容已损坏），{RESAVE_PDF}。") from error


def _count(document: Any) -> None:
    if len(list(islice(PDFPage.create_pages(document), MAX_PAGES + 1))) > MAX_PAGES:
        raise Refused(f"这个 PDF 文件超过 {MAX_PAGES} 页，不像正常的预算文件，请只上传公开的预算。")


def _closed(number: int, page: Any) -> Page:
    """A page read, and what pdfplumber keeps of it given back."""
    read = read_page(number, page)
    page.close()
    return read
