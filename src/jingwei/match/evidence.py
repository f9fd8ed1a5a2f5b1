"""Everything a library says about one report: verified passages with their sources, and what is common."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from jingwei.fingerprint import FoldedBatch, fold_entries, shingle_hashes, winnow
from jingwei.fingerprint.winnow import HashArray
from jingwei.library.reading import SearchableLibrary
from jingwei.match.candidates import find_candidates
from jingwei.match.commonness import measure, on_raw, without_crowd
from jingwei.match.passages import passages_by_source, scan
from jingwei.match.runs import ShingleTable, find_runs
from jingwei.model import Entry, Evidence, SourceMatch, SourceRef
from jingwei.settings import MatchSettings


def find_evidence(probe: Entry, library: SearchableLibrary, settings: MatchSettings) -> Evidence:
    """Passages that ``probe`` shares with reports of ``library``, and how many units share each character.

    Reports with the same content as the probe are left out and named. Nothing is judged here: reports of any year,
    of the same unit and authority texts are all returned with their role.

    Args:
        probe: the report to look for.
        library: on disk or in memory.
        settings: how passages are found.

    Returns:
        Matches with the most equal characters first; ties by content, so the order of adding does not matter.
    """
    left = fold_entries([probe])
    hashes = shingle_hashes(left.codes, left.offsets, settings.shingle_chars)
    found = find_candidates(probe, fingerprints(left, hashes, settings), library, settings)
    numbers = found.numbers.tolist()
    entries = library.entries(numbers)
    right = library.folded(entries, numbers)
    k = settings.shingle_chars
    runs = find_runs(ShingleTable(hashes), shingle_hashes(right.codes, right.offsets, k), right.offsets, k)
    scanned = scan(left, right, runs, settings)
    catalogue = library.catalogue()
    unit = catalogue.unit[found.numbers]
    counted = ~catalogue.authority[found.numbers]
    if probe.unit is not None:
        counted &= np.array([e.unit != probe.unit for e in entries], dtype=np.bool_)
    common = measure(scanned, unit, counted, settings)
    exempt = ~counted | np.isin(found.numbers, library.superiors(probe))
    passages = passages_by_source(without_crowd(scanned, common, exempt, settings), settings)
    matches = [
        SourceMatch(reference(numbers[source], entries[source]), entries[source].text, found_passages)
        for source, found_passages in passages.items()
    ]
    return Evidence(
        matches=ordered(matches),
        units=on_raw(common.characters, left.at, len(probe.text)),
        library=library.summary(),
        left_out=tuple(sorted(e.path for e in library.entries(found.left_out.tolist()))),
    )


def fingerprints(batch: FoldedBatch, hashes: HashArray, settings: MatchSettings) -> HashArray:
    """Distinct winnowed fingerprints of a body."""
    return np.unique(hashes[winnow(hashes, batch.offsets, settings.shingle_chars, settings.window_shingles)])


def ordered(matches: Sequence[SourceMatch]) -> tuple[SourceMatch, ...]:
    """Most equal characters first; ties by content and path."""
    return tuple(
        sorted(matches, key=lambda m: (-sum(p.equal_chars for p in m.passages), m.source.sha256, m.source.report))
    )


def reference(number: int, entry: Entry) -> SourceRef:
    """Who a source is."""
    return SourceRef(
        number=number,
        report=entry.path,
        sha256=entry.sha256,
        title=entry.title,
        place=entry.place.name if entry.place is not None else None,
        unit=entry.unit,
        level=entry.level,
        year=entry.year,
        date=entry.date,
        role=entry.role,
        where=entry.place,
    )
