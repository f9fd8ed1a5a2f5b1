"""Which reports of a library are worth aligning with a probe: proposals only, alignment decides.

Ranking is by summed idf of shared rare fingerprints. Three groups must not be crowded out by it: the probe's own
unit, the places above it, and authority texts. Over-frequent fingerprints propose nothing by themselves; a few
*witnesses* of other units are aligned to prove that the wording is common.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from jingwei.fingerprint.winnow import HashArray
from jingwei.library.reading import Catalogue, Hits, SearchableLibrary, text_key, unit_key
from jingwei.model import BoolArray, Entry, IntArray
from jingwei.settings import MatchSettings

_OWN_REPORTS = 60  # earlier reports of the same unit, and reports of superiors: always aligned, at most so many
_AUTHORITY_TEXTS = 60
_WITNESSES = 60
_WITNESS_UNITS = 4  # distinct other units that shall prove one frequent fingerprint common


@dataclass(frozen=True, slots=True)
class Candidates:
    """Reports to align, ascending numbers; the same content left out; how many reports know each fingerprint."""

    numbers: IntArray
    left_out: IntArray
    frequencies: IntArray


def frequency_cap(reports: int, settings: MatchSettings) -> int:
    """Largest number of reports a fingerprint may occur in and still propose candidates."""
    return max(settings.frequency_cap_floor, int(settings.frequency_cap_share * reports))


def find_candidates(probe: Entry, hashes: HashArray, library: SearchableLibrary, settings: MatchSettings) -> Candidates:
    """Reports of the library that may share a passage with ``probe``; ``hashes`` are its distinct fingerprints."""
    catalogue = library.catalogue()
    same = catalogue.content == np.uint64(text_key(probe.sha256))
    usable = catalogue.alive & ~same
    hits = library.hits(hashes)
    kept = usable[hits.number]
    hits = Hits(hits.query[kept], hits.number[kept])
    authority = catalogue.authority[hits.number]
    peers = Hits(hits.query[~authority], hits.number[~authority])
    laws = Hits(hits.query[authority], hits.number[authority])
    frequencies = np.bincount(peers.query, minlength=len(hashes)).astype(np.int32)
    reports = int(np.count_nonzero(catalogue.alive & ~catalogue.authority))
    rare = frequencies <= frequency_cap(reports, settings)
    weight = np.log((reports + 1) / np.maximum(frequencies, 1))
    own = catalogue.known_unit & (catalogue.unit == np.uint64(unit_key(probe.unit, probe.sha256)))
    chosen = [
        _ranked(peers, rare, weight, catalogue, settings.candidates),
        _related(np.flatnonzero(own & usable), catalogue),
        _related(np.array(library.superiors(probe), dtype=np.int64), catalogue, usable),
        _cover(laws, len(hashes), catalogue.order, catalogue.order, _AUTHORITY_TEXTS, 2),
    ]
    others = ~rare[peers.query] & ~own[peers.number]
    frequent = Hits(peers.query[others], peers.number[others])
    chosen.append(_cover(frequent, len(hashes), catalogue.order, catalogue.unit, _WITNESSES, _WITNESS_UNITS))
    numbers = np.unique(np.concatenate(chosen)).astype(np.int32)
    return Candidates(numbers, np.flatnonzero(same & catalogue.alive).astype(np.int32), frequencies)


def _ranked(
    hits: Hits, rare: BoolArray, weight: npt.NDArray[np.float64], catalogue: Catalogue, most: int
) -> npt.NDArray[np.int64]:
    kept = rare[hits.query]
    total = np.bincount(hits.number[kept], weights=weight[hits.query[kept]], minlength=len(catalogue))
    numbers = np.flatnonzero(total)
    order = np.lexsort((catalogue.order[numbers], -np.round(total[numbers], 6)))
    return numbers[order[:most]]


def _related(
    numbers: npt.NDArray[np.int64], catalogue: Catalogue, usable: BoolArray | None = None
) -> npt.NDArray[np.int64]:
    if usable is not None:
        numbers = numbers[usable[numbers]]
    return numbers[np.argsort(catalogue.order[numbers], kind="stable")[:_OWN_REPORTS]]


def _cover(
    hits: Hits, queries: int, order: HashArray, group: HashArray, most: int, needed: int
) -> npt.NDArray[np.int64]:
    """Few reports that together hold every fingerprint ``needed`` times, in different groups; greedy.

    Each round takes the reports that hold most of what is still open, one a group.
    """
    chosen: list[int] = []
    seen = np.zeros(queries, dtype=np.int64)
    taken: set[int] = set()
    query, number = hits.query, hits.number
    while len(chosen) < most and len(query):
        count = np.bincount(number, minlength=len(order))
        numbers = np.flatnonzero(count)
        ranked = numbers[np.lexsort((order[numbers], -count[numbers]))]
        batch = []
        for candidate in ranked[: 4 * needed].tolist():
            if int(group[candidate]) not in taken:
                taken.add(int(group[candidate]))
                batch.append(candidate)
                if len(batch) == needed:
                    break
        chosen += batch[: most - len(chosen)]
        inside = np.isin(number, batch)
        seen += np.bincount(query[inside], minlength=queries)
        dropped = inside | np.isin(group[number], np.fromiter(taken, dtype=np.uint64, count=len(taken)))
        keep = ~dropped & (seen[query] < needed)
        query, number = query[keep], number[keep]
        if not batch:
            break
    return np.array(chosen, dtype=np.int64)
