"""The form of a single line: says at each field what does not fit, by the same list that the database obeys."""

from django import forms
from django.utils.html import format_html, format_html_join

from budget.admin.amounts import YuanField
from budget.figures.facets import BLANK, SHAPES, AnyBut, Book, Facets, Fund, Item, Kind
from budget.models import Line
from budget.text import quoted

LABELS = {name: Line._meta.get_field(name).verbose_name for name in Facets._fields}
_CHOICES = {"fund": Fund, "kind": Kind, "item": Item}


class CodeInput(forms.TextInput):
    """A text field that proposes the codes in the county's lists, without any script."""

    def __init__(self, list_id):
        super().__init__(attrs={"list": list_id, "autocomplete": "off", "class": "code-input"})
        self.names = {}

    def render(self, name, value, attrs=None, renderer=None):
        """The field with its list of proposals."""
        options = format_html_join("", '<option value="{}">{}</option>', sorted(self.names.items()))
        field = super().render(name, value, attrs, renderer)
        return field + format_html('<datalist id="{}">{}</datalist>', self.attrs["list"], options)


class LineForm(forms.ModelForm):
    """A line; amounts in yuan."""

    class Meta:
        model = Line
        fields = ["budget", *Facets._fields, "amount"]
        field_classes = {"amount": YuanField}
        widgets = {"function": CodeInput("function-codes"), "economic": CodeInput("economic-codes")}
        help_texts = {
            "function": "收入、支出要填，例如 2010301；可按编码或名称从列表里选",
            "economic": "只有“基本支出经济分类”要填，例如 30101",
            "amount": "填元，不填万元：表上印 12.34 万元的，这里填 123,400",
        }

    def clean(self):
        """Name every facet that does not fit the chosen book; a repeated line is the constraint's business."""
        cleaned = super().clean()
        if cleaned.get("book") and not self.errors:
            facets = Facets(**{name: cleaned.get(name) or ("" if name != "carried_over" else False) for name in LABELS})
            for name, sentence in misfits(facets):
                self.add_error(name, sentence)
        return cleaned


def misfits(facets):
    """[(facet, Chinese sentence)] of what keeps a line from having the nearest shape of its book; [] when it fits."""
    shapes = [shape for shape in SHAPES if shape.book == facets.book]
    wrong = min((_wrong(facets, shape) for shape in shapes), key=lambda w: (len(w), "fund" in dict(w)), default=[])
    book = Book(facets.book).label
    return [(name, _sentence(name, allowed, book)) for name, allowed in wrong]


def _wrong(facets, shape):
    pairs = [(name, getattr(shape, name)) for name in Facets._fields[1:]]
    return [(name, allowed) for name, allowed in pairs if not _fits(getattr(facets, name), allowed)]


def _fits(value, allowed):
    return bool(value) and value not in allowed if isinstance(allowed, AnyBut) else value in allowed


def _sentence(name, allowed, book):
    if isinstance(allowed, AnyBut) and name not in _CHOICES:
        return f"{quoted(book)}要填{LABELS[name]}。"
    if name == "carried_over":
        return f"这样的{quoted(book)}{'只能是上年结转，请勾选' if True in allowed else '不是上年结转，请取消勾选'}。"
    if allowed == BLANK:
        return f"{quoted(book)}不填这一项，请清空。"
    return f"{quoted(book)}这里只能选：{_words(name, allowed)}。"


def _words(name, allowed):
    choices = _CHOICES[name]
    wanted = [choice for choice in choices if choice not in allowed] if isinstance(allowed, AnyBut) else allowed
    return "、".join(choices(value).label for value in wanted)


def guide():
    """填写说明: what each kind of line bears, from the same list."""
    shapes = ((shape.book.label, _bears(shape)) for shape in SHAPES)
    rows = format_html_join("", "<li><strong>{}</strong>：{}</li>", shapes)
    summary = "填写说明：每种账要填哪几项"
    return format_html('<details class="guide"><summary>{}</summary><ul>{}</ul></details>', summary, rows)


def _bears(shape):
    parts = ["上年结转"] if True in shape.carried_over else []
    for name in Facets._fields[1:7]:
        allowed = getattr(shape, name)
        if isinstance(allowed, AnyBut) and name not in _CHOICES:
            parts.append(LABELS[name])
        elif allowed != BLANK:
            parts.append(f"{LABELS[name]}（{_words(name, allowed)}）")
    return "；".join(parts)
