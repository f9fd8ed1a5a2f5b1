"""Q1: counts no official would write: 12余次, 300人多人次, 约300余份."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from jingwei.model import Finding
from jingwei.review.gate import Gated, found
from jingwei.review.reading import Reading
from jingwei.review.rule_data import page
from jingwei.text.lazy import lazy

_EXACT_AND_MORE = Gated(
    r"(?P<n>\d(?<![\d.,，]\d)\d*)(?P<wan>万|亿|千|百)?"
    r"(?:余(?=[^\W\d_])|多(?=人|件|起|份|场|次|名|户|家|条|台|项|篇))"
)
_FULL_WIDTH = frozenset("０１２３４５６７８９")
_MIXED_WIDTH = lazy(r"(?:[0-9]+[０-９]|[０-９]+[0-9])[0-9０-９]*")


@cache
def _cases() -> tuple[str, ...]:
    """The cases; no count has more digits, and in a run of 100,000 of them every start would run to the end."""
    words = page("Q1")
    unit = str(words.words["unit"])
    return tuple(case.replace("{unit}", unit).replace(r"\d+", r"\d{1,15}") for case in words.listed("cases"))


def gated() -> Iterator[str]:
    """What this rule asks the gate for."""
    yield from _cases()


def check(reading: Reading) -> Iterator[Finding]:
    """Findings Q1. An exact number with 余 contradicts itself; a round one does not."""
    words = page("Q1")
    for match in _EXACT_AND_MORE.finditer(reading.text):
        digits = match["n"]
        if match["wan"] is None and not digits.endswith("0"):
            where = match.start(), match.end() + 1
            yield words.finding(reading, "format", where, shown=reading.text[where[0] : where[1]])
    raw = reading.report.document.text
    for match in _MIXED_WIDTH.finditer(raw) if reading.holds_any(_FULL_WIDTH) else ():
        if any(a < b for a, b in (reading.from_raw(*match.span()),)):
            yield words.raw_finding(reading, "format", match.span(), shown=match.group())
    for match in found(_cases(), reading.text):
        left, right = reading.clause(match.start())
        average = (
            "." in match.group()
            and match.group()[-1] not in "%％"
            and re.search(r"每|均|率|量|万人|百|千", reading.text[left:right])
        )
        if (
            not reading.in_title(*match.span())
            and not average
            and not words.pattern("exempt").match(reading.text, match.start())
        ):
            yield words.finding(reading, "format", match.span(), shown=match.group())
