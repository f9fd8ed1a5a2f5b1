"""Equal runs of one report of a batch against others of it, through the numbered groups of shingles."""

from __future__ import annotations

import numpy as np

from jingwei.fingerprint.folded import LongArray
from jingwei.fingerprint.sorting import order_of_columns
from jingwei.match.groups import Groups
from jingwei.match.runs import Runs

_MOST_OCCURRENCES = 32  # of one shingle in the left body: bounds the work on periodic texts

_SIDE_BITS = 40  # a position of the batch; the left position stands above it
_STEP = (1 << _SIDE_BITS) + 1  # one further on both sides


class RunFinder:
    """Finds the runs of one report after the other; its tables are as long as there are groups.

    A shingle of the right body is met by one look into a table. As right positions ascend, hits that follow each other
    on both sides are a run, and nothing has to be sorted unless the left body repeats itself.
    """

    def __init__(self, groups: Groups, offsets: LongArray, shingle_chars: int) -> None:
        self._groups = groups
        self._offsets = offsets
        self._more = shingle_chars - 1
        self._table = np.full(len(groups.units), -1, dtype=np.int32)

    def find(self, left: int, rights: LongArray) -> Runs:
        """All maximal runs, by right report; ``left`` positions count from the start of the left body."""
        groups, bounds = self._groups, self._groups.bounds
        own = slice(int(bounds[left]), int(bounds[left + 1]))
        mine = groups.group[own]
        at = (groups.position[own] - self._offsets[left]).astype(np.int32)
        slices = [slice(int(bounds[r]), int(bounds[r + 1])) for r in rights.tolist()]
        met = np.concatenate([groups.group[s] for s in slices])
        where = np.concatenate([groups.position[s] for s in slices])
        self._table[mine[::-1]] = at[::-1]
        hit = self._table[met]
        some = np.flatnonzero(hit >= 0)
        met, where = met[some], where[some].astype(np.int64)
        found = [_consecutive(hit[some].astype(np.int64), where)]
        later = self._table[mine] != at
        self._table[mine] = -1
        mine, at = mine[later], at[later]
        for _ in range(_MOST_OCCURRENCES):  # what the left body says again
            if not len(mine):
                break
            self._table[mine[::-1]] = at[::-1]
            hit = self._table[met]
            some = np.flatnonzero(hit >= 0)
            met, where, hit = met[some], where[some], hit[some]  # what is said a third time is said a second time
            found.append(_consecutive(hit.astype(np.int64), where))
            later = self._table[mine] != at
            self._table[mine] = -1
            mine, at = mine[later], at[later]
        begin, right, count = found[0] if len(found) == 1 else _united(found)
        source = np.searchsorted(self._offsets, right, side="right") - 1
        return Runs(source, begin, right, count + self._more)


def _consecutive(left: LongArray, right: LongArray) -> tuple[LongArray, LongArray, LongArray]:
    """Runs of shingles as (left, right, count)."""
    both = left << _SIDE_BITS | right
    fresh = np.ones(len(left), dtype=np.bool_)
    np.not_equal(both[1:], both[:-1] + _STEP, out=fresh[1:])
    begins = np.flatnonzero(fresh)
    return left[begins], right[begins], np.diff(begins, append=len(left))


def _united(found: list[tuple[LongArray, LongArray, LongArray]]) -> tuple[LongArray, LongArray, LongArray]:
    """Runs of several rounds, pieces of one run on a diagonal joined."""
    left, right, count = (np.concatenate(column) for column in zip(*found, strict=True))
    diagonal = right - left
    order = order_of_columns(diagonal - diagonal.min() if len(diagonal) else diagonal, left)
    left, right, count = left[order], right[order], count[order]
    fresh = np.ones(len(left), dtype=np.bool_)
    fresh[1:] = (np.diff(right - left) != 0) | (left[1:] != left[:-1] + count[:-1])
    begins = np.flatnonzero(fresh)
    total = np.add.reduceat(count, begins) if len(begins) else count
    return left[begins], right[begins], total
