"""Phrase lines against text: fold, anchor, verify.

A line is a sequence of literals, choices of literals and typed slots. Finding thousands of lines in one pass needs no
automaton: every line has one *anchor* (its rarest four-character piece), a filter names the places of the text where
an anchor may stand, and only there the line is verified around it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from jingwei.lexicon.matcher_fold import Folded, fold
from jingwei.lexicon.matcher_seeds import SeedIndex, code_units, packed
from jingwei.text.lazy import lazy

__all__ = ["ANCHOR_CHARS", "SLOTS", "Line", "Matcher", "Piece", "Token", "fold", "is_slot"]

ANCHOR_CHARS = 4

_ORGAN = (
    r"(?:党中央|国务院|中央|党工委|党委|党组|管委会|办事处|委员会|政府|人大|政协|[省市州盟县区旗镇乡地工]委|行署|公署"
    r"|依法治[省市州县区旗镇乡]办|司法[厅局]|上级|部门|政法委|委办|各级)"
)


class SlotKind(NamedTuple):
    """A typed slot: which characters it may hold, how many, and what the whole filler must look like.

    ``open`` slots hold somebody's own words: they belong to the sentence but not to the prescribed wording.
    ``ahead`` and ``behind`` match a run of the characters from a place on and up to a place.
    """

    ahead: re.Pattern[str]
    behind: re.Pattern[str]
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
    return SlotKind(lazy(chars + "*"), lazy(rf"{chars}*\Z"), least, most, lazy(shape) if shape else None, open_)


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
    for end in _ends(text, rest, start + kind.least, limit):
        after = match_at(text, rest, end)
        if after is not None and kind.admits(text[start:end]):
            return after if kind.open else [(start, end), *after]
    return None


def _ends(text: str, rest: Sequence[Token], least: int, limit: int) -> Iterable[int]:
    """Where a slot may end, in the order of trial; a literal after it leaves few places."""
    if not rest:
        return range(limit, least - 1, -1)
    if is_slot(rest[0]) or isinstance(rest[0], tuple):
        return range(least, limit + 1)
    return _found(text, rest[0], least, limit)


def _found(text: str, literal: str, least: int, limit: int) -> Iterator[int]:
    at = text.find(literal, least, limit + len(literal))
    while at >= 0:
        yield at
        at = text.find(literal, at + 1, limit + len(literal))


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
    for start in _starts(text, rest, limit, end - kind.least):
        before = match_before(text, rest, start)
        if before is not None and kind.admits(text[start:end]):
            return before if kind.open else [*before, (start, end)]
    return None


def _starts(text: str, rest: Sequence[Token], limit: int, most: int) -> Iterable[int]:
    """Where a slot may start, in the order of trial."""
    if not rest:
        return range(limit, most + 1)
    if is_slot(rest[-1]) or isinstance(rest[-1], tuple):
        return range(most, limit - 1, -1)
    return _found_before(text, rest[-1], limit, most)


def _found_before(text: str, literal: str, limit: int, most: int) -> Iterator[int]:
    low = max(0, limit - len(literal))
    at = text.rfind(literal, low, most)
    while at >= 0:
        yield at + len(literal)
        at = text.rfind(literal, low, at + len(literal) - 1)


def _run_forward(text: str, start: int, kind: SlotKind) -> int:
    run = kind.ahead.match(text, start, start + kind.most)
    return run.end() if run else start


def _run_backward(text: str, end: int, kind: SlotKind) -> int:
    run = kind.behind.search(text, max(0, end - kind.most), end)
    return run.start() if run else end


def join_pieces(pieces: Sequence[Piece]) -> list[Piece]:
    """Neighbouring pieces as one; what stays apart is separated by an open slot."""
    joined: list[Piece] = []
    for start, end in pieces:
        if joined and joined[-1][1] == start:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


class _Cut:
    """A line cut at the literal of its anchor, ready to be verified."""

    __slots__ = ("after", "alone", "before", "closed", "line", "literal", "offset")

    def __init__(self, line: Line) -> None:
        self.line = line
        self.literal = str(line.tokens[line.anchor])
        self.before = line.tokens[: line.anchor]
        self.after = line.tokens[line.anchor + 1 :]
        self.offset = line.offset
        self.alone = len(line.tokens) == 1
        self.closed = not any(map(is_slot, line.tokens))

    def pieces(self, text: str, start: int, end: int) -> list[Piece] | None:
        """The prescribed pieces around the literal at ``start:end``, or null."""
        if self.alone:
            return [(start, end)]
        if self.closed:
            first = _start_of(text, self.before, len(self.before), start)
            last = -1 if first < 0 else _end_of(text, self.after, 0, end)
            return None if last < 0 else [(first, last)]
        before = match_before(text, self.before, start)
        after = None if before is None else match_at(text, self.after, end)
        return None if before is None or after is None else join_pieces([*before, (start, end), *after])


def _start_of(text: str, tokens: Sequence[Token], count: int, end: int) -> int:
    """Where the first ``count`` tokens start when they end at ``end``, or -1: ``match_before`` without slots."""
    while count:
        count -= 1
        token = tokens[count]
        if isinstance(token, tuple):
            for literal in token:
                if text.endswith(literal, 0, end):
                    start = _start_of(text, tokens, count, end - len(literal))
                    if start >= 0:
                        return start
            return -1
        if not text.endswith(token, 0, end):
            return -1
        end -= len(token)
    return end


def _end_of(text: str, tokens: Sequence[Token], number: int, start: int) -> int:
    """Where the tokens from ``number`` on end when they start at ``start``, or -1: ``match_at`` without slots."""
    while number < len(tokens):
        token = tokens[number]
        number += 1
        if isinstance(token, tuple):
            for literal in token:
                if text.startswith(literal, start):
                    end = _end_of(text, tokens, number, start + len(literal))
                    if end >= 0:
                        return end
            return -1
        if not text.startswith(token, start):
            return -1
        start += len(token)
    return start


class Matcher:
    """All lines by their anchors; to its users immutable, and safe to share between threads.

    ``anchors[n]`` is the anchor of line n and ``line`` gives the line: it is made when its anchor is first met, because
    a report meets a few hundred of some thousand.
    """

    def __init__(self, anchors: Sequence[str], line: Callable[[int], Line]) -> None:
        self._line = line
        self._cuts: dict[int, _Cut] = {}
        rows: dict[int, list[int]] = {}
        for number, anchor in enumerate(anchors):
            rows.setdefault(len(anchor), []).append(number)
        self._by_size: list[tuple[int, SeedIndex, list[int]]] = []
        for size, numbers in sorted(rows.items()):
            grams = packed(code_units("".join([anchors[number] for number in numbers])), size)[::size]
            self._by_size.append((size, SeedIndex(grams), numbers))

    def find(self, text: Folded) -> Iterator[tuple[Line, list[Piece]]]:
        """Every line that matches, with its prescribed pieces in text order."""
        plain = text.text
        for size, seeds, numbers in self._by_size:
            places, rows = seeds.find(text.grams(size))
            for at, row in zip(places.tolist(), rows.tolist(), strict=True):
                cut = self._cuts.get(numbers[row]) or self._learn(numbers[row])
                start = at - cut.offset
                if start < 0 or not plain.startswith(cut.literal, start):
                    continue
                pieces = cut.pieces(plain, start, start + len(cut.literal))
                if pieces is not None:
                    yield cut.line, pieces

    def line(self, number: int) -> Line:
        """Line by number."""
        return (self._cuts.get(number) or self._learn(number)).line

    def _learn(self, number: int) -> _Cut:
        return self._cuts.setdefault(number, _Cut(self._line(number)))
