"""How many other units share each character: the measure of what belongs to everyone."""

from __future__ import annotations

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from jingwei.fingerprint.folded import LongArray
from jingwei.fingerprint.winnow import HashArray
from jingwei.match.runs import MOST_MARKS
from jingwei.match.scanning import Clusters, Scan
from jingwei.model import BoolArray, IntArray
from jingwei.settings import MatchSettings

_LONG_SHARE = 0.75


class Commonness(Struct, frozen=True):
    """Distinct other units that share each true character (in a run of the minimum length) and each shingle."""

    characters: IntArray
    shingles: IntArray


def measure(found: Scan, unit: HashArray, counted: BoolArray, settings: MatchSettings) -> Commonness:
    """Commonness of the left body of a scan.

    Args:
        found: runs against a batch of sources.
        unit: unit key of each source of the batch.
        counted: whether the source counts (a peer, of another unit).
        settings: length of runs and shingles.
    """
    _, number = np.unique(unit, return_inverse=True)
    runs, segments = found.runs, found.segments
    source = runs.source[segments.run]
    kept = (runs.length[segments.run] >= settings.min_run_chars) & counted[source]
    characters = count_units(
        number[source[kept]], segments.left[kept], segments.length[kept], len(found.left.true_codes)
    )
    kept = counted[runs.source]
    length = runs.length[kept] - (settings.shingle_chars - 1)
    return Commonness(
        characters, count_units(number[runs.source[kept]], runs.left[kept], length, len(found.left.codes))
    )


def count_units(unit: LongArray, start: LongArray, length: LongArray, size: int) -> IntArray:
    """Distinct units over each of ``size`` positions, given one stretch a row."""
    order = np.lexsort((start, unit))
    unit, start = unit[order], start[order].astype(np.int64)
    end = start + length[order]
    steps = np.zeros(size + 1, dtype=np.int64)
    if len(unit):
        shift = unit * np.int64(size + 2)  # makes stretches of different units disjoint, so one pass joins them all
        reach = np.maximum.accumulate(end + shift)
        fresh = np.ones(len(unit), dtype=np.bool_)
        fresh[1:] = start[1:] + shift[1:] > reach[:-1]
        firsts = np.flatnonzero(fresh)
        lasts = np.append(firsts[1:] - 1, len(unit) - 1)
        steps += np.bincount(start[firsts], minlength=size + 1)
        steps -= np.bincount(reach[lasts] - shift[lasts], minlength=size + 1)
    return np.cumsum(steps[:-1]).astype(np.int32)


def without_crowd(found: Scan, common: Commonness, exempt: BoolArray, settings: MatchSettings) -> Scan:
    """The scan without passages that only repeat what everyone says.

    A passage stays when its source is exempt (a superior, an authority text), when it may hold ``crowd_chars`` in one
    piece (three quarters of them between two changed places), or when it holds something rare, that is shared by fewer
    than ``crowd_units`` other units: a minimum run of characters, or
    ``shingle_chars`` shingles (one name or number that is equal in an otherwise common frame makes so many).
    """
    runs, segments = found.runs, found.segments
    if not len(segments):
        return found
    size = int(found.passage.max()) + 1
    label = found.passage[segments.run]
    sums = _sums(common.characters < settings.crowd_units)
    rare_chars = np.bincount(label, weights=sums[segments.left + segments.length] - sums[segments.left], minlength=size)
    sums = _sums(common.shingles < settings.crowd_units)
    last = runs.left + runs.length - (settings.shingle_chars - 1)
    rare_shingles = np.bincount(found.passage, weights=sums[last] - sums[runs.left], minlength=size)
    by_run = np.bincount(segments.run, weights=segments.length, minlength=len(runs))
    longest = np.zeros(size)
    np.maximum.at(longest, found.passage, by_run)
    rare = (rare_chars >= settings.min_run_chars) | (rare_shingles >= settings.shingle_chars)
    rare[found.passage[exempt[runs.source]]] = True
    return replace(found, common=~rare).of_passages(rare | (longest >= _LONG_SHARE * settings.crowd_chars))


def may_stay(found: Clusters, common: Commonness, exempt: BoolArray, settings: MatchSettings) -> BoolArray:
    """Which passages :func:`without_crowd` may keep, by label, told from the runs alone: never too few.

    It spares the look at the true characters of everything that is merely common.
    """
    runs, passage = found.runs, found.passage
    size = int(passage.max()) + 1 if len(passage) else 0
    item = found.left
    last = runs.left + runs.length - 1
    begin = item.true_start[runs.left]
    end = np.minimum(item.true_end[last] + MOST_MARKS, len(item.true_codes))
    rare = _sums(common.characters < settings.crowd_units)
    rare_chars = np.bincount(passage, weights=rare[end] - rare[begin], minlength=size)
    rare = _sums(common.shingles < settings.crowd_units)
    last = runs.left + runs.length - (settings.shingle_chars - 1)
    rare_shingles = np.bincount(passage, weights=rare[last] - rare[runs.left], minlength=size)
    kept: BoolArray = (rare_chars >= settings.min_run_chars) | (rare_shingles >= settings.shingle_chars)
    kept[passage[(end - begin >= _LONG_SHARE * settings.crowd_chars) | exempt[runs.source]]] = True
    return kept


def _sums(flags: BoolArray) -> LongArray:
    return np.concatenate([[0], np.cumsum(flags)])


def on_raw(values: IntArray, at: IntArray, length: int) -> IntArray:
    """Values of true characters laid out per raw character; 0 elsewhere."""
    raw = np.zeros(length, dtype=np.int32)
    raw[at] = values
    return raw
