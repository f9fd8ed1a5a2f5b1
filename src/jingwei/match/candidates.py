"""Which reports of a library are worth aligning with a probe: proposals only, alignment decides.

Ranking is by summed idf of shared rare fingerprints. Three groups must not be crowded out by it: the probe's own
unit, the places above it, and authority texts. Over-frequent fingerprints propose nothing by themselves; a few
*witnesses* of other units are aligned to prove that the wording is common.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
from msgspec import Struct

from jingwei.fingerprint.winnow import HashArray
from jingwei.library.reading import Catalogue, Hits, Postings, SearchableLibrary, text_key, unit_key
from jingwei.match.same_content import is_draft_itself
from jingwei.model import BoolArray, Entry, IntArray
from jingwei.settings import MatchSettings

_OWN_REPORTS = 60  # earlier reports of the same unit, and reports of superiors: always aligned, at most so many
_AUTHORITY_TEXTS = 60
_WITNESSES = 32
_WITNESS_POOL = 16_384  # of a larger library a sample is enough: a frequent fingerprint is in hundreds of reports
_RANKED_AT_ONCE = 64
PROVEN_UNITS = 4  # distinct other units that shall prove one frequent fingerprint common


class Candidates(Struct, frozen=True):
    """Reports to align, ascending numbers; the draft itself left out; where the fingerprints occur.

    ``frequent`` marks the fingerprints that proposed nothing because too many reports have them.
    """

    numbers: IntArray
    left_out: IntArray
    postings: Postings
    frequent: BoolArray


def frequency_cap(reports: int, settings: MatchSettings) -> int:
    """Largest number of reports a fingerprint may occur in and still propose candidates."""
    return max(settings.frequency_cap_floor, int(settings.frequency_cap_share * reports))


def find_candidates(probe: Entry, hashes: HashArray, library: SearchableLibrary, settings: MatchSettings) -> Candidates:
    """Reports of the library that may share a passage with ``probe``; ``hashes`` are its distinct fingerprints."""
    catalogue = library.catalogue()
    same = np.flatnonzero(catalogue.alive & (catalogue.content == np.uint64(text_key(probe.sha256))))
    itself = np.array([is_draft_itself(probe, e) for e in library.entries(same.tolist())], dtype=np.bool_)
    left_out, others = same[itself], same[~itself]
    usable = catalogue.alive.copy()
    usable[left_out] = False
    reports = int(np.count_nonzero(catalogue.alive & ~catalogue.authority))
    postings = library.postings(hashes)
    frequencies = postings.frequencies(len(hashes))
    frequent = frequencies > frequency_cap(reports, settings)
    weight = np.log((reports + 1) / np.maximum(frequencies, 1))
    rare = np.flatnonzero(~frequent & (frequencies > 0))
    hits = _usable(postings.hits(rare), usable & ~catalogue.authority)
    own = catalogue.known_unit & (catalogue.unit == np.uint64(unit_key(probe.unit, probe.sha256)))
    numbers = [
        _ranked(hits, weight[rare], catalogue, settings.candidates),
        _related(np.flatnonzero(own & usable), catalogue),
        _related(np.array(library.superiors(probe), dtype=np.int64), catalogue, usable),
        _related(others, catalogue),
    ]
    if catalogue.authority.any():
        everywhere = library.postings(hashes, authority=True).hits(np.arange(len(hashes)))
        laws = _usable(everywhere, usable & catalogue.authority)
        numbers.append(_cover(laws, catalogue.order, catalogue.order, _AUTHORITY_TEXTS, 2))
    return Candidates(
        # np.unique would load numpy.ma: 20 ms of a short run
        np.flatnonzero(np.bincount(np.concatenate(numbers), minlength=1)).astype(np.int32),
        left_out.astype(np.int32),
        postings,
        frequent,
    )


def find_witnesses(
    probe: Entry, unproven: npt.NDArray[np.int64], found: Candidates, library: SearchableLibrary
) -> IntArray:
    """Reports of other units that hold fingerprints which the candidates do not prove common.

    Args:
        probe: the report looked for.
        unproven: frequent fingerprints (indices) that fewer than ``PROVEN_UNITS`` units among the candidates share.
        found: the candidates.
        library: where to look.
    """
    catalogue = library.catalogue()
    usable = catalogue.alive & ~catalogue.authority
    usable[found.left_out] = False
    usable &= catalogue.unit != np.uint64(unit_key(probe.unit, probe.sha256))
    usable &= _sampled(catalogue.order, int(np.count_nonzero(catalogue.alive)), _WITNESS_POOL)
    usable[found.numbers] = False
    hits = _usable(found.postings.hits(unproven), usable)
    return np.sort(_cover(hits, catalogue.order, catalogue.unit, _WITNESSES, PROVEN_UNITS)).astype(np.int32)


def _sampled(order: HashArray, size: int, wanted: int) -> BoolArray:
    """About so many reports of a library, by the hash of their content: neither adding nor its order changes which."""
    if size <= wanted:
        return np.ones(len(order), dtype=np.bool_)
    return order < np.uint64((1 << 64) // size * wanted)


def _usable(hits: Hits, usable: BoolArray) -> Hits:
    kept = usable[hits.number]
    return Hits(hits.query[kept], hits.number[kept])


def _ranked(hits: Hits, weight: npt.NDArray[np.float64], catalogue: Catalogue, most: int) -> npt.NDArray[np.int64]:
    total = np.bincount(hits.number, weights=weight[hits.query], minlength=len(catalogue))
    numbers = np.flatnonzero(total)
    order = np.lexsort((catalogue.order[numbers], -np.round(total[numbers], 6)))
    return numbers[order[:most]]


def _related(
    numbers: npt.NDArray[np.int64], catalogue: Catalogue, usable: BoolArray | None = None
) -> npt.NDArray[np.int64]:
    if usable is not None:
        numbers = numbers[usable[numbers]]
    return numbers[np.argsort(catalogue.order[numbers], kind="stable")[:_OWN_REPORTS]]


def _cover(hits: Hits, order: HashArray, group: HashArray, most: int, needed: int) -> npt.NDArray[np.int64]:
    """Few reports that together hold every fingerprint ``needed`` times, in different groups; greedy.

    Each round takes the reports that hold most of what is still open, one a group.
    """
    chosen: list[int] = []
    taken: set[int] = set()
    query, number = hits.query, hits.number
    seen = np.zeros(int(query.max()) + 1 if len(query) else 0, dtype=np.int64)
    while len(chosen) < most and len(query):
        batch: list[int] = []
        for candidate in _most_frequent(np.bincount(number, minlength=len(order)), order):
            if int(group[candidate]) not in taken:
                taken.add(int(group[candidate]))
                batch.append(candidate)
                if len(batch) == needed:
                    break
        chosen += batch[: most - len(chosen)]
        inside = np.zeros(len(order), dtype=np.bool_)  # tables of reports: a look costs less than a search in a set
        inside[batch] = True
        seen += np.bincount(query[inside[number]], minlength=len(seen))
        outside = ~np.isin(group, group[batch])
        keep = outside[number] & (seen < needed)[query]
        query, number = query[keep], number[keep]
    return np.array(chosen, dtype=np.int64)


def _most_frequent(count: npt.NDArray[np.int64], order: HashArray) -> Iterator[int]:
    """Numbers by falling count, then ``order``; only as many are ranked as are asked for, give or take."""
    size = _RANKED_AT_ONCE
    above = int(count.max()) + 1
    while above > 1:
        least = max(int(np.partition(count, -size)[-size]), 1) if size < len(count) else 1
        numbers = np.flatnonzero((count >= least) & (count < above))
        yield from numbers[np.lexsort((order[numbers], -count[numbers]))].tolist()
        above, size = least, size * 16
