"""What the library answers: frozen values."""

from __future__ import annotations

from msgspec import Struct

from jingwei.model import Role


class AddOutcome(Struct, frozen=True):
    """How many reports were added, were there already (same content), and were replaced by an added one.

    ``other_role``: how many of those that were there already have another role in the library and keep it.
    """

    added: int = 0
    duplicates: int = 0
    replaced: int = 0
    other_role: int = 0


class RemoveOutcome(Struct, frozen=True):
    """How many reports were removed, and which of the names given are in no report of the library."""

    removed: int = 0
    unknown: tuple[str, ...] = ()


class ListedReport(Struct, frozen=True):
    """One line of ``library list``; ``chars`` are characters of the text, whitespace included."""

    number: int
    path: str
    sha256: str
    role: Role
    title: str | None
    unit: str | None
    year: int | None
    chars: int


class LibraryStats(Struct, frozen=True):
    """Size and state of a library; sizes on disk in bytes."""

    path: str
    reports: int
    authority: int
    places: int
    years: tuple[int, ...]
    units: int
    chars: int
    fingerprints: int
    segments: int
    database_bytes: int
    index_bytes: int
