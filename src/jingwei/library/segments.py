"""Index segments: immutable, checksummed, memory-mapped arrays. A cache: SQLite can always make them again.

A segment is one file: a header line of JSON, then the array of who stands behind each report, then the sorted
postings (packed fingerprint and report number). It is written under a temporary name, synced, and renamed.
"""

from __future__ import annotations

import hashlib
import json
import os
import zlib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
from msgspec import Struct

from jingwei.fingerprint import fold_entries, shingle_hashes, winnow
from jingwei.fingerprint.winnow import HashArray
from jingwei.library.reading import pack, text_key, unit_key
from jingwei.model import BoolArray, Entry
from jingwei.settings import MatchSettings

SUFFIX = ".jwseg"
_HEADER_BYTES = 256
_COLUMNS = 5  # number, flags, unit, content, order
_AUTHORITY, _KNOWN_UNIT = 1, 2
_GLANCE_PAGES, _PAGE = 32, 4096
_FULL_CHECK_BYTES = 32 << 20  # smaller segments are checked whole on opening
_MERGE_PARTS = 64
_FAN = 4  # segments of like size that are merged into one


class SegmentRow(Struct, frozen=True):
    """What the database knows of a segment."""

    name: str
    reports: int
    fingerprints: int
    size_bytes: int
    checksum: str
    glance: str
    authority: int  # 1: holds authority texts only, 0: peer reports only


class Segment(Struct, frozen=True):
    """An open segment; both arrays are views of the mapped file. ``who``: number, flags, unit, content, order."""

    row: SegmentRow
    who: HashArray
    keys: HashArray


class SegmentDamageError(Exception):
    """A segment file is missing, cut short or changed; ``code`` is the word of :class:`Problem`."""

    def __init__(self, code: str, name: str) -> None:
        super().__init__(f"{code}: {name}")
        self.code = code
        self.name = name


def who_rows(entries: Sequence[Entry], numbers: Sequence[int]) -> HashArray:
    """The rows of who stands behind each report."""
    rows = np.zeros((len(entries), _COLUMNS), dtype=np.uint64)
    for row, entry, number in zip(rows, entries, numbers, strict=True):
        flags = (_AUTHORITY if entry.role == "authority" else 0) | (_KNOWN_UNIT if entry.unit is not None else 0)
        row[:] = (
            number,
            flags,
            unit_key(entry.unit, entry.sha256),
            text_key(entry.sha256),
            text_key(f"{entry.sha256}\0{entry.path}"),
        )
    return rows


def is_authority(who: HashArray) -> BoolArray:
    """Which rows are authority texts."""
    rows: BoolArray = (who[:, 1] & np.uint64(_AUTHORITY)) != 0
    return rows


def is_known(who: HashArray) -> BoolArray:
    """Which rows name their unit."""
    rows: BoolArray = (who[:, 1] & np.uint64(_KNOWN_UNIT)) != 0
    return rows


def posting_keys(entries: Sequence[Entry], numbers: Sequence[int], settings: MatchSettings) -> HashArray:
    """Sorted distinct postings of some reports; cost about 0.3 ms a report of 6,000 characters."""
    batch = fold_entries(entries)
    hashes = shingle_hashes(batch.codes, batch.offsets, settings.shingle_chars)
    at = winnow(hashes, batch.offsets, settings.shingle_chars, settings.window_shingles)
    owner = np.searchsorted(batch.offsets, at, side="right") - 1
    keys = np.sort(pack(hashes[at], np.asarray(numbers, dtype=np.int64)[owner]))
    distinct = np.ones(len(keys), dtype=np.bool_)
    np.not_equal(keys[1:], keys[:-1], out=distinct[1:])
    return keys[distinct]


def write_segment(folder: Path, who: HashArray, parts: Iterable[HashArray]) -> SegmentRow:
    """Write one segment; ``parts`` are consecutive pieces of the sorted postings. Synced before it has its name.

    Peer reports and authority texts never share a segment, so each role can be looked up by itself.
    """
    name = f"{os.urandom(8).hex()}{SUFFIX}"
    temporary = folder / f"{name}.tmp"
    digest = hashlib.blake2b(digest_size=16)
    count = 0
    try:
        with temporary.open("wb") as file:
            file.write(bytes(_HEADER_BYTES))
            for piece in (np.ascontiguousarray(who, dtype="<u8"),):
                file.write(piece.data)
                digest.update(piece.data)
            for piece in parts:
                data = np.ascontiguousarray(piece, dtype="<u8").data
                file.write(data)
                digest.update(data)
                count += len(piece)
            header = {"reports": len(who), "fingerprints": count}
            file.seek(0)
            file.write(json.dumps(header).encode().ljust(_HEADER_BYTES - 1) + b"\n")
            file.flush()
            os.fsync(file.fileno())
        temporary.rename(folder / name)
        sync_folder(folder)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    size = _HEADER_BYTES + 8 * (len(who) * _COLUMNS + count)
    authority = int(is_authority(who).any())
    return SegmentRow(name, len(who), count, size, digest.hexdigest(), _glance(folder / name, size), authority)


