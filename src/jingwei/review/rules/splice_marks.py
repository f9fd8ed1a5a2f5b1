"""Q5: quote style or comma width that changes at a paragraph border (notes only: it proves nothing)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from jingwei.model import Finding
from jingwei.review.reading import Line, Reading
from jingwei.review.rule_data import page

_HALF = re.compile(r"(?<=[\u4e00-\u9fff”）])[,;:](?=[\u4e00-\u9fff“《])")
_FULL_MARKS = 4  # so many full-width marks make one half-width mark odd
_FULL = re.compile(r"[，；：]")
_HALF_BRACKETS = re.compile(r"(?<=[\u4e00-\u9fff”])\([^()\n]{2,30}\)")
_STRAIGHT = re.compile(r'"[^"\n]{1,30}"')
_CURLY = re.compile(r"“[^”\n]{1,40}”")


def check(reading: Reading) -> Iterator[Finding]:
    """Findings Q5: only paragraphs that differ from both neighbours, or a lone mark in a clean text."""
    words = page("Q5")
    paragraphs = [line for line in reading.lines if line.role == "body" and line.end - line.start >= 20]
    widths = [_width(reading, line) for line in paragraphs]
    styles = [_style(reading, line) for line in paragraphs]
    half_all = list(_HALF.finditer(reading.text))
    if len(half_all) == 1 and len(_FULL.findall(reading.text)) >= _FULL_MARKS:
        at = half_all[0].start()
        yield words.finding(reading, "lone", (at, at + 1), shown=reading.text[max(0, at - 6) : at + 7])
    brackets = list(_HALF_BRACKETS.finditer(reading.text))
    if len(brackets) == 1 and "（" in reading.text:
        at = brackets[0].start()
        yield words.finding(reading, "lone", brackets[0].span(), shown=reading.text[max(0, at - 6) : at + 12])
    for case, marks, names in (
        ("commas", widths, {"half": "半角标点", "full": "全角标点"}),
        ("quotes", styles, {"half": '" "', "full": "“ ”"}),
    ):
        known = [(line, mark) for line, mark in zip(paragraphs, marks, strict=True) if mark]
        common = max(("full", "half"), key=lambda kind: sum(mark == kind for _, mark in known))
        odd = [line for line, mark in known if mark != common]
        two = len(known) == 2 and known[0][1] != known[1][1] and case == "quotes"
        if two and all(_quotes(reading, line) >= 2 for line, _ in known):
            common, odd = known[0][1], [known[1][0]]
        elif not (0 < len(odd) <= max(1, len(known) // 4) and len(known) - len(odd) >= 2):
            continue
        other = "half" if common == "full" else "full"
        for line in odd:
            yield words.finding(
                reading, case, (line.start, min(line.end, line.start + 20)), before=names[common], now=names[other]
            )


def _quotes(reading: Reading, line: Line) -> int:
    """How many quotations a paragraph has, of either style."""
    return sum(len(marks.findall(reading.text, line.start, line.end)) for marks in (_STRAIGHT, _CURLY))


def _width(reading: Reading, line: Line) -> str:
    half = len(_HALF.findall(reading.text, line.start, line.end))
    full = len(_FULL.findall(reading.text, line.start, line.end))
    if half >= 2 and full == 0:
        return "half"
    return "full" if full >= 2 and half == 0 else ""


def _style(reading: Reading, line: Line) -> str:
    straight = _STRAIGHT.search(reading.text, line.start, line.end) is not None
    curly = _CURLY.search(reading.text, line.start, line.end) is not None
    return "" if straight == curly else ("half" if straight else "full")
