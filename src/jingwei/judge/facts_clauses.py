"""Comma-clauses: the stretch of a sentence that carries a fact and becomes ``local``.

Readers mark the clause between two commas, without the words that only open it (一是, 在……中, 为……) and, where
the counted thing stands in the middle of a long clause, without the generic words after it.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import cache

import numpy as np
import numpy.typing as npt

from jingwei.text.lazy import lazy

_Places = npt.NDArray[np.int64]
_OPEN = {"（": "）", "(": ")", "《": "》", "“": "”", "【": "】", "〔": "〕", "[": "]"}
_CODES = 0x10000
_BREAK, _BRACKET = 1, 2
_KINDS = np.zeros(_CODES, dtype=np.uint8)  # code unit -> mark that ends a clause, bracket, or neither
_KINDS[[ord(c) for c in "，,。；;：:！!？?\n"]] = _BREAK
_KINDS[[ord(c) for c in "".join([*_OPEN, *_OPEN.values()])]] = _BRACKET
_LEAD = lazy(
    r"(?:[\s\-—]*(?:[（(]?[一二三四五六七八九十\d]{1,3}[）)、.．]|[一二三四五六七八九十]是|首先|其次|再次|最后|同时|另外|此外|其中|并且|并|还|且|分别|先后|已|也|又|均)"
    r"|(?:今年以来|今年来|一年来|去年以来|年内|截至目前|截至当前|截止目前|至目前|目前为止|到目前为止)[，,]?"
    r"|在[^，,。；]{0,8}?(?:活动|工作|行动|过程|整治|检查|执法)(?:中|过程中|期间)(?=[\u4e00-\u9fff])"
    r"|(?:为|向|对|给)[^，,。；]{4,40}?(?=(?:开展|提供|举办|发放|进行|组织)))"
)
# what an opening adverbial can begin with, spaces and digits aside
_LEAD_FIRST = frozenset("-—（(0123456789一二三四五六七八九十首其再最同另此并还且分先已也又均今去年截至目到在为向对给")
# generic continuation after a counted noun phrase that does not belong to the fact
_TAIL_WORDS = ("安置帮教", "日常管理", "基础上", "前提下", "过程中", "情况下")
_TAIL = lazy(f"的?(?:{'|'.join(_TAIL_WORDS)})")


def break_places(text: str) -> _Places:
    """Where the marks stand that end a comma-clause, in order."""
    return np.flatnonzero(_kinds(text) == _BREAK)


def clause_cuts(text: str, lows: Sequence[int], highs: Sequence[int]) -> _Places:
    """Borders of the comma-clauses of all sentences ``text[low:high]``; brackets and quotes are never split.

    Returns:
        Ascending cuts, maybe one twice; a clause runs from one cut to before the mark that ends it, and the marks are
        clauses of one character. Cost linear in the text.
    """
    kinds = _kinds(text)
    breaks = np.flatnonzero(kinds == _BREAK)
    brackets = _bracketed(text, np.flatnonzero(kinds == _BRACKET).tolist(), lows, highs)
    if brackets:
        inside = np.zeros(len(text), dtype=np.bool_)
        for opened, closed in brackets:
            inside[opened : closed + 1] = True
        breaks = breaks[~inside[breaks]]
    return np.sort(np.concatenate((np.asarray(lows, np.int64), np.asarray(highs, np.int64), breaks, breaks + 1)))


def clause_bounds(cuts: _Places, starts: _Places, ends: _Places) -> tuple[_Places, _Places]:
    """The clause around each ``[start, end)``: from the last cut at or before it to the first at or after it."""
    return cuts[np.searchsorted(cuts, starts, side="right") - 1], cuts[np.searchsorted(cuts, ends)]


def tail_places(text: str) -> list[int]:
    """Where the words of generic tails stand, in order: what :func:`trimmed` asks for."""
    found = []
    for word in _TAIL_WORDS:  # none overlaps another; looking for each costs half of looking for any
        at = text.find(word)
        while at >= 0:
            found.append(at)
            at = text.find(word, at + len(word))
    return sorted(found)


def trimmed(text: str, left: int, right: int, start: int, end: int, tails: list[int]) -> tuple[int, int]:
    """The clause without its opening adverbials and generic tail, never cutting into ``[start, end)``."""
    if left < start and may_lead(text[left]):  # one clause in four
        while left < start and may_lead(text[left]) and (match := _LEAD.match(text, left, start)):
            if match.end() == left:
                break
            left = match.end()
        while left < start and text[left].isspace():
            left += 1
    if tails:
        near = bisect_left(tails, end)
        if near < len(tails) and tails[near] < right and (tail := _TAIL.search(text, end, right)):
            right = tail.start()
    while right > end and text[right - 1].isspace():
        right -= 1
    return left, right


@cache  # a few thousand characters; asked of every clause
def may_lead(char: str) -> bool:
    """Whether an opening adverbial or a space can begin with this character."""
    return char in _LEAD_FIRST or char.isdecimal() or char.isspace()


def _kinds(text: str) -> npt.NDArray[np.uint8]:
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")
    return _KINDS.take(codes, mode="clip")  # beyond 16 bits: the last row, which is no mark


def _bracketed(text: str, places: list[int], lows: Sequence[int], highs: Sequence[int]) -> list[tuple[int, int]]:
    """Openings with their closes, from the ``places`` of brackets and quotes.

    An opening without a close in its sentence counts as nothing.
    """
    pairs: list[tuple[int, int]] = []
    stack: list[tuple[str, int]] = []
    until = 0
    for at in places:
        if at >= until:
            stack.clear()
            row = bisect_right(lows, at) - 1
            until = highs[row] if row >= 0 else 0
            if at >= until:
                continue
        char = text[at]
        if stack and char == stack[-1][0]:
            pairs.append((stack.pop()[1], at))
        elif char in _OPEN:
            stack.append((_OPEN[char], at))
    return pairs
