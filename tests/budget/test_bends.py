"""However a sound budget is bent, it imports to the same lines, under the right name, code, year and kind.

Here once each; `python -m tests.bench.bends` bends in both formats, with many seeds, and two at a time.
"""

import pytest

from budget.documents import DEFAULT
from budget.intake.identity import Given
from budget.intake.read import read
from tests.budget.bends import BOOKS, OF_CELLS, OF_TEXT, WORDS, columns, heads, rows, words
from tests.budget.bends.files import docx, xlsx
from tests.budget.bends.same import bent, differences

GIVEN = Given(otherwise=DEFAULT)  # as the commands read
CASES = [(xlsx, bend) for bend in (*OF_CELLS, *BOOKS)] + [(docx, bend) for bend in WORDS]
BOTH = [(docx, bend) for bend in OF_TEXT]  # seen as workbooks above

AGAIN = [  # what the bench has found with other seeds: another wording, another place
    (xlsx, rows.class_subtotals, 2), (xlsx, columns.last_year, 0), (xlsx, heads.name_in_a_cell_of_its_own, 2),
    (docx, heads.spaced_titles, 0), (docx, words.contents_page, 0),
]  # fmt: skip


@pytest.mark.parametrize("write", [xlsx, docx])
def test_the_sound_budget_itself(write):
    paper = bent(1)
    assert differences(paper, read(write(paper), GIVEN)) == []


@pytest.mark.parametrize(("write", "bend"), CASES, ids=[f"{write.__name__}-{bend.__name__}" for write, bend in CASES])
def test_a_bent_budget_is_the_same_budget(write, bend):
    paper = bent(1, bend)
    assert differences(paper, read(write(paper), GIVEN)) == []


@pytest.mark.thorough
@pytest.mark.parametrize(("write", "bend"), BOTH, ids=[bend.__name__ for _, bend in BOTH])
def test_in_word_it_is_the_same_budget_too(write, bend):
    paper = bent(1, bend)
    assert differences(paper, read(write(paper), GIVEN)) == []


@pytest.mark.parametrize(("write", "bend", "seed"), AGAIN, ids=[f"{bend.__name__}-{seed}" for _, bend, seed in AGAIN])
def test_what_another_seed_has_shown(write, bend, seed):
    paper = bent(seed, bend)
    assert differences(paper, read(write(paper), GIVEN)) == []


PAIRS = [  # what the bench has found two at a time
    (xlsx, columns.changes, columns.code_in_brackets_name, 114), (docx, columns.changes, words.cover_page, 245),
    (xlsx, columns.last_year, heads.numbered_tables, 964), (docx, columns.changes, rows.class_subtotals, 818),
    (xlsx, rows.unit_subtotal, columns.name_code_in_brackets, 443),
]  # fmt: skip


@pytest.mark.parametrize(
    ("write", "one", "other", "seed"), PAIRS, ids=[f"{one.__name__}-{other.__name__}" for _, one, other, _ in PAIRS]
)
def test_what_two_at_a_time_have_shown(write, one, other, seed):
    paper = bent(seed, one, other)
    assert differences(paper, read(write(paper), GIVEN)) == []


def test_a_difference_is_seen():
    """The judge itself: another year, a line more, a total that does not add up."""
    paper, other = bent(1), bent(1)
    row = other.sheet(3).rows[-1]
    row.cells[2] += 10_000
    other.year += 1
    other.lines = other.lines[1:]
    found = differences(other, read(xlsx(other), GIVEN))
    assert [text.split()[0] for text in found[:2]] == ["year:", "too"] and any("I09" in text for text in found)
    assert differences(paper, read(xlsx(paper), GIVEN)) == []
