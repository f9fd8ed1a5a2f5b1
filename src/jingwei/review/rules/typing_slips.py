"""Q4: doubled words, characters of the same sound or shape, words missing, measure words that do not fit (notes)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from jingwei.model import Finding
from jingwei.review.confusable import is_word, same_after, slips
from jingwei.review.gate import found, held
from jingwei.review.reading import Reading
from jingwei.review.rule_data import one_line, page
from jingwei.text.lazy import lazy

_BEFORE_ADVERB = frozenset("，。；：、“\n")
_LONGEST_DOUBLED = 12
_CLAUSE = lazy(r"[^，,。；;！？\n]{4,}")
_BETWEEN_CLAUSES = "，,。；;！？\n"
_LEAST_SENTENCE = 25
_BETWEEN_SENTENCES = "。！？\n"
_SENTENCE = lazy(r"[^。！？\n]{25,}")  # its stop is asked for afterwards: a line without one is read once
_KINDS = {
    "sound": ("同音字误用", "a character of the same sound"),
    "shape": ("形近字误用", "a character of similar shape"),
    "turned": ("两字颠倒", "two characters turned round"),
}
_DOUBLED = ("叠字或重复", "a doubled word")
_WRONG = ("用词不当或别字", "a wrong word or character")


def check(reading: Reading) -> Iterator[Finding]:
    """Findings Q4. What extraction lost or broke is not a slip."""
    words = page("Q4")
    damaged = [
        (d.start, d.end) for d in reading.report.structure.damage if d.code in {"lost_character", "page_break_split"}
    ]
    for start, end, kind, meant in _suspects(reading):
        shown = reading.text[start:end]
        if "\n" in shown or reading.in_title(start, end):
            continue
        if words.pattern("fine").search(reading.text[max(0, start - 2) : end + 4]):
            continue
        raw = reading.raw_range(start, end)
        if any(a < raw[1] and raw[0] < b for a, b in damaged):
            continue
        case = "meant" if meant else "slip"
        yield words.finding(
            reading, case, (start, end), shown=one_line(shown, 30), kind=kind[0], kind_en=kind[1], meant=meant
        )
    yield from _repeated(reading)


def gated() -> Iterator[str]:
    """What this rule asks the gate for."""
    yield from _miswritten()
    for kind in page("Q4").words["kinds"]:
        yield from kind["slips"]


def _suspects(reading: Reading) -> Iterator[tuple[int, int, tuple[str, str], str]]:
    """Range, kind in both languages, and what was probably meant."""
    words, text = page("Q4"), reading.text
    for kind in words.words["kinds"]:
        for match in found(kind["slips"], text):
            yield *match.span(), (kind["name"], kind["name_en"]), ""
    for word in held(_miswritten(), text):
        at = text.find(word)
        while at >= 0:
            yield at, at + len(word), _WRONG, ""
            at = text.find(word, at + 1)
    for slip in slips(text):
        yield slip.start, slip.start + len(slip.shown), _KINDS[slip.kind], slip.meant
    if reading.rule_of_law:
        for start, end in _doubled(text):
            yield start, end, _DOUBLED, ""


@lru_cache(maxsize=1)
def _miswritten() -> tuple[str, ...]:
    return tuple(str(page("Q4").words["miswritten"]).split())


@lru_cache(maxsize=1)
def _words_of_doubled() -> tuple[frozenset[str], ...]:
    words = page("Q4").words
    return tuple([frozenset(words[name]) for name in ("twice", "alone_after", "alone_before", "bodies", "measures")])


def _doubled(text: str) -> Iterator[tuple[int, int]]:
    """A run of 1 to 12 ideographs typed twice; a pair of pairs (忙忙碌碌) is a word."""
    twice, after, before, bodies, measures = _words_of_doubled()
    for width in range(1, _LONGEST_DOUBLED + 1):
        for start in same_after(text, width):
            end = start + 2 * width
            if width == 2 and text[start] == text[start + 1]:
                continue
            if width > 1:
                if not (width == 2 and _is_wording(text, start)):
                    yield start, end
                continue
            char = text[start]
            if (char in bodies and text[end : end + 1] == "长") or (
                char in measures and text[start - 1] in _BEFORE_ADVERB
            ):
                continue  # 研究所所长; 次次登记
            pair_of_pairs = (
                text[start - 2 : start - 1] == text[start - 1 : start] != ""
                or text[end : end + 1] == text[end + 1 : end + 2] != ""
            )
            ends, begins = is_word(text, start - 1), is_word(text, start + 1)
            if pair_of_pairs or char in twice or (ends and begins):
                continue
            if (ends and char in after) or (begins and char in before):
                continue
            yield start, end


def _is_wording(text: str, start: int) -> bool:
    """Whether a doubled pair is meant: 大队大队长, 逐户逐户, 一起一起."""
    return text[start] in "逐一每挨" or (text[start + 1] in "队部组室" and text[start + 4 : start + 5] == "长")


def _repeated(reading: Reading) -> Iterator[Finding]:
    """A clause typed twice in a row, and a whole sentence that stands twice in the report."""
    if not reading.rule_of_law:
        return
    words, text = page("Q4"), reading.text
    if _any_twice_in_a_row(text, reading.places(_BETWEEN_CLAUSES)):
        last: re.Match[str] | None = None
        for clause in _CLAUSE.finditer(text):
            if clause.end() == len(text):
                break
            if last and last.group() == clause.group() and last.end() + 1 == clause.start():
                yield words.finding(
                    reading, "slip", (last.start(), clause.end()), shown=one_line(clause.group(), 30), kind=_DOUBLED[0],
                    kind_en=_DOUBLED[1], meant="",
                )  # fmt: skip
            last = clause
    ends = [-1, *reading.places(_BETWEEN_SENTENCES).tolist(), len(text)]
    sentences = [text[left + 1 : right] for left, right in pairwise(ends) if right - left > _LEAST_SENTENCE]
    if len(set(sentences)) == len(sentences):
        return
    first: dict[str, int] = {}
    for sentence in _SENTENCE.finditer(text):
        start, end = sentence.start(), sentence.end() + 1
        if text[end - 1 : end] in {"。", "！", "？"} and first.setdefault(text[start:end], start) != start:
            yield words.finding(reading, "repeated", (start, end), shown=one_line(text[start:end], 30))


def _any_twice_in_a_row(text: str, marks: NDArray[np.intp]) -> bool:
    """Whether a clause between marks is followed by itself: in most texts none is, and no place need be found."""
    ends = np.concatenate(([-1], marks, [len(text)]))
    sizes = np.diff(ends)
    equal = np.flatnonzero((sizes[1:] == sizes[:-1]) & (sizes[1:] > 1))
    for first, second, end in zip(
        ends[equal].tolist(), ends[equal + 1].tolist(), ends[equal + 2].tolist(), strict=True
    ):
        if text[first + 1 : second] == text[second + 1 : end]:
            return True
    return False
