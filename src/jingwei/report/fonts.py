"""A font that draws Chinese on any machine: the user's, an installed one, or the one that comes as a dependency.

The character map is asked first, so that a picture never shows empty boxes without saying which characters they are.
"""

from __future__ import annotations

import struct
import sys
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Literal

from msgspec import Struct

from jingwei.errors import SettingsError
from jingwei.report.names import show_name
from jingwei.settings import ReportSettings

_MUST_DRAW = "泾渭雷同报告镇县疑似沿用往年0A%①、（）"
SUBSTITUTE = "〓"  # the printers' mark for a missing sort

# Upright sans faces with mainland shapes in their first face. Noto CJK collections are absent on purpose: their
# first face has Japanese shapes; variable files are absent because their default instance is too thin to print.
_INSTALLED = (
    "NotoSansSC-Regular.otf", "NotoSansSC-Regular.ttf", "NotoSansCJKsc-Regular.otf", "SourceHanSansSC-Regular.otf",
    "SourceHanSansCN-Regular.otf", "msyh.ttc", "msyh.ttf", "simhei.ttf", "Deng.ttf", "PingFang.ttc",
    "STHeiti Light.ttc", "Hiragino Sans GB.ttc", "wqy-microhei.ttc", "wqy-zenhei.ttc", "FandolHei-Regular.otf",
    "simsun.ttc",
)  # fmt: skip
_FOLDERS = (
    "/usr/share/fonts", "/usr/local/share/fonts", "~/.local/share/fonts", "~/.fonts",
    "/System/Library/Fonts", "/Library/Fonts", "~/Library/Fonts", "C:/Windows/Fonts",
)  # fmt: skip


class FontChoice(Struct, frozen=True):
    """The font of a picture: ``origin`` says whose it is."""

    path: Path
    origin: Literal["settings", "installed", "package"]

    def undrawable(self, texts: Iterable[str]) -> str:
        """Characters of ``texts`` this font has no glyph for, sorted, each once."""
        known = characters_of(self.path)
        return "".join(sorted({c for text in texts for c in text if ord(c) not in known and c != "\n"}))

    def drawable(self, text: str) -> str:
        """``text`` with every character that cannot be drawn replaced by 〓 (or ?)."""
        known = characters_of(self.path)
        mark = SUBSTITUTE if ord(SUBSTITUTE) in known else "?"
        return "".join(c if ord(c) in known or c == "\n" else mark for c in text)


def find_font(settings: ReportSettings) -> FontChoice:
    """The font to draw with: the one of the settings, else an installed Chinese one, else the packaged one.

    Raises:
        SettingsError: the font of the settings is missing, not a font, or has no Chinese characters.
    """
    if settings.font:
        return FontChoice(_checked(Path(settings.font).expanduser()), "settings")
    for path in _installed_fonts():
        if not _is_variable(path) and _draws_chinese(path):
            return FontChoice(path, "installed")
    return packaged_font()


def packaged_font() -> FontChoice:
    """Noto Sans SC from the data-only dependency: the same on every machine."""
    import pylopdf_fonts_zh_cn

    return FontChoice(Path(pylopdf_fonts_zh_cn.sans_path()), "package")


@lru_cache(maxsize=8)
def characters_of(path: Path) -> frozenset[int]:
    """Code points the font has glyphs for.

    Raises:
        OSError, RuntimeError: not a font.
    """
    from matplotlib.ft2font import FT2Font

    return frozenset(FT2Font(str(path)).get_charmap())


def _checked(path: Path) -> Path:
    name = show_name(str(path))
    if not path.is_file():
        raise SettingsError(f"字体文件 {name} 不存在", f"font file {name} does not exist")
    try:
        draws = all(ord(c) in characters_of(path) for c in _MUST_DRAW[:6])
    except (OSError, RuntimeError) as error:
        raise SettingsError(f"{name} 不是可用的字体文件", f"{name} is not a usable font file") from error
    if not draws:
        raise SettingsError(f"字体 {name} 不含中文字形", f"font {name} has no Chinese glyphs")
    return path


def _draws_chinese(path: Path) -> bool:
    try:
        return all(ord(c) in characters_of(path) for c in _MUST_DRAW)
    except (OSError, RuntimeError):
        return False


@lru_cache(maxsize=1)
def _installed_fonts() -> tuple[Path, ...]:
    """Known Chinese font files present on this machine, best first."""
    found: dict[str, Path] = {}
    for folder in _FOLDERS:
        if folder.startswith("C:") and sys.platform != "win32":
            continue
        root = Path(folder).expanduser()
        if root.is_dir():
            for path in sorted(root.rglob("*")):
                if path.name in _INSTALLED:
                    found.setdefault(path.name, path)
    return tuple(found[name] for name in _INSTALLED if name in found)


def _is_variable(path: Path) -> bool:
    """Whether the file has an ``fvar`` table (OpenType 1.9, table directory), read without a font library."""
    with path.open("rb") as stream:
        head = stream.read(12)
        if head[:4] == b"ttcf":
            stream.seek(struct.unpack(">I", stream.read(4))[0])
            head = stream.read(12)
        if len(head) < 12:
            return False
        (tables,) = struct.unpack(">H", head[4:6])
        return any(stream.read(16)[:4] == b"fvar" for _ in range(tables))
