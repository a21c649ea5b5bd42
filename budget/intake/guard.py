"""Looks at an uploaded file's bytes before any library opens it: `inspect` says "xlsx" or "docx", or raises `Refused`.

No XML parser runs here. Parts are inflated in pieces, their tags are read by linear regular expressions, and what
openpyxl or python-docx would choke on, expand, skip or silently change is refused with a sentence for the clerk.
The container follows OPC (ECMA-376 part 2), the contents ECMA-376 part 1; limits are the project's security notes,
"Uploads". A tag hidden in a comment counts for nothing, a tag of a foreign namespace counts as if it were real.
"""

import io
import posixpath
import re
import struct
import zipfile
import zlib
from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from functools import cache, cached_property, partial

MIB = 1024 * 1024
MAX_FILE = 5 * MIB  # an honest budget has 20–100 KB; scans and photographs do not belong in it
MAX_ENTRIES = 200  # thirty sheets make some forty parts
MAX_PART = 20 * MIB  # the largest honest part seen has 0.4 MB
MAX_PACKAGE = 40 * MIB  # kept in memory while it is looked at
MAX_RATIO = 100  # deflate reaches 1,000 on a bomb; XML of real tables stays near 20
RATIO_FROM = MIB  # small parts may compress well by chance
PIECE = 64 * 1024  # a part that lies about its size costs one piece, not the whole
MAX_TAGS = 1_500_000  # 200,000 cells with closing tags; what an XML tree costs is counted in elements
MAX_ROWS = 5_000  # openpyxl walks to the highest row and column, empty or not
MAX_COLUMNS = 200
MAX_CELLS = 200_000  # over the whole workbook, or over all tables of a Word file
MAX_AREA = 500_000  # highest row × highest column, summed: openpyxl makes a cell for each place it passes
MAX_STRINGS = 100_000
MAX_MERGES = 2_000  # over the whole workbook, as are the next two
MAX_MERGED_CELLS = 10_000  # openpyxl makes an object for each covered cell
MAX_LINKED_CELLS = 10_000  # and copies a hyperlink to each cell of its range
MAX_SPAN = 100  # columns one Word cell may cover: 20,000,000 costs python-docx 88 s
MAX_NESTING = 3  # tables within tables

RESAVE = "请用 Excel、Word 或 WPS 打开后“另存为”新的 .xlsx 或 .docx 文件再上传"
RESAVE_XLSX = "请用 Excel 或 WPS 打开后“另存为” .xlsx 再上传"
RESAVE_DOCX = "请用 Word 或 WPS 打开后“另存为” .docx 再上传"
ASK_AGAIN = "文件不完整或已损坏，请重新保存或重新下载原文件后再上传"


class Refused(Exception):
    """The file is not read at all; `str()` is one Chinese sentence with what, where and the way out."""


def inspect(data: bytes) -> str:
    """ "xlsx" or "docx", told by the package's own main part and never by a file name; raises `Refused` otherwise.

    Order: size, kind of bytes, zip container, XML, forbidden parts and links, then sheets or the Word text.
    """
    _check_size(data)
    _check_kind(data)
    package = Package(_inflate(data, _entries(data)))
    _check_tags(package)
    _check_xml(package)
    _check_forbidden(package)
    _check_relationships(package)
    kind = _kind(package)
    CONTENTS[kind](package)
    return kind


# What the bytes are ---------------------------------------------------------------------------------------------

ZIP = b"PK\x03\x04"
OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
OLE2_STREAMS = (  # names of streams stand in UTF-16 in the directory ([MS-CFB] 2.6.1, [MS-OFFCRYPTO] 2.3.4.4)
    ("EncryptedPackage", "这个文件设了打开密码，请先在 Excel、Word 或 WPS 里取消密码，保存后再上传。"),
    ("WordDocument", f"这是旧格式的 Word 文件（.doc），{RESAVE_DOCX}。"),
    ("Workbook", f"这是旧格式的 Excel 文件（.xls），{RESAVE_XLSX}。"),
    ("Book", f"这是旧格式的 Excel 文件（.xls），{RESAVE_XLSX}。"),
)
SIGNATURES = (
    (b"%PDF", "这是 PDF 文件，读不出表格里的数，请上传原来的 Excel（.xlsx）或 Word（.docx）文件。"),
    (b"\x89PNG", "这是图片，读不出表格里的数，请上传原来的 Excel（.xlsx）或 Word（.docx）文件。"),
    (b"\xff\xd8\xff", "这是图片，读不出表格里的数，请上传原来的 Excel（.xlsx）或 Word（.docx）文件。"),
    (b"Rar!", "这是压缩包，请先解压，再上传里面的 .xlsx 或 .docx 文件。"),
    (b"7z\xbc\xaf", "这是压缩包，请先解压，再上传里面的 .xlsx 或 .docx 文件。"),
    (b"{\\rtf", f"这是 RTF 文件，{RESAVE_DOCX}。"),
)
MARKUP = re.compile(rb"(?:\xef\xbb\xbf)?\s*<(?:!|\?|html|head|meta|table|div)", re.I)
CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def _check_size(data):
    if not data:
        raise Refused("这个文件是空的（0 字节），请重新选择文件后再上传。")
    if len(data) > MAX_FILE:
        raise Refused(f"文件有 {len(data) / MIB:.1f} MB，超过 5 MB 的上限，请删去图片等多余内容后再上传。")


