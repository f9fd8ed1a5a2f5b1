"""How the overlaps of all pairs of a batch are spread, with the degree limits on the axis."""

from __future__ import annotations

import numpy as np
from msgspec import Struct

from jingwei.model import Comparison, FloatArray
from jingwei.settings import ReviewSettings

BINS = 20


class Bin(Struct, frozen=True):
    """Pairs whose overlap lies in [low, high); the last one holds 1 too. ``height`` is in [0, 1] for drawing."""

    low: float
    high: float
    pairs: int
    height: float


SAME_UNIT = frozenset({"previous", "duplicate"})


def pair_histogram(comparison: Comparison) -> tuple[Bin, ...]:
    """Twenty bins of five points each over all pairs of two units.

    Heights are on a square-root scale: nearly all pairs lie in the first bin, and the few that matter must be seen.
    """
    values = np.clip(_overlaps_of_two_units(comparison), 0, 1)
    numbers = np.minimum((values * BINS + 1e-9).astype(int), BINS - 1)
    counts = np.bincount(numbers, minlength=BINS)
    top = float(np.sqrt(counts.max(initial=1))) or 1.0
    return tuple(Bin(i / BINS, (i + 1) / BINS, int(n), float(np.sqrt(n)) / top) for i, n in enumerate(counts))


def degree_counts(comparison: Comparison, limits: ReviewSettings) -> tuple[int, int, int, int]:
    """Pairs of two units at each degree 低, 关注, 重点核查, 高度雷同."""
    values = _overlaps_of_two_units(comparison)
    edges = (limits.degree_watch, limits.degree_check, limits.degree_high)
    numbers = sum(((values >= edge).astype(int) for edge in edges), start=np.zeros(len(values), dtype=int))
    counts = np.bincount(numbers, minlength=4)
    return int(counts[0]), int(counts[1]), int(counts[2]), int(counts[3])


def _overlaps_of_two_units(comparison: Comparison) -> FloatArray:
    """Overlap of every pair but those of one unit: a unit's own earlier report has limits of its own."""
    chosen = np.triu(np.ones((len(comparison.ids),) * 2, dtype=bool), 1)
    number_of = {report_id: i for i, report_id in enumerate(comparison.ids)}
    for pair in comparison.pairs:
        if pair.relation in SAME_UNIT:
            a, b = sorted((number_of[pair.left], number_of[pair.right]))
            chosen[a, b] = False
    return np.asarray(comparison.matrix, dtype=np.float64)[chosen]
