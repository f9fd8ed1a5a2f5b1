"""Expressions tried only on sentences that hold the characters they cannot do without.

Some forty expressions look for facts, and most sentences hold none of what most of them need. One table lookup over
the whole text tells for every sentence which groups of characters it holds, as the bits of one number; an expression
is compiled and tried only where its bits are set.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from jingwei.judge.facts_words import words
from jingwei.text.lazy import lazy

_LANE_BITS = 63  # of a signed 64-bit number
_CODES = 0x10000
_Bits = npt.NDArray[np.int64]
_Pair = tuple[frozenset[str], frozenset[str]]
_GROUPS: dict[frozenset[str], int] = {}  # characters -> number of their bit, in the order in which they were named
_PAIRS: dict[_Pair, int] = {}  # a character of the first right before one of the second -> number of their bit
_GATES: list[Gated] = []
_tables: list[_Tables] = []  # one, made again when a group or a gate was added


class _Tables(NamedTuple):
    """The groups, pairs and gates as arrays.

    ``lanes``: code unit -> bits of its groups; ``first`` and ``second``: code unit -> bits of the pairs it begins and
    ends. ``ways`` has for each way through a gate the bits it needs of every lane and of the pairs, ``gates`` the bit
    of that gate.
    """

    lanes: list[_Bits]
    first: _Bits
    second: _Bits
    ways: _Bits
    gates: _Bits


def group_bit(characters: Iterable[str]) -> int:
    """The bit that is set for a sentence holding at least one of the characters."""
    group = frozenset(characters)
    if group not in _GROUPS:
        _GROUPS[group] = len(_GROUPS)
        _tables.clear()
    return 1 << _GROUPS[group]


def marks_of(text: str, lows: Sequence[int]) -> list[tuple[int, int]]:
    """Per sentence the groups of characters it holds and the gates that are open for it, as bits.

    A sentence is ``text`` from one of ``lows`` (ascending) to the next one or the end. Cost: linear in the text, about
    20 ns a character.
    """
    if not len(lows) or not text:
        return [(0, 0)] * len(lows)
    tables = _made()
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")
    codes = np.minimum(codes, _CODES - 1).astype(np.intp)
    at = np.minimum(np.asarray(lows, dtype=np.int64), len(codes) - 1)
    held = [np.bitwise_or.reduceat(table[codes], at) for table in tables.lanes]
    groups = held[0].tolist()
    for lane, bits in enumerate(held[1:], start=1):
        groups = [one | more << (lane * _LANE_BITS) for one, more in zip(groups, bits.tolist(), strict=True)]
    pairs = tables.second[codes]  # the second one stands in the sentence, the first may end the last
    pairs[1:] &= tables.first[codes[:-1]]
    pairs[0] = 0
    there = np.stack([*held, np.bitwise_or.reduceat(pairs, at)], axis=1)
    through = ((there[:, None, :] & tables.ways) == tables.ways).all(axis=2)
    opened = np.bitwise_or.reduce(np.where(through, tables.gates, 0), axis=1, initial=0)
    return list(zip(groups, opened.tolist(), strict=True))


def _made() -> _Tables:
    if not _tables:
        lanes = [np.zeros(_CODES, dtype=np.int64) for _ in range(-(-max(len(_GROUPS), 1) // _LANE_BITS))]
        for group, number in _GROUPS.items():
            _set(lanes[number // _LANE_BITS], group, number % _LANE_BITS)
        first, second = np.zeros(_CODES, dtype=np.int64), np.zeros(_CODES, dtype=np.int64)
        for (before, after), number in _PAIRS.items():
            _set(first, before, number)
            _set(second, after, number)
        rows = [(way, gate.bit) for gate in _GATES for way in gate.ways]
        ways = np.zeros((len(rows), len(lanes) + 1), dtype=np.int64)
        for row, ((groups, pairs), _) in enumerate(rows):
            for number in groups:
                ways[row, number // _LANE_BITS] |= 1 << number % _LANE_BITS
            for number in pairs:
                ways[row, len(lanes)] |= 1 << number
        _tables.append(_Tables(lanes, first, second, ways, np.array([bit for _, bit in rows], dtype=np.int64)))
    return _tables[0]


def _set(table: _Bits, characters: Iterable[str], bit: int) -> None:
    table[[ord(c) for c in characters if ord(c) < _CODES - 1]] |= 1 << bit


class Gated:
    """An expression with what every match of it holds.

    Each of ``needs`` is one way to match: strings of characters of which at least one each stands in the match; a
    pair of strings says that a character of the first is followed by one of the second. ``probe`` is a cheaper
    expression that is found wherever the whole one is. ``bit`` is set in the gates of a sentence that may match.
    ``ways`` are the numbers of the groups and of the pairs that each way needs.
    """

    def __init__(
        self,
        source: str | Callable[[], str],
        *needs: Iterable[str | tuple[str, str]],
        probe: str | Callable[[], str] | None = None,
    ) -> None:
        self.pattern = lazy(source)
        self.ways = tuple(_way(tuple(way)) for way in needs)
        self.probe = lazy(probe) if probe is not None else None
        self.bit = 1 << len(_GATES)
        _GATES.append(self)
        _tables.clear()

    def finditer(self, text: str, low: int, high: int, gates: int) -> Iterable[re.Match[str]]:
        """Matches in ``text[low:high]``, for which the ``gates`` are open."""
        if not gates & self.bit or (self.probe is not None and self.probe.search(text, low, high) is None):
            return ()
        return self.pattern.finditer(text, low, high)


def _way(needs: Sequence[str | tuple[str, str]]) -> tuple[list[int], list[int]]:
    groups, pairs = [], []
    for need in needs:
        if isinstance(need, str):
            group_bit(need)
            groups.append(_GROUPS[frozenset(need)])
        else:
            before, after = need
            pairs.append(_PAIRS.setdefault((frozenset(before), frozenset(after)), len(_PAIRS)))
    return groups, pairs


def last_of(*keys: str, page: str = "words") -> str:
    """The last characters of the words of some lists: one of them stands wherever one of the words does."""
    return "".join(sorted({word[-1] for word in words(*keys, page=page)}))


def first_of(*keys: str, page: str = "words") -> str:
    """The first characters of the words of some lists."""
    return "".join(sorted({word[0] for word in words(*keys, page=page)}))
