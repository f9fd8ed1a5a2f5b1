"""The year a report reports on, and the date it was written."""

from __future__ import annotations

import re
from collections import Counter

from jingwei.lexicon.identity_head import Head
from jingwei.text.lazy import lazy

_DIGITS = dict(zip("〇○ＯOΟ零0一二三四五六七八九", "0000000123456789", strict=True))
_DATE = lazy(r"((?:19|20)\d{2})[年\-./](\d{1,2})[月\-./](\d{1,2})日?")
_WRITTEN = lazy(
    r"([一二][一二三四五六七八九〇○ＯOΟ零0]{3})年([一二三四五六七八九十]{1,2})月([一二三四五六七八九十]{1,3})日"
)
_YEAR = lazy(r"(?<![\d〔\[（(—\-－–至])((?:19|20)\d{2})(?:年|(?=法治|依法|政府))(?!代|[—\-－–至]\d)")
_IN_BRACKETS = lazy(r"[（(]((?:19|20)\d{2})年度?[）)]")  # 述法报告（2023年度）
_WRITTEN_YEAR = lazy(r"([一二][一二三四五六七八九〇○ＯOΟ零]{3})年")
_LOOKING_BACK = lazy(
    r"(?<!\d)((?:19|20)\d{2})年?(?:的)?(?:和[^。]{0,14}?|及[^。]{0,14}?|政府|主要|全市|全省|全县|全区|工作|经济社会发展|情况|法治|建设|依法行政|以来|度)*?(?:工作)?(?:的)?(?:简要)?"
    r"(?:回顾|总结|工作情况|主要工作|开展情况|建设情况|工作成效|落实情况|完成情况|执行情况|经济社会发展情况)"
)
_AHEAD = lazy(
    r"(?<!\d)((?:19|20)\d{2})年(?:的)?(?:政府|主要|经济社会发展|工作|总体|全市|全省|重点|目标|奋斗|预期)*(?:任务|安排|目标|打算|部署|计划|要求|重点|思路)"
)
_IS_A_YEAR = lazy(r"(?<!\d)((?:19|20)\d{2})年(?:，|,|是|以来|度|，?我|全)")
_REPORTED = lazy(r"将[^。]{0,30}?((?:19|20)\d{2})年[^。]{0,40}?(?:报告|汇报|总结)如下")
_TITLES = lazy(r"《[^》]*》|[（(]\d{4}[—\-－–至~]+\d{4}年?[）)]")
_FIRST, _LAST = 1949, 2060


def date_of_writing(head: Head, hint: str = "") -> str | None:
    """ISO date of writing: the signature's date, the day of delivery, the container's date, the page's date."""
    for line in (*reversed(head.dates), *reversed(head.below)):
        if found := _iso(line):
            return found
    if head.is_work_report:
        for line in (*head.above, head.title):
            if found := _iso(line):
                return found
    if found := _iso(hint):
        return found
    for line in head.above:
        if found := _iso(line):
            return found
    return None


def year_reported(head: Head, date: str | None, stem: str = "", text: str = "") -> int | None:
    """The year the report is about.

    An annual report names it (title, first headings, opening); else the date of writing tells (January to April of
    Y+1 reports on Y). A 政府工作报告 looks back on the year before its delivery, and its title carries the year of
    delivery. The file name comes last.
    """
    return _of_work_report(head, date, stem, text) if head.is_work_report else _of_annual_report(head, date, stem, text)


def _of_annual_report(head: Head, date: str | None, stem: str, text: str) -> int | None:
    title, opening = _TITLES.sub("", head.title), _TITLES.sub("", head.opening)
    headings = [_TITLES.sub("", h) for h in head.headings[:2] if not _AHEAD.search(h)]
    return (
        _first(_YEAR, title)
        or _spoken(title)
        or _first(_IN_BRACKETS, title)
        or next(filter(None, (_first(_LOOKING_BACK, h) for h in headings)), None)
        or _first(_IS_A_YEAR, opening[:60])
        or _first(_REPORTED, opening)
        or _first(_IS_A_YEAR, opening)
        or _before(date, last_month=4)
        or _from_stem(stem)
        or _most_named(_TITLES.sub("", text[:4000]))
    )


def _of_work_report(head: Head, date: str | None, stem: str, text: str) -> int | None:
    """The assembly meets in the first months of the next year, some in December of the year itself."""
    title, start = _TITLES.sub("", head.title), _TITLES.sub("", text[:3000])
    named, looked_back = _first(_YEAR, title) or _spoken(title), _first(_LOOKING_BACK, start)
    return (
        _before(date, last_month=10)
        or next(filter(None, (_first(_LOOKING_BACK, _TITLES.sub("", h)) for h in head.headings)), None)
        # A collection may name a report by the year it looks back on instead of the year of delivery.
        or (named if named == looked_back else _less_one(named))
        or looked_back
        or _less_one(_first(_AHEAD, start))
        or _less_one(_from_stem(stem))
        or _first(_IS_A_YEAR, start)
        or _less_one(_first(_AHEAD, _TITLES.sub("", text)))
    )


def _before(date: str | None, last_month: int) -> int | None:
    """The year before a date up to ``last_month``, the date's own year after it."""
    if date is None:
        return None
    year, month = int(date[:4]), int(date[5:7])
    return year - 1 if month <= last_month else year


def _less_one(year: int | None) -> int | None:
    return year - 1 if year else None


def _from_stem(stem: str) -> int | None:
    years = re.findall(r"(?<!\d)((?:19|20)\d{2})(?!\d)", stem)
    return _sane(years[-1]) if years else None


def _most_named(text: str) -> int | None:
    counted = Counter(re.findall(r"(?<!\d)(20\d{2})年", text)).most_common(2)
    if counted and counted[0][1] >= 3 and (len(counted) == 1 or counted[0][1] >= 2 * counted[1][1]):
        return _sane(counted[0][0])
    return None


def _first(pattern: re.Pattern[str], text: str) -> int | None:
    match = pattern.search(text)
    return _sane(match[1]) if match else None


def _spoken(text: str) -> int | None:
    match = _WRITTEN_YEAR.search(text)
    return _sane("".join(_DIGITS[c] for c in match[1])) if match else None


def _sane(year: str) -> int | None:
    return int(year) if year.isdecimal() and _FIRST <= int(year) <= _LAST else None


def _iso(line: str) -> str | None:
    if match := _DATE.search(line):
        year, month, day = int(match[1]), int(match[2]), int(match[3])
    elif match := _WRITTEN.search(line):
        year, month, day = int("".join(_DIGITS[c] for c in match[1])), _numeral(match[2]), _numeral(match[3])
    else:
        return None
    if _FIRST <= year <= _LAST and 1 <= month <= 12 and 1 <= day <= 31:
        return f"{year:04d}-{month:02d}-{day:02d}"
    return None


def _numeral(text: str) -> int:
    """十二 → 12, 二十三 → 23, 三 → 3."""
    if "十" not in text:
        return int("".join(_DIGITS[c] for c in text))
    tens, _, ones = text.partition("十")
    return (int(_DIGITS[tens]) if tens else 1) * 10 + (int(_DIGITS[ones]) if ones else 0)
