"""Terminal columns: a Chinese character takes two, so widths, cuts and wraps are counted in columns."""

from __future__ import annotations

import unicodedata

_NO_LINE_START = "，。、；：？！）》」』】〕”’％%,.;:?!)"


def width_of(text: str) -> int:
    """Columns that ``text`` takes on a terminal."""
    return sum(_columns(c) for c in text)


def _columns(char: str) -> int:
    if unicodedata.combining(char):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" or char in "“”‘’…—·①②③④⑤" else 1


def pad(text: str, columns: int) -> str:
    """``text`` with spaces behind, at least ``columns`` wide."""
    return text + " " * max(0, columns - width_of(text))


def cut(text: str, columns: int) -> str:
    """``text`` in at most ``columns`` columns, with an ellipsis where it was cut."""
    if width_of(text) <= columns:
        return text
    kept, used = [], 0
    for char in text:
        if used + _columns(char) > columns - 2:
            break
        kept.append(char)
        used += _columns(char)
    return "".join(kept) + "…"


def wrap(text: str, columns: int, indent: str = "", first: str | None = None) -> list[str]:
    """Lines of at most ``columns`` columns; no line begins with a closing mark; Latin words stay whole.

    ``first`` is the indent of the first line (default: ``indent``).
    """
    lines: list[str] = []
    line = indent if first is None else first
    used = width_of(line)
    empty = True
    for whole in _tokens(text):
        token, size = whole, width_of(whole)
        if not empty and used + size > columns and not (token in _NO_LINE_START and used + size <= columns + 2):
            lines.append(line.rstrip())
            line, used = indent, width_of(indent)
            token = whole.lstrip()
            size = width_of(token)
        line += token
        used += size
        empty = False
    lines.append(line.rstrip())
    return lines


def _tokens(text: str) -> list[str]:
    tokens: list[str] = []
    word = ""
    for char in text:
        if char.isascii() and not char.isspace():
            word += char
            continue
        if word:
            tokens.append(word)
            word = ""
        tokens.append(char)
    if word:
        tokens.append(word)
    return tokens
