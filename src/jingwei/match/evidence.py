"""Everything a library says about one report: verified passages with their sources, and what is common."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from msgspec import Struct

from jingwei.fingerprint import FoldedBatch, fold_entries, shingle_hashes, winnow
from jingwei.fingerprint.folded import LongArray, joined
from jingwei.fingerprint.sorting import distinct
from jingwei.fingerprint.winnow import HashArray
from jingwei.library.reading import SearchableLibrary
from jingwei.match.candidates import PROVEN_UNITS, find_candidates, find_witnesses
from jingwei.match.commonness import count_units, measure, on_raw, without_crowd
from jingwei.match.passages import passages_by_source
from jingwei.match.runs import Runs, ShingleTable, find_runs
from jingwei.match.scanning import scan
from jingwei.model import BoolArray, Entry, Evidence, IntArray, SourceMatch, SourceRef
from jingwei.settings import MatchSettings


def find_evidence(probe: Entry, library: SearchableLibrary, settings: MatchSettings) -> Evidence:
    """Passages that ``probe`` shares with reports of ``library``, and how many units share each character.

    The probe itself is left out and named: a report of the same content, unless it is known to be another unit's or of
    another year. Nothing is judged here: reports of any year, of the same unit and authority texts are all returned
    with their role.

    Args:
        probe: the report to look for.
        library: on disk or in memory.
        settings: how passages are found.

    Returns:
        Matches with the most equal characters first; ties by content, so the order of adding does not matter.
    """
    left = fold_entries([probe])
    hashes = shingle_hashes(left.codes, left.offsets, settings.shingle_chars)
    marks = fingerprints(left, hashes, settings)
    table = ShingleTable(hashes)
    found = find_candidates(probe, marks, library, settings)
    sources = _meet(table, found.numbers, library, settings)
    unproven = _unproven(probe, left, hashes, marks, found.frequent, sources, settings)
    if len(unproven):
        more = find_witnesses(probe, unproven, found, library)
        if len(more):
            sources = sources.joined(_meet(table, more, library, settings))
    scanned = scan(left, sources.batch, sources.runs, settings)
    common = measure(scanned, sources.unit, sources.others(probe), settings)
    exempt = sources.authority | np.isin(sources.numbers, library.superiors(probe))
    passages = passages_by_source(without_crowd(scanned, common, exempt, settings), settings)
    matches = [
        SourceMatch(reference(int(sources.numbers[i]), sources.entries[i]), sources.entries[i].text, some)
        for i, some in passages.items()
    ]
    summary, left_out = library.summary(), library.entries(found.left_out.tolist())
    return Evidence(
        matches=ordered(matches),
        units=on_raw(common.characters, left.at, len(probe.text)),
        library=summary,
        left_out=tuple(sorted(e.path for e in left_out)),
        compared=summary.reports - sum(e.role == "peer" for e in left_out),
    )


class _Sources(Struct, frozen=True):
    """Reports met by the probe, and the runs they share with it."""

    numbers: IntArray
    entries: list[Entry]
    batch: FoldedBatch
    unit: HashArray
    authority: BoolArray
    runs: Runs

    def others(self, probe: Entry) -> BoolArray:
        """Peer reports of other units: those that make wording common."""
        other = np.array([e.unit is None or e.unit != probe.unit for e in self.entries], dtype=np.bool_)
        return other & ~self.authority

    def joined(self, more: _Sources) -> _Sources:
        """Both sets of sources as one."""
        runs = Runs(
            np.concatenate([self.runs.source, more.runs.source + len(self.entries)]),
            np.concatenate([self.runs.left, more.runs.left]),
            np.concatenate([self.runs.right, more.runs.right + len(self.batch.codes)]),
            np.concatenate([self.runs.length, more.runs.length]),
        )
        return _Sources(
            np.concatenate([self.numbers, more.numbers]),
            self.entries + more.entries,
            joined([self.batch, more.batch]),
            np.concatenate([self.unit, more.unit]),
            np.concatenate([self.authority, more.authority]),
            runs,
        )


def _meet(
    table: ShingleTable,
    numbers: IntArray,
    library: SearchableLibrary,
    settings: MatchSettings,
) -> _Sources:
    entries = library.entries(numbers.tolist())
    batch = library.folded(entries, numbers.tolist())
    k = settings.shingle_chars
    runs = find_runs(table, shingle_hashes(batch.codes, batch.offsets, k), batch.offsets, k)
    catalogue = library.catalogue()
    return _Sources(numbers, entries, batch, catalogue.unit[numbers], catalogue.authority[numbers], runs)


def _unproven(
    probe: Entry,
    left: FoldedBatch,
    hashes: HashArray,
    marks: HashArray,
    frequent: BoolArray,
    sources: _Sources,
    settings: MatchSettings,
) -> LongArray:
    """Which of the ``marks`` are frequent and too few units among the sources share them to prove them common."""
    if not frequent.any():
        return np.flatnonzero(frequent)
    _, unit = np.unique(sources.unit, return_inverse=True)
    runs = sources.runs
    kept = sources.others(probe)[runs.source]
    length = runs.length[kept] - (settings.shingle_chars - 1)
    units = count_units(unit[runs.source[kept]], runs.left[kept], length, len(left.codes))
    thin = distinct(hashes[units < PROVEN_UNITS])
    # both distinct; asked otherwise numpy loads numpy.ma, 20 ms of a short run
    return np.flatnonzero(frequent & np.isin(marks, thin, assume_unique=True))


def fingerprints(batch: FoldedBatch, hashes: HashArray, settings: MatchSettings) -> HashArray:
    """Distinct winnowed fingerprints of a body."""
    return distinct(hashes[winnow(hashes, batch.offsets, settings.shingle_chars, settings.window_shingles)])


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
