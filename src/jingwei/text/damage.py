"""Extraction damage: recognised, repaired for matching, reported once, never held against the writer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from jingwei.model import Damage, TracedText
from jingwei.text.layout import RoledLine
from jingwei.text.lazy import lazy
from jingwei.text.numbering import number_of

_GAP = lazy("[ \u00a0\u2002\u3000]+")
_CJK_MARKS = frozenset("，。、；：“”《》（）")
_LEVEL_IN_TITLE = lazy(r"([乡镇县区市州局])(?:党委|人民政府|政府)?(?:关于)?(?:\s*20\d\s*\d|法治|依法|年度|工作)")
# 我 and 全 without the word for the unit: what follows cannot follow them in a whole sentence (全年, 全力, 我党 can).
_BARE_SELF = lazy(
    r"(?<![自忘大唯敌小])我(?=共|在|将|已|先后|始终|认真|坚持|积极|深入|高度|严格|按照|围绕|结合|上下|干部|机关|法治|20\d\d|[0-9])"
    r"|(?<![完健齐周成保])全(?=共|上下|干部|机关|法治|20\d\d|[一二两三四五六七八九十]项)"
)
_BARE_GOVERN = lazy(r"依法治(?=工作|领导|办公室|委员会|建设)")
# Gaps that prove nothing alone (a slip of the writer leaves the same) but belong to a text that is proved to lose
# characters: a number without measure word, a list mark behind a verb, 在 without the noun, half a quotation.
_FURTHER = lazy(
    r"(?<!\d)\d{1,3}(?=(?:行政|自然)(?![村处复许案诉机执审区权单]))"
    r"|(?:提高|加强|增强|发动|动员|面向|督促)(?=[、,](?:村|社区|居民|群众))"
    r"|(?<=[，。；,;])在(?=村(?:通过|开展|设立|利用|采取))"
)
_QUOTES = lazy("[“”\n]")
_RADICALS = 0x2E80, 0x2FDF  # first and last
MIN_LOST = 3


def find_damage(text: str, roled: Sequence[RoledLine], joints: Sequence[tuple[int, int]]) -> tuple[Damage, ...]:
    """Damage by form: spaces inside Chinese, page ends, web chrome, markdown marks, lost numbers, radicals."""
    found: list[Damage] = [Damage("page_break_split", start, end) for start, end in joints]
    for r in roled:
        if r.chrome:
            found.append(Damage("web_chrome", r.line.start, r.line.end))
            continue
        if r.line.hashes or r.line.dash:
            found.append(Damage("markdown_artifact", r.line.raw_start, r.line.start))
        if r.role in ("body", "heading", "title"):
            line = r.line.text
            if " " in line or "\u3000" in line or "\u00a0" in line or "\u2002" in line:  # a tenth of the search
                found += [
                    Damage("ocr_space", r.line.start + gap.start(), r.line.start + gap.end())
                    for gap in _GAP.finditer(line)
                    if _splits_chinese(line, gap.start(), gap.end())
                ]
            if number_of(line)[2]:
                found.append(Damage("numbering_lost", r.line.start, r.line.start + 1))
    points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")
    radicals = np.flatnonzero((points >= _RADICALS[0]) & (points <= _RADICALS[1])).tolist()
    found += [Damage("radical", at, at + 1) for at in radicals]
    return tuple(sorted(found, key=lambda d: (d.start, d.end, d.code)))


def _splits_chinese(text: str, start: int, end: int) -> bool:
    """Whether spaces stand between two Chinese characters or marks, or between one of them and a number.

    An ideographic space behind a number is a writer's indent.
    """
    before, after = text[start - 1 : start] if start else "", text[end : end + 1]
    if _is_cjk(after):
        return _is_cjk(before) or (before.isdecimal() and "\u3000" not in text[start:end])
    return after.isdecimal() and _is_cjk(before)


def _is_cjk(char: str) -> bool:
    return "\u3400" <= char <= "\u9fff" or char in _CJK_MARKS


def find_lost_characters(clean: TracedText, title: str) -> tuple[Damage, ...]:
    """疑似抽取丢字: the unit's own level word is gone from the whole text while bare 我, 全, 依法治 remain.

    Systematic means: the title names the level, the body never does after 我/全/本, and at least three gaps show.
    Then, and only then, other gaps of the same text count too: the page that ate 乡 ate more.
    """
    named = _LEVEL_IN_TITLE.search("".join(title.split()))
    if named is None:
        return ()
    level = named[1]
    if any(f"{word}{level}" in clean.text for word in "我全本"):
        return ()
    gaps = [m.span() for pattern in (_BARE_SELF, _BARE_GOVERN) for m in pattern.finditer(clean.text)]
    if len(gaps) < MIN_LOST:
        return ()
    further = [*(m.span() for m in _FURTHER.finditer(clean.text)), *_half_quotations(clean.text)]
    damage = [
        *(Damage("lost_character", *clean.raw_range(*gap), note=level) for gap in gaps),
        *(Damage("lost_character", *clean.raw_range(*gap)) for gap in further),
    ]
    return tuple(sorted(damage, key=lambda d: d.start))


def _half_quotations(text: str) -> Iterator[tuple[int, int]]:
    """Closing marks that nothing opens in their paragraph, with the two characters before them."""
    depth = 0
    for mark in _QUOTES.finditer(text):
        if mark[0] == "\n":
            depth = 0
        elif mark[0] == "“":
            depth += 1
        elif depth:
            depth -= 1
        else:
            yield max(mark.start() - 2, text.rfind("\n", 0, mark.start()) + 1), mark.end()
