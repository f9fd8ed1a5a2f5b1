"""Long formulas quoted in part or with small edits.

A writer who drops two items of an enumeration, changes a word or slips one in still writes the superior's wording.
Runs of at least ``RUN_CHARS`` equal characters with a formula count by themselves; shorter ones count together, when
they follow each other as in the formula with little between them and make up most of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from jingwei.lexicon.matcher import Piece
from jingwei.lexicon.matcher_fold import Folded
from jingwei.lexicon.matcher_seeds import Places, SeedIndex, code_units, packed

FORMULA_CHARS = 12  # shorter formulas are matched whole or not at all
RUN_CHARS = 9
SHORT_RUN_CHARS = 6
STRIDE = SHORT_RUN_CHARS - 3  # seeds this far apart meet every run of SHORT_RUN_CHARS
SEED_CHARS = 4
GAP_CHARS = 6  # inserted or changed words between two runs
CHAIN_SHARE = 0.75
NEW_CHARS = 4  # a part that adds less to what whole forms explain only blurs their edges
_NEAR_CHARS = 8  # looked at around every seed, before the rest of a long formula
_BLOCK = 8_192  # seeds extended in one step; a step compares each with the longest formula


class _Run(NamedTuple):
    start: int  # in the text
    end: int
    offset: int  # in the formula


class PartialMatcher:
    """Parts of long literals. Immutable once built.

    All seeds of a text are extended at once: formulas lie in one array, parted by zeros that no text holds, and runs
    of equal characters are read off the comparison of a window around each seed in text and formulas.
    """

    def __init__(self, formulas: Sequence[str]) -> None:
        """``formulas`` are literals of at least ``FORMULA_CHARS`` characters; they are known by their number."""
        sizes = np.array([len(formula) for formula in formulas], dtype=np.intp)
        self._sizes: list[int] = sizes.tolist()
        self._width = max(self._sizes, default=0)
        margin = "\0" * self._width
        self._codes = code_units(margin + "\0".join(formulas) + "\0" + margin)
        self._starts = self._width + np.cumsum(sizes + 1) - (sizes + 1)
        counts = (sizes - SEED_CHARS) // STRIDE + 1
        self._formula = np.repeat(np.arange(len(formulas)), counts)
        step = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
        self._place = self._starts[self._formula] + STRIDE * step
        self._seeds = SeedIndex(packed(self._codes, SEED_CHARS)[self._place])

    def find(self, text: Folded, taken: bytearray) -> Iterator[tuple[int, Piece]]:
        """Number and range of parts of formulas in ``text``; seeds on ``taken`` (non-zero) characters are not looked at."""
        runs: dict[int, list[_Run]] = {}
        for number, start, end, low in self._runs(text, np.frombuffer(taken, dtype=np.uint8)):
            run = _trimmed(text.text, start, end, low)
            if run.end - run.start >= SHORT_RUN_CHARS:
                runs.setdefault(number, []).append(run)
        for number, found in runs.items():
            for chain in _chains(text.text, found):
                equal = sum(run.end - run.start for run in chain)
                if equal >= max(RUN_CHARS + 1, CHAIN_SHARE * self._sizes[number]):
                    pieces = [(chain[0].start, chain[-1].end)]
                else:
                    pieces = [(run.start, run.end) for run in chain if run.end - run.start >= RUN_CHARS]
                yield from ((number, piece) for piece in pieces if taken.count(0, *piece) >= NEW_CHARS)

    def _runs(self, text: Folded, taken: npt.NDArray[np.uint8]) -> list[tuple[int, int, int, int]]:
        """Formula, start, end and offset in the formula of each run that may count, by its first seed."""
        at, rows = self._seeds.find(text.grams(SEED_CHARS), text.slots(SEED_CHARS))
        free = (taken[at] & taken[at + (SEED_CHARS - 1)]) == 0
        at, rows = at[free], rows[free]
        if not len(at):
            return []
        margin = np.full(self._width, 0xFFFF, dtype=np.uint16)
        codes = np.concatenate([margin, text.codes, margin])
        parts = [
            self._extended(codes, at[first : first + _BLOCK], rows[first : first + _BLOCK])
            for first in range(0, len(at), _BLOCK)
        ]
        runs = np.concatenate(parts)
        if not len(runs):
            return []
        runs = runs[_promising(runs, taken)]
        return list(dict.fromkeys(map(tuple, runs.tolist())))

    def _extended(self, codes: npt.NDArray[np.uint16], at: Places, rows: Places) -> Places:
        """Rows of formula, start, end, offset: every seed's run, short ones left out; runs of several seeds repeat."""
        here, there = at + self._width, self._place[rows]
        left, left2, right, right2 = (
            codes[here + step] == self._codes[there + step] for step in (-1, -2, SEED_CHARS, SEED_CHARS + 1)
        )
        on = np.flatnonzero((left & right) | (right & right2) | (left & left2))  # most seeds stand alone: no run
        here, there = here[on], there[on]
        after = self._equal(codes, here + SEED_CHARS, there + SEED_CHARS, 1)
        before = self._equal(codes, here - 1, there - 1, -1)
        number = self._formula[rows[on]]
        start = at[on] - before
        low = there - self._starts[number] - before
        runs: list[Places] = [number, start, at[on] + SEED_CHARS + after, low]
        long = np.flatnonzero(before + after >= SHORT_RUN_CHARS - SEED_CHARS)
        return np.stack([column[long] for column in runs], axis=1)

    def _equal(self, codes: npt.NDArray[np.uint16], here: Places, there: Places, step: int) -> Places:
        """How many characters of text and formulas are equal from each place on, forward or backward."""
        equal = _first_difference(codes, self._codes, here, there, step * np.arange(_NEAR_CHARS))
        on = np.flatnonzero(equal == _NEAR_CHARS)  # one seed in twenty
        whole = step * np.arange(self._width - SEED_CHARS + 1)  # long enough to meet a zero
        equal[on] = _first_difference(codes, self._codes, here[on], there[on], whole)
        return equal