def _check_kind(data):
    """Say what a file is that is no zip package, whatever its name says."""
    if data.startswith(ZIP):
        return
    if data.startswith(OLE2):
        raise Refused(_ole2(data))
    for signature, sentence in SIGNATURES:
        if data.startswith(signature):
            raise Refused(sentence)
    if MARKUP.match(data):
        raise Refused(f"这是改了扩展名的网页或 XML 表格，不是真正的 .xlsx 文件，{RESAVE_XLSX}。")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or not CONTROL.search(data[:4096]):
        raise Refused(f"这是文本文件（如 .csv），不是真正的 .xlsx 文件，{RESAVE_XLSX}。")
    raise Refused(f"这不是 Excel（.xlsx）或 Word（.docx）文件，或者文件已损坏，{RESAVE}。")


def _ole2(data):
    for name, sentence in OLE2_STREAMS:
        if name.encode("utf-16-le") in data:
            return sentence
    return f"这是旧格式的 Office 文件，{RESAVE}。"


# The container --------------------------------------------------------------------------------------------------

CENTRAL, END = b"PK\x01\x02", b"PK\x05\x06"
LOCAL = struct.Struct("<4s5H3L2H")  # APPNOTE 4.3.7
END_REACH = 65_535 + 22  # the end record with the longest comment
ENCRYPTED = 0x0001 | 0x0040 | 0x2000
STREAMED, UTF8 = 0x0008, 0x0800
ELSEWHERE = 0xFFFFFFFF  # the size stands in a zip64 field
METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
UNSAFE_NAME = re.compile(r"^/|^[A-Za-z]:|\\|\x00|(?:^|/)\.\.(?:/|$)")
BROKEN_ZIP = (zipfile.BadZipFile, NotImplementedError, ValueError, struct.error, EOFError, OverflowError, OSError)


@dataclass(frozen=True)
class Entry:
    """A zip entry and the byte ranges it occupies: header from `start`, data from `begin` to `end`."""

    info: zipfile.ZipInfo
    start: int
    begin: int
    end: int

    @property
    def name(self):
        return self.info.orig_filename


def _entries(data):
    """The package's entries with names, methods, sizes and places that hold together."""
    if data.count(CENTRAL) > MAX_ENTRIES + 1:  # before anything is built for each; one may occur by chance
        raise Refused(f"文件内部的部件超过 {MAX_ENTRIES} 个，不像正常的表格，{RESAVE}。")
    infos, directory = _directory(data)
    if len(infos) > MAX_ENTRIES:
        raise Refused(f"文件内部的部件有 {len(infos)} 个，超过 {MAX_ENTRIES} 个，{RESAVE}。")
    for info in infos:
        _check_entry(info)
    _check_names([info.orig_filename for info in infos])
    entries = [_located(data, info) for info in infos]
    _check_places(entries, directory)
    _check_declared(infos)
    return entries


def _directory(data):
    """(entries, where their list begins), read by the same module the readers use."""
    if data[-END_REACH:].count(END) > 1:  # two ends: two programs may read two different packages
        raise Refused(f"压缩结构有两个结尾，不同软件会读出不同内容，{RESAVE}。")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            return package.infolist(), package.start_dir
    except BROKEN_ZIP as error:
        raise Refused(f"{ASK_AGAIN}。") from error


def _check_entry(info):
    name = info.orig_filename
    if UNSAFE_NAME.search(name):
        raise Refused(f"{_file(name)}的路径不安全（含有 ..、反斜杠或从根目录开始），{RESAVE}。")
    if info.flag_bits & ENCRYPTED:
        raise Refused(f"{_file(name)}加了密，请先取消密码，保存后再上传。")
    if info.compress_type not in METHODS:
        raise Refused(f"{_file(name)}用了少见的压缩方式，{RESAVE}。")


def _check_names(names):
    """OPC part names are equal without regard to case; openpyxl would take the last of two."""
    for folded, count in Counter(name.casefold() for name in names).items():
        if count > 1:
            raise Refused(f"{_file(folded)}在文件里出现了 {count} 次，不知道以哪个为准，{RESAVE}。")


