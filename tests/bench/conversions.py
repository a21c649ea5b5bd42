"""Documents converted by LibreOffice and out of PDFs: `python -m tests.bench.conversions [NAME …]`.

Workbooks and Word documents go through LibreOffice into every format that the reader takes and back, the published PDFs
of ../shared through pdfplumber into workbooks and Word documents. Printed: which are read as another budget.
"""

import argparse
import io
import os
import shutil
import subprocess
import tempfile
import time
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "deploy.settings")
os.environ["DATA_DIR"] = tempfile.mkdtemp(prefix="bench-")

import django  # noqa: E402

django.setup()

import pdfplumber  # noqa: E402
from openpyxl import load_workbook  # noqa: E402
from openpyxl.styles import Border, Side  # noqa: E402
from openpyxl.utils import get_column_letter  # noqa: E402
from openpyxl.worksheet.properties import PageSetupProperties  # noqa: E402

from budget.intake.guard import Refused  # noqa: E402
from budget.intake.identity import Given  # noqa: E402
from budget.intake.read import read  # noqa: E402
from tests.budget.bends.files import docx, xlsx  # noqa: E402
from tests.budget.bends.paper import sound  # noqa: E402
from tests.budget.conftest import ORIGINALS  # noqa: E402
from tests.budget.converted import Plain, shuffled, to_word, to_workbook  # noqa: E402
from tests.budget.independent import REAL  # noqa: E402

GIVEN = Given(region="310107", unit="210")
WAYS = {
    "xlsx": (("xlsx",), ("ods", "xlsx"), ("xls",), ("xls", "xlsx"), ("pdf",)),
    "docx": (("docx",), ("odt", "docx"), ("doc", "docx"), ("pdf",)),
}


def through_office(data, suffix, way):
    """The bytes after LibreOffice has saved them in each of these formats in turn."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"budget.{suffix}"
        path.write_bytes(data)
        for number, to in enumerate(way):
            out = Path(folder) / str(number)
            profile = f"-env:UserInstallation=file://{tempfile.gettempdir()}/soffice-profile"
            command = ["soffice", profile, "--headless", "--convert-to", to, "--outdir", out, path]
            subprocess.run(command, check=True, capture_output=True, timeout=180)
            path = out / f"budget.{to}"
        return path.read_bytes()


def bordered(data):
    """A workbook with borders around its cells, landscape, one page wide: how tables are printed into a PDF."""
    book = load_workbook(io.BytesIO(data))
    edge = Side(style="thin")
    for sheet in book.worksheets:
        sheet.page_setup.orientation, sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = "landscape", 1, 0
        sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        for column in sheet.iter_cols():
            longest = max((len(str(cell.value)) for cell in column[2:] if cell.value is not None), default=8)
            sheet.column_dimensions[get_column_letter(column[0].column)].width = max(14, 2.2 * longest)
            for cell in column[2:]:  # above the headings stand the title, the name and the unit
                cell.border = Border(edge, edge, edge, edge)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def out_of_pdf(path):
    """The tables of a PDF as plain cells, each with the words above it on its page; a page without a title goes on."""
    found = []
    with pdfplumber.open(path) as pdf:
        for page in pdf.pages:
            for table in page.find_tables():
                top = page.crop((0, 0, page.width, max(table.bbox[1], 1))).extract_text() or ""
                rows = [[cell or None for cell in row] for row in table.extract()]
                found.append(Plain(f"第{page.page_number}页", rows, [], top.splitlines()[-3:]))
    return found


def same(before, data):
    """What a converted file says otherwise; '' for nothing."""
    try:
        after = read(data, GIVEN)
    except Refused as refusal:
        return f"refused: {refusal}"
    parts = (
        ("problems", lambda r: [p.message for p in r.problems]), ("tables", lambda r: sorted(r.tables)),
        ("name", lambda r: r.entries.name), ("year", lambda r: r.entries.year),
        ("kind", lambda r: r.entries.document.key), ("lines", lambda r: r.entries.lines),
    )  # fmt: skip
    return next((f"{what}: {str(of(after))[:160]}" for what, of in parts if of(after) != of(before)), "")


def in_another_order(tables):
    """The tables in another order, each with the pages on which it goes on."""
    wholes = []
    for table in tables:
        if wholes and not any("表" in text for text in table.above):
            wholes[-1].append(table)
        else:
            wholes.append([table])
    return [piece for whole in shuffled(wholes, 1) for piece in whole]


def say(what, found):
    """One line of the report."""
    print(f"  {what:<58}{found or 'the same'}")


def run_office(documents):
    """Each document through LibreOffice in every way."""
    for name, data in documents.items():
        suffix, before = name.rsplit(".")[-1], read(data, GIVEN)
        for way in WAYS[suffix]:
            source = bordered(data) if (suffix, way) == ("xlsx", ("pdf",)) else data
            say(f"{name} → {' → '.join(way)}", same(before, through_office(source, suffix, way)))


def run_pdfs(paths):
    """Each PDF's tables as a workbook and a Word document, in their order and in another one."""
    for path in paths:
        before, tables = read(path.read_bytes(), GIVEN), out_of_pdf(path)
        for write in (to_workbook, to_word):
            say(f"{path.name} {write.__name__}", same(before, write(tables)))
        say(f"{path.name} to_workbook, shuffled", same(before, to_workbook(in_another_order(tables))))


def main(names):
    """All documents, or those that are named."""
    start = time.perf_counter()
    documents = {path.name: path.read_bytes() for path in sorted(ORIGINALS.glob("*.*x"))}
    documents |= {f"sound-{n}.{w.__name__}": w(sound(n)) for n in (1, 2) for w in (xlsx, docx)}
    documents = {name: data for name, data in documents.items() if not names or name in names}
    if shutil.which("soffice"):
        print("Through LibreOffice:")
        run_office(documents)
    pdfs = sorted(path for path in REAL.glob("*.pdf") if "final" not in path.name)
    print("Out of PDFs:" if pdfs else "../shared/reference/real is not there: no PDFs.")
    run_pdfs([path for path in pdfs if not names or path.name in names])
    print(f"  {time.perf_counter() - start:.0f} s")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("names", nargs="*")
    main(parser.parse_args().names)
