"""Adding, replacing, removing, rebuilding: one writer at a time, every step one transaction.

The segment of some reports is on disk, synced, before the transaction that holds the reports names it; so a crash
leaves either all of them or none, and at worst a stray file that the next writer sweeps away.
"""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from msgspec.structs import astuple

from jingwei.errors import LibraryError, reason_of
from jingwei.library import rows, schema
from jingwei.library.outcomes import AddOutcome, RemoveOutcome
from jingwei.library.reader import Library, segment_rows
from jingwei.library.reading import MAX_REPORTS
from jingwei.library.segments import (
    SUFFIX,
    SegmentDamageError,
    SegmentRow,
    merge_segments,
    open_segment,
    posting_keys,
    segments_to_merge,
    who_rows,
    write_segment,
)
from jingwei.model import Entry
from jingwei.settings import Settings

_CHUNK_REPORTS = 2000  # one transaction
_CHUNK_CHARS = 8_000_000
_FULL = {errno.ENOSPC, errno.EDQUOT}


class LibraryWriter(Library):
    """A library open for writing; see :func:`create_or_open`. Reading it shows its own changes at once."""

    def __init__(self, folder: Path, settings: Settings, wait_seconds: float = 30.0) -> None:
        super().__init__(folder, settings, write=True, wait_seconds=wait_seconds)

    def add(self, entries: Iterable[Entry], *, replace: bool = False) -> AddOutcome:
        """Add reports; returns when they are durable.

        Content that is in the library already is not added twice, whatever its path. Reports are taken from
        ``entries`` a chunk at a time; a chunk is stored whole or not at all.

        Args:
            entries: reports and authority texts, parsed.
            replace: an entry with the path of a stored report takes its place, and one with the same content is
                stored anew (for a changed role or unit).

        Raises:
            LibraryError: another writer did not finish in time, or the disk is full; earlier chunks stay added.
        """
        outcomes = [AddOutcome(), *(self._add_chunk(chunk, replace) for chunk in _chunks(entries))]
        total = AddOutcome(*map(sum, zip(*map(astuple, outcomes), strict=True)))
        if total.added:
            self._merge()
        self.load()
        return total

    def remove(self, names: Sequence[str]) -> RemoveOutcome:
        """Remove reports by path or by sha256 (of the file's content)."""
        removed = 0
        unknown: list[str] = []
        with self._writing() as connection:
            for name in names:
                numbers = [
                    n
                    for (n,) in connection.execute(
                        "SELECT number FROM reports WHERE path = ? OR sha256 = ?", (rows.plain(name), name.lower())
                    )
                ]
                _delete(connection, numbers)
                removed += len(numbers)
                if not numbers:
                    unknown.append(name)
        self.load()
        return RemoveOutcome(removed, tuple(unknown))

    def rebuild(self) -> None:
        """Make the whole index anew from the texts, with the settings of now."""
        with self._writing() as connection:
            old = [name for (name,) in connection.execute("SELECT name FROM segments")]
            connection.execute("DROP TABLE segments")  # one of an early version lacks columns
            connection.execute(schema.SEGMENTS_TABLE)
            connection.execute("DELETE FROM removed")
            written: list[SegmentRow] = []
            try:
                for numbers in self._numbers(connection):
                    found = rows.fetch(connection, numbers)
                    self._write(connection, [found[n] for n in numbers], numbers, written)
                for key, value in schema.stamp(self.settings.match).items():
                    connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, value))
            except BaseException:
                self._discard(row.name for row in written)
                raise
        self._discard(old)
        self._merge()
        self.load()

    def mend(self) -> None:
        """Rebuild if the index is damaged still, that is if nobody else has mended it meanwhile."""
        try:
            with self._writing():  # nobody merges meanwhile
                self.load()
        except SegmentDamageError:
            self.rebuild()

    def sweep(self) -> None:
        """Delete files that no state of the database names (left by a crash)."""
        with self._writing() as connection:
            named = {row.name for row in segment_rows(connection)}
            for file in self.index_folder.glob(f"*{SUFFIX}*"):
                if file.name not in named:
                    file.unlink(missing_ok=True)

    def _add_chunk(self, chunk: Sequence[Entry], replace: bool) -> AddOutcome:
        duplicates = replaced = other_role = 0
        fresh: list[Entry] = []
        numbers: list[int] = []
        segments: list[SegmentRow] = []
        try:
            with self._writing() as connection:
                schema.check_stamp(connection, self.folder, self.settings.match)
                for entry in chunk:
                    stored = _stored(connection, entry, replace)
                    if stored is None or any(n in numbers for n in stored):
                        duplicates += 1
                        other_role += _has_other_role(connection, entry)
                        continue
                    _delete(connection, stored)
                    replaced += bool(stored)
                    numbers.append(rows.insert(connection, entry))
                    fresh.append(entry)
                if not fresh:
                    return AddOutcome(0, duplicates, 0, other_role)
                if numbers[-1] >= MAX_REPORTS:
                    raise LibraryError(
                        f"比对库 {self.folder} 已满（最多 {MAX_REPORTS} 篇）", f"library {self.folder} is full"
                    )
                self._write(connection, fresh, numbers, segments)
        except BaseException:
            self._discard(row.name for row in segments)
            raise
        return AddOutcome(len(fresh), duplicates, replaced, other_role)

    def _write(
        self,
        connection: sqlite3.Connection,
        entries: Sequence[Entry],
        numbers: Sequence[int],
        written: list[SegmentRow],
    ) -> None:
        """Write the segments of some reports, one a role, and name them in the open transaction."""
        for role in ("peer", "authority"):
            some = [(e, n) for e, n in zip(entries, numbers, strict=True) if e.role == role]
            if some:
                group, its_numbers = [e for e, _ in some], [n for _, n in some]
                keys = posting_keys(group, its_numbers, self.settings.match)
                written.append(write_segment(self.index_folder, who_rows(group, its_numbers), [keys]))
                _register(connection, written[-1])

    def _merge(self) -> None:
        """Merge segments of like size while there are several of them: few files, each report moved log times."""
        while True:
            with self._writing() as connection:
                group = segments_to_merge(segment_rows(connection))
                if not group:
                    return
                gone = np.array([n for (n,) in connection.execute("SELECT number FROM removed")], dtype=np.int64)
                opened = [open_segment(self.index_folder, row) for row in group]
                merged = merge_segments(self.index_folder, opened, gone)
                for row in group:
                    connection.execute("DELETE FROM segments WHERE name = ?", (row.name,))
                _register(connection, merged)
                held = np.concatenate([s.who[:, 0].astype(np.int64) for s in opened])
                dropped = [(int(n),) for n in gone[np.isin(gone, held)]]
                connection.executemany("DELETE FROM removed WHERE number = ?", dropped)
            self._discard(row.name for row in group)

    def _discard(self, names: Iterable[str]) -> None:
        for name in names:
            (self.index_folder / name).unlink(missing_ok=True)

    @staticmethod
    def _numbers(connection: sqlite3.Connection) -> Iterator[list[int]]:
        """Numbers of all reports, a chunk at a time."""
        numbers: list[int] = []
        chars = 0
        for number, size in connection.execute("SELECT number, chars FROM reports ORDER BY number").fetchall():
            numbers.append(number)
            chars += size
            if len(numbers) >= _CHUNK_REPORTS or chars >= _CHUNK_CHARS:
                yield numbers
                numbers, chars = [], 0
        if numbers:
            yield numbers

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        """One transaction; on any error everything is as before."""
        connection = self._connection
        try:
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
                connection.execute("COMMIT")
            except BaseException:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise
        except sqlite3.Error as error:
            raise schema.unreadable(self.folder, error) from error
        except OSError as error:
            if error.errno in _FULL:
                raise schema.unreadable(self.folder, sqlite3.OperationalError("disk is full")) from error
            raise LibraryError(
                f"无法写入比对库 {self.folder}：{reason_of(error)[0]}",
                f"cannot write {self.folder}: {reason_of(error)[1]}",
            ) from error


