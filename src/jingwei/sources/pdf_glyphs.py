"""Characters of a PDF page with their boxes, brought upright; nothing else of PDFium is trusted about layout."""

from __future__ import annotations

import ctypes
import itertools
import math
from collections import Counter
from typing import Any, Final

from jingwei.settings import SourceSettings
from jingwei.sources.page import Glyph, Page, Ruling
from jingwei.sources.refusals import too_large

_SPACES: Final = frozenset({0xA0, 0x3000, 0x202F, 0x205F})
_UNMAPPED: Final = frozenset({0, 0xFFFD, 0xFFFE, 0xFFFF})
_SLANT: Final = 0.1  # quarter turns away from upright: a watermark
_DESCENT: Final = 0.12  # of the em box of Chinese fonts
_HYPHEN_CODE: Final = 2  # PDFium marks a hyphen at a line end so


def read_glyphs(text_page: Any, page: Page, settings: SourceSettings) -> int:  # noqa: ANN401 - untyped library
    """Put the visible characters into ``page``, in the order of the file; gives the angle most are written at.

    Characters at other angles than that one, which is in quarter turns, are left out.

    Raises:
        Refused: too_large beyond ``max_chars``.
    """
    from pypdfium2 import raw

    handle = text_page.raw
    count = raw.FPDFText_CountChars(handle)
    if count > settings.max_chars:
        raise too_large("文字数", "The text", settings.max_chars, "max_chars")
    boxes = _Boxes(handle)
    glyphs: list[Glyph] = []
    angles: list[int] = []
    spaced = False
    for at in range(count):
        code = raw.FPDFText_GetUnicode(handle, at)
        if code in _UNMAPPED:
            page.unmapped += 1
            continue
        if (code <= 0x20 and code != _HYPHEN_CODE) or code in _SPACES or 0x2000 <= code <= 0x200F:
            spaced = True
            continue
        if 0xD800 <= code <= 0xDFFF or code > 0x10FFFF:
            continue
        quarter = raw.FPDFText_GetCharAngle(handle, at) / (math.pi / 2)
        box = boxes.of(at, code)
        if box is None or abs(quarter - round(quarter)) > _SLANT:
            continue
        if glyphs and glyphs[-1].x1 == box[2] and glyphs[-1].y0 == box[1]:
            box = (box[2], *box[1:])  # all letters of a ligature have its box
        glyphs.append(Glyph("-" if code == _HYPHEN_CODE else chr(code), *box, spaced))
        angles.append(round(quarter) % 4)
        spaced = False
    main = Counter(angles).most_common(1)[0][0] if angles else 0
    page.glyphs = [glyph for glyph, angle in zip(glyphs, angles, strict=True) if angle == main]
    return main


