"""Y2, Y3: numbers that did not change since the unit's last report, and plans that became results by copying."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from jingwei.model import Finding
from jingwei.review.brief import Brief
from jingwei.review.reading import Reading
from jingwei.review.rule_data import page
from jingwei.text.lazy import lazy

_NUMBER = lazy(r"(?<![\d.〔\[（(])(?P<n>\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?)(?P<wan>万|亿)?(?![\d年月日号%％季])")
_FRAME_CHARS = 8
_MANY_EQUAL = 3  # so many equal numbers in one sentence are no coincidence, however small
_DONE = lazy(r"[余多]?(?:人次|场次|件|起|场|次|份|册)")
_HOTLINE = lazy(r"12\d{3}")  # 12345, 12348: names, not counts
_EXACT_DIGITS, _COMMON_PAIRS = 4, 4  # an equal number of so many digits beside so many equal pairs of characters
_SLOTS = lazy(r"\d+(?:\.\d+)?")
_PLAN_WORDS = lazy(  # what a word begins with is looked for first: most characters begin none
    r"(?=[将继进拟计力争下要不持更切我全2今明来以了已一二三四五六（(])(?:将|继续|进一步|拟|计划|力争|争取|下一步|要|不断|持续|更加|切实|我[镇乡县局区市]|全[镇乡县区市]|20\d\d年|今年|明年|来年|以来|了|已|[一二三四五六]是|[（(][一二三四五六七八九十][)）])"
)
_STOPS, _SENTENCE = lazy(r"[。；\n]"), lazy(r"[^。！？；\n]+")
_UNIT, _NO_IDEOGRAPHS = lazy(r"[余多]?[^\W\d_]{0,3}"), lazy(r"[^\u4e00-\u9fff]+")
_MIN_CHARS = 14  # a shorter plan is a slogan
_ALIKE = 0.72  # share of common character pairs; tuned on plans rewritten as results by hand


class _Sentence(Struct, frozen=True):
    text: str
    pairs: frozenset[str]
    start: int
    end: int


def check(reading: Reading) -> Iterator[Finding]:
    """Findings Y2 and Y3 against the unit's latest earlier report. Silent without one."""
    if not reading.brief.previous:
        return
    last = reading.brief.previous[0]
    before = Reading(Brief(report=last))
    named = f"{last.profile.year}年" if last.profile.year else "上一份"
    yield from _numbers(reading, before, named)
    yield from _plans(reading, before, named)


_Framed = list[tuple[tuple[str, str], re.Match[str]]]


def _frames(reading: Reading, among: set[str]) -> _Framed:
    """The numbers that are ``among`` some, with the characters before them and their units."""
    found = []
    for match in _NUMBER.finditer(reading.text):
        if match.group() not in among or reading.in_title(*match.span()):
            continue
        left = _SLOTS.sub("#", reading.before(match.start(), _FRAME_CHARS + 6))[-_FRAME_CHARS:]
        left = _STOPS.split(left)[-1]
        right = _UNIT.match(reading.text[match.end() : match.end() + 4])
        found.append(((left, right.group() if right else ""), match))
    return found


def _numbers(reading: Reading, before: Reading, named: str) -> Iterator[Finding]:
    words = page("Y2")
    known: dict[tuple[str, str], set[str]] = {}
    common = set.intersection(*({m.group() for m in _NUMBER.finditer(r.text)} for r in (reading, before)))
    then, now = _frames(before, common), _frames(reading, common)  # most numbers stand in one report alone
    for frame, match in then:
        known.setdefault(frame, set()).add(match.group())
    said: set[tuple[int, int]] = set()
    equal: dict[tuple[int, int], list[re.Match[str]]] = {}
    for frame, match in now:
        if match.group() in known.get(frame, ()):
            equal.setdefault(reading.sentence(match.start()), []).append(match)
    for frame, match in now:
        left, _ = frame
        if match.group() not in known.get(frame, ()) or len(_NO_IDEOGRAPHS.sub("", left)) < 4:
            continue
        same = equal[reading.sentence(match.start())]
        if _is_round(match) and len(same) < _MANY_EQUAL:
            continue
        alone = all(_is_round(other) for other in same)  # round numbers only: a note
        where = _clause(reading, match)
        context = reading.before(match.start(), 14) + reading.after(match.end(), 8)
        case = "stock" if words.pattern("stock").search(context) else "same"
        said.add(match.span())
        yield words.finding(
            reading, case, where, "note" if alone else None, shown=reading.text[slice(*where)],
            number=match.group(), last_year=named,
        )  # fmt: skip
    for match in _strong_equals(reading, before, now, then):
        context = reading.before(match.start(), 14) + reading.after(match.end(), 8)
        done = _DONE.match(reading.text, match.end()) is not None  # what was done is no stock: 共有2,318人次参加
        if match.span() not in said and (done or not words.pattern("stock").search(context)):
            where = _clause(reading, match)
            shown = reading.text[slice(*where)]
            yield words.finding(reading, "same", where, shown=shown, number=match.group(), last_year=named)


