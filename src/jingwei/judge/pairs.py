"""Pairs and groups of a batch: what the judged reports say about each other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from jingwei.judge.judge import SourceTally, TalliedPassage
from jingwei.judge.scores import share
from jingwei.model import Assessment, EqualRun, Match, OriginGroup, Pair, PairAssessment, Source

MERGE_SHARE = 0.5  # two occurrences in one report are the same passage when the shorter lies in the other by this share


def pair_view(
    pair: Pair,
    ids: Sequence[str],
    assessments: Sequence[Assessment],
    tallies: Sequence[Mapping[int, SourceTally]],
) -> tuple[PairAssessment, float]:
    """The pair as shown, and its cell of the heatmap.

    ``overlap_*`` are of the later report, or the larger of the two. ``left_share`` and ``right_share``: shared runs
    against each side's body. The cell: shared characters beyond prescribed wording, of the side where they weigh more.
    """
    left, right = pair.left, pair.right
    views = {left: tallies[left].get(right), right: tallies[right].get(left)}
    effective = {i: _effective(views[i], assessments[i]) for i in (left, right)}
    total = {i: share(t.equal_chars, assessments[i].counts.body) if t else 0.0 for i, t in views.items()}
    years = {i: assessments[i].report.profile.year for i in (left, right)}
    later = _later(left, right, years)
    sides = (left, right) if later is None else (later,)
    side = max(sides, key=lambda i: (effective[i] or 0.0, total[i] or 0.0, -i))
    most = max(sides, key=lambda i: total[i] or 0.0)
    view, total_view = views[side], views[most]
    counted = view.counted if view else ()
    matches = tuple(_oriented(c, side == right, assessments[right]) for c in counted)
    cell = max(_cell(views[i], assessments[i]) for i in (left, right))
    shown = PairAssessment(
        ids[left],
        ids[right],
        max((effective[i] or 0.0 for i in sides), default=0.0),
        max((total[i] or 0.0 for i in sides), default=0.0),
        total[left],
        total[right],
        view.longest_run_chars if view else 0,
        pair.tfidf_cosine,
        pair.minhash_jaccard,
        _relation(views[left], views[right], matches),
        tuple(sorted(matches, key=lambda m: (m.start, m.end))),
        ids[side],
        view.claimed_chars if view else 0,
        assessments[side].counts.body - assessments[side].counts.mandated,
        total_view.equal_chars if total_view else 0,
        assessments[most].counts.body,
    )
    return shown, cell


def _later(left: int, right: int, years: Mapping[int, int | None]) -> int | None:
    a, b = years[left], years[right]
    if a is None or b is None or a == b:
        return None
    return left if a > b else right


def _effective(tally: SourceTally | None, assessment: Assessment) -> float | None:
    free = assessment.counts.body - assessment.counts.mandated
    return share(tally.claimed_chars, free) if tally else 0.0


def _cell(tally: SourceTally | None, assessment: Assessment) -> float:
    if tally is None:
        return 0.0
    chars = tally.free_chars if tally.standing == "version" else tally.claimed_chars
    return share(chars, assessment.counts.body - assessment.counts.mandated) or 0.0


def _relation(left: SourceTally | None, right: SourceTally | None, matches: Sequence[Match]) -> str:
    standings = {t.standing for t in (left, right) if t is not None}
    if "version" in standings:
        return "duplicate"
    relations = [m.relation for m in matches]
    for relation in ("previous", "peer", "common_source"):
        if relation in relations:
            return relation
    return "none"


def _oriented(one: TalliedPassage, turned: bool, right: Assessment) -> Match:
    """The passage seen from the left report; ``turned`` when the judged side was the right one."""
    p = one.passage
    runs = p.runs
    span = (p.left_start, p.left_end, p.right_start, p.right_end)
    if turned:
        runs = tuple(EqualRun(r.right_start, r.right_end, r.left_start, r.left_end) for r in runs)
        span = (p.right_start, p.right_end, p.left_start, p.left_end)
    document, profile = right.report.document, right.report.profile
    place = profile.place.name if profile.place else None
    source = Source(
        document.path, place, profile.year, span[2], span[3], document.text[span[2] : span[3]], profile.title,
        one.equal_chars, profile.unit,
    )  # fmt: skip
    return Match(
        span[0], span[1], one.equal_chars, one.effective_chars, one.relation, source, (), runs, one.equal_figures
    )


def common_origin(assessments: Sequence[Assessment], ids: Mapping[str, str]) -> tuple[OriginGroup, ...]:
    """疑似同源组: the reports that share one and the same common_source passage.

    Occurrences are joined only where they overlap inside one report, so a chain of unlike passages makes no group.
    """
    groups: list[tuple[dict[str, tuple[int, int]], str]] = []
    with_report: dict[str, list[int]] = {}  # numbers of the groups that a report is in
    for assessment in assessments:
        path = assessment.report.document.path
        for match in assessment.matches:
            if match.relation != "common_source":
                continue
            places = {path: (match.start, match.end)}
            for source in (match.source, *match.also):
                places.setdefault(source.report, (source.start, source.end))
            excerpt = assessment.report.document.text[match.start : match.end]
            near = sorted({number for key in places for number in with_report.get(key, ())})
            home = next((number for number in near if _same_occurrence(groups[number][0], places)), len(groups))
            if home == len(groups):
                groups.append(({}, excerpt))
            for key, where in places.items():
                if key not in groups[home][0]:
                    groups[home][0][key] = where
                    with_report.setdefault(key, []).append(home)
    shown = [_group(places, excerpt, ids) for places, excerpt in groups]
    return tuple(sorted(shown, key=lambda g: (-len(g.reports), g.reports, g.excerpt)))


def _same_occurrence(known: Mapping[str, tuple[int, int]], new: Mapping[str, tuple[int, int]]) -> bool:
    for key, (start, end) in new.items():
        if key in known:
            low, high = known[key]
            if min(end, high) - max(start, low) >= MERGE_SHARE * min(end - start, high - low):
                return True
    return False


def _group(places: Mapping[str, tuple[int, int]], excerpt: str, ids: Mapping[str, str]) -> OriginGroup:
    reports = tuple(sorted(ids.get(p, p) for p in places))
    short = "".join(excerpt.split())
    short = short[:60] + ("…" if len(short) > 60 else "")
    return OriginGroup(
        reports,
        f"疑似同源：{len(reports)}份报告共用一段{len(''.join(excerpt.split()))}字的文字，可能出自同一上级材料或范文",
        f"{len(reports)} reports share one passage of {len(''.join(excerpt.split()))} characters",
        short,
    )
