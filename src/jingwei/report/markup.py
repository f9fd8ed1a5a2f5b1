"""Small pieces of HTML made in Python: pages hold tens of thousands of them, and a template macro costs ten times more.

Everything foreign is escaped here, once; the templates receive markup.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from markupsafe import Markup, escape

from jingwei.model import Excluded, Fact, Finding
from jingwei.report.html_text import Bit, Line, Piece, Side
from jingwei.report.names import show_text
from jingwei.report.palette import KIND_MARKS
from jingwei.report.words import FACT_LABELS, Label, label

_MINDED = re.compile("[&<>\"']")
SEVERITY_CLASSES = {"error": "error", "warning": "warning", "note": "note-s"}


@lru_cache(maxsize=8192)
def both(zh: str, en: str) -> Markup:
    """A text in both languages; the page shows one of them."""
    return _trusted(
        f'<span class="zh" lang="zh-CN">{escape(show_text(zh))}</span><span class="en" lang="en">{escape(show_text(en))}</span>'
    )


def label_markup(shown: Label) -> Markup:
    """A label in both languages."""
    return both(shown.zh, shown.en)


def bits_markup(bits: Iterable[Bit]) -> Markup:
    """Shown text; a name carries the alias that the switch on the page puts in its place."""
    return _trusted("".join(map(_bit, bits)))


def side_markup(side: Side) -> Markup:
    """One of two passages: equal stretches marked, the others boxed."""
    return _trusted(
        "".join(
            f"<mark>{bits_markup(bits)}</mark>" if equal else f'<u class="d">{bits_markup(bits)}</u>'
            for bits, equal in side.parts
        )
    )


def line_markup(line: Line, findings: Sequence[Finding]) -> Markup:
    """The pieces of one line of the report, with the anchors of its findings."""
    return _trusted("".join([_piece(piece, findings) for piece in line.pieces]))


def fact_rows(facts: Iterable[tuple[Fact, Sequence[Bit]]]) -> Markup:
    """The rows of the table of local facts."""
    return _trusted(
        "".join(
            f"<tr><td>{bits_markup(shown)}</td><td>{label_markup(label(FACT_LABELS, fact.type))}</td>"
            f'<td class="n">{fact.strength}</td></tr>'
            for fact, shown in facts
        )
    )


def excluded_items(items: Iterable[tuple[Excluded, Sequence[Bit], Sequence[Bit], Sequence[Bit]]]) -> Markup:
    """What was not counted: each text with its reason in both languages."""
    unit = both("个地方", "places")
    return _trusted(
        "".join(
            f'<div class="item mandated"><p><q>{bits_markup(shown)}</q></p>'
            f'<p><span class="zh">{bits_markup(zh)}</span><span class="en">{bits_markup(en)}</span>'
            f"{'' if item.places is None else f'（{item.places} {unit}）'}</p></div>"
            for item, shown, zh, en in items
        )
    )


def _piece(piece: Piece, findings: Sequence[Finding]) -> str:
    shown = "".join([_bit(b) for b in piece.bits])
    if piece.kind or piece.severity:
        classes = piece.kind + (" mk" if piece.opens else "")
        if piece.severity:
            classes += " " + SEVERITY_CLASSES[piece.severity]
        marks = f' data-r="{piece.reason}"' if piece.reason >= 0 else ""
        if piece.opens:
            marks += f' data-k="{escape(KIND_MARKS[piece.kind])}"'
        if piece.match >= 0:
            marks += f' data-m="{piece.match}"'
        if piece.fact >= 0:
            marks += f' data-f="{piece.fact}"'
        shown = f'<i class="{classes}"{marks}>{shown}</i>'
    for number in reversed(piece.anchors):
        finding = findings[number]
        shown = (
            f'<sup class="f {SEVERITY_CLASSES[finding.severity]}" id="f{number}">{escape(finding.code)}</sup>{shown}'
        )
    return shown


def _bit(bit: Bit) -> str:
    text = _escaped(bit.text)
    return text if bit.alias is None else f'<span class="nm" data-a="{_escaped(bit.alias)}">{text}</span>'


def _escaped(text: str) -> str:
    """Most pieces hold no character that HTML minds; looking is cheaper than making markup of each."""
    return str(escape(text)) if _MINDED.search(text) else text


def _trusted(text: str) -> Markup:
    return Markup(text)  # noqa: S704 - every foreign part was escaped above
