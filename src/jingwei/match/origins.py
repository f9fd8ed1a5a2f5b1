"""Groups of reports that share one long stretch: a common source is likelier than many copies (疑似同源)."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from jingwei.model import Passage
from jingwei.settings import MatchSettings


@dataclass(frozen=True, slots=True)
class CommonOrigin:
    """Reports (ascending numbers) that all share ``start:end`` (raw) of report ``report``."""

    reports: tuple[int, ...]
    report: int
    start: int
    end: int


def common_origins(
    passages: dict[tuple[int, int], tuple[Passage, ...]], reports: int, settings: MatchSettings
) -> tuple[CommonOrigin, ...]:
    """Groups of at least ``crowd_units`` + 1 reports with one shared passage of ``crowd_chars`` equal characters.

    Not connected components: every member shares at least half of the same stretch of one report.
    """
    rows: dict[int, list[tuple[int, int, int]]] = defaultdict(list)
    for (left, right), found in passages.items():
        for p in found:
            if p.equal_chars >= settings.crowd_chars:
                rows[left].append((p.left_start, p.left_end, right))
                rows[right].append((p.right_start, p.right_end, left))
    groups: dict[tuple[int, ...], CommonOrigin] = {}
    for report in range(reports):
        if len(rows[report]) >= settings.crowd_units:
            for group in _of_report(report, np.array(rows[report], dtype=np.int64), settings.crowd_units):
                groups.setdefault(group.reports, group)
    return _largest(list(groups.values()))


def _of_report(report: int, rows: npt.NDArray[np.int64], crowd_units: int) -> list[CommonOrigin]:
    """Groups around stretches of one report, the longest stretch first, none over another."""
    start, end, other = rows[np.lexsort((rows[:, 2], rows[:, 0], rows[:, 0] - rows[:, 1]))].T
    free = np.ones(len(start), dtype=np.bool_)
    groups = []
    while free.any():
        seed = int(np.argmax(free))
        common = np.minimum(end, end[seed]) - np.maximum(start, start[seed])
        inside = (common * 2 >= end[seed] - start[seed]) & (common * 2 >= end - start)
        members = tuple(sorted({report, *other[inside].tolist()}))
        low, high = int(start[inside].max()), int(end[inside].min())
        if len(members) > crowd_units and high > low:
            groups.append(CommonOrigin(members, report, low, high))
        free &= ~inside
    return groups


def _largest(groups: list[CommonOrigin]) -> tuple[CommonOrigin, ...]:
    """Groups that are not inside a larger one, largest first."""
    kept: list[CommonOrigin] = []
    for group in sorted(groups, key=lambda g: (-len(g.reports), g.start - g.end, g.reports)):
        members = set(group.reports)
        if not any(members <= set(k.reports) for k in kept):
            kept.append(group)
    return tuple(kept)
