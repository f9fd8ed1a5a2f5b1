"""File names and other foreign strings made safe to show: controls become visible escapes, nothing is dropped."""

from __future__ import annotations

import unicodedata

# Characters that move or hide what stands beside them: a name must not be able to turn its suffix round (U+202E)
# or to look shorter than it is. Category Cc, Cf, Cs, Zl and Zp together hold them all.
_UNSAFE = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})


def show_name(path: str) -> str:
    r"""``path`` as it may be printed: one line, no ANSI codes, no bidi or zero-width controls.

    >>> show_name("年报\x1b[31m.txt")
    '年报\\x1b[31m.txt'
    """
    if path.isprintable():  # nothing of the unsafe categories is printable
        return path
    return "".join(_escape(c) if unicodedata.category(c) in _UNSAFE else c for c in path)


def show_text(text: str) -> str:
    """Report text as it may be shown: newlines and tabs stay, every other control becomes a visible escape.

    One character may become several, so never apply it before cutting by offsets.
    """
    # The spaces of Chinese typing are not printable either, and stand in every second paragraph.
    if text.isprintable() or text.replace("\u3000", "").replace("\n", "").isprintable():
        return text
    return "".join(c if c in "\n\t" or unicodedata.category(c) not in _UNSAFE else _escape(c) for c in text)


def _escape(character: str) -> str:
    code = ord(character)
    if code < 0x100:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
