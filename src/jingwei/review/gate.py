"""Try a regular expression only in the lines where the literals it cannot do without stand.

The lists of the rules hold hundreds of expressions and one draft needs few: compiling them all, and trying each on the
whole text, would cost more than the rest of the review. What an expression needs is read off its text once
(:mod:`jingwei.review.required`). A list is then asked as a whole which of its expressions can match a text at all, by
the pairs of neighbours that stand in it; only for those few it is found out in which lines.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache

import numpy as np
from numpy.typing import NDArray

from jingwei.review.required import Needs, crosses_lines, required

_SLOTS = 1 << 18  # 4 % of the slots are taken by a text of 10,000 characters: so many words are looked up in vain
_MIX = 0x9E3B
_TRIED_FOR_LINE = 2  # so many literals are looked up in the time in which a pattern is tried in one line
_MOST_LINES = 5_000  # of a longer text the lines are not told apart: their sets would grow with its square


def found(patterns: Iterable[str], text: str) -> Iterator[re.Match[str]]:
    """All matches of all patterns, in the order of the patterns."""
    for _, match in found_each(patterns, text):
        yield match


def found_each(patterns: Iterable[str], text: str) -> Iterator[tuple[int, re.Match[str]]]:
    """The same with the number of the pattern in its list."""
    listed = tuple(patterns)
    where: _Where | None = None
    for at in _needs_of_list(listed).met(text):
        where = where or _where(text)
        for match in where.matches(listed[at]):
            yield at, match


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    """A regular expression, compiled when first needed."""
    return re.compile(pattern)


def possible(pattern: str, text: str) -> bool:
    """Whether the literals of at least one alternative stand in the text; never false when there is a match."""
    return _where(text).lines_of(pattern) != []


def held(words: tuple[str, ...], text: str) -> list[str]:
    """The words of a list that stand in the text, in their order."""
    return [word for at in _letters_of_list(words).met(text) if (word := words[at]) in text]


class _NeedsOfList:
    """What the patterns of a list need, flat: for all of them at once it is seen which may match.

    Four levels, each reduced to the next: the pairs of a literal (all), the literals of a group (one), the groups of
    an alternative (all), the alternatives of a pattern (one). A pattern passes that may match; few others do.
    """

    def __init__(self, patterns: Iterable[Iterable[Needs]]) -> None:
        slots: list[int] = []
        begins: tuple[list[int], ...] = ([], [], [], [])
        literals, groups, alternatives, listed = begins
        for pattern in patterns:
            listed.append(len(alternatives))
            for needs in pattern:
                alternatives.append(len(groups))
                for group in needs or (("",),):
                    groups.append(len(literals))
                    for literal in group:
                        literals.append(len(slots))
                        slots += _slots_of(literal)
        self._slots = np.array(slots, dtype=np.intp)
        self._begins = tuple(np.array(begin, dtype=np.intp) for begin in begins)

    def met(self, text: str) -> list[int]:
        """The numbers of the patterns of which the text holds all pairs they need, in their order."""
        if not len(self._slots):
            return []
        literals, groups, alternatives, listed = self._begins
        there = np.minimum.reduceat(_marked(text)[self._slots], literals)
        there = np.minimum.reduceat(np.maximum.reduceat(there, groups), alternatives)
        return np.flatnonzero(np.maximum.reduceat(there, listed)).tolist()


@lru_cache(maxsize=256)
def _needs_of_list(patterns: tuple[str, ...]) -> _NeedsOfList:
    return _NeedsOfList(required(pattern) for pattern in patterns)


@lru_cache(maxsize=16)
def _letters_of_list(words: tuple[str, ...]) -> _NeedsOfList:
    return _NeedsOfList((((word,),),) for word in words)


def _slots_of(literal: str) -> list[int]:
    """Where the pairs of a literal are marked; an empty one is everywhere."""
    if len(literal) == 1:
        return [ord(literal) & (_SLOTS - 1)]
    return [_slot(literal[at : at + 2]) for at in range(len(literal) - 1)] or [0]


class _Where:
    """Where literals stand in one text, by line; a literal is looked up once."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._pairs = _pairs(text)
        self._known: dict[str, int] = {}
        self._starts = [0, *(match.end() for match in re.finditer("\n", text))]
        self._all = (1 << len(self._starts)) - 1

    def matches(self, pattern: str) -> Iterator[re.Match[str]]:
        """All matches of a pattern, tried in the lines that hold what it needs."""
        lines = self.lines_of(pattern)
        if lines is None:
            yield from compiled(pattern).finditer(self.text)
        for first, last in _in_a_row(lines or ()):
            end = self._starts[last + 1] if last + 1 < len(self._starts) else len(self.text)
            yield from compiled(pattern).finditer(self.text, self._starts[first], end)

    def lines_of(self, pattern: str) -> list[int] | None:
        """The lines in which a pattern can match; null when it needs no literal or may run over a line's end."""
        lines = 0
        for needs, slots in _needs(pattern):
            if not needs:
                return None
            if self._lacks(slots):
                continue
            if len(self._starts) > _MOST_LINES:
                return None
            left = self._all
            for any_of in needs:
                if len(any_of) > _TRIED_FOR_LINE * left.bit_count():
                    break  # to try the pattern there is cheaper
                here = 0
                for literal in any_of:
                    here |= self._lines(literal)
                left &= here
                if not left:
                    break
            lines |= left
        if lines and crosses_lines(pattern):
            return None
        return [at for at, bit in enumerate(reversed(f"{lines:b}")) if bit == "1"] if lines else []

    def _lacks(self, slots: tuple[tuple[int, ...], ...]) -> bool:
        """Whether of some group no literal's first two characters are in the text."""
        pairs = self._pairs
        for any_of in slots:
            for slot in any_of:
                if pairs[slot]:
                    break
            else:
                return True
        return False

    def _lines(self, literal: str) -> int:
        """The lines that hold a literal, one bit a line."""
        if not self._pairs[_slot(literal)]:
            return 0
        known = self._known.get(literal)
        if known is None:
            known = self._known[literal] = self._look_up(literal)
        return known

    def _look_up(self, literal: str) -> int:
        lines = 0
        at = self.text.find(literal)
        while at >= 0:
            line = bisect_right(self._starts, at)
            lines |= 1 << line - 1
            at = self.text.find(literal, self._starts[line]) if line < len(self._starts) else -1
        return lines


