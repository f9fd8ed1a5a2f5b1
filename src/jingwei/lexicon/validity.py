"""When a dated wording is in its time, and which contexts excuse one that is not.

A report for year Y is written from November Y to March Y+1 (DOMAIN.md §4): wording first heard later than that is
impossible in it, wording that ended before November Y is out of date.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cached_property, lru_cache
from typing import Literal

from jingwei.text.lazy import lazy

Status = Literal["current", "early", "late", "repealed", "unknown"]
Strength = Literal["hard", "medium", "soft", ""]
_STRENGTHS: dict[str, Strength] = {"hard": "hard", "medium": "medium", "soft": "soft"}

_STOP = "[。！？!?；;\n]"
_LOOKING_BACK = lazy(
    r"验收|总结|回顾|收官|圆满|完成了|以来|(?<![周月日])期间|历年|上一轮|前身|原来的?|原有|曾经?|历任|时期|遗留"
    r"|过去.{0,2}年|[三四五]年来|十[二三四]五时期"
    r"|废止|失效|修订前|更名|改为|改称|变更为|撤销|划转|并入|整合|合并|不再|替代|取代|清理"
)

_AWAITED = lazy(r"(?:迎接|喜迎|迎来|即将|将要|筹备|期待|召开)[^。，；\n]{0,8}\Z")
_TO_BE_HELD = lazy(r"[^，。；\n]{0,14}?(?:召开|献礼)|将")


@lru_cache(maxsize=8192)  # a few hundred entries, a few years
def status_for(valid_from: str, valid_to: str, early: str, out: str, year: int | None) -> tuple[Status, Strength]:
    """Status of wording valid from–to in a report for ``year``.

    ``early``/``out`` are the strengths the entry gives to being too early or too late; an empty one means that the
    date is no evidence on that side.
    """
    if year is None:
        return ("unknown" if (valid_from and early) or (valid_to and out) else "current"), ""
    if early and valid_from and valid_from > f"{year + 1}-03-31"[: max(7, len(valid_from))]:
        return "early", _STRENGTHS[early]
    if out and valid_to and valid_to < f"{year}-11-01"[: max(7, len(valid_to))]:
        return "late", _STRENGTHS[out]
    return "current", ""


def looks_back(text: str, start: int, end: int, valid_to: str) -> bool:
    """Whether the sentence around ``text[start:end]`` speaks of the past or of the change itself.

    True for a year up to ``valid_to`` named in the same sentence (2020年七五普法验收), for words of looking back,
    and for the rest of a title (a title is quoted, not used).
    """
    around = (
        re.split(_STOP, text[max(0, start - 40) : start])[-1] + re.split(_STOP, text[end : end + 30], maxsplit=1)[0]
    )
    if _LOOKING_BACK.search(around):
        return True
    limit = int(valid_to[:4]) if valid_to else 0
    if any(int(year) <= limit for year in re.findall(r"(?<!\d)(?:19|20)\d\d(?=年)", around)):
        return True
    return inside_longer_title(text, start, end)


def looks_ahead(text: str, start: int, end: int, valid_from: str, year: int) -> bool:
    """Whether a meeting of the next two years is awaited (迎接党的二十大胜利召开), which is no sign of a wrong year."""
    awaited = _AWAITED.search(text, max(0, start - 12), start) or _TO_BE_HELD.match(text, end)
    return awaited is not None and int(valid_from[:4]) <= year + 2


def inside_longer_title(text: str, start: int, end: int) -> bool:
    """Whether ``text[start:end]`` is part of a title in 《》 that is longer than itself: quoted, not used."""
    opened = text.rfind("《", max(0, start - 60), start + 1)
    closed = text.find("》", start, end + 60)
    if opened < 0 or closed < end - 1 or 0 <= text.find("》", opened, start) < start:
        return False
    title = text[opened + 1 : closed].replace("中华人民共和国", "")
    return len(title.strip(" 〈〉<>")) > len(text[start:end].strip("《》 ").replace("中华人民共和国", ""))


class Sentences:
    """The sentences of a text, to the next 。！？； or line end: found once, when first asked for."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._length = len(text)

    @cached_property
    def _stops(self) -> list[int]:
        return [match.start() for match in re.finditer(_STOP, self._text)]

    def around(self, start: int, end: int) -> tuple[int, int]:
        """The sentence that holds ``text[start:end]``, without its stop."""
        before, after = bisect_left(self._stops, start), bisect_left(self._stops, end)
        left = self._stops[before - 1] + 1 if before else 0
        return left, self._stops[after] if after < len(self._stops) else self._length