def _first_difference(
    left: npt.NDArray[np.uint16], right: npt.NDArray[np.uint16], here: Places, there: Places, window: Places
) -> Places:
    """Per row how many places of the window pass before both sides differ; all of them where they never do."""
    equal = left[here[:, None] + window] == right[there[:, None] + window]
    return np.where(equal.all(axis=1), len(window), np.argmin(equal, axis=1))


def _promising(runs: Places, taken: npt.NDArray[np.uint8]) -> npt.NDArray[np.bool_]:
    """Which runs can give a part: long ones by themselves, others only with a neighbour of the same formula.

    Nearly all of some hundred runs of a report are one short phrase that many formulas hold, alone in its sentence.
    """
    number, start, end, _ = runs.T
    free = np.concatenate([[0], np.cumsum(taken == 0)])
    wanted: npt.NDArray[np.bool_] = (end - start >= RUN_CHARS) & (free[end] - free[start] >= NEW_CHARS)
    order = np.lexsort((start, number))
    near = (number[order[1:]] == number[order[:-1]]) & (start[order[1:]] - end[order[:-1]] <= GAP_CHARS)
    wanted[order[1:][near]] = True
    wanted[order[:-1][near]] = True
    return wanted


def _trimmed(text: str, start: int, end: int, low: int) -> _Run:
    """A mark within the first or last two characters leaves the torso of a clause outside it: drop that."""
    first = text.find("、", start, min(start + 2, end)) + 1
    if first:
        start, low = first, low + first - start
    last = text.rfind("、", max(start, end - 2), end)
    return _Run(start, last if last >= 0 else end, low)


def _chains(text: str, runs: list[_Run]) -> Iterator[list[_Run]]:
    """Runs that follow each other in text and formula with at most ``GAP_CHARS`` between, no digits, one paragraph."""
    chain: list[_Run] = []
    for run in sorted(runs):
        if chain:
            last = chain[-1]
            gap = text[last.end : run.start]
            follows = run.offset >= last.offset + (last.end - last.start) and 0 <= run.start - last.end <= GAP_CHARS
            if not follows or "\n" in gap or any(char.isdigit() for char in gap):
                yield chain
                chain = []
        chain.append(run)
    if chain:
        yield chain
