"""R10: wording that a rewriting tool leaves behind: a fixed formula with one word replaced, words no official uses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from jingwei.model import Finding
from jingwei.review.reading import Reading
from jingwei.review.rule_data import page

_BETWEEN = r"[、，和与及]?"
_MIN_WORDS = 4


def check(reading: Reading) -> Iterator[Finding]:
    """Findings R10, notes: the writer may have a reason."""
    words = page("R10")
    for pattern in _washed():
        for match in pattern.finditer(reading.text):
            if not reading.in_title(*match.span()):
                yield words.finding(reading, "washed", match.span(), shown=match.group())
    accepted = words.listed("accepted")
    for head, whole, pattern in _near():
        if head not in reading.text:
            continue
        for match in pattern.finditer(reading.text):
            odd = match["odd"]
            shown = match.group()
            if odd in whole or any(fine in shown for fine in accepted) or odd in "和与及、，":
                continue
            yield words.finding(reading, "near", match.span(), shown=shown, odd=odd)


@lru_cache(maxsize=1)
def _washed() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern) for pattern in page("R10").listed("washed"))


@lru_cache(maxsize=1)
def _near() -> tuple[tuple[str, str, re.Pattern[str]], ...]:
    """For every formula and every word of it: a literal to look for first, the formula, and the pattern with a gap."""
    found = []
    for formula in page("R10").listed("formulas"):
        parts = formula.split()
        if len(parts) < _MIN_WORDS or sum(map(len, parts)) < 2 * _MIN_WORDS:
            continue
        for gap, word in enumerate(parts):
            if len(word) < 2 or gap in {0, len(parts) - 1}:  # at an end the formula may simply begin later
                continue
            pieces = [rf"(?P<odd>[\u4e00-\u9fff]{{{len(word)}}})" if at == gap else re.escape(part) for at, part in enumerate(parts)]
            pattern = _BETWEEN.join(pieces)
            found.append((max((p for i, p in enumerate(parts) if i != gap), key=len), "".join(parts), re.compile(pattern)))
    return tuple(found)
