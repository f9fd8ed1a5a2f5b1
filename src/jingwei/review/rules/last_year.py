"""Y2, Y3: numbers that did not change since the unit's last report, and plans that became results by copying."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from jingwei.model import Finding
from jingwei.review.bare_sentences import BareSentences, alike, bare_sentences
from jingwei.review.reading import Reading
from jingwei.review.recent import reading_of
from jingwei.review.rule_data import one_line, page
from jingwei.text.lazy import lazy

_NUMBER = lazy(r"(?P<n>\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?)(?P<wan>万|亿)?(?![\d年月日号%％季]|[.,]\d)")
_FRAME_CHARS = 8
_MANY_EQUAL = 3  # so many equal numbers in one sentence are no coincidence, however small
_DONE = lazy(r"[余多]?(?:人次|场次|件|起|场|次|份|册)")
# Of which year a number is told: 上年 where a clause begins, or right before the number; what is only compared with
# (较上年增加) or spoken of (上年的冷台) says nothing of it.
_TOLD_OF = lazy(
    r"(?<![比较])(?:(?P<beside>(?:上一?年|去年)的?)(?=\d)|(?<=[，,。；;（(、\n])(?P<earlier>上一?年|去年)(?!的)"
    r"|今年|本年|(?<!\d)(?P<year>(?:19|20)\d\d)年)"
)
_HOTLINE = lazy(r"12\d{3}")  # 12345, 12348: names, not counts
_EXACT_DIGITS, _COMMON_PAIRS = 4, 4  # an equal number of so many digits beside so many equal pairs of characters
_SLOTS = lazy(r"\d+(?:\.\d+)?")
_STOPS = lazy(r"[。；\n]")
_UNIT, _NO_IDEOGRAPHS = lazy(r"[余多]?[^\W\d_]{0,3}"), lazy(r"[^\u4e00-\u9fff]+")
_NEVER_BEHIND = "年月日号%％季"  # as in the expression: with one of these it need not be tried
_NEVER_BEFORE = ".〔[（("  # a number behind one of these is part of another one, or of a 文号
_STILL_PLANNED = lazy(r"下一步|明年|来年|(?<!已)将(?!.{0,6}作为)|^[^，]{0,8}坚持|(?:预期|奋斗|主要)目标")
_TERM = lazy(r"[\[［（(]?\d{1,3}[\]］）).、．]{0,2}\s*[^，。；：:]{2,24}[：:]")  # of a glossary: the same every year
_RESULTS: tuple[int | None, ...] = (None, 1, 3)
_ASKED: tuple[tuple[int, tuple[int | None, ...], str], ...] = (
    (4, _RESULTS, "plan"),
    (4, (4,), "plan_again"),
    (2, (2,), "problem_again"),
)
_ALIKE = 0.72  # share of common character pairs; tuned on plans rewritten as results by hand


def check(reading: Reading) -> Iterator[Finding]:
    """Findings Y2 and Y3 against the unit's latest earlier report. Silent without one."""
    if not reading.brief.previous:
        return
    last = reading.brief.previous[0]
    before = reading_of(last)
    year = last.profile.year
    named = _Named(f"{year}年", str(year)) if year else _Named("上一份", "an earlier year")
    yield from _numbers(reading, before, named)
    yield from _plans(reading, before, named)


class _Named(NamedTuple):
    """The year of the earlier report as messages write it."""

    zh: str
    en: str


_Frame = tuple[str, str, str]  # a number, the characters before it and its unit
_Amounts = list[tuple[re.Match[str], str]]  # numbers with their units


def _amounts(reading: Reading) -> list[re.Match[str]]:
    """Every number that may be an amount: no year, day, share or part of a 文号."""
    found, done, text = [], 0, reading.text
    begins, ends = reading.number_borders.T
    before, behind = reading.is_one_of(_NEVER_BEFORE), reading.is_one_of(_NEVER_BEHIND)
    none = (before.take(begins - 1) & (begins > 0)) | (behind.take(ends, mode="clip") & (ends < len(text)))
    for start in begins[~none].tolist():
        match = _NUMBER.match(text, start) if start >= done else None
        if match:
            found.append(match)
            done = match.end()
    return found


def _with_units(reading: Reading, amounts: list[re.Match[str]], among: set[str]) -> _Amounts:
    """The numbers that are ``among`` some, outside titles."""
    found = []
    for match in amounts:
        if match.group() in among and not reading.in_title(*match.span()):
            unit = _UNIT.match(reading.text[match.end() : match.end() + 4])
            found.append((match, unit.group() if unit else ""))
    return found


def _framed(reading: Reading, amounts: _Amounts, among: set[tuple[str, str]]) -> list[tuple[_Frame, re.Match[str]]]:
    """The numbers that with their units are ``among`` some, with the characters before them, these and the units."""
    found = []
    for match, unit in amounts:
        if (match.group(), unit) in among:
            left = _SLOTS.sub("#", reading.before(match.start(), _FRAME_CHARS + 6))[-_FRAME_CHARS:]
            found.append(((match.group(), _STOPS.split(left)[-1], unit), match))
    return found


