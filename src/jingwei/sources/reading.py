"""From a unit of reading to documents: plain text here and now, everything else in a worker process."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from jingwei.model import Document, Skipped
from jingwei.settings import SourceSettings
from jingwei.sources.extract import refuse_beyond_report
from jingwei.sources.listing import SourceItem, expand, printable, read_file
from jingwei.sources.plaintext import decode
from jingwei.sources.refusals import Refused, too_large
from jingwei.sources.sniffing import kind_of, refuse_structured_data

_MARKDOWN_HEADING: Final = re.compile(r"(?m)^#{1,6} \S")


def read_one(item: SourceItem, settings: SourceSettings) -> list[Document | Skipped]:
    """Read one unit that :func:`expand` listed. Never raises for a bad file; picklable, safe in any process.

    Cost: about 0.1 ms for 20 KB of plain text; see ``benchmarks/bench_sources.py`` for the other formats.
    """
    if item.skipped is not None:
        return [item.skipped]
    if item.payload is not None:
        return read_bytes(item.payload, item.label, settings)
    try:
        payload = read_file(item.path, settings)
        return read_payload(payload, item.label, settings, members=item.members)
    except Refused as refusal:
        return [refusal.skipped(item.label)]


def read_path(path: Path | str, settings: SourceSettings, *, label: str | None = None) -> list[Document | Skipped]:
    """Read one file, a folder (recursively, in order of names) or the members of a .zip.

    Args:
        path: what to read.
        settings: limits, encoding, OCR.
        label: ``Document.path`` instead of the path as given.

    Raises:
        UsageError: ``path`` does not exist, or ``settings.encoding`` is not an encoding.
    """
    return [found for item in expand([path], settings, label=label) for found in read_one(item, settings)]


def read_paths(paths: Sequence[Path | str], settings: SourceSettings) -> list[Document | Skipped]:
    """Read several paths, each file once, in the order of the arguments and of the names inside folders.

    Raises:
        UsageError: a path does not exist.
    """
    return [found for item in expand(paths, settings) for found in read_one(item, settings)]


def read_bytes(payload: bytes, label: str, settings: SourceSettings) -> list[Document | Skipped]:
    """Read what came through standard input; the format is found from the content as for files."""
    name = printable(label)
    if len(payload) > settings.max_file_mb << 20:
        refusal = too_large("输入大小", "The input size", settings.max_file_mb, "max_file_mb")
        return [refusal.skipped(name)]
    return read_payload(payload, name, settings)


def read_payload(
    payload: bytes, label: str, settings: SourceSettings, *, members: tuple[int, int] | None = None
) -> list[Document | Skipped]:
    """Documents in ``payload``: plain text is decoded here, every other format in a worker process."""
    try:
        kind = kind_of(payload)
        if kind == "text":
            return [read_text(payload, label, settings)]
    except Refused as refusal:
        return [refusal.skipped(label)]
    from jingwei.sources.sandbox import read_in_worker
    from jingwei.sources.worker import Source

    return read_in_worker(Source(payload, kind, label, members), settings)


def read_text(payload: bytes, label: str, settings: SourceSettings) -> Document:
    """A .txt or .md as a document whose text is the decoded content with LF newlines and nothing else changed.

    Raises:
        Refused: empty, undecodable, too_large or unknown_format.
    """
    text, notes = decode(payload, settings.encoding, settings.max_chars)
    refuse_structured_data(text)
    refuse_beyond_report(text, settings)
    extension = os.path.splitext(label)[1].lower()  # noqa: PTH122 - a label is no path
    markdown = extension in {".md", ".markdown"} or ("#" in text and _MARKDOWN_HEADING.search(text) is not None)
    return Document(label, hashlib.sha256(payload).hexdigest(), "md" if markdown else "txt", text, notes)
