"""The text of a Word paragraph as a reader sees it, through everything that Word may wrap around it.

ECMA-376 part 1, 17: content controls, custom XML, smart tags, simple fields and hyperlinks hold what they wrap; a
complex field shows its result; of alternate content (part 3, 10.2.1) one branch counts, the one that Word shows.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from docx.oxml import ns

from budget.intake.symbols import UNKNOWN, symbol

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_UNDERSTOOD = ("http://schemas.microsoft.com/office/", "http://schemas.openxmlformats.org/")  # what Word itself writes
_REVERSED = "\u202e"  # what follows is shown from right to left: 12 as 21, so that no amount may be read from it
_OFF = ("0", "false", "off")

qn = lru_cache(maxsize=None)(ns.qn)  # python-docx takes each name apart anew, a dozen times a cell
SDT, TEXT_BOX = qn("w:sdt"), qn("w:txbxContent")
_HOLD = {qn(f"w:{name}") for name in ("customXml", "smartTag", "fldSimple", "hyperlink", "dir", "bdo")}
_DRAWN = {qn(f"w:{name}") for name in ("drawing", "pict", "object")}
_NOTES = {qn("w:footnoteReference"): "footnotes", qn("w:endnoteReference"): "endnotes"}
_PLAIN = {
    qn("w:tab"): "\t", qn("w:ptab"): "\t", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-", qn("w:softHyphen"): "",
}  # fmt: skip

NoteKey = tuple[str, str]  # ("footnotes" or "endnotes", number)


def children(element: Any) -> Iterator[Any]:
    """An element's children as if nothing were wrapped around them."""
    stack = [iter(element)]
    while stack:
        child = next(stack[-1], None)
        if child is None:
            stack.pop()
        elif isinstance(child.tag, str):  # not a comment
            held = _held(child)
            if held is None:
                yield child
            else:
                stack.append(iter(held))


def is_on(holder: Any, name: str) -> bool | None:
    """Whether a switch such as `w:vanish` is on in these properties; None where they do not speak of it."""
    switch = None if holder is None else holder.find(qn(name))
    return None if switch is None else switch.get(qn("w:val"), "1") not in _OFF


def text_boxes(element: Any) -> Iterator[Any]:
    """The contents of the text boxes in a drawing, in their order."""
    stack = [children(element)]
    while stack:
        child = next(stack[-1], None)
        if child is None:
            stack.pop()
        elif child.tag == TEXT_BOX:
            yield child
        else:
            stack.append(children(child))


def _held(element: Any) -> Any:
    """What a wrapper holds; None for an element that is none. A placeholder, 单击此处输入文字, is nobody's text."""
    if element.tag in _HOLD:
        return element
    if element.tag == SDT:
        content = element.find(qn("w:sdtContent"))
        return () if content is None or is_on(element.find(qn("w:sdtPr")), "w:showingPlcHdr") else content
    return _branch(element) if element.tag == _MC + "AlternateContent" else None


def _branch(element: Any) -> Any:
    """The first branch that Word understands, else what stands there for older programs."""
    chosen = (choice for choice in element.iterchildren(_MC + "Choice") if _is_understood(choice))
    branch = next(chosen, None)
    return next(element.iterchildren(_MC + "Fallback"), ()) if branch is None else branch


def _is_understood(choice: Any) -> bool:
    required = choice.get("Requires", "").split()
    return all((choice.nsmap.get(prefix) or "").startswith(_UNDERSTOOD) for prefix in required)


