"""Shingles of a batch grouped by what they say: who else has each, found with one sort instead of pair by pair."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from jingwei.fingerprint.folded import LongArray
from jingwei.fingerprint.sorting import distinct, first_of_equals, order_of_hashes
from jingwei.fingerprint.winnow import HashArray
from jingwei.model import BoolArray, IntArray


@dataclass(frozen=True, slots=True)
class Groups:
    """Equal shingles that at least two reports hold.

    ``position`` (ascending) and ``group`` name the member shingles; ``bounds`` (one more than the reports) cut both by
    report. ``units`` says how many distinct units of peer reports each group has.
    """

    position: IntArray
    group: IntArray
    bounds: LongArray
    units: IntArray


@dataclass(frozen=True, slots=True)
class Witnesses:
    """Who counts when units are counted: ``unit`` number of every report, ``peer`` reports only."""

    unit: LongArray
    peer: BoolArray


def group_shingles(hashes: HashArray, position: LongArray, offsets: LongArray, witnesses: Witnesses) -> Groups:
    """Group ``hashes`` (of the shingles at ``position``, ascending); those of one report only are left out."""
    owner = owners(position, offsets)
    group, sizes = number_groups(hashes)
    low, high = np.full(sizes, len(offsets), dtype=np.int64), np.full(sizes, -1, dtype=np.int64)
    low[group[::-1]] = owner[::-1]  # positions ascend, so the last write is the first owner
    high[group] = owner
    several = low != high
    renumbered = np.cumsum(several) - 1
    kept = several[group]
    position, owner = position[kept], owner[kept]
    group = renumbered[group[kept]].astype(np.int32)
    units = count_group_units(group, owner, int(np.count_nonzero(several)), witnesses)
    bounds = np.searchsorted(position, offsets).astype(np.int64)
    return Groups(position.astype(np.int32), group, bounds, units)


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


def count_group_units(group: LongArray | IntArray, owner: LongArray, groups: int, witnesses: Witnesses) -> IntArray:
    """Distinct units of peer reports in each group."""
    peers = witnesses.peer[owner]
    several = int(witnesses.unit.max()) + 1 if len(witnesses.unit) else 1
    keys = distinct(group[peers].astype(np.int64) * several + witnesses.unit[owner[peers]])
    return np.bincount(keys // several, minlength=groups).astype(np.int32)
