"""Typed slots of phrase lines (〈年〉, 〈上级〉), and tokens matched forward and backward around them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from jingwei.text.lazy import lazy

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
    # What the cells of a table leave between two labels (spaces are folded away), and a row of numbers.
    "格": _slot(r"[0-9.|/%-]", 0, 64),
    "行": _slot(r"[0-9.|/%-]", 7, 64, r"(?:[.|/%-]*[0-9]){7}.*"),
}

Token = str | tuple[str, ...]  # a literal, a slot written 〈name〉, or a choice of literals, longest first
Piece = tuple[int, int]


def is_slot(token: Token) -> bool:
    """Whether a token is a slot; literals are folded and hold no 〈."""
    return isinstance(token, str) and token[0] == "〈"


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
    if rest and not _stands_before(text, rest[-1], max(0, end - kind.most), end - kind.least):
        return None
    limit = _run_backward(text, end, kind)
    for start in _starts(text, rest, limit, end - kind.least):
        before = match_before(text, rest, start)
        if before is not None and kind.admits(text[start:end]):
            return before if kind.open else [*before, (start, end)]
    return None


def _stands_before(text: str, token: Token, limit: int, most: int) -> bool:
    """Whether the token may end between two places; looking for it is cheaper than for the characters of the slot."""
    if isinstance(token, str):
        return token[0] == "〈" or text.rfind(token, max(0, limit - len(token)), most) >= 0
    return any(not literal or text.rfind(literal, max(0, limit - len(literal)), most) >= 0 for literal in token)


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