@dataclass
class Spoken:
    """A paragraph's text and what hangs on it: text boxes (elements), notes, text that is there but not shown."""

    boxes: list[Any] = field(default_factory=list)
    notes: list[NoteKey] = field(default_factory=list)
    hidden: str = ""
    _said: list[str] = field(default_factory=list)
    _fields: list[int | None] = field(default_factory=list)  # where each open field's instruction began, None after it

    @property
    def text(self) -> str:
        """The text as it is shown."""
        return "".join(self._said)

    def say(self, text: str) -> None:
        """Text that follows."""
        self._said.append(text)

    def turn(self, kind: str) -> None:
        """A field begins, goes on to its result or ends: what stands before its result is not shown.

        An instruction that never ends is no field to Word either, and stays text.
        """
        if kind == "begin":
            self._fields.append(len(self._said))
        elif self._fields:
            start = self._fields.pop()
            if start is not None:
                del self._said[start:]
            if kind == "separate":
                self._fields.append(None)


def spoken(paragraph: Any, hidden_styles: frozenset[str] = frozenset()) -> Spoken:
    """A `Spoken` of a `w:p` element; hidden_styles are the ids of styles whose text is not shown."""
    found = Spoken()
    if any(turned.get(qn("w:val")) == "rtl" for turned in paragraph.iter(qn("w:bdo"))):
        found.say(_REVERSED)
    own = _style(paragraph.find(qn("w:pPr")), "w:pStyle") in hidden_styles
    for child in children(paragraph):
        if child.tag == qn("w:r"):
            _run(found, child, own, hidden_styles)
        elif child.tag in (_MATH + "oMath", _MATH + "oMathPara"):
            found.say(_formula(child))
        elif child.tag in _DRAWN:
            found.boxes += text_boxes(child)
    return found


def _style(properties: Any, name: str) -> str | None:
    style = None if properties is None else properties.find(qn(name))
    return None if style is None else style.get(qn("w:val"))


def _run(found: Spoken, run: Any, hidden: bool, hidden_styles: frozenset[str]) -> None:
    properties = run.find(qn("w:rPr"))
    told = is_on(properties, "w:vanish")
    if told is None:
        told = hidden or _style(properties, "w:rStyle") in hidden_styles
    for child in children(run):
        if told and child.tag != qn("w:fldChar"):
            found.hidden = found.hidden or _characters(child).strip()
        else:
            _piece(found, child, hidden_styles)


def _piece(found: Spoken, child: Any, hidden_styles: frozenset[str]) -> None:
    """One thing in a run."""
    tag = child.tag
    if tag == qn("w:fldChar"):
        found.turn(child.get(qn("w:fldCharType"), ""))
    elif tag in _NOTES:
        found.notes.append((_NOTES[tag], child.get(qn("w:id"), "")))
    elif tag in _DRAWN:
        found.boxes += text_boxes(child)
    elif tag == qn("w:ruby"):
        for base in child.iterchildren(qn("w:rubyBase")):  # what the small letters above it spell
            for run in base.iterchildren(qn("w:r")):
                _run(found, run, False, hidden_styles)
    else:
        found.say(_characters(child))


def _characters(element: Any) -> str:
    tag = element.tag
    if tag == qn("w:t"):
        return _text(element)
    if tag == qn("w:sym"):
        return symbol(element.get(qn("w:font"), ""), element.get(qn("w:char"), ""))
    if tag == qn("w:br"):
        return "\n" if element.get(qn("w:type"), "textWrapping") == "textWrapping" else ""
    return _PLAIN.get(tag, "")


def _text(element: Any) -> str:
    """All its text: a comment in it parts it in two."""
    return (element.text or "") + "".join(child.tail or "" for child in element)


def _formula(element: Any) -> str:
    """A formula of plain characters; of any other, whose parts would run together, the sign that something stood there.

    1/2 set as a fraction would be read as 12.
    """
    built = any(child.tag not in (_MATH + "r", _MATH + "oMath") for child in _parts(element))
    return UNKNOWN if built else "".join(_text(t) for t in element.iter(_MATH + "t"))


def _parts(element: Any) -> Iterator[Any]:
    """What a formula, or a paragraph of formulas, consists of, properties left out."""
    for child in element:
        if isinstance(child.tag, str) and not child.tag.endswith("Pr"):
            yield child
            if child.tag == _MATH + "oMath":
                yield from _parts(child)
