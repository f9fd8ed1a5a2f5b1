"""Drafts against a library and their own earlier reports: what `score`, `check` and `explain` do."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from msgspec.structs import replace

from jingwei.errors import NothingReadableError
from jingwei.model import Assessment, Document, Entry, Evidence, LibrarySummary, Report, Skipped
from jingwei.pipeline.prepare import assess, entry_of, parse, prepare
from jingwei.pipeline.reading import read_reports
from jingwei.settings import Settings

if TYPE_CHECKING:
    from jingwei.library.reading import SearchableLibrary

MAX_PATH_CHARS = 1024  # a longer string, or one with a line break, is the text itself


def no_evidence(report: Report) -> Evidence:
    """The evidence of a report without any library."""
    return Evidence((), np.zeros(len(report.document.text), dtype=np.int32), LibrarySummary())


def assess_draft(
    report: Report,
    library: SearchableLibrary | None,
    settings: Settings,
    previous: Sequence[Report] = (),
    *,
    reviewed: bool = True,
) -> Assessment:
    """One draft against a library and its own earlier reports, given or found there.

    Without ``reviewed`` there are no findings: numbers alone come in half the time.
    """
    prepared = prepare(report, settings)
    evidence, named = no_evidence(report), previous
    previous = [p for p in named if is_earlier(p, report)]
    if library is not None or previous:
        from jingwei.match import find_evidence

        probe = entry_of(report)
        if library is not None:
            evidence = find_evidence(probe, library, settings.match)
        if previous:
            report, evidence = _with_previous(report, probe, evidence, previous, settings)
            prepared = replace(prepared, report=report)
    if named:
        evidence = replace(evidence, library=_with_named(evidence.library, named, report))
    earlier = (*previous, *(_earlier_in(evidence, report, settings) if reviewed else ()))
    return assess(prepared, evidence, settings, previous=by_year(earlier), reviewed=reviewed)[0]


def _with_named(library: LibrarySummary, named: Sequence[Report], report: Report) -> LibrarySummary:
    """What was compared, with the earlier reports the user named: those used, and those that say nothing here."""
    used, unused = (
        tuple(sorted({p.document.path for p in named if is_earlier(p, report) is earlier})) for earlier in (True, False)
    )
    return replace(library, previous=used, previous_unused=unused)


def is_earlier(previous: Report, report: Report) -> bool:
    """Whether it may be compared as an earlier one: not the draft itself, nor a report of its year or a later one where both years are known."""
    mine, theirs = report.profile.year, previous.profile.year
    return previous.document.sha256 != report.document.sha256 and (mine is None or theirs is None or theirs < mine)


def by_year(reports: Sequence[Report]) -> tuple[Report, ...]:
    """Reports of one unit, latest first, each text once."""
    once = {r.document.sha256: r for r in reports}
    return tuple(sorted(once.values(), key=lambda r: (-(r.profile.year or 0), r.document.path)))


def _earlier_in(evidence: Evidence, report: Report, settings: Settings) -> list[Report]:
    """The unit's own earlier reports among the matched ones of the library, read again for the self-check."""
    unit, year = report.profile.unit, report.profile.year
    found = []
    for match in evidence.matches:
        source = match.source
        if unit is None or source.unit != unit or year is None or source.year is None or source.year >= year:
            continue
        earlier = parse(
            Document(source.report, source.sha256, "txt", match.text), settings, unit=unit, year=source.year
        )
        if isinstance(earlier, Report):
            found.append(earlier)
    return found


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


def score_one(
    path_or_text: Path | str, library: SearchableLibrary | Path | str | None, settings: Settings | None
) -> Assessment:
    """What :func:`jingwei.score` does."""
    settings = settings or Settings()
    opened: SearchableLibrary | None
    if isinstance(library, (str, Path)):
        from jingwei.library import open_library

        opened = open_library(Path(library), settings)
    else:
        opened = library
    if isinstance(path_or_text, str) and ("\n" in path_or_text or len(path_or_text) > MAX_PATH_CHARS):
        digest = hashlib.sha256(path_or_text.encode("utf-8", "surrogatepass")).hexdigest()
        one: Report | Skipped | None = parse(Document("-", digest, "txt", path_or_text), settings)
    else:
        found = read_reports([path_or_text], settings)
        one = next((r for r in found if isinstance(r, Report)), found[0] if found else None)
    if not isinstance(one, Report):
        reason = "没有可读的文件" if one is None else f"{one.path}：{one.message}"
        raise NothingReadableError(reason, reason if one is None else f"{one.path}: {one.message_en}")
    return assess_draft(one, opened, settings)