def _in_a_row(lines: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Lines that follow each other, as the first and the last of them."""
    first = last = -2
    for line in lines:
        if line > last + 1:
            if first >= 0:
                yield first, last
            first = line
        last = line
    if first >= 0:
        yield first, last


@lru_cache(maxsize=2)
def _where(text: str) -> _Where:
    return _Where(text)


@lru_cache(maxsize=2)
def _pairs(text: str) -> bytes:
    """The marks for single questions."""
    return _marked(text).tobytes()


@lru_cache(maxsize=2)
def _marked(text: str) -> NDArray[np.uint8]:
    """A mark for every character of the text and every pair of neighbours, hashed; slot 0 is always marked."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    marks = np.zeros(_SLOTS, dtype=np.uint8)
    marks[0] = 1
    marks[codes & np.uint32(_SLOTS - 1)] = 1
    marks[(codes[:-1] * np.uint32(_MIX) ^ codes[1:]) & np.uint32(_SLOTS - 1)] = 1
    return marks


@cache
def _needs(pattern: str) -> tuple[tuple[Needs, tuple[tuple[int, ...], ...]], ...]:
    """For each alternative its groups of literals, the smallest first, and their slots."""
    ordered = (tuple(sorted(needs, key=len)) for needs in required(pattern))
    return tuple((needs, tuple(tuple(_slot(word) for word in group) for group in needs)) for needs in ordered)


@cache
def _slot(word: str) -> int:
    """Where the first two characters of a word are marked in :func:`_pairs`."""
    return (ord(word[0]) * _MIX ^ ord(word[1])) & (_SLOTS - 1) if len(word) > 1 else 0
