"""Word 97–2003 (.doc) and Kingsoft Writer (.wps): the text through its piece table.

Deleted and hidden characters are left out by their character properties, field codes by their marks; automatic
numbers are written out; tables come row by row; footnotes, endnotes and text boxes follow the text once.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from jingwei.model import ReadingNote
from jingwei.settings import SourceSettings
from jingwei.sources.doc_binary import Header, Piece, Run, changes_of, read_header, read_pieces, read_runs
from jingwei.sources.doc_lists import DocLists, read_lists
from jingwei.sources.docx import row_lines
from jingwei.sources.extract import Extract, hidden_note
from jingwei.sources.ole import CompoundFile
from jingwei.sources.refusals import Refused, damaged, empty, encrypted, too_large, unknown_format
from jingwei.sources.softbreaks import ends_prose, join_soft_breaks

_MAGICS: Final = frozenset({0xA5EC, 0xA5DC, 0xA697, 0xA698, 0xA699, 0xA59C, 0xA5DB})
_FIRST_WORD97: Final = 105  # lower versions are Word 2 to 95
_ENCRYPTED: Final = 0x100
_CLX, _CHARACTER_BINS, _PARAGRAPH_BINS = 33, 12, 13
_DELETED: Final = 0x0800
_HIDDEN: Final = 0x083C
_IN_TABLE: Final = 0x2416
_ROW_END: Final = 0x2417
_FIELD_BEGIN, _FIELD_SEPARATOR, _FIELD_END = "\x13", "\x14", "\x15"
_PARAGRAPH_MARKS: Final = "\r\x07\x0c"
_REPLACED: Final = {
    "\x0b": "\n",
    "\x1e": "-",
    "\x1f": "",
    "\xa0": " ",
    "\x02": "",
    "\x05": "",
    "\x01": "",
    "\x08": "",
    "\x03": "",
    "\x04": "",
    "\x0e": "\n",
}


@dataclass(slots=True)
class _Text:
    """The characters of the document with, for each, its place in the stream (-1: unknown)."""

    chars: str
    pieces: list[Piece]
    starts: list[int]
    paragraph_runs: list[Run]
    paragraph_starts: list[int]
    dropped: list[bool]
    hidden: list[str] = field(default_factory=list)

    def offset(self, at: int) -> int:
        """Place in the stream of character ``at``."""
        number = bisect_right(self.starts, at) - 1
        if number < 0:
            return -1
        piece = self.pieces[number]
        return piece.offset + (at - piece.first) * piece.width if at < piece.last else -1

    def paragraph_run(self, mark: int) -> Run | None:
        """Properties of the paragraph that ends with the character ``mark``."""
        offset = self.offset(mark)
        number = bisect_right(self.paragraph_starts, offset) - 1
        if number < 0:
            return None
        run = self.paragraph_runs[number]
        return run if run.start <= offset < run.end else None


def read_doc(file: CompoundFile, settings: SourceSettings) -> Extract:
    """Paragraphs of a Word 97–2003 document.

    Raises:
        Refused: unknown_format for Word 6/95, encrypted, damaged, too_large, empty.
    """
    main = file.stream("WordDocument")
    header = read_header(main)
    if int.from_bytes(main[:2], "little") not in _MAGICS or len(main) < 0x200:
        raise damaged("不是 Word 正文数据", "this is no Word text")
    if header.version < _FIRST_WORD97:
        raise unknown_format(
            "Word 6.0/95 或更早的文档，请用 Word 或 WPS 另存为 docx", "Word 6/95 or older; save it as docx"
        )
    if header.flags & _ENCRYPTED:
        raise encrypted()
    table_name = header.table_name if file.has(header.table_name) else ("1Table" if file.has("1Table") else "0Table")
    table = file.stream(table_name)
    text = _text(header, table, main, settings)
    lists = read_lists(header, table)
    paragraphs = [
        line for first, last in _stories(header, len(text.chars)) for line in _story(text, lists, first, last)
    ]
    if not any(p.strip() for p in paragraphs):
        if file.has("Data") and len(file.stream("Data")) > 2000:
            raise Refused(
                "scanned",
                "文件中只有图片，没有文字，可能是扫描件。",
                "The file holds only pictures and no text; it may be a scan.",
            )
        raise empty()
    hidden = "".join(text.hidden)
    notes: tuple[ReadingNote, ...] = (hidden_note(hidden),) if hidden.strip() else ()
    return Extract("doc", paragraphs, notes)


def _stories(header: Header, length: int) -> Iterator[tuple[int, int]]:
    """Text, footnotes, endnotes, text boxes; not headers, macros and comments."""
    at = 0
    for number, count in enumerate(header.counts):
        last = min(at + count, length)
        if number in (0, 1, 5, 6) and last > at:
            yield at, last
        at = last


def _text(header: Header, table: bytes, main: bytes, settings: SourceSettings) -> _Text:
    pieces = read_pieces(header.part(table, _CLX), len(main))
    pieces.sort(key=lambda piece: piece.first)
    if not pieces:
        raise damaged("文本片段表无法读取", "the piece table cannot be read")
    if pieces[-1].last > settings.max_chars * 2:
        raise too_large("文字数", "The text", settings.max_chars, "max_chars")
    chars: list[str] = []
    length = 0
    for piece in pieces:
        if piece.first < length:
            continue  # overlapping pieces: the first one counts
        chars.append(" " * (piece.first - length))
        chars.append(piece.text(main).ljust(piece.last - piece.first)[: piece.last - piece.first])
        length = piece.last
    joined = "".join(chars)
    paragraph_runs = read_runs(header.part(table, _PARAGRAPH_BINS), main, paragraphs=True)
    text = _Text(
        joined,
        pieces,
        [p.first for p in pieces],
        paragraph_runs,
        [r.start for r in paragraph_runs],
        [False] * len(joined),
    )
    _mark_dropped(text, read_runs(header.part(table, _CHARACTER_BINS), main, paragraphs=False))
    return text


def _mark_dropped(text: _Text, runs: list[Run]) -> None:
    """Deleted characters vanish; hidden ones vanish too, but are counted."""
    for run in runs:
        deleted = hidden = False
        for code, operand in changes_of(run.changes):
            if code == _DELETED:
                deleted = bool(operand & 1)
            elif code == _HIDDEN:
                hidden = bool(operand & 1)
        if not (deleted or hidden):
            continue
        for piece in text.pieces:
            first = max(run.start, piece.offset)
            last = min(run.end, piece.offset + (piece.last - piece.first) * piece.width)
            if last <= first:
                continue
            at = piece.first + (first - piece.offset) // piece.width
            end = min(piece.first + (last - piece.offset) // piece.width, len(text.chars))
            for position in range(at, end):
                if deleted or text.chars[position] not in _PARAGRAPH_MARKS:
                    text.dropped[position] = True
            if hidden and not deleted:
                text.hidden.append(text.chars[at:end].translate(dict.fromkeys(range(32))))


def _story(text: _Text, lists: DocLists, first: int, last: int) -> Iterator[str]:
    """Lines of one story; the short cells of a table row share a line."""
    row: list[list[str]] = []
    cell: list[str] = []
    for line, mark in _raw_paragraphs(text, first, last):
        run = text.paragraph_run(mark)
        style, changes = (run.style, run.changes) if run else (0, b"")
        codes = dict(changes_of(changes))
        if codes.get(_ROW_END) or (run is None and not line and text.chars[mark] == "\x07"):
            yield from row_lines([c for c in row if c])
            row, cell = [], []
            continue
        if lists.is_contents(style) and not ends_prose(line):
            continue
        label = lists.label(style, changes) if line.strip() else ""
        lines = [part for part in join_soft_breaks((label + line).split("\n")) if part.strip()]
        if text.chars[mark] == "\x07":
            row.append(cell + lines)
            cell = []
        elif codes.get(_IN_TABLE):
            cell += lines
        else:
            if row or cell:
                yield from row_lines([c for c in [*row, cell] if c])
                row, cell = [], []
            yield from lines
    yield from row_lines([c for c in [*row, cell] if c])


def _raw_paragraphs(text: _Text, first: int, last: int) -> Iterator[tuple[str, int]]:
    """Visible characters of each paragraph and the position of its mark; field codes are left out."""
    pieces: list[str] = []
    fields: list[bool] = []  # for each open field: are we in its code (not its result)?
    for at in range(first, last):
        char = text.chars[at]
        if char == _FIELD_BEGIN:
            fields.append(True)
        elif char == _FIELD_SEPARATOR and fields:
            fields[-1] = False
        elif char == _FIELD_END and fields:
            fields.pop()
        elif text.dropped[at]:
            continue
        elif char in _PARAGRAPH_MARKS:
            if char == "\r" and any(fields):
                continue
            yield "".join(pieces), at
            pieces = []
            if char == "\x07":
                fields.clear()
        elif not any(fields):
            pieces.append(_REPLACED.get(char, char))
    if pieces:
        yield "".join(pieces), last - 1
