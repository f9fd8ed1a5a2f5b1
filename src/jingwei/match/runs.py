"""Equal runs between one body and many others: exact, vectorised, no candidate is taken on trust.

A *folded run* is a maximal stretch of equal folded items (numbers masked, punctuation ignored) of at least one
shingle. A *segment* is a maximal stretch of equal true characters inside a folded run: it ends where a number, or
the punctuation between two items, differs.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from msgspec import Struct

from jingwei.fingerprint import FoldedBatch
from jingwei.fingerprint.codes import NUMBER_CODE, POINT, PUNCTUATION, CodeArray, class_table
from jingwei.fingerprint.folded import LongArray
from jingwei.fingerprint.sorting import first_of_equals
from jingwei.fingerprint.winnow import NO_HASH, HashArray
from jingwei.model import BoolArray, IntArray

MOST_MARKS = 2  # equal punctuation marks taken along behind a run
_MOST_OCCURRENCES = 32  # of one shingle in the left body: bounds the work on periodic texts
_FILTER_BITS = 18
_POSITION_BITS = 24


class Runs(Struct, frozen=True):
    """Folded runs. ``left`` indexes the left body, ``right`` the batch of right bodies, ``source`` names the body."""

    source: LongArray
    left: LongArray
    right: LongArray
    length: LongArray

    def __len__(self) -> int:
        return len(self.left)

    def pick(self, chosen: npt.NDArray[np.int64] | BoolArray) -> Runs:
        """The runs at these places."""
        return Runs(self.source[chosen], self.left[chosen], self.right[chosen], self.length[chosen])


class Segments(Struct, frozen=True):
    """Stretches of equal true characters; ``run`` is the index of the folded run each lies in."""

    run: LongArray
    left: LongArray
    right: LongArray
    length: LongArray

    def __len__(self) -> int:
        return len(self.run)


class ShingleTable:
    """The shingles of a left body, ready to be met by many right ones.

    Distinct hashes are found through a table indexed by their low bits; the few that share a slot by binary search.
    """

    def __init__(self, hashes: HashArray) -> None:
        positions = np.flatnonzero(hashes != NO_HASH)
        ranked = positions[np.argsort(hashes[positions], kind="stable")]
        first = np.flatnonzero(first_of_equals(hashes[ranked]))
        self._distinct = hashes[ranked[first]]
        self._positions = ranked
        self._first = first
        self._count = np.minimum(np.diff(first, append=len(ranked)), _MOST_OCCURRENCES)
        slots = self._slots(self._distinct)
        self._seen = np.zeros(1 << _FILTER_BITS, dtype=np.bool_)
        self._seen[slots] = True
        self._index = np.zeros(1 << _FILTER_BITS, dtype=np.int32)
        self._index[slots] = np.arange(len(slots))
        self._crowded = np.bincount(slots.astype(np.int64), minlength=1 << _FILTER_BITS) > 1

    @staticmethod
    def _slots(hashes: HashArray) -> HashArray:
        return hashes & np.uint64((1 << _FILTER_BITS) - 1)

    def meet(self, hashes: HashArray) -> tuple[LongArray, LongArray]:
        """All (left position, right position) with equal shingles."""
        slots = self._slots(hashes)
        maybe = np.flatnonzero(self._seen[slots])
        wanted, slots = hashes[maybe], slots[maybe]
        index = self._index[slots]
        crowded = np.flatnonzero(self._crowded[slots])
        if len(crowded):
            found = np.searchsorted(self._distinct, wanted[crowded])
            index[crowded] = np.minimum(found, len(self._distinct) - 1)
        same = self._distinct[index] == wanted if len(self._distinct) else np.zeros(0, dtype=np.bool_)
        maybe, index = maybe[same], index[same]
        count = self._count[index]
        first = np.repeat(self._first[index] - np.cumsum(count) + count, count)
        left = self._positions[first + np.arange(int(count.sum()))]
        return left, np.repeat(maybe, count)


def find_runs(
    table: ShingleTable,
    right_hashes: HashArray,
    right_offsets: LongArray,
    shingle_chars: int,
    right_at: LongArray | None = None,
) -> Runs:
    """All maximal folded runs of at least ``shingle_chars`` items, ordered by diagonal and position.

    ``right_at`` gives the position of each of ``right_hashes`` where they are not those of the whole batch.
    """
    left, right = table.meet(right_hashes)
    if right_at is not None:
        right = right_at[right]
    key = np.sort(((right - left + (1 << _POSITION_BITS)) << _POSITION_BITS) | left)
    begins = np.flatnonzero(np.diff(key, prepend=-2) != 1)
    length = np.diff(begins, append=len(key)) + (shingle_chars - 1)
    first = key[begins] if len(key) else key
    run_left = first & ((1 << _POSITION_BITS) - 1)
    run_right = (first >> _POSITION_BITS) - (1 << _POSITION_BITS) + run_left
    source = np.searchsorted(right_offsets, run_right, side="right") - 1
    return Runs(source, run_left, run_right, length)


def find_segments(runs: Runs, left: FoldedBatch, right: FoldedBatch) -> Segments:
    """The equal true characters inside the runs, in run order."""
    count = runs.length
    run = np.repeat(np.arange(len(runs)), count)
    step = np.arange(len(run)) - np.repeat(np.cumsum(count) - count, count)
    at_left, at_right = runs.left[run] + step, runs.right[run] + step
    begin_l, end_l = left.true_start[at_left], left.true_end[at_left]
    begin_r, end_r = right.true_start[at_right], right.true_end[at_right]
    token_equal = np.ones(len(run), dtype=np.bool_)
    numbers = np.flatnonzero(left.codes[at_left] == NUMBER_CODE)
    token_equal[numbers] = _equal_ranges(
        (left.true_codes, begin_l[numbers], end_l[numbers]), (right.true_codes, begin_r[numbers], end_r[numbers])
    )
    joined = np.zeros(len(run), dtype=np.bool_)  # to the item before, through equal marks between them
    joined[1:] = (run[1:] == run[:-1]) & token_equal[1:] & token_equal[:-1]
    gaps = np.flatnonzero(joined)
    gaps = gaps[(begin_l[gaps] != end_l[gaps - 1]) | (begin_r[gaps] != end_r[gaps - 1])]
    joined[gaps] = _equal_ranges(
        (left.true_codes, end_l[gaps - 1], begin_l[gaps]), (right.true_codes, end_r[gaps - 1], begin_r[gaps])
    )
    firsts = np.flatnonzero(token_equal & ~joined)
    follows = np.zeros(len(run), dtype=np.bool_)
    follows[:-1] = joined[1:]
    lasts = np.flatnonzero(token_equal & ~follows)
    length = (end_l[lasts] - begin_l[firsts]).astype(np.int64)
    length += _marks_after(end_l[lasts], end_r[lasts], runs.source[run[lasts]], left, right)
    return Segments(run[firsts], begin_l[firsts], begin_r[firsts], length)


def _marks_after(
    at_left: IntArray, at_right: IntArray, source: LongArray, left: FoldedBatch, right: FoldedBatch
) -> LongArray:
    """How many equal punctuation marks (two at most) follow each pair of positions: the full stop is shared too."""
    marks = np.zeros(len(at_left), dtype=np.int64)
    open_still = np.ones(len(at_left), dtype=np.bool_)
    for step in range(MOST_MARKS):
        here, there = at_left + step, at_right + step
        open_still &= (here < len(left.true_codes)) & (there < right.true_offsets[source + 1])
        some = np.flatnonzero(open_still)
        codes = left.true_codes[here[some]]
        kinds = class_table()[codes]
        same = (codes == right.true_codes[there[some]]) & ((kinds == PUNCTUATION) | (kinds == POINT))
        open_still[some[~same]] = False
        marks += open_still
    return marks


def _equal_ranges(
    left: tuple[CodeArray, LongArray, LongArray], right: tuple[CodeArray, LongArray, LongArray]
) -> BoolArray:
    """Whether ``codes[begin:end]`` are the same on both sides, for many ranges at once."""
    codes_l, begin_l, end_l = left
    codes_r, begin_r, end_r = right
    equal: BoolArray = (end_l - begin_l) == (end_r - begin_r)
    some = np.flatnonzero(equal & (end_l > begin_l))
    count = (end_l - begin_l)[some]
    owner = np.repeat(some, count)
    step = np.arange(len(owner)) - np.repeat(np.cumsum(count) - count, count)
    differs = codes_l[begin_l[owner] + step] != codes_r[begin_r[owner] + step]
    equal[owner[differs]] = False
    return equal
