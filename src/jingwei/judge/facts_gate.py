"""Expressions tried only on sentences that hold the characters they cannot do without.

Some forty expressions look for facts, and most sentences hold none of what most of them need. One table lookup over
the whole text tells for every sentence which gates are open, as the bits of one number; an expression is compiled and
tried only where its bit is set.
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
_GATES: list[Gate] = []
_tables: list[_Tables] = []  # one, made again when a gate was added


class _Tables(NamedTuple):
    """The groups, pairs and gates as arrays.

    ``letters``: code unit -> number of the character, 0 for what no gate asks for: the other tables have a row for each
    of these few hundred characters, so that the processor's nearest cache holds them. ``lanes``: bits of its groups;
    ``first`` and ``second``: bits of the pairs it begins and ends. ``ways`` has for every lane, the pairs last, the
    bits that each way through a gate needs; ``gates`` the bit of that gate.
    """

    letters: npt.NDArray[np.uint16]
    lanes: list[_Bits]
    first: _Bits
    second: _Bits
    ways: list[_Bits]
    gates: _Bits


def gates_of(text: str, lows: Sequence[int]) -> _Bits:
    """Per sentence the gates that are open for it, as bits.

    A sentence is ``text`` from one of ``lows`` (ascending) to the next one or the end. Cost: linear in the text, about
    20 ns a character.
    """
    if not len(lows) or not text:
        return np.zeros(len(lows), dtype=np.int64)
    tables = _made()
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4").astype(np.intp)
    letters = tables.letters.take(codes, mode="clip").astype(np.intp)  # beyond 16 bits: the last row, nobody's
    at = np.minimum(np.asarray(lows, dtype=np.int64), len(codes) - 1)
    pairs = tables.second.take(letters)  # the second one stands in the sentence, the first may end the last
    pairs[1:] &= tables.first.take(letters[:-1])
    pairs[0] = 0
    held = [np.bitwise_or.reduceat(bits, at) for bits in (*(lane.take(letters) for lane in tables.lanes), pairs)]
    through = np.ones((len(at), len(tables.gates)), dtype=np.bool_)
    for bits, needed in zip(held, tables.ways, strict=True):
        through &= (bits[:, None] & needed) == needed
    return np.asarray(np.bitwise_or.reduce(np.where(through, tables.gates, 0), axis=1, initial=0))


def _made() -> _Tables:
    if not _tables:
        asked = sorted({c for group in _GROUPS for c in group} | {c for pair in _PAIRS for side in pair for c in side})
        number = {c: at for at, c in enumerate((c for c in asked if ord(c) < _CODES - 1), start=1)}
        letters = np.zeros(_CODES, dtype=np.uint16)
        letters[[ord(c) for c in number]] = list(number.values())
        lanes = [np.zeros(len(number) + 1, dtype=np.int64) for _ in range(-(-max(len(_GROUPS), 1) // _LANE_BITS))]
        first, second = np.zeros(len(number) + 1, dtype=np.int64), np.zeros(len(number) + 1, dtype=np.int64)

        def set_bit(table: _Bits, characters: Iterable[str], bit: int) -> None:
            table[[number[c] for c in characters if c in number]] |= 1 << bit

        for group, bit in _GROUPS.items():
            set_bit(lanes[bit // _LANE_BITS], group, bit % _LANE_BITS)
        for (before, after), bit in _PAIRS.items():
            set_bit(first, before, bit)
            set_bit(second, after, bit)
        rows = [(way, gate.bit) for gate in _GATES for way in gate.ways]
        ways = [np.zeros(len(rows), dtype=np.int64) for _ in range(len(lanes) + 1)]
        for row, ((groups, pairs), _) in enumerate(rows):
            for bit in groups:
                ways[bit // _LANE_BITS][row] |= 1 << bit % _LANE_BITS
            for bit in pairs:
                ways[-1][row] |= 1 << bit
        _tables.append(_Tables(letters, lanes, first, second, ways, np.array([b for _, b in rows], dtype=np.int64)))
    return _tables[0]


def rows_through(gates: _Bits, bits: int) -> list[int]:
    """Numbers of the sentences for which one of the gates ``bits`` is open."""
    return np.flatnonzero((gates & bits) != 0).tolist()


class Gate:
    """What a sentence must hold to be looked at.

    Each of ``needs`` is one way through: strings of characters of which at least one each stands in the sentence; a
    pair of strings says that a character of the first is followed by one of the second. ``bit`` is set in the gates of
    a sentence that may hold it. ``ways`` are the numbers of the groups and of the pairs that each way needs.
    """

    def __init__(self, *needs: Iterable[str | tuple[str, str]]) -> None:
        self.ways = tuple(_way(tuple(way)) for way in needs)
        if len(_GATES) >= _LANE_BITS:
            raise ValueError("more gates than one number has bits")
        self.bit = 1 << len(_GATES)
        _GATES.append(self)
        _tables.clear()


class Gated(Gate):
    """An expression with what every match of it holds.

    ``probe`` is a cheaper expression that is found wherever the whole one is.
    """

    def __init__(
        self,
        source: str | Callable[[], str],
        *needs: Iterable[str | tuple[str, str]],
        probe: str | Callable[[], str] | None = None,
    ) -> None:
        super().__init__(*needs)
        self.pattern = lazy(source)
        self.probe = lazy(probe) if probe is not None else None

    def finditer(self, text: str, low: int, high: int, gates: int) -> Iterable[re.Match[str]]:
        """Matches in ``text[low:high]``, for which the ``gates`` are open."""
        if not gates & self.bit or (self.probe is not None and self.probe.search(text, low, high) is None):
            return ()
        return self.pattern.finditer(text, low, high)


def _way(needs: Sequence[str | tuple[str, str]]) -> tuple[list[int], list[int]]:
    groups, pairs = [], []
    for need in needs:
        if isinstance(need, str):
            groups.append(_GROUPS.setdefault(frozenset(need), len(_GROUPS)))
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
