"""Values of a budget as the journal and the conflict page tell them: what they are called, and what they say."""

from budget.cell import Cell
from budget.checks.naming import Naming
from budget.declare.document import Document
from budget.declare.sentence import reasons_of
from budget.documents import DOCUMENTS
from budget.drafts.flat import EXPLANATIONS, HEAD, NAMES, ORDER, SOURCE, STATE, line_at
from budget.drafts.load import load, names_of
from budget.figures.as_printed import AS_PRINTED
from budget.figures.dossier import REASONS, SECTIONS, SENTENCES
from budget.figures.facets import Book, in_words
from budget.models import Budget, State
from budget.money import show

LONGEST = 200  # letters of a text
_PARTS = {
    EXPLANATIONS: "对不符的说明",
    SOURCE: "依据的文件",
    AS_PRINTED: "原样保存的表",
}


def naming_of(budget: Budget) -> Naming:
    """Names for what a budget holds now."""
    entries = load(budget).entries
    return Naming(DOCUMENTS[budget.document], names_of(budget) | entries.names, entries.records, entries.sections)


def called(address: str, naming: Naming) -> str:
    """What the value at an address of the journal is called.

    A line goes by its facets and the name of its code, a name of a code by the code.
    """
    if address == STATE:
        return "办理到"
    cell = Cell.parse(address)
    if cell.table in Book.values:
        return _line(address, naming)
    if cell.table == NAMES:
        return f"科目 {cell.row} 的名称"
    if cell.table == HEAD:
        return str(Budget._meta.get_field(cell.column).verbose_name)
    if cell.table == SENTENCES:
        return f"{naming.words(Cell(SECTIONS, cell.row))}第 {cell.column.partition('-')[0]} 句"
    if cell.table == REASONS:
        return f"情况说明里要写的：{_prompt(cell.row, naming.document)}"
    if cell.column == ORDER:
        return naming.words(Cell(cell.table, cell.row)) + "的次序"
    listed = cell.table == SECTIONS or naming.document.list_of(cell.table)
    return naming.words(cell) if listed else _PARTS.get(cell.table, address)


def _prompt(key: str, document: Document) -> str:
    """What is asked for under a key, in the sentences that stand ready; else the key."""
    sentences = (one for found in document.narrative.sentences.values() for one in found)
    asked = (reason for one in sentences for reason in reasons_of(one))
    return next((reason.prompt for reason in asked if reason.key == key), key)


def _line(address: str, naming: Naming) -> str:
    facets = line_at(address, "0").facets._asdict()
    words = (_facet(name, value, naming) for name, value in facets.items() if value)
    return " ".join(words)


def _facet(name: str, value: str, naming: Naming) -> str:
    said = in_words(name, value)
    known = naming.names.get((name, value), "")
    return f"{said} {known}" if known else said


def saying(address: str, value: str | None) -> str:
    """What a value says, shortened; a blank is told as one."""
    if value is None:
        return "（空白）"
    if address == STATE:
        return State(value).label
    if Cell.parse(address).table in Book.values:
        return f"{show(line_at(address, value).amount)} 万元"
    return value if len(value) <= LONGEST else value[:LONGEST] + "……"
