"""How many other units share each character: the measure of what belongs to everyone."""

from __future__ import annotations

import numpy as np

from jingwei.fingerprint.winnow import HashArray
from jingwei.match.passages import Scan
from jingwei.model import BoolArray, IntArray
from jingwei.settings import MatchSettings


def units_per_character(found: Scan, unit: HashArray, counted: BoolArray, min_run_chars: int) -> IntArray:
    """Distinct units per true character of the left body that share a folded run of the minimum length with it.

    Args:
        found: runs against a batch of sources.
        unit: unit key of each source of the batch.
        counted: whether the source counts (a peer, of another unit).
        min_run_chars: shorter runs are no evidence.
    """
    length = len(found.left.true_codes)
    segments = found.segments
    source = found.runs.source[segments.run]
    kept = (found.runs.length[segments.run] >= min_run_chars) & counted[source]
    groups, row = np.unique(unit[source[kept]], return_inverse=True)
    steps = np.zeros((len(groups), length + 1), dtype=np.int16)
    begin = segments.left[kept]
    np.add.at(steps, (row, begin), 1)
    np.add.at(steps, (row, begin + segments.length[kept]), -1)
    inside = np.cumsum(steps[:, :-1], axis=1, dtype=np.int16) > 0
    units: IntArray = inside.sum(axis=0).astype(np.int32)
    return units


def without_crowd(found: Scan, units: IntArray, exempt: BoolArray, settings: MatchSettings) -> Scan:
    """The scan without passages that only repeat what everyone says.

    A passage stays when its source is exempt (own unit, superior, authority), when at least a minimum run of its equal
    characters is shared by fewer than ``crowd_units`` other units, or when it is ``crowd_chars`` long.
    """
    segments = found.segments
    if not len(segments):
        return found
    rare = np.concatenate([[0], np.cumsum(units < settings.crowd_units)])
    label = found.passage[segments.run]
    size = int(found.passage.max()) + 1
    rare_chars = np.bincount(label, weights=rare[segments.left + segments.length] - rare[segments.left], minlength=size)
    chars = np.bincount(label, weights=segments.length, minlength=size)
    kept = (rare_chars >= settings.min_run_chars) | (chars >= settings.crowd_chars)
    kept[found.passage[exempt[found.runs.source]]] = True
    return found.of_passages(kept)


def on_raw(values: IntArray, at: IntArray, length: int) -> IntArray:
    """Values of true characters laid out per raw character; 0 elsewhere."""
    raw = np.zeros(length, dtype=np.int32)
    raw[at] = values
    return raw
