"""Q1: counts no official would write: 12余次, 300人多人次, 约300余份."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from jingwei.model import Finding
from jingwei.review.reading import Line, Reading
from jingwei.review.rule_data import page

_EXACT_AND_MORE = re.compile(
    r"(?P<n>\d(?<![\d.,，]\d)\d*)(?P<wan>万|亿|千|百)?"
    r"(?:余(?=[^\W\d_])|多(?=人|件|起|份|场|次|名|户|家|条|台|项|篇))"
)
_FULL_WIDTH = re.compile(r"[０-９]")
_MIXED_WIDTH = re.compile(r"(?:[0-9]+[０-９]|[０-９]+[0-9])[0-9０-９]*")


def _bounded() -> list[str]:
    """The cases; no count has more digits, and in a run of 100,000 of them every start would run to the end."""
    words = page("Q1")
    unit = str(words.words["unit"])
    return [case.replace("{unit}", unit).replace(r"\d+", r"\d{1,15}") for case in words.listed("cases")]


@lru_cache(maxsize=1)
def _cases() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(case) for case in _bounded())


def check(reading: Reading) -> Iterator[Finding]:
    """Findings Q1. An exact number with 余 contradicts itself; a round one does not."""
    words = page("Q1")
    for match in _EXACT_AND_MORE.finditer(reading.text):
        digits = match["n"]
        if match["wan"] is None and not digits.endswith("0"):
            where = match.start(), match.end() + 1
            yield words.finding(reading, "format", where, shown=reading.text[where[0] : where[1]])
    raw = reading.report.document.text
    for match in _MIXED_WIDTH.finditer(raw) if _FULL_WIDTH.search(raw) else ():
        if any(a < b for a, b in (reading.from_raw(*match.span()),)):
            yield words.raw_finding(reading, "format", match.span(), shown=match.group())
    for match in _suspects(reading):
        left, right = reading.clause(match.start())
        average = "." in match.group() and re.search(r"每|均|率|量|万人|百|千", reading.text[left:right])
        if (
            not reading.in_title(*match.span())
            and not average
            and not words.pattern("exempt").match(reading.text, match.start())
        ):
            yield words.finding(reading, "format", match.span(), shown=match.group())


def _suspects(reading: Reading) -> Iterator[re.Match[str]]:
    """Matches of every pattern, which are tried one by one only in the lines where any of them stands."""
    begins, any_case = _any_case()
    lines: dict[int, Line] = {}
    known = 0  # up to here the line of the last match reaches
    for begin in begins.finditer(reading.text):
        at = begin.start()
        if at >= known and any_case.match(reading.text, at):
            line = reading.line_at(at)
            lines[line.start] = line
            known = line.end
    if not lines:
        return
    for pattern in _cases():
        for line in lines.values():
            yield from pattern.finditer(reading.text, line.start, min(len(reading.text), line.end + 1))


@lru_cache(maxsize=1)
def _any_case() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What a case can begin with, and all cases as one pattern, tried only there."""
    words = page("Q1")
    return re.compile(f"[{words.words['first']}]"), re.compile("|".join(_bounded()))
