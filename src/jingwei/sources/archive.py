"""Zip containers read in memory under budgets: the archives people send, and the zip inside .docx and .ofd.

Never unpacks to disk. Limits count bytes really read, not the sizes an archive declares.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import Final

from msgspec import Struct

from jingwei.settings import SourceSettings
from jingwei.sources.refusals import Refused, damaged, encrypted, too_large, unknown_format, unsafe

_END: Final = b"PK\x05\x06"
_ENTRY: Final = b"PK\x01\x02"
_CHUNK_BYTES: Final = 1 << 16
_FLAG_ENCRYPTED: Final = 0x1
_FLAG_UTF8: Final = 0x800
_RATIO_FLOOR_BYTES: Final = 1 << 20  # a small entry may be very repetitive without being a bomb


class Member(Struct, frozen=True):
    """One file of an archive under the name people see; ``duplicate`` if an earlier entry has the same name."""

    name: str
    info: zipfile.ZipInfo
    duplicate: bool


class Archive:
    """A zip held in memory, with one budget of expanded bytes over all its members.

    Raises:
        Refused: damaged, or too_large if there are more members than ``max_members``.
    """

    def __init__(self, payload: bytes, settings: SourceSettings) -> None:
        _check_directory(payload, settings.max_members)
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(payload))
            infos = [info for info in self._zip.infolist() if not info.orig_filename.endswith("/")]
        except Exception as error:  # zipfile raises a dozen kinds on broken input
            raise damaged("压缩包目录无法读取", "the directory of the archive cannot be read") from error
        self._settings = settings
        self._left_bytes = settings.max_expanded_mb << 20
        seen: set[str] = set()
        members = []
        for info in infos:
            name = _shown_name(info)
            members.append(Member(name, info, name.lower() in seen))
            seen.add(name.lower())
        self.members = sorted(members, key=lambda member: (member.name, member.duplicate))
        self._by_name = {member.name.lower(): member for member in members if not member.duplicate}
        self._duplicates = {member.name.lower() for member in members if member.duplicate}

    def has(self, name: str) -> bool:
        """Is there a member of this name (case does not matter, as in office programs)?"""
        return name.lstrip("/").lower() in self._by_name

    def names(self) -> list[str]:
        """Names of all members, sorted."""
        return [member.name for member in self.members]

    def part(self, name: str) -> bytes:
        """The bytes of a part of a document; a part that is there twice is refused.

        Raises:
            Refused: damaged if absent, unsafe if ambiguous or a bomb, encrypted, too_large.
        """
        key = name.lstrip("/").lower()
        if key in self._duplicates:
            raise unsafe(f"容器内有重名部件 {name}", f"the part {name} is there twice")
        if key not in self._by_name:
            raise damaged(f"缺少部件 {name}", f"the part {name} is missing")
        return self.read(self._by_name[key])

    def read(self, member: Member) -> bytes:
        """The expanded bytes of one member, counted against all budgets while reading."""
        info = member.info
        if info.flag_bits & _FLAG_ENCRYPTED:
            raise encrypted("压缩包成员", "The member of the archive")
        entry_limit = self._settings.max_entry_mb << 20
        pieces, total = [], 0
        try:
            with self._zip.open(info) as stream:
                while piece := stream.read(_CHUNK_BYTES):
                    total += len(piece)
                    self._left_bytes -= len(piece)
                    self._check_budgets(total, entry_limit, info.compress_size)
                    pieces.append(piece)
        except Refused:
            raise
        except (NotImplementedError, RuntimeError) as error:
            raise unknown_format("不支持的压缩方法", "an unsupported compression method") from error
        except MemoryError:
            raise
        except Exception as error:  # zlib, lzma and bz2 have errors of their own
            raise damaged("压缩数据校验失败", "compressed data is broken") from error
        return b"".join(pieces)

    def _check_budgets(self, total: int, entry_limit: int, compressed: int) -> None:
        limits = self._settings
        if total > entry_limit:
            raise too_large("压缩包内单个文件", "A member of the archive", limits.max_entry_mb, "max_entry_mb")
        if self._left_bytes < 0:
            raise too_large("压缩包展开后", "The expanded archive", limits.max_expanded_mb, "max_expanded_mb")
        if total > _RATIO_FLOOR_BYTES and total > limits.max_ratio * max(compressed, 1):
            raise unsafe(
                f"压缩比超过上限 {limits.max_ratio} 倍（可用设置 sources.max_ratio 调整）",
                f"the compression ratio exceeds the limit of {limits.max_ratio} (setting sources.max_ratio)",
            )


def is_unsafe_name(name: str) -> bool:
    """Would this member name leave its folder if somebody unpacked it?"""
    return not name or name.startswith("/") or name[1:2] == ":" or ".." in name.split("/") or "\0" in name


def kind_of_archive(payload: bytes) -> str:
    """``docx``, ``ofd`` or ``zip``; other documents in a zip container are refused by name.

    Raises:
        Refused: damaged or unknown_format.
    """
    _check_directory(payload, 1 << 20)
    try:
        with zipfile.ZipFile(io.BytesIO(payload)) as opened:
            names = {name.lower() for name in opened.namelist()}
            mime = opened.read("mimetype")[:100].decode("ascii", "replace") if "mimetype" in names else ""
    except Exception as error:  # zipfile raises a dozen kinds on broken input
        raise damaged("压缩包目录无法读取", "the directory of the archive cannot be read") from error
    if "ofd.xml" in names:
        return "ofd"
    if names & {"[content_types].xml", "_rels/.rels", "word/document.xml"}:
        return _kind_of_package(names)
    if "opendocument" in mime:
        raise unknown_format("OpenDocument 文档，请另存为 docx", "OpenDocument; save it as docx")
    if mime.startswith("application/"):
        raise unknown_format(f"容器类型 {mime}", f"container of type {mime}")
    return "zip"


def _kind_of_package(names: set[str]) -> str:
    if any(name.startswith("xl/") for name in names) and not any(name.startswith("word/") for name in names):
        raise unknown_format("电子表格（xlsx）", "spreadsheet (xlsx)")
    if any(name.startswith("ppt/") for name in names) and not any(name.startswith("word/") for name in names):
        raise unknown_format("演示文稿（pptx）", "presentation (pptx)")
    if any(name.startswith("visio/") for name in names):
        raise unknown_format("Visio 图", "Visio drawing")
    return "docx"


def iter_read(archive: Archive, members: list[Member]) -> Iterator[tuple[Member, bytes | Refused]]:
    """Each member with its bytes or the reason why not."""
    for member in members:
        try:
            yield member, _read_checked(archive, member)
        except Refused as refusal:
            yield member, refusal


def _read_checked(archive: Archive, member: Member) -> bytes:
    if is_unsafe_name(member.name):
        raise unsafe("成员文件名指向压缩包之外", "the member's name points outside the archive")
    if member.duplicate:
        raise unsafe("压缩包内有重名文件", "another member of the archive has the same name")
    return archive.read(member)


def _shown_name(info: zipfile.ZipInfo) -> str:
    """Names without the UTF-8 flag were decoded as CP437; Chinese Windows writes GBK there."""
    name = info.orig_filename
    if not info.flag_bits & _FLAG_UTF8:
        raw = name.encode("cp437", "replace")
        for encoding in ("utf-8", "gb18030"):
            try:
                name = raw.decode(encoding)
                break
            except UnicodeDecodeError:
                continue
    return name.replace("\\", "/")


def _check_directory(payload: bytes, max_members: int) -> None:
    """Refuse before zipfile builds an object for each of a million entries."""
    at = payload.rfind(_END, max(0, len(payload) - 66_000))
    if at < 0 or at + 20 > len(payload):
        raise damaged("压缩包不完整", "the archive is truncated")
    size = int.from_bytes(payload[at + 12 : at + 16], "little")
    start = 0 if size == 0xFFFFFFFF else max(0, at - size)
    if payload.count(_ENTRY, start, at) > max_members:
        raise too_large("压缩包内文件数", "The number of members", max_members, "max_members")
