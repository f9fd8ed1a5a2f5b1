"""Word and WPS documents (.docx, .docm, new .wps): the visible text in reading order.

A walk over ``document.xml``: text boxes once, insertions kept, deletions dropped, content controls kept, hidden text
counted and left out, automatic numbers written out, table rows in order, notes at the end.
"""

from __future__ import annotations

import posixpath
from dataclasses import dataclass, field
from typing import Final

from jingwei.model import ReadingNote
from jingwei.settings import SourceSettings
from jingwei.sources.archive import Archive
from jingwei.sources.docx_lists import Lists, is_on
from jingwei.sources.docx_package import MAX_CHUNKS, Chunks, main_part, read_lists
from jingwei.sources.extract import Extract, hidden_note
from jingwei.sources.refusals import Refused, damaged, empty, unsafe
from jingwei.sources.softbreaks import ends_prose, join_soft_breaks
from jingwei.sources.xmltree import MAX_DEPTH, Element, attribute, local, parse_xml

_DROPPED: Final = frozenset(
    {
        "del",
        "moveFrom",
        "rPr",
        "pPr",
        "tblPr",
        "tblGrid",
        "trPr",
        "tcPr",
        "sectPr",
        "sdtPr",
        "sdtEndPr",
        "instrText",
        "delText",
        "delInstrText",
        "rt",
        "annotationRef",
        "commentRangeStart",
        "commentRangeEnd",
        "proofErr",
        "Fallback",
        "bookmarkStart",
        "bookmarkEnd",
        "txbxContent",
        "fldData",
        "binData",
        "ctrlPr",
        "rubyPr",
    }
)
_FIELD_CODES: Final = frozenset({"instrText", "delInstrText", "fldSimple", "hyperlink"})
_REMARKS: Final = frozenset({"Word.Deletion", "Word.Comment"})  # of Word 2003 XML
_SIGNS: Final = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_MAX_CELL_CHARS: Final = 60  # longer cells are prose and get lines of their own


@dataclass(slots=True)
class _Walk:
    """State of one walk over a part."""

    lists: Lists
    chunks: Chunks
    hidden: list[str] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)
    pictures: int = 0
    carried: str = ""  # text of a paragraph whose mark was deleted: goes on in the next one


@dataclass(slots=True)
class _Content:
    """What one paragraph holds: pieces of text, and boxes whose paragraphs follow it."""

    pieces: list[str] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)


def read_docx(payload: bytes, settings: SourceSettings, *, within: bool = False) -> Extract:
    """Paragraphs of a .docx; ``within`` another one it may hold no further files. Cost: about 2 ms for a report.

    Raises:
        Refused: damaged, unsafe, too_large, encrypted, empty, or scanned when it holds nothing but pictures.
    """
    archive = Archive(payload, settings)
    main = main_part(archive)
    folder = posixpath.dirname(main)
    root = parse_xml(archive.part(main), posixpath.basename(main))
    body = next((child for child in root if local(child) == "body"), None)
    if body is None:
        raise damaged("没有正文部件", "there is no document body")
    walk = _Walk(read_lists(archive, folder), Chunks(archive, main, settings, allowed=0 if within else MAX_CHUNKS))
    paragraphs = _blocks(body, walk, 0)
    if walk.carried:
        paragraphs.append(walk.carried)
    paragraphs += _notes(archive, folder, walk)
    if not any(p.strip() for p in paragraphs):
        if walk.pictures:
            raise Refused(
                "scanned",
                f"文件中只有图片（{walk.pictures} 张），没有文字，可能是扫描件。",
                f"The file holds only pictures ({walk.pictures}) and no text; it may be a scan.",
            )
        raise empty()
    notes: tuple[ReadingNote, ...] = (hidden_note("".join(walk.hidden)),) if "".join(walk.hidden).strip() else ()
    return Extract("docx", paragraphs, notes)


def _notes(archive: Archive, folder: str, walk: _Walk) -> list[str]:
    """Footnotes and endnotes that the text refers to, in order of reference."""
    lines: list[str] = []
    for kind in ("footnote", "endnote"):
        wanted = [identity for found, identity in walk.notes if found == kind]
        path = posixpath.join(folder, f"{kind}s.xml")
        if not wanted or not archive.has(path):
            continue
        root = parse_xml(archive.part(path), f"{kind}s.xml")
        by_id = {attribute(element, "id"): element for element in root if local(element) == kind}
        for identity in dict.fromkeys(wanted):
            if identity in by_id:
                lines += _blocks(by_id[identity], walk, 1)
    return lines


def _blocks(parent: Element, walk: _Walk, depth: int) -> list[str]:
    """Lines of the block elements below ``parent``, through wrappers of any kind."""
    if depth > MAX_DEPTH:
        raise unsafe("嵌套过深", "nested too deeply")
    lines: list[str] = []
    for child in parent:
        name = local(child)
        if name == "p":
            lines += _paragraph(child, walk, depth)
        elif name == "tbl":
            lines += _table(child, walk, depth)
        elif name == "altChunk":
            lines += walk.chunks.paragraphs(attribute(child, "id"))
        elif name == "sdt" and _is_contents(child):
            continue
        elif name == "AlternateContent":
            chosen = _chosen(child)
            if chosen is not None:
                lines += _blocks(chosen, walk, depth + 1)
        elif name == "annotation" and attribute(child, "type") in _REMARKS:
            continue
        elif name and name not in _DROPPED:
            lines += _blocks(child, walk, depth + 1)
    return lines


