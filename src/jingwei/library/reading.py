"""What matching reads of a library, on disk or in memory: postings, a catalogue of who wrote what, entries."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Protocol

import numpy as np
from msgspec import Struct

from jingwei.fingerprint import FoldedBatch
from jingwei.fingerprint.folded import LongArray
from jingwei.fingerprint.winnow import HashArray
from jingwei.model import BoolArray, Entry, IntArray, LibrarySummary, Place

NUMBER_BITS = 24
MAX_REPORTS = 1 << NUMBER_BITS
_NUMBER_MASK = np.uint64(MAX_REPORTS - 1)


class Catalogue(Struct, frozen=True):
    """Who stands behind each report number, as arrays indexed by number.

    ``unit`` is a hash of the unit's name, or of the report itself where the unit is unknown (so it equals no other);
    ``known_unit`` says which. ``order`` is a hash of the content: ties are broken by it, never by the order of adding.
    """

    alive: BoolArray
    authority: BoolArray
    known_unit: BoolArray
    unit: HashArray
    content: HashArray
    order: HashArray

    def __len__(self) -> int:
        return len(self.alive)


class Hits(Struct, frozen=True):
    """Postings of some fingerprints: ``query[i]`` (index of the fingerprint) occurs in report ``number[i]``."""

    query: IntArray
    number: IntArray


class Postings:
    """Where the postings of some fingerprints stand: counted at once, read only for those asked for.

    Args:
        places: for each index of sorted keys the keys, and where the postings of every fingerprint begin and end.
    """

    def __init__(self, places: Sequence[tuple[HashArray, LongArray, LongArray]]) -> None:
        self._places = places

    def frequencies(self, fingerprints: int) -> IntArray:
        """In how many reports (removed ones included until they are merged away) each fingerprint occurs."""
        total = np.zeros(fingerprints, dtype=np.int32)
        for _, begin, end in self._places:
            total += (end - begin).astype(np.int32)
        return total

    def hits(self, chosen: LongArray) -> Hits:
        """All reports in which the ``chosen`` fingerprints (indices of those looked up) occur."""
        found = [gather(keys, begin[chosen], end[chosen]) for keys, begin, end in self._places]
        empty = np.zeros(0, dtype=np.int32)
        return Hits(
            np.concatenate([empty, *(h.query for h in found)]), np.concatenate([empty, *(h.number for h in found)])
        )


class SearchableLibrary(Protocol):
    """The reading side that :mod:`jingwei.match` works with."""

    def summary(self) -> LibrarySummary:
        """Size and reach, as printed next to every number."""
        ...

    def catalogue(self) -> Catalogue:
        """Arrays about every report number."""
        ...

    def postings(self, hashes: HashArray, *, authority: bool = False) -> Postings:
        """The postings of these fingerprints in peer reports; with ``authority`` in authority texts instead."""
        ...

    def superiors(self, entry: Entry) -> Sequence[int]:
        """Reports of the governments above the entry's unit, nearest years first."""
        ...

    def entries(self, numbers: Sequence[int]) -> list[Entry]:
        """The entries of these numbers, in their order."""
        ...

    def folded(self, entries: Sequence[Entry], numbers: Sequence[int]) -> FoldedBatch:
        """Folded streams of these entries."""
        ...


def text_key(text: str) -> int:
    """Stable 64-bit key of a name."""
    return int.from_bytes(hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")


def unit_key(unit: str | None, sha256: str) -> int:
    """Key of a unit; an unknown unit is keyed by its report and so equals no other."""
    return text_key("unit:" + unit) if unit is not None else text_key("report:" + sha256)


def pack(hashes: HashArray, numbers: LongArray) -> HashArray:
    """Posting keys, ready to be sorted: 40 bits of the hash, 24 of the report number."""
    high = (hashes >> np.uint64(NUMBER_BITS)) << np.uint64(NUMBER_BITS)
    return high | numbers.astype(np.uint64)


def look_up(keys: HashArray, hashes: HashArray) -> tuple[LongArray, LongArray]:
    """Where the postings of each hash begin and end in the sorted ``keys``."""
    low = (hashes >> np.uint64(NUMBER_BITS)) << np.uint64(NUMBER_BITS)
    begin = np.searchsorted(keys, low, side="left")
    end = np.searchsorted(keys, low | _NUMBER_MASK, side="right")
    return begin.astype(np.int64), end.astype(np.int64)


def gather(keys: HashArray, begin: LongArray, end: LongArray) -> Hits:
    """The postings in all ranges ``begin[i]:end[i]``."""
    counts = end - begin
    query = np.repeat(np.arange(len(counts), dtype=np.int32), counts)
    first = np.repeat(begin - np.cumsum(counts) + counts, counts)
    at = first + np.arange(int(counts.sum()), dtype=np.int64)
    return Hits(query, (keys[at] & _NUMBER_MASK).astype(np.int32))


def place_path(place: Place | None) -> str:
    """Known parts of a place from province to town, ``/`` between them; its name where none is known; else empty."""
    if place is None:
        return ""
    return "/".join(part for part in (place.province, place.city, place.county, place.town) if part) or place.name


DEPARTMENT = "部门"  # the level of an organ of a government: nobody's superior


def governed_from(entry: Entry) -> list[str]:
    """Paths of the places whose governments stand above a unit, nearest first: its own too where it is a department."""
    parts = place_path(entry.place).split("/")
    deepest = len(parts) if entry.level == DEPARTMENT and parts[0] else len(parts) - 1
    return ["/".join(parts[:n]) for n in range(deepest, 0, -1)]
