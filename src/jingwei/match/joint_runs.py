"""Equal runs between reports of a batch, through the numbered groups of shingles: exact, nothing is met by chance."""

from __future__ import annotations

import numpy as np

from jingwei.fingerprint.folded import LongArray
from jingwei.fingerprint.sorting import first_of_equals, order_of_columns
from jingwei.match.blocks import Blocks, find_blocks
from jingwei.match.groups import Groups
from jingwei.match.runs import Runs
from jingwei.model import BoolArray, IntArray

_MOST_OCCURRENCES = 32  # of one shingle in the left body: bounds the work on periodic texts
_POSITION_BITS = 31
_LISTING_COST = 2  # of following a list of occurrences, in looks into a table


class RunFinder:
    """Finds the runs of one left report after the other with the reports it is paired with.

    Equal blocks (:mod:`jingwei.match.blocks`) are found in two ways. A block that few reports hold is followed to its
    other occurrences; a block of the crowd is looked up in a table of the left report, for every occurrence in the
    reports it is paired with. Which block is which is decided by what costs less in all: real reports share much that
    is rare, synthetic ones much that is common.

    Args:
        groups: shared shingles of the batch.
        offsets: where each body begins.
        shingle_chars: length of a shingle.
        rank: of every report; a left report stands before those it is paired with.
        rights: the right report of every pair, which says what looking up costs.
    """

    def __init__(
        self, groups: Groups, offsets: LongArray, shingle_chars: int, rank: LongArray, rights: LongArray
    ) -> None:
        blocks = find_blocks(groups)
        self._offsets = offsets
        self._more = shingle_chars - 1
        self._at = np.append(groups.at, np.int32(-1))  # so that there is something before the first and behind the last
        self._left_at = self._at.copy()
        self._blocks = blocks
        owner = np.repeat(np.arange(len(offsets) - 1, dtype=np.int32), np.diff(blocks.bounds))
        listed = _listed(blocks, owner, rights, len(offsets) - 1)[blocks.block]
        self._table = np.full(len(blocks.sizes), -1, dtype=np.int32)
        self._crowd = np.flatnonzero(~listed)
        self._crowd_block = blocks.block[self._crowd]
        self._crowd_bounds = np.searchsorted(self._crowd, blocks.bounds)
        self._forget_repetitions(owner)
        self._list_occurrences(np.flatnonzero(listed), owner, rank)

    def _forget_repetitions(self, owner: IntArray) -> None:
        """What a left body says more often than ``_MOST_OCCURRENCES`` times is not found there again."""
        blocks, crowd = self._blocks, self._crowd
        order = order_of_columns(owner[crowd], blocks.block[crowd])
        ranked = crowd[order]
        fresh = first_of_equals(blocks.block[ranked])
        fresh[1:] |= owner[ranked[1:]] != owner[ranked[:-1]]
        begins = np.flatnonzero(fresh)
        sizes = np.diff(begins, append=len(order))
        excess = ranked[np.arange(len(order)) - np.repeat(begins, sizes) > _MOST_OCCURRENCES]
        self._forgotten = np.zeros(len(blocks.block), dtype=np.bool_)
        self._forgotten[excess] = True
        for step in range(int(blocks.shingles[excess].max()) if len(excess) else 0):
            some = excess[blocks.shingles[excess] > step]
            self._left_at[blocks.position[some] + step] = -1

    def _list_occurrences(self, listed: LongArray, owner: IntArray, rank: LongArray) -> None:
        """Occurrences of the rarer blocks, block after block, in the order of their reports."""
        blocks = self._blocks
        order = listed[order_of_columns(blocks.block[listed], rank[owner[listed]])]
        ends = np.cumsum(np.bincount(blocks.block[listed], minlength=len(blocks.sizes)))
        self._next = np.full(len(blocks.block), 0, dtype=np.int32)
        self._next[order] = np.arange(1, len(order) + 1)
        self._end = np.zeros(len(blocks.block), dtype=np.int32)
        self._end[order] = ends[blocks.block[order]]
        self._listed_position, self._listed_owner = blocks.position[order], owner[order]

    def find(self, left: int, rights: LongArray) -> Runs:
        """All maximal runs, by right report and left position; ``left`` positions count from the start of its body."""
        at, right, shingles = (
            np.concatenate(both)
            for both in zip(self._followed(left, rights), self._looked_up(left, rights), strict=True)
        )
        begins = np.flatnonzero(_differ(self._left_at[at - 1], self._at[right - 1]))
        ends = np.flatnonzero(_differ(self._left_at[at + shingles], self._at[right + shingles]))
        first, last = at[begins].astype(np.int64), (at + shingles)[ends].astype(np.int64)
        first_key = np.sort((right[begins] - first + (1 << _POSITION_BITS)) << _POSITION_BITS | first)
        last_key = np.sort((right[ends] + shingles[ends] - last + (1 << _POSITION_BITS)) << _POSITION_BITS | last)
        first = first_key & ((1 << _POSITION_BITS) - 1)  # the n-th beginning on a diagonal belongs to the n-th end
        begin = (first_key >> _POSITION_BITS) - (1 << _POSITION_BITS) + first
        source = np.searchsorted(self._offsets, begin, side="right") - 1
        runs = Runs(source, first - self._offsets[left], begin, last_key - first_key + self._more)
        return runs.pick(order_of_columns(source, runs.left))  # rights of one left position ascend already

    def _followed(self, left: int, rights: LongArray) -> tuple[IntArray, IntArray, IntArray]:
        """Equal blocks of the rarer kind: left position, right position, shingles."""
        blocks = self._blocks
        own = slice(int(blocks.bounds[left]), int(blocks.bounds[left + 1]))
        begin, end = self._next[own], self._end[own]
        some = np.flatnonzero(begin < end)
        count = (end - begin)[some]
        place = np.repeat(begin[some] - np.cumsum(count) + count, count)
        place += np.arange(len(place), dtype=np.int32)
        paired = np.zeros(len(self._offsets) - 1, dtype=np.bool_)
        paired[rights] = True
        met = np.flatnonzero(paired[self._listed_owner[place]])
        mine = np.repeat(some, count)[met]
        return blocks.position[own][mine], self._listed_position[place[met]], blocks.shingles[own][mine]

    def _looked_up(self, left: int, rights: LongArray) -> tuple[IntArray, IntArray, IntArray]:
        """The same of what the crowd says."""
        blocks, bounds, table = self._blocks, self._crowd_bounds, self._table
        mine = np.arange(bounds[left], bounds[left + 1])
        mine = mine[~self._forgotten[self._crowd[mine]]]
        mine = mine[np.argsort(self._crowd_block[mine], kind="stable")]
        said = self._crowd_block[mine]
        firsts = np.flatnonzero(first_of_equals(said))
        times = np.diff(firsts, append=len(said))
        table[said[firsts]] = np.arange(len(firsts))
        stretches = [slice(int(bounds[r]), int(bounds[r + 1])) for r in rights.tolist()]
        found = table[np.concatenate([self._crowd_block[s] for s in stretches])]
        where = np.flatnonzero(found >= 0)
        found = found[where]
        theirs = np.concatenate([self._crowd[s] for s in stretches])[where]
        table[said[firsts]] = -1
        count = times[found]
        if len(said) > len(firsts):  # what the left body says again
            theirs = np.repeat(theirs, count)
            place = np.repeat(firsts[found] - np.cumsum(count) + count, count) + np.arange(len(theirs))
        else:
            place = found
        ours = self._crowd[mine[place]]
        return blocks.position[ours], blocks.position[theirs], blocks.shingles[ours]


def _differ(one: IntArray, other: IntArray) -> BoolArray:
    """Whether two shingles are not the same shared one."""
    differ: BoolArray = one != other
    differ |= one < 0
    return differ


def _listed(blocks: Blocks, owner: IntArray, rights: LongArray, reports: int) -> BoolArray:
    """Which blocks to follow through a list of their occurrences: all up to the size that makes both ways cheapest."""
    looks = np.bincount(rights, minlength=reports)[owner].astype(np.float64)
    level = np.zeros(len(blocks.sizes), dtype=np.int64)
    level[:] = np.frexp(blocks.sizes.astype(np.float64))[1]
    levels = int(level.max()) + 1 if len(level) else 1
    looked = np.bincount(level[blocks.block], weights=looks, minlength=levels)
    sizes = blocks.sizes.astype(np.float64)
    followed = np.bincount(level, weights=sizes * (sizes - 1) / 2, minlength=levels) * _LISTING_COST
    cost = np.cumsum(followed) + looked.sum() - np.cumsum(looked)
    listed: BoolArray = level <= int(np.argmin(cost))
    return listed
