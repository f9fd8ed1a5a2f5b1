"""Dated facts: days, months and parts of a month, in digits and in words.

The day of everybody's campaign, of a national event or of a law's coming into force is none, nor is the end of a period.
"""

from __future__ import annotations

from jingwei.judge.facts_gate import Gate
from jingwei.judge.facts_han import HAN_DATES, Part, Take, han_dates
from jingwei.judge.facts_words import words
from jingwei.text.lazy import lazy

_DAYS = Gate((("0123456789", "月"),))
DATES = _DAYS.bit | HAN_DATES.bit  # gates of the sentences that may hold one
_NATIONAL_DAYS = lazy(
    lambda: "|".join(rf"(?<!\d)0?{a}月0?{b}日" for a, b in (d.split("-") for d in words("national_days", page="units")))
)
_DATE = lazy(
    r"(?:\d{4}年)?(?<!\d)(?P<m>1[0-2]|0?[1-9])月(?P<d>[12]\d|3[01]|0?[1-9])日?(?!\d)(?:[至到\-—](?:\d{1,2}月)?\d{1,2}日)?"
)
_BEFORE_MONTH = 7  # characters of a date before its first 月, as in 2023年12月
_MONTH = lazy(
    r"(?<![\d.年每—\-~至到、])(?:1[0-2]|[1-9])月(?:初[一二三四五六七八九十]|份|初|中旬|上旬|下旬|中|底)?(?![\d—\-~至到、]|[^，,。；]{1,8}月)"
)
_DAY_CONTEXT = lazy(
    r"(?:宣传|安全教育|宪法|禁毒|法治|消费者|国际|全国|世界|国家|纪念|环境|知识产权|艾滋|交通安全)[^，,。；]{0,6}(?:日|周|月)|国庆|元旦|劳动节|建党|建军"
)
_STATE = lazy("习近平|总书记|党中央|国务院|全国人大")  # dates of national events
_FROM_THEN = lazy("起|前(?!后)|之前|上午|下午|晚|凌晨|夜")
_PERIOD = lazy(r"截[至止]到?[^，,。；]{0,10}$|自[^，,。；]{0,8}$|从[^，,。；]{0,4}$")
_EFFECTIVE = lazy(r"(?:起)?(?:正式)?(?:施行|实施|生效)")


def dates(part: Part, take: Take) -> None:
    """Days and months in words and in digits; the day of everybody's campaign is none."""
    text, low, high, gates, taken = part
    first = max(low, text.find("月", low, high) - _BEFORE_MONTH)
    days = list(_DATE.finditer(text, first, high)) if gates & _DAYS.bit else []
    months = list(_MONTH.finditer(text, first, high)) if gates & _DAYS.bit else []
    in_words = han_dates(text, low, high) if gates & HAN_DATES.bit else []
    if not days and not months and not in_words:
        return
    context = _DAY_CONTEXT.search(text, low, high)
    state = bool(_STATE.search(text, low, high))
    alone = context is None and not state
    for match in in_words if alone else ():
        take(match.start(), match.end(), "date", 1)
    for match in days:
        span = match.group()
        national = bool(_NATIONAL_DAYS.search(span) and (context or "年" not in span)) or state
        if _FROM_THEN.match(text, match.end(), high):  # 8月1日起, 5月1日前: a day of this place
            national = state
        before = text[max(low, match.start() - 14) : match.start()]
        if national or _PERIOD.search(before) or _EFFECTIVE.match(text, match.end(), high):
            taken[match.start() : match.end()] = b"\1" * (match.end() - match.start())
        else:
            take(match.start(), match.end(), "date", 2 if "日" in span else 1)
    for match in months if alone else ():
        if not _PERIOD.search(text[max(low, match.start() - 14) : match.start()]):
            take(match.start(), match.end(), "date", 1)
