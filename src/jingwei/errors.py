"""Errors a user can cause, each with its exit code.

Anything raised on purpose derives from :class:`JingweiError`; the command line prints its message and exits
with ``exit_code``. A bad *document* is not an error: it is a :class:`jingwei.model.Skipped` value.
"""

from __future__ import annotations

import errno
import os


class JingweiError(Exception):
    """Base of all errors meant for the user; ``str(error)`` is a complete Chinese sentence."""

    exit_code = 5

    def __init__(self, message: str, message_en: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.message_en = message_en or message


class UsageError(JingweiError):
    """Wrong arguments or a named file that does not exist (exit code 2)."""

    exit_code = 2


class SettingsError(JingweiError):
    """An unknown key or a value out of range in the settings (exit code 2)."""

    exit_code = 2


class NothingReadableError(JingweiError):
    """None of the inputs could be read (exit code 3); ``skipped`` holds a :class:`jingwei.model.Skipped` each."""

    exit_code = 3

    def __init__(self, message: str, message_en: str = "", skipped: tuple[object, ...] = ()) -> None:
        super().__init__(message, message_en)
        self.skipped = skipped


class LibraryError(JingweiError):
    """The library is stale, corrupt, locked or full (exit code 4)."""

    exit_code = 4


_OS_REASONS: dict[int, str] = {
    errno.ENOENT: "文件或文件夹不存在",
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.EEXIST: "已有同名文件",
    errno.EISDIR: "这是一个文件夹",
    errno.ENOTDIR: "路径中有一段不是文件夹",
    errno.ENOSPC: "磁盘已满",
    errno.EDQUOT: "超出磁盘配额",
    errno.EROFS: "磁盘是只读的",
    errno.EFBIG: "文件过大",
    errno.ENAMETOOLONG: "文件名过长",
    errno.EINVAL: "文件名或参数无效",
    errno.EMFILE: "同时打开的文件过多",
    errno.ENFILE: "同时打开的文件过多",
    errno.EBUSY: "文件正被占用",
    errno.ELOOP: "链接循环",
    errno.EIO: "磁盘读写出错",
    errno.ENOMEM: "内存不足",
}


def reason_of(error: Exception) -> tuple[str, str]:
    """Why the system or a decoder refused, in Chinese and in English, without its own notation.

    >>> reason_of(FileNotFoundError(errno.ENOENT, "No such file or directory", "a.txt"))[0]
    '文件或文件夹不存在'
    """
    if isinstance(error, OSError):
        if error.errno is None:
            return str(error) or type(error).__name__, str(error) or type(error).__name__
        zh = _OS_REASONS.get(error.errno, f"系统错误 {error.errno}")
        return zh, error.strerror or os.strerror(error.errno)
    if isinstance(error, UnicodeDecodeError):
        return f"不是 {error.encoding} 编码的文本", f"not text in {error.encoding}"
    return str(error), str(error)
