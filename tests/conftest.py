"""What all tests share: the same file is opened once, the same content drawn once; each says the same every time."""

import gc
import json
from collections import Counter
from functools import lru_cache

import pytest
from django.conf import settings
from django.test import override_settings
from whitenoise.middleware import WhiteNoiseMiddleware

from budget.intake import read
from budget.intake.opening import open_file
from disclosures import publish
from disclosures.content import canonical
from disclosures.draw import draw_everything

_DRAWN = set()


def _draw_once(publication):
    text = canonical(json.loads(publication.content) | {"publication": None})
    if text not in _DRAWN:
        draw_everything(publication)
        _DRAWN.add(text)


@pytest.fixture(scope="session", autouse=True)
def static_files_found_once():
    """Each client of a test makes the middleware anew, which looks through every folder of static files."""
    find, known = WhiteNoiseMiddleware.add_files_from_finders, {}

    def found(middleware):
        if not known:
            find(middleware)
            known.update(middleware.files)
        middleware.files.update(known)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(WhiteNoiseMiddleware, "add_files_from_finders", found)
        yield


@pytest.fixture(autouse=True)
def drawn_once(request, monkeypatch):
    """Publishing draws every page and file first; tests that are about this very thing say `drawn_each_time`."""
    if "drawn_each_time" not in request.fixturenames:
        monkeypatch.setattr(publish, "draw_everything", _draw_once)


@pytest.fixture
def drawn_each_time():
    """Whatever was drawn before is drawn again."""


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    """What no database can change runs on one of them: `-m database` is the rest."""
    for item in items:
        if item.get_closest_marker("django_db") or {"db", "transactional_db"} & set(item.fixturenames):
            item.add_marker(pytest.mark.database)


@pytest.fixture(scope="session", autouse=True)
def passwords_are_hashed_quickly():
    """A slow hash is what protects passwords, and nothing that the tests are about."""
    quick = ["django.contrib.auth.hashers.MD5PasswordHasher", *settings.PASSWORD_HASHERS]
    with override_settings(PASSWORD_HASHERS=quick):
        yield


def pytest_terminal_summary(terminalreporter):
    """How often the walk of the back office was let in, and how often it was not."""
    reports = terminalreporter.stats.get("passed", [])
    said = [Counter(value) for one in reports for key, value in one.user_properties if key == "permissions"]
    if total := sum(said, Counter()):
        counts = ", ".join(f"{number:,} × {what}" for what, number in total.items())
        terminalreporter.write_line(f"permissions: {counts}")


def pytest_collection_finish():
    """What is there before the first test is there to the last; the collector need not look through it each time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


@pytest.fixture(scope="session", autouse=True)
def opened_once():
    """The same few files go through most tests: what the child finds in one is kept. No reader changes a grid."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(read, "open_file", lru_cache(maxsize=64)(open_file))
        yield
