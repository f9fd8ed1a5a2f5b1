"""Numbering of official documents: 一、（一）1.（1）第一章, inline 一是, and forms whose beginning was lost."""

from __future__ import annotations

from functools import lru_cache

from jingwei.text.lazy import lazy

_HAN = "一二三四五六七八九十百"
_FIRST = lazy(
    rf"(?P<l1>[{_HAN}]{{1,4}}\s*[、．.]|第[{_HAN}\d]{{1,4}}(?:部分|章|节)[、：:\s]?)"
    rf"|(?P<l2>[（(]\s*[{_HAN}]{{1,4}}\s*[)）]、?)"
    r"|(?P<l3>\d{1,2}\s*[、．]|\d{1,2}\s*\.(?!\d))"
    r"|(?P<l4>[（(]\s*\d{1,2}\s*[)）]、?|[①-⑳])"
    rf"|(?P<lost>[)）]\s*(?=[\u4e00-\u9fff])|[{_HAN}]{{1,3}}\s*[)）])"
)
_LEVELS = {"l1": 1, "l2": 2, "l3": 3, "l4": 4, "lost": -2}  # a lost beginning is mostly that of （一）
_STARTS = frozenset(_HAN + "第（()）")  # and digits
ITEM_STARTS = frozenset(_HAN + "第")
INLINE = lazy(rf"(?:[{_HAN}]{{1,3}}(?:是|要)(?!否|由|因|在于)|第[{_HAN}]{{1,2}}[，,])")


@lru_cache(maxsize=2048)  # asked half a dozen times of every line
def number_of(text: str) -> tuple[int, int, bool]:
    """(level 1–4 or 0, length of the number, whether its beginning was lost) of a line."""
    first = text[:1]
    if first not in _STARTS and not first.isdigit():  # most lines; isdigit holds ① and full-width digits too
        return 0, 0, False
    match = _FIRST.match(text)
    if match is None:
        return 0, 0, False
    level = _LEVELS[match.lastgroup or ""]
    return abs(level), match.end(), level < 0


def starts_inline_item(sentence: str) -> bool:
    """Whether a sentence begins with 一是, 二是, 三要 and the like."""
    return INLINE.match(sentence) is not None
