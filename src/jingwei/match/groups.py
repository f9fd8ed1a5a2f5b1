"""Shingles of a batch grouped by what they say: who else has each, found with one sort instead of pair by pair."""

from __future__ import annotations

import numpy as np
from msgspec import Struct

from jingwei.fingerprint.folded import LongArray
from jingwei.fingerprint.sorting import distinct, first_of_equals, order_of_hashes, repeated
from jingwei.fingerprint.winnow import NO_HASH, HashArray
from jingwei.model import BoolArray, IntArray


class Groups(Struct, frozen=True):
    """Equal shingles that at least two reports hold.

    ``position`` (ascending) and ``group`` name the member shingles; ``bounds`` (one more than the reports) cut both by
    report. ``units`` says how many distinct units of peer reports each group has. ``at`` is the group of every position
    of the batch, -1 where there is none.
    """

    position: IntArray
    group: IntArray
    bounds: LongArray
    units: IntArray
    at: IntArray


class Witnesses(Struct, frozen=True):
    """Who counts when units are counted: ``unit`` number of every report, ``peer`` reports only."""

    unit: LongArray
    peer: BoolArray


def group_shingles(
    hashes: HashArray, offsets: LongArray, witnesses: Witnesses, position: LongArray | IntArray | None = None
) -> Groups:
    """Group the hashes of all positions of a batch; those of one report only are left out.

    ``position`` (ascending) names the positions of ``hashes`` where they are not those of the whole batch.
    """
    index, fresh = repeated(hashes)
    begins = np.flatnonzero(fresh)
    whole = hashes[index[begins]] != NO_HASH
    place = index if position is None else position[index]
    owner_of = np.repeat(np.arange(len(offsets) - 1, dtype=np.int32), np.diff(offsets))
    owner = owner_of[place]
    sizes = np.diff(begins, append=len(index))
    several = whole & (owner[begins] != owner[begins + sizes - 1])  # positions ascend inside a group
    kept = np.repeat(several, sizes)
    place, owner = place[kept], owner[kept]
    group = np.repeat(np.arange(int(np.count_nonzero(several)), dtype=np.int32), sizes[several])
    units = count_group_units(group, owner, int(np.count_nonzero(several)), witnesses)
    at = np.full(int(offsets[-1]), -1, dtype=np.int32)
    at[place] = group
    ascending = np.flatnonzero(at >= 0).astype(np.int32)
    bounds = np.searchsorted(ascending, offsets).astype(np.int64)
    return Groups(ascending, at[ascending], bounds, units, at)


def owners(position: LongArray, offsets: LongArray) -> LongArray:
    """The body that each of the ascending positions lies in."""
    return np.repeat(np.arange(len(offsets) - 1), np.diff(np.searchsorted(position, offsets)))


def number_groups(hashes: HashArray) -> tuple[LongArray, int]:
    """Number of the group of equal values each one belongs to, and how many groups there are."""
    order = order_of_hashes(hashes)
    fresh = first_of_equals(hashes[order])
    group = np.empty(len(hashes), dtype=np.int64)
    group[order] = np.cumsum(fresh) - 1
    return group, int(np.count_nonzero(fresh))


def count_group_units(
    group: LongArray | IntArray, owner: LongArray | IntArray, groups: int, witnesses: Witnesses
) -> IntArray:
    """Distinct units of peer reports in each group."""
    if not witnesses.peer.all():
        peers = witnesses.peer[owner]
        group, owner = group[peers], owner[peers]
    several = int(witnesses.unit.max()) + 1 if len(witnesses.unit) else 1
    if groups * several < 1 << 32:  # half the width sorts in half the time
        keys = group.astype(np.uint32) * np.uint32(several) + witnesses.unit.astype(np.uint32)[owner]
        return np.bincount(distinct(keys) // np.uint32(several), minlength=groups).astype(np.int32)
    wide = distinct(group.astype(np.int64) * several + witnesses.unit[owner])
    return np.bincount(wide // several, minlength=groups).astype(np.int32)
