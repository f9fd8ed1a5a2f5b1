"""The parts of the Word 97–2003 file format this room needs: header, pieces of text, properties, styles ([MS-DOC]).

Every read is bounds-checked: a value outside its stream makes the part count as absent, never an exception.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import Final

from msgspec import Struct

_PAGE: Final = 512
_MAX_RUNS: Final = 2_000_000
_COMPRESSED: Final = 0x4000_0000
_OPERAND_BYTES: Final = (1, 1, 2, 4, 2, 2, -1, 3)
_DEF_TABLE: Final = 0xD608
_CHANGE_TABS: Final = 0xC615


def u16(data: bytes, at: int) -> int:
    """Two bytes, 0 outside."""
    return int.from_bytes(data[at : at + 2], "little") if 0 <= at <= len(data) - 2 else 0


def u32(data: bytes, at: int) -> int:
    """Four bytes, 0 outside."""
    return int.from_bytes(data[at : at + 4], "little") if 0 <= at <= len(data) - 4 else 0


class Header(Struct, frozen=True):
    """The file information block."""

    version: int
    flags: int
    counts: tuple[int, ...]  # characters: text, footnotes, headers, macros, comments, endnotes, boxes, header boxes
    main: bytes

    @property
    def table_name(self) -> str:
        """Which of the two table streams belongs to this text."""
        return "1Table" if self.flags & 0x200 else "0Table"

    def part(self, table: bytes, index: int) -> bytes:
        """The bytes of entry ``index`` of the list of parts, b"" if absent or out of bounds."""
        at = 0x9A + 8 * index
        if index >= u16(self.main, 0x98):
            return b""
        start, size = u32(self.main, at), u32(self.main, at + 4)
        return table[start : start + size] if start + size <= len(table) else b""

    def part_start(self, index: int) -> int:
        """Where entry ``index`` begins in the table stream."""
        return u32(self.main, 0x9A + 8 * index)


def read_header(main: bytes) -> Header:
    """The header at the start of the WordDocument stream."""
    counts = tuple(u32(main, 0x4C + 4 * at) for at in range(8))
    return Header(u16(main, 2), u16(main, 0x0A), counts, main)


class Piece(Struct, frozen=True):
    """A stretch of text: characters ``first`` to ``last`` of the document stand at ``offset`` of the stream."""

    first: int
    last: int
    offset: int
    width: int  # bytes a character, 1 or 2

    def text(self, main: bytes) -> str:
        """The characters; what lies outside the stream is missing."""
        raw = main[self.offset : self.offset + (self.last - self.first) * self.width]
        if self.width == 1:
            return raw.decode("cp1252", "replace").replace("\ufffd", "")
        return raw.decode("utf-16-le", "replace")


def read_pieces(clx: bytes, main_bytes: int) -> list[Piece]:
    """The piece table; pieces outside the stream or out of order are left out."""
    at = 0
    while at < len(clx) and clx[at] == 1:
        at += 3 + u16(clx, at + 1)
    if at >= len(clx) or clx[at] != 2:
        return []
    table = clx[at + 5 : at + 5 + u32(clx, at + 1)]
    count = (len(table) - 4) // 12
    pieces: list[Piece] = []
    for number in range(max(0, count)):
        first, last = u32(table, 4 * number), u32(table, 4 * number + 4)
        code = u32(table, 4 * (count + 1) + 8 * number + 2)
        width = 1 if code & _COMPRESSED else 2
        offset = (code & (_COMPRESSED - 1)) // 2 if width == 1 else code & (_COMPRESSED - 1)
        if last <= first or offset >= main_bytes or last - first > main_bytes:
            continue
        pieces.append(Piece(first, last, offset, width))
    return pieces


class Run(Struct, frozen=True):
    """Properties of the characters or paragraphs at ``start`` to ``end`` of the stream."""

    start: int
    end: int
    style: int
    changes: bytes


def read_runs(bins: bytes, main: bytes, *, paragraphs: bool) -> list[Run]:
    """Property runs from the pages that a bin table names, in order of their place in the stream."""
    count = (len(bins) - 4) // 8
    runs: list[Run] = []
    for number in range(max(0, count)):
        page = main[(at := u32(bins, 4 * (count + 1) + 4 * number) % (1 << 22) * _PAGE) : at + _PAGE]
        if len(page) == _PAGE:
            runs += _runs_of_page(page, paragraphs)
        if len(runs) > _MAX_RUNS:
            break
    return sorted(runs, key=lambda run: run.start)


def _runs_of_page(page: bytes, paragraphs: bool) -> Iterator[Run]:
    count = page[_PAGE - 1]
    step = 13 if paragraphs else 1
    if 4 * (count + 1) + step * count > _PAGE:
        return
    for number in range(count):
        start, end = u32(page, 4 * number), u32(page, 4 * number + 4)
        at = 2 * page[4 * (count + 1) + step * number]
        if not at or at >= _PAGE - 1:
            yield Run(start, end, 0, b"")
            continue
        size = page[at]
        if not paragraphs:
            yield Run(start, end, 0, page[at + 1 : at + 1 + size])
            continue
        if size:
            at, size = at + 1, 2 * size - 1
        else:
            at, size = at + 2, 2 * page[at + 1]
        yield Run(start, end, u16(page, at), page[at + 2 : at + size])


def changes_of(data: bytes) -> Iterator[tuple[int, int]]:
    """The single property modifications in ``data``: code and operand (its first four bytes as a number)."""
    at = 0
    while at + 2 < len(data) + 1 and at + 2 <= len(data):
        code = u16(data, at)
        size = _OPERAND_BYTES[code >> 13]
        at += 2
        if size < 0:
            if code == _DEF_TABLE:
                size = u16(data, at) + 1
            elif code == _CHANGE_TABS and data[at : at + 1] == b"\xff":
                return
            else:
                size = (data[at] if at < len(data) else 0) + 1
        yield code, int.from_bytes(data[at : at + min(size, 4)], "little")
        at += size


def signed(value: int, bits: int) -> int:
    """A number of ``bits`` bits read as two's complement."""
    return value - (1 << bits) if value >> (bits - 1) else value


def i32(data: bytes, at: int) -> int:
    """Four bytes with sign, 0 outside."""
    return int(struct.unpack_from("<i", data, at)[0]) if 0 <= at <= len(data) - 4 else 0