def _located(data, info):
    """The entry with its byte ranges; its own header must say what the package's list says."""
    start = info.header_offset
    if not 0 <= start <= len(data) - LOCAL.size:
        raise Refused(f"{_file(info.orig_filename)}的位置超出文件，{ASK_AGAIN}。")
    signature, _, flags, method, _, _, crc, packed, size, name, extra = LOCAL.unpack_from(data, start)
    begin = start + LOCAL.size + name + extra
    if flags & ENCRYPTED:
        raise Refused(f"{_file(info.orig_filename)}加了密，请先取消密码，保存后再上传。")
    told = data[start + LOCAL.size : start + LOCAL.size + name].decode("utf-8" if flags & UTF8 else "cp437", "replace")
    if signature != ZIP or told != info.orig_filename or method != info.compress_type:
        raise Refused(f"{_file(info.orig_filename)}前后登记不一致，{ASK_AGAIN}。")
    listed = (info.CRC, info.compress_size, info.file_size)
    if not flags & STREAMED and any(a not in (b, ELSEWHERE) for a, b in zip((crc, packed, size), listed, strict=True)):
        raise Refused(f"{_file(info.orig_filename)}前后登记的大小不一致，{ASK_AGAIN}。")
    return Entry(info, start, begin, begin + info.compress_size)


def _check_places(entries, directory):
    """Entries follow one another from the first byte to the list of entries, never sharing bytes."""
    before = 0
    for entry in sorted(entries, key=lambda entry: entry.start):
        if entry.start < before or entry.end > directory:
            raise Refused(f"{_file(entry.name)}与其他部件重叠，这是压缩炸弹的做法，{RESAVE}。")
        before = entry.end
    if entries and min(entry.start for entry in entries):
        raise Refused(f"文件开头藏有别的内容，{RESAVE}。")


def _check_declared(infos):
    for info in infos:
        if info.file_size > MAX_PART:
            raise Refused(f"{_file(info.orig_filename)}解压后超过 20 MB，请删去多余内容后再上传。")
    if sum(info.file_size for info in infos) > MAX_PACKAGE:
        raise Refused("文件解压后超过 40 MB，请删去图片等多余内容后再上传。")


def _inflate(data, entries):
    """{part name: bytes}; each part as long as declared and unharmed, folders left out."""
    return {entry.name: _part(data, entry) for entry in entries if not entry.name.endswith("/")}


def _part(data, entry):
    part, crc = bytearray(), 0
    try:
        for piece in PIECES[entry.info.compress_type](memoryview(data)[entry.begin : entry.end]):
            part += piece
            crc = zlib.crc32(piece, crc)
            _check_growth(part, entry)
    except zlib.error as error:
        raise Refused(f"{_file(entry.name)}解不开，{ASK_AGAIN}。") from error
    if len(part) != entry.info.file_size or crc != entry.info.CRC:
        raise Refused(f"{_file(entry.name)}的内容与登记的大小或校验码不符，{ASK_AGAIN}。")
    return part


def _check_growth(part, entry):
    if len(part) > entry.info.file_size:
        raise Refused(f"{_file(entry.name)}解压后比登记的大，这是压缩炸弹的做法，{RESAVE}。")
    if len(part) > RATIO_FROM and len(part) > MAX_RATIO * entry.info.compress_size:
        raise Refused(f"{_file(entry.name)}压缩了 {MAX_RATIO} 倍以上，这是压缩炸弹的做法，{RESAVE}。")


def _stored(raw):
    for start in range(0, len(raw), PIECE):
        yield raw[start : start + PIECE]


def _deflated(raw):
    """Inflated pieces of at most 64 KiB; the stream must end exactly where the entry ends."""
    stream = zlib.decompressobj(-zlib.MAX_WBITS)
    for waiting in _stored(raw):
        while waiting and not stream.eof:
            yield stream.decompress(waiting, PIECE)
            waiting = stream.unconsumed_tail
        if waiting:
            raise zlib.error("bytes after the end of the stream")
    while not stream.eof and (piece := stream.decompress(b"", PIECE)):
        yield piece
    if not stream.eof or stream.unused_data:
        raise zlib.error("the stream does not end with the entry")


PIECES = {zipfile.ZIP_STORED: _stored, zipfile.ZIP_DEFLATED: _deflated}


# Tags: exact for well-formed XML without a DOCTYPE, linear for anything -----------------------------------------

_ASIDE = rb"!--.*?-->|!\[CDATA\[.*?\]\]>|\?.*?\?>"
_NAME = rb"[^\s<>/:=\"'!?]++"
_ATTRIBUTES = rb"((?:[^<>\"']++|\"[^\"<]*+\"|'[^'<]*+')*+)"
_REST = rb"(?(closes)|(?:(?<!/>)([^<]*+)</[^<>]*+>)?+)"  # an opening tag's text and end, when nothing else is inside
_TAG = rb"(?P<closes>/)?+(?:" + _NAME + rb":)?+(%s)(?=[\s/>])" + _ATTRIBUTES + rb">" + _REST
EVERY_TAG = re.compile(rb"<(?:" + _TAG % _NAME + rb"|" + _ASIDE + rb"|())", re.S)
ATTRIBUTE = re.compile(rb"(?<=\s)([^\s=<>\"'/]++)\s*+=\s*+(?:\"([^\"]*+)\"|'([^']*+)')")
REFERENCE = re.compile(r"&(?:#x0*([0-9a-fA-F]{1,6})|#0*([0-9]{1,7})|(amp|lt|gt|quot|apos));")
NAMED = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}


def _only(*names):
    """A pattern for these tags alone; the regular expression engine passes the others by."""
    return re.compile(rb"<(?:" + _TAG % "|".join(names).encode() + rb"|" + _ASIDE + rb"|([!?]))", re.S)


