"""R10: wording that a rewriting tool leaves behind: a fixed formula with one word replaced, words no official uses."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from jingwei.model import Finding
from jingwei.review.gate import found
from jingwei.review.reading import Reading
from jingwei.review.rule_data import page

_BETWEEN = ".?"  # a mark or 和; a class of ideographs would cost more to compile than all the rest
_MIN_WORDS = 4


def check(reading: Reading) -> Iterator[Finding]:
    """Findings R10, notes: the writer may have a reason."""
    words = page("R10")
    for match in found(words.listed("washed"), reading.text):
        if not reading.in_title(*match.span()):
            yield words.finding(reading, "washed", match.span(), shown=match.group())
    accepted = words.listed("accepted")
    for whole, pattern in _near():
        for match in found((pattern,), reading.text):
            odd = match["odd"]
            shown = match.group()
            if odd in whole or any(fine in shown for fine in accepted) or odd in "和与及、，":
                continue
            yield words.finding(reading, "near", match.span(), shown=shown, odd=odd)


@lru_cache(maxsize=1)
def _near() -> tuple[tuple[str, str], ...]:
    """For every formula and every inner word of it: the formula, and a pattern with that word open."""
    gaps = []
    for formula in page("R10").listed("formulas"):
        parts = formula.split()
        if len(parts) < _MIN_WORDS or sum(map(len, parts)) < 2 * _MIN_WORDS:
            continue
        for gap, word in enumerate(parts):
            if len(word) < 2 or gap in {0, len(parts) - 1}:  # at an end the formula may simply begin later
                continue
            pieces = [rf"(?P<odd>[^\W\d_]{{{len(word)}}})" if at == gap else part for at, part in enumerate(parts)]
            pattern = _BETWEEN.join(pieces)
            gaps.append(("".join(parts), pattern))
    return tuple(gaps)
