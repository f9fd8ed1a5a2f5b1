"""What every reader of a container returns, and the last steps all of them share."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final, Literal

from msgspec import Struct, field

from jingwei.model import ReadingNote
from jingwei.settings import SourceSettings
from jingwei.sources.radicals import repair_radicals
from jingwei.sources.refusals import empty, too_large

# Controls, soft hyphen, zero-width characters, bidi marks, BOM, non-characters, U+FFFC of embedded objects.
_INVISIBLE: Final = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\ufffc\ufffe\uffff\ud800-\udfff]"
)
_LINE_ENDS: Final = re.compile("[\r\n\x85\u2028\u2029]+")
_SENTENCE_END: Final = re.compile(r"[。！？；][”’』」）》]*")


class Extract(Struct, frozen=True):
    """The paragraphs of one document in reading order, before :func:`compose` makes a text of them."""

    format: str
    paragraphs: Sequence[str]
    notes: tuple[ReadingNote, ...] = ()
    hints: Mapping[str, str] = field(default_factory=dict)
    confidence: Literal["normal", "low"] = "normal"


def compose(extract: Extract, settings: SourceSettings) -> str:
    """One paragraph a line: radicals repaired, invisible characters and blank paragraphs out, giants split.

    Raises:
        Refused: empty, or too_large beyond ``max_chars``.
    """
    lines: list[str] = []
    total = 0
    for paragraph in extract.paragraphs:
        for piece in _LINE_ENDS.split(paragraph):
            line = repair_radicals(_INVISIBLE.sub("", piece)).strip()
            if not line:
                continue
            total += len(line) + 1
            if total > settings.max_chars:
                raise too_large("文字数", "The text", settings.max_chars, "max_chars")
            lines += _split_giant(line, settings.max_paragraph_chars)
    if not lines:
        raise empty()
    text = "\n".join(lines)
    refuse_beyond_report(text, settings)
    return text


def refuse_beyond_report(text: str, settings: SourceSettings) -> None:
    """Refuse a text that no report comes near: it can be read, but judging it would take minutes.

    Raises:
        Refused: too_large beyond ``max_report_chars``.
    """
    if len(text) > settings.max_report_chars:
        raise too_large(
            "单篇文字数（汇编请按篇分开）",
            "The text of one document (split collections)",
            settings.max_report_chars,
            "max_report_chars",
        )


def _split_giant(line: str, limit: int) -> list[str]:
    """A paragraph longer than ``limit`` cut after a sentence, or anywhere if there is none."""
    pieces = []
    while limit and len(line) > limit:
        ends = [m.end() for m in _SENTENCE_END.finditer(line, limit // 2, limit)]
        at = ends[-1] if ends else limit
        pieces.append(line[:at])
        line = line[at:]
    return [*pieces, line]


def hidden_note(hidden: str) -> ReadingNote:
    """Says how much hidden text was left out and how it begins."""
    count = sum(not c.isspace() for c in hidden)
    start = " ".join(hidden.split())[:40]
    return ReadingNote(
        "hidden_text",
        f"文件含隐藏文字 {count} 字，未计入正文，开头为“{start}”。",
        message_en=f"The file holds {count} characters of hidden text, left out; they begin with “{start}”.",
    )
