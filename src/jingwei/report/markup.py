"""The smallest pieces of HTML, made in Python: a page holds thousands, and a template macro costs ten times more.

Everything foreign is escaped here, once; the templates receive markup.
"""

from __future__ import annotations

import re
from functools import lru_cache

from markupsafe import Markup, escape

from jingwei.report.names import show_text
from jingwei.report.words import Label

_MINDED = re.compile("[&<>\"']")
SEVERITY_CLASSES = {"error": "error", "warning": "warning", "note": "note-s"}


@lru_cache(maxsize=8192)
def both(zh: str, en: str) -> Markup:
    """A text in both languages; the page shows one of them."""
    return trusted(
        f'<span class="zh" lang="zh-CN">{escape(show_text(zh))}</span><span class="en" lang="en">{escape(show_text(en))}</span>'
    )


def label_markup(shown: Label) -> Markup:
    """A label in both languages."""
    return both(shown.zh, shown.en)


def name_markup(name: str, alias: str | None) -> Markup:
    """A name with the alias that the switch on the page puts in its place; null: it is no name, or has its alias."""
    return trusted(escaped(name) if alias is None else named(escaped(name), alias))


def named(markup: str, alias: str) -> str:
    """Markup marked as a name. The alias is empty for the later parts of a name that a mark cuts."""
    return f'<span class="nm" data-a="{escaped(alias)}">{markup}</span>'


def visible(text: str) -> str:
    """Foreign text as HTML shows it: controls as visible escapes, nothing that HTML minds."""
    if text.isprintable() and not _MINDED.search(text):  # nearly all of it
        return text
    return escaped(show_text(text))


def is_plain(text: str) -> bool:
    """Whether every part of ``text`` is its own HTML: asked once of a whole text that is then shown in pieces."""
    return visible(text) == text


def escaped(text: str) -> str:
    """Most pieces hold no character that HTML minds; looking is cheaper than making markup of each."""
    return str(escape(text)) if _MINDED.search(text) else text


def trusted(text: str) -> Markup:
    """Text whose every foreign part was escaped, as markup that the templates leave alone."""
    return Markup(text)  # noqa: S704 - the callers escape
