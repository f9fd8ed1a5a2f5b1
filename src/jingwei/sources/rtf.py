"""Rich Text Format, which Word and WPS also save under the name .doc: the visible text in reading order.

No library on offer knows deleted and hidden text, tables and text boxes, or Chinese bytes cut by control words, and the
grammar is small: groups that inherit properties, control words, bytes in the code page of the font.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Final

from jingwei.settings import SourceSettings
from jingwei.sources.docx import row_lines
from jingwei.sources.extract import Extract, hidden_note
from jingwei.sources.refusals import Refused, empty, too_large, unsafe
from jingwei.sources.rtf_tokens import SIGNS, SKIPPED, STARRED_KEPT, SYMBOLS, CodePages, Token, tokens_of
from jingwei.sources.softbreaks import ends_prose, join_soft_breaks

_MAX_DEPTH: Final = 1000
_TOGGLES: Final = frozenset({"v", "deleted", "webhidden"})


@dataclass(slots=True)
class _Story:
    """Lines of the text, of one note or of one box, under construction."""

    lines: list[str] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)
    boxes: list[str] = field(default_factory=list)
    cells: list[list[str]] = field(default_factory=list)
    cell: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Group:
    """Properties that a group inherits from the one around it."""

    story: _Story
    aim: str = "text"
    font: int = 0
    fallback: int = 1  # characters that stand behind \u for programs without Unicode
    hidden: bool = False
    deleted: bool = False
    fresh: bool = True  # nothing but \* has been read in it
    starred: bool = False


@dataclass(slots=True)
class _Reader:
    """State of one pass over the tokens."""

    pages: CodePages = field(default_factory=CodePages)
    body: _Story = field(default_factory=_Story)
    notes: list[_Story] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    groups: list[_Group] = field(default_factory=list)
    raw: bytearray = field(default_factory=bytearray)
    skip: int = 0
    units: list[int] = field(default_factory=list)
    in_table: bool = False
    style: int = -1
    contents: set[int] = field(default_factory=set)
    entry: int = -1  # number of the font or style that is being defined
    pictures: int = 0


def read_rtf(payload: bytes, settings: SourceSettings) -> Extract:
    """Paragraphs of an RTF file. Cost: about 5 ms for a report.

    Raises:
        Refused: unsafe for deep nesting, too_large, empty, or scanned when it holds nothing but pictures.
    """
    reader = _Reader()
    reader.groups.append(_Group(reader.body))
    limit = 4 * settings.max_chars
    read = 0
    for token in tokens_of(payload):
        _take(reader, token)
        read += len(token.content) if token.kind == "text" and reader.groups[-1].aim == "text" else 0
        if read > limit:
            raise too_large("文字数", "The text", settings.max_chars, "max_chars")
    _flush(reader)
    _end_paragraph(reader, reader.body)
    _end_row(reader.body)
    lines = reader.body.lines + [line for note in reader.notes for line in note.lines]
    if not any(line.strip() for line in lines):
        if reader.pictures:
            raise Refused(
                "scanned",
                f"文件中只有图片（{reader.pictures} 张），没有文字，可能是扫描件。",
                f"The file holds only pictures ({reader.pictures}) and no text; it may be a scan.",
            )
        raise empty()
    hidden = "".join(reader.hidden)
    return Extract("rtf", lines, (hidden_note(hidden),) if hidden.strip() else ())


def _take(reader: _Reader, token: Token) -> None:
    group = reader.groups[-1]
    if token.kind in {"byte", "text"}:
        _take_bytes(reader, group, token)
        return
    if token.kind == "word" and token.content == b"u" and reader.skip == 0:
        _flush_bytes(reader)
        if token.number is not None:
            reader.units.append(token.number & 0xFFFF)
            reader.skip = group.fallback
        return
    if reader.skip and token.kind in {"word", "symbol"}:
        reader.skip -= 1
        return
    _flush(reader)
    reader.skip = 0
    if token.kind == "open":
        if len(reader.groups) > _MAX_DEPTH:
            raise unsafe("嵌套过深", "nested too deeply")
        reader.groups.append(replace(group, fresh=True, starred=False))
    elif token.kind == "close":
        if len(reader.groups) > 1:
            _close(reader, reader.groups.pop())
    elif token.kind == "symbol":
        _take_symbol(reader, group, token.content.decode("latin-1"))
    else:
        _take_word(reader, group, token.content.decode("ascii"), token.number)
        group.fresh = False


def _take_bytes(reader: _Reader, group: _Group, token: Token) -> None:
    content = token.content
    if reader.skip:
        gone = min(reader.skip, len(content))
        reader.skip -= gone
        content = content[gone:]
    if not content:
        return
    _flush_units(reader)
    if group.aim in {"text", "label", "styles"}:
        reader.raw += content
    group.fresh = False


def _take_symbol(reader: _Reader, group: _Group, symbol: str) -> None:
    if symbol == "*" and group.fresh:
        group.starred = True
    elif symbol in "\r\n":
        _end_paragraph(reader, group.story)
    elif symbol in SYMBOLS:
        _put(reader, group, SYMBOLS[symbol])


def _take_word(reader: _Reader, group: _Group, word: str, number: int | None) -> None:
    if group.fresh and group.aim != "skip" and _starts_destination(reader, group, word):
        return
    if group.aim == "skip":
        return
    if word in SIGNS:
        _put(reader, group, SIGNS[word])
    elif word in _TOGGLES:
        on = number is None or number != 0
        group.deleted, group.hidden = (on, group.hidden) if word == "deleted" else (group.deleted, on)
    elif word in _ACTIONS:
        _ACTIONS[word](reader, group, number if number is not None else 0)


def _starts_destination(reader: _Reader, group: _Group, word: str) -> bool:
    """Does the first word of a group say that its content goes elsewhere, or nowhere?"""
    if word in {"pict", "shppict"}:
        reader.pictures += word == "pict"
        group.aim = "skip" if word == "pict" else group.aim
    elif word in {"fonttbl", "stylesheet"}:
        group.aim = "fonts" if word == "fonttbl" else "styles"
    elif word in {"listtext", "pntext"}:
        group.aim, group.story = "label", _Story()
    elif word in {"footnote", "shptxt", "dptxbxtext"}:
        group.story = _Story()
        group.aim = "text"
        if word == "footnote":
            reader.notes.append(group.story)
    elif word in SKIPPED or (group.starred and word not in STARRED_KEPT):
        group.aim = "skip"
    else:
        return False
    return True


def _close(reader: _Reader, group: _Group) -> None:
    outer = reader.groups[-1]
    if group.aim == "skip" or group.story is outer.story:
        return
    if group.aim == "label":
        label = "".join(group.story.pieces).strip()
        if any(char.isalnum() for char in label):  # bullets say nothing
            _put(reader, outer, label + (" " if label[-1:].isascii() and label[-1:].isalnum() else ""))
        return
    _end_paragraph(reader, group.story)
    _end_row(group.story)
    if not any(note is group.story for note in reader.notes):
        outer.story.boxes += group.story.lines


def _put(reader: _Reader, group: _Group, text: str) -> None:
    if group.aim == "styles":
        if text.strip().lower().startswith(("toc ", "目录 ")):
            reader.contents.add(reader.entry)
    elif group.aim not in {"text", "label"} or group.deleted:
        return
    elif group.hidden:
        reader.hidden.append(text)
    else:
        group.story.pieces.append(text)


def _flush(reader: _Reader) -> None:
    _flush_bytes(reader)
    _flush_units(reader)


def _flush_bytes(reader: _Reader) -> None:
    if reader.raw:
        group = reader.groups[-1]
        _put(reader, group, reader.pages.decode(bytes(reader.raw), group.font))
        reader.raw.clear()


def _flush_units(reader: _Reader) -> None:
    if reader.units:
        raw = b"".join(unit.to_bytes(2, "little") for unit in reader.units)
        _put(reader, reader.groups[-1], raw.decode("utf-16-le", "replace"))
        reader.units.clear()


def _end_paragraph(reader: _Reader, story: _Story) -> None:
    text, story.pieces = "".join(story.pieces), []
    boxes, story.boxes = story.boxes, []
    entry = reader.style in reader.contents and not ends_prose(text)
    lines = [] if entry else [line for line in join_soft_breaks(text.split("\n")) if line.strip()]
    if reader.in_table and story is reader.body:
        story.cell += lines + boxes
    else:
        _end_row(story)
        story.lines += lines + boxes


def _end_cell(reader: _Reader, group: _Group, _number: int) -> None:
    story = group.story
    reader.in_table = True
    _end_paragraph(reader, story)
    story.cells.append(story.cell)
    story.cell = []


def _end_row(story: _Story) -> None:
    cells, story.cells, story.cell = [*story.cells, story.cell], [], []
    story.lines += row_lines([cell for cell in cells if cell])


def _row(_reader: _Reader, group: _Group, _number: int) -> None:
    _end_row(group.story)


def _paragraph(reader: _Reader, group: _Group, _number: int) -> None:
    _end_paragraph(reader, group.story)


def _paragraph_defaults(reader: _Reader, _group: _Group, _number: int) -> None:
    reader.in_table, reader.style = False, -1


def _within_table(reader: _Reader, _group: _Group, _number: int) -> None:
    reader.in_table = True


def _character_defaults(_reader: _Reader, group: _Group, _number: int) -> None:
    group.hidden = group.deleted = False


def _style(reader: _Reader, group: _Group, number: int) -> None:
    if group.aim == "styles":
        reader.entry = number
    else:
        reader.style = number


def _font(reader: _Reader, group: _Group, number: int) -> None:
    if group.aim == "fonts":
        reader.entry = number
    else:
        group.font = number


def _charset(reader: _Reader, _group: _Group, number: int) -> None:
    reader.pages.set_font(reader.entry, number)


def _font_page(reader: _Reader, group: _Group, number: int) -> None:
    if group.aim == "fonts":
        reader.pages.set_font(reader.entry, None, number)


def _document_page(reader: _Reader, _group: _Group, number: int) -> None:
    reader.pages.set_document(number)


def _apple(reader: _Reader, _group: _Group, _number: int) -> None:
    reader.pages.set_document(10000)


def _fallback(_reader: _Reader, group: _Group, number: int) -> None:
    group.fallback = max(0, min(number, 100))


_ACTIONS: Final[dict[str, Callable[[_Reader, _Group, int], None]]] = {
    "par": _paragraph, "sect": _paragraph, "cell": _end_cell, "nestcell": _end_cell, "row": _row, "nestrow": _row,
    "pard": _paragraph_defaults, "intbl": _within_table, "plain": _character_defaults, "s": _style, "f": _font,
    "fcharset": _charset, "cpg": _font_page, "ansicpg": _document_page, "mac": _apple, "uc": _fallback,
}  # fmt: skip
