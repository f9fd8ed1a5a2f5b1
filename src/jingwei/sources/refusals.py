"""Why a file gave no text: the fixed reason words and the sentences shown to the user.

Inside this room a reader refuses a file by raising :class:`Refused`; at the door of the room it becomes a
:class:`jingwei.model.Skipped`. Nothing else may leave a reader.
"""

from __future__ import annotations

from typing import Final

from jingwei.model import Skipped

REASONS: Final = frozenset(
    {
        "empty",
        "encrypted",
        "scanned",
        "too_large",
        "unknown_format",
        "undecodable",
        "damaged",
        "unsafe",
        "timeout",
        "not_a_file",
        "too_short",
        "unreadable",
    }
)


_UNITS: Final = {
    "max_file_mb": ("MB", "MB"),
    "max_entry_mb": ("MB", "MB"),
    "max_expanded_mb": ("MB", "MB"),
    "max_memory_mb": ("MB", "MB"),
    "max_members": ("个", "members"),
    "max_nesting": ("层", "levels"),
    "max_pages": ("页", "pages"),
    "max_chars": ("字", "characters"),
    "max_report_chars": ("字", "characters"),
}


class Refused(Exception):  # noqa: N818 - a file is refused, which is no error of the program
    """A file cannot be read: one of :data:`REASONS` and a complete sentence in Chinese and in English."""

    def __init__(self, reason: str, message: str, message_en: str) -> None:
        super().__init__(message)
        if reason not in REASONS:
            raise ValueError(f"not a reason word: {reason}")
        self.reason = reason
        self.message = message
        self.message_en = message_en

    def skipped(self, path: str) -> Skipped:
        """The value the rest of the program sees."""
        return Skipped(path, self.reason, self.message, self.message_en)


def too_large(what_zh: str, what_en: str, limit: int, knob: str) -> Refused:
    """A limit was reached; the sentence names the limit, its value and the setting that changes it."""
    unit_zh, unit_en = _UNITS[knob]
    return Refused(
        "too_large",
        f"{what_zh}超过上限 {limit} {unit_zh}，未读取（可用设置 sources.{knob} 调整）。",
        f"{what_en} exceeds the limit of {limit} {unit_en}; not read (setting sources.{knob}).",
    )


def over_tags(what: str, limit: int) -> Refused:
    """More elements than a document can have; this limit protects the parser and cannot be set."""
    return Refused(
        "too_large",
        f"{what} 的标签数超过上限 {limit} 个，未读取。",
        f"{what} has more than {limit} tags; not read.",
    )


def huge_text(what: str) -> Refused:
    """libxml2 gives up on one text of more than 10 MB; this limit cannot be set either."""
    return Refused(
        "too_large",
        f"{what} 中有超过 10 MB 的连续文字，解析程序无法处理，未读取。",
        f"{what} holds a text of more than 10 MB in one piece, beyond what the parser takes; not read.",
    )


def out_of_memory(limit_mb: int) -> Refused:
    """The worker needed more memory than it may have."""
    return too_large("读取所需内存", "The memory needed", limit_mb, "max_memory_mb")


def damaged(what_zh: str, what_en: str) -> Refused:
    """The container or its parts contradict their own format."""
    return Refused(
        "damaged",
        f"文件已损坏或不完整：{what_zh}。请用原软件打开后另存，再试一次。",
        f"The file is damaged or truncated: {what_en}. Open it in its own program, save it again and retry.",
    )


def unsafe(what_zh: str, what_en: str) -> Refused:
    """The file is built in a way no office program builds one."""
    return Refused(
        "unsafe",
        f"文件结构异常，为安全起见未读取：{what_zh}。",
        f"The file is built in an unsafe way and was not read: {what_en}.",
    )


def empty() -> Refused:
    """No visible character at all."""
    return Refused("empty", "文件是空的，没有可读的文字。", "The file is empty: it holds no readable text.")


def unknown_format(what_zh: str, what_en: str) -> Refused:
    """Readable perhaps by others, but none of the formats of this room."""
    return Refused(
        "unknown_format",
        f"不支持的文件格式：{what_zh}。可读取 docx、doc、wps、rtf、pdf、ofd、html、mht、txt、md 和 zip。",
        f"Unsupported format: {what_en}. Readable: docx, doc, wps, rtf, pdf, ofd, html, mht, txt, md and zip.",
    )


def encrypted(what_zh: str = "文件", what_en: str = "The file") -> Refused:
    """Password protected."""
    return Refused(
        "encrypted",
        f"{what_zh}设有密码，无法读取。请去除密码后再试。",
        f"{what_en} is protected by a password and cannot be read. Remove the password and retry.",
    )


def timed_out(seconds: int) -> Refused:
    """The time limit of one file was used up."""
    return Refused(
        "timeout",
        f"读取超过时限 {seconds} 秒，已放弃（可用设置 sources.max_seconds 调整）。",
        f"Reading took longer than the limit of {seconds} seconds and was given up (setting sources.max_seconds).",
    )