class _Boxes:
    """Em boxes of characters; the ctypes buffers are made once because a page has thousands of characters."""

    def __init__(self, handle: Any) -> None:  # noqa: ANN401
        from pypdfium2 import raw

        self._raw, self._handle = raw, handle
        self._loose, self._matrix, self._inner = raw.FS_RECTF(), raw.FS_MATRIX(), raw.FS_MATRIX()
        self._edges = [ctypes.c_double() for _ in range(4)]
        self._origin = (ctypes.c_double(), ctypes.c_double())

    def of(self, at: int, code: int) -> tuple[float, float, float, float, float] | None:
        """x0, y0, x1, y1 and size of one character in page coordinates."""
        raw, handle, box = self._raw, self._handle, self._loose
        if not raw.FPDFText_GetLooseCharBox(handle, at, ctypes.byref(box)):
            return None
        x0, y0, x1, y1 = box.left, box.bottom, box.right, box.top
        left, right, bottom, top = self._edges
        raw.FPDFText_GetCharBox(handle, at, *(ctypes.byref(edge) for edge in self._edges))
        size = raw.FPDFText_GetFontSize(handle, at)
        if abs(left.value - x0) + abs(right.value - x1) + abs(bottom.value - y0) + abs(top.value - y1) < 1e-3:
            return self._tight(at, code, size, x1 - x0)
        size = max(y1 - y0 if size <= 0 else min(y1 - y0, 1.6 * self._scaled(at, size)), 1.0)
        return x0, y0, x1, y1, size

    def _scaled(self, at: int, size: float) -> float:
        """Font size on the page; the text matrix often carries the whole scale."""
        if not self._raw.FPDFText_GetMatrix(self._handle, at, ctypes.byref(self._matrix)):
            return size
        return size * max(math.hypot(self._matrix.c, self._matrix.d), 1e-3)

    def _tight(self, at: int, code: int, size: float, width: float) -> tuple[float, float, float, float, float]:
        """Fonts without metrics (Type 3) give only the ink, and that in the coordinates of the form they stand in."""
        raw = self._raw
        x, y = self._origin
        raw.FPDFText_GetCharOrigin(self._handle, at, ctypes.byref(x), ctypes.byref(y))
        size = self._scaled(at, size)
        ox, oy, scale = self._on_page(at, x.value, y.value)
        advance = size if code >= 0x2E80 else max(width * scale, 0.3 * size)
        return ox, oy - _DESCENT * size, ox + advance, oy + (1 - _DESCENT) * size, max(size, 1.0)

    def _on_page(self, at: int, x: float, y: float) -> tuple[float, float, float]:
        """A point of the text object's own coordinates on the page, and the horizontal scale between the two."""
        raw, outer, inner = self._raw, self._matrix, self._inner
        find = getattr(raw, "FPDFText_GetTextObject", None)
        if find is None or not raw.FPDFPageObj_GetMatrix(find(self._handle, at), ctypes.byref(inner)):
            return x, y, 1.0
        determinant = inner.a * inner.d - inner.b * inner.c
        if abs(determinant) < 1e-9:
            return x, y, 1.0
        dx, dy = x - inner.e, y - inner.f
        u = (inner.d * dx - inner.c * dy) / determinant
        v = (inner.a * dy - inner.b * dx) / determinant
        scale = math.hypot(outer.a, outer.b) / max(math.hypot(inner.a, inner.b), 1e-9)
        return outer.a * u + outer.c * v + outer.e, outer.b * u + outer.d * v + outer.f, scale


def turn_upright(page: Page, box: tuple[float, float, float, float], angle: int) -> None:
    """Move the page's origin to 0, 0 and bring text written at a right angle, with its rulings, upright."""
    left, bottom, right, top = box
    wide, high = right - left, top - bottom

    def turned(x0: float, y0: float, x1: float, y1: float) -> tuple[float, float, float, float]:
        x0, x1, y0, y1 = x0 - left, x1 - left, y0 - bottom, y1 - bottom
        if angle == 1:
            return y0, wide - x1, y1, wide - x0
        if angle == 2:
            return wide - x1, high - y1, wide - x0, high - y0
        if angle == 3:
            return high - y1, x0, high - y0, x1
        return x0, y0, x1, y1

    page.glyphs = [Glyph(g.char, *turned(*g[1:5]), g.size, g.spaced) for g in page.glyphs]
    page.rulings = [Ruling(*turned(*ruling)) for ruling in page.rulings]
    page.width, page.height = (high, wide) if angle % 2 else (wide, high)
    if angle % 2 and _runs_backward(page.glyphs):
        page.glyphs = [
            g._replace(x0=page.width - g.x1, x1=page.width - g.x0, y0=page.height - g.y1, y1=page.height - g.y0)
            for g in page.glyphs
        ]
        page.rulings = [
            Ruling(page.width - r.x1, page.height - r.y1, page.width - r.x0, page.height - r.y0) for r in page.rulings
        ]


def _runs_backward(glyphs: list[Glyph]) -> bool:
    """The sign of the angle is not the same in all releases of PDFium; text itself tells the direction."""
    steps = [b.x0 - a.x0 for a, b in itertools.pairwise(glyphs)]
    return sum(step > 0 for step in steps) < sum(step < 0 for step in steps)
