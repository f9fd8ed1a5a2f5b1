"""PDF with a text layer: character boxes from PDFium, reflowed by this room; pages without text are called scans."""

from __future__ import annotations

from typing import Any, Final

from jingwei.model import ReadingNote
from jingwei.settings import SourceSettings
from jingwei.sources.extract import Extract
from jingwei.sources.page import Page
from jingwei.sources.paged import paragraphs_of_pages
from jingwei.sources.pdf_drawings import read_drawings
from jingwei.sources.pdf_fonts import use_packaged_fonts
from jingwei.sources.pdf_glyphs import read_glyphs, turn_upright
from jingwei.sources.refusals import Refused, damaged, empty, encrypted, too_large

_MIN_PAGE_CHARS: Final = 5
_PASSWORD_ERROR: Final = 4


def read_pdf(payload: bytes, settings: SourceSettings) -> Extract:
    """Paragraphs of a PDF. Cost: 10–30 ms a page.

    Raises:
        Refused: encrypted, damaged, too_large, empty, or scanned when no page has text and OCR is off.
    """
    import pypdfium2

    use_packaged_fonts()
    try:
        document = pypdfium2.PdfDocument(payload)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) == _PASSWORD_ERROR or "password" in str(error).lower():
            raise encrypted("PDF 文件", "The PDF") from error
        raise damaged("PDF 无法打开", "the PDF cannot be opened") from error
    try:
        count = len(document)
        if count > settings.max_pages:
            raise too_large("PDF 页数", "The number of pages", settings.max_pages, "max_pages")
        if not count:
            raise empty()
        pages = [_page(document, at, settings) for at in range(count)]
        return _extract(document, pages, settings)
    finally:
        document.close()


def _extract(document: Any, pages: list[Page], settings: SourceSettings) -> Extract:  # noqa: ANN401
    scans = [p.number for p in pages if _is_scan(p)]
    if not scans:
        return Extract("pdf", paragraphs_of_pages(pages))
    if settings.ocr:
        from jingwei.sources.ocr import recognise

        for number in scans:
            pages[number - 1] = recognise(document, pages[number - 1])
        note = ReadingNote(
            "ocr",
            f"第 {page_list(scans)} 页为扫描页，文字由光学识别得到，可能有误。",
            message_en=f"Pages {page_list(scans)} are scans; their text comes from OCR and may be wrong.",
        )
        return Extract("pdf", paragraphs_of_pages(pages), (note,), confidence="low")
    hint_zh = "安装 jingwei[ocr] 并加 --set sources.ocr=true 可识别"
    hint_en = "install jingwei[ocr] and use --set sources.ocr=true to read them"
    if sum(len(p.glyphs) for p in pages if p.number not in scans) < _MIN_PAGE_CHARS:
        raise Refused(
            "scanned",
            f"第 {page_list(scans)} 页没有可用的文字层（扫描图片，或字体无法解码），无法读取；{hint_zh}。",
            f"Pages {page_list(scans)} have no usable text layer (scans, or fonts that cannot be decoded); {hint_en}.",
        )
    note = ReadingNote(
        "scanned_pages",
        f"第 {page_list(scans)} 页没有可用的文字层（扫描图片，或字体无法解码），未读取；{hint_zh}。",
        message_en=f"Pages {page_list(scans)} have no usable text layer (scans, or fonts that cannot be decoded) and were not read; {hint_en}.",
    )
    return Extract("pdf", paragraphs_of_pages(pages), (note,))


def _is_scan(page: Page) -> bool:
    """Nothing readable, but a picture, or characters whose font does not say what they are."""
    return len(page.glyphs) < _MIN_PAGE_CHARS and (page.pictures > 0 or page.unmapped >= _MIN_PAGE_CHARS)


def page_list(numbers: list[int]) -> str:
    """Page numbers for a sentence, runs shortened: 1–3、5."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and runs[-1][-1] == number - 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return "、".join(str(r[0]) if len(r) == 1 else f"{r[0]}–{r[-1]}" for r in runs)


def _page(document: Any, at: int, settings: SourceSettings) -> Page:  # noqa: ANN401
    import pypdfium2

    try:
        page = document[at]
    except pypdfium2.PdfiumError:
        return Page(at + 1, 595.0, 842.0)
    try:
        found = Page(at + 1, page.get_width(), page.get_height())
        read_drawings(page, found)
        try:
            text = page.get_textpage()
        except pypdfium2.PdfiumError:
            return found
        try:
            angle = read_glyphs(text, found, settings)
        finally:
            text.close()
        turn_upright(found, page.get_mediabox(), angle)
        return found
    finally:
        page.close()
