"""Jingwei 泾渭: which water is which in a local-government annual report.

Python users call :func:`score`, :func:`compare`, :func:`align` and :func:`open_library`; each returns frozen values of
:mod:`jingwei.model`. Nothing heavy is imported before it is needed.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jingwei.library import Library
    from jingwei.library.reading import SearchableLibrary
    from jingwei.model import Assessment, Comparison, Passage
    from jingwei.settings import Settings

__version__ = "0.1.0"
__all__ = ["__version__", "align", "compare", "open_library", "score"]


def score(
    path_or_text: Path | str, library: SearchableLibrary | Path | str | None = None, settings: Settings | None = None
) -> Assessment:
    """Judge one report.

    Args:
        path_or_text: a path, or the report's text itself (a string with a line break or longer than any path).
        library: an open library, the path of one, or null for the built-in background alone.
        settings: defaults when null; no settings file and no environment is read.

    Raises:
        UsageError: the path does not exist.
        NothingReadableError: the file cannot be read or is too short; the message says why.
        LibraryError: the library cannot be used.
    """
    from jingwei.pipeline.draft import score_one

    return score_one(path_or_text, library, settings)


def compare(paths: Sequence[Path | str] | Path | str, settings: Settings | None = None) -> Comparison:
    """Compare all reports behind ``paths`` (files, folders, archives; one or several) with each other.

    Raises:
        UsageError: a path does not exist.
        NothingReadableError: nothing could be read.
    """
    from jingwei.pipeline.batch import compare as compare_paths

    return compare_paths([paths] if isinstance(paths, (str, Path)) else paths, settings)


def align(left: str, right: str, min_run_chars: int = 13) -> tuple[Passage, ...]:
    """Shared passages of two strings of any language, with offsets into both.

    ``equal_chars`` counts equal non-whitespace characters; runs shorter than ``min_run_chars`` start no passage.
    """
    from jingwei.match import align as align_texts

    return align_texts(left, right, min_run_chars)


def open_library(path: Path | str, settings: Settings | None = None) -> Library:
    """Open a library folder for reading.

    Raises:
        LibraryError: absent, stale, corrupt or made with other settings; the message names the mending command.
    """
    from jingwei.library import open_library as open_folder
    from jingwei.settings import Settings as AllSettings

    return open_folder(Path(path), settings or AllSettings())