def _tags(part, place, pattern=EVERY_TAG):
    """(name, "/" when it closes, attributes as written, text of an element with nothing else in it or None).

    Such an element counts as one tag; names come without prefix.
    """
    for match in _matches(part, place, pattern):
        closes, name, attributes, text, _ = match.groups()
        if name:
            yield name, closes, attributes, text


def _matches(part, place, pattern):
    """The pattern's matches up to the first "<" that begins nothing; going on from there would take quadratic time."""
    for match in pattern.finditer(part):
        if match[pattern.groups] is not None:
            raise Refused(f"{place}不是完好的 XML，{ASK_AGAIN}。")
        yield match


def _childless(attributes, text):
    return text is not None or attributes.endswith(b"/")


def _attributes(raw):
    """{name as written: value as written} of a tag."""
    return {name: double or single for name, double, single in ATTRIBUTE.findall(raw)}


def _texts(raw):
    """{name without prefix: value} of a tag, character references resolved."""
    return {_text(name).split(":")[-1]: _text(value) for name, value in _attributes(raw).items()}


def _text(raw):
    text = bytes(raw).decode("utf-8", "replace")
    return REFERENCE.sub(_referred, text) if "&" in text else text


def _referred(match):
    hexadecimal, decimal, name = match.groups()
    if name:
        return NAMED[name]
    number = int(hexadecimal, 16) if hexadecimal else int(decimal)
    return chr(number) if number <= 0x10FFFF else "\ufffd"


# The package ----------------------------------------------------------------------------------------------------

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

    def __init__(self, parts):
        self.parts = parts
        self.defaults, self.overrides, self.folded = {}, {}, {}
        for _, _, raw, _ in _tags(self._content_types(), PLACES[CONTENT_TYPES], _only("Default", "Override")):
            self._declare(_texts(raw))

    def _content_types(self):
        if CONTENT_TYPES in self.parts:
            return self.parts[CONTENT_TYPES]
        if b"opendocument" in self.parts.get("mimetype", b""):
            raise Refused(f"这是 OpenDocument 文件（.ods 或 .odt），{RESAVE}。")
        raise Refused("这是普通压缩包，不是 Excel 或 Word 文件，请先解压，再上传里面的 .xlsx 或 .docx 文件。")

    def _declare(self, texts):
        told = texts.get("ContentType", "")
        if "Extension" in texts:
            self.defaults[texts["Extension"].casefold()] = told
        elif "PartName" in texts:
            name = texts["PartName"].removeprefix("/")
            if name.casefold() in self.folded:
                raise Refused(f"{_file(name)}在部件目录里登记了两次，{RESAVE}。")
            self.overrides[name] = self.folded[name.casefold()] = told

    def content_type(self, name):
        """The type the package declares for a part, by name (in any case, OPC 9.1.1) or else by extension."""
        return self.folded.get(name.casefold()) or self.defaults.get(name.rpartition(".")[2].casefold(), "")

    def links(self, owner):
        """The relationships of a part ("" for the package itself)."""
        folder, base = posixpath.split(owner)
        name = posixpath.join(folder, "_rels", f"{base}.rels")
        return _relationships(self.parts.get(name, b""), PLACES.get(name) or _file(name))

    @cached_property
    def main(self):
        """The one part the package's own relationships call its document."""
        mains = [link for link in self.links("") if link.type.endswith("/relationships/officeDocument")]
        parts = {_resolved("", link.target) for link in mains}
        if len(mains) != 1 or not parts <= self.parts.keys():
            raise Refused(f"文件里找不到唯一的工作簿或正文，{RESAVE}。")
        return parts.pop()

    @cached_property
    def listed(self):
        """[(name, part)] of sheets as openpyxl will find them: any tag with a sheetId, through the relationships."""
        targets = {link.id: _resolved(self.main, link.target) for link in self.links(self.main)}
        tags = [_texts(raw) for _, _, raw, _ in _tags(self.parts[self.main], PLACES[DEFAULT_WORKBOOK])]
        return [(tag.get("name", ""), targets.get(tag.get("id", ""), "")) for tag in tags if "sheetId" in tag]

    @cached_property
    def sheets(self):
        """{part: the name on the sheet's tab}; {} when it cannot be told."""
        try:
            return {} if "word" in self.content_type(self.main) else {part: name for name, part in self.listed}
        except Refused:
            return {}

    def place(self, name):
        """A part in words: 工作表“收支总表”."""
        if name in self.sheets:
            return f"工作表“{_short(self.sheets[name])}”"
        if name.endswith(".rels"):
            owner = _owner(name)
            return f"{self.place(owner)}的链接" if owner else "文件的总链接"
        return PLACES.get(name) or _file(name)


def _short(text):
    """A name from the file, fit for a sentence: printable and not endless."""
    shown = "".join(c if c.isprintable() else "?" for c in text)
    return shown if len(shown) <= 60 else shown[:60] + "…"


def _file(name):
    return f"文件内部的“{_short(name)}”"


