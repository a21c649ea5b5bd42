"""Whatever stands in an address or behind its question mark, a public page answers 200, 400 or 404, never an error.

An address is sent as bytes, the way a server hands it on: percent-encodings are resolved, UTF-8 is not checked.
"""

import pytest
from django.test import Client

from disclosures.page_views import PAGES
from disclosures.pages.disclosure import Disclosure

ADDRESSES = (
    "/",
    "/glossary/",
    "/healthz",
    "/disclosure.schema.json",
    "/disclosure.1.schema.json",
    "/130324/909/",
    "/130324/909/2024/v1/tables/1/checks/",
    "/130324/909/2024/narrative/2/",
    "/130324/909/2024/projects/",
    "/130324/909/2024/projects/13032424P00442810410K/",
    "/130324/909/2024/procurement/",
    "/130324/909/2024/disclosure.xlsx",
    "/130324/909/2024/unit-budget/disclosure.json",
)
HOSTILE = (
    b"\x00",
    b"%00",
    b"9" * 24,
    b"-1",
    b"0",
    b"1e309",
    b"\xff\xfe",
    b"\xed\xa0\x80",  # half of a surrogate pair
    "１３０３２４".encode(),  # digits, and none of an address
    "٢".encode(),
    "\u202e2024".encode(),
    b"%",
    b"%zz",
    b"%25ff",
    b"..",
    b"%2e%2e%2f",
    b"'\"<script>",
    b"{{ d }}",
    b"a" * 5000,
)
# Digits, but none that an address is written with.
WIDE = ("１３０３２４/909/2024", "130324/９０９/2024", "130324/909/20２４", "130324/909/2024/v１")
FIELDS = (b"page", b"sort", b"per_page")
ALLOWED = {200, 301, 400, 404}


@pytest.fixture
def reader(township):
    """A client that sees an error as its answer, as a reader does."""
    return Client(raise_request_exception=False)


def ask(reader, path, query=b""):
    """The status of an address given as bytes."""
    return reader.get("/", PATH_INFO=path.decode("latin-1"), QUERY_STRING=query.decode("latin-1")).status_code


def spoilt(address):
    """The address with each of its parts in turn exchanged for, and followed by, something hostile."""
    parts = address.encode().split(b"/")
    for at in range(1, len(parts)):
        for bad in HOSTILE:
            yield b"/".join([*parts[:at], bad, *parts[at + 1 :]])
            yield b"/".join([*parts[:at], parts[at] + bad, *parts[at + 1 :]])


def unlike(reader, asked):
    """{what was asked: its status} of what was answered otherwise than a reader may be."""
    found = {one: ask(reader, *one) for one in asked}
    assert len(found) > 12
    return {one: status for one, status in found.items() if status not in ALLOWED}


@pytest.mark.thorough
def test_no_path_is_an_error(reader):
    assert unlike(reader, [(path, b"") for address in ADDRESSES for path in spoilt(address)]) == {}


def queries():
    """Every field with every hostile value, as bytes and as percent-encodings."""
    for field in FIELDS:
        for bad in HOSTILE[:-1]:
            yield field + b"=" + bad
            yield field + b"=" + b"".join(b"%%%02X" % byte for byte in bad)


@pytest.mark.thorough
@pytest.mark.parametrize("address", ["/", "/130324/909/2024/projects/"])
def test_no_query_of_a_list_is_an_error(reader, address):
    assert unlike(reader, [(address.encode(), query) for query in (*queries(), b"&" * 2000)]) == {}


@pytest.mark.thorough
def test_no_query_is_an_error(reader):
    asked = (b"\x00=\xff&%00=%ff", b"&" * 2000)
    assert unlike(reader, [(address.encode(), query) for address in ADDRESSES for query in asked]) == {}


def test_every_kind_of_page_is_asked(reader, township):
    """Each page that a budget has, with a query that none of them knows."""
    disclosure = Disclosure(township)
    pages = {page.address: disclosure.root + page.at(where) for page in PAGES for where in page.each(disclosure)[:1]}
    assert {page.address for page in PAGES} - pages.keys() == {"tables/own/<int:number>/"}  # it has no such tables
    assert (
        unlike(reader, [(address.encode(), query) for address in pages.values() for query in (b"%00=%ff", b"")]) == {}
    )


def test_an_address_has_one_way_to_be_written(reader):
    assert {path: ask(reader, f"/{path}/".encode()) for path in WIDE} == dict.fromkeys(WIDE, 404)
