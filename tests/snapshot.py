"""What many tests begin with: made once by the product's own code, put back as the same rows for all the others."""

from copy import copy

from django.apps import apps
from django.core.serializers import sort_dependencies

from budget.models import Budget, Department, Region

_PLACES = (Region, Department)
_MADE = {}


def put_back(what, make):
    """What `make` saves and returns, in a database that holds no budget yet; any other has it made anew."""
    if Budget.objects.exists():
        return make()
    if what not in _MADE:
        before = {model: set(model.objects.values_list("pk", flat=True)) for model in _models()}
        made = make()
        rows = [(model, [*_made(model, before[model])]) for model in _models()]
        _MADE[what] = type(made), made.pk, [(model, found) for model, found in rows if found]
        return made
    model, pk, rows = _MADE[what]
    for kind, found in rows:
        kind.objects.bulk_create(map(copy, found), ignore_conflicts=kind in _PLACES)
    return model.objects.get(pk=pk)


def _made(model, before):
    """What is new, and all places: somebody may have been given a post there first."""
    rows = model.objects.order_by("pk")
    return rows if model in _PLACES else rows.exclude(pk__in=before)


def _models():
    """Those of both apps, each after the ones that it points to."""
    return sort_dependencies([(apps.get_app_config(name), None) for name in ("budget", "disclosures")])
