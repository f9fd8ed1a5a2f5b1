"""One report judged: spans, matches, what was excluded, counts and scores."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from msgspec import Struct

from jingwei.judge.case import Case
from jingwei.judge.excluded import list_excluded
from jingwei.judge.kinds import CODE, paint, spans_of
from jingwei.judge.passages import Counted, build_matches, count_passages, equal_positions
from jingwei.judge.prescribed import mark_prescribed
from jingwei.judge.reasons import Reasons
from jingwei.judge.relation import Standing, stand
from jingwei.judge.run_ins import with_run_ins
from jingwei.judge.scores import count_kinds, make_scores
from jingwei.model import BoolArray, Counts, Excluded, IntArray, Match, Passage, Relation, Scores, Span


class TalliedPassage(NamedTuple):
    """A passage that counts, by its numbers: what a pair shows of it."""

    passage: Passage
    relation: Relation
    equal_chars: int
    effective_chars: int
    equal_figures: int


class SourceTally(NamedTuple):
    """What one source has to do with the report: the figures of a pair. Thousands are sent between processes.

    ``equal_chars``: body characters in shared runs; ``free_chars``: those not prescribed; ``claimed_chars``: those that
    became recycled or copied; ``counted``: the passages that count.
    """

    number: int
    standing: Standing
    equal_chars: int
    free_chars: int
    claimed_chars: int
    longest_run_chars: int
    counted: tuple[TalliedPassage, ...]


class Verdict(Struct, frozen=True):
    """What the judge says of one report."""

    spans: tuple[Span, ...]
    matches: tuple[Match, ...]
    excluded: tuple[Excluded, ...]
    counts: Counts
    scores: Scores
    sources: tuple[SourceTally, ...]


def judge(case: Case) -> Verdict:
    """Decide the kind of every body character of ``case`` and make the numbers.

    Deterministic; independent of the order of the evidence. Linear in the text plus the passages.
    """
    reasons = Reasons()
    profile = case.report.profile
    standings = [stand(profile, m.source, newest=case.newest) for m in case.evidence.matches]
    mandated = mark_prescribed(case, standings, reasons)
    common = (case.evidence.units >= case.settings.common_units) | case.background_common
    equal = equal_positions(case.evidence.matches, case.report.structure.body)
    counted = count_passages(case, standings, equal, mandated > 0, common)
    painting = paint(case, mandated, common, counted, reasons)
    counted = with_run_ins(case, counted)
    matched = _matched(case, equal)
    counts = count_kinds(painting.kinds, matched, case.facts)
    authority = [
        (m, p)
        for m, s in zip(case.evidence.matches, standings, strict=True)
        if s in ("authority", "superior")
        for p in m.passages
    ]
    tallies = _tallies(case, standings, equal, mandated > 0, counted, painting.kinds)
    scores = make_scores(
        counts,
        max((t.claimed_chars for t in tallies if t.standing == "peer"), default=0),
        max((c.effective_chars for c in counted if c.relation != "previous"), default=0),
        upper_bound=case.evidence.library.reports == 0,
    )
    return Verdict(
        spans_of(case, painting, reasons),
        build_matches(counted, authority),
        list_excluded(case, mandated, painting.kinds, matched, reasons),
        counts,
        scores,
        tallies,
    )


def _matched(case: Case, equal: Sequence[Sequence[IntArray]]) -> BoolArray:
    """Body characters in any shared run of the minimum length, whoever wrote it."""
    matched = case.evidence.units > 0
    for positions in equal:
        for passage in positions:
            matched[passage] = True
    return matched & case.report.structure.body


def _tallies(
    case: Case,
    standings: Sequence[Standing],
    equal: Sequence[Sequence[IntArray]],
    mandated: BoolArray,
    counted: Sequence[Counted],
    kinds: IntArray,
) -> tuple[SourceTally, ...]:
    """The figures of every source. A peer claims no character that is recycled, so its claims are its copied ones."""
    taken = (kinds == CODE["copied"]) | (kinds == CODE["recycled"])
    free = ~mandated
    by_source: dict[int, list[Counted]] = {}
    for one in counted:
        by_source.setdefault(one.match.source.number, []).append(one)
    tallies = []
    for match, standing, positions in zip(case.evidence.matches, standings, equal, strict=True):
        mine = by_source.get(match.source.number, [])
        shared = _united(case, positions)
        claimed = _united(case, [one.claims for one in mine])
        tallies.append(
            SourceTally(
                match.source.number,
                standing,
                len(shared),
                int(np.count_nonzero(free[shared])),
                int(np.count_nonzero(taken[claimed])),
                max((c.effective_chars for c in mine), default=0),
                tuple(
                    [
                        TalliedPassage(c.passage, c.relation, len(c.equal), c.effective_chars, c.equal_figures)
                        for c in mine
                    ]
                ),
            )
        )
    return tuple(tallies)


def _united(case: Case, positions: Sequence[IntArray]) -> IntArray:
    """Positions of several passages, each once; those of one passage (nearly all) are so already."""
    if len(positions) == 1:
        return positions[0]
    mask = case.mask()
    for some in positions:
        mask[some] = True
    return np.flatnonzero(mask).astype(np.int32)
