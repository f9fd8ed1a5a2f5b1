"""The one place on disk where reports are kept, and its twin in memory."""

from jingwei.library.memory import MemoryLibrary
from jingwei.library.outcomes import AddOutcome, LibraryStats, ListedReport, RemoveOutcome
from jingwei.library.reader import Library, open_library
from jingwei.library.writer import LibraryWriter, create_or_open, open_for_rebuild

__all__ = [
    "AddOutcome",
    "Library",
    "LibraryStats",
    "LibraryWriter",
    "ListedReport",
    "MemoryLibrary",
    "RemoveOutcome",
    "create_or_open",
    "open_for_rebuild",
    "open_library",
]
