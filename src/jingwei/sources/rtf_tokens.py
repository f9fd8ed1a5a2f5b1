"""The grammar of RTF: groups, control words, bytes, and the code pages of its fonts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

_TOKEN: Final = re.compile(
    rb"\\([a-zA-Z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z])|([{}])|[\r\n\0]+|([^\\{}\r\n\0]+)", re.DOTALL
)
# Groups whose content is no text of the document.
SKIPPED: Final = frozenset({
    "colortbl", "info", "pict", "header", "headerl", "headerr", "headerf", "footer", "footerl", "footerr", "footerf",
    "annotation", "atnid", "atnauthor", "atntime", "atndate", "atnref", "atnparent", "fldinst", "objdata", "objclass",
    "objname", "sp", "shprslt", "nonshppict", "themedata", "datastore", "listtable", "listoverridetable", "revtbl",
    "rsidtbl", "generator", "xmlnstbl", "pn", "filetbl", "ud", "xe", "tc", "txe", "rxe", "private", "ftnsep",
    "ftnsepc", "aftnsep", "aftnsepc", "bkmkstart", "bkmkend", "falt", "panose", "fname", "keywords", "template",
    "mmathPr", "wgrffmtfilter", "blipuid", "pgptbl", "userprops",
})  # fmt: skip
STARRED_KEPT: Final = frozenset({"shpinst", "footnote", "do"})
SIGNS: Final = {
    "tab": "\t", "line": "\n", "lbr": "\n", "emdash": "—", "endash": "–", "bullet": "•", "lquote": "‘", "rquote": "’",
    "ldblquote": "“", "rdblquote": "”", "emspace": "\u3000", "enspace": " ", "qmspace": " ",
}  # fmt: skip
SYMBOLS: Final = {"~": " ", "_": "-", "\\": "\\", "{": "{", "}": "}"}
_CHARSET_CODECS: Final = {
    128: "cp932", 129: "cp949", 130: "johab", 134: "gb18030", 136: "cp950", 161: "cp1253", 162: "cp1254", 163: "cp1258",
    177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874", 238: "cp1250",
}  # fmt: skip
_PAGE_CODECS: Final = {936: "gb18030", 54936: "gb18030", 950: "cp950", 65001: "utf-8", 10000: "mac_roman"}
_DOUBLE_BYTE: Final = frozenset({"gb18030", "cp950", "cp932", "cp949"})
_FIRST_CJK: Final = "\u2e80"


class Token(NamedTuple):
    """``kind`` is ``word``, ``symbol``, ``byte``, ``open``, ``close`` or ``text``."""

    kind: str
    content: bytes
    number: int | None = None


def tokens_of(payload: bytes) -> Iterator[Token]:
    r"""The tokens of a file in order; binary stretches (``\bin``) are jumped over."""
    at = 0
    while found := _TOKEN.search(payload, at):
        at = found.end()
        word, number, code, symbol, brace, text = found.groups()
        if word is not None:
            value = int(number) if number is not None else None
            if word == b"bin" and value and value > 0:
                at += value
            yield Token("word", word, value)
        elif code is not None:
            yield Token("byte", bytes([int(code, 16)]))
        elif symbol is not None:
            yield Token("symbol", symbol)
        elif brace is not None:
            yield Token("open" if brace == b"{" else "close", brace)
        elif text is not None:
            yield Token("text", text)


class CodePages:
    """Which encoding the bytes are in: the document's code page and the character set of each font."""

    def __init__(self) -> None:
        self.document = "cp1252"
        self._fonts: dict[int, str] = {}

    def set_document(self, page: int) -> None:
        r"""Take the number of ``\ansicpg``."""
        self.document = _codec(page) or self.document

    def set_font(self, font: int, charset: int | None, page: int | None = None) -> None:
        r"""Take ``\fcharset`` or ``\cpg`` of a font of the font table."""
        codec = _codec(page) if page is not None else _CHARSET_CODECS.get(charset or 0, "")
        if codec:
            self._fonts[font] = codec

    def decode(self, raw: bytes, font: int) -> str:
        """Characters of ``raw`` in ``font``; what does not fit becomes U+FFFD."""
        if raw.isascii():
            return raw.decode("ascii")
        codec = self._fonts.get(font)
        if codec is None and self.document in _DOUBLE_BYTE:  # Western fonts hold Chinese bytes in careless programs
            text = _strict(raw, self.document)
            codec = self.document if text and all(c.isascii() or c >= _FIRST_CJK for c in text) else "cp1252"
        return raw.decode(codec or self.document, "replace")


def _strict(raw: bytes, codec: str) -> str:
    try:
        return raw.decode(codec)
    except UnicodeDecodeError:
        return ""


def _codec(page: int) -> str:
    """The Python name of a Windows code page, "" if there is none."""
    name = _PAGE_CODECS.get(page, f"cp{page}")
    try:
        b"a".decode(name)
    except (LookupError, UnicodeDecodeError):
        return ""
    return name
