"""One report judged: spans, matches, what was excluded, counts and scores."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from msgspec import Struct

from jingwei.judge.case import Case
from jingwei.judge.counting import count_passages
from jingwei.judge.excluded import list_excluded
from jingwei.judge.kinds import CODE, paint, spans_of
from jingwei.judge.passages import Counted, build_matches
from jingwei.judge.prescribed import mark_prescribed
from jingwei.judge.ranges import Positions, counts_before
from jingwei.judge.reading_order import in_reading_order
from jingwei.judge.reasons import Reasons
from jingwei.judge.relation import Standing, stand
from jingwei.judge.run_ins import with_run_ins
from jingwei.judge.scores import count_kinds, make_scores
from jingwei.judge.shared import Shared, shared_positions
from jingwei.judge.unclaimed import found_not_counted
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
    facts_shared: int  # facts of which nothing is local, since they stand in recycled or copied text


def judge(case: Case) -> Verdict:
    """Decide the kind of every body character of ``case`` and make the numbers.

    Deterministic; independent of the order of the evidence. Linear in the text plus the passages.
    """
    reasons = Reasons()
    profile = case.report.profile
    standings = [stand(profile, m.source, newest=case.newest) for m in case.evidence.matches]
    mandated = mark_prescribed(case, standings, reasons)
    common = (case.evidence.units >= case.settings.common_units) | case.background_common
    shared = shared_positions(case.evidence.matches, case.report.structure.body)
    counted = count_passages(case, standings, shared, mandated > 0, common)
    matched = _matched(case, shared)
    uncounted = found_not_counted(case, standings, shared, counted, matched)
    painting = paint(case, mandated, common, counted, uncounted, reasons)
    counted = with_run_ins(case, in_reading_order(case, counted))
    counts = count_kinds(painting.kinds, matched, case.facts)
    authority = [
        (m, p)
        for m, s in zip(case.evidence.matches, standings, strict=True)
        if s in ("authority", "superior")
        for p in m.passages
    ]
    tallies = _tallies(case, standings, shared, mandated > 0, counted, painting.kinds)
    scores = make_scores(
        counts,
        max((t.claimed_chars for t in tallies if t.standing == "peer"), default=0),
        max((c.effective_chars for c in counted if c.relation != "previous"), default=0),
        upper_bound=case.evidence.compared == 0,
    )
    return Verdict(
        spans_of(case, painting, reasons),
        build_matches(counted, authority),
        list_excluded(case, mandated, painting.kinds, matched, reasons),
        counts,
        scores,
        tallies,
        _facts_shared(case, painting.kinds),
    )


def _facts_shared(case: Case, kinds: IntArray) -> int:
    starts, ends = (np.array([getattr(fact, edge) for fact in case.facts], dtype=np.intp) for edge in ("start", "end"))
    taken = counts_before((kinds == CODE["copied"]) | (kinds == CODE["recycled"]))
    local = counts_before(kinds == CODE["local"])
    return int(np.count_nonzero((taken[ends] > taken[starts]) & (local[ends] == local[starts])))


def _matched(case: Case, shared: Shared) -> BoolArray:
    """Body characters in any shared run of the minimum length, whoever wrote it."""
    matched = case.evidence.units > 0
    matched[shared.positions] = True
    return matched & case.report.structure.body


def _tallies(
    case: Case,
    standings: Sequence[Standing],
    shared: Shared,
    mandated: BoolArray,
    counted: Sequence[Counted],
    kinds: IntArray,
) -> tuple[SourceTally, ...]:
    """The figures of every source. A peer claims no character that is recycled, so its claims are its copied ones."""
    matches = case.evidence.matches
    taken = (kinds == CODE["copied"]) | (kinds == CODE["recycled"])
    row_of = {match.source.number: row for row, match in enumerate(matches)}
    mine: list[list[Counted]] = [[] for _ in matches]
    for one in counted:
        mine[row_of[one.match.source.number]].append(one)
    ours, positions = _united(
        case.length, shared.positions, np.repeat(np.array(shared.match_of, dtype=np.intp), np.diff(shared.cuts))
    )
    equal = np.bincount(ours, minlength=len(matches)).tolist()
    free = np.bincount(ours[~mandated[positions]], minlength=len(matches)).tolist()
    claims = [_NONE, *[one.claims for many in mine for one in many]]
    owners = np.array([0, *[row for row, many in enumerate(mine) for _ in many]], dtype=np.intp)
    ours, positions = _united(case.length, np.concatenate(claims), np.repeat(owners, [len(some) for some in claims]))
    claimed = np.bincount(ours[taken[positions]], minlength=len(matches)).tolist()
    return tuple(
        [
            SourceTally(
                match.source.number,
                standing,
                equal_chars,
                free_chars,
                claimed_chars,
                max([c.effective_chars for c in many], default=0),
                tuple(
                    [
                        TalliedPassage(c.passage, c.relation, len(c.equal), c.effective_chars, c.equal_figures)
                        for c in many
                    ]
                ),
            )
            for match, standing, equal_chars, free_chars, claimed_chars, many in zip(
                matches, standings, equal, free, claimed, mine, strict=True
            )
        ]
    )


_NONE: IntArray = np.zeros(0, dtype=np.int32)


def _united(length: int, positions: IntArray, owners: Positions) -> tuple[Positions, Positions]:
    """Each position of each owner once, as owners and positions; passages of one source may overlap.

    ``owners`` ascend; ``length`` is that of the text.
    """
    keys = owners.astype(np.int64) * length + positions
    keys.sort(kind="stable")  # in order but for a few: this sort takes long rows as they are
    once = np.ones(len(keys), dtype=np.bool_)
    np.not_equal(keys[1:], keys[:-1], out=once[1:])
    ours, places = np.divmod(keys[once], max(length, 1))
    return ours, places
