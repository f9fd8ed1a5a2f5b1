"""Which role each line has: furniture, title, salutation, heading, body, signature, date, attachment."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from jingwei.model import BlockRole
from jingwei.text.chrome import is_chrome, is_page_frame, is_red_head, running_heads
from jingwei.text.headings import heading_level, is_attachment, is_date, is_issuer, is_salutation, is_title
from jingwei.text.lazy import lazy
from jingwei.text.lines import Line
from jingwei.text.numbering import number_of

MIN_OPEN_CHARS = 16  # a line without a full stop but with a comma is running text from this length on
_GENRE = lazy(r"法治|依法|法制|工作报告|年度|工作总结|公开")


@dataclass(slots=True)
class RoledLine:
    """A line with its role; ``chrome`` tells web chrome from other furniture."""

    line: Line
    role: BlockRole
    level: int = 0
    chrome: bool = False


def assign_roles(lines: Sequence[Line]) -> list[RoledLine]:
    """Role of every line of a document, in order. Linear in the number of lines."""
    heads = running_heads(lines)
    roled = [_frame(line, heads) for line in lines]
    first = next((i for i, r in enumerate(roled) if r.role == "body" and _opens_body(r.line)), len(roled))
    backward = range(len(roled) - 1, -1, -1)
    last = next((i for i in backward if roled[i].role == "body" and _is_running_text(roled[i].line.text)), -1)
    if last < 0 and first == len(roled):
        first, last = 0, len(roled) - 1
    _assign_head(roled, first)
    _assign_tail(roled, last)
    for r in roled[first : last + 1]:
        if r.role == "body":
            _assign_middle(r)
    return roled


def _frame(line: Line, heads: frozenset[str]) -> RoledLine:
    if is_chrome(line.text):
        return RoledLine(line, "furniture", chrome=True)
    if is_page_frame(line.text) or is_red_head(line.text):
        return RoledLine(line, "furniture")
    if line.text in heads and not number_of(line.text)[0]:
        return RoledLine(line, "furniture")
    return RoledLine(line, "body")


def _is_running_text(text: str) -> bool:
    return "。" in text or "；" in text or (len(text) >= MIN_OPEN_CHARS and ("，" in text or "," in text))


def _opens_body(line: Line) -> bool:
    if is_title(line.text) and len(line.text) <= 60:
        return False
    level, number_chars, _ = number_of(line.text)
    if level in (1, 2) and len(line.text) > number_chars + 1 and len(line.text) <= 60:
        return True
    return _is_running_text(line.text) and not is_salutation(line.text)


def _assign_head(roled: list[RoledLine], first: int) -> None:
    head = [i for i in range(first) if roled[i].role == "body"]
    titles = [i for i in head if is_title(roled[i].line.text)]
    title = max(titles, key=lambda i: (_title_weight(roled[i].line.text), -i), default=None)
    for i in head:
        r = roled[i]
        if i == title:
            r.role = "title"
        elif is_salutation(r.line.text):
            r.role = "salutation"
        elif is_attachment(r.line.text):
            r.role = "attachment"
        elif title is not None and i > title and not _is_head_note(r.line.text):
            level = heading_level(r.line.text, r.line.hashes, alone=True)
            r.role, r.level = ("heading", level) if level else ("furniture", 0)
        else:
            r.role = "furniture"
    if title is not None:
        _widen_title(roled, title)


def _title_weight(text: str) -> int:
    return 2 * bool(_GENRE.search(text)) + bool(re.search(r"(?:19|20)\d\s*\d", text))


def _is_head_note(text: str) -> bool:
    return (
        is_issuer(text)
        or is_date(text)
        or text.startswith(("—", "（", "(", "-", "–"))
        or "市长" in text
        or "会议" in text
    )


def _widen_title(roled: list[RoledLine], title: int) -> None:
    """Titles broken over lines: an issuer line or an open 关于… line directly above belongs to it."""
    at = title - 1
    while at >= 0 and title - at <= 2 and roled[at].role == "furniture" and not roled[at].chrome:
        text = roled[at].line.text
        opens = "关于" in text and not is_title(text)
        if not (opens or is_issuer(text)) or is_red_head(text):
            break
        roled[at].role = "title"
        at -= 1


def _assign_tail(roled: list[RoledLine], last: int) -> None:
    attached = False
    before = roled[last].role if last >= 0 else "body"
    for r in roled[last + 1 :]:
        headed, before = before == "heading", r.role
        if r.role != "body":
            continue
        text = r.line.text
        if is_attachment(text):
            attached = True
        level = heading_level(text, r.line.hashes, alone=True) if number_of(text)[0] else 0
        if attached and not is_date(text) and not is_issuer(text):
            r.role = "attachment"
        elif is_date(text):
            r.role = "date"
        elif is_issuer(text):
            r.role = "signature"
        elif level:
            r.role, r.level = "heading", level
        elif len(text) < 25 and not headed:
            r.role = "signature"
        before = r.role


def _assign_middle(r: RoledLine) -> None:
    text = r.line.text
    if is_salutation(text):
        r.role = "salutation"
    elif is_date(text):
        r.role = "date"
    else:
        level = heading_level(text, r.line.hashes, alone=True)
        if level:
            r.role, r.level = "heading", level
