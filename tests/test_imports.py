"""The picture of imports has no circle, between the rooms or inside one: every arrow points down."""

import pytest

from tests.bench.picture import (
    arrows_within_rooms,
    behind,
    circles,
    direct,
    draw,
    imported,
    layers,
    module_arrows,
    nearest,
    room_arrows,
    steps,
)


@pytest.fixture(scope="module")
def arrows():
    return module_arrows()


def test_no_circle_between_rooms(arrows):
    found = circles(room_arrows(arrows))
    assert [behind(circle, arrows) for circle in found] == []


def test_no_circle_inside_a_room(arrows):
    found = circles(arrows_within_rooms(arrows))
    assert [[f"{here} -> {there}" for here, there in steps(circle)] for circle in found] == []


def test_every_room_is_in_the_picture(arrows):
    rooms = set(room_arrows(arrows))
    assert rooms >= {"budget.money", "budget.intake", "budget.checks", "disclosures.content", "disclosures.views"}
    assert "budget.money" in room_arrows(arrows)["budget.intake"]


SOURCE = """
import budget.money, decimal
from budget import text
from budget.checks.compare import equal
from typing import TYPE_CHECKING
if TYPE_CHECKING:
    from budget.models import Budget
def late():
    from .grid import Grid
    from ..fill import fill
    from . import says
"""


def test_imports_are_found_wherever_they_are_written():
    known = {"budget", "budget.money", "budget.text", "budget.checks", "budget.checks.compare", "budget.models"}
    known |= {"budget.intake", "budget.intake.grid", "budget.intake.says", "budget.fill"}
    found = {nearest(name, known) for name in imported(SOURCE, "budget.intake")}
    assert found == known - {"budget", "budget.checks", "budget.intake"} | {None}


def test_a_circle_is_told_by_the_imports_behind_it():
    arrows = {
        "budget.fill.sums": {"budget.money", "budget.checks.view"},
        "budget.checks.view": {"budget.fill"},
        "budget.fill": {"budget.fill.sums"},
        "budget.money": set(),
    }
    assert circles(arrows_within_rooms(arrows)) == []
    (circle,) = circles(room_arrows(arrows))
    assert circle == ("budget.checks", "budget.fill")
    assert behind(circle, arrows) == [
        "budget.checks.view -> budget.fill",
        "budget.fill.sums -> budget.checks.view",
    ]


def test_circles_are_found_each_once_and_the_shortest():
    assert circles({"a": {"b"}, "b": {"c"}, "c": set()}) == []
    assert circles({"a": {"b"}, "b": {"c"}, "c": {"a", "b"}}) == [("a", "b", "c"), ("b", "c")]


def test_the_picture_stands_on_what_imports_nothing():
    graph = {"pages": {"content", "money"}, "content": {"money"}, "money": set(), "alone": set()}
    assert list(layers(graph)) == [["alone", "money"], ["content"], ["pages"]]
    assert direct(graph, "pages") == ["content"]
    assert [line.split() for line in draw(graph)] == [
        ["2", "pages", "→", "content"],
        ["1", "content", "→", "money"],
        ["0", "money"],
    ]
