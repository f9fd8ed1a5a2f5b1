"""When a dated wording is in its time, and which contexts excuse one that is not.

A report for year Y is written from November Y to March Y+1 (DOMAIN.md §4): wording first heard later than that is
impossible in it, wording that ended before November Y is out of date.
"""

from __future__ import annotations

import re
from typing import Literal

Status = Literal["current", "early", "late", "repealed", "unknown"]
Strength = Literal["hard", "medium", "soft", ""]
_STRENGTHS: dict[str, Strength] = {"hard": "hard", "medium": "medium", "soft": "soft"}

_SENTENCE_END = "。！？!?；;\n"
_LOOKING_BACK = re.compile(
    r"验收|总结|回顾|收官|圆满|完成了|以来|期间|历年|上一轮|前身|原来的?|原有|曾经?|历任|时期|遗留"
    r"|废止|失效|修订前|更名|改为|改称|变更为|撤销|划转|并入|整合|合并|不再|替代|取代|清理"
)


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
    left, right = sentence_around(text, start, end)
    around = text[max(left, start - 40) : start] + text[end : min(right, end + 30)]
    if _LOOKING_BACK.search(around):
        return True
    limit = int(valid_to[:4]) if valid_to else 0
    if any(int(year) <= limit for year in re.findall(r"(?<!\d)(?:19|20)\d\d(?=年)", around)):
        return True
    opened = text.rfind("《", left, start)
    return opened >= 0 and text.find("》", opened, start) < 0 and not _whole_title(text, opened, start, end)


def sentence_around(text: str, start: int, end: int) -> tuple[int, int]:
    """The sentence (to the next 。！？； or line end) that holds ``text[start:end]``."""
    left = max((text.rfind(mark, 0, start) for mark in _SENTENCE_END), default=-1) + 1
    right = min((at for mark in _SENTENCE_END if (at := text.find(mark, end)) >= 0), default=len(text))
    return left, right


def _whole_title(text: str, opened: int, start: int, end: int) -> bool:
    before = text[opened + 1 : start].replace("中华人民共和国", "")
    after = text[end : text.find("》", end)] if "》" in text[end : end + 60] else ""
    return not before.strip(" 〈<") and not after.strip(" 》〉>")
