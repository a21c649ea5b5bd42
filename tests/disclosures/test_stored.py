"""What is published is served as it was stored: whoever downloads it finds the SHA-256 that the page prints."""

import hashlib
import json
import re

import jsonschema_rs
from django.core.management import call_command

from disclosures.content import FORMAT, schema, schema_of
from disclosures.content.schema import FROZEN
from tests.disclosures.conftest import ROOT
from tests.disclosures.test_formats import EXAMPLES, content, example, publication
from tests.disclosures.test_pages import page

__all__ = ["content", "example", "publication"]


def printed_hash(client, root):
    """The SHA-256 that the footer of a disclosure prints."""
    return re.search(r'class="hash">([0-9a-f]{64})<', page(client, root=root))[1]


def test_the_printed_hash_is_that_of_the_json_in_every_format(publication, client):
    for root in (publication.address, publication.pinned_address):
        response = client.get(f"{root}disclosure.json")
        assert hashlib.sha256(response.content).hexdigest() == printed_hash(client, root) == publication.sha256
        assert int(response["Content-Length"]) == len(response.content)
        assert response["ETag"] == f'"{publication.sha256}"'
        assert response.content.decode() == publication.content


def test_each_format_has_its_schema_at_an_address_of_its_own(content, client):
    found = json.loads(client.get(f"/disclosure.{content['format']}.schema.json").content)
    jsonschema_rs.validate(found, content)
    assert found == schema_of(content["format"])


def test_the_newest_schema_has_both_addresses_and_no_other_number_has_one(db, client):
    assert json.loads(client.get("/disclosure.schema.json").content) == schema() == schema_of(FORMAT)
    assert {client.get(f"/disclosure.{n}.schema.json").status_code for n in (0, FORMAT + 1, 9**24)} == {404}


def test_the_schema_of_every_format_is_kept_for_when_it_is_an_old_one():
    """`python -m tests.files.formats` writes that of the present format."""
    assert {int(path.stem) for path in FROZEN.glob("*.json")} == {int(path.parent.name) for path in EXAMPLES}
    assert json.loads((FROZEN / f"{FORMAT}.json").read_text(encoding="utf-8")) == schema()


def exported(tmp_path):
    """What `export_budget --format json` writes."""
    path = tmp_path / "a.json"
    call_command("export_budget", "130324", "909", "2024", format="json", output=path)
    return path.read_bytes()


def test_a_draft_that_is_published_as_it_stands_is_exported_as_published(township, client, tmp_path):
    assert exported(tmp_path) == client.get(f"{ROOT}disclosure.json").content
    township.department.budgets.get().lines.filter(book="three_public").update(amount=1)
    changed = json.loads(exported(tmp_path))
    assert changed["publication"] is None and changed != json.loads(township.content)
