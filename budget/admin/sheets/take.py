"""Records of the year before, chosen by ticking: what they say comes along, their amounts do not."""

from django.http import HttpResponseNotAllowed

from budget.admin.of_budget import budget_of, budget_page
from budget.admin.save import saved
from budget.admin.sheets import links
from budget.admin.sheets.asked import asked, records_of, refusal
from budget.declare.records import Form
from budget.drafts.door import How
from budget.entry.records.last_year import is_there, offered, take
from budget.entry.records.overview import amount_of
from budget.entry.records.part import part_of, wanted
from budget.models import Budget
from budget.money import show


def from_last_year(model_admin, request, pk, key):
    """What the year before has of a list or form; POST takes what was ticked."""
    budget = budget_of(request, pk)
    records = records_of(budget, key)
    if request.method not in ("GET", "HEAD", "POST"):
        return HttpResponseNotAllowed(("GET", "POST"))
    if refused := refusal(request, budget):
        return refused
    question = asked(request, budget, records)
    there = offered(budget, records) if _may_see_before(request, budget) else []
    if request.method == "POST":
        return _taken(model_admin, question, there)
    part = part_of(budget, records)
    rows = [_row(part, row, record) for row, record in there]
    title = f"从上年带入{records.called}"
    own = {"asked": question, "records": records, "rows": rows, "back": links.url_of(budget, records)}
    return budget_page(model_admin, request, budget, "admin/budget/sheets/take.html", title, _tab(records), **own)


def _may_see_before(request, budget):
    before = {"department": budget.department_id, "document": budget.document, "year": budget.year - 1}
    return Budget.objects.visible_to(request.user).filter(**before).exists()


def _tab(records):
    return records.key if isinstance(records, Form) else "lists"


def _row(part, row, record):
    amount = amount_of(part.records)
    return {
        "row": row,
        "name": record[part.records.naming].strip(),
        "about": row if part.records.identity else "",
        "amount": show(record[amount.key]) if amount else "",
        "is_there": is_there(part, record),
    }


def _taken(model_admin, question, there):
    budget, records = question.budget, question.records
    ticked = set(question.request.POST.getlist("row"))
    part = part_of(budget, records, question.seen)
    take(part, [record for row, record in there if row in ticked])
    doing = question.doing(How.COPY, f"{budget.year - 1}年的{records.title}")
    parts = wanted(budget, part, question.seen)
    return saved(model_admin, question.request, budget, parts, doing, links.url_of(budget, records))
