"""Forced line breaks inside a paragraph (Shift+Enter, <br>): paragraphs of their own, or lines of one sentence?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

_ENDS: Final = "。！？；：…”’）》」』.!?;:)"
_STARTS: Final = re.compile(
    r"\s*(?:第?[一二三四五六七八九十百]+[、章节条是要]|[（(][一二三四五六七八九十\d]+[）)]|\d+[.、．）)]|[①-⑳⑴-⒛]|附件?[:：]|[-—•·●■◆])"
)
_FULL_LINE_CHARS: Final = 24
_PROSE_ENDS: Final = "。；！？"


def ends_prose(line: str) -> bool:
    """Does a paragraph end as a sentence does, and not as an entry of a table of contents, with a page number?"""
    return line.rstrip()[-1:] in _PROSE_ENDS


def join_soft_breaks(lines: Sequence[str]) -> list[str]:
    """Paragraphs from the pieces between forced breaks.

    A piece goes on in the next one if it is about a full line long, does not end a sentence, and the next begins
    neither with an indent nor with a number: such breaks come from text that was pasted line by line.
    """
    if len(lines) < 2:
        return list(lines)
    joined: list[str] = []
    for line in lines:
        if joined and _goes_on(joined[-1], line):
            joined[-1] += line
        else:
            joined.append(line)
    return joined


def _goes_on(left: str, right: str) -> bool:
    end = left.rstrip()
    if len(end.rpartition("\n")[2]) < _FULL_LINE_CHARS or end[-1:] in _ENDS or not right.strip():
        return False
    return not right[:1].isspace() and not _STARTS.match(right)
