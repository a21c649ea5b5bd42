"""The parts of a package with their content types, relationships and names for people."""

import posixpath
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from budget.intake.guard.limits import MAX_TYPES
from budget.intake.guard.refusal import RESAVE, Refused, inner_part, short
from budget.intake.guard.tags import Part, only, tags_of, texts_of

CONTENT_TYPES = "[Content_Types].xml"
OFFICE = "application/vnd.openxmlformats-officedocument."
KINDS = {
    OFFICE + "spreadsheetml.sheet.main+xml": "xlsx",
    OFFICE + "wordprocessingml.document.main+xml": "docx",
}
WORKSHEET = OFFICE + "spreadsheetml.worksheet+xml"
SHARED_STRINGS = OFFICE + "spreadsheetml.sharedStrings+xml"
STRICT = b"http://purl.oclc.org/ooxml/"
DEFAULT_WORKBOOK = "xl/workbook.xml"  # where openpyxl looks when only a default type names the workbook
PLACES = {
    CONTENT_TYPES: "文件内部的部件目录",
    "xl/workbook.xml": "工作簿目录",
    "xl/sharedStrings.xml": "工作簿的文字表",
    "xl/styles.xml": "工作簿的样式",
    "word/document.xml": "Word 正文",
    "word/styles.xml": "Word 样式",
}


@dataclass(frozen=True)
class Relationship:
    """A link from one part to another, or with `external` to the outside (OPC 9.3)."""

    id: str
    type: str
    target: str
    external: bool


class Package:
    """The inflated parts with their content types, relationships and names for people."""

    def __init__(self, parts: Mapping[str, Part]) -> None:
        self.parts = parts
        self.defaults: dict[str, str] = {}  # {extension: type}
        self.overrides: dict[str, str] = {}  # {part: type}
        self.folded: dict[str, str] = {}  # the same, whatever the case
        for _, _, raw, _ in tags_of(self._content_types(), PLACES[CONTENT_TYPES], only("Default", "Override")):
            self._declare(texts_of(raw))

    def _content_types(self) -> Part:
        if CONTENT_TYPES in self.parts:
            part = self.parts[CONTENT_TYPES]
            if part.count(b"<") > MAX_TYPES:
                raise Refused(f"文件内部的部件目录超过 {MAX_TYPES} 条，不像正常的文件，{RESAVE}。")
            return part
        if b"opendocument" in self.parts.get("mimetype", b""):
            raise Refused(f"这是 OpenDocument 文件（.ods 或 .odt），{RESAVE}。")
        if "OFD.xml" in self.parts:
            raise Refused("这是 OFD 文件，读不出表格里的数，请上传原来的 Excel（.xlsx）、Word（.docx）或 PDF 文件。")
        raise Refused("这是普通压缩包，不是 Excel 或 Word 文件，请先解压，再上传里面的 .xlsx 或 .docx 文件。")

    def _declare(self, texts: dict[str, str]) -> None:
        told = texts.get("ContentType", "")
        if "Extension" in texts:
            self.defaults[texts["Extension"].casefold()] = told
        elif "PartName" in texts:
            name = texts["PartName"].removeprefix("/")
            if name.casefold() in self.folded:
                raise Refused(f"{inner_part(name)}在部件目录里登记了两次，{RESAVE}。")
            self.overrides[name] = self.folded[name.casefold()] = told

    def content_type(self, name: str) -> str:
        """The type the package declares for a part, by name (in any case, OPC 9.1.1) or else by extension."""
        return self.folded.get(name.casefold()) or self.defaults.get(name.rpartition(".")[2].casefold(), "")

    def links(self, owner: str) -> list[Relationship]:
        """The relationships of a part ("" for the package itself)."""
        folder, base = posixpath.split(owner)
        name = posixpath.join(folder, "_rels", f"{base}.rels")
        return relationships(self.parts.get(name, b""), PLACES.get(name) or inner_part(name))

    @cached_property
    def main(self) -> str:
        """The one part the package's own relationships call its document."""
        mains = [link for link in self.links("") if link.type.endswith("/relationships/officeDocument")]
        parts = {resolved("", link.target) for link in mains}
        if len(mains) != 1 or not parts <= self.parts.keys():
            raise Refused(f"文件里找不到唯一的工作簿或正文，{RESAVE}。")
        return parts.pop()

    @cached_property
    def listed(self) -> list[tuple[str, str]]:
        """[(name, part)] of sheets as openpyxl will find them: any tag with a sheetId, through the relationships."""
        targets = {link.id: resolved(self.main, link.target) for link in self.links(self.main)}
        tags = [texts_of(raw) for _, _, raw, _ in tags_of(self.parts[self.main], PLACES[DEFAULT_WORKBOOK])]
        return [(tag.get("name", ""), targets.get(tag.get("id", ""), "")) for tag in tags if "sheetId" in tag]

    @cached_property
    def sheets(self) -> dict[str, str]:
        """{part: the name on the sheet's tab}; {} when it cannot be told, so that a refusal raises no other."""
        try:
            return {} if "word" in self.content_type(self.main) else {part: name for name, part in self.listed}
        except Refused:
            return {}

    def place(self, name: str) -> str:
        """A part in words: 工作表“收支总表”."""
        if name in self.sheets:
            return f"工作表“{short(self.sheets[name])}”"
        if name.endswith(".rels"):
            owner = owner_of(name)
            return f"{self.place(owner)}的链接" if owner else "文件的总链接"
        return PLACES.get(name) or inner_part(name)