def sync_folder(folder: Path) -> None:
    """Make renames in ``folder`` durable."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def open_segment(folder: Path, row: SegmentRow) -> Segment:
    """Map a segment after a check of its size and of a sample of its pages (of all of it when it is small).

    Raises:
        SegmentDamageError: it is not the file that was written.
    """
    file = folder / row.name
    expected = _HEADER_BYTES + 8 * (row.reports * _COLUMNS + row.fingerprints)
    try:
        size = file.stat().st_size
        if size != row.size_bytes or size != expected or _glance(file, size) != row.glance:
            raise SegmentDamageError("segment_damaged", row.name)
        return _mapped(file, row)
    except FileNotFoundError as error:
        raise SegmentDamageError("segment_missing", row.name) from error


def _mapped(file: Path, row: SegmentRow) -> Segment:
    if row.reports == 0:
        empty = np.zeros(0, dtype=np.uint64)
        return Segment(row, empty.reshape(0, _COLUMNS), empty)
    values = np.memmap(file, dtype="<u8", mode="r", offset=_HEADER_BYTES)
    plain: HashArray = values.view(np.ndarray)  # memmap's own indexing is slower
    cut = row.reports * _COLUMNS
    return Segment(row, plain[:cut].reshape(-1, _COLUMNS), plain[cut:])


def full_checksum(folder: Path, name: str) -> str:
    """Checksum of everything behind the header."""
    digest = hashlib.blake2b(digest_size=16)
    with (folder / name).open("rb") as file:
        file.seek(_HEADER_BYTES)
        while block := file.read(1 << 22):
            digest.update(block)
    return digest.hexdigest()


def _glance(file: Path, size: int) -> str:
    """Quick checksum: the whole of a small file, else pages spread evenly over it."""
    crc = 0
    with file.open("rb") as handle:
        if size <= _FULL_CHECK_BYTES:
            while block := handle.read(1 << 20):
                crc = zlib.crc32(block, crc)
        else:
            for step in range(_GLANCE_PAGES):
                handle.seek((size - _PAGE) * step // (_GLANCE_PAGES - 1))
                crc = zlib.crc32(handle.read(_PAGE), crc)
    return f"{crc:08x}"


def segments_to_merge(segments: Sequence[SegmentRow]) -> list[SegmentRow]:
    """The smallest ``_FAN`` or more segments of one order of magnitude, if there are so many."""
    tiers: dict[tuple[int, int], list[SegmentRow]] = {}
    for row in segments:
        tiers.setdefault((max(row.fingerprints, 1).bit_length() // 2, row.authority), []).append(row)
    for tier in sorted(tiers):
        if len(tiers[tier]) >= _FAN:
            return tiers[tier]
    return []


def merge_segments(folder: Path, segments: Sequence[Segment], dropped: npt.NDArray[np.int64]) -> SegmentRow:
    """One segment out of several, without the reports in ``dropped``; memory stays near a 64th of their size."""
    who = np.concatenate([s.who for s in segments])
    who = who[~np.isin(who[:, 0].astype(np.int64), dropped)]
    return write_segment(folder, who[np.argsort(who[:, 0])], _merged_parts(segments, dropped))


def _merged_parts(segments: Sequence[Segment], dropped: npt.NDArray[np.int64]) -> Iterator[HashArray]:
    numbers = np.uint64((1 << 24) - 1)
    step = (1 << 64) // _MERGE_PARTS
    edges = np.array([step * i for i in range(1, _MERGE_PARTS)], dtype=np.uint64)
    cuts = [np.concatenate([[0], np.searchsorted(s.keys, edges), [len(s.keys)]]) for s in segments]
    for part in range(_MERGE_PARTS):
        keys = np.sort(
            np.concatenate([s.keys[c[part] : c[part + 1]] for s, c in zip(segments, cuts, strict=True)]), kind="stable"
        )
        if len(dropped):
            keys = keys[~np.isin((keys & numbers).astype(np.int64), dropped)]
        yield keys
