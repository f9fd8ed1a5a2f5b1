"""OFD (GB/T 33190): text objects of every page with their places, then the same reflow as PDF."""

from __future__ import annotations

import math
import posixpath
from typing import Final

from msgspec import Struct

from jingwei.model import ReadingNote
from jingwei.settings import SourceSettings
from jingwei.sources.archive import Archive
from jingwei.sources.extract import Extract
from jingwei.sources.page import Glyph, Page, Ruling
from jingwei.sources.paged import paragraphs_of_pages
from jingwei.sources.refusals import Refused, damaged, empty, too_large
from jingwei.sources.xmltree import Element, attribute, local, parse_xml

_POINTS_PER_MM: Final = 72 / 25.4
_MIN_PAGE_CHARS: Final = 5
_A4: Final = (0.0, 0.0, 210.0, 297.0)
_MAX_DELTAS: Final = 200_000
_DESCENT: Final = 0.12

Box = tuple[float, float, float, float]
Matrix = tuple[float, float, float, float, float, float]


def read_ofd(payload: bytes, settings: SourceSettings) -> Extract:
    """Paragraphs of an OFD. Cost: about 10 ms a page.

    Raises:
        Refused: damaged, unsafe, too_large, encrypted, empty, or scanned when it has nothing but pictures.
    """
    archive = Archive(payload, settings)
    root = parse_xml(archive.part("OFD.xml"), "OFD.xml")
    pages: list[Page] = []
    for element in root.iter():
        if local(element) == "DocRoot" and element.text:
            _read_document(archive, _resolve("", element.text), pages, settings)
    if not pages:
        raise damaged("没有页面", "there are no pages")
    scans = [page.number for page in pages if len(page.glyphs) < _MIN_PAGE_CHARS and page.pictures]
    if not any(len(page.glyphs) >= _MIN_PAGE_CHARS for page in pages):
        if not scans:
            raise empty()
        raise Refused(
            "scanned",
            f"第 {_numbers(scans)} 页只有图片，没有文字，无法读取。请转成 PDF 后用 jingwei[ocr] 识别。",
            f"Pages {_numbers(scans)} hold only pictures and no text. Convert to PDF and use jingwei[ocr].",
        )
    notes: tuple[ReadingNote, ...] = ()
    if scans:
        notes = (
            ReadingNote(
                "scanned_pages",
                f"第 {_numbers(scans)} 页只有图片，未读取。",
                message_en=f"Pages {_numbers(scans)} hold only pictures and were not read.",
            ),
        )
    return Extract("ofd", paragraphs_of_pages(pages), notes)


def _numbers(numbers: list[int]) -> str:
    return "、".join(map(str, numbers))


def _resolve(folder: str, path: str) -> str:
    """A path inside the container; a leading slash means its root."""
    path = path.strip().replace("\\", "/")
    return posixpath.normpath(path.lstrip("/") if path.startswith("/") else posixpath.join(folder, path))


def _read_document(archive: Archive, path: str, pages: list[Page], settings: SourceSettings) -> None:
    root = parse_xml(archive.part(path), posixpath.basename(path))
    folder = posixpath.dirname(path)
    templates: dict[str, str] = {}
    area: Box | None = None
    listed: list[str] = []
    for element in root.iter():
        name = local(element)
        if name == "TemplatePage":
            templates[attribute(element, "ID")] = _resolve(folder, attribute(element, "BaseLoc"))
        elif name == "PhysicalBox" and area is None:
            area = _box(element.text or "")
        elif name == "Page" and attribute(element, "BaseLoc"):
            listed.append(_resolve(folder, attribute(element, "BaseLoc")))
    if len(pages) + len(listed) > settings.max_pages:
        raise too_large("OFD 页数", "The number of pages", settings.max_pages, "max_pages")
    for location in listed:
        if not archive.has(location):
            continue
        pages.append(_read_page(archive, location, templates, area or _A4, len(pages) + 1))


def _read_page(archive: Archive, path: str, templates: dict[str, str], area: Box, number: int) -> Page:
    root = parse_xml(archive.part(path), posixpath.basename(path))
    own = next((_box(e.text or "") for e in root.iter() if local(e) == "PhysicalBox"), None)
    box = own or area
    page = Page(number, box[2] * _POINTS_PER_MM, box[3] * _POINTS_PER_MM)
    for element in root.iter():
        if local(element) == "Template":
            location = templates.get(attribute(element, "TemplateID"), "")
            if location and archive.has(location):
                _read_content(parse_xml(archive.part(location), posixpath.basename(location)), page, box)
    _read_content(root, page, box)
    return page


def _read_content(root: Element, page: Page, box: Box) -> None:
    for element in root.iter():
        name = local(element)
        if name == "TextObject":
            _read_text(element, page, box)
        elif name == "PathObject":
            page.rulings += _rulings(element, page, box)
        elif name == "ImageObject":
            bounds = _box(attribute(element, "Boundary"))
            if bounds and bounds[2] * bounds[3] > 0.02 * box[2] * box[3]:
                page.pictures += 1


