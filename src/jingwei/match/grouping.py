"""Near-identical wordings grouped around representatives: MinHash bands propose, exact Jaccard decides.

Linear in the number of wordings: in every band a wording is compared with the leader of its bucket only, never with
all others in it.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from jingwei.fingerprint.folded import LongArray
from jingwei.fingerprint.minhash import SignatureArray, signatures
from jingwei.settings import MatchSettings

_ROWS = 4  # signature values of a band: bands of 4 propose nearly every pair of Jaccard 0.7


def group_wordings(texts: Sequence[str], settings: MatchSettings) -> LongArray:
    """Representative of every wording (itself where it stands alone).

    A representative is the first of its group in the order given (the most frequent wording); members have a Jaccard
    similarity of their character pairs with it of at least ``family_jaccard``.
    """
    count = len(texts)
    if not count:
        return np.zeros(0, dtype=np.int64)
    pairs, bounds = _character_pairs(texts)
    rows = signatures(pairs, bounds, settings.permutations, settings.minhash_seed)
    leaders = _leaders(rows)
    sets: dict[int, frozenset[int]] = {}

    def members(number: int) -> frozenset[int]:
        if number not in sets:
            sets[number] = frozenset(pairs[bounds[number] : bounds[number + 1]].tolist())
        return sets[number]

    representative = np.arange(count)
    proposed = np.flatnonzero((leaders != np.arange(count)[:, None]).any(axis=1))
    for number in proposed.tolist():
        best, best_jaccard = number, settings.family_jaccard
        for candidate in sorted({int(representative[leader]) for leader in set(leaders[number].tolist())} - {number}):
            mine, other = members(number), members(candidate)
            shared = len(mine & other)
            jaccard = shared / (len(mine) + len(other) - shared)
            if jaccard > best_jaccard or (jaccard == best_jaccard and best == number):
                best, best_jaccard = candidate, jaccard
        representative[number] = best
    return representative


def _character_pairs(texts: Sequence[str]) -> tuple[np.ndarray, LongArray]:
    """Hashes of all pairs of neighbouring characters, wording after wording."""
    codes = np.frombuffer("".join(texts).encode("utf-16-le", "surrogatepass"), dtype=np.uint16).astype(np.uint64)
    ends = np.cumsum([len(t) for t in texts])
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
        _, first, bucket = np.unique(key, return_index=True, return_inverse=True)
        leaders[:, band] = first[bucket]
    return leaders
