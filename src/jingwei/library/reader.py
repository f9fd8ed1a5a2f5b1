"""The library on disk as readers see it: one consistent state, whatever a writer does meanwhile."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from jingwei.errors import LibraryError
from jingwei.fingerprint import FoldedBatch, fold_entries
from jingwei.fingerprint.winnow import HashArray
from jingwei.library import rows, schema
from jingwei.library.outcomes import LibraryStats, ListedReport
from jingwei.library.reading import DEPARTMENT, Catalogue, Postings, governed_from, look_up
from jingwei.library.segments import Segment, SegmentDamageError, SegmentRow, is_authority, is_known, open_segment
from jingwei.model import Entry, LibrarySummary
from jingwei.settings import Settings

_MOST_SUPERIORS = 60
# From year to year by the index: a plain DISTINCT looks at every report.
_YEARS = """
WITH RECURSIVE found (year) AS (
    SELECT min(year) FROM reports WHERE role = 'peer'
    UNION ALL
    SELECT (SELECT min(year) FROM reports WHERE role = 'peer' AND year > found.year) FROM found WHERE year IS NOT NULL
)
SELECT year FROM found WHERE year IS NOT NULL
"""
_SEGMENT_COLUMNS = "name, reports, fingerprints, bytes, checksum, glance, authority"


class Library:
    """A library folder, open for reading; see :func:`open_library`.

    It shows the state at the moment of opening: reports added or removed later by others are not seen.
    """

    def __init__(self, folder: Path, settings: Settings, *, write: bool = False, wait_seconds: float = 30.0) -> None:
        self.folder = folder
        self.settings = settings
        self._writable = write
        self._connection = schema.connect(folder, write=write, wait_seconds=wait_seconds)
        self._segments: tuple[Segment, ...] = ()

    def load(self) -> None:
        """Map the index of the current state.

        Raises:
            LibraryError: made with other settings or by another version.
            SegmentDamageError: a file of the index is missing or changed.
        """
        for known in ("_catalogue", "_summary"):
            self.__dict__.pop(known, None)
        missing: set[str] = set()
        while True:
            found = self._current()
            try:
                self._segments = tuple(open_segment(self.index_folder, row) for row in found)
                return
            except SegmentDamageError as damage:  # another writer's merge may just have replaced it: look again
                if damage.name in missing:
                    raise
                missing.add(damage.name)

    def _current(self) -> Sequence[SegmentRow]:
        try:
            if not self._writable:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                self._connection.execute("BEGIN")
            schema.check_stamp(self._connection, self.folder, self.settings.match)
            return segment_rows(self._connection)
        except sqlite3.Error as error:
            raise schema.unreadable(self.folder, error) from error

    @property
    def index_folder(self) -> Path:
        """Where the segments lie."""
        return self.folder / schema.INDEX_FOLDER

    def close(self) -> None:
        """Let go of the database; mapped arrays go with the last reference."""
        self._segments = ()
        self._connection.close()

    def __enter__(self) -> Library:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __len__(self) -> int:
        return int(self._one("SELECT count(*) FROM reports"))

    # ------------------------------------------------------------ for matching

    @cached_property
    def _catalogue(self) -> Catalogue:
        who = np.concatenate([np.zeros((0, 5), dtype=np.uint64), *(s.who for s in self._segments)])
        numbers = who[:, 0].astype(np.int64)
        size = int(numbers.max()) + 1 if len(numbers) else 0
        alive = np.zeros(size, dtype=np.bool_)
        alive[numbers] = True
        gone = np.array([n for (n,) in self._query("SELECT number FROM removed")], dtype=np.int64)
        alive[gone[gone < size]] = False
        return Catalogue(
            alive=alive,
            authority=_spread(is_authority(who), numbers, size),
            known_unit=_spread(is_known(who), numbers, size),
            unit=_spread(who[:, 2], numbers, size),
            content=_spread(who[:, 3], numbers, size),
            order=_spread(who[:, 4], numbers, size),
        )

    def catalogue(self) -> Catalogue:
        """Arrays about every report number."""
        return self._catalogue

    def postings(self, hashes: HashArray, *, authority: bool = False) -> Postings:
        """The postings of these fingerprints in peer reports; with ``authority`` in authority texts instead."""
        segments = [s for s in self._segments if bool(s.row.authority) == authority]
        return Postings([(s.keys, *look_up(s.keys, hashes)) for s in segments])

    def superiors(self, entry: Entry) -> Sequence[int]:
        """Reports of the governments above the entry's unit, nearest places and newest years first."""
        found: list[int] = []
        for path in governed_from(entry):
            query = (
                "SELECT number FROM reports WHERE place_path = ? AND level IS NOT ? ORDER BY year DESC, sha256 LIMIT ?"
            )
            found += [n for (n,) in self._query(query, (path, DEPARTMENT, _MOST_SUPERIORS))]
        return found[:_MOST_SUPERIORS]

    def entry(self, number: int) -> Entry:
        """The entry of this number."""
        return self.entries([number])[0]

    def entries(self, numbers: Sequence[int]) -> list[Entry]:
        """The entries of these numbers, in their order."""
        try:
            found = rows.fetch(self._connection, numbers)
            return [found[int(n)] for n in numbers]
        except KeyError as error:
            raise LibraryError(
                f"比对库 {self.folder} 的索引与正文不一致；请运行 jingwei library rebuild --library {self.folder}",
                f"index and texts of {self.folder} differ; run: jingwei library rebuild --library {self.folder}",
            ) from error
        except sqlite3.Error as error:
            raise schema.unreadable(self.folder, error) from error
        except (ValueError, TypeError, AttributeError) as error:
            raise schema.damaged_text(self.folder, error) from error

    def folded(self, entries: Sequence[Entry], numbers: Sequence[int]) -> FoldedBatch:
        """Folded streams of these entries."""
        del numbers
        return fold_entries(entries)

    # ------------------------------------------------------------ for people

    def summary(self) -> LibrarySummary:
        """Size and reach, as printed next to every number."""
        return self._summary

    @cached_property
    def _summary(self) -> LibrarySummary:
        counts = dict(self._query("SELECT role, count(*) FROM reports GROUP BY role"))
        years = self._query(_YEARS)
        return LibrarySummary(
            path=str(self.folder),
            reports=counts.get("peer", 0),
            places=int(
                self._one("SELECT count(DISTINCT place_path) FROM reports WHERE role = 'peer' AND place_path <> ''")
            ),
            years=tuple(y for (y,) in years),
            authority=counts.get("authority", 0),
        )

    def list(self) -> tuple[ListedReport, ...]:
        """All reports, by path."""
        query = "SELECT number, path, sha256, role, title, unit, year, chars FROM reports ORDER BY path, number"
        return tuple(ListedReport(*row) for row in self._query(query))

    def stats(self) -> LibraryStats:
        """Size and state."""
        summary = self.summary()
        database = sum(
            f.stat().st_size for f in self.folder.glob(f"{schema.DATABASE}*") if f.suffix != ".new" and f.is_file()
        )
        return LibraryStats(
            path=str(self.folder),
            reports=summary.reports,
            authority=summary.authority,
            places=summary.places,
            years=summary.years,
            units=int(self._one("SELECT count(DISTINCT unit) FROM reports WHERE role = 'peer'")),
            chars=int(self._one("SELECT coalesce(sum(chars), 0) FROM reports")),
            fingerprints=sum(s.row.fingerprints for s in self._segments),
            segments=len(self._segments),
            database_bytes=database,
            index_bytes=sum(s.row.size_bytes for s in self._segments),
        )

    def verify(self, language: str = "zh") -> tuple[str, ...]:
        """Prove database and index; returns one sentence for each problem, nothing when all is well.

        Every text is checked against its checksum and fingerprinted again: costs as much as a rebuild.
        """
        from jingwei.library.verifying import find_problems

        return tuple(zh if language == "zh" else en for zh, en in find_problems(self))

    def _query(self, query: str, values: Sequence[object] = ()) -> Sequence[tuple[Any, ...]]:
        try:
            return self._connection.execute(query, values).fetchall()
        except sqlite3.Error as error:
            raise schema.unreadable(self.folder, error) from error

    def _one(self, query: str) -> int:
        return int(self._query(query)[0][0])


