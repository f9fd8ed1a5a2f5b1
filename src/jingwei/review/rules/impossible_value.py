"""R8: values that cannot be: 100%以上 of cases, a thirteenth month, a part larger than its whole."""

from __future__ import annotations

import re
from collections.abc import Iterator

from jingwei.model import Finding
from jingwei.review.gate import Gated
from jingwei.review.reading import Reading
from jingwei.review.rule_data import page
from jingwei.text.lazy import lazy

_PERCENT = lazy(
    r"(?P<n>\d+(?:\.\d+)?)\s*[%％](?P<over>以上|多|余)?|百分之(?:一百(?P<hover>以上|多|余)|(?P<hn>一百[零一二三四五六七八九十]+|[二三四五六七八九]百))"
)
_MORE_THAN = lazy(r"(?:超过?|高于|大于|突破|逾)\s*$")
_DATE = lazy(r"(?:(?P<y>(?:19|20)\d\d)年)?(?<!\d)(?P<m>\d{1,2})月(?:份|(?P<d>\d{1,2})[日号])?(?!\d)")
# 32号街坊 is an address: 号 counts days only after a month.
_DAY = lazy(r"(?<![\d.])(?:3[2-9]|[4-9]\d)日(?![内间起以后前])|(?<=月)(?:3[2-9]|[4-9]\d)号")
_QUARTER = Gated(r"[第五六七八九](?<!连续.)(?:(?<=第)[五六七八九]个?|(?<!第))季度")
_TIME = lazy(r"(?<![\d.])(?P<h>\d{1,2})(?:时(?!代|期|间)(?:(?P<min>\d{1,2})分)?|[:：](?P<min2>\d\d)(?!\d))")
_YEARS = lazy(r"(?<!\d)(?P<a>(?:19|20)\d\d)年?(?:[—－–~～-]{1,2}|至|到)(?P<b>(?:19|20)\d\d)年")
_FRACTION = Gated(r"(?P<b>[二三四五六七八九十])分之(?P<a>[二三四五六七八九十])")
_FEBRUARY = 2
_DIGITS = "零一二三四五六七八九十"


def check(reading: Reading) -> Iterator[Finding]:
    """Findings R8 about single values (error: a careful reader needs nothing else to agree)."""
    yield from _percentages(reading)
    yield from _calendar(reading)
    words = page("R8")
    for match in _spans_of_years(reading):
        if int(match["a"]) > int(match["b"]):
            yield words.finding(reading, "reversed", match.span(), shown=match.group())
    for match in _FRACTION.finditer(reading.text):
        if _DIGITS.index(match["a"]) > _DIGITS.index(match["b"]):
            yield words.finding(reading, "fraction", match.span(), shown=match.group())


def _percentages(reading: Reading) -> Iterator[Finding]:
    words = page("R8")
    growth = words.pattern("growth")
    bounded = words.pattern("bounded")
    for match in _percents(reading):
        number = float(match["n"]) if match["n"] else (200.0 if match["hn"] else 100.0)
        more = match["over"] or match["hover"] or _MORE_THAN.search(reading.before(match.start(), 3))
        if number < 100 or (number == 100 and not more):
            continue
        left, right = reading.clause(match.start())
        before = reading.text[left : match.start()]
        after = reading.text[match.end() : min(right, match.end() + 6)]
        if re.match(r"[^，。]{0,3}(?:增|降|升|提)", after) or growth.search(before):
            continue
        rates = list(bounded.finditer(before)) or list(
            bounded.finditer(reading.text[match.end() : min(right, match.end() + 12)])
        )
        start = rates[-1].start() if rates and rates[-1].start() >= 0 and list(bounded.finditer(before)) else 0
        shown_from = left + start if list(bounded.finditer(before)) else max(left, match.start() - 8)
        shown = reading.text[shown_from : match.end()]
        if rates and words.pattern("explained").search(reading.text[slice(*reading.sentence(match.start()))]):
            continue
        if rates:
            yield words.finding(reading, "over_hundred", (shown_from, match.end()), shown=shown, rate=rates[-1].group())
        elif re.search(r"率", before):
            yield words.finding(reading, "over_hundred_weak", (shown_from, match.end()), shown=shown)


