"""Numbering and styles of a .doc: which list a paragraph belongs to and what its number looks like ([MS-DOC] 2.9)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from jingwei.sources.doc_binary import Header, changes_of, i32, signed, u16, u32
from jingwei.sources.numbering import Counter, Level

_STYLES, _LISTS, _OVERRIDES = 1, 73, 74
_LIST_INDEX: Final = 0x460B
_LIST_DEPTH: Final = 0x260A
_TOC_STYLES: Final = range(19, 28)  # built-in styles of the table of contents
_MAX_STYLES: Final = 4096
_MAX_LISTS: Final = 4096
_MAX_BASES: Final = 12
_FORMATS: Final = {
    0: "decimal", 1: "upperRoman", 2: "lowerRoman", 3: "upperLetter", 4: "lowerLetter", 10: "ideographDigital",
    11: "japaneseCounting", 14: "decimalFullWidth", 16: "japaneseLegal", 17: "japaneseDigitalTenThousand",
    18: "decimalEnclosedCircle", 22: "decimalZero", 23: "bullet", 26: "decimalEnclosedFullstop",
    27: "decimalEnclosedParen", 28: "decimalEnclosedCircleChinese", 29: "ideographEnclosedCircle",
    30: "ideographTraditional", 31: "ideographZodiac", 33: "taiwaneseCounting", 34: "ideographLegalTraditional",
    35: "taiwaneseCountingThousand", 36: "taiwaneseDigital", 37: "chineseCounting", 38: "chineseLegalSimplified",
    39: "chineseCountingThousand", 255: "none",
}  # fmt: skip


@dataclass(slots=True)
class DocStyle:
    """A paragraph style: built-in number, base style, list membership."""

    builtin: int = 0xFFF
    base: int = 0xFFF
    list_index: int | None = None
    depth: int | None = None


@dataclass(slots=True)
class DocLists:
    """Lists of one document; :meth:`label` advances the counters."""

    styles: list[DocStyle] = field(default_factory=list)
    levels: dict[int, dict[int, Level]] = field(default_factory=dict)
    lists: list[int] = field(default_factory=list)
    starts: dict[int, dict[int, int]] = field(default_factory=dict)
    overrides: dict[int, dict[int, Level]] = field(default_factory=dict)
    counter: Counter = field(default_factory=Counter)
    started: set[int] = field(default_factory=set)

    def is_contents(self, style: int) -> bool:
        """Is this the style of an entry of the table of contents?"""
        return style < len(self.styles) and self.styles[style].builtin in _TOC_STYLES

    def label(self, style: int, changes: bytes) -> str:
        """The number in front of a paragraph of this style with these own properties; "" if it has none."""
        index = depth = None
        for code, operand in changes_of(changes):
            if code == _LIST_INDEX:
                index = signed(operand & 0xFFFF, 16)
            elif code == _LIST_DEPTH:
                depth = operand & 0xFF
        for _ in range(_MAX_BASES):
            if style >= len(self.styles):
                break
            known = self.styles[style]
            index = known.list_index if index is None else index
            depth = known.depth if depth is None else depth
            style = known.base
        if index is None or not 1 <= index <= len(self.lists):
            return ""
        identity = self.lists[index - 1]
        levels = {**self.levels.get(identity, {}), **self.overrides.get(index, {})}
        if index not in self.started:
            self.started.add(index)
            for at, start in self.starts.get(index, {}).items():
                self.counter.counts.setdefault(str(identity), {})[at] = start - 1
        return self.counter.next(str(identity), min(depth or 0, 8), levels)


def read_lists(header: Header, table: bytes) -> DocLists:
    """Styles, list definitions and their overrides; parts that are broken count as absent."""
    lists = DocLists()
    _read_styles(lists, header.part(table, _STYLES))
    _read_definitions(lists, table, header)
    _read_overrides(lists, header.part(table, _OVERRIDES))
    return lists


def _read_styles(lists: DocLists, data: bytes) -> None:
    at = 2 + u16(data, 0)
    count, base_bytes = min(u16(data, 2), _MAX_STYLES), u16(data, 4)
    for _ in range(count):
        size = u16(data, at)
        style = DocStyle()
        lists.styles.append(style)
        body = data[at + 2 : at + 2 + size]
        at += 2 + size
        if len(body) < base_bytes or base_bytes < 10:
            continue
        style.builtin = u16(body, 0) & 0xFFF
        kind, style.base = u16(body, 2) & 0xF, u16(body, 2) >> 4
        if kind != 1:
            continue
        upx = base_bytes + 2 + 2 * u16(body, base_bytes) + 2
        upx += upx % 2
        for code, operand in changes_of(body[upx + 4 : upx + 2 + u16(body, upx)]):
            if code == _LIST_INDEX:
                style.list_index = signed(operand & 0xFFFF, 16)
            elif code == _LIST_DEPTH:
                style.depth = operand & 0xFF


def _read_definitions(lists: DocLists, table: bytes, header: Header) -> None:
    """List definitions; their levels follow after the part that the header names."""
    data = header.part(table, _LISTS)
    count = min(u16(data, 0), _MAX_LISTS, max(0, (len(data) - 2) // 28))
    at = header.part_start(_LISTS) + 2 + 28 * count
    for number in range(count):
        entry = 2 + 28 * number
        levels = lists.levels[i32(data, entry)] = {}
        for depth in range(1 if data[entry + 26] & 1 else 9):
            level, at = _read_level(table, at)
            if level is None:
                return
            levels[depth] = level


def _read_level(table: bytes, at: int) -> tuple[Level | None, int]:
    if at + 28 > len(table):
        return None, at
    start, form, flags = i32(table, at), table[at + 4], table[at + 5]
    at += 28 + table[at + 24] + table[at + 25]
    count = u16(table, at)
    raw = table[at + 2 : at + 2 + 2 * count].decode("utf-16-le", "replace")
    text = "".join(f"%{ord(c) + 1}" if ord(c) < 9 else c for c in raw)
    return Level(_FORMATS.get(form, "decimal"), text, start, bool(flags & 4)), at + 2 + 2 * count


def _read_overrides(lists: DocLists, data: bytes) -> None:
    count = min(u32(data, 0), _MAX_LISTS, max(0, (len(data) - 4) // 16))
    at = 4 + 16 * count
    for number in range(count):
        entry = 4 + 16 * number
        lists.lists.append(i32(data, entry))
        changed = data[entry + 12]
        if at + 4 > len(data):
            continue
        at += 4
        for _ in range(min(changed, 9)):
            flags = u32(data, at + 4)
            depth = flags & 0xF
            if flags & 0x10:
                lists.starts.setdefault(number + 1, {})[depth] = i32(data, at)
            at += 8
            if flags & 0x20:
                level, at = _read_level(data, at)
                if level is None:
                    return
                lists.overrides.setdefault(number + 1, {})[depth] = level