def _spread(values: npt.NDArray[Any], numbers: npt.NDArray[np.int64], size: int) -> npt.NDArray[Any]:
    spread = np.zeros(size, dtype=values.dtype)
    spread[numbers] = values
    return spread


def segment_rows(connection: sqlite3.Connection) -> list[SegmentRow]:
    """The segments of the current state, oldest first."""
    query = f"SELECT {_SEGMENT_COLUMNS} FROM segments ORDER BY rowid"  # noqa: S608 - a constant
    return [SegmentRow(*row) for row in connection.execute(query)]


def open_library(path: Path | str, settings: Settings | None = None, *, mend: bool = True) -> Library:
    """Open a library for reading. Writers may go on; this reader keeps the state it found.

    A damaged or missing index file is made again from the texts when the folder can be written.

    Args:
        path: the library's folder.
        settings: must agree with those the index was made with.
        mend: false leaves everything as it is found and maps no index: only ``verify`` and what asks the database
            makes sense then.

    Raises:
        LibraryError: no library there, made with other settings or another version, damaged, or locked.
    """
    folder, settings = Path(path), settings or Settings()
    library = Library(folder, settings)
    try:
        if not mend:
            library._current()
            return library
        try:
            library.load()
        except SegmentDamageError:
            library.close()
            _mend(folder, settings)
            library = Library(folder, settings)
            library.load()
    except SegmentDamageError as damage:
        library.close()
        raise _beyond_mending(folder) from damage
    except BaseException:
        library.close()
        raise
    return library


def _mend(folder: Path, settings: Settings) -> None:
    from jingwei.library.writer import LibraryWriter

    try:
        writer = LibraryWriter(folder, settings)
        try:
            writer.mend()
        finally:
            writer.close()
    except LibraryError as error:
        raise _beyond_mending(folder) from error


def _beyond_mending(folder: Path) -> LibraryError:
    return LibraryError(
        f"比对库 {folder} 的索引损坏；正文完好，请运行 jingwei library rebuild --library {folder}",
        f"the index of library {folder} is damaged, the texts are not; run: jingwei library rebuild --library {folder}",
    )
