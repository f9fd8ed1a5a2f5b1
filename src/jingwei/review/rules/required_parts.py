"""S1: the parts that Article 25 of the 督察工作规定 requires, recognised under any outline."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from jingwei.model import Finding
from jingwei.review.reading import Line, Reading
from jingwei.review.rule_data import Page, page

_SINCE_YEAR = 2018  # the 规定 is of April 2019: reports for 2018 were the first it could ask for
_LEADER_CHARS = 60  # a leader part shorter than this is one sentence in passing
_RESULT_CHARS = 80
_MIN_BODY_CHARS = 320  # an excerpt is not judged for completeness
_PARTS_OF_A_WHOLE = 2  # a title and headings of two parts: however short, that is no excerpt


def check(reading: Reading) -> Iterator[Finding]:
    """Findings S1; only for the genre the article governs, and only for a text long enough to be a whole report."""
    body = [line for line in reading.lines if line.role in {"body", "run_in"}]
    if not reading.rule_of_law or (reading.year is not None and reading.year < _SINCE_YEAR):
        return
    parts = {line.part for line in reading.lines if line.role in {"heading", "run_in"} and line.part}
    short = sum(line.end - line.start for line in body) < _MIN_BODY_CHARS
    if short and (len(parts) < _PARTS_OF_A_WHOLE or not reading.title):
        return
    words = page("S1")
    results = sum(line.end - line.start for line in body if line.part not in {2, 4, 5})
    if results < _RESULT_CHARS:
        yield _missing(reading, words, 1)
    heads = [reading.text[h.start : h.end] for h in reading.lines if h.role in {"heading", "run_in"}]
    # A heading has one part; one that names two (存在问题及2024年安排) is asked for the other by its words.
    headed = {part: part in parts or any(words.pattern(f"headed_{part}").search(h) for h in heads) for part in (2, 3)}
    yield from _shortcomings(reading, words, body, headed[2])
    yield from _leaders(reading, words, body, headed[3])
    yield from _plan(reading, words, body, 4 in parts)


def _missing(
    reading: Reading, words: Page, number: int, case: str = "missing", where: tuple[int, int] | None = None
) -> Finding:
    what, what_en, ask, ask_en = words.words["parts"][str(number)]
    article = words.words["article"]
    return words.finding(
        reading, case, where, number=number, what=what, what_en=what_en, ask=ask, ask_en=ask_en, article=article
    )


def _shortcomings(reading: Reading, words: Page, body: Sequence[Line], headed: bool) -> Iterator[Finding]:
    told = words.pattern("part_2")
    lines = [line for line in body if line.part == 2]
    if not lines and headed:  # one heading for problems and plans: 存在问题及2024年安排
        lines = [line for line in body if line.part == 4]
    if not lines:  # topic outlines tell the shortcomings inside a paragraph
        lines = [line for line in body if told.search(reading.text, line.start, line.end)]
    if not lines and not headed:
        yield _missing(reading, words, 2)
    elif lines and not any(words.pattern("reason").search(reading.text, line.start, line.end) for line in lines):
        head = next((h for h in reading.lines if h.role == "heading" and h.part == 2), lines[0])
        yield words.finding(reading, "no_reason", (head.start, head.end), article=words.words["article"])


def _leaders(reading: Reading, words: Page, body: Sequence[Line], headed: bool) -> Iterator[Finding]:
    if headed:
        return
    told = words.pattern("part_3")
    sentences = {
        reading.sentence(match.start())
        for line in body
        if line.part != 4
        for match in told.finditer(reading.text, line.start, line.end)
    }
    if not sentences:
        yield _missing(reading, words, 3)
    elif sum(end - start for start, end in sentences) < _LEADER_CHARS:
        yield _missing(reading, words, 3, "thin", min(sentences))


def _plan(reading: Reading, words: Page, body: Sequence[Line], headed: bool) -> Iterator[Finding]:
    lines = [line for line in body if line.part == 4]
    if not lines and not headed:
        following = f"|{reading.year + 1}年" if reading.year else ""
        told = re.compile(words.words["part_4"] + following)
        if not any(told.search(reading.text, line.start, line.end) for line in body[-max(3, len(body) // 3) :]):
            yield _missing(reading, words, 4)
        return
    heading = next((line for line in reading.lines if line.part == 4 and line.role == "heading"), None)
    if heading is None or not lines or not reading.brief.facts:
        return
    dated = words.pattern("dated")
    if not any(dated.search(reading.text, line.start, line.end) for line in lines) and not any(
        True for line in lines for _ in reading.facts_between(line.start, line.end)
    ):
        yield words.finding(reading, "hollow_plan", (heading.start, heading.end), article=words.words["article"])
