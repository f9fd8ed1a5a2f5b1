"""Sorted hashes looked up many at a time.

A draft asks once, by binary search. A batch asks a thousand times, and a binary search in a table that no cache holds is
a third of its cost there: from the third text on, one look into a filter of the upper bits rules out four hashes in
five, and an index of the upper bits leaves the others five halvings within a few cache lines.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from jingwei.model import BoolArray, IntArray

CutHashes = npt.NDArray[np.uint32]
_WITHOUT_INDEX = 2  # texts; making index and filter costs as much as looking up ten
_LOW_BITS = np.uint32(16)
_FILTER_BITS = 22  # half a million hashes leave one false candidate in eight
_FILTER_SHIFT = np.uint32(32 - _FILTER_BITS)


class LookedUp:
    """A sorted table of distinct hashes; to its users immutable."""

    def __init__(self, table: CutHashes) -> None:
        self._table = np.asarray(table)  # a mapped file is indexed through a slow subclass
        self._asked = 0
        self._index: tuple[BoolArray, IntArray, int] | None = None

    def found(self, hashes: CutHashes) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]:
        """Numbers of those hashes that the table holds, in no order, and the place of each in the table."""
        if not len(self._table):
            return np.empty(0, dtype=np.intp), np.empty(0, dtype=np.intp)
        self._asked += 1
        if self._asked > _WITHOUT_INDEX:
            passed, first, step = self._index = self._index or self._made()
            chosen = np.flatnonzero(passed.take(hashes >> _FILTER_SHIFT))
            sought = hashes[chosen]
            at = self._halved(sought, first, step).astype(np.intp)
        else:
            chosen = np.argsort(hashes)  # neighbours in the table are looked up one after the other: half the time
            sought = hashes[chosen]
            at = np.searchsorted(self._table, sought)
        real = np.flatnonzero(self._table.take(at, mode="clip") == sought)
        return chosen[real], np.minimum(at[real], len(self._table) - 1)

    def _made(self) -> tuple[BoolArray, IntArray, int]:
        """The filter, the index, and the first step of the halvings within a bucket of the index."""
        passed = np.zeros(1 << _FILTER_BITS, dtype=np.bool_)
        passed[self._table >> _FILTER_SHIFT] = True
        counts = np.bincount(self._table >> _LOW_BITS, minlength=1 << 16)
        widest = int(counts.max())
        return passed, (np.cumsum(counts) - counts).astype(np.int32), 1 << widest.bit_length() >> 1

    def _halved(self, hashes: CutHashes, first: IntArray, step: int) -> IntArray:
        """What ``np.searchsorted`` says: how many of the table are smaller (or some more, where all are).

        Past its own bucket every hash of the table is larger, so the halvings need not know where the bucket ends.
        """
        at = first.take(hashes >> _LOW_BITS)
        while step:
            smaller = self._table.take(at + np.int32(step - 1), mode="clip") < hashes
            at += smaller.astype(np.int32) * np.int32(step)  # half the time of setting where it is smaller
            step >>= 1
        return at
