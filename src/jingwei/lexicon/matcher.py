"""Phrase lines against text: fold, anchor, verify.

A line is a sequence of literals, choices of literals and typed slots. Finding thousands of lines in one pass needs no
automaton: every line has one *anchor* (its rarest four-character piece), a filter names the places of the text where
an anchor may stand, and only there the line is verified around it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from jingwei.lexicon.matcher_seeds import SeedFilter, code_points
from jingwei.lexicon.matcher_traditional import TO_SIMPLIFIED
from jingwei.text.lazy import lazy

ANCHOR_CHARS = 4

_ORGAN = (
    r"(?:党中央|国务院|中央|党工委|党委|党组|管委会|办事处|委员会|政府|人大|政协|[省市州盟县区旗镇乡地工]委|行署|公署"
    r"|依法治[省市州县区旗镇乡]办|司法[厅局]|上级|部门|政法委|委办|各级)"
)
_DROPPED = "“”‘’\"'「」『』`´·•・ \t\u00a0\u2002\u2003\u3000*_\u200b\ufeff"
_LONG_CHARS = 200
_COMMAS = "，,、；;"
_DASHES = "—–－-―─~～"


@cache
def _fold_table() -> dict[int, str]:
    table = {0xFF01 + i: chr(0x21 + i) for i in range(94)}
    for code in (*range(0x2F00, 0x2FD6), *range(0xF900, 0xFA6E)):
        plain = unicodedata.normalize("NFKC", chr(code))
        if len(plain) == 1:
            table[code] = plain
    table.update(TO_SIMPLIFIED)
    table.update(dict.fromkeys(map(ord, _COMMAS), "、"))
    table.update(dict.fromkeys(map(ord, _DASHES), "-"))
    table.update(dict.fromkeys(map(ord, _DROPPED), "\0"))
    table.update({ord(c): "[" for c in "〔［【﹝"} | {ord(c): "]" for c in "〕］】﹞"})
    table.update({ord(c): "《" for c in "〈＜<"} | {ord(c): "》" for c in "〉＞>"})
    return table


@cache
def _fold_array() -> npt.NDArray[np.uint32]:
    table = np.arange(0x10000, dtype=np.uint32)
    for point, char in _fold_table().items():
        table[point] = ord(char)
    return table


def fold(text: str) -> tuple[str, list[int]]:
    """Text as it is compared, with the index in ``text`` of each of its characters.

    Full-width forms become ASCII, all commas and list marks one mark, all dashes one, quotes and spaces vanish:
    writers differ in these without differing in wording. Newlines stay, so nothing matches across paragraphs.
    """
    if len(text) > _LONG_CHARS:
        return _fold_long(text)
    marked = text.translate(_fold_table())
    if "\0" not in marked:
        return marked, list(range(len(marked)))
    kept = [i for i, char in enumerate(marked) if char != "\0"]
    return marked.replace("\0", ""), kept


def _fold_long(text: str) -> tuple[str, list[int]]:
    """The same for whole reports, by one look-up in an array: str.translate asks for every character."""
    points = code_points(text)
    table = _fold_array()
    folded = np.where(points < len(table), table[np.minimum(points, len(table) - 1)], points)
    kept = np.flatnonzero(folded)
    return folded[kept].astype("<u4").tobytes().decode("utf-32-le", "surrogatepass"), kept.tolist()


@dataclass(frozen=True, slots=True)
class SlotKind:
    """A typed slot: which characters it may hold, how many, and what the whole filler must look like.

    ``open`` slots hold somebody's own words: they belong to the sentence but not to the prescribed wording.
    """

    chars: re.Pattern[str]
    least: int
    most: int
    shape: re.Pattern[str] | None = None
    open: bool = False

    def admits(self, filler: str) -> bool:
        """Whether ``filler`` can stand in this slot."""
        if not self.least <= len(filler) <= self.most:
            return False
        return self.shape is None or self.shape.fullmatch(filler) is not None


def _slot(chars: str, least: int, most: int, shape: str | None = None, *, open_: bool = False) -> SlotKind:
    return SlotKind(lazy(chars), least, most, lazy(shape) if shape else None, open_)


_HAN = r"[㐀-鿿]"
SLOTS: dict[str, SlotKind] = {
    "年": _slot(
        r"[0-9〇零一二三四五六七八九十]", 2, 4, r"(?:19|20)\d\d|[二一][〇零0九][〇零0-9一二三四五六七八九]{2}|\d\d"
    ),
    "数": _slot(r"[0-9.一二三四五六七八九十百千万亿两]", 1, 8),
    "序": _slot(r"[0-9一二三四五六七八九十]", 1, 4),
    "次": _slot(r"[一二三四五六七八九十两]", 1, 3),
    "历中": _slot(r"[一二三四五六七八中、和及届]", 3, 24, r"(?:[一二三四五六七八]中(?:全会)?[、和及])+"),
    "上级": _slot(r"[㐀-鿿、]", 2, 32, rf".{{0,30}}{_ORGAN}"),
    "列席": _slot(
        r"[㐀-鿿、]",
        2,
        40,
        r"(?:各位|[省市县区州]|人民|政协|委员|和|、|与|及|其他|列席|会议的?|同志|人员|代表|有关|各界|人士|顾问|各|来宾)+",
    ),
    "级": _slot(r"[省市州盟县区旗镇乡村街道社区中央国家自治]", 1, 3),
    "地": _slot(_HAN, 1, 12),
    "词": _slot(_HAN, 1, 6),
    "略": _slot(r"[㐀-鿿、0-9《》().%-]", 1, 40, open_=True),
    "短": _slot(r"[㐀-鿿0-9]", 1, 14, open_=True),
}

Token = str | tuple[str, ...]  # a literal, a slot written 〈name〉, or a choice of literals, longest first
Piece = tuple[int, int]


def is_slot(token: Token) -> bool:
    """Whether a token is a slot; literals are folded and hold no 〈."""
    return isinstance(token, str) and token[0] == "〈"


class Line(NamedTuple):
    """One form of an entry. ``anchor`` is the token that holds the anchor, ``offset`` where in it.

    ``exact`` is false for a form that is a known slip of the right wording; ``shown`` names the right form to people.
    """

    entry: int
    tokens: tuple[Token, ...]
    anchor: int
    offset: int
    exact: bool = True
    shown: str = ""


def match_at(text: str, tokens: Sequence[Token], start: int) -> list[Piece] | None:
    """Pieces of the tokens matched forward from ``start``, or null.

    Choices take their longest literal that works, slots inside take the shortest filler, a slot at the end the longest.
    """
    if not tokens:
        return []
    token, rest = tokens[0], tokens[1:]
    if isinstance(token, tuple) or token[0] != "〈":
        for literal in token if isinstance(token, tuple) else (token,):
            if text.startswith(literal, start):
                end = start + len(literal)
                after = match_at(text, rest, end)
                if after is not None:
                    return [(start, end), *after] if literal else after
        return None
    kind = SLOTS[token[1:-1]]
    limit = _run_forward(text, start, kind)
    ends = range(start + kind.least, limit + 1) if rest else range(limit, start + kind.least - 1, -1)
    for end in ends:
        after = match_at(text, rest, end)
        if after is not None and kind.admits(text[start:end]):
            return after if kind.open else [(start, end), *after]
    return None


def match_before(text: str, tokens: Sequence[Token], end: int) -> list[Piece] | None:
    """The same, backward: the tokens must end at ``end``."""
    if not tokens:
        return []
    token, rest = tokens[-1], tokens[:-1]
    if isinstance(token, tuple) or token[0] != "〈":
        for literal in token if isinstance(token, tuple) else (token,):
            start = end - len(literal)
            if start >= 0 and text.startswith(literal, start):
                before = match_before(text, rest, start)
                if before is not None:
                    return [*before, (start, end)] if literal else before
        return None
    kind = SLOTS[token[1:-1]]
    limit = _run_backward(text, end, kind)
    starts = range(end - kind.least, limit - 1, -1) if rest else range(limit, end - kind.least + 1)
    for start in starts:
        before = match_before(text, rest, start)
        if before is not None and kind.admits(text[start:end]):
            return before if kind.open else [*before, (start, end)]
    return None


def _run_forward(text: str, start: int, kind: SlotKind) -> int:
    end, limit = start, min(len(text), start + kind.most)
    while end < limit and kind.chars.match(text, end):
        end += 1
    return end


def _run_backward(text: str, end: int, kind: SlotKind) -> int:
    start, limit = end, max(0, end - kind.most)
    while start > limit and kind.chars.match(text, start - 1):
        start -= 1
    return start


def join_pieces(pieces: Sequence[Piece]) -> list[Piece]:
    """Neighbouring pieces as one; what stays apart is separated by an open slot."""
    joined: list[Piece] = []
    for start, end in pieces:
        if joined and joined[-1][1] == start:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


class Matcher:
    """All lines with their anchors. Immutable once built; sharing it between threads is safe."""

    def __init__(self, lines: Sequence[Line]) -> None:
        sizes: dict[int, dict[str, list[Line]]] = {}
        for line in lines:
            key = str(line.tokens[line.anchor])[line.offset : line.offset + ANCHOR_CHARS]
            sizes.setdefault(len(key), {}).setdefault(key, []).append(line)
        self._by_size = [(size, SeedFilter(keys, size), keys) for size, keys in sorted(sizes.items())]

    def find(self, text: str) -> Iterator[tuple[Line, list[Piece]]]:
        """Every line that matches the folded ``text``, with its prescribed pieces in text order."""
        codes = code_points(text)
        for size, seeds, anchors in self._by_size:
            for at in seeds.candidates(codes):
                lines = anchors.get(text[at : at + size])
                if lines:
                    yield from self._verify(text, at, lines)

    @staticmethod
    def _verify(text: str, at: int, lines: Sequence[Line]) -> Iterator[tuple[Line, list[Piece]]]:
        for line in lines:
            start = at - line.offset
            literal = str(line.tokens[line.anchor])
            if start < 0 or not text.startswith(literal, start):
                continue
            if len(line.tokens) == 1:
                yield line, [(start, start + len(literal))]
                continue
            before = match_before(text, line.tokens[: line.anchor], start)
            if before is None:
                continue
            after = match_at(text, line.tokens[line.anchor + 1 :], start + len(literal))
            if after is not None:
                yield line, join_pieces([*before, (start, start + len(literal)), *after])
