"""Why text is the unit's own words: nothing found, in how large a library, or found and not counted."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from jingwei.judge.case import Case
from jingwei.judge.passages import Counted
from jingwei.judge.ranges import covered
from jingwei.judge.reasons import Spelt
from jingwei.judge.relation import Standing
from jingwei.judge.shared import Shared
from jingwei.model import BoolArray, IntArray

# Sources that never count, the most telling last: who is told of another version need not hear of a later report.
_NO_SOURCE: dict[Standing, Spelt] = {
    "subordinate": (
        "matched_below",
        "自述：与下级单位的报告有相同文字，不计入雷同",
        "shared with a report from below, not counted",
    ),
    "later": (
        "matched_later",
        "自述：与年度更晚的报告有相同文字，不计入雷同",
        "shared with a report of a later year, not counted",
    ),
    "version": (
        "matched_version",
        "自述：与本单位同年度的另一版本有相同文字，不计入雷同",
        "shared with another version of the same report, not counted",
    ),
}


def nothing_found(case: Case) -> Spelt:
    """What is said of words that stand nowhere else: where they were looked for."""
    library, code = case.evidence.library, "unmatched"
    if library.previous and case.evidence.compared == 0:
        count = len(library.previous)
        return (
            code,
            f"自述：往年报告（{count}篇）和内置语料中未见，未与其他单位的报告比对",
            f"not found in {count} earlier reports of the unit nor the built-in background; no other unit compared",
        )
    if library.reports == 0:
        return code, "自述：未接比对库，内置语料中未见", "no library; not known to the built-in background"
    if case.evidence.compared == 0:
        return (
            code,
            "自述：没有别的报告可比，内置语料中未见",
            "no other report to compare with; not known to the built-in background",
        )
    return (
        code,
        f"自述：库内未发现（比对库{library.reports}篇）",
        f"not found in a library of {library.reports} reports",
    )


def found_not_counted(
    case: Case, standings: Sequence[Standing], shared: Shared, counted: Sequence[Counted], matched: BoolArray
) -> list[tuple[BoolArray | IntArray, Spelt]]:
    """Characters that stand in other reports too and do not count by that, with the reason; later ones overwrite.

    ``matched``: body characters in any shared run of the minimum length.
    """
    least = case.settings.copied_chars
    found: list[tuple[BoolArray | IntArray, Spelt]] = [
        (
            matched,
            (
                "matched_short",
                f"自述：比对库中有相同文字，扣除规定用语和通用表述后不足{least}字，不计入雷同",
                f"shared, fewer than {least} characters beyond prescribed and common wording: not counted",
            ),
        )
    ]
    if counted:
        starts, ends = (
            np.array([getattr(one.passage, edge) for one in counted]) for edge in ("left_start", "left_end")
        )
        joining = (
            "matched_joining",
            "自述：在相同片段内，但属通用文字或只连接规定用语，不计入雷同",
            "inside a shared passage, but common or merely joining prescribed wording: not counted",
        )
        found.append((matched & covered(starts, ends, case.length), joining))
    present = set(standings)
    for standing, reason in _NO_SOURCE.items():
        if standing in present:
            passages = np.array([standings[match] == standing for match in shared.match_of], dtype=np.bool_)
            found.append((shared.positions[np.repeat(passages, np.diff(shared.cuts))], reason))
    return found
