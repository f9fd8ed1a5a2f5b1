"""Rulings and pictures of a PDF page, through nested forms with their own coordinates."""

from __future__ import annotations

import ctypes
from typing import Any, Final

from jingwei.sources.page import Page, Ruling

_MAX_OBJECTS: Final = 20_000
_MAX_FORMS: Final = 6
_THIN_POINTS: Final = 2.2
_MIN_RULING_POINTS: Final = 6.0
_MIN_PICTURE_SHARE: Final = 0.02

Matrix = tuple[float, float, float, float, float, float]
_IDENTITY: Final[Matrix] = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def read_drawings(page: Any, found: Page) -> None:  # noqa: ANN401 - untyped library
    """Add the rulings of ``page`` and the number of its sizeable pictures to ``found``."""
    from pypdfium2 import raw

    budget = _Budget()
    for at in range(raw.FPDFPage_CountObjects(page.raw)):
        _visit(raw.FPDFPage_GetObject(page.raw, at), _IDENTITY, 0, found, budget)
        if budget.left <= 0:
            return


class _Budget:
    """Objects still to be looked at: a map drawn in a million strokes is not read to its end."""

    def __init__(self) -> None:
        self.left = _MAX_OBJECTS


def _visit(item: Any, matrix: Matrix, depth: int, found: Page, budget: _Budget) -> None:  # noqa: ANN401
    from pypdfium2 import raw

    budget.left -= 1
    kind = raw.FPDFPageObj_GetType(item)
    if kind == raw.FPDF_PAGEOBJ_FORM and depth < _MAX_FORMS:
        own = raw.FS_MATRIX()
        if not raw.FPDFPageObj_GetMatrix(item, ctypes.byref(own)):
            return
        inner = _times((own.a, own.b, own.c, own.d, own.e, own.f), matrix)
        for at in range(raw.FPDFFormObj_CountObjects(item)):
            if budget.left <= 0:
                return
            _visit(raw.FPDFFormObj_GetObject(item, at), inner, depth + 1, found, budget)
    elif kind in (raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_SHADING):
        edges = [ctypes.c_float() for _ in range(4)]
        if not raw.FPDFPageObj_GetBounds(item, *(ctypes.byref(edge) for edge in edges)):
            return
        left, bottom, right, top = (edge.value for edge in edges)
        box = _mapped(left, bottom, right, top, matrix)
        if kind == raw.FPDF_PAGEOBJ_PATH:
            found.rulings += _rulings(item, *box)
        else:
            found.pictures += (box[2] - box[0]) * (box[3] - box[1]) > _MIN_PICTURE_SHARE * found.width * found.height


def _times(first: Matrix, second: Matrix) -> Matrix:
    a, b, c, d, e, f = first
    p, q, r, s, t, u = second
    return a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u


def _mapped(x0: float, y0: float, x1: float, y1: float, m: Matrix) -> tuple[float, float, float, float]:
    corners = [(m[0] * x + m[2] * y + m[4], m[1] * x + m[3] * y + m[5]) for x in (x0, x1) for y in (y0, y1)]
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    return min(xs), min(ys), max(xs), max(ys)


def _rulings(path: Any, left: float, bottom: float, right: float, top: float) -> list[Ruling]:  # noqa: ANN401
    """The straight lines a path draws: thin shapes are lines, stroked boxes have four."""
    from pypdfium2 import raw

    wide, high = right - left, top - bottom
    if high <= _THIN_POINTS and wide >= _MIN_RULING_POINTS:
        middle = (bottom + top) / 2
        return [Ruling(left, middle, right, middle)]
    if wide <= _THIN_POINTS and high >= _MIN_RULING_POINTS:
        middle = (left + right) / 2
        return [Ruling(middle, bottom, middle, top)]
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(path, ctypes.byref(fill), ctypes.byref(stroke))
    boxy = 4 <= raw.FPDFPath_CountSegments(path) <= 12
    if not stroke.value or not boxy or wide < _MIN_RULING_POINTS or high < _MIN_RULING_POINTS:
        return []
    return [
        Ruling(left, bottom, right, bottom),
        Ruling(left, top, right, top),
        Ruling(left, bottom, left, top),
        Ruling(right, bottom, right, top),
    ]
