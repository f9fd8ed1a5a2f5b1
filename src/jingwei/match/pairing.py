"""Candidate pairs of a whole batch at once: a group scan over the sorted postings."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from jingwei.fingerprint.folded import LongArray
from jingwei.fingerprint.sorting import distinct, first_of_equals
from jingwei.fingerprint.winnow import HashArray
from jingwei.library.reading import NUMBER_BITS
from jingwei.match.candidates import frequency_cap
from jingwei.match.groups import Groups
from jingwei.settings import MatchSettings

_WITNESSES = 3  # first reports that every other one is paired with on behalf of an over-frequent fingerprint
_MOST_PAIRED = 32  # in a large batch every report meets so many from its own side, and as many from others
_SHARED = 2  # rare fingerprints that a pair of a large batch has in common: one is a chance meeting of 13 characters
_RARE_WINDOWS = 8  # windows of 13 characters in common: one rare stretch of 20, or several shorter ones
_MOST_HOLDERS = 24  # of a rare window: so many reports of three units at most are paired with each other
_LEAST_CAP = 150  # fingerprints in fewer reports need no witnesses: their own pairs cost less
_CELLS = 4_000_000  # of the table of all pairs looked at at a time
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
    number = rank[(keys & np.uint64((1 << NUMBER_BITS) - 1)).astype(np.int64)]
    group = keys >> np.uint64(NUMBER_BITS)
    begins = np.flatnonzero(first_of_equals(group))
    size = np.diff(begins, append=len(group))
    cap = reports if reports <= _SMALL_BATCH else max(frequency_cap(reports, settings), _LEAST_CAP)
    most = reports if reports <= _SMALL_BATCH else min(settings.candidates, _MOST_PAIRED)
    some = (size >= 2) & (size <= cap)
    pairs = _heaviest_pairs(_Holders(number, begins[some], size[some]), reports, most)
    rare = _window_pairs(windows, rank, settings.crowd_units)
    pairs = distinct(np.concatenate([pairs, rare, _witness_pairs(number, begins, size, cap, reports)]))
    return by_rank[pairs // max(reports, 1)], by_rank[pairs % max(reports, 1)]


class _Holders(NamedTuple):
    """Who holds each of some fingerprints: reports one after the other, where those of each begin, how many they are."""

    report: LongArray
    begins: LongArray
    size: LongArray


def _meetings(
    held: _Holders, weight: LongArray | int, least: int, reports: int
) -> Iterator[tuple[int, LongArray, LongArray, LongArray]]:
    """Cells of the table of all pairs that count at least ``least`` shared fingerprints, some rows at a time.

    A product of two sparse matrices: a cell counts the shared fingerprints in its upper bits and sums their ``weight``
    in the lower ones. Whole numbers, so the order of the files changes nothing. Yields the first row, then for each
    cell its row (counted from there), column and weight; every pair comes twice, once in the row of either report.
    """
    import scipy.sparse  # a third of a second, and a batch loads it anyway

    bounds = np.concatenate(([0], np.cumsum(held.size)))
    place = np.repeat(held.begins - bounds[:-1], held.size) + np.arange(bounds[-1])
    holder, bounds = held.report[place].astype(np.int32), bounds.astype(np.int32)
    cells = np.repeat(np.broadcast_to(weight, held.size.shape) + _ONE_SHARED, held.size)
    shape = len(held.size), reports
    held_by = scipy.sparse.csr_array((np.ones(len(holder), dtype=np.int64), holder, bounds), shape=shape)
    weighed = scipy.sparse.csr_array((cells, holder, bounds), shape=shape).T.tocsr()
    rows = max(1, _CELLS // max(reports, 1))
    for first in range(0, reports, rows):
        met = weighed[first : first + rows] @ held_by
        some = np.flatnonzero(met.data >= least * _ONE_SHARED)
        row = np.searchsorted(met.indptr, some, side="right") - 1
        other = met.indices[some].astype(np.int64)
        apart = np.flatnonzero(other != row + first)
        yield first, row[apart], other[apart], met.data[some[apart]] % _ONE_SHARED


def _heaviest_pairs(held: _Holders, reports: int, most: int) -> LongArray:
    """Pairs that share the fingerprints and are among the ``most`` of either side with the largest summed idf."""
    idf = np.round(1000 * np.log((reports + 1) / held.size)).astype(np.int64)
    least = _SHARED if reports > _SMALL_BATCH else 1
    pairs = [np.zeros(0, dtype=np.int64)]
    for first, row, other, weight in _meetings(held, idf, least, reports):
        kept = slice(None) if most >= reports else _heaviest(row, other, weight, reports, most)
        one, two = row[kept] + first, other[kept]
        pairs.append(np.minimum(one, two) * reports + np.maximum(one, two))
    return distinct(np.concatenate(pairs))


def _heaviest(row: LongArray, other: LongArray, weight: LongArray, reports: int, most: int) -> LongArray:
    """Of the cells of each row the places of the ``most`` heaviest; of equal ones those that stand first."""
    if not len(row):
        return row
    table = np.zeros((int(row[-1]) + 1, reports), dtype=np.int64)
    table[row, other] = weight
    least = np.partition(table, reports - most, axis=1)[:, reports - most]
    some = np.flatnonzero(weight >= least[row])  # a few ties apart those that stay
    order = some[np.lexsort((other[some], -weight[some], row[some]))]
    place = np.arange(len(order)) - np.searchsorted(row[order], row[order])
    return order[place < most]


def _window_pairs(windows: Groups, rank: LongArray, crowd_units: int) -> LongArray:
    """Pairs that share at least ``_RARE_WINDOWS`` windows known to no crowd."""
    reports = len(rank)
    rare = np.flatnonzero((windows.units <= crowd_units)[windows.group])
    owner = rank[np.searchsorted(windows.bounds, rare, side="right") - 1]
    met = distinct(windows.group[rare].astype(np.int64) << NUMBER_BITS | owner)  # each report once a window
    begins = np.flatnonzero(first_of_equals(met >> NUMBER_BITS))
    size = np.diff(begins, append=len(met))
    some = (size >= 2) & (size <= _MOST_HOLDERS)
    held = _Holders(met & ((1 << NUMBER_BITS) - 1), begins[some], size[some])
    pairs = [np.zeros(0, dtype=np.int64)]
    for first, row, other, _ in _meetings(held, 0, _RARE_WINDOWS, reports):
        once = np.flatnonzero(row + first < other)
        pairs.append((row[once] + first) * reports + other[once])
    return np.concatenate(pairs)


def _witness_pairs(number: LongArray, begins: LongArray, size: LongArray, cap: int, reports: int) -> LongArray:
    """Pairs of each report that holds an over-frequent fingerprint with the first ones that hold it."""
    frequent = size > cap
    if not frequent.any():
        return np.zeros(0, dtype=np.int64)
    count = size[frequent]
    heads = np.cumsum(count) - count
    members = number[np.repeat(begins[frequent] - heads, count) + np.arange(int(count.sum()))]
    left = members.copy()
    keys = []
    for _ in range(_WITNESSES):
        witness = np.repeat(np.minimum.reduceat(left, heads), count)
        left[left == witness] = reports  # the next one is the least of the others
        later = witness < members
        keys.append(distinct(witness[later] * reports + members[later]))
    return distinct(np.concatenate(keys))
