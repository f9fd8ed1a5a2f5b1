"""R9: a national-scale essay or another genre inside a local annual report."""

from __future__ import annotations

from collections.abc import Iterator

from jingwei.model import Finding
from jingwei.review.gate import found
from jingwei.review.place_names import reporter
from jingwei.review.reading import Reading
from jingwei.review.rule_data import one_line, page

_BELOW_COUNTY = frozenset({"乡", "镇", "街道"})
_RANKS = ("national", "genre", "weak")  # the first says it for a sentence that holds several
_SHOWN_CHARS = 30
_Slip = tuple[int, int, str]  # range and case


def check(reading: Reading) -> Iterator[Finding]:
    """Findings R9, one a sentence, for rule-of-law reports from the county down."""
    words, level = page("R9"), reading.profile.level
    if level not in words.listed("national_levels") or not reading.rule_of_law:
        return
    by_sentence: dict[int, list[_Slip]] = {}
    for slip in (*_of_scope(reading, level), *_of_genre(reading)):
        by_sentence.setdefault(reading.sentence(slip[0])[0], []).append(slip)
    for slips in by_sentence.values():
        # The clauses from the first slip of the sentence to the last: half a word is no quotation.
        start = reading.clause(min(slip[0] for slip in slips))[0]
        end = max(slip[1] for slip in slips)
        end = max(end, reading.clause(end - 1)[1])
        while start < end and reading.text[start].isspace():
            start += 1
        case = min((slip[2] for slip in slips), key=_RANKS.index)
        yield words.finding(
            reading, "genre" if case == "genre" else "national", (start, end), "note" if case == "weak" else None,
            shown=one_line(reading.text[start:end], _SHOWN_CHARS), own=reporter(reading), level=level,
        )  # fmt: skip


def gated() -> Iterator[str]:
    """What this rule asks the gate for."""
    yield from (*page("R9").listed("national"), *page("R9").listed("genre"))


def _of_scope(reading: Reading, level: str) -> Iterator[_Slip]:
    words = page("R9")
    for match in found(words.listed("national"), reading.text):
        if reading.is_quoted(*match.span()) or words.pattern("legit").search(match.group()):
            continue
        if level not in _BELOW_COUNTY and not words.pattern("county").search(match.group()):
            continue
        yield (*match.span(), "weak" if words.pattern("weak").search(match.group()) else "national")


def _of_genre(reading: Reading) -> Iterator[_Slip]:
    for match in found(page("R9").listed("genre"), reading.text):
        if not reading.is_quoted(*match.span()):
            yield (*match.span(), "genre")
