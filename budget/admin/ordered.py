"""Inline rows: every field has a name for screen readers, and rows keep the order that the clerk numbers.

Any numbers will do, they become 1, 2, 3 … when saved.
"""

from django import forms
from django.db.models import F

_OUT_OF_THE_WAY = 10_000


class OrderedForm(forms.ModelForm):
    """A row whose place is asked for apart from the model's `order`, which must be unique at every moment."""

    place = forms.IntegerField(
        label="次序",
        required=False,
        min_value=0,
        max_value=9_999,
        widget=forms.NumberInput(attrs={"class": "place-input"}),
    )

    class Meta:
        exclude = ("order",)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.order:
            self.initial.setdefault("place", self.instance.order)


class LabelledFormSet(forms.BaseInlineFormSet):
    """Rows of a table whose headings alone say what a field is: each field says it too."""

    def add_fields(self, form, index):
        """Name each field after its heading, 删除 included."""
        super().add_fields(form, index)
        for field in form.fields.values():
            field.widget.attrs["aria-label"] = str(field.label)


class OrderedFormSet(LabelledFormSet):
    """Saves the rows, then numbers them anew; rows without a number come last."""

    def save(self, commit=True):
        """Save what the admin's form page asks for: rows added, changed, moved and deleted."""
        saved = super().save(commit=False)
        for row in self.deleted_objects:
            row.delete()
        siblings = self.model.objects.filter(**{self.fk.name: self.instance})
        siblings.update(order=F("order") + _OUT_OF_THE_WAY)
        for number, row in enumerate(self._in_order(), 1):
            row.order = number
            row.save()
        return saved

    def _in_order(self):
        forms_ = [form for form in self.forms if not self._should_delete_form(form)]
        kept = [form for form in forms_ if form.instance.pk or form.has_changed()]
        places = [form.cleaned_data.get("place") for form in kept]
        order = sorted(range(len(kept)), key=lambda i: (places[i] is None, places[i] or 0, i))
        return [kept[i].instance for i in order]
