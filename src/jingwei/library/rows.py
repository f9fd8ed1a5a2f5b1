"""Entries as rows of the database and back."""

from __future__ import annotations

import datetime
import hashlib
import json
import sqlite3
from collections.abc import Sequence
from typing import Any

import numpy as np
from msgspec.structs import asdict

from jingwei.library.reading import place_path
from jingwei.model import Entry, Place

_COLUMNS = "r.number, r.path, r.sha256, r.role, r.title, r.unit, r.level, r.year, r.date, r.place, t.text, t.body"
_MOST_VARIABLES = 500


def insert(connection: sqlite3.Connection, entry: Entry) -> int:
    """Insert an entry; returns its number."""
    text, body = text_bytes(entry.text), body_bytes(entry)
    place = None if entry.place is None else json.dumps(asdict(entry.place), ensure_ascii=False)
    cursor = connection.execute(
        "INSERT INTO reports (path, sha256, role, title, unit, level, year, date, place, place_path, chars, added) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            plain(entry.path),
            entry.sha256,
            entry.role,
            plain(entry.title),
            plain(entry.unit),
            entry.level,
            entry.year,
            entry.date,
            plain(place),
            plain(place_path(entry.place)),
            len(entry.text),
            datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
        ),
    )
    number = int(cursor.lastrowid or 0)
    connection.execute("INSERT INTO texts VALUES (?, ?, ?, ?)", (number, text, body, digest(text, body)))
    return number


def plain(text: str | None) -> str | None:
    """Text that SQLite can store: lone surrogates of undecodable file names are written out."""
    return None if text is None else text.encode("utf-8", "backslashreplace").decode()


def text_bytes(text: str) -> bytes:
    """A text as stored."""
    return text.encode("utf-8", "surrogatepass")


def body_bytes(entry: Entry) -> bytes:
    """The body ranges as stored: little-endian 32-bit integers, three a range."""
    ranges = entry.body if entry.body.shape[1:] == (3,) else np.zeros((0, 3), dtype=np.int32)
    return np.ascontiguousarray(ranges, dtype="<i4").tobytes()


def digest(text: bytes, body: bytes) -> bytes:
    """Checksum of a stored text with its body ranges."""
    return hashlib.blake2b(body, digest_size=16, key=hashlib.blake2b(text, digest_size=32).digest()).digest()


def fetch(connection: sqlite3.Connection, numbers: Sequence[int]) -> dict[int, Entry]:
    """Entries by number; numbers that are not there are absent."""
    found: dict[int, Entry] = {}
    for start in range(0, len(numbers), _MOST_VARIABLES):
        some = [int(n) for n in numbers[start : start + _MOST_VARIABLES]]
        marks = ",".join("?" * len(some))
        query = f"SELECT {_COLUMNS} FROM reports r JOIN texts t USING (number) WHERE r.number IN ({marks})"  # noqa: S608
        for row in connection.execute(query, some):
            found[row[0]] = _entry(row)
    return found


def _entry(row: tuple[Any, ...]) -> Entry:
    _, path, sha256, role, title, unit, level, year, date, place, text, body = row
    return Entry(
        path=path,
        sha256=sha256,
        text=text.decode("utf-8", "surrogatepass"),
        body=np.frombuffer(body, dtype="<i4").astype(np.int32).reshape(-1, 3),
        title=title,
        place=None if place is None else _place(place),
        unit=unit,
        level=level,
        year=year,
        date=date,
        role=role,
    )


def _place(stored: str) -> Place:
    parts = json.loads(stored)
    return Place(**{**parts, "candidates": tuple(parts.get("candidates", ()))})
