"""Columns of the database from declared fields: declare a field, then make the migration."""

from django.db import models

from budget.declare.fields import Choice, Code, Field, Money, Number, Percent, Rows, Text, stored
from budget.models.fields import AmountField, LongText, OrderField, QuantityField, ShortText


def add_declared(model: type[models.Model], fields: tuple[Field, ...]) -> None:
    """Give a model a column for each declared field that a record keeps; rows of its own are models of their own."""
    for field in stored(fields):
        if not isinstance(field, Rows):
            model.add_to_class(field.key, _column(field))


def _column(field: Field) -> models.Field:
    if isinstance(field, Money):
        return AmountField(f"{field.label}（元）", null=True, blank=True, help_text=field.hint)
    if isinstance(field, Percent):
        size = {"max_digits": len(str(field.limit)) - 1 + field.places, "decimal_places": field.places}
        return models.DecimalField(f"{field.label}（%）", **size, null=True, blank=True, help_text=field.hint)
    if isinstance(field, Number):
        return QuantityField(field.label, help_text=field.hint)
    assert isinstance(field, Text)
    return _text(field)


def _text(field: Text) -> models.Field:
    choices = field.choices if isinstance(field, Choice) else None
    make = LongText if field.long and not isinstance(field, Code) else ShortText
    options = {"max_length": field.length, "blank": not field.required, "help_text": field.hint, "choices": choices}
    return make(field.label, **options)


class Ordered(models.Model):
    """A record that has its place among its siblings."""

    order = OrderField()

    class Meta:
        abstract = True
        ordering = ["order"]
