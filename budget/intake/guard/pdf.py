"""A PDF by its bytes (ISO 32000-1): size, objects, what could run, what inflates beyond measure.

Names may be written in hexadecimal (/J#61vaScript) and objects may lie inside of compressed streams: the reader looks
at every object again with its own parser, in its child (`intake/pdf/inside.py`). What is found here costs no child.
"""

import re
import zlib
from collections.abc import Iterator

from budget.intake.guard.limits import MAX_INFLATED, MAX_OBJECTS, MAX_STREAM, PIECE
from budget.intake.guard.refusal import RESAVE_PDF, Refused

RUNS = "会自动运行的内容"
FORBIDDEN = {  # {name: what it stands for}; 12.6.4, 7.11.4, 12.7.8
    "Encrypt": "密码或权限限制",
    "JavaScript": f"{RUNS}（JavaScript）",
    "JS": f"{RUNS}（JavaScript）",
    "Launch": f"{RUNS}（启动其他程序）",
    "EmbeddedFile": "嵌入的其他文件",
    "EmbeddedFiles": "嵌入的其他文件",
    "XFA": "动态表单（XFA）",
    "RichMedia": "嵌入的音视频或动画",
}
STREAM, END = re.compile(rb"stream\r?\n"), b"endstream"
LOOK_BACK = 2_000  # bytes: a stream's dictionary stands before it


def sentence(name: str) -> str:
    """Why a PDF with this name in it is refused."""
    return f"这个 PDF 文件里有{FORBIDDEN[name]}，{RESAVE_PDF}。"


def _spelled(name: str) -> str:
    """A pattern for a name with any of its letters in hexadecimal: J, #4a or #4A (7.3.5)."""
    return "".join(f"(?:{letter}|#(?i:{ord(letter):02x}))" for letter in name)


NAMES = re.compile(
    b"/(?:"
    + "|".join(f"(?P<{name}>{_spelled(name)})" for name in FORBIDDEN).encode()
    + rb")(?=[\x00\t\n\f\r ()<>\[\]{}/%]|$)"
)


def check_pdf(data: bytes) -> None:
    """Refuse a PDF for what it holds, or for how much."""
    if max(data.count(b" obj"), data.count(END)) > MAX_OBJECTS:
        raise Refused(f"这个 PDF 文件里的对象超过 {MAX_OBJECTS} 个，不像正常的预算文件，{RESAVE_PDF}。")
    inflated = 0
    for begin, until, stream in _regions(data):
        if match := NAMES.search(data, begin, until):
            raise Refused(sentence(str(match.lastgroup)))
        if not _is_picture(data, begin, until):
            inflated += _inflated(stream)
        if inflated > MAX_INFLATED:
            raise Refused(_bomb())


def _regions(data: bytes) -> Iterator[tuple[int, int, memoryview]]:
    """(begin, end, the stream after it) of what stands outside of streams: names in compressed bytes are chance."""
    begin, view = 0, memoryview(data)
    while match := STREAM.search(data, begin):
        end = data.find(END, match.end())
        if end < 0:
            break
        yield begin, match.end(), view[match.end() : end]
        begin = end + len(END)
    yield begin, len(data), view[:0]


def _is_picture(data: bytes, begin: int, until: int) -> bool:
    """A picture is never inflated by the reader, and may well be large."""
    return data.find(b"/Image", max(begin, until - LOOK_BACK), until) >= 0


def _inflated(stream: memoryview) -> int:
    """How long a stream is when inflated, 0 when it is none that inflates; found piece by piece."""
    engine, size, rest = zlib.decompressobj(), 0, bytes(stream[:PIECE])
    for begin in range(PIECE, len(stream) + PIECE, PIECE):
        while rest and not engine.eof:
            try:
                size += len(engine.decompress(rest, PIECE))
            except zlib.error:
                return size
            if size > MAX_STREAM:
                raise Refused(_bomb())
            rest = engine.unconsumed_tail
        rest = bytes(stream[begin : begin + PIECE])
    return size


def _bomb() -> str:
    return f"这个 PDF 文件里的内容解压后太大，这是压缩炸弹的做法，{RESAVE_PDF}。"
