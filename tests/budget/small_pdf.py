"""A writer of small PDF files: Chinese text at places, strokes, and ruled tables; objects as a test wants them.

Text is written in the predefined code of Adobe-GB1, so that no font needs to be embedded (ISO 32000-1, 9.7.5.2).
"""

from dataclasses import dataclass, field

WIDTH, HEIGHT = 842, 595  # A4, lying
SIZE = 10
PITCH = 14
FONT = (
    b"<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UTF16-H/DescendantFonts["
    b"<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/CIDSystemInfo"
    b"<</Registry(Adobe)/Ordering(GB1)/Supplement 4>>/DW 1000/W[1 95 500]>>]>>"
)


@dataclass
class Page:
    """What is drawn on a page, in points from its upper left corner; more: further entries of its dictionary."""

    drawn: list[str] = field(default_factory=list)
    more: bytes = b"/MediaBox[0 0 %d %d]" % (WIDTH, HEIGHT)

    def text(self, x, y, text, size=SIZE):
        """A text whose line ends above y."""
        self.drawn.append(f"BT /F {size} Tf {x:.2f} {HEIGHT - y + 2:.2f} Td <{text.encode('utf-16-be').hex()}> Tj ET")
        return self

    def stroke(self, x0, y0, x1, y1):
        """A straight stroke."""
        self.drawn.append(f"{x0:.2f} {HEIGHT - y0:.2f} m {x1:.2f} {HEIGHT - y1:.2f} l S")
        return self

    def table(self, x, y, widths, rows, uprights=None, height=PITCH + 2):
        """A ruled table; a cell with line breaks makes its row higher. Returns the y of its lower edge."""
        edges = [x + sum(widths[:n]) for n in range(len(widths) + 1)]
        for column in range(len(edges)) if uprights is None else uprights:
            deep = sum(height_of(row, height) for row in rows)
            self.stroke(edges[column], y, edges[column], y + deep)
        for row in rows:
            self.stroke(edges[0], y, edges[-1], y)
            for edge, cell in zip(edges, row, strict=False):
                for line, text in enumerate(cell.split("\n") if cell else ()):
                    self.text(edge + 2, y + PITCH * (line + 1), text)
            y += height_of(row, height)
        self.stroke(edges[0], y, edges[-1], y)
        return y


def height_of(row, height=PITCH + 2):
    """How high a row of a table is."""
    return height + PITCH * max((cell or "").count("\n") for cell in row)


def pdf(*pages, objects=(), catalog=b""):
    """The bytes of a file. objects: further ones, numbered from 1000 on; catalog: further entries of the root."""
    kids = b" ".join(b"%d 0 R" % (10 + 2 * n) for n in range(len(pages)))
    bodies = {
        1: b"<</Type/Catalog/Pages 2 0 R" + catalog + b">>",
        2: b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(pages), kids),
        3: FONT,
    }
    for n, page in enumerate(pages):
        bodies[10 + 2 * n] = b"<</Type/Page/Parent 2 0 R/Resources<</Font<</F 3 0 R>>>>/Contents %d 0 R%s>>" % (
            11 + 2 * n,
            page.more,
        )
        bodies[11 + 2 * n] = stream("\n".join(page.drawn).encode())
    return _written(bodies | dict(enumerate(objects, 1000)))


def stream(data, more=b""):
    """An object with a stream."""
    return b"<</Length %d%s>>\nstream\n%s\nendstream" % (len(data), more, data)


def _written(bodies):
    out, offsets = bytearray(b"%PDF-1.7\n"), {}
    for number, body in bodies.items():
        offsets[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%d 1\n%010d 00000 n \n" % (number, at) for number, at in offsets.items())
    trailer = b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (max(bodies) + 1, len(out))
    return bytes(out + b"xref\n" + table + trailer)
