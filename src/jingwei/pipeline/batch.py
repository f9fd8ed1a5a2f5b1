"""A batch compared with itself: pairs, duplicates, families, groups of common origin."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, cast

import numpy as np
from msgspec.structs import replace

from jingwei import __version__
from jingwei.errors import NothingReadableError
from jingwei.judge.judge import SourceTally
from jingwei.judge.pairs import common_origin, pair_view
from jingwei.lexicon.phrases import lexicon_version
from jingwei.model import Assessment, Comparison, Duplicate, FloatArray, PairAssessment, Report, Skipped
from jingwei.pipeline.draft import by_year
from jingwei.pipeline.prepare import Prepared, assess, entry_of
from jingwei.pipeline.reading import Progress, Units, common_ids, read_prepared, spread
from jingwei.settings import Settings
from jingwei.sources import Input

if TYPE_CHECKING:
    from jingwei.match import BatchEvidence


def compare(
    paths: Sequence[Input],
    settings: Settings | None = None,
    *,
    units: Units | None = None,
    progress: Progress | None = None,
    reviewed: bool = True,
) -> Comparison:
    """Compare all reports behind ``paths`` with each other. The order of the files never changes the result.

    Without ``reviewed`` the reports have no findings: who only wants pictures need not wait for them.

    Raises:
        UsageError: a named path does not exist.
        NothingReadableError: no file could be read.
    """
    from jingwei.match import compare_batch

    settings = settings or Settings()
    read = read_prepared(paths, settings, units=units, progress=progress)
    skipped = tuple(sorted((s for s in read if isinstance(s, Skipped)), key=lambda s: s.path))
    prepared = sorted(
        (p for p in read if isinstance(p, Prepared)), key=lambda p: (p.report.document.path, p.report.document.sha256)
    )
    if not prepared:
        raise NothingReadableError(
            f"没有可读的报告（跳过{len(skipped)}个文件）", f"nothing readable ({len(skipped)} files skipped)", skipped
        )
    batch = compare_batch([entry_of(p.report) for p in prepared], settings)
    _SHARED["work"] = (prepared, batch, settings, _by_unit([p.report for p in prepared]), reviewed)
    try:
        order = _unit_by_unit(prepared)
        by_number = dict(zip(order, spread(_assess_one, order, settings.workers, forked=True), strict=True))
        judged = [by_number[number] for number in range(len(prepared))]
    finally:
        _SHARED.clear()
    ids = common_ids([p.report.document.path for p in prepared])
    assessments = tuple(replace(a, report=p.report, facts=p.facts) for (a, _), p in zip(judged, prepared, strict=True))
    tallies = [{t.number: t for t in many} for _, many in judged]
    pairs, matrix = _pairs(batch, assessments, tallies, ids)
    return Comparison(
        ids,
        assessments,
        pairs,
        tuple(Duplicate(ids[d.left], ids[d.right], d.jaccard) for d in batch.duplicates),
        batch.families,
        common_origin(assessments, {a.report.document.path: i for a, i in zip(assessments, ids, strict=True)}),
        skipped,
        matrix,
        batch.order,
        batch.terms,
        assessments[0].library,
        assessments[0].settings,
        lexicon_version(),
        __version__,
    )


# What forked workers inherit instead of receiving: the whole batch would cost more to send than to judge.
_SHARED: dict[str, Any] = {}
_KNOWN = cast("Report", None)  # the parent has the report and its facts; sending them back would double what travels


def _assess_one(index: int) -> tuple[Assessment, tuple[SourceTally, ...]]:
    prepared, batch, settings, units, reviewed = _SHARED["work"]
    mine = prepared[index].report.profile
    previous = [r for r in units.get(mine.unit, ()) if (r.profile.year or 9999) < (mine.year or 0)]
    assessment, tallies = assess(
        prepared[index], batch.evidence[index], settings, newest=False, previous=previous, reviewed=reviewed
    )
    return replace(assessment, report=_KNOWN, facts=()), tallies


def _unit_by_unit(prepared: Sequence[Prepared]) -> list[int]:
    """The numbers of the reports, those of a unit together and by year: what is known of one serves the next."""
    profiles = [p.report.profile for p in prepared]
    return sorted(range(len(profiles)), key=lambda at: (profiles[at].unit or "", profiles[at].year or 0))


def _by_unit(reports: Sequence[Report]) -> dict[str, tuple[Report, ...]]:
    """The reports of each known unit, latest first."""
    units: dict[str, list[Report]] = {}
    for report in reports:
        if report.profile.unit is not None:
            units.setdefault(report.profile.unit, []).append(report)
    return {unit: by_year(many) for unit, many in units.items()}


def _pairs(
    batch: BatchEvidence,
    assessments: Sequence[Assessment],
    tallies: Sequence[Mapping[int, SourceTally]],
    ids: Sequence[str],
) -> tuple[tuple[PairAssessment, ...], FloatArray]:
    matrix = np.eye(len(ids), dtype=np.float64)
    shown: list[PairAssessment] = []
    for pair in batch.pairs:
        view, cell = pair_view(pair, ids, assessments, tallies)
        matrix[pair.left, pair.right] = matrix[pair.right, pair.left] = cell
        shown.append(view)
    shown.sort(key=lambda p: (-(p.overlap_effective or 0), -(p.overlap_total or 0), -p.tfidf_cosine, p.left, p.right))
    return tuple(shown), matrix
