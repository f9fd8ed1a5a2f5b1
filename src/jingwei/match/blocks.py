"""Shingles that always stand together, as one block: what is compared then is blocks, not every shingle of them.

If each occurrence of a shared shingle is followed by the same shingle, and each occurrence of that one is preceded by
the first, whoever holds one holds both, side by side. Chains of such shingles (unitigs, as the assembly of genomes calls
them) are found by looking at neighbours only; nothing is lost by comparing chains, as no run begins or ends inside one.
"""

from __future__ import annotations

import numpy as np
from msgspec import Struct

from jingwei.fingerprint.folded import LongArray
from jingwei.match.groups import Groups
from jingwei.model import BoolArray, IntArray


class Blocks(Struct, frozen=True):
    """Occurrences of blocks in a batch: the position of the first shingle (ascending), how many shingles, which block.

    ``bounds`` (one more than the reports) cut the occurrences by report; ``sizes`` counts them by block.
    """

    position: IntArray
    shingles: IntArray
    block: IntArray
    bounds: LongArray
    sizes: LongArray


def find_blocks(groups: Groups) -> Blocks:
    """The blocks of a batch; cost: a few passes over the shared shingles."""
    position, group = groups.position, groups.group
    beside = np.zeros(len(position), dtype=np.bool_)  # the member before is the shingle before, in the same report
    beside[1:] = position[1:] == position[:-1] + 1
    beside[groups.bounds[:-1][groups.bounds[:-1] < len(position)]] = False
    after, before = np.full(len(group), -1, dtype=np.int32), np.full(len(group), -1, dtype=np.int32)
    joints = np.flatnonzero(beside)
    after[joints - 1], before[joints] = group[joints], group[joints - 1]
    inside = beside
    inside[joints] &= _unanimous(group, after, len(groups.units))[group[joints - 1]]
    inside[joints] &= _unanimous(group, before, len(groups.units))[group[joints]]
    begins = np.flatnonzero(~inside)
    shingles = np.diff(begins, append=len(position)).astype(np.int32)
    number = np.cumsum(np.bincount(group[begins], minlength=len(groups.units)) > 0) - 1
    block = number[group[begins]].astype(np.int32)
    bounds = np.searchsorted(begins, groups.bounds).astype(np.int64)
    return Blocks(position[begins], shingles, block, bounds, np.bincount(block).astype(np.int64))


def _unanimous(group: IntArray, neighbour: IntArray, groups: int) -> BoolArray:
    """Groups all of whose members have the same neighbour."""
    last = np.full(groups, -1, dtype=np.int32)
    last[group] = neighbour
    same = np.ones(groups, dtype=np.bool_)
    same[group[last[group] != neighbour]] = False
    return same
