"""Hashes of stretches of any length: equal clauses and sentences of many texts are found by sorting them."""

from __future__ import annotations

import numpy as np

from jingwei.fingerprint.codes import CodeArray
from jingwei.fingerprint.folded import LongArray
from jingwei.fingerprint.winnow import HashArray

_BASE = np.uint64(0x9E3779B97F4A7C15)  # odd, high entropy; arithmetic is modulo 2**64
_CODES_AT_ONCE = 1 << 17  # their values stay in the processor's cache


def stretch_hashes(codes: CodeArray, begin: LongArray, end: LongArray) -> HashArray:
    """64-bit polynomial hash of every ``codes[begin[i]:end[i]]``; stretches are ascending, disjoint and not empty."""
    hashes = np.zeros(len(begin), dtype=np.uint64)
    cuts = np.searchsorted(end, np.arange(0, len(codes) + _CODES_AT_ONCE, _CODES_AT_ONCE), side="right")
    longest = int((end - begin).max()) if len(begin) else 0
    powers = np.cumprod(np.full(longest, _BASE))
    low = 0
    for high in [*cuts.tolist(), len(begin)]:
        if low == high:
            continue
        first, length = begin[low:high], (end - begin)[low:high]
        heads = np.cumsum(length) - length
        step = np.arange(int(length.sum())) - np.repeat(heads, length)
        values = codes[np.repeat(first, length) + step].astype(np.uint64)
        values += np.uint64(1)
        values *= powers[step]
        hashes[low:high] = np.add.reduceat(values, heads)
        low = high
    hashes ^= hashes >> np.uint64(32)  # the first factors leave the high bits thin
    hashes *= _BASE
    return hashes
