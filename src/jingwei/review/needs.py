"""What many expressions need, flat: for all of them at once it is seen which may match a text, and in which lines.

Each level is reduced to the next: the pairs of characters of a word (all), the words of a group (one), the groups of an
alternative (all), the alternatives of an expression (one). An expression passes that may match; few others do.
Reading the needs off 1,500 expressions takes a quarter of a second, so ``scripts/make_needs.py`` keeps those of the
rules in ``data/needs.npy``; an expression that is not there is read when it is asked for.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from jingwei.review.kept import DATA, keep, kept
from jingwei.review.required import crosses_lines, folded, required

_SLOT_BITS = 18
_MIX = 0x9E3779B1  # 2**32 by the golden ratio: its product spreads near codes far apart (Knuth)
_CHAR_BITS = 16
_KEY_BITS = 32
_EVERYWHERE = 0  # the row of what stands in every line
_ASKED_PAIRS = 3  # of a longer word so many pairs are asked for
_REDUCED = (np.bitwise_or, np.bitwise_and, np.bitwise_or)  # one word of a group, all groups, one alternative
Numbers = NDArray[np.int32]
Codes = NDArray[np.uint32]


class NeedsTable:
    """The needs of a list of expressions; they are known by their numbers in the list.

    ``codes`` are the characters and pairs asked for, by their rows; ``pairs`` the rows of each word (0: nothing more);
    ``levels`` where each group, alternative and expression begins in the level below, and the end.
    """

    def __init__(
        self,
        keys: NDArray[np.uint64],
        codes: Codes,
        pairs: Numbers,
        levels: tuple[Numbers, ...],
        crosses: NDArray[np.bool_],
    ) -> None:
        self.keys = keys
        self.codes = codes
        self.pairs = pairs
        self.levels = levels
        self.crosses = crosses
        self.rows = len(codes) + 1
        self._code_of_row = np.concatenate((np.zeros(1, dtype=np.uint32), codes))
        # The row of the first code of a hash, and from there that of the second; a third stands everywhere.
        own, slots = np.arange(1, self.rows, dtype=np.uint16), _slots(codes)
        self._row_of_slot = np.zeros(1 << _SLOT_BITS, dtype=np.uint16)  # as small as may be: it is looked up all over
        self._row_of_slot[slots[::-1]] = own[::-1]
        later = self._row_of_slot[slots] != own
        self._second = np.zeros(self.rows, dtype=np.uint16)
        self._second[self._row_of_slot[slots[later]][::-1]] = own[later][::-1]
        hidden = own[later][self._second[self._row_of_slot[slots[later]]] != own[later]]
        self.everywhere = np.concatenate(([_EVERYWHERE], hidden))
        self._numbers = {key: at for at, key in enumerate(keys.tolist())}

    @classmethod
    def of(cls, patterns: Iterable[str]) -> NeedsTable:
        """Reads the needs off the expressions."""
        patterns = list(dict.fromkeys(patterns))
        asked_for = {word for pattern in patterns for needs in required(pattern) for group in needs for word in group}
        met = Counter(pair for word in asked_for for pair in _pairs(word))
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
                        own = [rows.setdefault(code, len(rows) + 1) for code in _asked(word, met)]
                        pairs.append([*own, *[_EVERYWHERE] * (_ASKED_PAIRS - len(own))])
        ends = (len(pairs), len(groups), len(alternatives))
        return cls(
            np.array([key_of(pattern) for pattern in patterns], dtype=np.uint64),
            np.array(list(rows), dtype=np.uint32),
            np.array(pairs, dtype=np.int32).reshape(-1, _ASKED_PAIRS).T.copy(),
            tuple(np.array([*begin, end], dtype=np.int32) for begin, end in zip(begins, ends, strict=True)),
            np.array([crosses_lines(pattern) for pattern in patterns], dtype=bool),
        )

    def number(self, pattern: str) -> int | None:
        """Which expression it is; null when it is none of them."""
        return self._numbers.get(key_of(pattern))

    def rows_of(self, codes: Codes) -> NDArray[np.uint16]:
        """The row of each character and pair of a text; 0 for those that no word asks for."""
        rows: NDArray[np.uint16] = self._row_of_slot.take(_slots(codes))
        others = self._second.take(rows)
        others *= self._code_of_row.take(others) == codes
        rows *= self._code_of_row.take(rows) == codes
        rows += others
        return rows

    def met(self, standing: NDArray[np.uint8]) -> NDArray[np.uint8]:
        """A mark for every expression of which a text with these rows (a mark each) holds all it needs."""
        there: NDArray[np.uint8]
        first, *others = self.pairs
        there = standing.take(first)
        for other in others:
            there &= standing.take(other)
        for level, reduce in zip(self.levels, _REDUCED, strict=True):
            there = reduce.reduceat(there, level[:-1])
        return there

    def words_of(self, numbers: NDArray[np.intp]) -> AskedWords:
        """What some expressions ask for: the words of all of them, one behind the other."""
        begins: list[NDArray[np.intp]] = []
        for level in reversed(self.levels):
            own, numbers = _spread(level, numbers)
            begins.append(own)
        return AskedWords(self.pairs.take(numbers, axis=1), begins[::-1])

    def write(self, path: Path) -> None:
        """Keeps the table."""
        keep(path, [self.keys, self.codes, self.crosses, *self.pairs, *self.levels])


class AskedWords:
    """The words of some expressions of a table: the rows of their pairs, and where each level begins."""

    def __init__(self, pairs: Numbers, begins: list[NDArray[np.intp]]) -> None:
        self.pairs = pairs
        self._begins = begins

    def lines(self, lines_of_rows: Iterable[NDArray[np.uint64]]) -> Iterator[NDArray[np.uint64]]:
        """For each expression the lines in which it may match, from those of the rows; a bit a line, 64 at a time."""
        for lines in lines_of_rows:
            there = np.bitwise_and.reduce(lines.take(self.pairs))
            for begin, reduce in zip(self._begins, _REDUCED, strict=True):
                there = reduce.reduceat(there, begin)
            yield there


@lru_cache(maxsize=1)
def known_needs() -> NeedsTable:
    """The needs of the expressions of all rules."""
    keys, codes, crosses, *others = kept(DATA / "needs.npy")
    pairs, levels = others[:_ASKED_PAIRS], others[_ASKED_PAIRS:]
    return NeedsTable(
        keys,
        codes.astype(np.uint32),
        np.stack(pairs).astype(np.int32),
        tuple(level.astype(np.int32) for level in levels),
        crosses.astype(bool),
    )


def key_of(pattern: str) -> int:
    """By what an expression is known in the table: two check sums, for which 1,800 take half a millisecond."""
    written = pattern.encode()
    return crc32(written) << _KEY_BITS | crc32(written[::-1])


def codes_of(chars: Codes) -> Codes:
    """The characters of a text, folded and of the first plane, and its pairs of neighbours; a number for each."""
    return np.concatenate((chars, chars[:-1] << np.uint32(_CHAR_BITS) | chars[1:]))


def _asked(word: str, met: Mapping[int, int]) -> list[int]:
    """What is looked for of a word: a character, or the pairs of it that fewest other words have (``met``)."""
    if len(word) < 2:
        return [ord(folded(char)) for char in word]
    pairs = sorted(enumerate(_pairs(word)), key=lambda pair: (met[pair[1]], pair))[:_ASKED_PAIRS]
    return [pair for _, pair in sorted(pairs)]


def _pairs(word: str) -> list[int]:
    """The pairs of neighbours of a word, each once."""
    chars = [ord(folded(char)) for char in word]
    return list(dict.fromkeys(left << _CHAR_BITS | right for left, right in pairwise(chars)))


def _slots(codes: Codes) -> Codes:
    return codes * np.uint32(_MIX) >> np.uint32(32 - _SLOT_BITS)


def _spread(begins: Numbers, chosen: NDArray[np.intp]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """For chosen items the numbers of what they consist of, and where those of each begin."""
    first, sizes = begins[chosen], begins[chosen + 1] - begins[chosen]
    own = np.cumsum(sizes) - sizes
    return own, np.repeat(first - own, sizes) + np.arange(int(sizes.sum()))
