"""The review itself: run every rule, then apply the user's wishes in one place."""

from __future__ import annotations

import importlib
from bisect import bisect_left, insort
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from typing import cast

from msgspec.structs import replace

from jingwei.model import SEVERITIES, Finding, Severity
from jingwei.review.brief import Brief
from jingwei.review.gate import Gated
from jingwei.review.reading import Reading
from jingwei.review.recent import remember
from jingwei.settings import ReviewSettings

Rule = Callable[[Reading], Iterator[Finding]]
# The order is only that of reading; the result is sorted. A module may answer for more than one code.
RULES: tuple[str, ...] = (
    *("foreign_place", "wrong_level", "wrong_organ", "stale_year", "stale_wording", "placeholder"),
    *(
        "broken_numbering",
        "impossible_value",
        "sums",
        "done_and_there",
        "nil_claims",
        "repeated_counts",
        "scope",
        "washed_wording",
    ),
    *("number_format", "punctuation", "names", "near_names", "typing_slips", "splice_marks", "damage"),
    *("required_parts", "empty_sections", "heading_promise", "reuse", "last_year"),
)


@cache
def rule(name: str) -> Rule:
    """The rule in module ``name`` of :mod:`jingwei.review.rules`; loaded when first wanted."""
    return cast(Rule, importlib.import_module(f"jingwei.review.rules.{name}").check)


def expressions() -> tuple[str, ...]:
    """Every expression and fixed word that the rules ask the gate for: what ``data/needs.npy`` is made of."""
    listed: list[str] = []
    for name in RULES:
        module = importlib.import_module(f"jingwei.review.rules.{name}")
        listed += [value.pattern for value in vars(module).values() if isinstance(value, Gated)]
        listed += getattr(module, "gated", tuple)()
    return tuple(dict.fromkeys(listed))


def review(brief: Brief) -> tuple[Finding, ...]:
    """All findings about one draft, most severe first, then in reading order.

    Pure and deterministic. Cost: about linear in the text (tens of milliseconds for 6,000 characters).
    """
    reading = Reading(brief)
    remember(reading)
    found = [finding for name in RULES for finding in rule(name)(reading)]
    wanted = _as_wished(_once(found), brief)
    return tuple(sorted(wanted, key=_order))


def _order(finding: Finding) -> tuple[int, int, str, int]:
    start = -1 if finding.start is None else finding.start
    return SEVERITIES.index(finding.severity), start, finding.code, finding.end or 0


def _once(findings: Iterable[Finding]) -> list[Finding]:
    """Of findings of one code on overlapping words the most severe, then the longest, is kept."""
    ranked = sorted(findings, key=lambda f: (SEVERITIES.index(f.severity), -((f.end or 0) - (f.start or 0))))
    kept: list[Finding] = []
    by_code: dict[str, list[tuple[int, int]]] = {}
    for finding in ranked:
        if finding.start is None or finding.end is None:
            kept.append(finding)
            continue
        taken = by_code.setdefault(finding.code, [])
        if finding.code in {"C1", "C2", "Y1"} or _is_free(taken, finding.start, finding.end):
            insort(taken, (finding.start, finding.end))
            kept.append(finding)
    organs = by_code.get("R3", [])
    return [f for f in kept if f.code != "R2" or not _within(f, organs)]


def _is_free(taken: list[tuple[int, int]], start: int, end: int) -> bool:
    """Whether a range overlaps none of a sorted list of disjoint ranges."""
    at = bisect_left(taken, (start, end))
    return (at == 0 or taken[at - 1][1] <= start) and (at == len(taken) or end <= taken[at][0])


def _within(finding: Finding, ranges: list[tuple[int, int]]) -> bool:
    """我局 inside 我局党组: the organ (R3) says it all, one fault is told once."""
    start, end = finding.start, finding.end
    return start is not None and end is not None and any(a <= start and end <= b for a, b in ranges)


def _as_wished(findings: Iterable[Finding], brief: Brief) -> Iterator[Finding]:
    """Switched-off codes, changed severities and allowed wording: the only place that knows of them."""
    settings = brief.settings
    for finding in findings:
        if finding.code in settings.off or _allowed(finding, brief.report.document.text, settings):
            continue
        severity = settings.severities.get(finding.code)
        yield replace(finding, severity=cast(Severity, severity)) if severity else finding


def _allowed(finding: Finding, text: str, settings: ReviewSettings) -> bool:
    """Whether the quoted words lie inside wording, or are a name, that the user declared fine here."""
    if finding.start is None or finding.end is None:
        return False
    name = str(finding.evidence.get("name", ""))
    if name and any(name == own or name in own for own in settings.names):
        return True
    for wording in settings.allow:
        at = text.find(wording, max(0, finding.end - len(wording)), finding.start + len(wording))
        if wording and at >= 0 and at <= finding.start and finding.end <= at + len(wording):
            return True
    return False
