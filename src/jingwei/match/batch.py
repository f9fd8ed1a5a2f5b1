"""A batch of reports against itself: everything ``compare`` shows, each pair aligned once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from jingwei.fingerprint.folded import LongArray
from jingwei.library.memory import MemoryLibrary
from jingwei.match.commonness import Commonness, count_units, on_raw, without_crowd
from jingwei.match.evidence import ordered, reference
from jingwei.match.families import families_of
from jingwei.match.likeness import Twins, cluster_order, compare_wording, document_sets, find_twins
from jingwei.match.pairing import candidate_pairs
from jingwei.match.passages import Scan, passages_by_source, scan
from jingwei.match.runs import ShingleTable, find_runs
from jingwei.match.shared import shared_shingles
from jingwei.model import (
    BoolArray,
    Entry,
    EqualRun,
    Evidence,
    Family,
    FloatArray,
    IntArray,
    Pair,
    Passage,
    SourceMatch,
)
from jingwei.settings import MatchSettings, Settings

_MOST_ALIKE = 20


@dataclass(frozen=True, slots=True)
class BatchEvidence:
    """What matching found in a batch; all numbers are indices of ``entries``, all matrices in input order.

    ``shared`` [i, j]: equal characters of passages of the pair / characters of the shorter body, symmetric, in [0, 1].
    ``wording`` [i, j]: tf-idf cosine. ``order``: cluster order of the rows. ``terms[i]``: words that mark report i out.
    """

    evidence: tuple[Evidence, ...]
    pairs: tuple[Pair, ...]
    duplicates: tuple[Twins, ...]
    families: tuple[Family, ...]
    shared: FloatArray
    wording: FloatArray
    terms: tuple[tuple[str, ...], ...]
    order: tuple[int, ...]


def compare_batch(entries: Sequence[Entry], settings: Settings) -> BatchEvidence:
    """Compare all reports with each other.

    Args:
        entries: the batch; its order changes the numbering of the results, never their content.
        settings: all settings; ``match`` is read.
    """
    library = MemoryLibrary(entries, settings)
    found = _align_all(library, settings)
    body = np.diff(library.batch.true_offsets)
    shared = _shared_share(found, body)
    wording = compare_wording(entries)
    shingles, bounds = document_sets(library.hashes, library.batch.offsets)
    twins, signatures = find_twins(shingles, bounds, settings.match)
    pairs = []
    for left, right in sorted(set(found.passages) | _most_alike(wording.cosine)):
        likeness = float(np.mean(signatures[left] == signatures[right])) if body[left] and body[right] else 0.0
        passages = found.passages.get((left, right), ())
        pairs.append(Pair(left, right, passages, float(wording.cosine[left, right]), likeness))
    return BatchEvidence(
        evidence=_evidence(library, found),
        pairs=tuple(pairs),
        duplicates=twins,
        families=families_of(library, settings),
        shared=shared,
        wording=wording.cosine,
        terms=wording.terms,
        order=cluster_order(shared, wording.cosine),
    )


@dataclass(frozen=True, slots=True)
class _Found:
    """Passages by pair (left < right) and distinct other units by true character of each report."""

    passages: dict[tuple[int, int], tuple[Passage, ...]]
    units: tuple[IntArray, ...]


def _align_all(library: MemoryLibrary, settings: Settings) -> _Found:
    match = settings.match
    catalogue = library.catalogue()
    lefts, rights = candidate_pairs(library.keys, catalogue.order, match)
    lefts, rights = _different(lefts, rights, catalogue.content)
    order = np.lexsort((rights, lefts))
    lefts, rights = lefts[order], rights[order]
    begins = np.flatnonzero(np.diff(lefts, prepend=-1) != 0)
    kept = np.flatnonzero(shared_shingles(library))
    bounds = np.searchsorted(kept, library.batch.offsets)
    scans: dict[int, Scan] = {}
    for begin, end in zip(begins.tolist(), [*begins[1:].tolist(), len(lefts)], strict=True) if len(lefts) else ():
        left = int(lefts[begin])
        parts = [kept[bounds[r] : bounds[r + 1]] for r in rights[begin:end].tolist()]
        at = np.concatenate(parts)
        own = slice(int(library.batch.offsets[left]), int(library.batch.offsets[left + 1]))
        table = ShingleTable(library.hashes[own])
        runs = find_runs(table, library.hashes[at], library.batch.offsets, match.shingle_chars, at)
        scans[left] = scan(library.batch.item(left), library.batch, runs, match)
    common = _commonness(library, scans, match)
    passages: dict[tuple[int, int], tuple[Passage, ...]] = {}
    for left, found in scans.items():
        exempt = catalogue.authority | catalogue.authority[left]
        for right, pair in passages_by_source(without_crowd(found, common[left], exempt, match), match).items():
            key = (left, right) if left < right else (right, left)
            passages[key] = pair if left < right else tuple(mirrored(p) for p in pair)
    return _Found(passages, tuple(c.characters for c in common))


def _different(lefts: LongArray, rights: LongArray, content: np.ndarray) -> tuple[LongArray, LongArray]:
    """Pairs of different content: the same file twice is a duplicate, not evidence."""
    other = content[lefts] != content[rights]
    return lefts[other], rights[other]


def _commonness(library: MemoryLibrary, scans: dict[int, Scan], settings: MatchSettings) -> tuple[Commonness, ...]:
    """Commonness of every report, from all aligned pairs, both sides."""
    catalogue = library.catalogue()
    batch = library.batch
    _, unit = np.unique(catalogue.unit, return_inverse=True)
    characters, shingles = _Stretches(unit), _Stretches(unit)
    for left, found in scans.items():
        other = (catalogue.unit != catalogue.unit[left])[found.runs.source]
        runs, segments = found.runs, found.segments
        mine = not catalogue.authority[left]
        long = (runs.length >= settings.min_run_chars)[segments.run] & other[segments.run]
        source = runs.source[segments.run]
        peers = ~catalogue.authority[source], mine
        characters.add(
            left, source, segments.left, segments.right - batch.true_offsets[source], segments.length, long, peers
        )
        length = runs.length - (settings.shingle_chars - 1)
        peers = ~catalogue.authority[runs.source], mine
        shingles.add(left, runs.source, runs.left, runs.right - batch.offsets[runs.source], length, other, peers)
    return tuple(
        Commonness(a, b)
        for a, b in zip(
            characters.counted(np.diff(batch.true_offsets)), shingles.counted(np.diff(batch.offsets)), strict=True
        )
    )


class _Stretches:
    """Stretches of reports that another unit shares, gathered pair by pair, counted in the end."""

    def __init__(self, unit: LongArray) -> None:
        self._unit = unit
        self._rows: list[tuple[LongArray, LongArray, LongArray, LongArray]] = []

    def add(
        self,
        left: int,
        source: LongArray,
        left_start: LongArray,
        right_start: LongArray,
        length: LongArray,
        kept: BoolArray,
        peers: tuple[BoolArray, bool],
    ) -> None:
        """Stretches of the left report and of its sources; authority texts (not ``peers``) are no witnesses."""
        mine = np.full(len(source), left)
        for one, other, start, counted in (
            (mine, source, left_start, kept & peers[0]),
            (source, mine, right_start, kept & peers[1]),
        ):
            self._rows.append((one[counted], self._unit[other[counted]], start[counted], length[counted]))

    def counted(self, sizes: LongArray) -> list[IntArray]:
        """Distinct units at every position of every report."""
        if not self._rows:
            return [np.zeros(n, dtype=np.int32) for n in sizes.tolist()]
        report, unit, start, length = (np.concatenate(column) for column in zip(*self._rows, strict=True))
        order = np.argsort(report, kind="stable")
        cuts = np.searchsorted(report[order], np.arange(len(sizes) + 1))
        result = []
        for number, size in enumerate(sizes.tolist()):
            rows = order[cuts[number] : cuts[number + 1]]
            result.append(count_units(unit[rows], start[rows], length[rows], size))
        return result


def mirrored(passage: Passage) -> Passage:
    """The passage seen from the other side."""
    return Passage(
        left_start=passage.right_start,
        left_end=passage.right_end,
        right_start=passage.left_start,
        right_end=passage.left_end,
        equal_chars=passage.equal_chars,
        runs=tuple(
            sorted(
                (EqualRun(r.right_start, r.right_end, r.left_start, r.left_end) for r in passage.runs),
                key=lambda r: r.left_start,
            )
        ),
    )


def _shared_share(found: _Found, body: LongArray) -> FloatArray:
    shared = np.zeros((len(body), len(body)))
    for (left, right), passages in found.passages.items():
        equal = sum(p.equal_chars for p in passages)
        shared[left, right] = shared[right, left] = min(1.0, equal / max(1, min(body[left], body[right])))
    np.fill_diagonal(shared, 1.0)
    return shared


def _most_alike(cosine: FloatArray) -> set[tuple[int, int]]:
    """Pairs that are among the 20 most alike of one of the two by words."""
    count = len(cosine)
    pairs: set[tuple[int, int]] = set()
    for row in range(count):
        values = cosine[row].copy()
        values[row] = -1.0
        for other in np.argsort(-values, kind="stable")[: min(_MOST_ALIKE, count - 1)].tolist():
            if values[other] > 0:
                pairs.add((min(row, other), max(row, other)))
    return pairs


def _evidence(library: MemoryLibrary, found: _Found) -> tuple[Evidence, ...]:
    summary = library.summary()
    matches: list[list[SourceMatch]] = [[] for _ in range(len(library))]
    for (left, right), passages in found.passages.items():
        one, other = library.entry(left), library.entry(right)
        matches[left].append(SourceMatch(reference(right, other), other.text, passages))
        back = tuple(sorted((mirrored(p) for p in passages), key=lambda p: (p.left_start, p.right_start)))
        matches[right].append(SourceMatch(reference(left, one), one.text, back))
    same: dict[str, list[str]] = {}
    for number in range(len(library)):
        entry = library.entry(number)
        same.setdefault(entry.sha256, []).append(entry.path)
    result = []
    for number in range(len(library)):
        entry = library.entry(number)
        item = library.batch.item(number)
        others = sorted(p for p in same[entry.sha256] if p != entry.path)
        units = on_raw(found.units[number], item.at, len(entry.text))
        result.append(Evidence(ordered(matches[number]), units, summary, tuple(others)))
    return tuple(result)
