"""The numbers: counts of characters by kind and the shares made of them (PRODUCT.md, Scores)."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from jingwei.judge.kinds import CODE
from jingwei.model import KINDS, BoolArray, Counts, Fact, IntArray, Scores


def count_kinds(
    kinds: IntArray, matched: BoolArray, facts: Iterable[Fact], start: int = 0, end: int | None = None
) -> Counts:
    """Body characters by kind between two raw offsets; ``kinds`` holds -1 outside the body."""
    part = kinds[start:end]
    until = len(kinds) if end is None else end
    by_kind = np.bincount(part[part >= 0], minlength=len(KINDS))
    return Counts(
        body=int(by_kind.sum()),
        **{kind: int(by_kind[CODE[kind]]) for kind in KINDS},
        matched_13=int(np.count_nonzero(matched[start:end] & (part >= 0))),
        facts=sum(1 for f in facts if start <= f.start < until),
    )


def share(part: int, whole: int) -> float | None:
    """``part / whole`` rounded to six digits, null when there is no whole."""
    return round(part / whole, 6) if whole > 0 else None


def make_scores(counts: Counts, max_source_chars: int, longest_run_chars: int, *, upper_bound: bool) -> Scores:
    """Scores from their counts. Denominator of most: body - mandated; null when it is 0."""
    free = counts.body - counts.mandated
    return Scores(
        originality=share(counts.local + counts.own, free),
        overlap_total=share(counts.matched_13, counts.body),
        overlap_effective=share(counts.copied + counts.recycled, free),
        overlap_max_source=share(max_source_chars, free),
        longest_run_chars=longest_run_chars,
        recycled_rate=share(counts.recycled, free),
        fact_density=round(1000 * counts.facts / counts.body, 4) if counts.body else None,
        originality_is_upper_bound=upper_bound,
    )
