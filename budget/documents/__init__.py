"""The kinds of documents that there are, by key; a new kind is one folder and one line here."""

from budget.declare.document import Document
from budget.documents.department_budget import DEPARTMENT_BUDGET
from budget.documents.final_accounts import FINAL_ACCOUNTS
from budget.documents.unit_budget import UNIT_BUDGET

_ALL = (
    DEPARTMENT_BUDGET,
    UNIT_BUDGET,
    FINAL_ACCOUNTS,
)

DOCUMENTS: dict[str, Document] = {document.key: document for document in _ALL}
DEFAULT = DEPARTMENT_BUDGET.key


def taken() -> list[Document]:
    """The kinds that are taken; the others are recognised and refused."""
    return [document for document in DOCUMENTS.values() if not document.refusal]
