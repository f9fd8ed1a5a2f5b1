"""Lines of a document with their raw addresses, markdown marks and list dashes set aside."""

from __future__ import annotations

from dataclasses import dataclass

from jingwei.text.lazy import lazy

# Whitespace that may stand at the ends of a line, ideographic and no-break spaces included.
SPACES = " \t\u00a0\u2002\u2003\u2009\u200b\u3000\ufeff\f\v\r"
_MARK = lazy(r"#{1,6}[ \t\u00a0\u3000]*|>[ \t]+|[-*+•·●][ \t\u00a0\u3000]+(?=\S)")


@dataclass(slots=True)
class Line:
    """One line without its surrounding whitespace and marks; ``text`` keeps inner spaces.

    ``marks`` is the length of what was set aside in front, ``hashes`` the markdown level (0: none).
    """

    start: int
    end: int
    text: str
    raw_start: int
    hashes: int = 0
    dash: bool = False
    blank_before: bool = False


def split_lines(text: str) -> list[Line]:
    """Non-empty lines of ``text`` in order; linear time."""
    lines: list[Line] = []
    at = 0
    blank = False
    for raw in text.split("\n"):
        stripped = raw.strip(SPACES)
        if not stripped:
            blank = True
            at += len(raw) + 1
            continue
        start = at + (len(raw) - len(raw.lstrip(SPACES)))
        line = Line(start, start + len(stripped), stripped, start, blank_before=blank)
        if stripped[0] in "#>-*+•·●":
            _set_marks_aside(line)
        if line.text:
            lines.append(line)
        blank = False
        at += len(raw) + 1
    return lines


def _set_marks_aside(line: Line) -> None:
    while (mark := _MARK.match(line.text)) is not None:
        if mark[0][0] == "#":
            line.hashes = mark[0].count("#")
        elif mark[0][0] != ">":
            line.dash = True
        line.start += mark.end()
        line.text = line.text[mark.end() :]
    if line.text.startswith(("**", "__")) and line.text.endswith(("**", "__")) and len(line.text) > 4:
        line.start += 2
        line.end -= 2
        line.text = line.text[2:-2]
