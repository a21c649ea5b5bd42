"""A page of a budget is of one moment.

A budget lies in many tables, and a save writes its rows anew: who reads one table before it and the next one after it
finds projects without their goals, and a form that is made of them would take the goals away. So what a person sends is
looked at while nobody else can change the budget; a page that is only looked at is made again where somebody saved
meanwhile, which the journal tells.
"""

from functools import partial, wraps

from django.db import transaction

from budget.drafts.journal import newest
from budget.models import Budget


def of_one_moment(view):
    """A view of a budget, by its key, all of whose reads are of one moment."""

    @wraps(view)
    def inner(model_admin, request, pk, **kwargs):
        make = partial(view, model_admin, request, pk=pk, **kwargs)
        if request.method == "POST" and not _only_asks(view, request):
            return _alone(pk, make)
        try:
            answer = make()
        except Exception:  # what was read by halves may end in anything
            if _is_of_one_moment(request, pk):
                raise
            return _alone(pk, make)
        return answer if _is_of_one_moment(request, pk) else _alone(pk, make)

    return inner


def _is_of_one_moment(request, pk):
    """Whether nobody saved since the page's first read, which `budget_of` notes; without one nothing was read."""
    first = getattr(request, "budget_version", None)
    return first is None or first == newest(pk)


def asking(view):
    """Mark a view whose POST saves nothing: it is asked with each key that is typed, and holds up nobody."""
    view.asks = True
    return view


def _only_asks(view, request):
    return getattr(view, "asks", False) or request.POST.get("do") == "check"


@transaction.atomic
def _alone(pk, make):
    """Make an answer while nobody else changes the budget."""
    list(Budget.objects.select_for_update().filter(pk=pk).order_by().values_list("pk"))
    return make()
