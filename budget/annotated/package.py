"""A workbook's package, part by part: what is not touched is written back as it was.

openpyxl is not used for this. It keeps what it knows and drops the rest on saving: the results of formulas (an import
of the annotated file would find blanks), pictures and shapes, the sizes of comments, settings of Excel and WPS of
their own. A part that nobody asked for stays the same bytes; a parsed one keeps every element nobody changed.
"""

import io
import posixpath
import zipfile
from typing import Any

from lxml import etree

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml."
SPACE = "{http://www.w3.org/XML/1998/namespace}space"
CONTENT_TYPES = "[Content_Types].xml"
# The guard has refused DOCTYPE and bounded the tags before; this holds even for one who calls without it.
# XML comments say nothing to Excel, but would stand among the rows and cells that are counted here.
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, remove_comments=True)


def tag(name: str) -> str:
    """A tag of the main namespace."""
    return f"{{{MAIN}}}{name}"


def add_text(parent: Any, text: str) -> None:
    """Put words under an element. Without `preserve` Excel drops the blanks and line ends around them."""
    words = etree.SubElement(parent, tag("t"))
    words.text = text
    words.set(SPACE, "preserve")


class Package:
    """Parts of a workbook; XML parts are parsed when asked for and written again only then."""

    def __init__(self, data: bytes) -> None:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            self.parts = {info.filename: archive.read(info) for info in archive.infolist()}
        self._trees: dict[str, Any] = {}

    def tree(self, name: str) -> Any:
        """The root of an XML part."""
        if name not in self._trees:
            self._trees[name] = etree.fromstring(self.parts[name], _PARSER)
        return self._trees[name]

    def add(self, name: str, root: Any, content_type: str = "") -> None:
        """A new XML part, with its content type where the extension does not say it."""
        self.parts[name] = b""
        self._trees[name] = root
        if content_type:
            types = self.tree(CONTENT_TYPES)
            etree.SubElement(types, f"{{{TYPES}}}Override", PartName=f"/{name}", ContentType=content_type)

    def default(self, extension: str, content_type: str) -> None:
        """Say the content type of an extension, where nothing says it."""
        types = self.tree(CONTENT_TYPES)
        if not any(declared.get("Extension") == extension for declared in types):
            types.insert(0, etree.Element(f"{{{TYPES}}}Default", Extension=extension, ContentType=content_type))

    def free_name(self, pattern: str) -> str:
        """The first name of a numbered pattern that no part bears."""
        number = 1
        while pattern.format(number) in self.parts:
            number += 1
        return pattern.format(number)

    def relations(self, owner: str) -> Any:
        """The root of a part's relationships, made where there are none."""
        folder, base = posixpath.split(owner)
        name = posixpath.join(folder, "_rels", f"{base}.rels")
        if name not in self.parts:
            self.add(name, etree.Element(f"{{{PACKAGE}}}Relationships", nsmap={None: PACKAGE}))
        return self.tree(name)

    def relate(self, owner: str, kind: str, target: str) -> str:
        """The id of a new relationship from one part to another."""
        relations = self.relations(owner)
        taken = {relation.get("Id") for relation in relations}
        id_ = next(f"rId{n}" for n in range(1, len(taken) + 2) if f"rId{n}" not in taken)
        attributes = {"Id": id_, "Type": f"{RELATIONS}/{kind}", "Target": f"/{target}"}
        etree.SubElement(relations, f"{{{PACKAGE}}}Relationship", attributes)
        return id_

    def related(self, owner: str, kind: str) -> str | None:
        """The part that a part is related to in this way, or None."""
        for relation in self.relations(owner):
            if relation.get("Type").endswith(f"/relationships/{kind}"):
                return self.resolved(owner, relation.get("Target"))
        return None

    def required(self, owner: str, kind: str) -> str:
        """As `related`, where there has to be one; KeyError without."""
        if (part := self.related(owner, kind)) is None:
            raise KeyError(kind)
        return part

    @staticmethod
    def resolved(owner: str, target: str) -> str:
        """The part that a relationship's target names."""
        if target.startswith("/"):
            return target[1:]
        return posixpath.normpath(posixpath.join(posixpath.dirname(owner), target))

    def saved(self) -> bytes:
        """The package's bytes."""
        target = io.BytesIO()
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
            for name in self.parts:
                archive.writestr(name, self._written(name))
        return target.getvalue()

    def _written(self, name: str) -> bytes:
        if name not in self._trees:
            return self.parts[name]
        written: bytes = etree.tostring(self._trees[name], xml_declaration=True, encoding="UTF-8", standalone=True)
        return written