def _clause(reading: Reading, number: re.Match[str]) -> tuple[int, int]:
    """The clause of a number, whose own comma (2,318) ends none."""
    return reading.clause(number.start())[0], reading.clause(number.end() - 1)[1]


def _strong_equals(reading: Reading, before: Reading, now: _Framed, then: _Framed) -> Iterator[re.Match[str]]:
    """Numbers too exact for coincidence that stand beside the same things in other words (2,318人次参加)."""
    told = {(match.group(), unit[:1]) for (_, unit), match in now}
    exact: dict[tuple[str, str], list[frozenset[str]]] = {}
    for (_, unit), match in then:
        key = match.group(), unit[:1]
        if key in told and _is_exact(match):
            exact.setdefault(key, []).append(_pairs_around(before, match))
    for (_, unit), match in now:
        known = exact.get((match.group(), unit[:1]), ())
        if any(len(_pairs_around(reading, match) & pairs) >= _COMMON_PAIRS for pairs in known):
            yield match


def _is_exact(match: re.Match[str]) -> bool:
    digits = match["n"].replace(",", "").replace(".", "")
    if _HOTLINE.fullmatch(match["n"]):
        return False
    return len(digits) >= _EXACT_DIGITS and not digits.endswith("00")


def _pairs_around(reading: Reading, match: re.Match[str]) -> frozenset[str]:
    left, right = reading.sentence(match.start())
    bare = _NO_IDEOGRAPHS.sub("", reading.text[left:right])
    return frozenset(bare[i : i + 2] for i in range(len(bare) - 1))


def _is_round(match: re.Match[str]) -> bool:
    """Equal round or small numbers are coincidence (DOMAIN.md §3)."""
    digits = match["n"].replace(",", "")
    value = float(digits)
    return value < 11 or (value.is_integer() and int(value) % 10 == 0) or bool(match["wan"] and "." not in digits)


def _plans(reading: Reading, before: Reading, named: str) -> Iterator[Finding]:
    words = page("Y3")
    earlier = {part: list(_sentences(before, {part})) for part in (2, 4)}
    results_then: list[_Sentence] | None = None  # asked for by few reports, and most of the text
    results: set[int | None] = {None, 1, 3}
    asked: tuple[tuple[int, set[int | None], str], ...] = (
        (4, results, "plan"),
        (4, {4}, "plan_again"),
        (2, {2}, "problem_again"),
    )
    for part, targets, case in asked:
        if not earlier[part]:
            continue
        for sentence in _sentences(reading, targets):
            best = max(earlier[part], key=lambda old: _alike(sentence, old))
            if _alike(sentence, best) < _ALIKE or _mostly_mandated(reading, sentence):
                continue
            if case == "plan":
                results_then = list(_sentences(before, results)) if results_then is None else results_then
                if any(_alike(sentence, old) >= _ALIKE for old in results_then):
                    continue  # it was a result last year too: that is Y1
            if case == "plan" and re.search(r"下一步|明年|来年|(?<!已)将(?!.{0,6}作为)|^[^，]{0,8}坚持", sentence.text):
                continue
            yield words.finding(reading, case, (sentence.start, sentence.end), plan=best.text[:30], last_year=named)


def _sentences(reading: Reading, parts: set[int | None]) -> Iterator[_Sentence]:
    for line in reading.lines:
        if line.role not in {"body", "run_in"} or line.part not in parts:
            continue
        for match in _SENTENCE.finditer(reading.text[line.start : line.end]):
            if match.end() - match.start() < _MIN_CHARS:
                continue
            bare = _PLAN_WORDS.sub("", _NO_IDEOGRAPHS.sub("", _PLAN_WORDS.sub("", match.group())))
            if len(bare) >= _MIN_CHARS:
                pairs = frozenset(bare[i : i + 2] for i in range(len(bare) - 1))
                yield _Sentence(match.group(), pairs, line.start + match.start(), line.start + match.end())


def _alike(left: _Sentence, right: _Sentence) -> float:
    """Shared character pairs over those of the shorter sentence, when neither is twice as long as the other."""
    small, large = len(left.pairs), len(right.pairs)
    if small > large:
        small, large = large, small
    if large > 2 * small:
        return 0.0
    return len(left.pairs & right.pairs) / small


def _mostly_mandated(reading: Reading, sentence: _Sentence) -> bool:
    start, end = reading.raw_range(sentence.start, sentence.end)
    covered = sum(
        min(hit.end, end) - max(hit.start, start)
        for hit in reading.brief.phrases
        if hit.start < end and start < hit.end
    )
    return covered > 0.6 * (end - start)
