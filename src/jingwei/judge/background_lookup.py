"""Sorted hashes looked up many at a time, with a memory of what was looked up before.

Reports share much of their wording, so a batch asks for the same fragments over and over: the memory answers more than
half of the questions without a binary search in a table that no cache holds.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from jingwei.model import IntArray

CutHashes = npt.NDArray[np.uint32]
_SLOTS = 1 << 16  # half a megabyte; the lowest bits of a hash say where its answer would be
_KEY_BITS = np.uint64(32)
_ANSWER = np.uint64(0xFFFFFFFF)


class LookedUp:
    """A sorted table of distinct hashes; to its users immutable.

    An answer and the hash it belongs to are one number, so that two threads can never read halves of two answers.
    """

    def __init__(self, table: CutHashes) -> None:
        self._table = np.asarray(table)  # a mapped file is indexed through a slow subclass
        self._known = np.zeros(_SLOTS, dtype=np.uint64)  # hash, then its place + 1 (0: not in the table)
        self._known[0] = np.uint64(1) << _KEY_BITS  # no hash of this slot: an empty one must not pass for hash 0

    def places(self, hashes: CutHashes) -> IntArray:
        """Place of each hash in the table, -1 where it is not in it."""
        if not len(self._table):
            return np.full(len(hashes), -1, dtype=np.int32)
        slots = (hashes & np.uint32(_SLOTS - 1)).astype(np.intp)
        known = self._known[slots]
        missing = np.flatnonzero((known >> _KEY_BITS) != hashes)
        if len(missing):
            # Neighbours in the table are looked up one after the other: half the time.
            missing = missing[np.argsort(hashes[missing])]
            asked = hashes[missing]
            at = np.minimum(np.searchsorted(self._table, asked), len(self._table) - 1)
            answers = np.where(self._table[at] == asked, at + 1, 0).astype(np.uint64)
            known[missing] = self._known[slots[missing]] = asked.astype(np.uint64) << _KEY_BITS | answers
        return (known & _ANSWER).astype(np.int32) - np.int32(1)