def _days_of(year: int, month: int) -> int:
    """How many days a month has, as ``calendar.monthrange`` tells; that module takes longer to load than all dates."""
    if month == _FEBRUARY:
        return 29 if year % 4 == 0 and (year % 100 or year % 400 == 0) else 28
    return 30 if month in {4, 6, 9, 11} else 31


def _calendar(reading: Reading) -> Iterator[Finding]:
    words = page("R8")
    for match in _dates(reading):
        month, day = int(match["m"]), int(match["d"] or 1)
        if (
            re.match(r"以|内|来|间|底前后", reading.text[match.end() : match.end() + 1])
            and match["d"] is None
            and match["y"] is None
        ):
            continue
        year = int(match["y"] or reading.year or 2024)
        is_date = match["d"] is not None or match["y"] is not None or match.group().endswith("份")
        leap_doubt = month == _FEBRUARY and day == 29 and match["y"] is None
        if not 1 <= month <= 12:
            if is_date or _follows_date_word(reading, match.start()):
                yield words.finding(reading, "calendar", match.span(), shown=match.group())
        elif not 1 <= day <= _days_of(year, month) and not leap_doubt:
            yield words.finding(reading, "calendar", match.span(), shown=match.group())
    for match in _at_numbers(reading, _DAY, "日号"):
        if re.search(r"(?:^|[，。；、于在月])$", reading.before(match.start(), 1)):
            yield words.finding(reading, "calendar", match.span(), shown=match.group())
    for match in _QUARTER.finditer(reading.text):
        yield words.finding(reading, "calendar", match.span(), shown=match.group())
    for match in _at_numbers(reading, _TIME, "时:："):
        minute = int(match["min"] or match["min2"] or 0)
        hour = int(match["h"])
        ratio = match["min2"] is not None and not re.search(r"[日午晨晚夜点时间]$", reading.before(match.start(), 1))
        if (
            (hour > 24 or minute > 59)
            and not ratio
            and (match["min"] or re.search(r"[日午晨晚夜]$|\d日$", reading.before(match.start(), 2)))
        ):
            yield words.finding(reading, "calendar", match.span(), shown=match.group())


def _at_numbers(reading: Reading, pattern: re.Pattern[str], following: str) -> Iterator[re.Match[str]]:
    """Matches that begin with a number before one of the characters ``following``."""
    for start, end in reading.numbers:
        if reading.text[end : end + 1] in following and end < len(reading.text):
            match = pattern.match(reading.text, max(start, end - 2))
            if match:
                yield match


def _percents(reading: Reading) -> Iterator[re.Match[str]]:
    """The matches of the pattern for shares, tried where a number goes on as a share does, and at 百分之."""
    text = reading.text
    places = [
        start
        for start, end in reading.numbers
        if text[end : end + 1] in ".%％ \t\u3000\u00a0\u2002" and end < len(text)
    ]
    at = text.find("百分之")
    while at >= 0:
        places.append(at)
        at = text.find("百分之", at + 3)
    done = 0
    for place in sorted(places):
        match = _PERCENT.match(text, place) if place >= done else None
        if match:
            done = match.end()
            yield match


def _spans_of_years(reading: Reading) -> Iterator[re.Match[str]]:
    """2019年至2020年: from a number of four digits on."""
    done = 0
    for start, end in reading.numbers:
        match = _YEARS.match(reading.text, start) if end - start == 4 and start >= done else None
        if match:
            done = match.end()
            yield match


def _dates(reading: Reading) -> Iterator[re.Match[str]]:
    """Months, with the year before them and the day behind them."""
    for start, end in reading.numbers:
        if reading.text[end : end + 1] == "月" and end - start <= 2:
            dated = _DATE.match(reading.text, start - 5) if start >= 5 and reading.text[start - 1] == "年" else None
            match = dated if dated and dated.start("m") == start else _DATE.match(reading.text, start)
            if match:
                yield match


def _follows_date_word(reading: Reading, at: int) -> bool:
    return (
        not reading.before(at, 1)
        or re.search(r"(?:今年|当年|去年|本年|于|截至|自|从|在|至|、|，|。)$", reading.before(at, 2)) is not None
    )
