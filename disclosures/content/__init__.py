"""The content of a publication: one plain document of everything the reader will see.

It is what `publish` freezes and hashes, what every page and file is drawn from, and what `disclosure.json` is; `schema`
says how it is made. `upgrade` brings what older releases froze into the present format; nothing else knows them.
"""

from disclosures.content.corrected import CORRECTION, after_withdrawal, changed, correction, from_json, without_notices
from disclosures.content.freeze import FORMAT, canonical, freeze
from disclosures.content.schema import schema, schema_of
from disclosures.content.signed import is_signature
from disclosures.content.thaw import amounts_of, as_printed_of, document_of, naming_of, thaw
from disclosures.content.upgrade import upgrade

__all__ = [
    "CORRECTION",
    "FORMAT",
    "after_withdrawal",
    "amounts_of",
    "as_printed_of",
    "canonical",
    "changed",
    "correction",
    "document_of",
    "freeze",
    "from_json",
    "is_signature",
    "naming_of",
    "schema",
    "schema_of",
    "thaw",
    "upgrade",
    "without_notices",
]
