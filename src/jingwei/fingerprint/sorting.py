"""Sorting of hashes: plain values sort several times faster than indices of them, so indices travel in the low bits."""

from __future__ import annotations

from typing import TypeVar

import numpy as np
import numpy.typing as npt

LongArray = npt.NDArray[np.int64]
HashArray = npt.NDArray[np.uint64]
Whole = TypeVar("Whole", np.int32, np.uint32, np.int64, np.uint64)


def distinct(values: npt.NDArray[Whole]) -> npt.NDArray[Whole]:
    """The distinct values, ascending."""
    ranked = np.sort(values)
    return ranked[first_of_equals(ranked)]


def first_of_equals(ranked: npt.NDArray[Whole]) -> npt.NDArray[np.bool_]:
    """Marks the first of each stretch of equal values."""
    fresh = np.ones(len(ranked), dtype=np.bool_)
    np.not_equal(ranked[1:], ranked[:-1], out=fresh[1:])
    return fresh


def order_of_hashes(hashes: HashArray) -> LongArray:
    """Stable order that puts equal hashes side by side (ascending but for ties of their high bits' neighbours).

    The low bits of each hash make room for its index, and the whole is sorted by value. Different hashes with the same
    high bits (a few in millions) are put right afterwards.
    """
    bits = np.uint64(max(1, (len(hashes) - 1).bit_length() if len(hashes) else 1))
    packed = np.arange(len(hashes), dtype=np.uint64)
    packed |= (hashes >> bits) << bits
    packed.sort()
    order = (packed & ((np.uint64(1) << bits) - np.uint64(1))).astype(np.int64)
    packed >>= bits
    ranked = hashes[order]
    clashes = np.flatnonzero((ranked[1:] != ranked[:-1]) & (packed[1:] == packed[:-1]))
    for prefix in distinct(packed[clashes]):
        low, high = np.searchsorted(packed, prefix, "left"), np.searchsorted(packed, prefix, "right")
        order[low:high] = order[low:high][np.argsort(ranked[low:high], kind="stable")]
    return order


def order_of_columns(*columns: LongArray | npt.NDArray[np.int32]) -> LongArray:
    """Stable order by the first column, then the second, and so on; values from 0.

    One sort of plain values where they and the indices fit 63 bits.
    """
    size = len(columns[0])
    widths = [int(c.max()).bit_length() if size else 0 for c in columns]
    index_bits = size.bit_length()
    if sum(widths) + index_bits > 63:
        return np.lexsort(columns[::-1])
    key = columns[0].astype(np.int64)
    for column, width in zip(columns[1:], widths[1:], strict=True):
        key <<= width
        key |= column
    key <<= index_bits
    key |= np.arange(size)
    key.sort()
    key &= (1 << index_bits) - 1
    return key


def repeated(hashes: HashArray) -> tuple[LongArray, npt.NDArray[np.bool_]]:
    """Indices of the values that occur more than once, equal ones side by side in rising order, and each one's first.

    The same idea as :func:`order_of_hashes`, but what occurs once is dropped before anything is looked up: in a batch of
    reports that is most of it.
    """
    bits = np.uint64(max(1, (len(hashes) - 1).bit_length() if len(hashes) else 1))
    packed = np.arange(len(hashes), dtype=np.uint64)
    packed |= (hashes >> bits) << bits
    packed.sort()
    again = (packed[1:] ^ packed[:-1]) >> bits == 0
    several = np.zeros(len(packed), dtype=np.bool_)
    several[1:] = again
    several[:-1] |= again
    packed = packed[several]
    index = (packed & ((np.uint64(1) << bits) - np.uint64(1))).astype(np.int64)
    packed >>= bits
    ranked = hashes[index]
    clashes = np.flatnonzero((ranked[1:] != ranked[:-1]) & (packed[1:] == packed[:-1]))
    for prefix in distinct(packed[clashes]):
        low, high = np.searchsorted(packed, prefix, "left"), np.searchsorted(packed, prefix, "right")
        some = np.argsort(ranked[low:high], kind="stable")
        index[low:high], ranked[low:high] = index[low:high][some], ranked[low:high][some]
    fresh = first_of_equals(ranked)
    if len(clashes):  # values that only looked alike may stand alone
        alone = fresh & np.append(fresh[1:], True)
        index, fresh = index[~alone], fresh[~alone]
    return index, fresh
