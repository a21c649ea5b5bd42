"""One record of a form on its sheet: a project's fields, its plan, its goals, its indicators."""

from urllib.parse import unquote

from django.http import Http404, HttpResponseNotAllowed, JsonResponse

from budget.admin.of_budget import budget_of, budget_page
from budget.admin.save import saved
from budget.admin.sheets import links
from budget.admin.sheets.asked import asked, form_of, refusal
from budget.admin.sheets.fields import with_fields
from budget.cell import escape
from budget.declare.fields import Rows
from budget.drafts.load import load_records
from budget.entry.records.draw import Page
from budget.entry.records.last_year import emptied
from budget.entry.records.part import lines_of, own_words, part_of, wanted
from budget.entry.records.read import in_unit, read
from budget.entry.records.remarks import remarks, unfinished
from budget.entry.records.rows import act
from budget.entry.records.typed import offered, posted, shown
from budget.money import WAN, YUAN

_SAVES = ("save", "save-new", "save-list")


def sheet(model_admin, request, pk, key, row):
    """The sheet of one record: shown, checked, its rows changed on the page, saved, taken away."""
    budget = budget_of(request, pk)
    if request.method not in ("GET", "HEAD", "POST"):
        return HttpResponseNotAllowed(("GET", "POST"))
    if refused := refusal(request, budget):
        return refused
    one = _Sheet(model_admin, asked(request, budget, form_of(budget, key)), "" if row == links.NEW else unquote(row))
    return one.posted() if request.method == "POST" else one.opened()


class _Sheet:
    """A record under the identity that its address names; a new one has none."""

    def __init__(self, model_admin, question, identity):
        self.model_admin, self.asked, self.identity = model_admin, question, identity
        self.form, self.budget = question.records, question.budget
        self.fields = tuple(self.form.stored())
        self.base = self._known(identity) if identity else self.form.blank()
        if self.base is None:
            raise Http404

    def _known(self, identity):
        """The record now; where somebody took it away meanwhile, as the person saw it."""
        now = load_records(self.budget, self.form, **{self.form.identity: identity})
        if now:
            return now[0]
        part = part_of(self.budget, self.form, self.asked.seen)
        at = part.at(identity)
        return None if at is None else part.found[at]

    def opened(self):
        """As it is; a new one like another where that is asked for."""
        like = unquote(self.asked.request.GET.get("like", ""))
        record = self.base
        if like and not self.identity and (found := self._known(like)):
            record = emptied(self.form, found) | {self.form.identity: ""}
        return self._page(shown(self.fields, record, self.asked.unit))

    def posted(self):
        """What the person asks for, by the button that they pressed."""
        typed = posted(self.fields, self.asked.request.POST, shown(self.fields, self.base, self.asked.unit))
        do = self.asked.do
        if do in _ANSWERS and (self.identity or not do.startswith("delete")):
            return _ANSWERS[do](self, typed)
        after, focus = act(self.fields, typed, do, self.asked.request.POST.get(f"{do.partition(' ')[2]}-~block", ""))
        return self._page(after, focus=focus)

    def _read(self, typed):
        answer = read(self.fields, typed, self.asked.unit, self.base)
        identity = answer.record[self.form.identity]
        if identity not in ("", self.identity) and self._is_taken(identity):
            label = self.form.field(self.form.identity).label
            answer.wrong[self.form.identity] = f"已经有一个{self.form.called}用了这个{label}，请换一个。"
        return answer

    def _is_taken(self, identity):
        return getattr(self.budget, self.form.key).filter(**{self.form.identity: identity}).exists()

    def save(self, typed):
        """Through the door; with one sentence at each field that cannot be."""
        answer = self._read(typed)
        if answer.wrong:
            return self._page(typed, answer.wrong)
        part = part_of(self.budget, self.form, self.asked.seen)
        part.put(self.identity, answer.record)
        return self._saved(part, answer.record[self.form.identity])

    def _saved(self, part, identity):
        moved = {self.identity: identity} if self.identity and identity != self.identity else None
        then = {"save-new": "", "save": identity}.get(self.asked.do)
        url = links.overview_url(self.budget, self.form) if then is None else self._url(then)
        parts = wanted(self.budget, part, self.asked.seen, moved)
        return saved(self.model_admin, self.asked.request, self.budget, parts, self.asked.doing(), url)

    def _url(self, identity):
        unit = {"unit": self.asked.unit} if self.asked.unit != WAN else {}
        return links.sheet_url(self.budget, self.form, identity, **unit)

    def check(self, typed):
        """What is wrong and what does not agree, for the page's script; saves nothing."""
        answer = self._read(typed)
        said = remarks(self.fields, answer.record, self.asked.unit)
        return JsonResponse({"wrong": answer.wrong, "said": said})

    def other_unit(self, typed):
        """The same amounts in the other unit."""
        before, self.asked.unit = self.asked.unit, YUAN if self.asked.unit == WAN else WAN
        return self._page(in_unit(self.fields, typed, before, self.asked.unit))

    def delete(self, typed):
        """Asks before it takes the record away."""
        return self._answer(
            "delete.html",
            f"删除{self.form.called}",
            name=self.base[self.form.naming],
            lines=lines_of(self.budget, self.identity),
            back=self._url(self.identity),
        )

    def delete_sure(self, typed):
        """Takes the record away, as the person confirmed."""
        part = part_of(self.budget, self.form, self.asked.seen)
        part.take_away(self.identity)
        then = links.overview_url(self.budget, self.form)
        parts = wanted(self.budget, part, self.asked.seen)
        return saved(self.model_admin, self.asked.request, self.budget, parts, self.asked.doing(), then)

    def _page(self, typed, wrong=None, focus=""):
        record = read(self.fields, typed, self.asked.unit, self.base).record
        return self._answer(
            "sheet.html",
            self.base[self.form.naming].strip() or f"新的{self.form.called}",
            blocks=with_fields(self._drawn(typed, record, wrong or {}, focus).blocks(), self.asked.may),
            wrong=wrong,
            lacking=unfinished(self.fields, record) if self.identity else [],
            is_new=not self.identity,
            overview=links.overview_url(self.budget, self.form),
            like=links.sheet_url(self.budget, self.form, "", like=escape(self.identity)),
        )

    def _answer(self, template, title, **context):
        request, here = self.asked.request, self.form.key
        context |= {"asked": self.asked, "form": self.form}
        return budget_page(
            self.model_admin, request, self.budget, f"admin/budget/sheets/{template}", title, here, **context
        )

    def _drawn(self, typed, record, wrong, focus):
        words = {
            one.key: own_words(self.budget, self.form, one.key, [inner.key for inner in one.choosing])
            for one in self.fields
            if isinstance(one, Rows) and one.choosing
        }
        said = remarks(self.fields, record, self.asked.unit)
        shown_ = offered(self.fields, typed) if self.asked.may else typed
        return Page(self.form, self.asked.unit, shown_, self.identity, wrong, said, words, focus)


_ANSWERS = {
    **dict.fromkeys(_SAVES, _Sheet.save),
    "": _Sheet.save,
    "check": _Sheet.check,
    "unit": _Sheet.other_unit,
    "delete": _Sheet.delete,
    "delete-sure": _Sheet.delete_sure,
}
