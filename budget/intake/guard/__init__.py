"""Looks at an uploaded file's bytes before any library opens it: `inspect` says what it is, or raises `Refused`.

No XML parser runs here. Parts are inflated in pieces, their tags are read by linear regular expressions, and what
openpyxl or python-docx would choke on, expand, skip or silently change is refused with a sentence for the clerk.
The container follows OPC (ECMA-376 part 2), the contents ECMA-376 part 1; limits are the project's security notes,
"Uploads". A tag hidden in a comment counts for nothing, a tag of a foreign namespace counts as if it were real.
"""

from budget.intake.guard.amounts import check_amounts
from budget.intake.guard.container import entries, inflate
from budget.intake.guard.kinds import check_length, check_size, kind_by_signature
from budget.intake.guard.package import Package, kind_of
from budget.intake.guard.parts import check_forbidden, check_relationships, check_tags, check_xml
from budget.intake.guard.pdf import check_pdf
from budget.intake.guard.refusal import Refused
from budget.intake.guard.sheets import check_workbook
from budget.intake.guard.word import check_word
from budget.intake.guard.xls import check_xls

__all__ = ["Refused", "check_length", "inspect"]

CONTENTS = {"xlsx": check_workbook, "docx": check_word}


def inspect(data: bytes) -> str:
    """ "xlsx", "docx", "xls" or "pdf", told by what the bytes are and never by a file name; raises `Refused` otherwise.

    Order: size, kind of bytes, then what is inside.
    """
    check_size(data)
    kind = kind_by_signature(data)
    if kind == "pdf":
        check_pdf(data)
        return "pdf"
    if kind == "ole2":
        check_xls(data)
        return "xls"
    return _package(data)


def _package(data: bytes) -> str:
    """ "xlsx" or "docx" by the package's own main part.

    Order: zip container, amounts, XML, forbidden parts and links, then sheets or the Word text.
    """
    package = Package(inflate(data, entries(data)))
    check_tags(package)
    check_amounts(package)
    check_xml(package)
    check_forbidden(package)
    check_relationships(package)
    kind = kind_of(package)
    CONTENTS[kind](package)
    return kind
