"""A library that lives in memory: what ``compare`` and Python users match against."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from functools import cached_property

import numpy as np

from jingwei.fingerprint import FoldedBatch, fold_entries, shingle_hashes, winnow
from jingwei.fingerprint.sorting import distinct
from jingwei.fingerprint.winnow import HashArray
from jingwei.library.reading import (
    DEPARTMENT,
    MAX_REPORTS,
    Catalogue,
    Postings,
    governed_from,
    look_up,
    pack,
    place_path,
    text_key,
    unit_key,
)
from jingwei.model import Entry, LibrarySummary
from jingwei.settings import Settings


class MemoryLibrary:
    """Entries, folded and indexed in memory. ``number`` of an entry is its index.

    Args:
        entries: the reports; their order never changes a result.
        settings: all settings; the ``match`` section is read.

    Building costs about 0.15 ms a report of 6,000 characters.
    """

    def __init__(self, entries: Sequence[Entry], settings: Settings | None = None) -> None:
        self._entries = tuple(entries)
        self.settings = settings or Settings()
        match = self.settings.match
        self.batch = fold_entries(self._entries)
        self.hashes = shingle_hashes(self.batch.codes, self.batch.offsets, match.shingle_chars)
        at = winnow(self.hashes, self.batch.offsets, match.shingle_chars, match.window_shingles)
        numbers = np.repeat(np.arange(len(self.batch)), np.diff(np.searchsorted(at, self.batch.offsets)))
        keys: HashArray = distinct(pack(self.hashes[at], numbers))
        authority = np.array([e.role == "authority" for e in self._entries], dtype=np.bool_)
        self.keys, self.authority_keys = keys, keys[:0]
        if authority.any():
            law = authority[(keys & np.uint64(MAX_REPORTS - 1)).astype(np.int64)]
            self.keys, self.authority_keys = keys[~law], keys[law]

    def __len__(self) -> int:
        return len(self._entries)

    @property
    def all_entries(self) -> tuple[Entry, ...]:
        """All entries, by number."""
        return self._entries

    def summary(self) -> LibrarySummary:
        """Size and reach, as printed next to every number."""
        return summarise(self._entries)

    @cached_property
    def _catalogue(self) -> Catalogue:
        entries = self._entries
        return Catalogue(
            alive=np.ones(len(entries), dtype=np.bool_),
            authority=np.array([e.role == "authority" for e in entries], dtype=np.bool_),
            known_unit=np.array([e.unit is not None for e in entries], dtype=np.bool_),
            # the same content may stand here twice: two unknown units are not one
            unit=np.array([unit_key(e.unit, f"{e.sha256}\0{e.path}") for e in entries], dtype=np.uint64),
            content=np.array([text_key(e.sha256) for e in entries], dtype=np.uint64),
            order=np.array([text_key(f"{e.sha256}\0{e.path}") for e in entries], dtype=np.uint64),
        )

    @cached_property
    def _by_place(self) -> dict[str, list[int]]:
        places: dict[str, list[int]] = defaultdict(list)
        for number, entry in enumerate(self._entries):
            if entry.level != DEPARTMENT and (path := place_path(entry.place)):
                places[path].append(number)
        return places

    def catalogue(self) -> Catalogue:
        """Arrays about every report number."""
        return self._catalogue

    def postings(self, hashes: HashArray, *, authority: bool = False) -> Postings:
        """The postings of these fingerprints in peer reports; with ``authority`` in authority texts instead."""
        keys = self.authority_keys if authority else self.keys
        return Postings([(keys, *look_up(keys, hashes))])

    def superiors(self, entry: Entry) -> Sequence[int]:
        """Reports of the governments above the entry's unit."""
        return [n for path in governed_from(entry) for n in self._by_place.get(path, [])]

    def entry(self, number: int) -> Entry:
        """The entry of this number."""
        return self._entries[number]

    def entries(self, numbers: Sequence[int]) -> list[Entry]:
        """The entries of these numbers, in their order."""
        return [self._entries[n] for n in numbers]

    def folded(self, entries: Sequence[Entry], numbers: Sequence[int]) -> FoldedBatch:
        """Folded streams of these entries."""
        del entries
        return self.batch.items(numbers)


def summarise(entries: Sequence[Entry]) -> LibrarySummary:
    """Summary of a set of entries: peers, distinct places, years reported on, authority texts."""
    peers = [e for e in entries if e.role == "peer"]
    return LibrarySummary(
        path=None,
        reports=len(peers),
        places=len({path for e in peers if (path := place_path(e.place))}),
        years=tuple(sorted({e.year for e in peers if e.year is not None})),
        authority=len(entries) - len(peers),
    )