def owner_of(name: str) -> str:
    """The part that a relationships part belongs to: xl/_rels/workbook.xml.rels → xl/workbook.xml."""
    folder, base = posixpath.split(name)
    return posixpath.join(posixpath.dirname(folder), base.removesuffix(".rels"))


def relationships(part: Part, place: str) -> list[Relationship]:
    """Whatever has a target: openpyxl takes any child element for a relationship."""
    return [_relationship(texts) for _, _, raw, _ in tags_of(part, place) if "Target" in (texts := texts_of(raw))]


def _relationship(texts: dict[str, str]) -> Relationship:
    external = texts.get("TargetMode", "").strip().casefold() == "external"
    return Relationship(texts.get("Id", ""), texts.get("Type", ""), texts["Target"], external)


def resolved(owner: str, target: str) -> str:
    """The part a target names, the way openpyxl resolves it."""
    if target.startswith("/"):
        return target[1:]
    return posixpath.normpath(posixpath.join(posixpath.dirname(owner), target))


def kind_of(package: Package) -> str:
    """ "xlsx" or "docx" by the main part's content type; root link and content types must agree."""
    told = package.content_type(package.main)
    if told not in KINDS:
        raise Refused(_other(told))
    _check_alone(package)
    if STRICT in package.parts[package.main]:
        raise Refused(f"这是“Strict Open XML”格式，本系统读不了，{RESAVE}（类型选普通的 .xlsx 或 .docx）。")
    return KINDS[told]


def _check_alone(package: Package) -> None:
    """One program goes by the root link and another by the types: with two candidates each may open its own."""
    named = [name for name, type_ in package.overrides.items() if type_ in KINDS]
    if named != [package.main] and (named or package.main != DEFAULT_WORKBOOK):
        raise Refused(f"文件里有不止一个工作簿或正文，不知道以哪个为准，{RESAVE}。")


def _other(told: str) -> str:
    if "presentationml" in told:
        return "这是演示文稿（PPT），请上传 Excel（.xlsx）或 Word（.docx）文件。"
    if "template" in told:
        return f"这是模板文件（.xltx 或 .dotx），{RESAVE}。"
    return f"这不是 Excel 工作簿或 Word 文档，{RESAVE}。"
