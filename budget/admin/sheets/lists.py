"""清单: what a document lists one record a row, each list as a grid."""

from django.http import HttpResponseNotAllowed, JsonResponse

from budget.admin.of_budget import budget_of, budget_page
from budget.admin.save import saved
from budget.admin.sheets import links
from budget.admin.sheets.asked import asked, listing_of, refusal
from budget.admin.sheets.fields import with_fields
from budget.documents import DOCUMENTS
from budget.entry.records import grid
from budget.entry.records.draw import GridPage
from budget.entry.records.last_year import budget_before
from budget.entry.records.part import part_of, repeated, wanted
from budget.entry.records.read import in_unit
from budget.entry.records.remarks import unfinished
from budget.entry.records.rows import act
from budget.entry.records.typed import LIST
from budget.money import WAN, YUAN, show


def lists(model_admin, request, pk):
    """Which lists there are, and how many records each has."""
    budget = budget_of(request, pk)
    if request.method not in ("GET", "HEAD"):
        return HttpResponseNotAllowed(("GET",))
    found = [
        {
            "title": listing.title,
            "url": links.list_url(budget, listing),
            "count": getattr(budget, listing.key).count(),
            "date": getattr(budget, listing.dated) if listing.dated else None,
        }
        for listing in DOCUMENTS[budget.document].listings
    ]
    return budget_page(model_admin, request, budget, "admin/budget/sheets/lists.html", "清单", "lists", lists=found)


def one_list(model_admin, request, pk, key):
    """The grid of a list: shown, checked, its rows changed on the page, saved."""
    budget = budget_of(request, pk)
    if request.method not in ("GET", "HEAD", "POST"):
        return HttpResponseNotAllowed(("GET", "POST"))
    if refused := refusal(request, budget):
        return refused
    one = _List(model_admin, asked(request, budget, listing_of(budget, key)))
    return one.posted() if request.method == "POST" else one.page(one.there)


class _List:
    """A page of a list's records, as the person saw it."""

    def __init__(self, model_admin, question):
        self.model_admin, self.asked = model_admin, question
        self.listing, self.budget, self.request = question.records, question.budget, question.request
        self.part = part_of(self.budget, self.listing, question.seen)
        self.first = self._first((self.request.POST or self.request.GET).get("first", "1"))
        self.records = grid.window(self.listing, self.part.found, self.first, links.PAGE)
        self.there = grid.typed_of(self.listing, self.records, question.unit)
        self.date = self.part.date.isoformat() if self.part.date else ""

    def _first(self, text):
        number = int(text) if text.isascii() and text.isdecimal() and len(text) < 6 else 1
        return min(max(1, number), len(self.part.found) // links.PAGE * links.PAGE + 1)

    def posted(self):
        """What the person asks for, by the button that they pressed."""
        self.date = self.request.POST.get("as_of", self.date)
        typed = grid.sent(self.listing, self.request.POST, self.there)
        do = self.asked.do
        if do in ("", "save", "check"):
            return self._check(typed) if do == "check" else self._save(typed)
        if do == "unit":
            return self._in_other_unit(typed)
        rows = grid.rows_of(self.listing)
        block = self.request.POST.get(f"{LIST}-~block", "")
        after, focus = act((rows,), {LIST: typed}, do, block) if not self.listing.kinds else ({LIST: typed}, "")
        return self.page(after[LIST], focus=focus)

    def _in_other_unit(self, typed):
        before, self.asked.unit = self.asked.unit, YUAN if self.asked.unit == WAN else WAN
        fields = grid.rows_of(self.listing).fields
        return self.page([in_unit(fields, row, before, self.asked.unit) for row in typed])

    def _read(self, typed):
        """What is wrong; what was typed stands in the part then."""
        wrong = {}
        grid.read_window(self.part, self.listing, typed, self.records, self.asked.unit, wrong)
        if again := repeated(self.part):
            wrong[LIST] = f"“{again}”有两行，请合并或改掉一行。"
        if self.listing.dated:
            try:
                self.part.date = grid.date_in(self.date)
            except ValueError:
                wrong["as_of"] = "日期请写成 2024-12-31 这样。"
        return wrong

    def _check(self, typed):
        wrong = self._read(typed)
        block = GridPage(self.listing, self.asked.unit, {LIST: typed}, first=self.first).table(
            grid.rows_of(self.listing)
        )
        rows = {box.name: box.text for row in block.rows for box in row.boxes if box.kind == "sum"}
        return JsonResponse({"wrong": wrong, "said": {}, "sums": rows | self._sums()})

    def _save(self, typed):
        if wrong := self._read(typed):
            return self.page(typed, wrong)
        parts = wanted(self.budget, self.part, self.asked.seen)
        then = links.list_url(self.budget, self.listing, **self._query())
        return saved(self.model_admin, self.request, self.budget, parts, self.asked.doing(), then)

    def _query(self, first=None):
        unit = {"unit": self.asked.unit} if self.asked.unit != WAN else {}
        first = first or self.first
        return unit | ({"first": first} if first > 1 else {})

    def _sums(self):
        sums = grid.totals(self.listing, self.part.found)
        return {key: show(amount, self.asked.unit) for key, amount in sums.items()}

    def page(self, typed, wrong=None, focus=""):
        """The grid with these rows."""
        wrong, rows = wrong or {}, grid.rows_of(self.listing)
        offered = typed or ([] if self.listing.kinds or not self.asked.may else [{one.key: "" for one in rows.fields}])
        drawn = GridPage(self.listing, self.asked.unit, {LIST: offered}, wrong=wrong, focus=focus, first=self.first)
        block = drawn.table(rows)
        block.id = self.listing.key
        if self.listing.kinds:
            block.fix()
        sums = {} if self.listing.kinds else self._sums()
        block.totals = [(one.key, sums.get(one.key, "")) for one in rows.fields] if sums else []
        return budget_page(
            self.model_admin,
            self.request,
            self.budget,
            "admin/budget/sheets/list.html",
            self.listing.title,
            "lists",
            asked=self.asked,
            listing=self.listing,
            grid=with_fields([block], self.asked.may)[0],
            wrong=wrong,
            first=self.first,
            date=self.date,
            pages=self._pages(),
            lacking=self._lacking(),
            take=links.take_url(self.budget, self.listing) if self._may_take() else "",
        )

    def _may_take(self):
        return not self.listing.kinds and self.asked.may and budget_before(self.budget)

    def _pages(self):
        number = len(self.part.found)
        starts = range(1, number + 1, links.PAGE) if number > links.PAGE and not self.listing.kinds else ()
        return [
            {
                "url": links.list_url(self.budget, self.listing, **self._query(start)),
                "from": start,
                "to": min(start + links.PAGE - 1, number),
                "is_here": start == self.first,
            }
            for start in starts
        ]

    def _lacking(self):
        found = ((n, unfinished(tuple(self.listing.stored()), one)) for n, one in enumerate(self.part.found, 1))
        return [f"第 {n} 行：{'、'.join(what)}" for n, what in found if what][:20]
