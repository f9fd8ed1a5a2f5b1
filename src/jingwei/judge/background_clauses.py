"""Clauses as the background judges them, and how much of one is known."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from jingwei.model import BoolArray
from jingwei.text.lazy import lazy

_BREAKS = lazy("[，,。；;：:！!？?\n]")
_SHORTEST = 5  # a shorter clause is judged together with the next one


def clause_edges(text: str, low: int, high: int) -> list[tuple[int, int]]:
    """Clauses of ``text[low:high]`` with their closing mark, each of at least five characters; they tile it."""
    cuts = [low]
    for mark in _BREAKS.finditer(text, low, high):
        if mark.end() - cuts[-1] >= _SHORTEST and mark.end() < high:
            cuts.append(mark.end())
    if len(cuts) > 1 and high - cuts[-1] < _SHORTEST:
        cuts.pop()
    return list(zip(cuts, [*cuts[1:], high], strict=True)) if high > low else []


def covered_share(marks: BoolArray, counted: BoolArray, low: int, high: int) -> float:
    """Share of the counted characters of ``[low, high)`` that are marked; 0 where there is none."""
    total = int(counted[low:high].sum())
    return float((marks[low:high] & counted[low:high]).sum()) / total if total else 0.0


def counts_before(marks: BoolArray) -> list[int]:
    """How many of the marks stand before each position, and in all: ``n[b] - n[a]`` of them are in ``[a, b)``."""
    before: list[int] = np.concatenate(([0], np.cumsum(marks))).tolist()
    return before


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
