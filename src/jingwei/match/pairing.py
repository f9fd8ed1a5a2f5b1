"""Candidate pairs of a whole batch at once: a group scan over the sorted postings."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from jingwei.fingerprint.folded import LongArray
from jingwei.fingerprint.sorting import distinct, first_of_equals, order_of_columns
from jingwei.fingerprint.winnow import HashArray
from jingwei.library.reading import NUMBER_BITS
from jingwei.match.candidates import frequency_cap
from jingwei.match.groups import Groups
from jingwei.model import IntArray
from jingwei.settings import MatchSettings

_WITNESSES = 3  # first reports that every other one is paired with on behalf of an over-frequent fingerprint
_MOST_PAIRED = 32  # in a large batch every report meets so many from its own side, and as many from others
_SHARED = 2  # rare fingerprints that a pair of a large batch has in common: one is a chance meeting of 13 characters
_RARE_WINDOWS = 8  # windows of 13 characters in common: one rare stretch of 20, or several shorter ones
_MOST_HOLDERS = 24  # of a rare window: so many reports of three units at most are paired with each other
_LEAST_CAP = 50  # fingerprints in so few reports propose their pairs in every batch
_FEWEST_WITNESSED = 150  # over-frequent fingerprints in so many reports need witnesses, each of them ...
_LONG = 6  # ... and those in fewer reports where a report shares so many with one witness: a long passage
_KEYS_AT_ONCE = 1 << 18  # what is looked at at a time stays in the cache: the first touch of memory is dear
_CELLS = 500_000  # of the table of all pairs looked at at a time
_ONE_SHARED = 1 << 32  # one shared fingerprint; what is below is weight
_SMALL_BATCH = 150  # up to here every pair that shares anything is aligned


def candidate_pairs(
    keys: HashArray, windows: Groups, order: LongArray | HashArray, settings: MatchSettings
) -> tuple[LongArray, LongArray]:
    """Pairs (left, right) of report numbers worth aligning, left before right in ``order``.

    Two reports that share several windows which hardly anybody else has are a pair, however many others there are.
    Besides them, fingerprints in few reports propose all their pairs, of which the ``candidates`` with the largest summed idf stay
    for each report. A fingerprint in many reports pairs each of them with the same few witnesses only, so nothing is
    quadratic in the number of reports that share a sentence.
    """
    reports = len(order)
    rank = np.empty(reports, dtype=np.int64)
    by_rank = np.argsort(order, kind="stable")
    rank[by_rank] = np.arange(reports)
    begins = _first_keys(keys)
    size = np.diff(begins, append=len(keys))
    small = reports <= _SMALL_BATCH
    cap = reports if small else max(frequency_cap(reports, settings), _LEAST_CAP)
    most = reports if small else min(settings.candidates, _MOST_PAIRED)
    frequency = np.searchsorted([2, cap + 1, max(cap, _FEWEST_WITNESSED) + 1], size, side="right").astype(np.uint8)
    few, frequent, crowded = _holders(keys, rank, size, frequency)
    pairs = [
        _heaviest_pairs(few, reports, most),
        _window_pairs(windows, rank, settings.crowd_units),
        _witness_pairs(crowded, reports),
        _long_witness_pairs(frequent, reports),
    ]
    chosen = distinct(np.concatenate(pairs))
    return by_rank[chosen // max(reports, 1)], by_rank[chosen % max(reports, 1)]


def _first_keys(keys: HashArray) -> LongArray:
    """Where each fingerprint begins in the sorted keys of fingerprint and report."""
    fresh = np.ones(len(keys), dtype=np.bool_)
    for at in range(1, len(keys), _KEYS_AT_ONCE):
        one, other = keys[at : at + _KEYS_AT_ONCE], keys[at - 1 : at - 1 + _KEYS_AT_ONCE]
        np.greater_equal(one[: len(other)] ^ other[: len(one)], 1 << NUMBER_BITS, out=fresh[at : at + len(one)])
    return np.flatnonzero(fresh)


class _Holders(NamedTuple):
    """Who holds each of some fingerprints: reports (by rank) one after the other, and how many hold each."""

    report: IntArray
    size: LongArray


def _holders(keys: HashArray, rank: LongArray, size: LongArray, frequency: npt.NDArray[np.uint8]) -> list[_Holders]:
    """The holders of the fingerprints of each class of ``frequency`` from 1 on; ``size`` says how many hold each."""
    of_key = np.repeat(frequency, size)
    short = rank.astype(np.int32)
    found = []
    for one in range(1, 4):
        kept = keys[of_key == one]
        kept &= np.uint64((1 << NUMBER_BITS) - 1)
        found.append(_Holders(short[kept.astype(np.int64)], size[frequency == one]))
    return found


def _meetings(
    held: _Holders, weight: LongArray, least: int, reports: int
) -> Iterator[tuple[LongArray, LongArray, LongArray]]:
    """Cells of the table of all pairs that count at least ``least`` shared fingerprints, some rows at a time.

    A product of two sparse matrices: a cell counts the shared fingerprints in its upper bits and sums their ``weight``
    in the lower ones. Whole numbers, so the order of the files changes nothing. Yields row, column and weight of cells;
    every pair comes twice, once in the row of either report.
    """
    import scipy.sparse  # a third of a second, and a batch loads it anyway

    bounds = np.concatenate(([0], np.cumsum(held.size))).astype(np.int32)
    shape = len(held.size), reports
    ones, cells = np.ones(len(held.report), dtype=np.int64), np.repeat(weight + _ONE_SHARED, held.size)
    held_by = scipy.sparse.csr_array((ones, held.report, bounds), shape=shape)
    weighed = scipy.sparse.csr_array((cells, held.report, bounds), shape=shape).T.tocsr()
    rows = max(1, _CELLS // max(reports, 1))
    for first in range(0, reports, rows):
        met = weighed[first : first + rows] @ held_by
        some = np.flatnonzero(met.data >= least * _ONE_SHARED)
        row = np.repeat(np.arange(first, first + met.shape[0]), np.diff(np.searchsorted(some, met.indptr)))
        other = met.indices[some].astype(np.int64)
        apart = np.flatnonzero(other != row)
        yield row[apart], other[apart], met.data[some[apart]] & (_ONE_SHARED - 1)


def _heaviest_pairs(held: _Holders, reports: int, most: int) -> LongArray:
    """Pairs that share the fingerprints and are among the ``most`` of either side with the largest summed idf."""
    idf = np.round(1000 * np.log((reports + 1) / held.size)).astype(np.int64)
    least = _SHARED if reports > _SMALL_BATCH else 1
    pairs = [np.zeros(0, dtype=np.int64)]
    for row, other, weight in _meetings(held, idf, least, reports):
        kept = slice(None) if most >= reports else _heaviest(row, other, weight, most)
        one, two = row[kept], other[kept]
        pairs.append(np.minimum(one, two) * reports + np.maximum(one, two))
    return distinct(np.concatenate(pairs))


def _heaviest(row: LongArray, other: LongArray, weight: LongArray, most: int) -> LongArray:
    """Of the cells of each row the places of the ``most`` heaviest; of equal ones those that stand first."""
    if not len(row):
        return row
    order = order_of_columns(row - row[0], int(weight.max()) - weight, other)
    begins = np.flatnonzero(first_of_equals(row))  # rows are side by side before and after
    place = np.arange(len(row)) - np.repeat(begins, np.diff(begins, append=len(row)))
    return order[place < most]


def _window_pairs(windows: Groups, rank: LongArray, crowd_units: int) -> LongArray:
    """Pairs that share at least ``_RARE_WINDOWS`` windows known to no crowd."""
    reports = len(rank)
    known_to_few = windows.units <= crowd_units
    rare = np.concatenate(
        [
            np.flatnonzero(known_to_few[windows.group[at : at + _KEYS_AT_ONCE]]) + at
            for at in range(0, len(windows.group), _KEYS_AT_ONCE)
        ]
        or [np.zeros(0, dtype=np.int64)]
    )
    met = windows.group[rare].astype(np.int64)
    met <<= NUMBER_BITS
    met |= np.repeat(rank, np.diff(np.searchsorted(rare, windows.bounds)))
    met = distinct(met)  # each report once a window
    begins = np.flatnonzero(first_of_equals(met >> NUMBER_BITS))
    size = np.diff(begins, append=len(met))
    met &= (1 << NUMBER_BITS) - 1
    pairs = [np.zeros(0, dtype=np.int64)]
    for holders in range(2, _MOST_HOLDERS + 1):
        of_each = met[begins[size == holders, None] + np.arange(holders)]  # ascending
        one, two = np.triu_indices(holders, 1)
        pairs.append((of_each[:, one] * reports + of_each[:, two]).ravel())
    together = np.sort(np.concatenate(pairs))
    first = np.flatnonzero(first_of_equals(together))
    return together[first[np.diff(first, append=len(together)) >= _RARE_WINDOWS]]


def _long_witness_pairs(held: _Holders, reports: int) -> LongArray:
    """Pairs of each report that holds many of the fingerprints with the first report that holds the same ones.

    A phrase that fifty or a hundred reports have counts only in a long passage, so one fingerprint of it needs no
    witness; a circular that as many copied has dozens of fingerprints, all with the same holders and so the same first.
    """
    pairs = [np.zeros(0, dtype=np.int64)]
    heads = np.cumsum(held.size) - held.size
    left = held.report.copy()
    for _ in range(_WITNESSES if len(heads) else 0):
        witness = np.repeat(np.minimum.reduceat(left, heads), held.size)
        left[left == witness] = reports  # the next one is the least of the others
        later = witness < held.report
        met = np.sort(witness[later].astype(np.int64) * reports + held.report[later])
        first = np.flatnonzero(first_of_equals(met))
        pairs.append(met[first[np.diff(first, append=len(met)) >= _LONG]])
    return np.concatenate(pairs)


def _witness_pairs(held: _Holders, reports: int) -> LongArray:
    """Pairs of each report that holds an over-frequent fingerprint with the first ones that hold it."""
    if not len(held.size):
        return np.zeros(0, dtype=np.int64)
    heads = np.cumsum(held.size) - held.size
    left = held.report.copy()
    firsts = []
    for _ in range(_WITNESSES):
        firsts.append(np.minimum.reduceat(left, heads))
        left[left == np.repeat(firsts[-1], held.size)] = reports  # the next one is the least of the others
    witnesses = distinct(np.concatenate(firsts)).astype(np.int64)
    paired = np.zeros((len(witnesses), reports), dtype=np.bool_)
    for first in firsts:
        paired[np.repeat(np.searchsorted(witnesses, first), held.size), held.report] = True
    row, member = np.nonzero(paired)
    later = witnesses[row] < member
    return witnesses[row[later]] * reports + member[later]
