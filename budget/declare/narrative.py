"""What the text of a document is: its sections, and what the amounts in it are said to be."""

from dataclasses import dataclass, field

from budget.declare.sentence import Sentence

OWN = 100  # sections under headings of a document's own are numbered from 101, in their order
MOST_OWN = 899  # so that a number has three digits; what comes after them stays in the last one's text


@dataclass(frozen=True)
class Meaning:
    """An amount that the text may state, right after these words; section: where, by a heading (both are patterns).

    name: what it is called in a sentence.
    """

    section: str
    words: str
    name: str


@dataclass(frozen=True, eq=False)
class Narrative:
    """titles: of the sections, in order. meanings: {key of an amount: Meaning}.

    subjects: meanings that a later "increased by" speaks of. opening: a word of the paragraph that opens it.
    figures_until: the last section that states amounts of the budget; those after it explain words and add remarks.
    lists: {number of a section: key of the list or form that belongs there}. sentences: {number of a section: the
    sentences that stand ready for it}. Lengths in characters.
    """

    titles: tuple[str, ...] = ()
    meanings: dict[str, Meaning] = field(default_factory=dict)
    subjects: tuple[str, ...] = ()
    opening: str = ""
    figures_until: int = 9
    lists: dict[int, str] = field(default_factory=dict)
    sentences: dict[int, tuple[Sentence, ...]] = field(default_factory=dict)
    title_length: int = 100
    text_length: int = 100_000
    opening_length: int = 20_000
