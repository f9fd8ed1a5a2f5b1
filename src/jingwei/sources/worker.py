"""The process that parses: reads requests on standard input, answers on standard output, never writes a file.

Protocol: frames of a 4-byte big-endian length and that many bytes. A request is a JSON frame (kind, label, settings,
members) and a frame with the file; an answer is a run of JSON frames: ``begin`` names the member that is read next,
``found`` carries one document or refusal, ``done`` ends the answer. No pickle on the way.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, BinaryIO

from msgspec import Struct, to_builtins

from jingwei.model import Document, Skipped
from jingwei.settings import SourceSettings
from jingwei.sources.refusals import Refused, damaged, empty, out_of_memory, too_large

_MIN_MEMORY_MB = 200  # less would not even start the parsers
_USUAL_UNUSED_BYTES = 128 << 20
_OCR_FACTOR = 20
_OCR_MEMORY_BYTES = 3 << 30  # the recognition models alone map about 1 GB

Frame = dict[str, Any]
Send = Callable[[Frame], None]


class Source(Struct, frozen=True):
    """What to read: the bytes, their kind, the name for people, and of an archive which members."""

    payload: bytes
    kind: str
    label: str
    members: tuple[int, int] | None = None


def write_frame(stream: BinaryIO, payload: bytes) -> None:
    """One frame; the caller flushes."""
    stream.write(len(payload).to_bytes(4, "big"))
    stream.write(payload)


def read_frame(stream: BinaryIO) -> bytes | None:
    """The next frame, or None at the end of the stream."""
    head = stream.read(4)
    if len(head) < 4:
        return None
    size = int.from_bytes(head, "big")
    payload = stream.read(size)
    return payload if len(payload) == size else None


def main() -> None:
    """Serve requests until standard input closes."""
    requests = sys.stdin.buffer
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    silence = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silence, sys.stdout.fileno())  # a parser that prints must not break the protocol
    while (head := read_frame(requests)) is not None and (payload := read_frame(requests)) is not None:
        request = json.loads(head)
        settings = SourceSettings(**request["settings"])
        limit_resources(settings)

        def send(frame: Frame) -> None:
            write_frame(answers, json.dumps(frame, ensure_ascii=True).encode())
            answers.flush()

        members = (request["members"][0], request["members"][1]) if request["members"] else None
        for found in documents(Source(payload, request["kind"], request["label"], members), settings, send):
            send({"found": _plain(found)})
        send({"done": True})
        del payload


@cache
def _unused_address_bytes() -> int:
    """Address space reserved at the start beyond the usual: on machines of many cores libraries map far more."""
    try:
        size, resident = Path("/proc/self/statm").read_text(encoding="ascii").split()[:2]
    except (OSError, ValueError):
        return 0
    unused = (int(size) - int(resident)) * os.sysconf("SC_PAGE_SIZE")
    return max(0, unused - _USUAL_UNUSED_BYTES)


def time_limit_seconds(settings: SourceSettings) -> int:
    """Seconds one file may take; recognising scanned pages is slower by far than reading text."""
    return settings.max_seconds * (_OCR_FACTOR if settings.ocr else 1)


def limit_resources(settings: SourceSettings) -> None:
    """Memory, processor time and file size limits of this process, where the system has them."""
    try:
        import resource
    except ImportError:  # Windows: the parent's time limit is all there is
        return
    memory = max(settings.max_memory_mb, _MIN_MEMORY_MB) << 20
    if settings.ocr:
        memory = max(memory, _OCR_MEMORY_BYTES)
    memory += _unused_address_bytes()
    usage = resource.getrusage(resource.RUSAGE_SELF)
    seconds = int(usage.ru_utime + usage.ru_stime) + 2 * time_limit_seconds(settings) + 2
    for name, soft in (("RLIMIT_AS", memory), ("RLIMIT_CPU", seconds), ("RLIMIT_FSIZE", 0), ("RLIMIT_CORE", 0)):
        limit = getattr(resource, name, None)
        if limit is None:
            continue
        hard = resource.getrlimit(limit)[1]
        try:
            resource.setrlimit(limit, (soft if hard == resource.RLIM_INFINITY else min(soft, hard), hard))
        except (ValueError, OSError):  # a container may forbid it
            continue


def documents(source: Source, settings: SourceSettings, send: Send, depth: int = 1) -> Iterator[Document | Skipped]:
    """Everything readable in ``source``; ``depth`` counts archives in archives."""
    try:
        if source.kind == "zip":
            yield from _members(source, settings, send, depth)
        else:
            yield _document(source.payload, source.kind, source.label, settings)
    except Refused as refusal:
        yield refusal.skipped(source.label)
    except MemoryError:
        yield out_of_memory(settings.max_memory_mb).skipped(source.label)
    except Exception as error:  # one strange file must not end the process that others wait for
        name = type(error).__name__
        yield damaged(f"内容无法解析（{name}）", f"cannot be parsed ({name})").skipped(source.label)


def _document(payload: bytes, kind: str, label: str, settings: SourceSettings) -> Document:
    from jingwei.sources.extract import compose
    from jingwei.sources.parsing import parse
    from jingwei.sources.reading import read_text

    if kind == "text":
        return read_text(payload, label, settings)
    extract = parse(payload, kind, settings)
    text = compose(extract, settings)
    digest = hashlib.sha256(payload).hexdigest()
    return Document(label, digest, extract.format, text, extract.notes, dict(extract.hints), extract.confidence)


def _members(source: Source, settings: SourceSettings, send: Send, depth: int) -> Iterator[Document | Skipped]:
    from jingwei.sources.archive import Archive, iter_read
    from jingwei.sources.listing import is_litter
    from jingwei.sources.sniffing import kind_of

    if depth > settings.max_nesting:
        raise too_large("压缩包嵌套层数", "The nesting of archives", settings.max_nesting, "max_nesting")
    archive = Archive(source.payload, settings)
    if not archive.members:
        raise empty()
    first, last = source.members or (0, len(archive.members))
    for at, (member, content) in enumerate(iter_read(archive, archive.members[first:last]), first):
        parts = member.name.split("/")
        if ".." not in parts and any(is_litter(part) for part in parts):
            continue
        name = f"{source.label}/{member.name.lstrip('/')}"
        if depth == 1:
            send({"begin": at, "label": name})
        if isinstance(content, Refused):
            yield content.skipped(name)
            continue
        try:
            kind = kind_of(content)
        except Refused as refusal:
            yield refusal.skipped(name)
            continue
        yield from documents(Source(content, kind, name), settings, send, depth + 1)


def _plain(found: Document | Skipped) -> Frame:
    return {"type": type(found).__name__, **to_builtins(found)}


if __name__ == "__main__":
    main()
