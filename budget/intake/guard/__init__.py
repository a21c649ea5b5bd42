"""Looks at an uploaded file's bytes before any library opens it: `inspect` says "xlsx" or "docx", or raises `Refused`.

No XML parser runs here. Parts are inflated in pieces, their tags are read by linear regular expressions, and what
openpyxl or python-docx would choke on, expand, skip or silently change is refused with a sentence for the clerk.
The container follows OPC (ECMA-376 part 2), the contents ECMA-376 part 1; limits are the project's security notes,
"Uploads". A tag hidden in a comment counts for nothing, a tag of a foreign namespace counts as if it were real.
"""

from budget.intake.guard.amounts import check_amounts
from budget.intake.guard.container import entries, inflate
from budget.intake.guard.kinds import check_kind, check_size
from budget.intake.guard.package import Package, kind_of
from budget.intake.guard.parts import check_forbidden, check_relationships, check_tags, check_xml
from budget.intake.guard.refusal import Refused
from budget.intake.guard.sheets import check_workbook
from budget.intake.guard.word import check_word

__all__ = ["Refused", "inspect"]

CONTENTS = {"xlsx": check_workbook, "docx": check_word}


def inspect(data: bytes) -> str:
    """ "xlsx" or "docx", told by the package's own main part and never by a file name; raises `Refused` otherwise.

    Order: size, kind of bytes, zip container, amounts, XML, forbidden parts and links, then sheets or the Word text.
    """
    check_size(data)
    check_kind(data)
    package = Package(inflate(data, entries(data)))
    check_tags(package)
    check_amounts(package)
    check_xml(package)
    check_forbidden(package)
    check_relationships(package)
    kind = kind_of(package)
    CONTENTS[kind](package)
    return kind