def _owner(name):
    folder, base = posixpath.split(name)
    return posixpath.join(posixpath.dirname(folder), base.removesuffix(".rels"))


def _relationships(part, place):
    """Whatever has a target: openpyxl takes any child element for a relationship."""
    return [_relationship(texts) for _, _, raw, _ in _tags(part, place) if "Target" in (texts := _texts(raw))]


def _relationship(texts):
    external = texts.get("TargetMode", "").strip().casefold() == "external"
    return Relationship(texts.get("Id", ""), texts.get("Type", ""), texts["Target"], external)


def _resolved(owner, target):
    """The part a target names, the way openpyxl resolves it."""
    if target.startswith("/"):
        return target[1:]
    return posixpath.normpath(posixpath.join(posixpath.dirname(owner), target))


def _kind(package):
    """ "xlsx" or "docx" by the main part's content type; root link and content types must agree."""
    main = package.main
    told = package.content_type(main)
    if told not in KINDS:
        raise Refused(_other(told))
    named = [name for name, type_ in package.overrides.items() if type_ in KINDS]
    if named != [main] and (named or main != DEFAULT_WORKBOOK):
        raise Refused(f"文件里有不止一个工作簿或正文，不知道以哪个为准，{RESAVE}。")
    if STRICT in package.parts[main]:
        raise Refused(f"这是“Strict Open XML”格式，本系统读不了，{RESAVE}（类型选普通的 .xlsx 或 .docx）。")
    return KINDS[told]


def _other(told):
    if "presentationml" in told:
        return "这是演示文稿（PPT），请上传 Excel（.xlsx）或 Word（.docx）文件。"
    if "template" in told:
        return f"这是模板文件（.xltx 或 .dotx），{RESAVE}。"
    return f"这不是 Excel 工作簿或 Word 文档，{RESAVE}。"


# XML, forbidden parts, links ------------------------------------------------------------------------------------

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


def _check_tags(package):
    """Bounds what any reader of these parts can be made to build."""
    if sum(part.count(b"<") for part in package.parts.values()) > MAX_TAGS:
        raise Refused(f"文件内容过多（标记超过 {MAX_TAGS // 10_000} 万个），请删去多余的行、列和样式后再上传。")


def _check_xml(package):
    for name, part in package.parts.items():
        if _is_xml(name, part, package.content_type(name)):
            _check_encoding(part, partial(package.place, name))
            if b"<!DOCTYPE" in part or b"<!ENTITY" in part:
                raise Refused(f"{package.place(name)}里有 DOCTYPE 或 ENTITY 声明，正常的文件没有，{RESAVE}。")


def _is_xml(name, part, content_type):
    """By name, by declared type, or by its first character in any encoding: readers go by none of them alone."""
    if name.lower().endswith((".xml", ".rels", ".vml")) or "xml" in content_type.lower():
        return True
    return bytes(part[:64]).lstrip(b"\xef\xbb\xbf\xfe\xff\x00 \t\r\n").startswith(b"<")


def _check_encoding(part, place):
    """UTF-8 or ASCII only; a NUL or a first character other than "<" means some other encoding."""
    start = bytes(part[:256]).removeprefix(BOM)
    declaration = DECLARATION.match(start)
    told = ENCODING.search(declaration[0]) if declaration else None
    if told and told[1].lower() not in ENCODINGS:
        raise Refused(f"{place()}的文字编码是 {_short(_text(told[1]))}，只能读 UTF-8，{RESAVE}。")
    if b"\x00" in part or not start.lstrip().startswith(b"<") or (start.startswith(b"<?xml") and not declaration):
        raise Refused(f"{place()}的文字编码不是 UTF-8（可能是 UTF-16）或已损坏，{RESAVE}。")


def _check_forbidden(package):
    for name in package.parts:
        _check_words(f"{name} {package.content_type(name)}", partial(package.place, name))


def _check_words(words, place):
    for word, what, remedy in FORBIDDEN:
        if word in words.lower():
            raise Refused(f"{place()}里有{what}，{remedy}。")


def _check_relationships(package):
    for name in package.parts:
        if name.lower().endswith(".rels") or package.content_type(name).endswith("relationships+xml"):
            _check_links(_relationships(package.parts[name], package.place(name)), package.place(_owner(name)))


def _check_links(links, place):
    if len({link.id for link in links}) != len(links):
        raise Refused(f"{place}的链接编号重复，不知道以哪个为准，{RESAVE}。")
    for link in links:
        _check_words(link.type, lambda: place)
        if link.external and not link.type.endswith("/relationships/hyperlink"):
            what, remedy = OUTSIDE.get(link.type.rpartition("/")[2], LINK_ELSEWHERE)
            raise Refused(f"{place}{what}（{_short(link.target)}），{remedy}。")


# Workbooks ------------------------------------------------------------------------------------------------------

