"""The user's own list of place names (``places`` in the settings), beside the division list."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from jingwei.errors import SettingsError, reason_of


@lru_cache(maxsize=4)
def own_places(file: str) -> tuple[str, ...]:
    """Names of the list, one a line, ``#`` for remarks; empty without a file.

    Raises:
        SettingsError: the file cannot be read.
    """
    if not file:
        return ()
    try:
        lines = Path(file).read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        zh, en = reason_of(error)
        raise SettingsError(f"地名表 {file} 无法读取：{zh}", f"cannot read the places file {file}: {en}") from error
    return tuple(line.strip() for line in lines if line.strip() and not line.startswith("#"))
