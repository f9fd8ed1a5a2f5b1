"""Winnowed fingerprints (Schleimer, Wilkerson, Aiken 2003) of folded text, vectorised.

The smallest hash of every window of w consecutive k-shingles is a fingerprint (all of them when several are equal),
so any two texts that share a run of k + w - 1 folded characters share at least one fingerprint.
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import numpy.typing as npt

from jingwei.fingerprint.codes import CodeArray
from jingwei.fingerprint.folded import LongArray
from jingwei.model import BoolArray

HashArray = npt.NDArray[np.uint64]

_BASE = 0x9E3779B97F4A7C15  # odd, high entropy; arithmetic is modulo 2**64
_MASK = (1 << 64) - 1
_BLOCK = 1 << 15  # positions worked on at a time: stays in the processor's cache
NO_HASH = np.uint64(_MASK)


def shingle_hashes(codes: CodeArray, offsets: LongArray, shingle_chars: int) -> HashArray:
    """64-bit hash of the ``shingle_chars`` codes that begin at every position.

    Positions where the shingle would cross the end of its body hold ``NO_HASH``. Cost: 2 log2(k) passes.
    """
    n = len(codes)
    hashes = np.full(n, NO_HASH, dtype=np.uint64)
    if n < shingle_chars:
        return hashes
    for begin in range(0, n - shingle_chars + 1, _BLOCK):
        raw = _polynomial(codes[begin : begin + _BLOCK + shingle_chars - 1], shingle_chars)
        np.minimum(_mixed(raw), NO_HASH - np.uint64(1), out=hashes[begin : begin + len(raw)])
    for back in range(1, shingle_chars):
        last = offsets[1:] - back
        hashes[last[(last >= 0) & (last < n)]] = NO_HASH
    return hashes


def _polynomial(codes: CodeArray, k: int) -> HashArray:
    """Polynomial hash of every k codes by binary doubling: H(a+b) = H(a) * B^b + H(b)."""
    n = len(codes)
    power: HashArray = codes.astype(np.uint64) + np.uint64(1)  # hash of 2^j codes
    width = 1
    total: HashArray | None = None
    done = 0
    while True:
        if k & width:
            if total is None:
                total, done = power, width
            else:
                size = n - done - width + 1
                total = total[:size] * _power(width) + power[done : done + size]
                done += width
        width *= 2
        if width > k:
            break
        half = width // 2
        size = n - width + 1
        power = power[:size] * _power(half) + power[half : half + size]
    assert total is not None  # noqa: S101 - k >= 1 has a lowest bit
    return total[: n - k + 1]


def _power(exponent: int) -> np.uint64:
    return np.uint64(pow(_BASE, exponent, 1 << 64))


def _mixed(values: HashArray) -> HashArray:
    """Finaliser of MurmurHash3 (64 bit): spreads the low entropy of the polynomial over all bits."""
    values = values ^ (values >> np.uint64(33))
    values *= np.uint64(0xFF51AFD7ED558CCD)
    values ^= values >> np.uint64(33)
    values *= np.uint64(0xC4CEB9FE1A85EC53)
    values ^= values >> np.uint64(33)
    return values


def winnow(hashes: HashArray, offsets: LongArray, shingle_chars: int, window: int) -> LongArray:
    """Positions of the fingerprints among ``hashes`` of :func:`shingle_hashes`, ascending.

    Windows that reach over the end of a body act as shorter ones, so short bodies have fingerprints too.
    """
    if shingle_chars < window:  # NO_HASH gap between bodies narrower than a window: keep bodies apart
        parts = [int(a) + _selected(hashes[a:b], window) for a, b in pairwise(offsets) if b > a]
        return np.concatenate(parts) if parts else np.zeros(0, dtype=np.int64)
    return _selected(hashes, window)


def _selected(hashes: HashArray, window: int) -> LongArray:
    n = len(hashes)
    if n > 2 * _BLOCK:  # block by block, with the neighbours a window can reach
        reach = window - 1
        parts = []
        for begin in range(0, n, _BLOCK):
            low, high = max(0, begin - reach), min(n, begin + _BLOCK + reach)
            block = _selected(hashes[low:high], window) + low
            parts.append(block[(block >= begin) & (block < begin + _BLOCK)])
        return np.concatenate(parts)
    padded = np.full(n + 2 * (window - 1), NO_HASH, dtype=np.uint64)
    padded[window - 1 : window - 1 + n] = hashes
    smallest = padded[: n + window - 1].copy()  # of the window that begins at each padded position
    for step in range(1, window):
        np.minimum(smallest, padded[step : step + n + window - 1], out=smallest)
    smallest[smallest == NO_HASH] = 0
    largest = smallest[:n].copy()  # among the windows that contain the position
    for step in range(1, window):
        np.maximum(largest, smallest[step : step + n], out=largest)
    chosen: BoolArray = (hashes == largest) & (hashes != NO_HASH)
    return np.flatnonzero(chosen)