ROW = re.compile(rb"[1-9][0-9]{0,6}")
CELL = re.compile(rb"([A-Za-z]{1,3})([1-9][0-9]{0,6})")
RANGE = re.compile(rb"\$?([A-Za-z]{1,3})\$?([1-9][0-9]{0,6})(?::\$?([A-Za-z]{1,3})\$?([1-9][0-9]{0,6}))?")
NUMBER = re.compile(rb"\s*[+-]?(?:[0-9]{1,40}(?:\.[0-9]{0,60})?|\.[0-9]{1,60})(?:[eE][+-]?[0-9]{1,4})?\s*")
INDEX = re.compile(rb"[0-9]{1,7}")
BOOLEAN = re.compile(rb"[01]")
_PLAIN = (  # a whole cell as Excel, WPS and openpyxl write it: column, row, type, value
    rb"c r=\"([A-Z]{1,3})([1-9][0-9]{0,6})\"(?: s=\"[0-9]+\")?(?: t=\"(n|s|b|e|str|inlineStr|d)\")? ?"
    rb"(?:/>|>(?:<f>[^<]*+</f>)?+(?:<v>([^<]*+)</v>|<is><t[^<>]*+>[^<]*+</t></is>)?+</c>)"
)
SHEET_TAG = re.compile(rb"<(?:" + _PLAIN + rb"|" + _TAG % _NAME + rb"|" + _ASIDE + rb"|())", re.S)
TYPES = {b"n", b"s", b"b", b"e", b"str", b"inlineStr", b"d"}  # ECMA-376 18.18.11
KEY = 1 << 10  # row × KEY + column names a cell; columns stay below it


def _check_workbook(package):
    _check_listed(package)
    book = Workbook(package)
    declared = [part for part in package.parts if package.content_type(part) == WORKSHEET]
    for part in dict.fromkeys([part for _, part in package.listed] + declared):  # also those no sheet points to
        Sheet(book, part).check()


def _check_listed(package):
    """Each listed sheet has a part of its own: openpyxl skips a missing one and reads a shared one again each time."""
    if not package.listed:
        raise Refused(f"工作簿里没有工作表，{RESAVE_XLSX}。")
    seen = set()
    for name, part in package.listed:
        if part not in package.parts:
            raise Refused(f"工作表“{_short(name)}”的内容不在文件里，{RESAVE_XLSX}。")
        if part in seen:
            raise Refused(f"工作表“{_short(name)}”与另一张工作表共用同一份内容，{RESAVE_XLSX}。")
        seen.add(part)


class Workbook:
    """What is counted over all sheets, and the shared strings they point into."""

    def __init__(self, package):
        self.package = package
        self.cells = self.area = self.merges = self.merged = self.linked = 0
        self.strings = self._count_strings()

    def _count_strings(self):
        """How many shared strings openpyxl will find: those of the first part declared as such."""
        part = next((name for name, told in self.package.overrides.items() if told == SHARED_STRINGS), None)
        if part not in self.package.parts:
            return 0
        tags = _tags(self.package.parts[part], self.package.place(part), _only("si"))
        count = sum(1 for _, closes, _, _ in tags if not closes)
        if count > MAX_STRINGS:
            raise Refused(f"工作簿里的文字超过 {MAX_STRINGS} 条，请删去多余内容后再上传。")
        return count

    def count(self, what, number, limit, sentence):
        """Add to a total and refuse beyond its limit."""
        total = getattr(self, what) + number
        setattr(self, what, total)
        if total > limit:
            raise Refused(sentence)


