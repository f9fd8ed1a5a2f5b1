"""Sorted hashes looked up many at a time.

A draft asks once, by binary search. A batch asks a thousand times, and a binary search in a table that no cache holds is
a third of its cost there: from the third text on, an index of the upper bits leaves five halvings within a few cache
lines.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from jingwei.model import IntArray

CutHashes = npt.NDArray[np.uint32]
_WITHOUT_INDEX = 2  # texts; making the index costs as much as looking up five
_LOW_BITS = np.uint32(16)


class LookedUp:
    """A sorted table of distinct hashes; to its users immutable."""

    def __init__(self, table: CutHashes) -> None:
        self._table = np.asarray(table)  # a mapped file is indexed through a slow subclass
        self._asked = 0
        self._index: tuple[IntArray, int] | None = None

    def places(self, hashes: CutHashes) -> IntArray:
        """Place of each hash in the table, -1 where it is not in it."""
        if not len(self._table):
            return np.full(len(hashes), -1, dtype=np.int32)
        self._asked += 1
        if self._asked > _WITHOUT_INDEX:
            at = self._halved(hashes)
        else:
            order = np.argsort(hashes)  # neighbours in the table are looked up one after the other: half the time
            at = np.empty(len(hashes), dtype=np.intp)
            at[order] = np.searchsorted(self._table, hashes[order])
        last = len(self._table) - 1
        return np.where(self._table.take(at, mode="clip") == hashes, np.minimum(at, last), -1).astype(np.int32)

    def _halved(self, hashes: CutHashes) -> npt.NDArray[np.intp]:
        """What ``np.searchsorted`` says: how many of the table are smaller (or some more, where all are).

        Past its own bucket every hash of the table is larger, so the halvings need not know where the bucket ends.
        """
        if self._index is None:
            counts = np.bincount(self._table >> _LOW_BITS, minlength=1 << 16)
            widest = int(counts.max())
            self._index = (np.cumsum(counts) - counts).astype(np.int32), 1 << widest.bit_length() >> 1
        first, step = self._index
        at = first.take(hashes >> _LOW_BITS).astype(np.intp)
        while step:
            ahead = at + step
            np.copyto(at, ahead, where=self._table.take(ahead - 1, mode="clip") < hashes)
            step >>= 1
        return at
