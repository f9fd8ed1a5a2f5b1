"""Try a regular expression only in the lines where the words it cannot do without stand.

The rules hold hundreds of expressions and one draft needs few: compiling them all, and trying each on the whole text,
would cost more than the rest of the review. What each needs is read off its text (:mod:`jingwei.review.required`) and
kept (:mod:`jingwei.review.needs`); for all of them at once it is seen, by the pairs of neighbours that stand in a text,
which can match it at all, and in which lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, cached_property, lru_cache
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from jingwei.review.needs import NeedsTable, codes_of, known_needs
from jingwei.review.required import DIGIT

Item = TypeVar("Item")
Rows = NDArray[np.uint16]
Ranges = list[tuple[int, int]] | None  # of offsets; null: the whole text
_NOWHERE: Ranges = []
_LINE_END = 10
_LINES_AT_A_TIME = 64
_LAST_OF_PLANE = 0xFFFF
_STEP = 8  # every row of ten digits holds a code that this divides
_MOST_LINES = 2_000  # of a longer text the lines are not told apart: their bits would grow with its square


def found(patterns: Iterable[str], text: str) -> Iterator[re.Match[str]]:
    """All matches of all patterns, in the order of the patterns."""
    for _, match in found_each(patterns, text):
        yield match


def found_each(patterns: Iterable[str], text: str) -> Iterator[tuple[int, re.Match[str]]]:
    """The same with the number of the pattern in its list."""
    listed = tuple(patterns)
    where = _where(text)
    for at in where.passing(listed):
        for match in where.matches(listed[at]):
            yield at, match


def among(items: Sequence[Item], patterns: tuple[str, ...], text: str) -> list[Item]:
    """Of items with a pattern each those of which the text may hold what the pattern needs."""
    return [items[at] for at in _where(text).passing(patterns)]


def matches(pattern: str, text: str) -> Iterator[re.Match[str]]:
    """``re.finditer``, tried only where what the pattern needs stands, and not compiled when that is nowhere."""
    return _where(text).matches(pattern)


def ranges(pattern: str, text: str) -> Ranges:
    """The lines in which a pattern can match; null when that may be anywhere."""
    return _where(text).ranges(pattern)


class Gated:
    """An expression of a rule's own that is compiled, and tried, only where what it needs stands."""

    def __init__(self, pattern: str) -> None:
        self.pattern = pattern

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """All matches."""
        return _where(text).matches(self.pattern)

    def search(self, text: str) -> re.Match[str] | None:
        """The first match."""
        return next(_where(text).matches(self.pattern), None)


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    """A regular expression, compiled when first needed."""
    return re.compile(pattern)


def possible(pattern: str, text: str) -> bool:
    """Whether the words of at least one alternative stand in the text; never false when there is a match."""
    return _where(text).ranges(pattern) != []


def held(words: tuple[str, ...], text: str) -> list[str]:
    """The words of a list that stand in the text, in their order; they must be no expressions."""
    return [word for word in among(words, words, text) if word in text]


