"""A batch of reports against itself: everything ``compare`` shows, each pair aligned once."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from itertools import pairwise
from typing import Any

import numpy as np
from msgspec import Struct

from jingwei.fingerprint.folded import LongArray
from jingwei.fingerprint.minhash import SignatureArray
from jingwei.library.memory import MemoryLibrary
from jingwei.match.cluster import neighbourhoods
from jingwei.match.commonness import Commonness, may_stay, on_raw, without_crowd
from jingwei.match.crowd import batch_commonness, group_windows, witnesses_of
from jingwei.match.evidence import ordered, reference
from jingwei.match.forked import meanwhile, side_by_side
from jingwei.match.groups import Groups, group_shingles
from jingwei.match.joint_runs import RunFinder
from jingwei.match.likeness import Twins, cluster_order, compare_wording, document_sets, find_twins
from jingwei.match.pairing import candidate_pairs
from jingwei.match.passages import passages_by_source
from jingwei.match.same_content import is_one_report, pairs_of_one_content
from jingwei.match.scanning import Clusters, cluster
from jingwei.match.sentence_families import families_of
from jingwei.model import (
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
_PAIRS_AT_ONCE = 4096
_PAIRS_WORTH_FORKING = 2000
_REPORTS_WORTH_FORKING = 100


class BatchEvidence(Struct, frozen=True):
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
    with _no_collections():
        return _compared(MemoryLibrary(entries, settings), settings)


@contextmanager
def _no_collections() -> Iterator[None]:
    """Without searches for reference cycles: a million small results make none, and looking for them costs a third."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _compared(library: MemoryLibrary, settings: Settings) -> BatchEvidence:
    entries = library.all_entries
    (wording, (twins, signatures)), plan = meanwhile(
        [
            lambda: compare_wording(entries),
            lambda: find_twins(*document_sets(library.hashes, library.batch.offsets), settings.match),
        ],
        lambda: _plan(library, settings),
        settings.workers if len(entries) >= _REPORTS_WORTH_FORKING else 1,
    )
    slices = _slices(plan, 4 * settings.workers if len(plan.lefts) >= _PAIRS_WORTH_FORKING else 1)
    tasks: list[Callable[[], Any]] = [
        lambda: families_of(library, plan.groups, settings),
        *(partial(_align, library, plan, some, settings.match) for some in slices),
    ]
    families, *aligned = side_by_side(tasks, settings.workers if len(slices) > 1 else 1)
    together = {pair: some for part in aligned for pair, some in part.items()}
    found = _Found(together, tuple(c.characters for c in plan.common))
    body = np.diff(library.batch.true_offsets)
    shared = _shared_share(found, body)
    chosen = sorted(set(found.passages) | _most_alike(wording.cosine))
    pairs = []
    for (left, right), likeness, cosine in zip(
        chosen, _alike(signatures, body, chosen), (float(wording.cosine[p]) for p in chosen), strict=True
    ):
        passages = found.passages.get((left, right), ())
        pairs.append(Pair(left, right, passages, cosine, likeness))
    return BatchEvidence(
        evidence=_evidence(library, found),
        pairs=tuple(pairs),
        duplicates=twins,
        families=families,
        shared=shared,
        wording=wording.cosine,
        terms=wording.terms,
        order=cluster_order(shared, wording.cosine),
    )


def _alike(signatures: SignatureArray, body: LongArray, pairs: Sequence[tuple[int, int]]) -> list[float]:
    """Share of equal MinHash values of each pair; two reports without a body have none."""
    if not pairs:
        return []
    left, right = np.array(pairs).T
    same = np.concatenate(
        [
            (signatures[left[at : at + _PAIRS_AT_ONCE]] == signatures[right[at : at + _PAIRS_AT_ONCE]]).mean(axis=1)
            for at in range(0, len(left), _PAIRS_AT_ONCE)
        ]
    )
    same[(body[left] == 0) | (body[right] == 0)] = 0.0
    return [float(s) for s in same]


class _Found(Struct, frozen=True):
    """Passages by pair (left < right) and distinct other units by true character of each report."""

    passages: dict[tuple[int, int], tuple[Passage, ...]]
    units: tuple[IntArray, ...]


class _Plan(Struct, frozen=True):
    """Which pairs to align, grouped by the left report, and what is common."""

    lefts: LongArray
    rights: LongArray
    groups: Groups
    finder: RunFinder
    common: tuple[Commonness, ...]


