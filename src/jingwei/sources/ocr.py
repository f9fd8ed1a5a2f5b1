"""Scanned pages through rapidocr, which ships its models in the wheel and needs no network (extra ``[ocr]``)."""

from __future__ import annotations

from functools import cache
from statistics import median
from typing import Any, Final

from jingwei.sources.page import Glyph, Page
from jingwei.sources.refusals import Refused

_PIXELS_PER_POINT: Final = 2.2  # about 160 dpi: characters of 16 points are 35 pixels high
_MIN_CONFIDENCE: Final = 0.5
_SAME_SIZE_SHARE: Final = 0.3

Box = tuple[float, float, float, float]


@cache
def _engine() -> Any:  # noqa: ANN401 - untyped library
    try:
        from rapidocr import RapidOCR
    except ImportError as error:
        raise Refused(
            "scanned",
            "文件含扫描页，但未安装光学识别组件。请运行 pip install 'jingwei[ocr]'。",
            "The file has scanned pages, but OCR is not installed. Run pip install 'jingwei[ocr]'.",
        ) from error
    import logging

    logging.disable(logging.WARNING)
    return RapidOCR()


def recognise(document: Any, page: Page) -> Page:  # noqa: ANN401
    """``page`` with the characters that OCR finds on its picture, evenly spread over the found lines.

    Cost: one to three seconds a page.

    Raises:
        Refused: scanned, when rapidocr is not installed.
    """
    engine = _engine()
    picture = document[page.number - 1].render(scale=_PIXELS_PER_POINT).to_numpy()[:, :, :3]
    found = engine(picture)
    height = picture.shape[0] / _PIXELS_PER_POINT
    read = Page(page.number, picture.shape[1] / _PIXELS_PER_POINT, height, pictures=page.pictures)
    boxes = found.boxes if found.boxes is not None else ()
    lines: list[tuple[str, Box]] = []
    for corners, text, confidence in zip(boxes, found.txts or (), found.scores or (), strict=True):
        if confidence >= _MIN_CONFIDENCE and text.strip():
            xs = [float(x) / _PIXELS_PER_POINT for x, _ in corners]
            ys = [height - float(y) / _PIXELS_PER_POINT for _, y in corners]
            lines.append((text.strip(), (min(xs), min(ys), max(xs), max(ys))))
    body = median(box[3] - box[1] for _, box in lines) if lines else 0.0
    for text, box in lines:
        high = box[3] - box[1]
        alike = abs(high - body) <= _SAME_SIZE_SHARE * body  # boxes of equal lines differ by some pixels
        read.glyphs += _spread(text, box, max(body if alike else high, 1.0))
    return read


def _spread(text: str, box: Box, size: float) -> list[Glyph]:
    """Characters of one line over its box: OCR tells where lines are, not characters."""
    x0, y0, x1, y1 = box
    widths = [0.5 if char.isascii() else 1.0 for char in text]
    unit = (x1 - x0) / sum(widths)
    glyphs: list[Glyph] = []
    x, spaced = x0, False
    for char, width in zip(text, widths, strict=True):
        if not char.isspace():
            glyphs.append(Glyph(char, x, y0, x + unit * width, y1, size, spaced))
        spaced = char.isspace()
        x += unit * width
    return glyphs
