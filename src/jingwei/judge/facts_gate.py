"""Expressions tried only on sentences that hold the characters they cannot do without.

Some forty expressions look for facts, and most sentences hold none of what most of them need. One table lookup over
the whole text tells for every sentence which groups of characters it holds, as the bits of one number; an expression
is compiled and tried only where its bits are set.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

import numpy as np
import numpy.typing as npt

from jingwei.judge.facts_words import words
from jingwei.text.lazy import lazy

_LANE_BITS = 63  # of a signed 64-bit number
_CODES = 0x10000
_Bits = npt.NDArray[np.int64]
_GROUPS: dict[frozenset[str], int] = {}  # characters -> number of their bit, in the order in which they were named
_GATES: list[Gated] = []
_tables: list[_Bits] = []  # per lane: code unit -> bits; made again when a group was added


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
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")
    codes = np.minimum(codes, _CODES - 1)
    at = np.minimum(np.asarray(lows, dtype=np.int64), len(codes) - 1)
    chars = [table[codes] for table in _lanes()]
    held = [np.bitwise_or.reduceat(lane, at) for lane in chars]
    groups = [0] * len(at)
    for lane, bits in enumerate(held):
        groups = [one | more << (lane * _LANE_BITS) for one, more in zip(groups, bits.tolist(), strict=True)]
    opened = np.zeros(len(at), dtype=np.int64)
    for number, gate in enumerate(_GATES):
        opened |= gate.opens(chars, held, at).astype(np.int64) << number
    return list(zip(groups, opened.tolist(), strict=True))


def _lanes() -> list[_Bits]:
    if not _tables:
        lanes = [np.zeros(_CODES, dtype=np.int64) for _ in range(-(-max(len(_GROUPS), 1) // _LANE_BITS))]
        for group, number in _GROUPS.items():
            lane, bit = divmod(number, _LANE_BITS)
            lanes[lane][[ord(c) for c in group if ord(c) < _CODES]] |= 1 << bit
        _tables.extend(lanes)
    return _tables


class Gated:
    """An expression with what every match of it holds.

    Each of ``needs`` is one way to match: strings of characters of which at least one each stands in the match; a
    pair of strings says that a character of the first is followed by one of the second. ``probe`` is a cheaper
    expression that is found wherever the whole one is. ``bit`` is set in the gates of a sentence that may match.
    """

    def __init__(
        self,
        source: str | Callable[[], str],
        *needs: Iterable[str | tuple[str, str]],
        probe: str | Callable[[], str] | None = None,
    ) -> None:
        self.pattern = lazy(source)
        self.ways = tuple(tuple(self._need(one) for one in way) for way in needs)
        self.probe = lazy(probe) if probe is not None else None
        self.bit = 1 << len(_GATES)
        _GATES.append(self)

    @staticmethod
    def _need(one: str | tuple[str, str]) -> tuple[int, ...]:
        for group in (one,) if isinstance(one, str) else one:
            group_bit(group)
        return tuple(_GROUPS[frozenset(group)] for group in ((one,) if isinstance(one, str) else one))

    def opens(self, chars: list[_Bits], held: list[_Bits], at: npt.NDArray[np.int64]) -> npt.NDArray[np.bool_]:
        """Per sentence whether one of the ways is there; ``chars`` are the groups by character, ``held`` by sentence."""
        found = np.zeros(len(at), dtype=np.bool_)
        for way in self.ways:
            here = np.ones(len(at), dtype=np.bool_)
            for need in way:
                if len(need) == 1:
                    here &= _has(held, need[0])
                else:
                    pair = _has(chars, need[1])  # the second one stands in the sentence, the first may end the last
                    pair[1:] &= _has(chars, need[0])[:-1]
                    pair[:1] = False
                    here &= np.logical_or.reduceat(pair, at)
            found |= here
        return found

    def finditer(self, text: str, low: int, high: int, gates: int) -> Iterable[re.Match[str]]:
        """Matches in ``text[low:high]``, for which the ``gates`` are open."""
        if not gates & self.bit or (self.probe is not None and self.probe.search(text, low, high) is None):
            return ()
        return self.pattern.finditer(text, low, high)


def _has(bits: list[_Bits], number: int) -> npt.NDArray[np.bool_]:
    lane, bit = divmod(number, _LANE_BITS)
    return np.asarray((bits[lane] & (1 << bit)) != 0)


def last_of(*keys: str, page: str = "words") -> str:
    """The last characters of the words of some lists: one of them stands wherever one of the words does."""
    return "".join(sorted({word[-1] for word in words(*keys, page=page)}))
