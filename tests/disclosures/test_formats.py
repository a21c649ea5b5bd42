"""What was published in any format is read, drawn, downloaded and found again, for ever."""

import hashlib
import json
import re
from copy import deepcopy
from pathlib import Path

import pytest
from django.utils.dateparse import parse_datetime

from budget.cell import Cell
from budget.models import Department, Region
from disclosures.content import FORMAT, canonical, thaw, upgrade
from disclosures.content.upgrade import UnknownFormat
from disclosures.models import Publication
from disclosures.outputs import OUTPUTS
from disclosures.page_views import PAGES
from disclosures.pages.disclosure import Disclosure
from tests.disclosures.schemas import follow_schema

FORMATS = Path(__file__).parent.parent / "files" / "formats"
EXAMPLES = [path for path in sorted(FORMATS.glob("*/*.json")) if path.stem != "anchors"]


def _round(path):
    """The small example of every format in the suite, the large ones are thorough."""
    is_small = path.stem == "small"
    name = f"{path.parent.name}-{path.stem}"
    return pytest.param(path, id=name, marks=() if is_small else pytest.mark.thorough)


ANCHORS = json.loads((FORMATS / "1" / "anchors.json").read_text(encoding="utf-8"))


@pytest.fixture(params=map(_round, EXAMPLES))
def example(request):
    """The file of one example."""
    return request.param


@pytest.fixture
def content(example):
    """What the example says, as it was frozen."""
    return json.loads(example.read_text(encoding="utf-8"))


@pytest.fixture
def publication(content, db):
    """The example, stored as it was by the release that published it."""
    text, record, whose = canonical(content), content["publication"], content["department"]
    region = Region.objects.create(**content["region"])
    stored = Publication(
        department=Department.objects.create(region=region, **whose),
        region=region.code,
        region_name=region.name,
        unit=whose["unit"],
        name=whose["name"],
        document=content.get("document", {"key": "department_budget"})["key"],
        year=content["year"],
        version=record["version"],
        content=text,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        explanation=record["explanation"],
        published_at=parse_datetime(record["published_at"]),
        published_by=record["published_by"],
    )
    stored.save(force_insert=True)
    return stored


def every_page(publication):
    """The addresses of all its pages, below its root."""
    disclosure = Disclosure(publication)
    return [page.at(where) for page in PAGES for where in page.each(disclosure)]


@pytest.fixture
def ids(publication, client):
    """A function that tells the ids of one of its pages."""
    found = {}

    def ids_of(address):
        if address not in found:
            response = client.get(address)
            assert response.status_code == 200, address
            found[address] = re.findall(r'\sid="([^"]*)"', response.content.decode())
        return found[address]

    return ids_of


def test_there_is_an_example_of_every_format():
    assert {path.parent.name for path in EXAMPLES} == {str(n) for n in range(1, FORMAT + 1)}


def test_what_was_frozen_follows_the_schema_of_today(content):
    follow_schema(upgrade(content))
    assert thaw(upgrade(content)).entries.name == content["department"]["name"]


def figures(content):
    """Every amount of a content, in whichever format: of its tables, its lists and its projects."""
    forms = {form["key"]: form["records"] for form in content.get("forms", ())}
    return {
        "tables": [[half["amounts"] for row in table["rows"] for half in row["sides"]] for table in content["tables"]],
        "listings": [(one["key"], one["records"], one["totals"]) for one in content["listings"]],
        "projects": [
            {key: project[key] for key in ("code", "amount", "fiscal_funds", "other_funds", "payment_plan")}
            for project in content.get("projects", forms.get("projects"))
        ],
        "lines": [line["amount"] for line in content["lines"]],
        "printed": [(one["amount"], one["unit"], one["step"]) for one in content["printed"]],
    }


def test_upgrading_changes_no_figure_and_leaves_the_stored_one_alone(content):
    before = deepcopy(content)
    upgraded = upgrade(content)
    assert figures(upgraded) == figures(before) and content == before
    assert upgrade(upgraded) is upgraded and upgraded["format"] == FORMAT


def test_a_format_from_the_future_is_refused(content):
    with pytest.raises(UnknownFormat, match=f"format {FORMAT + 1} "):
        upgrade(content | {"format": FORMAT + 1})


def test_every_page_answers_at_the_current_and_at_the_pinned_address(publication, client):
    pages = every_page(publication)
    assert len(pages) >= 18 and len(set(pages)) == len(pages)
    for root in (publication.address, publication.pinned_address):
        assert {page: client.get(root + page).status_code for page in pages} == dict.fromkeys(pages, 200)


@pytest.mark.parametrize("format", OUTPUTS)
def test_every_file_is_written_and_can_be_downloaded(publication, client, format):
    for root in (publication.address, publication.pinned_address):
        response = client.get(f"{root}disclosure.{format}")
        assert response.status_code == 200 and len(response.content) > 1000


def cells(content):
    """Every address of a figure that a content in the present format speaks of."""
    for one in (*content["findings"], *content["ledger"]):
        yield from one["cells"]
    yield from (printed["cell"] for printed in content["printed"])


def test_every_address_leads_to_its_figure(publication, ids):
    disclosure, lost = Disclosure(publication), set()
    found = set(cells(disclosure.content))
    assert len(found) > 200
    for text in found:
        page, _, anchor = disclosure.address(Cell.parse(text)).partition("#")
        if ids(page).count(anchor) != 1:
            lost.add((text, page, anchor))
    assert lost == set()


NOTE = re.compile(r".+-n\d+")  # of a finding under a table; from format 3 on those of one cause are one


def test_the_anchors_of_the_first_release_still_stand(publication, example, ids):
    for page, anchors in ANCHORS[example.stem].items():
        promised = {one for one in anchors if example.parent.name in "12" or not NOTE.fullmatch(one)}
        assert promised - set(ids(publication.address + page)) == set(), page


def test_no_page_gives_an_anchor_twice(publication, ids):
    for page in every_page(publication):
        found = ids(publication.address + page)
        assert len(found) == len(set(found)), page