def _numbers(reading: Reading, before: Reading, named: _Named) -> Iterator[Finding]:
    words = page("Y2")
    amounts_then, amounts_now = _amounts(before), _amounts(reading)
    common = {m.group() for m in amounts_then} & {m.group() for m in amounts_now}  # most stand in one report alone
    then, now = _with_units(before, amounts_then, common), _with_units(reading, amounts_now, common)
    both = {(m.group(), unit) for m, unit in then} & {(m.group(), unit) for m, unit in now}
    known = {frame for frame, _ in _framed(before, then, both)}
    again = [
        (frame, match)
        for frame, match in _framed(reading, now, both)
        if frame in known and not _told_of_last_year(reading, match)
    ]
    said: set[tuple[int, int]] = set()
    equal: dict[tuple[int, int], list[re.Match[str]]] = {}
    for _, match in again:
        equal.setdefault(reading.sentence(match.start()), []).append(match)
    for (_, left, _), match in again:
        if len(_NO_IDEOGRAPHS.sub("", left)) < 4:
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
            number=match.group(), last_year=named.zh, last_year_en=named.en,
        )  # fmt: skip
    for match in _strong_equals(reading, before, now, then):
        context = reading.before(match.start(), 14) + reading.after(match.end(), 8)
        done = _DONE.match(reading.text, match.end()) is not None  # what was done is no stock: 共有2,318人次参加
        stock = not done and words.pattern("stock").search(context)
        if match.span() not in said and not stock and not _told_of_last_year(reading, match):
            where = _clause(reading, match)
            shown = reading.text[slice(*where)]
            yield words.finding(
                reading, "same", where, shown=shown, number=match.group(), last_year=named.zh, last_year_en=named.en
            )


def _told_of_last_year(reading: Reading, number: re.Match[str]) -> bool:
    """Whether the sentence tells the number as that of an earlier year, to compare with: 上年办理19件，今年24件."""
    text = reading.text
    start = max(text.rfind(stop, 0, number.start()) for stop in "。\n") + 1
    for told in reversed([*_TOLD_OF.finditer(text, start, number.start())]):
        between = text[told.end() : number.start()]
        if sum(map(between.count, "）)")) > sum(map(between.count, "（(")):
            continue  # said in brackets that were closed before the number
        if told["beside"]:
            if told.end() == number.start():
                return True
            continue
        return bool(told["earlier"]) or (bool(told["year"]) and int(told["year"]) < (reading.year or 0))
    return False


def _clause(reading: Reading, number: re.Match[str]) -> tuple[int, int]:
    """The clause of a number, whose own comma (2,318) ends none."""
    return reading.clause(number.start())[0], reading.clause(number.end() - 1)[1]


def _strong_equals(reading: Reading, before: Reading, now: _Amounts, then: _Amounts) -> Iterator[re.Match[str]]:
    """Numbers too exact for coincidence that stand beside the same things in other words (2,318人次参加)."""
    told = {(match.group(), unit[:1]) for match, unit in now}
    exact: dict[tuple[str, str], list[frozenset[str]]] = {}
    for match, unit in then:
        key = match.group(), unit[:1]
        if key in told and _is_exact(match):
            exact.setdefault(key, []).append(_pairs_around(before, match))
    for match, unit in now if exact else ():
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


def _plans(reading: Reading, before: Reading, named: _Named) -> Iterator[Finding]:
    words = page("Y3")
    if not {line.part for line in before.lines} & {2, 4}:
        return
    told, earlier = bare_sentences(reading), bare_sentences(before)
    plans = {part: earlier.of_parts((part,)) for part in (2, 4)}
    for part, targets, case in _ASKED:
        now, then = told.of_parts(targets), plans[part]
        if not len(now) or not len(then):
            continue
        shares = alike(now, then)
        found = [at for at in np.flatnonzero(shares.max(axis=1) >= _ALIKE).tolist() if not _mandated(reading, now, at)]
        if case == "plan" and found:  # it was a result last year too: that is Y1
            again = (alike(now.chosen(found), earlier.of_parts(_RESULTS)) >= _ALIKE).sum(axis=1).tolist()
            found = [at for at, times in zip(found, again, strict=True) if not times]
        for at in found:
            start, end = now.spans[at]
            if case == "plan" and (
                _STILL_PLANNED.search(reading.text[start:end])
                or (not reading.rule_of_law and _TERM.match(reading.text, start, end))
            ):
                continue
            plan = before.text[slice(*then.spans[int(shares[at].argmax())])]
            yield words.finding(
                reading, case, (start, end), plan=one_line(plan, 30), last_year=named.zh, last_year_en=named.en
            )


def _mandated(reading: Reading, sentences: BareSentences, at: int) -> bool:
    """Whether a sentence is prescribed wording for the most part."""
    start, end = reading.raw_range(*sentences.spans[at])
    covered = sum(
        min(hit.end, end) - max(hit.start, start)
        for hit in reading.brief.phrases
        if hit.start < end and start < hit.end
    )
    return covered > 0.6 * (end - start)
