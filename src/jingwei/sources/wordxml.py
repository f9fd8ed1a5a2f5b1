"""Word documents in one XML file, which office systems make from templates and name .doc.

Both kinds hold what a .docx holds in several parts: the package in one file (``pkg:package``), and Word 2003 XML
(``w:wordDocument``). They are put together as a .docx in memory and read as such.
"""

from __future__ import annotations

import io
import zipfile

from msgspec.structs import replace

from jingwei.settings import SourceSettings
from jingwei.sources.docx import read_docx
from jingwei.sources.extract import Extract
from jingwei.sources.refusals import unsafe
from jingwei.sources.xmltree import Element, attribute, local, parse_xml

_MAX_PARTS = 2000


def read_word_xml(payload: bytes, settings: SourceSettings) -> Extract:
    """Paragraphs of a Word document in one XML file. Cost: twice that of a .docx.

    Raises:
        Refused: as for a .docx.
    """
    root = parse_xml(payload, "Word XML")
    parts = _parts_of_package(root) if local(root) == "package" else _parts_of_document(root)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return replace(read_docx(buffer.getvalue(), settings), format="xml")


def _parts_of_package(root: Element) -> dict[str, bytes]:
    """The XML parts; pictures are in none."""
    parts: dict[str, bytes] = {}
    for part in root:
        content = [child for data in part if local(data) == "xmlData" for child in data]
        name = attribute(part, "name").lstrip("/")
        if local(part) != "part" or len(content) != 1 or not name:
            continue
        if name in parts or len(parts) >= _MAX_PARTS:
            raise unsafe("容器内有重名部件或部件过多", "parts of the same name, or too many")
        parts[name] = _serialised(content[0])
    return parts


def _parts_of_document(root: Element) -> dict[str, bytes]:
    styles = next((child for child in root if local(child) == "styles"), None)
    return {
        "word/document.xml": _serialised(root),
        **({"word/styles.xml": _serialised(styles)} if styles is not None else {}),
    }


def _serialised(element: Element) -> bytes:
    from lxml import etree

    content: bytes = etree.tostring(element, encoding="utf-8", with_tail=False)
    return content