def _is_contents(control: Element) -> bool:
    """A table of contents: the control says so, and nobody has written sentences over the field."""
    for properties in control:
        if local(properties) == "sdtPr":
            named = any(
                local(e) == "docPartGallery" and attribute(e, "val") == "Table of Contents" for e in properties.iter()
            )
            written_over = not any(local(e) in _FIELD_CODES for e in control.iter()) and any(
                local(e) == "t" and ends_prose(e.text or "") for e in control.iter()
            )
            return named and not written_over
    return False


def _chosen(alternatives: Element) -> Element | None:
    """Of several renderings of one thing the first that says something: a text box must not be read twice."""
    for child in alternatives:
        if any(local(e) == "t" and e.text for e in child.iter()):
            return child
    return next(iter(alternatives), None)


def _paragraph(element: Element, walk: _Walk, depth: int) -> list[str]:
    properties = next((child for child in element if local(child) == "pPr"), None)
    style = _style_of(properties)
    content = _Content()
    _inline(element, walk, content, walk.lists.is_hidden(style), depth)
    text = "".join(content.pieces)
    if style and walk.lists.is_contents(style) and not ends_prose(text):
        return []
    label = walk.lists.label(properties) if text.strip() or content.boxes else ""
    text = walk.carried + label + text
    walk.carried = ""
    box_lines = [line for box in content.boxes for line in _blocks(box, walk, depth + 1)]
    if _mark_deleted(properties):
        walk.carried = text
        return box_lines
    return [*join_soft_breaks(text.split("\n")), *box_lines]


def _style_of(properties: Element | None) -> str:
    if properties is not None:
        for child in properties:
            if local(child) == "pStyle":
                return attribute(child, "val")
    return ""


def _mark_deleted(properties: Element | None) -> bool:
    if properties is None:
        return False
    return any(local(child) == "rPr" and any(local(e) in {"del", "moveFrom"} for e in child) for child in properties)


def _inline(parent: Element, walk: _Walk, content: _Content, hidden: bool, depth: int) -> None:
    """Text of the runs below ``parent`` and the text boxes in it, into ``content``."""
    if depth > MAX_DEPTH:
        raise unsafe("嵌套过深", "nested too deeply")
    for child in parent:
        name = local(child)
        if name == "t":
            (walk.hidden if hidden else content.pieces).append(child.text or "")
        elif name == "r":
            _inline(child, walk, content, _run_hidden(child, walk, hidden), depth + 1)
        elif name in _SIGNS:
            page_break = attribute(child, "type") in {"page", "column"}
            content.pieces.append("" if page_break else _SIGNS[name])
        elif name in {"footnoteReference", "endnoteReference"}:
            walk.notes.append((name.removesuffix("Reference"), attribute(child, "id")))
        elif name == "AlternateContent":
            chosen = _chosen(child)
            if chosen is not None:
                _inline(chosen, walk, content, hidden, depth + 1)
        elif name == "annotation" and attribute(child, "type") in _REMARKS:
            continue
        elif name in {"txbxContent", "p", "tbl"}:
            content.boxes.append(child if name == "txbxContent" else _wrapped(child))
        elif name and name not in _DROPPED:
            walk.pictures += name in {"blip", "imagedata"}
            _inline(child, walk, content, hidden, depth + 1)


def _wrapped(block: Element) -> Element:
    """A block inside a run, seen as the content of a box."""
    from lxml import etree

    box = etree.Element("box")
    box.append(block)
    return box


def _run_hidden(run: Element, walk: _Walk, inherited: bool) -> bool:
    for properties in run:
        if local(properties) != "rPr":
            continue
        hidden = inherited
        for child in properties:
            if local(child) == "rStyle" and walk.lists.is_hidden(attribute(child, "val")):
                hidden = True
            elif local(child) == "vanish":
                hidden = is_on(child)
        return hidden
    return inherited


def _table(table: Element, walk: _Walk, depth: int) -> list[str]:
    """Row by row; the short cells of a row share a line, cells of prose get lines of their own."""
    lines: list[str] = []
    for row in _children(table, "tr", depth):
        if any(local(p) == "trPr" and any(local(e) == "del" for e in p) for p in row):
            continue
        cells = [
            [line for line in _blocks(cell, walk, depth + 2) if line.strip()] for cell in _children(row, "tc", depth)
        ]
        lines += row_lines([cell for cell in cells if cell])
    return lines


def row_lines(cells: list[list[str]]) -> list[str]:
    """Lines of one table row from the lines of its filled cells."""
    flat = [line for cell in cells for line in cell]
    if all(len(cell) == 1 for cell in cells) and all(len(line) <= _MAX_CELL_CHARS for line in flat):
        return ["\t".join(line.strip() for line in flat)] if flat else []
    return flat


def _children(parent: Element, wanted: str, depth: int) -> list[Element]:
    """Rows or cells, through content controls and tracked changes."""
    if depth > MAX_DEPTH:
        raise unsafe("嵌套过深", "nested too deeply")
    found: list[Element] = []
    for child in parent:
        name = local(child)
        if name == wanted:
            found.append(child)
        elif name in {"sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag"}:
            found += _children(child, wanted, depth + 1)
    return found
