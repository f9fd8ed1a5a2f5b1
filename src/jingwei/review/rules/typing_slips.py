"""Q4: doubled words, broken phrases and confused characters (notes)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from jingwei.model import Finding
from jingwei.review.gate import found
from jingwei.review.reading import Reading
from jingwei.review.rule_data import page

_TWICE = re.compile(r"(?P<word>[一-鿿]{2})(?P=word)|(?P<char>[一-鿿])(?P=char)")


def check(reading: Reading) -> Iterator[Finding]:
    """Findings Q4. What extraction lost or broke is not a slip."""
    words = page("Q4")
    fine = words.pattern("fine")
    damaged = [
        (d.start, d.end) for d in reading.report.structure.damage if d.code in {"lost_character", "page_break_split"}
    ]
    fine_twice = frozenset(words.words["twice"])
    for match in (
        *found(words.listed("slips"), reading.text),
        *(_doubled(reading.text, fine_twice) if reading.rule_of_law else ()),
    ):
        if "\n" in match.group() or fine.search(reading.text[max(0, match.start() - 2) : match.end() + 4]):
            continue
        raw = reading.raw_range(*match.span())
        if reading.in_title(*match.span()) or any(a < raw[1] and raw[0] < b for a, b in damaged):
            continue
        yield words.finding(reading, "slip", match.span(), shown=match.group()[:30])


def _doubled(text: str, fine: frozenset[str]) -> Iterator[re.Match[str]]:
    """A character or a two-character word typed twice; a pair of pairs (忙忙碌碌) is a word."""
    for match in _TWICE.finditer(text):
        start, end = match.span()
        if (
            text[start - 2 : start - 1] == text[start - 1 : start] != ""
            or text[end : end + 1] == text[end + 1 : end + 2] != ""
        ):
            continue
        if match["word"] or match["char"] not in fine:
            yield match
