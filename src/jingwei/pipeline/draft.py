"""Drafts against a library and their own earlier reports: what `score`, `check` and `explain` do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from jingwei.model import Assessment, Entry, Evidence, LibrarySummary, Report
from jingwei.pipeline.prepare import assess, entry_of, prepare
from jingwei.library.reading import SearchableLibrary
from jingwei.settings import Settings


def no_evidence(report: Report) -> Evidence:
    """The evidence of a report without any library."""
    return Evidence((), np.zeros(len(report.document.text), dtype=np.int32), LibrarySummary())


def assess_draft(
    report: Report, library: SearchableLibrary | None, settings: Settings, previous: Sequence[Report] = ()
) -> Assessment:
    """One draft against a library and its own earlier reports, given or found there."""
    prepared = prepare(report, settings)
    evidence = no_evidence(report)
    if library is not None or previous:
        from jingwei.match import find_evidence

        probe = entry_of(report)
        if library is not None:
            evidence = find_evidence(probe, library, settings.match)
        if previous:
            report, evidence = _with_previous(report, probe, evidence, previous, settings)
            prepared = replace(prepared, report=report)
    return assess(prepared, evidence, settings, previous=previous)[0]


def _with_previous(
    report: Report, probe: Entry, evidence: Evidence, previous: Sequence[Report], settings: Settings
) -> tuple[Report, Evidence]:
    """Add passages shared with last year's reports that the user named; naming them settles whose they are."""
    from jingwei.library import MemoryLibrary
    from jingwei.match import find_evidence

    unit = report.profile.unit or "本单位"
    report = replace(report, profile=replace(report.profile, unit=unit))
    entries = [replace(entry_of(p), unit=unit) for p in previous]
    own = find_evidence(replace(probe, unit=unit), MemoryLibrary(entries, settings), settings.match)
    base = 1 + max((m.source.number for m in evidence.matches), default=-1)
    known = {m.source.sha256 for m in evidence.matches}
    added = tuple(
        replace(m, source=replace(m.source, number=base + m.source.number))
        for m in own.matches
        if m.source.sha256 not in known
    )
    relabelled = tuple(
        replace(m, source=replace(m.source, unit=unit)) if m.source.sha256 in {e.sha256 for e in entries} else m
        for m in evidence.matches
    )
    return report, replace(evidence, matches=relabelled + added)
