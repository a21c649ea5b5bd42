"""Texts longer than the database has room for, said before anything is saved."""

from budget import models
from budget.intake.problems import problem
from budget.listings import LISTINGS


def too_long(facts):
    """A problem for each text of the facts that is longer than its field; lengths in characters."""
    found = [_misfit(field, text) for field, text in _texts(facts) if len(text) > field.max_length]
    return [problem("R11", message) for message in found]


def _misfit(field, text):
    beginning = f"“{text.strip()[:20]}…”太长"
    return f"{beginning}：{field.verbose_name}有 {len(text)} 字，最多 {field.max_length} 字，请缩短后再导入。"


def _texts(facts):
    """(field, text) of everything that a person wrote."""
    yield from _of(models.Department, {"name": facts.name})
    yield from _of(models.Budget, {"preamble": facts.preamble})
    for name in facts.names.values():
        yield from _of(models.PrintedName, {"name": name})
    for section in facts.sections:
        yield from _of(models.Section, section)
    for listing in LISTINGS:
        model = models.Budget._meta.get_field(listing.key).related_model
        for record in getattr(facts, listing.key):
            yield from _of(model, record)
    for project in facts.projects:
        yield from _of_project(project)


def _of_project(project):
    yield from _of(models.Project, project)
    for step in project["payment_plan"]:
        yield from _of(models.PaymentStep, step)
    for goal in project["goals"]:
        yield from _of(models.Goal, {"text": goal})
    for indicator in project["indicators"]:
        yield from _of(models.Indicator, indicator)


def _of(model, record):
    for field in model._meta.concrete_fields:
        if field.max_length and isinstance(text := record.get(field.name), str):
            yield field, text
