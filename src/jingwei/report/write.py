"""Writing files so that a reader never meets a half-written one: temporary name beside the target, then rename."""

from __future__ import annotations

import errno
import os
import tempfile
from pathlib import Path

from jingwei.errors import UsageError, reason_of
from jingwei.report.names import show_name


def write_bytes_atomic(path: Path | str, content: bytes) -> None:
    """Put ``content`` at ``path`` in one step, making missing parent folders.

    The old file stays whole until the new one is complete; a failed write leaves no temporary file behind.

    Raises:
        UsageError: the target is a folder, or the place cannot be written to (exit code 2).
    """
    target = Path(path)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        if target.is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(target))
        handle, temporary = tempfile.mkstemp(dir=target.parent, prefix=".jingwei-", suffix=".tmp")
    except OSError as error:
        raise _refusal(target, error) from error
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
        Path(temporary).chmod(_mode_for(target))
        Path(temporary).replace(target)
    except OSError as error:
        Path(temporary).unlink(missing_ok=True)
        raise _refusal(target, error) from error
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def write_text_atomic(path: Path | str, text: str) -> None:
    """Like :func:`write_bytes_atomic`, as UTF-8, newlines unchanged; lone surrogates become U+FFFD."""
    try:
        content = text.encode()
    except UnicodeEncodeError:
        content = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace").encode()
    write_bytes_atomic(path, content)


def _mode_for(target: Path) -> int:
    """Keep the mode of a file that is replaced; a new one gets what the umask allows (mkstemp would give 0600)."""
    if target.exists():
        return target.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


def _refusal(target: Path, error: OSError) -> UsageError:
    name, (zh, en) = show_name(str(target)), reason_of(error)
    return UsageError(f"无法写入 {name}：{zh}", f"cannot write {name}: {en}")
