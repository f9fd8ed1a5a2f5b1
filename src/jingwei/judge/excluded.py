"""What is shared or prescribed and does not count, with the reason: the part of the result that earns trust."""

from __future__ import annotations

from functools import lru_cache
from operator import attrgetter

import numpy as np

from jingwei.judge.case import Case
from jingwei.judge.kinds import CODE
from jingwei.judge.ranges import covered
from jingwei.judge.reasons import Reasons
from jingwei.model import BoolArray, Excluded, IntArray

_RANGE = attrgetter("start", "end")
MIN_CHARS = 4  # shorter common stretches are noise in a list for people
_BY_LIBRARY, _BY_BACKGROUND = 1, 2  # what a stretch is known from to be common


def list_excluded(
    case: Case, mandated: IntArray, kinds: IntArray, matched: BoolArray, reasons: Reasons
) -> tuple[Excluded, ...]:
    """Stretches that are prescribed, and stretches shared with others that are common, in text order.

    Together they hold every prescribed character, be it a single one. A place name is nobody's common wording, though
    the sentence around it may be.
    """
    units = case.evidence.units
    rows = _runs(mandated, units)
    said = reasons.each([index for _, _, index, _ in rows])
    found = [
        Excluded(start, end, reason.zh, places or None, reason.en)
        for (start, end, _, places), reason in zip(rows, said, strict=True)
    ]
    shared = matched & (kinds == CODE["formulaic"])
    starts, ends = ([getattr(hit, edge) for hit in case.places] for edge in ("start", "end"))
    shared &= ~covered(np.array(starts, dtype=np.intp), np.array(ends, dtype=np.intp), case.length)
    by = np.where(units >= case.settings.common_units, _BY_LIBRARY, _BY_BACKGROUND)
    for start, end, known_by, places in _runs(np.where(shared, by, 0), units):
        if end - start < MIN_CHARS:
            continue
        zh, en = _common(places if known_by == _BY_LIBRARY else 0)
        found.append(Excluded(start, end, zh, places or None, en))
    found.sort(key=_RANGE)
    return tuple(found)


@lru_cache(maxsize=4096)
def _common(places: int) -> tuple[str, str]:
    if not places:
        return (
            "通用套语：内置语料中多地通用，不计入雷同",
            "common wording of the built-in background, not counted",
        )
    return (
        f"通用套语：比对库中另有至少{places}个单位使用，不计入雷同",
        f"common wording, shared by at least {places} other units, not counted",
    )


def _runs(marks: IntArray | BoolArray, units: IntArray) -> list[tuple[int, int, int, int]]:
    """Stretches of one non-zero value, with the value and how many units share every one of its characters."""
    if not len(marks):
        return []
    edges = np.concatenate(([0], np.flatnonzero(marks[1:] != marks[:-1]) + 1, [len(marks)]))
    starts, ends = edges[:-1], edges[1:]
    kept = np.flatnonzero(marks[starts] != 0)
    rows = (starts[kept], ends[kept], marks[starts[kept]], np.minimum.reduceat(units, starts)[kept])
    return list(zip(*(row.tolist() for row in rows), strict=True))
