"""What all tests share: the same content is drawn once for publication, since it draws the same each time."""

import json

import pytest

from disclosures import publish
from disclosures.content import canonical
from disclosures.draw import draw_everything

_DRAWN = set()


def _draw_once(publication):
    text = canonical(json.loads(publication.content) | {"publication": None})
    if text not in _DRAWN:
        draw_everything(publication)
        _DRAWN.add(text)


@pytest.fixture(autouse=True)
def drawn_once(request, monkeypatch):
    """Publishing draws every page and file first; tests that are about this very thing say `drawn_each_time`."""
    if "drawn_each_time" not in request.fixturenames:
        monkeypatch.setattr(publish, "draw_everything", _draw_once)


@pytest.fixture
def drawn_each_time():
    """Whatever was drawn before is drawn again."""
