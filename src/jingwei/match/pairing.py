"""Candidate pairs of a whole batch at once: a group scan over the sorted postings."""

from __future__ import annotations

from collections.abc import Iterator

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
_DENSE_REPORTS = 3000
_RARE_WINDOWS = 8  # windows of 13 characters in common: one rare stretch of 20, or several shorter ones
_MOST_HOLDERS = 24  # of a rare window: so many reports of three units at most are paired with each other
_LEAST_CAP = 150  # fingerprints in fewer reports need no witnesses: their own pairs cost less
_PIECE = 8_000_000  # pairs tallied at a time
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
    begins = np.flatnonzero(np.diff(group, prepend=np.uint64(0)) != 0) if len(group) else np.zeros(0, dtype=np.int64)
    if len(group) and (not len(begins) or begins[0] != 0):
        begins = np.concatenate([[0], begins])
    size = np.diff(begins, append=len(group))
    cap = reports if reports <= _SMALL_BATCH else max(frequency_cap(reports, settings), _LEAST_CAP)
    pairs, weights = _rare_pairs(number, begins, size, cap, reports)
    pairs = _strongest(
        pairs, weights, reports, reports if reports <= _SMALL_BATCH else min(settings.candidates, _MOST_PAIRED)
    )
    rare = _window_pairs(windows, rank, settings.crowd_units)
    pairs = distinct(np.concatenate([pairs, rare, _witness_pairs(number, begins, size, cap, reports)]))
    return by_rank[pairs // max(reports, 1)], by_rank[pairs % max(reports, 1)]


def _rare_pairs(
    number: LongArray, begins: LongArray, size: LongArray, cap: int, reports: int
) -> tuple[LongArray, np.ndarray]:
    keys, weights = [], []
    for members in range(2, cap + 1):
        groups = begins[size == members]
        if not len(groups):
            continue
        table = np.sort(number[groups[:, None] + np.arange(members)], axis=1)
        one, other = np.triu_indices(members, 1)
        keys.append((table[:, one] * reports + table[:, other]).ravel())
        weights.append(np.full(len(keys[-1]), np.log((reports + 1) / members)))
    if not keys:
        return np.zeros(0, dtype=np.int64), np.zeros(0)
    least = _SHARED if reports > _SMALL_BATCH else 1
    if reports <= _DENSE_REPORTS:  # one table of all pairs instead of a sort
        met_count = np.zeros(reports * reports, dtype=np.int64)
        weight_sum = np.zeros(reports * reports)
        for some, weight in _gathered(keys, weights):
            met_count += np.bincount(some, minlength=reports * reports)
            weight_sum += np.bincount(some, weights=weight, minlength=reports * reports)
        several = np.flatnonzero(met_count >= least)
        return several, weight_sum[several]
    key, weight = np.concatenate(keys), np.concatenate(weights)
    order = np.argsort(key, kind="stable")
    begins = np.flatnonzero(first_of_equals(key[order]))
    total = np.add.reduceat(weight[order], begins)
    kept = np.diff(begins, append=len(key)) >= least
    return key[order[begins[kept]]], total[kept]


def _window_pairs(windows: Groups, rank: LongArray, crowd_units: int) -> LongArray:
    """Pairs that share at least ``_RARE_WINDOWS`` windows known to no crowd."""
    reports = len(rank)
    owner = rank[np.repeat(np.arange(reports), np.diff(windows.bounds))]
    rare = windows.units[windows.group] <= crowd_units
    met = distinct(windows.group[rare].astype(np.int64) * reports + owner[rare])  # each report once a window
    begins = np.flatnonzero(first_of_equals(met // max(reports, 1)))
    size = np.diff(begins, append=len(met))
    number = met % max(reports, 1)
    keys = []
    for members in range(2, _MOST_HOLDERS + 1):
        table = number[begins[size == members][:, None] + np.arange(members)]
        one, other = np.triu_indices(members, 1)
        keys.append((table[:, one] * reports + table[:, other]).ravel())
    key = np.sort(np.concatenate(keys))
    begins = np.flatnonzero(first_of_equals(key))
    return key[begins[np.diff(begins, append=len(key)) >= _RARE_WINDOWS]]


def _gathered(keys: list[LongArray], weights: list[np.ndarray]) -> Iterator[tuple[LongArray, np.ndarray]]:
    """The same keys and weights in few large pieces."""
    begin = size = 0
    for number, some in enumerate(keys, 1):
        size += len(some)
        if size >= _PIECE or number == len(keys):
            yield np.concatenate(keys[begin:number]), np.concatenate(weights[begin:number])
            begin, size = number, 0


def _strongest(pairs: LongArray, weights: np.ndarray, reports: int, most: int) -> LongArray:
    """Pairs that are among the ``most`` heaviest of either side."""
    if most < reports <= _DENSE_REPORTS:
        some = _above_thresholds(pairs, weights, reports, most)
        pairs, weights = pairs[some], weights[some]
    if not len(pairs):
        return pairs
    side = np.concatenate([pairs // reports, pairs % reports])
    other = np.concatenate([pairs % reports, pairs // reports])
    order = np.lexsort((other, -np.round(np.tile(weights, 2), 6), side))
    begins = np.flatnonzero(np.diff(side[order], prepend=-1) != 0)
    place = np.arange(len(order)) - np.repeat(begins, np.diff(begins, append=len(order)))
    chosen = order[place < most] % len(pairs)
    return pairs[distinct(chosen)]


def _above_thresholds(pairs: LongArray, weights: np.ndarray, reports: int, most: int) -> LongArray:
    """Pairs at least as heavy as the ``most``-heaviest of one side: a few ties apart those that stay."""
    left, right, weights = pairs // reports, pairs % reports, np.round(weights, 6)
    table = np.zeros((reports, reports))
    table[left, right] = table[right, left] = weights
    least = np.partition(table, reports - most, axis=1)[:, reports - most]
    return np.flatnonzero((weights >= least[left]) | (weights >= least[right]))


def _witness_pairs(number: LongArray, begins: LongArray, size: LongArray, cap: int, reports: int) -> LongArray:
    frequent = size > cap
    if not frequent.any():
        return np.zeros(0, dtype=np.int64)
    count = size[frequent]
    owner = np.repeat(np.arange(len(count)), count)
    first = np.repeat(begins[frequent] - np.cumsum(count) + count, count)
    members = number[first + np.arange(len(owner))]
    members = members[np.lexsort((members, owner))]
    heads = np.cumsum(count) - count
    keys = []
    for step in range(_WITNESSES):
        witness = np.repeat(members[heads + step], count)
        low, high = np.minimum(witness, members), np.maximum(witness, members)
        keys.append(distinct(low[low < high] * reports + high[low < high]))
    return distinct(np.concatenate(keys))
