"""MinHash signatures, bit for bit those of datasketch 2 (scheme ``affine32``), computed for many sets at once.

Formula: h' = fmix32(h) (MurmurHash3 finaliser), signature[p] = min over the set of (a_p h' + b_p) mod 2**32, with a_p
odd. ``MinHash(hashvalues=signature, permutations=permutations(...), scheme="affine32")`` wraps a row without copying
its meaning; a test proves the equality with ``MinHash.update_batch``.
"""

from __future__ import annotations

import functools

import numpy as np
import numpy.typing as npt

from jingwei.fingerprint.folded import LongArray
from jingwei.fingerprint.winnow import HashArray

SignatureArray = npt.NDArray[np.uint32]
EMPTY = np.uint32(0xFFFFFFFF)
_BLOCK = 1 << 15  # values worked on at a time: stays in the cache


@functools.cache
def permutations(count: int, seed: int) -> npt.NDArray[np.uint32]:
    """Rows a and b of the affine permutations, as datasketch draws them from ``seed``."""
    generator = np.random.RandomState(seed)
    a = generator.randint(0, 1 << 31, count, dtype=np.uint32) * np.uint32(2) + np.uint32(1)
    b = generator.randint(0, 1 << 32, count, dtype=np.uint32)
    return np.array([a, b])


def signatures(hashes: HashArray, offsets: LongArray, count: int = 128, seed: int = 1) -> SignatureArray:
    """One signature of ``count`` values for each set ``hashes[offsets[i]:offsets[i + 1]]``.

    Only the low 32 bits of a hash are used; repeated members do not matter. The signature of an empty set is all ones:
    skip such sets, since any two of them would be equal. Cost: about 1 ns a member and permutation.
    """
    sets = len(offsets) - 1
    result = np.full((sets, count), EMPTY, dtype=np.uint32)
    a, b = permutations(count, seed)
    for number_from, number_to in _chunks(offsets):
        low, high = int(offsets[number_from]), int(offsets[number_to])
        mixed = _fmix32(hashes[low:high].astype(np.uint32))
        begins = offsets[number_from:number_to] - low
        filled = np.flatnonzero(np.diff(offsets[number_from : number_to + 1]) > 0)
        for start in range(0, len(mixed), _BLOCK):
            block = mixed[start : start + _BLOCK]
            first = int(np.searchsorted(begins[filled], start, side="right")) - 1
            last = int(np.searchsorted(begins[filled], start + len(block), side="left"))
            members = filled[first:last]
            cuts = np.maximum(begins[members] - start, 0)
            rows = number_from + members
            for p in range(count):
                lowest = np.minimum.reduceat(block * a[p] + b[p], cuts)
                result[rows, p] = np.minimum(result[rows, p], lowest)
    return result


def _chunks(offsets: LongArray) -> list[tuple[int, int]]:
    """Set numbers from, to: about a million members at a time, so that the mixed values stay small."""
    chunks = []
    begin = 0
    sets = len(offsets) - 1
    while begin < sets:
        end = int(np.searchsorted(offsets, offsets[begin] + (1 << 20), side="right")) - 1
        end = min(max(end, begin + 1), sets)
        if offsets[end] > offsets[begin]:
            chunks.append((begin, end))
        begin = end
    return chunks


def _fmix32(values: npt.NDArray[np.uint32]) -> npt.NDArray[np.uint32]:
    values = values ^ (values >> np.uint32(16))
    values *= np.uint32(0x85EBCA6B)
    values ^= values >> np.uint32(13)
    values *= np.uint32(0xC2B2AE35)
    values ^= values >> np.uint32(16)
    return values
