"""A publication as its pages see it: parsed content, addresses, and the figures by their cells."""

import json
from decimal import Decimal
from functools import cached_property, lru_cache
from urllib.parse import quote

from budget.cell import Cell, escape
from budget.figures.as_printed import KEY
from budget.figures.dossier import SECTIONS
from budget.figures.drawn import draw, draw_list, figures_of
from budget.money import show
from disclosures.content import document_of, naming_of, upgrade


@lru_cache(maxsize=64)
def _parsed(sha256, text):
    return upgrade(json.loads(text))


class Disclosure:
    """One version of one budget. pinned: its addresses name the version, so they never change.

    root: where its pages live, `/130324/909/2024/` or `/130324/909/2024/v1/`; a preview gives its own.
    """

    def __init__(self, publication, pinned=False, root=None):
        self.publication, self.pinned = publication, pinned
        self.content = _parsed(publication.sha256, publication.content)
        self.document = document_of(self.content)
        self.department_root = f"/{self.content['region']['code']}/{self.content['department']['unit']}/"
        self.root = root or (publication.pinned_address if pinned else publication.address)

    def url(self, path=""):
        """The address of one of its pages."""
        return self.root + path

    @property
    def title(self):
        """卢龙县刘家营乡人民政府 2024 年部门预算"""
        return f"{self.content['department']['name']} {self.content['year']} 年{self.content['document']['name']}"

    @property
    def source(self):
        """What every table names as its source."""
        version = f"第{self.publication.version}版" if self.publication.version else "草稿预览"
        whose = f"{self.content['department']['name']}{self.content['year']}年{self.content['document']['name']}"
        return f"{whose}，{version}"

    @property
    def is_draft(self):
        """Whether this is a preview of something unpublished."""
        return self.content["publication"] is None

    def file(self, output):
        """Its bytes in an output's format; what is to be held against the printed SHA-256 is served as it is stored."""
        return self.publication.content.encode() if output.as_stored else output.write(self.content)

    def table(self, key):
        """The sheet of the table with this key, or None."""
        return next((t for t in self.content["tables"] if t["key"] == key), None)

    def own_table(self, key):
        """The table kept as printed whose cells' addresses begin so, or None."""
        return next((one for one in self.content["as_printed"] if key == f"{KEY}{one['number']}"), None)

    def own_url(self, number):
        """The address of a table that is kept as printed."""
        return self.url(f"tables/own/{number}/")

    def listing(self, key):
        """The sheet of the list with this key, or None."""
        return next((listing for listing in self.content["listings"] if listing["key"] == key), None)

    def form(self, key):
        """The records of the form with this key, with their fields, or None."""
        return next((form for form in self.content["forms"] if form["key"] == key), None)

    @property
    def has_text(self):
        """Whether there is anything to read in its narrative."""
        narrative = self.content["narrative"]
        return bool(narrative["preamble"]) or any(section["paragraphs"] for section in narrative["sections"])

    @property
    def listed_forms(self):
        """[{called, count, href}] of the forms that have records."""
        declared = {form.key: form for form in self.document.forms}
        return [
            {"called": declared[key].called, "count": count, "href": self.url(f"{declared[key].path}/")}
            for key, count in ((form["key"], len(form["records"])) for form in self.content["forms"])
            if count and key in declared
        ]

    def findings_of(self, key):
        """Findings that are about a figure of one table, list or form."""
        return [f for f in self.content["findings"] if any(Cell.parse(cell).table == key for cell in f["about"])]

    @cached_property
    def naming(self):
        """Names for its addresses, as it was published."""
        return naming_of(self.content)

    @cached_property
    def amounts(self):
        """{cell: amount in yuan as text} of the filled cells."""
        return {cell: amount for table in self.content["tables"] for _, cell, amount in figures_of(table)}

    def shown(self, cell):
        """A figure in 万元 as readers see it, '' for a blank one."""
        return wan(self.amounts.get(cell))

    def address(self, cell):
        """Where a figure, a record's field or a part of the text stands: its page, and its anchor there.

        What no page prints (a code that only another table has, a section that is missing) leads to where it would be.
        """
        if table := self.table(cell.table):
            return self.url(f"tables/{table['number']}/#{cell if cell in self._printed else cell.table}")
        if own := self.own_table(cell.table):
            return f"{self.own_url(own['number'])}#{cell}"
        if cell.table == SECTIONS:
            return self.url(self._in_text(cell.row))
        records = self.document.list_of(cell.table)
        if form := self.form(cell.table):
            known = any(record[records.identity] == cell.row for record in form["records"])
            return f"{self.record_url(records.path, cell.row)}#{cell}" if known else self.url(f"{records.path}/#main")
        return self.url(f"{records.path if records else cell.table}/#{cell if cell in self._printed else 'main'}")

    @cached_property
    def _printed(self):
        """The addresses of the figures and rows that its tables and lists print, blank ones too."""
        drawn = [draw(table, {}) for table in self.content["tables"]]
        drawn += [draw_list(listing, {}) for listing in self.content["listings"]]
        rows = {Cell.parse(row.id) for one in drawn for row in one.rows}
        return rows | {cell.cell for one in drawn for cell in one.cells()}

    def _in_text(self, number):
        """The page of a section of the text, and its anchor there."""
        narrative = self.content["narrative"]
        if any(str(section["number"]) == number for section in narrative["sections"]):
            return f"narrative/{number}/#section-{number}"
        return "narrative/#section-0" if number == "0" and narrative["preamble"] else "narrative/#main"

    def record_url(self, path, row):
        """The address of a record's own page; a code may hold what no address can."""
        return self.url(f"{path}/{quote(escape(row))}/")


def has_money(amount):
    """Whether an amount (text in yuan, or None) is neither blank nor nil: what is worth telling in a sentence."""
    return bool(Decimal(amount or 0))


def wan(amount):
    """An amount (text in yuan, or None) in 万元 as readers see it."""
    return "" if amount is None else show(Decimal(amount))