def _read_text(element: Element, page: Page, box: Box) -> None:
    bounds = _box(attribute(element, "Boundary")) or (box[0], box[1], 0.0, 0.0)  # careless writers leave it out
    matrix = _matrix(attribute(element, "CTM"))
    size = _number(attribute(element, "Size"), 3.5)
    scale = _number(attribute(element, "HScale"), 1.0)
    if attribute(element, "Visible").lower() == "false" or abs(math.atan2(matrix[1], matrix[0])) > 0.15:
        return  # invisible, or a slanted watermark
    pen = _Pen(page, (bounds[0] - box[0], bounds[1] - box[1]), matrix, size, size * scale)
    first_x = first_y = 0.0
    for code in element:
        if local(code) != "TextCode" or not code.text:
            continue
        first_x = x = _number(attribute(code, "X"), first_x)  # absent: where the piece before began
        first_y = y = _number(attribute(code, "Y"), first_y)
        across, down = _deltas(attribute(code, "DeltaX")), _deltas(attribute(code, "DeltaY"))
        spaced = False
        for at, char in enumerate(code.text):
            if not char.isspace():
                pen.write(char, x, y, spaced)
            spaced = char.isspace()
            natural = 0.0 if down else pen.wide * (0.5 if char.isascii() else 1.0)
            x += across[at] if at < len(across) else natural
            y += down[at] if at < len(down) else 0.0


class _Pen(Struct, frozen=True):
    """Where a text object stands and how large it writes, in millimetres; writes glyphs in points."""

    page: Page
    corner: tuple[float, float]
    matrix: Matrix
    high: float
    wide: float

    def write(self, char: str, x: float, y: float, spaced: bool) -> None:
        """Put one character with its base line at ``x``, ``y`` of the object."""
        a, b, c, d, e, f = self.matrix
        left = (self.corner[0] + a * x + c * y + e) * _POINTS_PER_MM
        base = self.page.height - (self.corner[1] + b * x + d * y + f) * _POINTS_PER_MM
        high = self.high * max(math.hypot(c, d), 1e-3) * _POINTS_PER_MM
        wide = self.wide * max(math.hypot(a, b), 1e-3) * _POINTS_PER_MM * (0.5 if char.isascii() else 1.0)
        low = base - _DESCENT * high
        self.page.glyphs.append(Glyph(char, left, low, left + wide, low + high, max(high, 1.0), spaced))


def _rulings(element: Element, page: Page, box: Box) -> list[Ruling]:
    """A path whose boundary is thin is a straight line; a rectangle has four."""
    bounds = _box(attribute(element, "Boundary"))
    if bounds is None:
        return []
    left, right = ((bounds[0] - box[0]) * _POINTS_PER_MM, (bounds[0] - box[0] + bounds[2]) * _POINTS_PER_MM)
    top = page.height - (bounds[1] - box[1]) * _POINTS_PER_MM
    bottom = top - bounds[3] * _POINTS_PER_MM
    if top - bottom <= 3 and right - left >= 6:
        return [Ruling(left, (top + bottom) / 2, right, (top + bottom) / 2)]
    if right - left <= 3 and top - bottom >= 6:
        return [Ruling((left + right) / 2, bottom, (left + right) / 2, top)]
    return []


def _deltas(text: str) -> list[float]:
    """Advances; ``g 3 5.0`` stands for three times 5.0."""
    parts = text.split()
    deltas: list[float] = []
    at = 0
    while at < len(parts) and len(deltas) < _MAX_DELTAS:
        if parts[at].lower() == "g" and at + 2 < len(parts):
            count = max(0, min(int(_number(parts[at + 1], 0.0)), _MAX_DELTAS))
            deltas += [_number(parts[at + 2], 0.0)] * count
            at += 3
        else:
            deltas.append(_number(parts[at], 0.0))
            at += 1
    return deltas


def _box(text: str) -> Box | None:
    numbers = [_number(part, math.nan) for part in text.split()]
    if len(numbers) != 4 or any(math.isnan(number) for number in numbers):
        return None
    return numbers[0], numbers[1], numbers[2], numbers[3]


def _matrix(text: str) -> Matrix:
    numbers = [_number(part, math.nan) for part in text.split()]
    if len(numbers) != 6 or any(math.isnan(number) for number in numbers):
        return 1.0, 0.0, 0.0, 1.0, 0.0, 0.0
    return numbers[0], numbers[1], numbers[2], numbers[3], numbers[4], numbers[5]


def _number(text: str, default: float) -> float:
    """A finite number of reasonable size, else ``default``."""
    try:
        value = float(text)
    except ValueError:
        return default
    return value if math.isfinite(value) and abs(value) < 1e6 else default
