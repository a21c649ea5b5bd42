"""The content of a publication: one plain document of everything the reader will see.

It is what `publish` freezes and hashes, what every page and file is drawn from, and what `disclosure.json` is; `schema`
says how it is made. `upgrade` brings what older releases froze into the present format; nothing else knows them.
"""

from disclosures.content.freeze import FORMAT, freeze
from disclosures.content.schema import schema
from disclosures.content.thaw import amounts_of, as_printed_of, document_of, naming_of, thaw
from disclosures.content.upgrade import upgrade

__all__ = ["FORMAT", "amounts_of", "as_printed_of", "document_of", "freeze", "naming_of", "schema", "thaw", "upgrade"]
