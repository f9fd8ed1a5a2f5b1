"""The one place on disk where reports are kept, and its twin in memory."""

from jingwei.library.memory import MemoryLibrary

__all__ = ["MemoryLibrary"]
