"""Fonts for PDFs that name a Chinese font without embedding it.

On a bare Linux machine PDFium finds no glyphs for such fonts, measures single characters as having no width, and drops
them from the text: 〔2024〕3号 loses its bracket and 号. The font package that our pictures need anyway fills the gap.
"""

from __future__ import annotations

import ctypes
import importlib.util
import os
import sys
from functools import cache
from pathlib import Path
from typing import Final

_SYSTEM_FOLDERS: Final = (  # those PDFium looks into by itself; naming own folders replaces them
    "/usr/share/fonts",
    "/usr/share/X11/fonts/Type1",
    "/usr/share/X11/fonts/TTF",
    "/usr/local/share/fonts",
)
_PACKAGE: Final = "pylopdf_fonts_zh_cn"
_kept: Final[list[object]] = []  # PDFium keeps a pointer to the names


@cache
def use_packaged_fonts() -> bool:
    """Start PDFium again with the packaged fonts among its own; call before the first document is opened.

    Returns whether they are in use: elsewhere than on Linux the system has Chinese fonts. Cost: 0.1 ms.
    """
    spec = importlib.util.find_spec(_PACKAGE) if sys.platform == "linux" else None
    if spec is None or spec.origin is None:
        return False
    from pypdfium2 import raw

    folders = [*_SYSTEM_FOLDERS, str(Path(spec.origin).parent)]
    names = (ctypes.c_char_p * (len(folders) + 1))(*(os.fsencode(folder) for folder in folders), None)
    _kept.append(names)
    config = raw.FPDF_LIBRARY_CONFIG()
    config.version = 2
    config.m_pUserFontPaths = ctypes.cast(names, type(config.m_pUserFontPaths))
    raw.FPDF_DestroyLibrary()
    raw.FPDF_InitLibraryWithConfig(ctypes.byref(config))
    return True
