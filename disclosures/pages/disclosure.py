"""A publication as its pages see it: parsed content, addresses, and the figures by their cells."""

import json
from decimal import Decimal
from functools import cached_property, lru_cache

from budget.money import show
from disclosures.content import filled_cells


@lru_cache(maxsize=64)
def _parsed(sha256, text):
    return json.loads(text)


class Disclosure:
    """One version of one budget. pinned: its addresses name the version, so they never change.

    root: where its pages live, `/130324/909/2024/` or `/130324/909/2024/v1/`; a preview gives its own.
    """

    def __init__(self, publication, pinned=False, root=None):
        self.publication, self.pinned = publication, pinned
        self.content = _parsed(publication.sha256, publication.content)
        department = f"/{self.content['region']['code']}/{self.content['department']['unit']}/"
        self.department_root = department
        version = f"v{publication.version}/" if pinned else ""
        self.root = root or f"{department}{self.content['year']}/{version}"

    def url(self, path=""):
        """The address of one of its pages."""
        return self.root + path

    @property
    def title(self):
        """卢龙县刘家营乡人民政府 2024 年部门预算"""
        return f"{self.content['department']['name']} {self.content['year']} 年部门预算"

    @property
    def source(self):
        """What every table names as its source."""
        version = f"第{self.publication.version}版" if self.publication.version else "草稿预览"
        return f"{self.content['department']['name']}{self.content['year']}年部门预算，{version}"

    @property
    def is_draft(self):
        """Whether this is a preview of something unpublished."""
        return self.content["publication"] is None

    def table(self, number):
        """The table with this number, or None."""
        return next((t for t in self.content["tables"] if t["number"] == number), None)

    def table_by_key(self, key):
        """The table with this key, or None."""
        return next((t for t in self.content["tables"] if t["key"] == key), None)

    def listing(self, key):
        """The listing with this key."""
        return next(listing for listing in self.content["listings"] if listing["key"] == key)

    def findings_of(self, key):
        """Findings that are about a figure of one table or listing."""
        return [f for f in self.content["findings"] if f["cells"] and f["cells"][0][0] == key]

    @cached_property
    def amounts(self):
        """{(table number, row key, column key): amount in yuan as text} of the filled cells."""
        return {
            (table["number"], half["key"], column): amount
            for table in self.content["tables"]
            for half, column, amount in filled_cells(table)
        }

    def cell_url(self, number, row, column):
        """The address of one figure."""
        return self.url(f"tables/{number}/#{anchor(f't{number}', row, column)}")

    def shown(self, number, row, column):
        """A figure in 万元 as readers see it, '' for a blank one."""
        return wan(self.amounts.get((number, row, column)))


def anchor(sheet, row, column=""):
    """The anchor of a figure or of a row: t3-2010301-basic, fixed_assets-total-value."""
    return "-".join(filter(None, (sheet, row, column)))


def wan(amount):
    """An amount (text in yuan, or None) in 万元 as readers see it."""
    return "" if amount is None else show(Decimal(amount))


def unspaced(heading):
    """A heading without the spaces that make it fill its cell in print."""
    return "".join(heading.split())
