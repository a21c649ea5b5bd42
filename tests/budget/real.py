"""Documents of other places beside the checkout, as simply read as will do: paragraphs and tables of `pdftotext`."""

import re
import shutil
import subprocess
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

from budget import codes
from budget.checks.ledger import check
from budget.documents.department_budget import DEPARTMENT_BUDGET
from budget.documents.department_budget.tables import T1, T3, T4, T5, T6, T9
from budget.documents.unit_budget import UNIT_BUDGET
from budget.figures.dossier import Dossier, Entries, Original
from budget.figures.printed import Printed
from budget.intake.grid import Paragraph
from budget.intake.narrative import read_narrative

REAL = Path(__file__).parents[3] / "shared" / "reference" / "real"
NAMES = ("justice-unit-2026", "commerce-unit-2025", "office-unit-2025", "office-department-2025",
         "wanli-department-2023")  # fmt: skip

needs_real = pytest.mark.skipif(
    not (REAL.is_dir() and shutil.which("pdftotext")),
    reason="the documents of other places stand beside the checkout, not in it; pdftotext (poppler) reads them",
)

_WIDE = re.compile(r"\S\s{3,}\S")
_BEGINS = re.compile(r"^(（[一二三四五六七八九十]+）|[一二三四五六七八九十]+、|\d+\s*[.．、](?!\d{2}))")
_UNIT_LINE = re.compile(r"编制(?:单位|部门)：")
_CODE = re.compile(r"^(\d{3})\s+(\d{2})?\s*(\d{2})?\s*([^\d\s][^\s]*(?: [^\d\s]\S*)*)\s+([\d,.\s]+)$")
_TOTAL = re.compile(r"^合计\s+([\d,.\s]+)$")
_TREES = {
    "支出预算总表": (T3, ("total", "basic", "project"), "function"),
    "一般公共预算支出功能分类预算表": (T5, ("total", "basic", "project"), "function"),
    "部门预算经济分类预算表": (T6, ("total", "staff", "running"), "economic"),
}
_THREE = ("total", "abroad", "reception", "vehicles", "vehicle_purchase", "vehicle_running", "agency_operating_cost")


@cache
def lines(name):
    """The lines of a document, each with the blanks before it."""
    run = ["pdftotext", "-layout", str(REAL / f"{name}.pdf"), "-"]
    text = subprocess.run(run, capture_output=True, text=True, check=True).stdout
    return [line.rstrip() for line in text.replace("\f", "\n").split("\n") if line.strip()]


def paragraphs(name):
    """What stands outside tables, joined where a line is full: the cover, contents and titles included."""
    found, is_open, in_table = [], False, False
    for line in lines(name):
        text = line.strip()
        centred = len(line) - len(line.lstrip()) >= 9 and len(text) < 40
        if _UNIT_LINE.match(text) or text.endswith("填报表"):
            in_table = True
        if in_table and centred and text.endswith(("说明", "职能")):
            in_table = False
        if in_table or (_WIDE.search(text) and "目" not in text[:1] and "预算单位" not in text):
            is_open = False
            continue
        if is_open and not _BEGINS.match(text) and not centred:
            found[-1] += text
        else:
            found.append(text)
        is_open = len(text) >= 45 and not centred
    return [Paragraph(text) for text in found]


def figures(name):
    """(figures, {(scheme, code): name}) of tables 1, 3, 4, 5, 6 and 9, as far as a line can be told."""
    printed, names, here = {}, {}, None
    title = ""
    for line in lines(name):
        text = line.strip()
        if text.endswith("表") and not text[0].isdigit() or re.match(r"20\d\d年.*表$", text):
            title = text
        here = next((tree for words, tree in _TREES.items() if title.endswith(words)), None)
        if here and (match := _CODE.match(text) or _TOTAL.match(text)):
            _row(here, match, printed, names)
        elif match := re.match(r"收入总计\s+([\d,.]+)\s+支出总计\s+([\d,.]+)", text):
            table, column = (T4, "total") if "财政拨款" in title else (T1, "spending")
            _note(printed, table.cell("income_total", "income"), match[1])
            _note(printed, table.cell("spending_total", column), match[2])
        elif "三公" in title and len(numbers := text.split()) == 7 and re.fullmatch(r"[\d.\s]+", text):
            for row, number in zip(_THREE, numbers, strict=True):
                _note(printed, T9.cell(row, "total"), number, "万元")
    return list(printed.values()), names


def _row(tree, match, printed, names):
    table, columns, scheme = tree
    key, numbers = "total", match[match.lastindex].split()
    if match.lastindex > 1:
        key = "".join(part for part in match.groups()[:3] if part)
        names[scheme, key] = match[4].replace(" ", "")
    if len(numbers) == 3:
        for column, number in zip(columns, numbers, strict=True):
            _note(printed, table.cell(key, column), number)
    else:
        _note(printed, table.cell(key, columns[0]), numbers[0])


def _note(printed, cell, number, unit="元"):
    bare, scale = number.replace(",", ""), Decimal(10_000 if unit == "万元" else 1)
    step = scale / 10 ** len(bare.partition(".")[2])
    printed.setdefault(cell, Printed(cell, Decimal(bare) * scale, str(cell), unit, step))


@cache
def dossier(name):
    """The document's text, and of its tables what was told."""
    document, year = (UNIT_BUDGET if "unit" in name else DEPARTMENT_BUDGET), int(name[-4:])
    texts = paragraphs(name)
    body = next(p.text for p in texts if re.match(r"预算(单位|主管部门)[：:]", p.text))
    found, (printed, names) = read_narrative(texts, document), figures(name)
    entries = Entries(
        document, "310107", "001", re.split("[：:]", body)[1], year,
        names=names, preamble=found.preamble, sections=found.sections,
    )  # fmt: skip
    original = Original(figures=printed, headings_missing=found.headings_missing)
    return Dossier(entries, original)


def text_findings(name):
    """{rule: findings} of the rules on text that are held to these documents."""
    ledger = check(dossier(name), codes.shipped_names(int(name[-4:])))
    return {e.rule.id: list(e.findings) for e in ledger if e.rule.of_text and e.rule.id not in ("C01", "C02")}
