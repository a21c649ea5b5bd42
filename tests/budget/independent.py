"""The published PDFs read a second time, with nothing of the product: `pdftotext -layout` and regular expressions.

A reading by other means is what "every figure" is held against. It knows the habits of these few files, no more.
"""

import re
import shutil
import subprocess
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

REAL = Path(__file__).parents[3] / "shared" / "reference" / "real"
MISSING = "" if shutil.which("pdftotext") else "pdftotext is not installed"
MISSING = MISSING or ("" if REAL.is_dir() else "../shared/reference/real is not there")

_TITLE = re.compile(r"^\s*(20\d\d)年(\S*表)\s*$")
_SAID = re.compile(r"^\s*编制(?:部门|单位)：(\S+)\s+单位[:：](万元|元)\s*$")
_END = re.compile(r"^\s*其他相关情况说明\s*$")
_AMOUNT = re.compile(r"-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?")
_CODED = re.compile(r"^\s*(\d{3})(?:\s+(\d\d))?(?:\s+(\d\d))?\s+(\D\S*)\s+(\S.*)$")
_TOTAL = re.compile(r"^\s*合计\s+(\S.*)$")
_ORDINAL = re.compile(r"^(?:[一二三四五六七八九十]+、|\d+[.、．])")
_COVER = re.compile(r"(20\d\d)年\S*?(部门预算|单位预算|部门决算)\s*$")
_PER = {"元": Decimal(1), "万元": Decimal(10000)}
_KINDS = (
    (4, "财政拨款收支"), (1, "收支"), (2, "收入"), (6, "基本支出"), (5, "一般公共预算支出"), (7, "政府性基金"),
    (8, "国有资本经营"), (9, "三公"), (3, "支出"),
)  # fmt: skip
WIDE = ("合计", "因公出国(境)费", "公务接待费", "小计", "购置费", "运行费", "机关运行经费")


@dataclass
class Table:
    """One table: figures in yuan by the code or label of their row, in printed order, blanks left out.

    Labels of two-sided tables are without their numbering; table 9 has its columns as rows.
    """

    number: int
    title: str
    year: int
    owner: str = ""
    unit: str = ""
    rows: dict[str, list[Decimal]] = field(default_factory=dict)
    note: str = ""

    @property
    def figures(self) -> list[Decimal]:
        """All figures, smallest first."""
        return sorted(figure for row in self.rows.values() for figure in row)


@dataclass
class Published:
    """A document: kind (部门预算, 单位预算, 部门决算), year and name of its cover, its tables by number, its text."""

    kind: str
    year: int
    name: str
    tables: dict[int, Table]
    text: str


@lru_cache
def published(name: str) -> Published:
    """What a PDF says."""
    command = ["pdftotext", "-layout", REAL / name, "-"]
    text = subprocess.run(command, check=True, capture_output=True, text=True).stdout.replace("\f", "\n")
    cover = next(match for line in text.splitlines() if (match := _COVER.search(line)))
    named = re.search(r"预算(?:主管部门|单位)：(\S+)", text)
    tables = {table.number: _read(table, lines) for table, lines in _parts(text.splitlines())}
    return Published(cover[2], int(cover[1]), named[1] if named else "", tables, text)


def _parts(lines: list[str]) -> list[tuple[Table, list[str]]]:
    """Each table with its lines: from its title to the next one, or to the notes behind the last."""
    found: list[tuple[Table, list[str]]] = []
    for line in lines:
        if match := _TITLE.match(line):
            found.append((Table(_number(match[2]), line.strip(), int(match[1])), []))
        elif _END.match(line):
            if found:
                break
        elif found:
            found[-1][1].append(line)
    return found


def _number(title: str) -> int:
    return next(number for number, words in _KINDS if words in title)


def _read(table: Table, lines: list[str]) -> Table:
    for line in lines:
        if said := _SAID.match(line):
            table.owner, table.unit = said[1], said[2]
        elif line.startswith("注"):
            table.note = line.strip()
    if table.number == 9:
        _read_wide(table, lines)
    elif table.number in (1, 4):
        for line in _unwrapped(lines):
            _read_sides(table, line)
    else:
        for line in lines:
            _read_row(table, line)
    return table


def _unwrapped(lines: list[str]) -> list[str]:
    """Lines in order; figures between the two halves of a label that was too long for its cell go behind it."""
    filled = [line.strip() for line in lines if line.strip()]
    for at in range(1, len(filled) - 1):
        if filled[at] and all(map(_AMOUNT.fullmatch, filled[at].split())):
            filled[at - 1 : at + 2] = ["", f"{filled[at - 1]}{filled[at + 1]} {filled[at]}", ""]
    return filled


def _read_row(table: Table, line: str) -> None:
    if match := _CODED.match(line):
        code = "".join(part or "" for part in match.groups()[:3])
        table.rows[code] = _amounts(match[5], table)
    elif match := _TOTAL.match(line):
        table.rows["合计"] = _amounts(match[1], table)


def _amounts(text: str, table: Table) -> list[Decimal]:
    return [Decimal(word.replace(",", "")) * _PER[table.unit] for word in text.split()]


def _read_sides(table: Table, line: str) -> None:
    """Labels and the figures behind each, two of them in a line: 一、财政拨款收入 1.00 一、公共安全支出 2.00."""
    label = ""
    for word in re.sub(r"(\d[.、．]) +", r"\1", line).split():
        if _AMOUNT.fullmatch(word):
            table.rows.setdefault(label, []).append(Decimal(word.replace(",", "")) * _PER[table.unit or "元"])
        else:
            label = _ORDINAL.sub("", word)


def _read_wide(table: Table, lines: list[str]) -> None:
    """One row of figures: all seven in their order, fewer each under the heading whose middle is nearest."""
    middles = {label: middle for line in lines for label, middle in _labels(line)}
    (row,) = (line for line in lines if line.split() and all(_AMOUNT.fullmatch(word) for word in line.split()))
    found = list(_AMOUNT.finditer(row))
    for at, match in enumerate(found):
        middle = (match.start() + match.end()) / 2
        label = WIDE[at] if len(found) == len(WIDE) else min(middles, key=lambda text: abs(middles[text] - middle))
        table.rows[label] = [Decimal(match[0].replace(",", "")) * _PER[table.unit]]


def _labels(line: str) -> list[tuple[str, float]]:
    """The headings of table 9 in a line with their middles; a Chinese character is one column wide here."""
    found = [(word[0], (word.start() + word.end()) / 2) for word in re.finditer(r"\S+", line)]
    return [
        (WIDE[-1] if "机关运行" in word else word, at)
        for word, at in found
        if word.startswith(WIDE) or "机关运行" in word
    ]