def _slices(plan: _Plan, parts: int) -> list[slice]:
    """Stretches of the pairs of like size, none of which divides the pairs of one left report."""
    cuts = (
        sorted({int(np.searchsorted(plan.lefts, plan.lefts[len(plan.lefts) * n // parts])) for n in range(parts)})
        if len(plan.lefts)
        else []
    )
    return [slice(a, b) for a, b in pairwise([*cuts, len(plan.lefts)])]


def _plan(library: MemoryLibrary, settings: Settings) -> _Plan:
    match = settings.match
    catalogue, batch = library.catalogue(), library.batch
    groups = group_shingles(library.hashes, batch.offsets, witnesses_of(catalogue))
    windows = group_windows(library, groups, match)
    rank = _earliest_first(library)
    lefts, rights = candidate_pairs(library.keys, windows, rank, match)
    other = catalogue.content[lefts] != catalogue.content[rights]
    same_lefts, same_rights = pairs_of_one_content(library.all_entries, catalogue.content, rank)
    lefts, rights = np.concatenate([lefts[other], same_lefts]), np.concatenate([rights[other], same_rights])
    order = np.lexsort((rights, lefts))
    return _Plan(
        lefts=lefts[order],
        rights=rights[order],
        groups=groups,
        finder=RunFinder(groups, batch.offsets, match.shingle_chars, rank, rights),
        common=batch_commonness(library, groups, windows, match),
    )


def _align(
    library: MemoryLibrary, plan: _Plan, some: slice, match: MatchSettings
) -> dict[tuple[int, int], tuple[Passage, ...]]:
    """Passages of some of the pairs of the plan."""
    catalogue, batch = library.catalogue(), library.batch
    lefts, rights = plan.lefts[some], plan.rights[some]
    begins = np.flatnonzero(np.diff(lefts, prepend=-1) != 0).tolist()
    passages: dict[tuple[int, int], tuple[Passage, ...]] = {}
    for begin, end in pairwise([*begins, len(lefts)]):
        left = int(lefts[begin])
        common = plan.common[left]
        exempt = catalogue.authority | catalogue.authority[left]
        mine, runs = batch.item(left), plan.finder.find(left, rights[begin:end])
        near = Clusters(mine, batch, runs, neighbourhoods(runs, match.max_gap_chars))
        near = near.of_passages(may_stay(near, common, exempt, match))
        found = cluster(mine, batch, near.runs, match)
        found = found.of_passages(may_stay(found, common, exempt, match))
        listed = without_crowd(found.scanned(), common, exempt, match)
        for right, pair in passages_by_source(listed, match).items():
            key = (left, right) if left < right else (right, left)
            passages[key] = pair if left < right else tuple(mirrored(p) for p in pair)
    return passages


def _earliest_first(library: MemoryLibrary) -> LongArray:
    """Rank of each report by year, then content: the witnesses of common wording are those who had it first.

    Nobody is told to have copied from a later report, so a later witness would be none. Unknown years stand first.
    """
    years = np.array([-1 if e.year is None else e.year for e in library.all_entries], dtype=np.int64)
    rank = np.empty(len(years), dtype=np.int64)
    rank[np.lexsort((library.catalogue().order, years))] = np.arange(len(years))
    return rank


def mirrored(passage: Passage) -> Passage:
    """The passage seen from the other side."""
    return Passage(
        left_start=passage.right_start,
        left_end=passage.right_end,
        right_start=passage.left_start,
        right_end=passage.left_end,
        equal_chars=passage.equal_chars,
        runs=tuple(
            EqualRun(*r) for r in sorted([(r.right_start, r.right_end, r.left_start, r.left_end) for r in passage.runs])
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
    references = [reference(n, library.entry(n)) for n in range(len(library))]
    for (left, right), passages in found.passages.items():
        matches[left].append(SourceMatch(references[right], library.entry(right).text, passages))
        back = tuple(sorted((mirrored(p) for p in passages), key=lambda p: (p.left_start, p.right_start)))
        matches[right].append(SourceMatch(references[left], library.entry(left).text, back))
    same: dict[tuple[str, str | None], list[Entry]] = {}
    for entry in library.all_entries:
        same.setdefault((entry.sha256, entry.unit), []).append(entry)
    result = []
    for number in range(len(library)):
        entry = library.entry(number)
        item = library.batch.item(number)
        alike = same[entry.sha256, entry.unit]
        others = sorted(e.path for e in alike if e.path != entry.path and is_one_report(e, entry))
        units = on_raw(found.units[number], item.at, len(entry.text))
        compared = len(library) - 1 - len(others)
        result.append(Evidence(ordered(matches[number]), units, summary, tuple(others), compared))
    return tuple(result)
