"""All records of a form: what each still lacks, their order, and whether they add up to the tables."""

from django.http import HttpResponseNotAllowed
from django.urls import reverse

from budget.admin.of_budget import budget_of, budget_page
from budget.admin.save import saved
from budget.admin.sheets import links
from budget.admin.sheets.asked import asked, form_of, refusal
from budget.cell import escape
from budget.entry.records.last_year import budget_before
from budget.entry.records.overview import amount_of, in_order, overview, project_spending, total
from budget.entry.records.part import part_of, wanted
from budget.money import show


def forms(model_admin, request, pk, key):
    """The list of a form's records; POST puts them in the order of the typed places."""
    budget = budget_of(request, pk)
    form = form_of(budget, key)
    if request.method not in ("GET", "HEAD", "POST"):
        return HttpResponseNotAllowed(("GET", "POST"))
    if refused := refusal(request, budget):
        return refused
    question = asked(request, budget, form)
    if request.method == "POST":
        return _ordered(model_admin, question)
    told = overview(budget, form)
    return budget_page(
        model_admin,
        request,
        budget,
        "admin/budget/sheets/forms.html",
        form.title,
        form.key,
        asked=question,
        form=form,
        told=[_row(budget, form, number, one) for number, one in enumerate(told, 1)],
        sums=_sums(budget, form, told),
        lacking=sum(bool(one.lacking) for one in told),
        new=links.sheet_url(budget, form, ""),
        take=links.take_url(budget, form) if budget_before(budget) else "",
        import_url=reverse("admin:budget_import"),
    )


def _row(budget, form, number, one):
    return {
        "number": number,
        "field": f"place-{escape(one.identity)}",
        "code": one.identity,
        "name": one.name or one.identity,
        "amount": show(one.amount),
        "lacking": one.lacking,
        "url": links.sheet_url(budget, form, one.identity),
        "like": links.sheet_url(budget, form, "", like=escape(one.identity)),
    }


def _sums(budget, form, told):
    """What the records add up to, and what the tables say; None for a form without amounts."""
    if amount_of(form) is None:
        return None
    there, found = project_spending(budget), total(told)
    return {
        "total": show(found),
        "tables": show(there) if there is not None else "",
        "differ": show(abs(found - there)) if there is not None and found != there else "",
        "more": there is not None and found > there,
    }


def _ordered(model_admin, question):
    form, budget, data = question.records, question.budget, question.request.POST
    part = part_of(budget, form, question.seen)
    places = [data.get(f"place-{escape(record[form.identity])}", "") for record in part.found]
    part.found = list(in_order(part.found, places))
    parts = wanted(budget, part, question.seen)
    return saved(model_admin, question.request, budget, parts, question.doing(), links.overview_url(budget, form))
