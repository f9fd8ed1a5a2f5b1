"""What is shared or prescribed and does not count, with the reason: the part of the result that earns trust."""

from __future__ import annotations

import itertools

import numpy as np

from jingwei.judge.case import Case
from jingwei.judge.kinds import CODE
from jingwei.judge.reasons import Reasons
from jingwei.model import BoolArray, Excluded, IntArray

MIN_CHARS = 4  # shorter stretches are noise in a list for people


def list_excluded(
    case: Case, mandated: IntArray, kinds: IntArray, matched: BoolArray, reasons: Reasons
) -> tuple[Excluded, ...]:
    """Stretches that are prescribed, and stretches shared with others that are common, in text order."""
    units = case.evidence.units
    found: list[Excluded] = []
    for start, end, index in _runs(mandated):
        reason = reasons[index]
        places = int(units[start:end].max())
        found.append(Excluded(start, end, reason.zh, places or None, reason.en))
    shared = np.where(matched & (kinds == CODE["formulaic"]), np.maximum(units, 1), 0).astype(np.int32)
    for start, end, _ in _runs((shared > 0).astype(np.int32)):
        places = int(units[start:end].max())
        note = (
            f"通用套语：比对库中另有{places}个单位使用，不计入雷同"
            if places
            else "通用套语：内置语料中多地通用，不计入雷同"
        )
        found.append(Excluded(start, end, note, places or None, f"common wording, shared by {places} other units"))
    return tuple(sorted((e for e in found if e.end - e.start >= MIN_CHARS), key=lambda e: (e.start, e.end)))


def _runs(marks: IntArray) -> list[tuple[int, int, int]]:
    """Maximal stretches of one non-zero value."""
    if not len(marks):
        return []
    edges = [0, *(int(i) + 1 for i in np.flatnonzero(np.diff(marks))), len(marks)]
    return [(a, b, int(marks[a])) for a, b in itertools.pairwise(edges) if marks[a]]
