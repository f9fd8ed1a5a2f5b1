"""Near-identical wordings grouped around representatives: MinHash bands propose, exact Jaccard decides.

Linear in the number of wordings: in every band a wording is compared with the leader of its bucket only, never with
all others in it.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from jingwei.fingerprint.folded import LongArray
from jingwei.fingerprint.minhash import SignatureArray, signatures
from jingwei.fingerprint.sorting import distinct, first_of_equals, order_of_hashes
from jingwei.fingerprint.winnow import HashArray
from jingwei.model import FloatArray
from jingwei.settings import MatchSettings

_PAIRS_AT_ONCE = 1 << 15
_DOUBT = 5  # standard errors: pairs guessed so far below the threshold are not looked at (one in a million is lost)
_ROWS = 4  # signature values of a band: bands of 4 propose nearly every pair of Jaccard 0.7


def group_wordings(texts: Sequence[bytes], settings: MatchSettings) -> LongArray:
    """Representative of every wording (itself where it stands alone); ``texts`` in UTF-16.

    A representative is the first of its group in the order given (the most frequent wording); members have a Jaccard
    similarity of their character pairs with it of at least ``family_jaccard``.
    """
    count = len(texts)
    if not count:
        return np.zeros(0, dtype=np.int64)
    pairs, bounds = _character_pairs(texts)
    rows = signatures(pairs, bounds, settings.permutations, settings.minhash_seed)
    leaders = _leaders(rows)
    likely = settings.family_jaccard - _DOUBT * math.sqrt(0.25 / settings.permutations)
    representative = np.arange(count)
    open_still = (leaders != representative[:, None]).any(axis=1)
    while open_still.any():  # those whose leaders have found theirs
        waiting = np.flatnonzero(open_still)
        mine = leaders[waiting]
        ready = ~(open_still[mine] & (mine != waiting[:, None])).any(axis=1)
        some = waiting[ready]
        key = distinct((some[:, None] * count + representative[mine[ready]]).ravel())
        key = key[key // count != key % count]
        key = key[_estimates(rows, key // count, key % count) >= likely]
        number, candidate = key // count, key % count
        jaccard = _jaccards(pairs, bounds, number, candidate)
        alike = np.flatnonzero(jaccard >= settings.family_jaccard)
        order = alike[np.lexsort((candidate[alike], -jaccard[alike], number[alike]))]
        best = order[np.flatnonzero(first_of_equals(number[order]))]
        representative[number[best]] = candidate[best]
        open_still[some] = False
    return representative


def _estimates(rows: SignatureArray, left: LongArray, right: LongArray) -> FloatArray:
    """Share of equal signature values of many pairs: an unbiased guess at their Jaccard similarity."""
    guessed = np.empty(len(left))
    for at in range(0, len(left), _PAIRS_AT_ONCE):
        some = slice(at, at + _PAIRS_AT_ONCE)
        guessed[some] = (rows[left[some]] == rows[right[some]]).mean(axis=1)
    return guessed


def _jaccards(members: HashArray, bounds: LongArray, left: LongArray, right: LongArray) -> FloatArray:
    """Exact Jaccard similarity of many pairs of sets ``members[bounds[i]:bounds[i + 1]]`` (below 2**32, repetitions allowed)."""
    size = np.diff(bounds)
    jaccard = np.empty(len(left))
    for at in range(0, len(left), _PAIRS_AT_ONCE):
        both = np.concatenate([left[at : at + _PAIRS_AT_ONCE], right[at : at + _PAIRS_AT_ONCE]])
        pairs = len(both) // 2
        count = size[both]
        place = np.repeat(np.tile(np.arange(pairs, dtype=np.uint64), 2), count)
        side = np.repeat(np.repeat(np.arange(2, dtype=np.uint64), pairs), count)
        first = np.repeat(bounds[both] - np.cumsum(count) + count, count)
        keys = distinct(place << np.uint64(33) | members[first + np.arange(len(first))] << np.uint64(1) | side)
        whole = first_of_equals(keys >> np.uint64(1))
        pair = (keys >> np.uint64(33)).astype(np.int64)
        union = np.bincount(pair[whole], minlength=pairs)
        shared = np.bincount(pair[~whole], minlength=pairs)
        jaccard[at : at + pairs] = shared / union
    return jaccard


def _character_pairs(texts: Sequence[bytes]) -> tuple[np.ndarray, LongArray]:
    """Hashes of all pairs of neighbouring characters, wording after wording."""
    codes = np.frombuffer(b"".join(texts), dtype=np.uint16).astype(np.uint64)
    ends = np.cumsum([len(t) for t in texts]) // 2
    inside = np.ones(max(len(codes) - 1, 0), dtype=np.bool_)
    inside[ends[:-1] - 1] = False
    pairs = ((codes[:-1] << np.uint64(16)) | codes[1:])[inside]
    bounds = np.concatenate([[0], ends - np.arange(1, len(texts) + 1)])
    return pairs, bounds.astype(np.int64)


def _leaders(rows: SignatureArray) -> LongArray:
    """First wording of the bucket of each wording, band by band."""
    count, width = rows.shape
    bands = width // _ROWS
    leaders = np.empty((count, bands), dtype=np.int64)
    for band in range(bands):
        part = np.ascontiguousarray(rows[:, band * _ROWS : (band + 1) * _ROWS]).view(np.uint64)
        key = part[:, 0] * np.uint64(0x9E3779B97F4A7C15) ^ (part[:, 1] * np.uint64(0xC4CEB9FE1A85EC53))
        order = order_of_hashes(key)  # stable: the first of a bucket has the lowest number
        fresh = first_of_equals(key[order])
        leaders[order, band] = order[np.flatnonzero(fresh)][np.cumsum(fresh) - 1]
    return leaders
