"""Try a regular expression only in the lines where the literals it cannot do without stand.

The lists of the rules hold hundreds of expressions and one draft needs few: compiling them all, and trying each on the
whole text, would cost more than the rest of the review. What an expression needs is read off its text once
(:mod:`jingwei.review.required`). A list is then asked as a whole which of its expressions can match a text at all, by
the pairs of neighbours that stand in it; only for those few it is found out in which lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache, cached_property, lru_cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from jingwei.review.required import Needs, crosses_lines, required

_SLOTS = 1 << 18  # 4 % of the slots are taken by a text of 10,000 characters: so many words are looked up in vain
_MASK = np.uint32(_SLOTS - 1)
_MIX = 0x9E3B
_LINE_END = 10
_TRIED_FOR_LINE = 2  # so many literals are looked up in the time in which a pattern is tried in one line
_MOST_LINES = 2_000  # of a longer text the lines are not told apart: their sets would grow with its square


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


def stands(word: str, text: str) -> bool:
    """``word in text`` for many words of one text: nearly all are settled by their pairs of characters."""
    pairs = _pairs(text)
    return all(pairs[slot] for slot in _pair_slots(word)) and word in text


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


@cache
def _slots_of(literal: str) -> tuple[int, ...]:
    """Where the pairs of a literal are marked; an empty one is everywhere."""
    return tuple(_pair_slots(literal)) or (0,)


def _pair_slots(word: str) -> Iterator[int]:
    if len(word) == 1:
        yield ord(word) & (_SLOTS - 1)
    for left, right in pairwise(word):
        yield (ord(left) * _MIX ^ ord(right)) & (_SLOTS - 1)


class _Where:
    """Where literals stand in one text, by line; a literal is looked up once."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._pairs = _pairs(text)
        self._known: dict[str, int] = {}
        self._starts = [0, *(match.end() for match in re.finditer("\n", text))]
        self._all = (1 << len(self._starts)) - 1
        self._of_slot: dict[int, int] = {0: self._all}

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
        known = self._known.get(literal)
        if known is None:
            known = self._known[literal] = self._look_up(literal)
        return known

    def _look_up(self, literal: str) -> int:
        """The lines that hold all pairs of a literal; in the few that do not hold it, a pattern is tried in vain."""
        lines = self._all
        for slot in _slots_of(literal):
            lines &= self._lines_of_slot(slot)
        return lines

    def _lines_of_slot(self, slot: int) -> int:
        known = self._of_slot.get(slot)
        if known is None:
            rows, lines, width = self._table
            row = int(rows[slot]) * width
            known = self._of_slot[slot] = int.from_bytes(lines[row : row + width], "little")
        return known

    @cached_property
    def _table(self) -> tuple[NDArray[np.int32], bytes, int]:
        """For every marked slot its row, and the rows: a bit a line. Cost: 0.4 ms for 6,000 characters in 60 lines."""
        codes = _codes(self.text)
        line = np.cumsum(codes == _LINE_END) - (codes == _LINE_END)
        slots = np.concatenate((codes & _MASK, _slots_of_pairs(codes)))
        own = np.arange(1, len(slots) + 1, dtype=np.int32)
        rows = np.zeros(_SLOTS, dtype=np.int32)
        rows[slots] = own
        first = rows[slots] == own
        rows[slots[first]] = np.arange(1, int(first.sum()) + 1, dtype=np.int32)
        marks = np.zeros((int(first.sum()) + 1, len(self._starts)), dtype=np.uint8)
        marks[rows[slots], np.concatenate((line, line[:-1]))] = 1
        packed = np.packbits(marks, axis=1, bitorder="little")
        return rows, packed.tobytes(), packed.shape[1]


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
    codes = _codes(text)
    marks = np.zeros(_SLOTS, dtype=np.uint8)
    marks[0] = 1
    marks[codes & _MASK] = 1
    marks[_slots_of_pairs(codes)] = 1
    return marks


def _codes(text: str) -> NDArray[np.uint32]:
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)


def _slots_of_pairs(codes: NDArray[np.uint32]) -> NDArray[np.uint32]:
    """Where each pair of neighbours is marked: what :func:`_slots_of` says of it."""
    return (codes[:-1] * np.uint32(_MIX) ^ codes[1:]) & _MASK


@cache
def _needs(pattern: str) -> tuple[tuple[Needs, tuple[tuple[int, ...], ...]], ...]:
    """For each alternative its groups of literals, the smallest first, and their slots."""
    ordered = (tuple(sorted(needs, key=len)) for needs in required(pattern))
    return tuple((needs, tuple(tuple(_slots_of(word)[0] for word in group) for group in needs)) for needs in ordered)
