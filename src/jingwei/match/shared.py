"""Which shingles of a batch are met in more than one report: everything else needs no further look."""

from __future__ import annotations

import numpy as np

from jingwei.fingerprint.winnow import NO_HASH
from jingwei.library.memory import MemoryLibrary
from jingwei.model import BoolArray

_SLOT_BITS = 24


def shared_shingles(library: MemoryLibrary) -> BoolArray:
    """Shingle positions that may occur in another report too: no false negatives, few false positives."""
    slots = (library.hashes & np.uint64((1 << _SLOT_BITS) - 1)).astype(np.int64)
    owner = np.repeat(np.arange(len(library.batch), dtype=np.int32), np.diff(library.batch.offsets))
    last = np.zeros(1 << _SLOT_BITS, dtype=np.int32)
    last[slots] = owner
    several = np.zeros(1 << _SLOT_BITS, dtype=np.bool_)
    several[slots[last[slots] != owner]] = True
    shared: BoolArray = several[slots] & (library.hashes != NO_HASH)
    return shared
