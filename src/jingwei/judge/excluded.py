"""What is shared or prescribed and does not count, with the reason: the part of the result that earns trust."""

from __future__ import annotations

from functools import lru_cache
from operator import attrgetter

import numpy as np

from jingwei.judge.case import Case
from jingwei.judge.kinds import CODE
from jingwei.judge.reasons import Reasons
from jingwei.model import BoolArray, Excluded, IntArray

_RANGE = attrgetter("start", "end")
MIN_CHARS = 4  # shorter stretches are noise in a list for people


def list_excluded(
    case: Case, mandated: IntArray, kinds: IntArray, matched: BoolArray, reasons: Reasons
) -> tuple[Excluded, ...]:
    """Stretches that are prescribed, and stretches shared with others that are common, in text order."""
    units = case.evidence.units
    rows = _runs(mandated, units)
    said = reasons.each([index for _, _, index, _ in rows])
    found = [
        Excluded(start, end, reason.zh, places or None, reason.en)
        for (start, end, _, places), reason in zip(rows, said, strict=True)
    ]
    shared = matched & (kinds == CODE["formulaic"])
    for start, end, _, places in _runs(shared, units):
        zh, en = _common(places)
        found.append(Excluded(start, end, zh, places or None, en))
    found.sort(key=_RANGE)
    return tuple(found)


@lru_cache(maxsize=4096)
def _common(places: int) -> tuple[str, str]:
    zh = (
        f"通用套语：比对库中另有{places}个单位使用，不计入雷同"
        if places
        else "通用套语：内置语料中多地通用，不计入雷同"
    )
    return zh, f"common wording, shared by {places} other units"


def _runs(marks: IntArray | BoolArray, units: IntArray) -> list[tuple[int, int, int, int]]:
    """Stretches of one non-zero value that are long enough, with the value and the most units that share a character."""
    if not len(marks):
        return []
    edges = np.concatenate(([0], np.flatnonzero(marks[1:] != marks[:-1]) + 1, [len(marks)]))
    starts, ends = edges[:-1], edges[1:]
    kept = np.flatnonzero((marks[starts] != 0) & (ends - starts >= MIN_CHARS))
    rows = (starts[kept], ends[kept], marks[starts[kept]], np.maximum.reduceat(units, starts)[kept])
    return list(zip(*(row.tolist() for row in rows), strict=True))