class Sheet:
    """One worksheet part, walked tag by tag the way openpyxl walks it: any row anywhere, implicit numbers counted."""

    def __init__(self, book, part):
        self.book, self.part, self.data = book, part, book.package.parts[part]
        self.place = book.package.place(part)
        self.row = self.column = self.last_row = self.last_column = 0
        self.seen, self.merged, self.type = set(), set(), b"n"

    def check(self):
        """Raise Refused for the first thing that stands against this sheet."""
        self.depth = 0  # 0 outside rows, 1 in a row, 2 in a cell, 3 in its value
        for match in _matches(self.data, self.place, SHEET_TAG):
            letters, row, type_, value, *tag, _ = match.groups()
            if letters:
                self._plain(letters, row, type_, value)
            elif tag[1]:
                self._tag(*tag)
        self._close()

    def _plain(self, letters, row, type_, value):
        if self.depth != 1:  # outside a row, or in another cell: nothing to any reader
            return
        self.here, self.type = (int(row), _column(letters)), type_ or b"n"
        self._note(*self.here)
        if value:
            self._value(b"", value)

    def _tag(self, closes, name, raw, text):
        if closes:
            self.depth -= self.depth > 0
            return
        if self.depth == 1:
            self._cell(name, _attributes(raw))
        elif self.depth == 2 and name == b"v":
            self._value(raw, text)
        elif name in self.WATCHED:
            self.WATCHED[name](self, _attributes(raw))
        if (self.depth or name == b"row") and not _childless(raw, text):
            self.depth += 1

    def _close(self):
        self._check_comments()
        self._check_area()
        self.book.cells += len(self.seen)

    def _row(self, attributes):
        number = attributes.get(b"r")
        if self.depth or (number is not None and not ROW.fullmatch(number)):
            raise Refused(f"{self.place}第 {self.row} 行之后的行号“{_shown(number)}”不对，{RESAVE_XLSX}。")
        self.row = self.row + 1 if number is None else int(number)
        self.column = 0
        self._check_row(self.row)

    def _cell(self, name, attributes):
        """openpyxl takes any child of a row for a cell, and counts on where it has no reference."""
        if name != b"c":
            raise Refused(f"{self.place}第 {self.row} 行里有不是单元格的内容，{RESAVE_XLSX}。")
        self.here = self._position(attributes.get(b"r"))
        self.type = attributes.get(b"t", b"n")
        if self.type not in TYPES or not attributes.get(b"s", b"0").isdigit():
            raise Refused(f"{self.place}单元格 {self._name()} 的类型或样式不对，{RESAVE_XLSX}。")
        self._note(*self.here)

    def _position(self, reference):
        if not reference:
            return self.row, self.column + 1
        match = CELL.fullmatch(reference)
        if not match:
            raise Refused(f"{self.place}第 {self.row} 行的单元格编号“{_shown(reference)}”不对，{RESAVE_XLSX}。")
        return int(match[2]), _column(match[1])

    def _check_row(self, row):
        if row > MAX_ROWS:
            raise Refused(
                f"{self.place}用到了第 {row} 行，最多 {MAX_ROWS} 行，请选中并删除表格下方多余的行，保存后再上传。"
            )

    def _check_column(self, column, row):
        if column > MAX_COLUMNS:
            raise Refused(
                f"{self.place}用到了第 {column} 列（{_letters(column)}{row}），最多 {MAX_COLUMNS} 列，"
                "请选中并删除表格右侧多余的列，保存后再上传。"
            )

    def _note(self, row, column):
        self.column = column
        self._reach(row, column)
        key = row * KEY + column
        if key in self.seen:
            raise Refused(f"{self.place}单元格 {self._name()} 出现了两次，不知道以哪个为准，{RESAVE_XLSX}。")
        self.seen.add(key)
        if self.book.cells + len(self.seen) > MAX_CELLS:
            raise Refused(f"到{self.place}为止单元格超过 {MAX_CELLS // 10_000} 万个，请删去多余的行和列后再上传。")

    def _reach(self, row, column):
        """Something stands here: openpyxl's sheet grows up to it."""
        if row > self.last_row:
            self._check_row(row)
            self.last_row = row
        if column > self.last_column:
            self._check_column(column, row)
            self.last_column = column

    def _name(self):
        row, column = self.here
        return f"{_letters(column)}{row}"

    def _value(self, raw, text):
        """The text of a cell's value; openpyxl refuses the whole workbook for one that does not fit the cell's type."""
        if not _childless(raw, text):
            raise Refused(f"{self.place}单元格 {self._name()} 的值里夹有注释或标记，{RESAVE_XLSX}。")
        if text and not self._fits(text if b"&" not in text else _text(text).encode()):
            raise Refused(self._misfit(_text(text)))

    def _fits(self, text):
        if self.type == b"n":
            return NUMBER.fullmatch(text)
        if self.type == b"s":
            return INDEX.fullmatch(text) and int(text) < self.book.strings
        if self.type == b"b":
            return BOOLEAN.fullmatch(text)
        return self.type != b"d" or _is_date(_text(text))

    def _misfit(self, text):
        shown = f"{self.place}单元格 {self._name()} "
        if self.type == b"n":
            return f"{shown}的数值“{_short(text)}”不是数字，请在 Excel 或 WPS 里改成数字（半角），保存后再上传。"
        if self.type == b"s":
            return f"{shown}引用了不存在的第 {_short(text)} 条文字，{RESAVE_XLSX}。"
        return f"{shown}的值“{_short(text)}”与单元格类型不符，请重新填写这个单元格，保存后再上传。"

    def _merge(self, attributes):
        first, last = self._range(attributes.get(b"ref", b""), "合并单元格")
        area = _area(first, last)
        remedy = "请取消多余的合并单元格，保存后再上传"
        self.book.count("merges", 1, MAX_MERGES, f"到{self.place}为止合并单元格超过 {MAX_MERGES} 处，{remedy}。")
        sentence = f"{self.place}处合并单元格覆盖的范围超过 {MAX_MERGED_CELLS} 格，{remedy}。"
        self.book.count("merged", area, MAX_MERGED_CELLS, sentence)
        covered = {row * KEY + column for row, column in _places(first, last)}
        if self.merged & covered:
            raise Refused(f"{self.place}的合并单元格“{_shown(attributes[b'ref'])}”与另一处重叠，{remedy}。")
        self.merged |= covered

    def _link(self, attributes, what="超链接"):
        """A hyperlink or comment: openpyxl makes every cell it names."""
        first, last = self._range(attributes.get(b"ref", b""), what)
        sentence = f"{self.place}处{what}覆盖的范围超过 {MAX_LINKED_CELLS} 格，请删除多余的{what}，保存后再上传。"
        self.book.count("linked", _area(first, last), MAX_LINKED_CELLS, sentence)

    def _range(self, reference, what):
        """((row, column), (row, column)) of a reference like A1:B2, within the sheet's limits."""
        match = RANGE.fullmatch(reference)
        if not match:
            raise Refused(f"{self.place}的{what}范围“{_shown(reference)}”不对，{RESAVE_XLSX}。")
        first = int(match[2]), _column(match[1])
        last = (int(match[4]), _column(match[3])) if match[3] else first
        if first[0] > last[0] or first[1] > last[1]:
            raise Refused(f"{self.place}的{what}范围“{_shown(reference)}”前后颠倒，{RESAVE_XLSX}。")
        self._reach(*last)
        return first, last

    def _check_comments(self):
        """Comments stand in a part of their own, reached by the sheet's relationships."""
        for link in self.book.package.links(self.part):
            if "comments" in link.type.lower():
                self._comments(self.book.package.parts.get(_resolved(self.part, link.target), b""))

    def _comments(self, part):
        for _, _, raw, _ in _tags(part, f"{self.place}的批注"):
            if b"ref" in (attributes := _attributes(raw)):
                self._link(attributes, "批注")

    def _check_area(self):
        sentence = (
            f"{self.place}的内容散布到 {_letters(self.last_column or 1)}{self.last_row}，整个工作簿的范围过大，"
            "请选中并删除下方和右侧多余的行和列，保存后再上传。"
        )
        self.book.count("area", self.last_row * self.last_column, MAX_AREA, sentence)

    WATCHED = {b"row": _row, b"mergeCell": _merge, b"hyperlink": _link}  # wherever they stand


