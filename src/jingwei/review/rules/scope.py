"""R9: a national-scale essay or another genre inside a local annual report."""

from __future__ import annotations

from collections.abc import Iterator

from jingwei.model import Finding
from jingwei.review.gate import found
from jingwei.review.reading import Reading
from jingwei.review.rule_data import page

_BELOW_COUNTY = frozenset({"乡", "镇", "街道"})


def check(reading: Reading) -> Iterator[Finding]:
    """Findings R9, for rule-of-law reports from the county down."""
    level = reading.profile.level
    if level not in page("R9").listed("national_levels") or not reading.rule_of_law:
        return
    yield from _scope(reading, level)
    told: set[int] = set()  # one finding a sentence
    for match in found(page("R9").listed("genre"), reading.text):
        sentence, _ = reading.sentence(match.start())
        if sentence in told:
            continue
        if not reading.is_quoted(*match.span()):
            told.add(sentence)
            yield page("R9").finding(reading, "genre", match.span(), shown=match.group()[:30])


def gated() -> Iterator[str]:
    """What this rule asks the gate for."""
    yield from (*page("R9").listed("national"), *page("R9").listed("genre"))


def _scope(reading: Reading, level: str) -> Iterator[Finding]:
    words = page("R9")
    place = reading.profile.place
    for match in found(words.listed("national"), reading.text):
        if reading.is_quoted(*match.span()) or words.pattern("legit").search(match.group()):
            continue
        if level not in _BELOW_COUNTY and not words.pattern("county").search(match.group()):
            continue
        weak = words.pattern("weak").search(match.group()) is not None
        yield words.finding(
            reading, "national", match.span(), "note" if weak else None, shown=match.group()[:30],
            own=place.name if place else "本单位", level=level,
        )  # fmt: skip
