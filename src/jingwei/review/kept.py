"""Lists of numbers kept one behind the other in one file: each array of an archive takes a quarter of a millisecond.

Data is found beside this file: ``importlib.resources`` loads archives, temporary files and random numbers first.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

DATA = Path(__file__).parent / "data"
Numbers = NDArray[np.uint64]


def keep(path: Path, lists: Sequence[NDArray[Any]]) -> None:
    """Writes lists of whole numbers: how many, how long each is, then what they hold."""
    sizes = np.array([len(lists), *map(len, lists)], dtype=np.uint64)
    np.save(path, np.concatenate([sizes, *(numbers.astype(np.uint64) for numbers in lists)]))


def kept(path: Path) -> list[Numbers]:
    """The lists of a file."""
    numbers: Numbers = np.load(path, allow_pickle=False)
    behind = int(numbers[0]) + 1
    return np.split(numbers[behind:], np.cumsum(numbers[1:behind])[:-1].astype(np.intp))
