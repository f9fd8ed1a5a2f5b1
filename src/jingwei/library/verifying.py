"""The proof that texts are as they were stored and that the index says what the texts say."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from jingwei.library import rows
from jingwei.library.reading import NUMBER_BITS
from jingwei.library.segments import SUFFIX, Segment, SegmentDamageError, full_checksum, open_segment, posting_keys
from jingwei.model import Entry

if TYPE_CHECKING:
    from jingwei.fingerprint.winnow import HashArray
    from jingwei.library.reader import Library

Sentence = tuple[str, str]  # Chinese, English
_CHUNK = 500


def find_problems(library: Library) -> Iterator[Sentence]:
    """Every problem of a library, in both languages."""
    from jingwei.library.reader import segment_rows

    connection = library._connection
    yield from _database(connection)
    yield from _texts(connection)
    opened: list[Segment] = []
    for row in segment_rows(connection):
        try:
            opened.append(open_segment(library.index_folder, row))
        except SegmentDamageError as damage:
            yield f"索引文件 {row.name} 缺失或损坏", f"index file {row.name} is missing or damaged ({damage.code})"
            continue
        if full_checksum(library.index_folder, row.name) != row.checksum:
            yield f"索引文件 {row.name} 校验不符", f"checksum of index file {row.name} differs"
    named = {row.name for row in segment_rows(connection)}
    for file in sorted(library.index_folder.glob(f"*{SUFFIX}*")):
        if file.name not in named:
            yield f"多余的索引文件 {file.name}", f"stray index file {file.name}"
    if len(opened) == len(named):
        yield from _index(library, opened)


def _database(connection: sqlite3.Connection) -> Iterator[Sentence]:
    try:
        for (line,) in connection.execute("PRAGMA integrity_check(10)"):
            if line != "ok":
                yield f"数据库损坏：{line}", f"database damaged: {line}"
        if connection.execute("PRAGMA foreign_key_check").fetchone():
            yield "数据库表之间不一致", "database tables disagree"
    except sqlite3.DatabaseError as error:
        yield f"数据库损坏：{error}", f"database damaged: {error}"


def _texts(connection: sqlite3.Connection) -> Iterator[Sentence]:
    query = "SELECT r.path, t.text, t.body, t.digest FROM reports r LEFT JOIN texts t USING (number)"
    try:
        for path, text, body, digest in connection.execute(query):
            if text is None or rows.digest(text, body) != digest:
                yield f"正文校验不符：{path}", f"stored text differs from its checksum: {path}"
    except sqlite3.DatabaseError as error:
        yield f"正文无法读取：{error}", f"texts cannot be read: {error}"


def _index(library: Library, segments: list[Segment]) -> Iterator[Sentence]:
    """Compare, report by report, number and sums of fingerprints of the index with those of the text."""
    connection = library._connection
    numbers = [n for (n,) in connection.execute("SELECT number FROM reports ORDER BY number")]
    gone = {n for (n,) in connection.execute("SELECT number FROM removed")}
    held = {int(n) for s in segments for n in s.who[:, 0]} - gone
    if held != set(numbers):
        yield "索引与数据库的报告不一致", "index and database hold different reports"
        return
    size = max(numbers, default=0) + 1
    indexed = sum((_sums(s.keys, size) for s in segments), start=np.zeros((3, size)))
    for start in range(0, len(numbers), _CHUNK):
        some = numbers[start : start + _CHUNK]
        found = _readable(connection, some)
        some = [n for n in some if n in found]
        fresh = _sums(posting_keys([found[n] for n in some], some, library.settings.match), size)
        for number in np.flatnonzero((fresh[:, some] != indexed[:, some]).any(axis=0)).tolist():
            path = found[some[number]].path
            yield f"索引与正文不符：{path}", f"index differs from the text: {path}"


def _readable(connection: sqlite3.Connection, numbers: Sequence[int]) -> dict[int, Entry]:
    """The entries that can be decoded; of the others the checksum has told already."""
    try:
        return rows.fetch(connection, numbers)
    except (ValueError, TypeError, AttributeError):
        if len(numbers) == 1:
            return {}
        half = len(numbers) // 2
        return {**_readable(connection, numbers[:half]), **_readable(connection, numbers[half:])}


def _sums(keys: HashArray, size: int) -> npt.NDArray[np.float64]:
    """Per report: fingerprints, and the sums of two 20-bit parts of them (exact in a double)."""
    number = (keys & np.uint64((1 << NUMBER_BITS) - 1)).astype(np.int64)
    parts = [(keys >> np.uint64(shift)) & np.uint64(0xFFFFF) for shift in (24, 44)]
    return np.array(
        [np.bincount(number, minlength=size), *(np.bincount(number, weights=p, minlength=size) for p in parts)],
        dtype=np.float64,
    )
