"""What no part may hold: other encodings, DOCTYPE, macros, embedded files, links to the outside."""

import re
from collections.abc import Callable
from functools import partial

from budget.intake.guard.limits import MAX_LINKS, MAX_TAGS
from budget.intake.guard.package import Package, Relationship, owner_of, relationships
from budget.intake.guard.refusal import RESAVE, RESAVE_DOCX, RESAVE_XLSX, Refused, short
from budget.intake.guard.tags import Part, text_of

BOM = b"\xef\xbb\xbf"
DECLARATION = re.compile(rb"<\?xml\s[^<>]{0,200}?\?>")
ENCODING = re.compile(rb"\sencoding\s*=\s*[\"']([^\"']*)")
ENCODINGS = (b"utf-8", b"us-ascii", b"ascii")
FORBIDDEN = (  # looked for in part names, content types and types of relationships, in lower case
    ("binary.macroenabled", "二进制工作簿（.xlsb）", RESAVE_XLSX),
    ("macroenabled", "宏（程序）", "请另存为不含宏的 .xlsx 或 .docx 再上传"),
    ("vba", "宏（程序）", "请另存为不含宏的 .xlsx 或 .docx 再上传"),
    ("macrosheet", "宏表（程序）", "请删除宏表，另存为不含宏的 .xlsx 再上传"),
    ("externallink", "引用其他工作簿的外部链接", "请在“数据→编辑链接”里断开链接，保存后再上传"),
    ("activex", "ActiveX 控件（程序）", "请删除控件，保存后再上传"),
    ("relationships/control", "ActiveX 控件（程序）", "请删除控件，保存后再上传"),
    ("embeddings/", "嵌入的其他文件", "请删除嵌入的对象（或改为粘贴成图片），保存后再上传"),
    ("oleobject", "嵌入的其他文件", "请删除嵌入的对象（或改为粘贴成图片），保存后再上传"),
    ("relationships/package", "嵌入的其他文件", "请删除嵌入的对象（或改为粘贴成图片），保存后再上传"),
    ("afchunk", "嵌入的其他文件", RESAVE_DOCX),
)
OUTSIDE = {
    "attachedTemplate": ("引用了别处的文档模板", "请把全文复制到新建的空白文档，保存后再上传"),
    "image": ("引用了别处的图片", "请删除该图片或把图片存进文件，保存后再上传"),
}
LINK_ELSEWHERE = ("有指向文件之外的链接", "请删除或断开该链接，保存后再上传")

Place = Callable[[], str]  # asked for only when something is refused: to name a part, the book's sheets are read


def check_tags(package: Package) -> None:
    """Bounds what any reader of these parts can be made to build."""
    if sum(part.count(b"<") for part in package.parts.values()) > MAX_TAGS:
        raise Refused(f"文件内容过多（标记超过 {MAX_TAGS // 10_000} 万个），请删去多余的行、列和样式后再上传。")


def check_xml(package: Package) -> None:
    """Refuse XML in another encoding than UTF-8, whose tags would go unseen, or with a DOCTYPE, which may expand."""
    for name, part in package.parts.items():
        if is_xml(name, part, package.content_type(name)):
            _check_encoding(part, partial(package.place, name))
            if b"<!DOCTYPE" in part or b"<!ENTITY" in part:
                raise Refused(f"{package.place(name)}里有 DOCTYPE 或 ENTITY 声明，正常的文件没有，{RESAVE}。")


def is_xml(name: str, part: Part, content_type: str) -> bool:
    """Whether any reader may take a part for XML: by name, by declared type, or by its first character.

    In any encoding; readers go by none of these alone.
    """
    if name.lower().endswith((".xml", ".rels", ".vml")) or "xml" in content_type.lower():
        return True
    return bytes(part[:64]).lstrip(b"\xef\xbb\xbf\xfe\xff\x00 \t\r\n").startswith(b"<")


def _check_encoding(part: Part, place: Place) -> None:
    """UTF-8 or ASCII only; a NUL or a first character other than "<" means some other encoding."""
    start = bytes(part[:256]).removeprefix(BOM)
    declaration = DECLARATION.match(start)
    if declaration:
        _check_declaration(declaration[0], place)
    unread = start.startswith(b"<?xml") and not declaration
    if unread or b"\x00" in part or not start.lstrip().startswith(b"<"):
        raise Refused(f"{place()}的文字编码不是 UTF-8（可能是 UTF-16）或已损坏，{RESAVE}。")


def _check_declaration(declaration: bytes, place: Place) -> None:
    told = ENCODING.search(declaration)
    if told and told[1].lower() not in ENCODINGS:
        raise Refused(f"{place()}的文字编码是 {short(text_of(told[1]))}，只能读 UTF-8，{RESAVE}。")


def check_forbidden(package: Package) -> None:
    """Refuse macros, controls, embedded files, wherever they are named."""
    for name in package.parts:
        _check_words(f"{name} {package.content_type(name)}", partial(package.place, name))


def _check_words(words: str, place: Place) -> None:
    for word, what, remedy in FORBIDDEN:
        if word in words.lower():
            raise Refused(f"{place()}里有{what}，{remedy}。")


def check_relationships(package: Package) -> None:
    """Refuse links that contradict each other or lead outside, but for hyperlinks."""
    for name, part in package.parts.items():
        if name.lower().endswith(".rels") or package.content_type(name).endswith("relationships+xml"):
            if part.count(b"<") > MAX_LINKS:
                raise Refused(f"{package.place(name)}超过 {MAX_LINKS} 个，请删去多余的超链接，保存后再上传。")
            _check_links(relationships(part, package.place(name)), package.place(owner_of(name)))


def _check_links(links: list[Relationship], place: str) -> None:
    if len({link.id for link in links}) != len(links):
        raise Refused(f"{place}的链接编号重复，不知道以哪个为准，{RESAVE}。")
    for link in links:
        _check_words(link.type, lambda: place)
        if link.external and not link.type.endswith("/relationships/hyperlink"):
            what, remedy = OUTSIDE.get(link.type.rpartition("/")[2], LINK_ELSEWHERE)
            raise Refused(f"{place}{what}（{short(link.target)}），{remedy}。")
