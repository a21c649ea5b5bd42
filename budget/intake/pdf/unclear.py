"""What cannot be read for sure: scans, letters that no font tells, columns without strokes; named by page."""

import re

from budget.intake.guard import Refused
from budget.intake.guard.refusal import RESAVE_PDF
from budget.intake.pdf.page import Page

FEW = 10  # letters: a page number on a picture is no text
TENTH = 10
ROWS = 3  # lines with several figures apart from each other are the rows of a table
_FIGURE = re.compile(r"-?\d{1,3}(,\d{3})+(\.\d+)?|-?\d+\.\d{1,2}|0")

UPLOAD_ORIGINAL = "请上传原来的 Excel（.xlsx）或 Word（.docx）文件，或从它们导出的 PDF"


def check_pages(pages: list[Page]) -> None:
    """Raise Refused for the first page of which something would have to be guessed."""
    if not pages:
        raise Refused(f"这个 PDF 文件里没有一页读得出来，{RESAVE_PDF}。")
    scans = [page for page in pages if page.picture or page.letters < FEW]
    if len(scans) * 2 > len(pages) or all(page.letters < FEW for page in pages):
        raise Refused(f"这个 PDF 是扫描件或图片（如第{scans[0].number}页），里面的字读不出来，{UPLOAD_ORIGINAL}。")
    for page in pages:
        if page.unmapped * TENTH > page.letters:
            raise Refused(f"第{page.number}页的字体没有说明是哪些字，读不出来，{RESAVE_PDF}。")
        if page.lying * 2 > page.letters:
            raise Refused(f"第{page.number}页的文字是横躺着的，读不出表格，请把这一页转正后重新导出。")
        if sum(_is_row(line.texts) for line in page.lines) >= ROWS:
            raise Refused(f"第{page.number}页的表格没有竖线，分不清各栏的数，请给表格加上框线，或{UPLOAD_ORIGINAL}。")


def _is_row(texts: list[str]) -> bool:
    return len(texts) > 2 and sum(bool(_FIGURE.fullmatch(text)) for text in texts) > 1


def pictures(pages: list[Page]) -> list[str]:
    """A sentence for each page that is a picture in a file that otherwise is none."""
    return [
        f"第{page.number}页是图片，里面的字没有读入；如果是预算内容，{UPLOAD_ORIGINAL}。"
        for page in pages
        if page.picture and page.letters < FEW
    ]
