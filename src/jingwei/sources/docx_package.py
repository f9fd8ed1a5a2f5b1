"""The parts of a .docx around its main part: where it is, styles and lists, and files put in whole (``altChunk``)."""

from __future__ import annotations

import posixpath
from typing import Final

from jingwei.settings import SourceSettings
from jingwei.sources.archive import Archive
from jingwei.sources.docx_lists import Lists, read_numbering, read_styles
from jingwei.sources.refusals import Refused, unsafe
from jingwei.sources.xmltree import attribute, parse_xml

MAX_CHUNKS: Final = 200  # files put in whole that one document may hold


def main_part(archive: Archive) -> str:
    """Name of the part with the body, as the package says, else as Word calls it."""
    if archive.has("_rels/.rels"):
        for element in parse_xml(archive.part("_rels/.rels"), ".rels"):
            if attribute(element, "Type").endswith("/officeDocument"):
                target = posixpath.normpath(attribute(element, "Target").lstrip("/"))
                if archive.has(target):
                    return target
    return "word/document.xml"


def read_lists(archive: Archive, folder: str) -> Lists:
    """Styles and numbering; a damaged part of these costs numbers, not the text."""
    lists = Lists()
    for name, read in (("styles.xml", read_styles), ("numbering.xml", read_numbering)):
        path = posixpath.join(folder, name)
        if archive.has(path):
            try:
                read(lists, parse_xml(archive.part(path), name))
            except Refused as refusal:
                if refusal.reason == "unsafe":
                    raise
    return lists


class Chunks:
    """Files that stand for a piece of the text, as web systems put a whole page into an empty .docx."""

    def __init__(self, archive: Archive, main: str, settings: SourceSettings, allowed: int) -> None:
        self._archive, self._settings, self._folder = archive, settings, posixpath.dirname(main)
        self._left = allowed
        self._relations = posixpath.join(self._folder, "_rels", posixpath.basename(main) + ".rels")

    def paragraphs(self, identity: str) -> list[str]:
        """Paragraphs of the file that relation ``identity`` points to.

        Raises:
            Refused: what the file itself is refused for, but for emptiness; unsafe for files within files within files.
        """
        from jingwei.sources.docx import read_docx
        from jingwei.sources.parsing import parse
        from jingwei.sources.plaintext import decode
        from jingwei.sources.sniffing import kind_of

        self._left -= 1
        if self._left < 0:
            raise unsafe("嵌入的文档过多", "too many documents are put into the document")
        if not self._archive.has(self._relations):
            return []
        for element in parse_xml(self._archive.part(self._relations), "document.xml.rels"):
            if attribute(element, "Id") != identity or attribute(element, "TargetMode") == "External":
                continue
            target = attribute(element, "Target")
            path = target if target.startswith("/") else posixpath.normpath(posixpath.join(self._folder, target))
            if not self._archive.has(path):
                return []
            payload = self._archive.part(path)
            try:
                kind = kind_of(payload)
                if kind == "docx":
                    return list(read_docx(payload, self._settings, within=True).paragraphs)
                if kind == "zip":
                    raise unsafe("文档中嵌有压缩包", "an archive is put into the document")
                if kind == "text":
                    return decode(payload, "", self._settings.max_chars)[0].split("\n")
                return list(parse(payload, kind, self._settings).paragraphs)
            except Refused as refusal:
                if refusal.reason != "empty":
                    raise
        return []
