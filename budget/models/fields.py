"""Field types that several models share, so that amounts and texts are bounded alike everywhere."""

from django.db import models

MAX_TEXT = 20_000
PLACE_IS_TAKEN = "这个次序已经有别的一行用了，请换一个。"


def _length_check(field, connection):
    """The column's own CHECK: SQLite knows no lengths, PostgreSQL none for long texts."""
    return f"length({connection.ops.quote_name(field.column)}) <= {field.max_length}"


class ShortText(models.CharField):
    """A text of one line whose length the database enforces, whichever it is."""

    def db_check(self, connection):
        """The CHECK of the column."""
        return _length_check(self, connection)


class LongText(models.TextField):
    """A text of several lines whose length the database enforces, too."""

    def db_check(self, connection):
        """The CHECK of the column."""
        return _length_check(self, connection)


class AmountField(models.DecimalField):
    """An amount in yuan with two places, below 10¹² either way; NULL is blank, which is not zero."""

    def __init__(self, *args, **kwargs):
        kwargs.update(max_digits=14, decimal_places=2)
        super().__init__(*args, **kwargs)


class QuantityField(models.DecimalField):
    """A count or an area with up to four places; NULL is blank."""

    def __init__(self, *args, **kwargs):
        kwargs.update(max_digits=15, decimal_places=4, null=True, blank=True)
        super().__init__(*args, **kwargs)


class OrderField(models.PositiveSmallIntegerField):
    """The place of a record among its siblings, from 1, in printed order."""

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("verbose_name", "次序")
        super().__init__(*args, **kwargs)
