"""Which files are there to read: folders walked, archives split into parts, nothing parsed.

:func:`expand` gives picklable :class:`SourceItem` values that can be read in any process, in an order that depends on
the given paths and names only, never on the file system.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from msgspec import Struct

from jingwei.errors import UsageError
from jingwei.model import Skipped
from jingwei.settings import SourceSettings
from jingwei.sources.refusals import Refused, too_large

_ZIP_MAGIC: Final = b"PK\x03\x04"
_DOCUMENT_FIRST_MEMBERS: Final = (b"[Content_Types]", b"_rels/", b"docProps/", b"word/", b"OFD.xml", b"Doc_0/")
_MEMBERS_PER_ITEM: Final = 16
_MAX_ITEMS_PER_ARCHIVE: Final = 8
_LITTER: Final = frozenset({"thumbs.db", "desktop.ini", "__macosx"})


class SourceItem(Struct, frozen=True):
    """One unit of reading: a file, or a stretch of the members of a .zip (``members`` = first, past the last).

    ``path`` is for the operating system, ``label`` for people. ``skipped`` is set when it is already known that
    nothing can be read, ``payload`` when the bytes are at hand (standard input).
    """

    path: str
    label: str
    members: tuple[int, int] | None = None
    skipped: Skipped | None = None
    payload: bytes | None = None


Input = Path | str | SourceItem  # what a user can name, and what was read already


def expand(paths: Sequence[Input], settings: SourceSettings, *, label: str | None = None) -> list[SourceItem]:
    """The readable units behind ``paths``, each file once, without parsing any.

    Files keep the order of the arguments; inside a folder the order is that of the names. Hidden files, office lock
    files and folders that contain themselves through links are left out.

    Args:
        paths: files, folders and archives; items go through as they are.
        settings: limits; only those of archives matter here.
        label: shown instead of the path; for a folder the part in front of the file names.

    Raises:
        UsageError: a path does not exist.
    """
    items: list[SourceItem] = []
    seen: set[str] = set()
    for path in paths:
        if isinstance(path, SourceItem):
            items.append(path)
            continue
        given = os.fspath(path)
        shown = label if label is not None else given.replace(os.sep, "/")
        for file, name in _files(given, shown):
            real = os.path.realpath(file)
            if real not in seen:
                seen.add(real)
                items += _items_of_file(file, printable(name), settings)
    return items


def printable(path: str) -> str:
    """A path with bytes that are no UTF-8 escaped, so that it can be stored and printed."""
    try:
        path.encode()
    except UnicodeEncodeError:
        return os.fsencode(path).decode("utf-8", "backslashreplace")
    return path


def is_litter(name: str) -> bool:
    """Files nobody means to send: hidden ones, lock files of Word and WPS, litter of file managers."""
    return name.startswith((".", "~$")) or name.lower() in _LITTER


def _files(given: str, shown: str) -> Iterator[tuple[str, str]]:
    try:
        mode = os.stat(given).st_mode  # noqa: PTH116 - given may hold bytes that are no UTF-8
    except (FileNotFoundError, NotADirectoryError) as error:
        raise UsageError(
            f"找不到文件或文件夹：{printable(given)}", f"no such file or folder: {printable(given)}"
        ) from error
    except (OSError, ValueError) as error:
        if isinstance(error, ValueError) or not os.path.lexists(given):
            raise UsageError(f"路径无效：{printable(given)!r}", f"invalid path: {printable(given)!r}") from error
        yield given, shown
        return
    if stat.S_ISDIR(mode):
        yield from _walk(given, shown.rstrip("/") or shown, (os.path.realpath(given),))
    else:
        yield given, shown


def _walk(folder: str, shown: str, above: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    try:
        names = sorted(name for name in os.listdir(folder) if not is_litter(name))  # noqa: PTH208 - see above
    except OSError:
        yield folder, shown
        return
    for name in names:
        path, label = f"{folder}{os.sep}{name}", f"{shown}/{name}" if shown != "/" else f"/{name}"
        if not os.path.isdir(path):  # noqa: PTH112
            yield path, label
            continue
        real = os.path.realpath(path)
        if real not in above and len(above) < 64:
            yield from _walk(path, label, (*above, real))


def _items_of_file(path: str, label: str, settings: SourceSettings) -> list[SourceItem]:
    try:
        head = read_regular(path, 64)
    except Refused as refusal:
        return [SourceItem(path, label, skipped=refusal.skipped(label))]
    if not head.startswith(_ZIP_MAGIC) or head[30:].startswith(_DOCUMENT_FIRST_MEMBERS):
        return [SourceItem(path, label)]
    return _items_of_archive(path, label, settings)


def _items_of_archive(path: str, label: str, settings: SourceSettings) -> list[SourceItem]:
    from jingwei.sources.archive import Archive, kind_of_archive

    try:
        payload = read_file(path, settings)
        if kind_of_archive(payload) != "zip":
            return [SourceItem(path, label)]
        count = len(Archive(payload, settings).members)
    except Refused:
        return [SourceItem(path, label)]  # the reader will say why
    step = max(_MEMBERS_PER_ITEM, -(-count // _MAX_ITEMS_PER_ARCHIVE))
    if count <= step:
        return [SourceItem(path, label)]
    return [SourceItem(path, label, (at, min(at + step, count))) for at in range(0, count, step)]


def read_file(path: str, settings: SourceSettings) -> bytes:
    """All bytes of a regular file within ``max_file_mb``; see :func:`read_regular` for what is refused."""
    limit = settings.max_file_mb << 20
    payload = read_regular(path, limit + 1)
    if len(payload) > limit:
        raise too_large("文件大小", "The file size", settings.max_file_mb, "max_file_mb")
    return payload


def read_regular(path: str, size: int) -> bytes:
    """At most ``size`` bytes from the beginning of a regular file; never blocks on a pipe or a device.

    Raises:
        Refused: not_a_file for folders, pipes, sockets, devices and link loops; unreadable without permission.
    """
    try:
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    except PermissionError as error:
        raise Refused("unreadable", "没有读取权限。", "Permission denied.") from error
    except (OSError, ValueError) as error:
        raise _not_a_file() from error
    try:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise _not_a_file()
        return _read_up_to(handle, size)
    except OSError as error:
        raise Refused("unreadable", "读取文件时出错。", "The file could not be read.") from error
    finally:
        os.close(handle)


def _read_up_to(handle: int, size: int) -> bytes:
    pieces = []
    while size > 0 and (piece := os.read(handle, min(size, 1 << 24))):
        pieces.append(piece)
        size -= len(piece)
    return b"".join(pieces)


def _not_a_file() -> Refused:
    return Refused(
        "not_a_file",
        "不是普通文件（文件夹、管道、设备或失效的链接），未读取。",
        "Not a regular file (a folder, pipe, device or broken link); not read.",
    )
