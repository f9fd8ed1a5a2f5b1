"""Ranges of characters as masks."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from jingwei.model import BoolArray


def covered(edges: npt.NDArray[np.integer], length: int) -> BoolArray:
    """Per character of ``length``: in one of the ranges, which may overlap; one pass for all of them.

    ``edges`` has a row (start, end) for each range.
    """
    steps = np.bincount(edges[:, 0], minlength=length + 1) - np.bincount(edges[:, 1], minlength=length + 1)
    return np.asarray(np.cumsum(steps[:length]) > 0)