def _area(first, last):
    return (last[0] - first[0] + 1) * (last[1] - first[1] + 1)


def _places(first, last):
    return ((row, column) for row in range(first[0], last[0] + 1) for column in range(first[1], last[1] + 1))


def _shown(raw):
    """A raw attribute as it stands in the file, references unresolved: that is what is wrong with it."""
    return _short(bytes(raw or b"").decode("utf-8", "replace"))


@cache
def _column(letters):
    """
    >>> _column(b"A"), _column(b"gr")
    (1, 200)
    """
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number


def _letters(column):
    """
    >>> _letters(1), _letters(200), _letters(703)
    ('A', 'GR', 'AAA')
    """
    letters = ""
    while column:
        column, place = divmod(column - 1, 26)
        letters = chr(65 + place) + letters
    return letters


def _is_date(text):
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True


# Word -----------------------------------------------------------------------------------------------------------

TRACKED = {b"ins", b"del", b"moveFrom", b"moveTo", b"cellIns", b"cellDel", b"cellMerge"}  # ECMA-376 17.13.5
GRID = {b"gridSpan": 1, b"gridBefore": 0, b"gridAfter": 0}  # {tag: smallest value}
WORD_TAGS = _only("tbl", "tc", *(name.decode() for name in (*GRID, *sorted(TRACKED))))
COUNT = re.compile(rb"[0-9]{1,3}")


def _check_word(package):
    WordText(package.parts[package.main]).check()


class WordText:
    """The main part of a Word document: tables, their nesting and spans, tracked changes."""

    def __init__(self, part):
        self.part = part
        self.depth = self.tables = self.cells = 0

    def check(self):
        """Raise Refused for the first thing that stands against this text."""
        for name, closes, raw, text in _tags(self.part, "Word 正文", WORD_TAGS):
            if name == b"tbl":
                self._table(closes, _childless(raw, text))
            elif not closes:
                self._inside(name, raw)

    def place(self):
        return f"Word 正文第 {self.tables} 个表格" if self.depth else "Word 正文"

    def _table(self, closes, childless):
        if closes:
            self.depth -= 1
        elif not childless:
            self.tables += not self.depth
            self.depth += 1
        if self.depth > MAX_NESTING:
            raise Refused(f"{self.place()}里表格套表格超过 {MAX_NESTING} 层，请拆开嵌套的表格，保存后再上传。")

    def _inside(self, name, raw):
        if name in TRACKED:
            raise Refused(f"{self.place()}里有未处理的修订（插入、删除或移动），请先接受全部修订，保存后再上传。")
        if name in GRID:
            self._count(self._columns(name, raw))
        elif name == b"tc":
            self._count(1)

    def _columns(self, name, raw):
        """How many grid columns a cell covers or a row leaves out."""
        values = [value for key, value in _attributes(raw).items() if key.rpartition(b":")[2] == b"val"]
        value = values[0] if values else b""
        if not COUNT.fullmatch(value) or not GRID[name] <= int(value) <= MAX_SPAN:
            raise Refused(
                f"{self.place()}里有单元格横跨“{_shown(value)}”列，只能是 {GRID[name]} 到 {MAX_SPAN} 列，"
                "请拆分该单元格，保存后再上传。"
            )
        return int(value)

    def _count(self, number):
        self.cells += number
        if self.cells > MAX_CELLS:
            raise Refused(f"{self.place()}处单元格总数超过 {MAX_CELLS // 10_000} 万个，请删去多余的表格后再上传。")


CONTENTS = {"xlsx": _check_workbook, "docx": _check_word}
