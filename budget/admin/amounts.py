"""Form fields for money and quantities: as lenient in reading as the reader of files, as strict in what they take."""

from django import forms
from django.core.exceptions import ValidationError

from budget import money
from budget.models.fields import AmountField, QuantityField


class PlainNumberField(forms.DecimalField):
    """A number typed as text: `1,234.50` and full-width digits are read, anything else is said in Chinese."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "class": "number-input", "autocomplete": "off"})

    def __init__(self, **kwargs):
        kwargs["widget"] = self.widget
        super().__init__(**kwargs)

    def read(self, value):
        """The number in a typed text, None for a blank."""
        return money.read_number(value)

    def to_python(self, value):
        if value in self.empty_values:
            return None
        try:
            return self.read(str(value))
        except money.Unreadable as error:
            raise ValidationError(f"{error}。", code="invalid") from error

    def prepare_value(self, value):
        if not hasattr(value, "normalize"):
            return value
        short = value.normalize()
        return f"{short:f}"


class YuanField(PlainNumberField):
    """An amount in yuan, shown with thousands separators."""

    def read(self, value):
        return money.read(value, money.YUAN)

    def prepare_value(self, value):
        return money.show(value, money.YUAN) if hasattr(value, "normalize") else value


OVERRIDES = {AmountField: {"form_class": YuanField}, QuantityField: {"form_class": PlainNumberField}}
