"""The rows of the score table: each number with the two counts behind it and the degree it reaches."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from jingwei.model import Assessment, Standing
from jingwei.report.words import DEGREE_LABELS, RECYCLED_DEGREES, SCORE_LABELS, Label, degree, percent
from jingwei.settings import ReviewSettings

_VAGUE = Label("空泛提示", "few facts")


class Measure(Struct, frozen=True):
    """One score as shown. ``part``/``whole`` are the counts; ``level`` 0 (fine) to 3 picks the badge."""

    code: str
    label: Label
    shown: str
    part: int | None
    whole: int | None
    degree: Label | None = None
    level: int = 0
    standing: Standing | None = None


def measures_of(assessment: Assessment) -> tuple[Measure, ...]:
    """All seven scores of PRODUCT.md in their order."""
    scores, counts = assessment.scores, assessment.counts
    judged = counts.body - counts.mandated
    limits = review_limits(assessment.settings)
    standings = {standing.measure: standing for standing in assessment.standings}

    def row(
        code: str, shown: str, part: int | None, whole: int | None, badge: tuple[Label | None, int] = (None, 0)
    ) -> Measure:
        return Measure(code, SCORE_LABELS[code], shown, part, whole, *badge, standings.get(code))

    top = scores.overlap_max_source
    source_level = degree(top, limits.degree_watch, limits.degree_check, limits.degree_high)
    carried = scores.recycled_rate
    carried_level = recycled_degree(carried, limits)
    density = scores.fact_density
    vague = density is not None and density < limits.min_facts_per_1000
    return (
        row("originality", percent(scores.originality, upper_bound=scores.originality_is_upper_bound),
            counts.local + counts.own, judged),
        row("overlap_total", percent(scores.overlap_total), counts.matched_13, counts.body),
        row("overlap_effective", percent(scores.overlap_effective), counts.copied + counts.recycled, judged),
        row("overlap_max_source", percent(top), None if top is None else round(top * judged), judged,
            (None if top is None else DEGREE_LABELS[source_level], source_level)),
        row("longest_run_chars", f"{scores.longest_run_chars:,}", None, None),
        row("recycled_rate", percent(carried), counts.recycled, judged,
            (None if carried is None else RECYCLED_DEGREES[carried_level], carried_level)),
        row("fact_density", "—" if density is None else f"{density:.1f}", counts.facts, counts.body,
            (_VAGUE if vague else None, 1 if vague else 0)),
    )  # fmt: skip


def counts_of(part: int | None, whole: int | None, reached: Label | None = None) -> Label:
    """``（71/577，关注）``, as it stands behind a number; empty for a number that is a count itself."""
    counts = "" if part is None or whole is None else f"{part}/{whole}"
    zh = "，".join(x for x in (counts, reached.zh if reached else "") if x)
    en = ", ".join(x for x in (counts, reached.en.lower() if reached else "") if x)
    return Label(f"（{zh}）" if zh else "", f" ({en})" if en else "")


def recycled_degree(share: float | None, limits: ReviewSettings) -> int:
    """0 正常, 1 关注, 2 重点: DOMAIN.md §8's limits on what was carried over."""
    return 0 if share is None else (share >= limits.recycled_watch) + (share > limits.recycled_check)


def pair_degree(relation: str, share: float | None, limits: ReviewSettings) -> tuple[Label | None, int]:
    """The badge of a pair: two units by the degrees of likeness, one unit's years by those of carrying over."""
    if relation == "duplicate":
        return None, 0
    if relation == "previous":
        level = recycled_degree(share, limits)
        return RECYCLED_DEGREES[level], level
    level = degree(share, limits.degree_watch, limits.degree_check, limits.degree_high)
    return DEGREE_LABELS[level], level


def review_limits(settings: Mapping[str, Any]) -> ReviewSettings:
    """The degree limits that were used, from the settings stamped on the assessment."""
    review = settings.get("review", {})
    known = {name: review[name] for name in _LIMITS if name in review}
    return ReviewSettings(**known)


_LIMITS = (
    "degree_watch", "degree_check", "degree_high", "recycled_watch", "recycled_check", "min_facts_per_1000",
)  # fmt: skip


def flat_settings(settings: Mapping[str, Any], prefix: str = "") -> list[tuple[str, str]]:
    """("match.min_run_chars", "13") … for the page's last section."""
    rows: list[tuple[str, str]] = []
    for key, value in settings.items():
        if isinstance(value, Mapping):
            rows += flat_settings(value, f"{prefix}{key}.")
        else:
            shown = "、".join(map(str, value)) if isinstance(value, (list, tuple)) else str(value)
            rows.append((prefix + key, shown))
    return rows