def _chunks(entries: Iterable[Entry]) -> Iterator[list[Entry]]:
    chunk: list[Entry] = []
    chars = 0
    for entry in entries:
        chunk.append(entry)
        chars += len(entry.text)
        if len(chunk) >= _CHUNK_REPORTS or chars >= _CHUNK_CHARS:
            yield chunk
            chunk, chars = [], 0
    if chunk:
        yield chunk


def _stored(connection: sqlite3.Connection, entry: Entry, replace: bool) -> list[int] | None:
    """Numbers that the entry takes the place of; null when it is there already and nothing is to be done."""
    same = [n for (n,) in connection.execute("SELECT number FROM reports WHERE sha256 = ?", (entry.sha256,))]
    if not replace:
        return None if same else []
    path = rows.plain(entry.path)
    return same + [
        n
        for (n,) in connection.execute(
            "SELECT number FROM reports WHERE path = ? AND sha256 <> ?", (path, entry.sha256)
        )
    ]


def _has_other_role(connection: sqlite3.Connection, entry: Entry) -> bool:
    found = connection.execute("SELECT 1 FROM reports WHERE sha256 = ? AND role <> ?", (entry.sha256, entry.role))
    return found.fetchone() is not None


def _delete(connection: sqlite3.Connection, numbers: Sequence[int]) -> None:
    for number in numbers:
        connection.execute("DELETE FROM reports WHERE number = ?", (number,))
        connection.execute("INSERT INTO removed VALUES (?)", (number,))


def _register(connection: sqlite3.Connection, row: SegmentRow) -> None:
    connection.execute("INSERT INTO segments VALUES (?, ?, ?, ?, ?, ?, ?)", astuple(row))


def create_or_open(path: Path | str, settings: Settings | None = None, wait_seconds: float = 30.0) -> LibraryWriter:
    """A library for writing, created where there is none.

    Args:
        path: the library's folder.
        settings: an existing library must have been made with the same index settings.
        wait_seconds: how long to wait for another writer.

    Raises:
        LibraryError: as :func:`open_library`, or the folder cannot be written.
    """
    folder, settings = Path(path), settings or Settings()
    if not (folder / schema.DATABASE).is_file():
        schema.create(folder, settings.match, wait_seconds)
    writer = open_for_rebuild(folder, settings, wait_seconds)
    try:
        with writer._writing() as connection:
            schema.check_stamp(connection, folder, settings.match)
        writer.sweep()
        writer.mend()
    except BaseException:
        writer.close()
        raise
    return writer


def open_for_rebuild(path: Path | str, settings: Settings | None = None, wait_seconds: float = 30.0) -> LibraryWriter:
    """A library for writing whose index may be stale or damaged: only ``rebuild`` makes sense on it."""
    return LibraryWriter(Path(path), settings or Settings(), wait_seconds)
