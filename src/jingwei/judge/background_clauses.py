"""Clauses as the background judges them, and how much of one is known."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt

from jingwei.judge.facts_clauses import break_places
from jingwei.model import BoolArray, FloatArray

_SHORTEST = 5  # a shorter clause is judged together with the next one


def clause_ends(text: str) -> list[int]:
    """Behind every mark that ends a clause, in order; asked once for a whole text."""
    return (break_places(text) + 1).tolist()  # type: ignore[no-any-return]


def clause_edges(ends: Sequence[int], stretches: Iterable[tuple[int, int]]) -> tuple[list[int], list[int], list[int]]:
    """Clauses of a text's ``stretches`` with their closing mark, each of at least five characters; they tile them.

    Args:
        ends: the ends of the marks in the whole text (:func:`clause_ends`).
        stretches: starts and ends in the text, ascending, each not empty.

    Returns:
        Starts and ends of all clauses, and how many each stretch has.
    """
    starts: list[int] = []
    stops: list[int] = []
    numbers: list[int] = []
    at, last = 0, len(ends)
    for low, high in stretches:
        first, cut = len(starts), low
        while at < last and ends[at] <= low:
            at += 1
        while at < last and ends[at] < high:
            if ends[at] - cut >= _SHORTEST:
                starts.append(cut)
                cut = ends[at]
                stops.append(cut)
            at += 1
        if high - cut < _SHORTEST and len(starts) > first:
            stops[-1] = high
        else:
            starts.append(cut)
            stops.append(high)
        numbers.append(len(starts) - first)
    return starts, stops, numbers


def shares(known: Counts, total: Counts, edges: Counts) -> FloatArray:
    """Per row of ``edges`` (start, end) the share of the counted characters that is known; 0 where there is none."""
    low, high = edges[:, 0], edges[:, 1]
    chars = total[high] - total[low]
    return np.asarray((known[high] - known[low]) / np.maximum(chars, 1))


Counts = npt.NDArray[np.int64]
_UNSEEN = 2
# 1 where a code point is a letter, an ideograph or a digit (``str.isalnum``); asked once for each character ever seen.
_ALNUM: npt.NDArray[np.uint8] = np.full(0x110000, _UNSEEN, dtype=np.uint8)


def letters(text: str) -> BoolArray:
    """Per character: ``str.isalnum``."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")
    kinds = _ALNUM[codes]
    if bool((kinds == _UNSEEN).any()):
        for code in set(codes[kinds == _UNSEEN].tolist()):  # np.unique would load numpy.ma: 20 ms of a short run
            _ALNUM[code] = chr(code).isalnum()
        kinds = _ALNUM[codes]
    flags: BoolArray = kinds == 1
    return flags
