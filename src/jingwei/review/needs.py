"""What many expressions need, flat: for all of them at once it is seen which may match a text, and in which lines.

Each level is reduced to the next: the pairs of characters of a word (all), the words of a group (one), the groups of an
alternative (all), the alternatives of an expression (one). An expression passes that may match; few others do.
Reading the needs off 1,500 expressions takes a quarter of a second, so ``scripts/make_needs.py`` keeps those of the
rules in ``data/needs.npz``; an expression that is not there is read when it is asked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from hashlib import blake2b
from importlib.resources import files
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from jingwei.review.required import crosses_lines, folded, required

SLOTS = 1 << 18  # pairs are known by their hash: two in fifty share theirs with another of a text of 10,000 characters
MASK = np.uint32(SLOTS - 1)
_MIX = 0x9E3B
_EVERYWHERE = 0  # the row of what stands in every line
_ASKED_PAIRS = 3  # of a longer word so many pairs are asked for, from its begin to its end
_REDUCED = (np.bitwise_or, np.bitwise_and, np.bitwise_or)  # one word of a group, all groups, one alternative
Numbers = NDArray[np.int32]


class NeedsTable:
    """The needs of a list of expressions; they are known by their numbers in the list.

    ``slots`` are the hashed pairs in the order of their rows, ``pairs`` the rows of each word (0: nothing more),
    ``levels`` where each group, alternative and expression begins in the level below, and the end.
    """

    def __init__(
        self,
        keys: NDArray[np.uint64],
        slots: Numbers,
        pairs: Numbers,
        levels: tuple[Numbers, ...],
        crosses: NDArray[np.bool_],
    ) -> None:
        self.keys = keys
        self.slots = slots
        self.pairs = pairs
        self.levels = levels
        self.crosses = crosses
        self.rows = len(slots) + 1
        self._row_of_slot = np.zeros(SLOTS, dtype=np.uint16)  # as small as may be: it is looked up all over
        self._row_of_slot[slots] = np.arange(1, self.rows)
        self._numbers = {key: at for at, key in enumerate(keys.tolist())}

    @classmethod
    def of(cls, patterns: Iterable[str]) -> NeedsTable:
        """Reads the needs off the expressions."""
        patterns = list(dict.fromkeys(patterns))
        rows: dict[int, int] = {}
        pairs: list[list[int]] = []
        groups, alternatives, expressions = begins = [], [], []  # type: tuple[list[int], list[int], list[int]]
        for pattern in patterns:
            expressions.append(len(alternatives))
            for needs in required(pattern):
                alternatives.append(len(groups))
                for group in needs or (("",),):
                    groups.append(len(pairs))
                    for word in group:
                        own = [rows.setdefault(slot, len(rows) + 1) for slot in _asked(word)]
                        pairs.append([*own, *[_EVERYWHERE] * (_ASKED_PAIRS - len(own))])
        ends = (len(pairs), len(groups), len(alternatives))
        return cls(
            np.array([key_of(pattern) for pattern in patterns], dtype=np.uint64),
            np.array(list(rows), dtype=np.int32),
            np.array(pairs, dtype=np.int32).reshape(-1, _ASKED_PAIRS).T.copy(),
            tuple(np.array([*begin, end], dtype=np.int32) for begin, end in zip(begins, ends, strict=True)),
            np.array([crosses_lines(pattern) for pattern in patterns], dtype=bool),
        )

    def number(self, pattern: str) -> int | None:
        """Which expression it is; null when it is none of them."""
        return self._numbers.get(key_of(pattern))

    def rows_of(self, slots: NDArray[np.uint32]) -> NDArray[np.uint16]:
        """The row of each slot of a text; 0 for those that no word asks for."""
        return self._row_of_slot[slots]

    def met(self, standing: NDArray[np.uint8]) -> NDArray[np.uint8]:
        """A mark for every expression of which a text with these rows (a mark each) holds all it needs."""
        there: NDArray[np.uint8]
        first, *others = self.pairs
        there = standing[first]
        for other in others:
            there &= standing[other]
        for level, reduce in zip(self.levels, _REDUCED, strict=True):
            there = reduce.reduceat(there, level[:-1])
        return there

    def lines(
        self, numbers: NDArray[np.intp], lines_of_rows: Iterable[NDArray[np.uint64]]
    ) -> Iterator[NDArray[np.uint64]]:
        """For some expressions the lines in which each may match, from those of the rows; a bit a line, 64 at a time."""
        begins: list[NDArray[np.intp]] = []
        for level in reversed(self.levels):
            own, numbers = _spread(level, numbers)
            begins.append(own)
        first, *others = (rows[numbers] for rows in self.pairs)
        for lines in lines_of_rows:
            there = lines[first]
            for other in others:
                there &= lines[other]
            for begin, reduce in zip(reversed(begins), _REDUCED, strict=True):
                there = reduce.reduceat(there, begin)
            yield there

    def write(self, path: Path) -> None:
        """Keeps the table."""
        arrays = {f"level_{at}": level for at, level in enumerate(self.levels)}
        arrays |= {"slots": self.slots, "pairs": self.pairs}
        np.savez_compressed(path, keys=self.keys, crosses=self.crosses, **arrays)  # type: ignore[arg-type]


@lru_cache(maxsize=1)
def known_needs() -> NeedsTable:
    """The needs of the expressions of all rules."""
    with (files("jingwei.review") / "data" / "needs.npz").open("rb") as stream, np.load(stream) as kept:
        levels = tuple(kept[f"level_{at}"] for at in range(len(_REDUCED)))
        return NeedsTable(kept["keys"], kept["slots"], kept["pairs"], levels, kept["crosses"])


def key_of(pattern: str) -> int:
    """By what an expression is known in the table."""
    return int.from_bytes(blake2b(pattern.encode(), digest_size=8).digest(), "little")


def pair_slots(word: str) -> list[int]:
    """Where the pairs of neighbours of a word are marked; a single character has a slot of its own."""
    codes = [ord(folded(char)) for char in word]
    if len(codes) < 2:
        return [code & int(MASK) for code in codes]
    return [(left * _MIX ^ right) & int(MASK) for left, right in pairwise(codes)]


def _asked(word: str) -> list[int]:
    slots = pair_slots(word)
    if len(slots) <= _ASKED_PAIRS:
        return slots
    return [slots[0], slots[len(slots) // 2], slots[-1]]


def slots_of_pairs(codes: NDArray[np.uint32]) -> NDArray[np.uint32]:
    """The slot of each pair of neighbours of a text: what :func:`pair_slots` says of it."""
    return (codes[:-1] * np.uint32(_MIX) ^ codes[1:]) & MASK


def _spread(begins: Numbers, chosen: NDArray[np.intp]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """For chosen items the numbers of what they consist of, and where those of each begin."""
    first, sizes = begins[chosen], begins[chosen + 1] - begins[chosen]
    own = np.cumsum(sizes) - sizes
    return own, np.repeat(first - own, sizes) + np.arange(int(sizes.sum()))
