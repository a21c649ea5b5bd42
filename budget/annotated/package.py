"""A workbook's package, part by part: what is not touched is written back as it was."""

import io
import posixpath
import zipfile

from lxml import etree

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml."
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)


def tag(name):
    """A tag of the main namespace."""
    return f"{{{MAIN}}}{name}"


class Package:
    """Parts of a workbook; XML parts are parsed when asked for and written again only then."""

    def __init__(self, data):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            self.parts = {info.filename: archive.read(info) for info in archive.infolist()}
        self._trees = {}

    def tree(self, name):
        """The root of an XML part."""
        if name not in self._trees:
            self._trees[name] = etree.fromstring(self.parts[name], _PARSER)
        return self._trees[name]

    def add(self, name, root, content_type=""):
        """A new XML part, with its content type where the extension does not say it."""
        self.parts[name] = b""
        self._trees[name] = root
        if content_type:
            types = self.tree("[Content_Types].xml")
            etree.SubElement(types, f"{{{TYPES}}}Override", PartName=f"/{name}", ContentType=content_type)

    def default(self, extension, content_type):
        """Say the content type of an extension, where nothing says it."""
        types = self.tree("[Content_Types].xml")
        if not any(found.get("Extension") == extension for found in types):
            found = etree.Element(f"{{{TYPES}}}Default", Extension=extension, ContentType=content_type)
            types.insert(0, found)

    def free_name(self, pattern):
        """The first name of a numbered pattern that no part bears."""
        number = 1
        while pattern.format(number) in self.parts:
            number += 1
        return pattern.format(number)

    def relations(self, owner):
        """The root of a part's relationships, made where there are none."""
        folder, base = posixpath.split(owner)
        name = posixpath.join(folder, "_rels", f"{base}.rels")
        if name not in self.parts:
            self.add(name, etree.Element(f"{{{PACKAGE}}}Relationships", nsmap={None: PACKAGE}))
        return self.tree(name)

    def relate(self, owner, kind, target):
        """The id of a new relationship from one part to another."""
        relations = self.relations(owner)
        taken = {relation.get("Id") for relation in relations}
        id_ = next(f"rId{n}" for n in range(1, len(taken) + 2) if f"rId{n}" not in taken)
        path = f"/{target}"
        attributes = {"Id": id_, "Type": f"{RELATIONS}/{kind}", "Target": path}
        etree.SubElement(relations, f"{{{PACKAGE}}}Relationship", attributes)
        return id_

    def related(self, owner, kind):
        """The part that a part is related to in this way, or None."""
        for relation in self.relations(owner):
            if relation.get("Type").endswith(f"/relationships/{kind}"):
                return self.resolved(owner, relation.get("Target"))
        return None

    @staticmethod
    def resolved(owner, target):
        """The part that a relationship's target names."""
        if target.startswith("/"):
            return target[1:]
        return posixpath.normpath(posixpath.join(posixpath.dirname(owner), target))

    def saved(self):
        """The package's bytes."""
        target = io.BytesIO()
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, data in self.parts.items():
                if name in self._trees:
                    data = etree.tostring(self._trees[name], xml_declaration=True, encoding="UTF-8", standalone=True)
                archive.writestr(name, data)
        return target.getvalue()
