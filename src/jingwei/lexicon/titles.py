"""Titles in 《》: whose document is it?

A law's or a superior's title is prescribed wording; a title that names the reporting unit is its own document and
local. Titles of books, films and newspapers are neither.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from jingwei.lexicon.matcher import fold
from jingwei.lexicon.phrases import document_names, find_whole
from jingwei.model import PhraseHit, Profile, TracedText
from jingwei.text.lazy import lazy

MAX_TITLE_CHARS = 90
MIN_NEAR_CHARS = 10  # shorter names are too alike each other

_BRACKETS = lazy("[《》\n]")
_TYPE = (
    r"法|条例|规定|办法|决定|决议|纲要|意见|规划|计划|方案|要点|通知|通告|公告|细则|准则|规则|规程|规范|章程|清单|指引|指南|标准|"
    r"目录|解释|批复|通报|函|令|预案|制度|若干措施|措施|任务书|责任书|宪法|民法典|法典|党章|报告|公报|声明|宣言|基准|纪要|讲话|大纲"
)
_ENDS = lazy(rf"(?:{_TYPE})(?:[（(].{{1,24}}[)）])?$")
_LAW = lazy(
    r"^中华人民共和国|^中国共产党|^(?:中共中央|国务院|全国人大|最高人民|中央)|^国家|^全国|"
    r"(?:宪法|法典|[一-鿿]{2,}法|条例)(?:实施(?:条例|办法|细则))?(?:[（(].{1,24}[)）])?$"
)
_SUPERIOR = lazy(r"中共[一-鿿]{2,12}委|[一-鿿]{2}[省市县区州盟旗][一-鿿0-9]|^[省市县区州盟旗](?:委|人民政府|政府|直)")
_TOWN = lazy("镇|乡|街道|苏木|村|社区")
_TOWNISH = lazy(
    r"乡镇|城镇|乡村|农村|镇街|集镇|村镇|镇村|社区矫正|社区[工治服]|乡规|村民|村规|村级|美丽乡|街道[和、]|新型城|小城镇"
)


def titles_in(text: str) -> Iterator[tuple[int, int]]:
    """Ranges of outermost 《…》 within a paragraph, brackets included."""
    if "《" not in text:
        return
    depth = 0
    opened = -1
    for mark in _BRACKETS.finditer(text):
        at, char = mark.start(), mark[0]
        if char == "\n":
            depth = 0
        elif char == "《":
            opened = at if depth == 0 else opened
            depth += 1
        elif char == "》" and depth:
            depth -= 1
            if depth == 0 and 2 < at + 1 - opened <= MAX_TITLE_CHARS:
                yield opened, at + 1


@lru_cache(maxsize=4096)  # the same few hundred titles in every report
def title_kind(title: str) -> str:
    """Whose document a title (without its outer brackets) is, from its words alone.

    ``law`` (law, regulation, party rule, national plan), ``superior`` (of a place above a township), ``town`` (names
    a township, a sub-district or a village), ``document`` (issuer not named), or empty: no document at all.
    """
    plain = re.sub(r"[\s“”\"'‘’]", "", title)
    if not _ENDS.search(plain):
        return ""
    if _names_town(plain):
        return "town"
    if _SUPERIOR.search(plain) and not re.match(r"中华人民共和国|中国共产党|中共中央|国务院", plain):
        return "superior"
    if _LAW.search(plain) or _known(plain):
        return "law"
    return "document"


def _names_town(plain: str) -> bool:
    """Whether a word for a township or village stands between ideographs, the ordinary words with one left out."""
    if _TOWN.search(plain) is None:
        return False
    bare = _TOWNISH.sub("", plain)
    for word in _TOWN.finditer(bare):
        before, after = bare[word.start() - 1 : word.start()] if word.start() else "", bare[word.end() : word.end() + 1]
        if "一" <= before <= "鿿" and ("一" <= after <= "鿿" or ("0" <= after <= "9")):
            return True
    return False


def _known(plain: str) -> bool:
    return any(
        hit.entry.group in {"law", "document"} and hit.pieces[0][0] <= 1 and hit.pieces[-1][1] >= len(plain) - 8
        for hit in find_whole(plain)
    )


@lru_cache(maxsize=4096)
def near_official(title: str) -> str:
    """The official name of a central document that ``title`` gets slightly wrong, or empty.

    Wrong by at most one character in seven, years in brackets aside; names that are right give nothing.
    """
    plain = _bare(title)
    if len(plain) < MIN_NEAR_CHARS:
        return ""
    names = _official_names()
    if plain in names:
        return ""
    allowed = max(1, len(plain) // 7)
    letters = set(plain)
    for bare, (official, its_letters) in names.items():
        alike = abs(len(bare) - len(plain)) <= allowed and len(letters ^ its_letters) <= 2 * allowed
        if alike and edit_distance(plain, bare, allowed) <= allowed:
            return official
    return ""


@lru_cache(maxsize=1)
def _official_names() -> dict[str, tuple[str, set[str]]]:
    """Bare name → name as written and its letters, of central documents whose names are often quoted."""
    names: dict[str, tuple[str, set[str]]] = {}
    for shown in document_names():
        name = shown.strip("《》")
        bare = _bare(name)
        if len(bare) >= MIN_NEAR_CHARS:
            names[bare] = name, set(bare)
    return names


def _bare(title: str) -> str:
    folded = fold(title.strip("《》"))[0].replace("、", "").removeprefix("中华人民共和国")
    return re.sub(r"\([^()]*\)$", "", folded)


def edit_distance(left: str, right: str, limit: int) -> int:
    """Levenshtein distance, or ``limit + 1`` as soon as it must exceed ``limit``."""
    row = list(range(len(right) + 1))
    for i, char in enumerate(left, start=1):
        previous, row[0] = row[0], i
        for j, other in enumerate(right, start=1):
            previous, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, previous + (char != other))
        if min(row) > limit:
            return limit + 1
    return row[-1]


def find_titles(clean: TracedText) -> tuple[PhraseHit, ...]:
    """Titles of laws and of documents above the township, as hits of group "title" in raw offsets.

    Entry ``title.law``, ``title.superior`` or ``title.document``. Whether a ``title.superior`` is really the unit's
    own (a county naming itself) is the judge's question: :func:`title_names_unit`. A document without an issuer in its
    name counts as a superior's only where the words around it say so (贯彻、落实、按照). A central document's name that
    is slightly wrong stays a hit, with ``exact`` false and the official name in ``canonical`` and ``note``.
    """
    hits = []
    for start, end in titles_in(clean.text):
        title = clean.text[start + 1 : end - 1]
        kind = title_kind(title)
        if kind == "document" and _followed(clean.text, start):
            kind = "superior"
        right = near_official(title) if kind else ""
        if kind in {"law", "superior"} or right:
            raw_start, raw_end = clean.raw_range(start, end)
            note = f"正式名称为《{right}》" if right else ""
            hits.append(
                PhraseHit(
                    raw_start,
                    raw_end,
                    f"title.{kind}",
                    "title",
                    right or title,
                    exact=not right,
                    note=note,
                    source="《》内文件名称",
                )
            )
    return tuple(hits)


_FOLLOWING = lazy(
    r"(?:贯彻|落实|执行|按照|根据|依据|遵守|学习|宣传|对照|围绕|依照|严格|遵照|下发的?|印发的?)[一-鿿]{0,10}\Z"
)


def _followed(text: str, start: int) -> bool:
    return _FOLLOWING.search(text[max(0, start - 16) : start].rstrip('“"')) is not None


def title_names_unit(title_text: str, names: Sequence[str]) -> bool:
    """Whether a title (with or without 《》) names the unit itself: one of its ``names`` of two characters or more."""
    plain = re.sub(r"\s", "", title_text)
    return any(len(name) >= 2 and name in plain for name in names)


def unit_names(profile: Profile) -> tuple[str, ...]:
    """Names by which a title in 《》 may name the unit itself; a zone is also called by its first two characters."""
    place = profile.place
    names = [profile.issuer, place.name if place else None, place.town if place else None]
    if place is not None and profile.level == "示范区":
        names.append(place.name[:2] + "示范区")
    return tuple(dict.fromkeys(n for n in names if n))
