"""Ranges of characters as masks and as positions."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from jingwei.model import BoolArray

Positions = npt.NDArray[np.intp]


def covered(starts: npt.NDArray[np.integer], ends: npt.NDArray[np.integer], length: int) -> BoolArray:
    """Per character of ``length``: in one of the ranges, which may overlap; one pass for all of them."""
    steps = np.bincount(starts, minlength=length + 1)
    steps -= np.bincount(ends, minlength=length + 1)
    return np.asarray(np.cumsum(steps[:length]) > 0)


def positions_in(starts: Positions, sizes: Positions) -> Positions:
    """All positions of the ranges, one range after the other, each from its start and ``sizes`` long."""
    ends = np.cumsum(sizes)
    return np.repeat(starts - (ends - sizes), sizes) + np.arange(ends[-1] if len(ends) else 0)


def counts_before(marks: BoolArray) -> Positions:
    """How many of the marks stand before each position, and in all: ``n[b] - n[a]`` of them are in ``[a, b)``."""
    counts = np.zeros(len(marks) + 1, dtype=np.intp)
    np.cumsum(marks, out=counts[1:])
    return counts
