"""The sentences that stand ready for the eleven sections, for any township; a county may put its own in their place."""

from budget.documents.department_budget.sentences import figures, whole, words

SENTENCES = {
    1: words.DUTIES,
    2: whole.WHOLE,
    3: figures.RUNNING,
    4: figures.THREE_PUBLIC,
    5: words.GOALS,
    6: words.SPECIAL,
    7: figures.PROJECTS,
    8: figures.PROCUREMENT,
    9: figures.ASSETS,
    10: words.GLOSSARY,
    11: words.OTHER,
}
