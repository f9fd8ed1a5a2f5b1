"""Paragraphs from lines: what a page end or a hard line break tore apart is joined again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from jingwei.text.layout import RoledLine
from jingwei.text.numbering import number_of, starts_inline_item

_CLOSED = "。！？!?；;：:…"
_CLOSERS = "”’\"'』」）)】》〉]"
_JOINABLE = ("furniture",)  # only page frames may stand between the halves of a sentence


def group_lines(roled: Sequence[RoledLine]) -> list[list[RoledLine]]:
    """Body lines grouped into paragraphs, in order."""
    width = _wrap_width(roled)
    groups: list[list[RoledLine]] = []
    open_group: list[RoledLine] | None = None
    for r in roled:
        if r.role == "body":
            if open_group is not None and _continues(open_group[-1], r, width):
                open_group.append(r)
            else:
                open_group = [r]
                groups.append(open_group)
        elif r.role not in _JOINABLE:
            open_group = None
    return groups


def _wrap_width(roled: Sequence[RoledLine]) -> int:
    """Line length of a hard-wrapped text, 0 when lines are paragraphs."""
    lengths = [len(r.line.text) for r in roled if r.role == "body"]
    if len(lengths) < 8:
        return 0
    width = max(lengths)
    near = sum(count for length, count in Counter(lengths).items() if length >= width - 4)
    return width if width <= 60 and near * 2 >= len(lengths) else 0


def _continues(before: RoledLine, after: RoledLine, width: int) -> bool:
    if after.line.dash or after.line.hashes:
        return False
    if number_of(after.line.text)[0] and not after.line.text[0].isdigit():
        return False
    indented = after.line.start - after.line.raw_start > 0
    end = before.line.text.rstrip(_CLOSERS)[-1:] or before.line.text[-1:]
    if end in "，,、（(《“":
        return True
    numbered = number_of(after.line.text)[0] > 0
    if numbered or (starts_inline_item(after.line.text) and end in _CLOSED):
        return False
    if end in _CLOSED:
        full = width and len(before.line.text) >= width - 4
        return bool(full) and not after.line.blank_before and not indented
    if before.line.text[-1] in '”"）)》' and not width:
        return len(before.line.text) >= 30 and not indented and after.line.blank_before
    return len(before.line.text) >= 15