class _Where:
    """Which expressions may match one text, and in which of its lines."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._codes = _codes(text)
        self._rows = known_needs().rows_of(codes_of(self._codes))
        self._met = known_needs().met(_standing(known_needs(), self._rows))
        self._others: dict[str, Ranges] = {}

    def passing(self, patterns: tuple[str, ...]) -> list[int]:
        """The numbers of the patterns of a list of which the text may hold what they need, in their order."""
        numbers, unknown = _numbers(patterns)
        met = self._met.take(numbers)
        passing: list[int] = (met if unknown is None else met | unknown).nonzero()[0].tolist()
        return passing

    def matches(self, pattern: str) -> Iterator[re.Match[str]]:
        """All matches of a pattern, tried in the lines that hold what it needs."""
        ranges = self.ranges(pattern)
        if ranges is None:
            yield from compiled(pattern).finditer(self.text)
            return
        if not ranges:
            return
        found, text = compiled(pattern).finditer, self.text
        for start, end in ranges:
            # One character more is shown, that ``$`` does not take the end of a line for that of the text.
            for match in found(text, start, end + 1):
                if match.start() >= end:
                    break
                yield match

    def ranges(self, pattern: str) -> Ranges:
        """The lines in which a pattern can match, those that follow each other as one range."""
        number = _number(pattern)
        if number is not None:
            return self._known[number] if self._met[number] else _NOWHERE
        if pattern not in self._others:
            table = _single(pattern)
            rows = table.rows_of(codes_of(self._codes))
            met = table.met(_standing(table, rows))
            self._others[pattern] = self._ranges(table, rows, met)[0]
        return self._others[pattern]

    @cached_property
    def _known(self) -> _RangesOf:
        return self._ranges(known_needs(), self._rows, self._met)

    def _ranges(self, table: NeedsTable, rows: Rows, met: NDArray[np.uint8]) -> _RangesOf:
        """For each expression of a table that passes, where to try it."""
        numbers = np.flatnonzero(met)
        starts = np.append(0, np.flatnonzero(self._codes == _LINE_END) + 1)
        if not len(numbers) or len(starts) > _MOST_LINES:
            return _RangesOf(numbers)
        words = list(table.words_of(numbers).lines(self._lines_of_rows(table, rows, len(starts))))
        bits = np.unpackbits(np.stack(words, axis=1).view(np.uint8), axis=1, count=len(starts), bitorder="little")
        return _RangesOf(numbers, bits, table.crosses[numbers], np.append(starts, len(self.text)))

    def _lines_of_rows(self, table: NeedsTable, rows: Rows, lines: int) -> Iterator[NDArray[np.uint64]]:
        """For every pair that a table asks for, a bit for each line that holds it: 64 lines at a time."""
        line = np.cumsum(self._codes == _LINE_END) - (self._codes == _LINE_END)
        asked = np.flatnonzero(rows)
        own, at = rows[asked], line[asked % len(line)].astype(np.uint64)  # behind the characters stand their pairs
        for first in range(0, lines, _LINES_AT_A_TIME):
            marks = np.zeros(table.rows, dtype=np.uint64)
            here = at // _LINES_AT_A_TIME == first // _LINES_AT_A_TIME
            np.bitwise_or.at(marks, own[here], np.uint64(1) << at[here] % np.uint64(_LINES_AT_A_TIME))
            marks[table.everywhere] = ~np.uint64(0)
            yield marks


class _RangesOf:
    """Where to try each of some expressions: the lines that hold what it needs."""

    def __init__(
        self,
        numbers: NDArray[np.intp],
        bits: NDArray[np.uint8] | None = None,
        crosses: NDArray[np.bool_] | None = None,
        starts: NDArray[np.intp] | None = None,
    ) -> None:
        self._at = {number: at for at, number in enumerate(numbers.tolist())}
        self._anywhere: NDArray[np.bool_] | None = None
        if bits is None or crosses is None or starts is None:
            return
        self._anywhere = bits.all(axis=1) | crosses
        width = bits.shape[1] + 2  # with a border on both sides, that no range runs from one row into the next
        bordered = np.zeros((len(numbers), width), dtype=np.uint8)
        bordered[:, 1:-1] = bits
        turns = np.flatnonzero(np.diff(bordered.ravel()))
        first, behind = turns[::2] % width, turns[1::2] % width
        self._ranges = list(zip(starts[first].tolist(), starts[behind].tolist(), strict=True))
        self._slices = np.searchsorted(turns[::2], np.arange(len(numbers) + 1) * width).tolist()

    def __getitem__(self, number: int) -> Ranges:
        at = self._at.get(number)
        if at is None:
            return []
        if self._anywhere is None or self._anywhere[at]:
            return None
        return self._ranges[self._slices[at] : self._slices[at + 1]]


def _standing(table: NeedsTable, rows: Rows) -> NDArray[np.uint8]:
    """A mark for every row of a table that stands in a text, and for the row of what stands everywhere."""
    standing = np.zeros(table.rows, dtype=np.uint8)
    standing[rows] = 1
    standing[table.everywhere] = 1
    return standing


@lru_cache(maxsize=4)
def _where(text: str) -> _Where:
    return _Where(text)


@cache
def _number(pattern: str) -> int | None:
    return known_needs().number(pattern)


@lru_cache(maxsize=256)
def _numbers(patterns: tuple[str, ...]) -> tuple[NDArray[np.intp], NDArray[np.bool_] | None]:
    """The numbers of a list, and which of them are not known and so have to be asked for one by one (null: none)."""
    numbers = [_number(pattern) for pattern in patterns]
    unknown = np.array([at is None for at in numbers], dtype=bool)
    return np.array([at or 0 for at in numbers], dtype=np.intp), unknown if unknown.any() else None


@lru_cache(maxsize=256)
def _single(pattern: str) -> NeedsTable:
    return NeedsTable.of((pattern,))


def _codes(text: str) -> NDArray[np.uint32]:
    """The code points of a text with every digit as one, and everything beyond the first plane as that digit too."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    return _folding().take(np.minimum(codes, np.uint32(_LAST_OF_PLANE)))


@cache
def _folding() -> NDArray[np.uint32]:
    """What each character of the first plane is folded to: digits of all scripts to one, the rest to itself."""
    table = np.arange(_LAST_OF_PLANE + 1, dtype=np.uint32)
    table[digits_of_plane()] = ord(DIGIT)
    table[_LAST_OF_PLANE] = ord(DIGIT)
    return table


@cache
def digits_of_plane() -> NDArray[np.bool_]:
    """Which characters of the first plane are decimal digits, of whatever script."""
    digits = np.zeros(_LAST_OF_PLANE + 1, dtype=bool)
    for code in range(0, _LAST_OF_PLANE, _STEP):
        if chr(code).isdecimal():  # the digits of a script stand in a row of ten
            around = range(max(0, code - _STEP), code + _STEP + 1)
            digits[[near for near in around if chr(near).isdecimal()]] = True
    return digits
