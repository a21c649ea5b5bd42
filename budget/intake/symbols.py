"""Characters that Word keeps as a place in a symbol font (`w:sym`): those that are plain characters, by font.

A place that is not listed is shown as U+FFFD, so that somebody asks what stood there: a sign left out may be a ≥.
"""

_SYMBOL = {  # Adobe's Symbol encoding, which the font of that name follows
    0xA3: "≤", 0xA5: "∞", 0xAB: "↔", 0xAC: "←", 0xAD: "↑", 0xAE: "→", 0xAF: "↓", 0xB0: "°", 0xB1: "±", 0xB3: "≥",
    0xB4: "×", 0xB7: "•", 0xB8: "÷", 0xB9: "≠", 0xBB: "≈", 0xBC: "…",
}  # fmt: skip
_WINGDINGS = {
    0x6C: "●", 0x6E: "■", 0x6F: "□", 0x70: "□", 0x75: "◆", 0x9F: "•", 0xA7: "▪", 0xA8: "□", 0xD8: "➢", 0xE0: "→",
    0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑",
}  # fmt: skip
_WINGDINGS_2 = {0x50: "✓", 0x4F: "✗", 0x51: "☒", 0x52: "☑", 0xA3: "□"}
_FONTS = {"symbol": _SYMBOL, "wingdings": _WINGDINGS, "wingdings 2": _WINGDINGS_2}
_AS_ASCII = "0123456789%()+,./:;<=>[]{}|"  # what Symbol keeps where ASCII has it
_PRIVATE = range(0xF000, 0xF100)  # where Word puts the places of a symbol font
UNKNOWN = "\ufffd"


def symbol(font: str, code: str) -> str:
    """The character at a place (hexadecimal, as `w:char` has it) of a font.

    >>> symbol("Symbol", "F0B3"), symbol("Wingdings", "F0FE"), symbol("宋体", "4E07"), symbol("Webdings", "F061")
    ('≥', '☑', '万', '�')
    """
    try:
        number = int(code, 16)
    except ValueError:
        return UNKNOWN
    known = _FONTS.get(font.casefold())
    place = number - _PRIVATE.start if number in _PRIVATE else number
    if known is None:
        return UNKNOWN if number in _PRIVATE else _plain(number)
    if font.casefold() == "symbol" and place < 0x80 and chr(place) in _AS_ASCII:
        return chr(place)
    return known.get(place, UNKNOWN)


def _plain(number: int) -> str:
    character = chr(number) if number < 0x110000 else UNKNOWN
    return character if character.isprintable() else UNKNOWN
