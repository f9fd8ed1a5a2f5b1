"""Counted facts: counts with a unit, amounts, rates, dates and rhythms (每季度一次).

A number is a fact when it counts something here; years, ordinals, national days, durations set by law, hot lines,
slogans with a number and numbers inside titles and quoted formulas are none (DOMAIN.md §6, §7).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from operator import attrgetter

import numpy as np
import numpy.typing as npt

from jingwei.judge.facts_dates import DATES, dates
from jingwei.judge.facts_gate import Gate, rows_through
from jingwei.judge.facts_han import HAN_NUMBERS, Part, Take, han_counts
from jingwei.judge.facts_raw import RawFact, raw_fact
from jingwei.judge.facts_words import any_of, words
from jingwei.text.lazy import lazy

# One digit stands in front of the choice: an expression that begins with a set of characters is searched faster.
_DIGITS = r"\d(?:\d{0,2}(?:,\d{3})+(?!\d)|\d*(?:\.\d+)?)"

_ASCII_DIGITS, _HAN_DIGITS = "0123456789", "一二两三四五六七八九十百千万"
_DIGIT = Gate((_ASCII_DIGITS,))
_RHYTHM = Gate(("每",), (("周", "一二三四五六日"),))
_ON_END = Gate((("连", "续"),))
_HOUSE = Gate(((_ASCII_DIGITS, "号"),))
_ORDINAL = Gate(("第",))
_TERM = Gate(
    *(
        (("只仅历耗用停缩压延提推平", "用时业产短缩减长前迟均"), "天月日时钟年", digits)
        for digits in (_ASCII_DIGITS, _HAN_DIGITS)
    )
)
_LIMITING = Gate(("于过全我",))  # what 不得少于, 不得超过, 全国 and 我国 cannot do without
_SCALE, _SOME = r"[十百千]?(?:万|亿)?", r"(?:余|多|来|几)?"


def _arabic_number() -> str:
    """A number with the word that stands behind it, which stays unread: ``lastgroup`` says of what kind that is."""
    kinds = {"rate": ("rate",), "amount": ("amount",), "not_after": ("not_after",), "unit": ("strict", "loose")}
    behind = "|".join(f"(?P<{kind}>{any_of(*keys, page='units')})" for kind, keys in kinds.items())
    return rf"(?P<n>{_DIGITS})(?P<rest>{_SCALE}{_SOME}[-—~至]?(?:{_DIGITS})?{_SCALE}{_SOME})(?={behind}|)"


_ARABIC = lazy(_arabic_number)
_MEASURED = frozenset({"rate", "amount", "unit"})
_VAGUE = lazy(lambda: any_of("vague_before", page="units") + "$")
_SHORTEST_SPAN = 6  # 连续六年没有
_SPAN = lazy(
    r"连续(?:[一二三四五六七八九十]+|\d+)(?:个)?(?:年|月|季度)(?:没有|未|无|零|实现|保持|获|荣获|排名|被)[^，,。；]{2,20}"
)
_EVERY = lazy(
    r"每(?:个)?(?:年|半年|季度?|月|周|日|天|旬|逢|两?个月|[一二两三\d]个?(?:年|月|周))"
    r"[^，,。；;]{0,40}?(?:[一二两三四五六七八九十]|\d+)(?:余|多)?(?:次|场|期|回|堂|遍|篇|幅|个|天|课|节|本|封|批|轮|册|小时)"
    r"|每(?:个)?月\d{1,2}[日号](?:[^，,。；;、]{0,12}?(?=开展|组织|召开|举行|集中|由))?"
    r"|每月(?:逢|[一二三四五六七八九十]{1,3}[、和])[^，,。；;]{1,14}?(?=进|开展|组织|召开|举行|和|，|,|。|；)"
    r"|每周[一二三四五六日][^，,。；;、]{0,6}|周[一二三四五六日](?:上午|下午|晚上?)?[“\"][^“”\"]{1,8}[”\"]"
)
_AT_LEAST = lazy("不少于|至少|不低于|以上")
# 只用了十一天, 由15天压缩至4个工作日: a time this unit took; terms set by law have no such verb
_TOOK = lazy(
    r"(?:只用了?|仅用了?|历时|耗时|用时|停业|停产|缩短(?:到|至|为|了)|压缩(?:到|至|为|了)|压减(?:到|至|为|了)|延长(?:到|至|为|了)|提前了?|推迟了?|平均(?:只?要|需)?)"
    r"(?:近|约|不到|仅|只)?(?:\d+(?:\.\d+)?|[一二两三四五六七八九十]{1,3})(?:余|多|来|几)?(?:个)?(?:半)?(?:天|月|工作日|小时|分钟|年)(?!度|底|期|内完成|级)"
)
_ADDRESS = lazy(r"[\u4e00-\u9fff]{2,6}?(?:路|街|巷|大道|胡同|弄)\d{1,4}号")
_SESSION = lazy(
    r"(?:召开|筹备|举行|主持)(?:召开)?(?:了)?(?!中央|全国|国务院|省)[^，,。；《》“”]{0,14}第[一二三四五六七八九十\d]{1,3}次(?:全体|主任|常务|党委|联席|工作)?(?:会议|大会|例会)"
)
_RANK = lazy(
    r"(?:排名|位居|位列|名列|居|列(?=全))(?:全[省市县区镇])?[^，,。；]{0,8}第[一二三四五六七八九十\d]+(?:名|位)?"
)
_NAMED_RATE = lazy(
    r"[\u4e00-\u9fff]{1,}率(?:均|分别|已|也|保持|维持|提升|提高|下降|上升|稳定)*(?:在|为|达到了?|达|至|到)?$"
)
_LONGEST_VAGUE = 4
_START = attrgetter("start")
_DOTS = frozenset(".·•・")
# 率 of what was done among all there was; growth, and what may outdo its plan or its base, may exceed 100 %.
_SHARE_OF_ALL = lazy(
    r"(?:(?<!增长)(?<!增)(?<!完成)(?<!利用)(?<!负荷)(?<!入学)(?<!自给)(?<!增值)(?<!回报)(?<!收益)(?<!产销)(?<!杠杆)(?<!负债)"
    r"(?<!拨备覆盖)(?<!担保)(?<!偿债)(?<!支撑)(?<!储备)率|满意度|知晓度|占比|比重|比例)"
    r"(?:也|都|均|已|约|仍|皆)?(?:达到了?|达至?|为|是|至|升至|提[高升]到|超过|超)?$"
)
_LONGEST_RATE_NAME = 16
_SLOGAN = lazy(r"\d{1,2}[.·•・]\d{1,2}(?![\d%])")
_NATIONAL = lazy(r"(?:全国|我国|全党|全世界|全球)[^，,。；]{0,8}$")
_FORBIDDEN_BEFORE = lazy(r"(?:第|不得少于|不得低于|不得超过|不得多于|[A-Za-z+×*·•])$")
_FORBIDDEN_LAST = frozenset("第于过+×*·•\nABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")
_MORE = lazy("[余多来几]")
_ABOUT = lazy("以上|左右|上下|余|多")
_PLAN_RULE = lazy(r"(?:不得|不能|应当|必须)[^，,。；]{0,12}(?:少于|低于|超过)[^，,。；]{0,2}$")


def counted(
    text: str, lows: Sequence[int], highs: Sequence[int], gates: npt.NDArray[np.int64], hidden: bytes | bytearray
) -> list[RawFact]:
    """Counts, amounts, rates, ranks, dates and rhythms of the sentences of a text.

    Args:
        text: clean characters with half-width digits and punctuation, one code point each.
        lows: where the sentences begin in ``text``, in order.
        highs: where they end.
        gates: which gates are open for each, as :func:`jingwei.judge.facts_gate.gates_of` says.
        hidden: per character of ``text`` 1 inside a title, a quoted formula or a prescribed phrase.

    Returns:
        Facts in order, not overlapping. What is found first keeps its characters: rhythms, terms, ranks and dates
        before plain numbers.
    """
    taken = bytearray(hidden)
    found: list[RawFact] = []

    def take(start: int, end: int, kind: str, strength: int) -> None:
        if taken.find(1, start, end) < 0:
            taken[start:end] = b"\1" * (end - start)
            found.append(raw_fact((start, end, kind, strength, True)))

    for gate, find in _PASSES:
        for row in rows_through(gates, gate):
            find(Part(text, lows[row], highs[row], int(gates[row]), taken), take)
    limited = (gates & _LIMITING.bit) != 0
    rows = rows_through(gates, _DIGIT.bit)
    _arabic(
        text, [(lows[row], highs[row], limit) for row, limit in zip(rows, limited[rows].tolist(), strict=True)], take
    )
    for row in rows_through(gates, HAN_NUMBERS):
        han_counts(Part(text, lows[row], highs[row], int(gates[row]), taken), take)
    found.sort(key=_START)
    return found


def _rhythms(part: Part, take: Take) -> None:
    text, low, high, _, _ = part
    for match in _EVERY.finditer(text, low, high):
        take(match.start(), match.end(), "mechanism", 1 if _AT_LEAST.search(match.group()) else 2)


def _spans(part: Part, take: Take) -> None:
    text, low, high, _, taken = part
    for match in _SPAN.finditer(text, low, high):  # what follows may name a prescribed thing (民转刑案件)
        shown = taken.find(1, match.start(), high)
        shown = shown if shown >= 0 else high
        if shown - match.start() >= _SHORTEST_SPAN:
            take(match.start(), min(match.end(), shown), "count", 2)


def _terms(part: Part, take: Take) -> None:
    text, low, high, _, _ = part
    for match in _TOOK.finditer(text, low, high):
        take(match.start(), match.end(), "count", 1)


def _addresses(part: Part, take: Take) -> None:
    text, low, high, _, _ = part
    for match in _ADDRESS.finditer(text, low, high):
        take(match.start(), match.end(), "place", 2)


def _ranks(part: Part, take: Take) -> None:
    text, low, high, _, _ = part
    for match in _RANK.finditer(text, low, high):
        take(match.start(), match.end(), "count", 2)
    for match in _SESSION.finditer(text, low, high):  # 筹备召开县委依法治县委员会第四次会议
        take(match.start(), match.end(), "count", 1)


def _arabic(text: str, sentences: Sequence[tuple[int, int, bool]], take: Take) -> None:
    """Numbers in digits; one search goes through the whole text, for no number reaches over a sentence's end.

    ``sentences`` are start, end and whether a word of limits stands in it, of those that hold digits.
    """
    vague_first, vague_last = _vague_edges()
    following = iter(sentences)
    low = high = last = 0
    limited = False
    for match in _ARABIC.finditer(text):
        number, end = match.span()
        while number >= high:
            low, high, limited = next(following, (len(text), len(text) + 1, False))
            last = low
        if number < low:
            continue  # digits of another script, alone in a sentence
        before, led_by, last = text[number - 1], last, end
        behind = match.lastgroup
        if behind == "not_after":  # years, days, months: most numbers
            continue
        start = number
        if number > led_by and before in vague_last:
            start = _led_from(text, led_by, number)
        if (limited or before in _FORBIDDEN_LAST) and _ruled_out(text, max(low, start - 16), number):
            continue
        measured = behind in _MEASURED
        if not measured and not _DOTS.isdisjoint(text[number : number + 3]) and _SLOGAN.match(text, number, high):
            continue
        bare = match.end(1)
        alone = end == bare
        vague = start < number or (not alone and _MORE.search(text, bare, end) is not None)
        if behind == "rate":
            _rate(text, low, RawFact(start, match.end("rate"), "rate", 1 if vague else 2), match[1], take)
        elif behind == "amount":
            take(start, match.end("amount"), "amount", 1 if vague else 2)
        elif measured or _counts_bare(text, end, match[1], alone=alone):
            if bare - number == 1 and text.startswith("个以上", end):
                continue  # 2个以上部门: a rule, 180个以上 is a count
            stop = match.end("unit") if measured else end
            if text[stop : stop + 1] in vague_first and _ABOUT.match(text, stop, stop + 2):
                vague = True
            take(start, stop, "count", 1 if vague or not measured else 2)


@cache
def _vague_edges() -> tuple[frozenset[str], frozenset[str]]:
    """First characters of the words behind a number that make it vague, last characters of those before it."""
    after, before = words("vague_after", page="units"), words("vague_before", page="units")
    return frozenset(word[0] for word in after), frozenset(word[-1] for word in before)


def _led_from(text: str, low: int, number: int) -> int:
    """Where a number begins with the word that makes it vague (近, 不少于); ``number`` without one."""
    led = _VAGUE.search(text[max(low, number - _LONGEST_VAGUE) : number])
    return number - len(led.group()) if led else number


def _ruled_out(text: str, low: int, number: int) -> bool:
    """An ordinal, a limit set by rule or a national figure; ``low`` is how far back to look."""
    before = text[low:number]
    return (
        (before[-1:] in _FORBIDDEN_LAST and _FORBIDDEN_BEFORE.search(before) is not None)
        or (("于" in before or "过" in before) and _PLAN_RULE.search(before) is not None)
        or (("全" in before or "我国" in before) and _NATIONAL.search(before) is not None)
    )


_HOT_LINES = frozenset({"12345", "12348", "110", "119", "120", "122", "12315", "12388", "12309", "12368"})


def _counts_bare(text: str, end: int, digits: str, *, alone: bool) -> bool:
    """Whether a number without a measure word counts something: no year, no hot line, and words follow it.

    ``alone``: digits only, without 余, 万 and the like behind them.
    """
    value = digits.replace(",", "")
    if alone and (value in _HOT_LINES or (len(value) == 4 and value.isdigit() and 1900 <= int(value) <= 2100)):
        return False
    return "\u4e00" <= text[end : end + 1] <= "\u9fff"


def _rate(text: str, low: int, rate: RawFact, value: str, take: Take) -> None:
    """A bare 100 % is no fact; the rate of a named thing is a weak one, any other figure an exact one.

    More than all of something (办结率108%) is a slip, and states nothing.
    """
    strength = rate.strength
    figure = float(value.replace(",", "")) if text[rate.end - 1] == "%" else 0.0
    if figure == 100:
        if not _NAMED_RATE.search(text, low, rate.start):
            return
        strength = 1
    elif figure > 100 and _SHARE_OF_ALL.search(text[max(low, rate.start - _LONGEST_RATE_NAME) : rate.start]):
        return
    take(rate.start, rate.end, rate.type, strength)


_PASSES = (
    (_RHYTHM.bit, _rhythms),
    (_ON_END.bit, _spans),
    (_TERM.bit, _terms),
    (_HOUSE.bit, _addresses),
    (_ORDINAL.bit, _ranks),
    (DATES, dates),
)
