"""S2: sections without one local fact, each with the question that would bring one."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise

from jingwei.model import Finding
from jingwei.review.reading import Line, Reading
from jingwei.review.rule_data import Page, one_line, page
from jingwei.text.lazy import lazy

_MIN_SECTION_CHARS = 80  # a shorter section is a sentence or two; nothing can be asked of it
_MIN_SHORT_CHARS = 40  # but in a rule-of-law report, whose sections have one duty each
_MIN_BODY_CHARS = 500
_MIN_ITEM_CHARS = 70  # of an item with its heading in the line
_ITEM = lazy(r"[（(][一二三四五六七八九十]{1,3}[)）]|\d{1,2}[.．、]")


def check(reading: Reading) -> Iterator[Finding]:
    """Findings S2: the lowest sections that have text of their own, and the density of the whole."""
    if not reading.brief.facts and not reading.brief.sentences:
        return  # facts were not looked for
    words = page("S2")
    sections = reading.report.structure.sections
    texts = [line for line in reading.lines if line.role in {"body", "run_in"} and line.end > line.start]
    begins = [reading.starts[line.start] for line in texts]
    for at, section in enumerate(sections):
        following = sections[at + 1].start if at + 1 < len(sections) else section.end
        leaf = min(section.end, following)
        lines = texts[bisect_left(begins, section.start) : bisect_left(begins, leaf)]
        chars = sum(line.end - line.start for line in lines)
        least = _MIN_SHORT_CHARS if reading.rule_of_law else _MIN_SECTION_CHARS
        if chars < least or any(True for line in lines for _ in reading.facts_between(line.start, line.end)):
            continue
        ask, ask_en = _question(words, section.title)
        where = reading.from_raw(section.start, section.start + 1)
        line = reading.line_at(where[0])
        title = section.title or reading.text[line.start : line.end]
        yield words.finding(
            reading,
            "section",
            (line.start, max(line.end, lines[-1].end)),
            title=one_line(title, 24),
            chars=chars,
            ask=ask,
            ask_en=ask_en,
        )
    yield from _run_in_sections(reading, words, texts)
    yield from _density(reading, words)


def _run_in_sections(reading: Reading, words: Page, texts: Sequence[Line]) -> Iterator[Finding]:
    """（二）严格执法。… without a fact, in a rule-of-law report whose other items of that kind have one."""
    if not reading.rule_of_law:
        return
    items = [at for at, line in enumerate(texts) if line.role == "run_in" and _ITEM.match(reading.text, line.start)]
    hollow, told = [], 0
    for at, after in pairwise([*items, len(texts)]):
        first = texts[at]
        lines = [line for line in texts[at:after] if line.section == first.section]
        if any(True for line in lines for _ in reading.facts_between(line.start, line.end)):
            told += 1
        elif lines[-1].end - first.start >= _MIN_ITEM_CHARS and first.part not in {2, 4}:
            hollow.append((first, lines[-1].end))
    for first, end in hollow if told else ():
        title = reading.text[first.start : first.end].rstrip("。：")
        ask, ask_en = _question(words, title)
        yield words.finding(
            reading,
            "section",
            (first.start, end),
            title=one_line(title, 24),
            chars=end - first.start,
            ask=ask,
            ask_en=ask_en,
        )


def _question(words: Page, title: str) -> tuple[str, str]:
    entry = next(q for q in words.words["questions"] if re.search(q["about"], title))
    return entry["zh"], entry["en"]


def _density(reading: Reading, words: Page) -> Iterator[Finding]:
    density, counts = reading.brief.scores.fact_density, reading.brief.counts
    limit = reading.brief.settings.min_facts_per_1000
    if density is not None and counts.body >= _MIN_BODY_CHARS and density < limit:
        yield words.finding(
            reading, "thin", None, density=f"{density:.1f}", limit=f"{limit:g}", facts=counts.facts, body=counts.body,
        )  # fmt: skip
