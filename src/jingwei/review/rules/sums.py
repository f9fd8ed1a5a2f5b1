"""R8: parts that do not add up to their total, and rates that do not fit the figures beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from jingwei.model import Finding
from jingwei.review.reading import Reading
from jingwei.review.rule_data import page
from jingwei.text.lazy import lazy

_NUMBER = r"(?P<n>\d(?<![\d_.]\d)[\d_]*(?:\.\d+)?)(?P<wan>万|亿)?"
_VAGUE = lazy(r"[余多几约近]")
_OPENERS = lazy(r"其中|包括|分别(?:为|是)|具体为|即|：|:")
_DIRECT = lazy(r"[^\W\d_]{0,8}[，,（(、]?")
# Between two counts: the second is no part of the first one's total.
_NOT_A_PART = lazy(
    r"其中|合计|小计|另|此外|同时|较|比|共|总|累计|已|化解|成功|办结|结案|到|截至|年底|新建|撬动|扶持|完成|带动|增加|下降|增长|投入|实现"
    r"|以上|竣工|投产|完工|储备|续建|发放|惠及|解决|挽回|涉案|涉及|整改|处置"
)
_REST = lazy(r"(?:其他|其它|其余)[^\d，。；]{0,8}(?:未|没有|不)|未单列|未列|不含|不包括")
_CARRIED = lazy("结转|旧存|历年|往年|上年|去年|积案|遗留|存量|累计")  # a part may come from before
_FAR = 30  # from a total to 其中, when total and parts count the same noun (18个村…，其中12个村…)
_PARTIAL = lazy(r"主要|等|新增|含|另|除|重点")
_OTHER_THING = lazy(r"[，；）][^\W\d_]{4}")  # behind a comma a new thing may begin; one larger than the total does


@lru_cache(maxsize=1)
def counted() -> re.Pattern[str]:
    """A number with its unit, in ``Reading.counted``."""
    return re.compile(_NUMBER + r"(?P<vague>余|多)?(?P<unit>" + page("R8").words["unit"] + r")(?!次)")


def counts_between(reading: Reading, start: int, end: int) -> list[re.Match[str]]:
    """All matches of :func:`counted` in a stretch, by their places in it; tried where a number begins."""
    text, match = reading.counted[start:end], counted().match
    tried = [match(text, at - start) for at in reading.numbers_between(start, end)]
    return [count for count in tried if count is not None]


def check(reading: Reading) -> Iterator[Finding]:
    """Findings R8 (sums, warning). One total with two parts or more of the same unit in the same sentence."""
    for line in reading.lines:
        if line.role not in {"body", "run_in"}:
            continue
        for start, end in reading.counting(line.start, line.end):
            yield from _sentence(reading, start, end)


def _sentence(reading: Reading, start: int, end: int) -> Iterator[Finding]:
    text = reading.counted[start:end]
    counts = counts_between(reading, start, end) if _OPENERS.search(text) else []
    if len(counts) < 2:
        return
    for at, total in enumerate(counts[:-1]):
        opener = _OPENERS.search(text, total.end(), min(len(text), total.end() + 12))
        if re.search(r"增加|增长|减少|下降|提高|比上年|同比|较", text[max(0, total.start() - 8) : total.start()]):
            continue
        gap = text[total.end() : opener.start()] if opener else ""
        if text[total.end() : total.end() + 2] in {"以上", "以内", "左右", "以下"}:
            continue
        clause = re.split(r"[，,；：]", text[: total.start()])[-1]
        if any(other in clause for other in "0123456789"):
            continue  # two totals side by side: the parts may be of either
        if opener is None or total["vague"] or not _DIRECT.fullmatch(gap):
            continue
        parts: list[re.Match[str]] = []
        for part in counts[at + 1 :]:
            gap = text[parts[-1].end() if parts else opener.end() : part.start()]
            if part["unit"] != total["unit"] or len(gap) > (14 if parts else 26) or (parts and _NOT_A_PART.search(gap)):
                break
            if value(part) >= value(total) and _OTHER_THING.search(gap):
                break  # 共核销29.6亿元，其中用于重大项目18.2亿元，盘活存量资产102亿元
            parts.append(part)
        yield from _compare(reading, start, text, total, parts, opener.group())
    yield from _too_many(reading, start, text, counts)


def _too_many(reading: Reading, start: int, text: str, counts: list[re.Match[str]]) -> Iterator[Finding]:
    """Parts of one named noun (12个村, 8个村) that exceed the total of the same noun further left."""
    for at, total in enumerate(counts[:-2]):
        noun = text[total.end() : total.end() + 1]
        opener = text.find("其中", total.end(), total.end() + _FAR)
        # A nearer 其中 is the other rule's; a comparison or another count in between breaks the relation.
        if opener < 0 or not noun.isalpha() or total["vague"] or _DIRECT.fullmatch(text[total.end() : opener]):
            continue
        parts = [c for c in counts[at + 1 :] if c.start() > opener]
        alike = [c for c in parts if c["unit"] == total["unit"] and text[c.end() : c.end() + 1] == noun]
        if len(parts) != len(counts) - at - 1 or len(alike) != len(parts) or len(parts) < 2:
            continue
        between = text[parts[0].end() : parts[-1].start()]
        if any(p["vague"] for p in parts) or re.search(r"还|又|均|同时|既|并|其中|也", between):
            continue
        added = sum(value(p) for p in parts)
        if added > value(total):
            yield page("R8").finding(
                reading, "sum", (start + total.start(), start + parts[-1].end()),
                shown=reading.text[start + total.start() : start + parts[-1].end()],
                total=plain(value(total)), added=plain(added), unit=total["unit"],
            )  # fmt: skip


def _compare(
    reading: Reading, start: int, text: str, total: re.Match[str], parts: list[re.Match[str]], opener: str
) -> Iterator[Finding]:
    if not parts or any(p["vague"] for p in parts):
        return
    whole, added = value(total), sum(value(p) for p in parts)
    if abs(whole - added) < 1e-6:
        return
    tail = text[parts[-1].end() : parts[-1].end() + 3]
    listed = text[total.end() : parts[-1].end()]
    complete = opener in {"分别为", "分别是", "具体为", "即", "：", ":"} or (len(parts) >= 3 and added >= 0.5 * whole)
    open_list = (
        _REST.search(text, total.end()) is not None
        or tail.startswith("等")
        or _PARTIAL.search(listed.replace(opener, "", 1)[:6]) is not None
    )
    if added < whole and (not complete or open_list or len(parts) < 2):
        return
    if added > whole and _VAGUE.search(text[max(0, total.start() - 2) : total.start()]):
        return
    if (total["wan"] or any(p["wan"] for p in parts)) and abs(whole - added) <= 0.02 * whole:
        return  # rounding
    if len(parts) == 1 and not re.match(r"[^，,]{0,16}\d", text[total.end() + len(opener) :][:20]):
        return
    left = max(text.rfind(mark, 0, total.start()) for mark in "，,；：:") + 1
    larger = (
        reading.rule_of_law and len(parts) == 1 and added > whole and opener == "其中" and not _CARRIED.search(text)
    )
    yield page("R8").finding(
        reading, "fraction" if larger else "sum", (start + total.start(), start + parts[-1].end()), shown=reading.text[start + left : start + parts[-1].end()],
        total=plain(whole), added=plain(added), unit=total["unit"],
    )  # fmt: skip


def value(match: re.Match[str]) -> float:
    """The number of a match of :func:`counted`."""
    return float(match["n"]) * {"万": 1e4, "亿": 1e8}.get(match["wan"] or "", 1)


def plain(number: float) -> str:
    """The number as a reader writes it."""
    return f"{number:g}" if number < 1e6 else f"{number:.0f}"
