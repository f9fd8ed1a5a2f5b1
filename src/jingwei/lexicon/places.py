"""Place names in running text, and how each stands to the reporting unit.

For every suffix character (省市州盟区县旗镇乡道办村 …) the longest name of the division list ending there is looked
up; short forms of provinces, prefectures and unmistakable counties (无锡, 宁波, 垫江) by their first two characters.
About 1–2 ms for 6,000 characters once the list is loaded. No automaton of 32,000 names is built.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from jingwei.lexicon.places_divisions import city_key, codes_of, level_of, towns, upper
from jingwei.lexicon.places_relation import Relation, anchor_code, best_relation, home_codes
from jingwei.lexicon.places_words import (
    CITY_OF_CITIES,
    COMMON,
    COMMON_ENDING,
    COMPANY,
    LEFT_BORDER,
    NOT_A_STEM,
    ORDINARY,
    PLACE_USE,
    PLEDGED_AFTER,
    PLEDGED_BEFORE,
    POSTS,
    RIGHT_BORDER,
    UNDONE,
    UNSAFE_SHORTS,
    VILLAGE_NOT,
)
from jingwei.model import Place, PlaceHit, Profile, TracedText

_SUFFIX = re.compile("[省市州盟区县旗镇乡道处木村]")
_UPPER_LENGTHS = {"省": (4, 3), "市": (7, 6, 5, 4, 3), "州": (5, 4, 3), "盟": (5, 4, 3), "县": (5, 4, 3, 2)}
_LONG = tuple(range(16, 1, -1))  # 自治州, 自治县, 自治旗 and 民族乡 have long names
_TOWN_LENGTHS = {
    "镇": (7, 6, 5, 4, 3, 2),
    "乡": (7, 6, 5, 4, 3, 2),
    "道": (8, 7, 6, 5, 4, 3),
    "木": (8, 7, 6, 5, 4),
    "处": (9, 8, 7, 6, 5),
}
_UNLISTED = re.compile(r"[一-龥]{2,4}?(?:镇|乡|街道)(?!级|村|化|区|办公)")
_TITLE = re.compile(r"《[^《》\n]{1,80}》")
_STEM = re.compile(r"(?:自治区|自治州|自治县|自治旗|地区|街道|苏木|省|市|州|盟|县|区|旗|镇|乡)$")


class Spot(NamedTuple):
    """A name at ``start:end`` of the searched text; ``codes`` empty for a name the list does not have."""

    start: int
    end: int
    name: str
    codes: tuple[str, ...]
    relation: Relation | None = None  # known beforehand for the reporter's own names
    chance: bool = False  # a short form that may be a person, a hamlet or a word here


class Home(NamedTuple):
    """The reporter as the finder needs it: possible codes, and its own and its superiors' names."""

    codes: tuple[str, ...]
    anchor: str | None
    names: tuple[tuple[str, Relation], ...]

    @property
    def county(self) -> str | None:
        """Code of the own county, for names that count only at home."""
        return self.anchor[:6] if self.anchor and len(self.anchor) >= 6 else None


@lru_cache(maxsize=1)
def _short_heads() -> dict[str, tuple[str, ...]]:
    """First two characters → short forms beginning so, longest first."""
    heads: dict[str, list[str]] = {}
    for short in upper().shorts:
        heads.setdefault(short[:2], []).append(short)
    return {head: tuple(sorted(found, key=len, reverse=True)) for head, found in heads.items()}


@lru_cache(maxsize=1)
def _starts() -> re.Pattern[str]:
    """Borders and words of pledge right before a character that some short form begins with."""
    borders = re.escape("".join(sorted(LEFT_BORDER)))
    first, second = ("".join(sorted({head[i] for head in _short_heads()})) for i in (0, 1))
    return re.compile(f"(?:^|[{borders}]|(?P<pledge>{PLEDGED_BEFORE}))(?=[{first}][{second}])")


@lru_cache(maxsize=64)
def _home(place: Place | None) -> Home:
    if place is None:
        return Home((), None, ())
    chain = [(n, i) for i, n in enumerate((place.province, place.city, place.county, place.town)) if n]
    names: dict[str, Relation] = {}
    for name, depth in chain:
        relation: Relation = "own" if depth == chain[-1][1] else "superior"
        names[name] = relation
        stem = _STEM.sub("", name)
        if 2 <= len(stem) <= 5 and stem not in ORDINARY:
            names.setdefault(stem, relation)
    return Home(home_codes(place), anchor_code(place), tuple(sorted(names.items(), key=lambda x: -len(x[0]))))


def find_places(clean: TracedText, home: Profile, extra: Sequence[str] = ()) -> tuple[PlaceHit, ...]:
    """All place names of a text with level and relation to the reporter, in order, not overlapping.

    Args:
        clean: the text to search; hits carry raw offsets of the document it came from.
        home: the reporter, from :func:`jingwei.lexicon.identity.identify`.
        extra: names of the user's own list, bare (柳河镇) or with superiors (青溪县柳河镇).

    Returns:
        Hits with raw offsets. A place that may be one of several, or whose relation cannot be known because the
        reporter's place is not resolved, is ``ambiguous``, never ``foreign``.
    """
    base = _home(home.place)
    hits: list[PlaceHit] = []
    before: Spot | None = None
    for spot in _spots(clean.text, base, extra):
        settled = _settle(spot, before, base)
        start, end = clean.raw_range(settled.start, settled.end)
        code = settled.codes[0] if settled.codes else ""
        hits.append(
            PlaceHit(
                start, end, settled.name, level_of(settled.name, code), settled.relation or "ambiguous", settled.codes
            )
        )
        before = settled
    return tuple(hits)


def place_ranges(text: str, home: Profile) -> list[tuple[int, int]]:
    """Ranges of ``text`` that name any place, adjoining names merged (垫江县杠家镇 is one), for masking."""
    merged: list[tuple[int, int]] = []
    for spot in _spots(text, _home(home.place), ()):
        if merged and merged[-1][1] == spot.start:
            merged[-1] = (merged[-1][0], spot.end)
        else:
            merged.append((spot.start, spot.end))
    return merged


def mask_places(text: str, home: Profile, mark: str = "〇") -> str:
    """``text`` with every place replaced by one ``mark``: sentences that differ only in places become equal."""
    pieces, at = [], 0
    for start, end in place_ranges(text, home):
        pieces += [text[at:start], mark]
        at = end
    return "".join([*pieces, text[at:]])


def _spots(text: str, home: Home, extra: Sequence[str]) -> list[Spot]:
    """All names, longest and leftmost first where they overlap."""
    found = [*_own(text, home), *_extra(text, home, extra), *_suffixed(text, home)]
    found.sort(key=lambda s: (s.start, -s.end))
    kept = _without_overlap(found)
    kept = _without_overlap(sorted([*kept, *_shorts(text, kept)], key=lambda s: (s.start, -s.end)))
    return _with_unlisted(text, kept)


def _without_overlap(spots: list[Spot]) -> list[Spot]:
    kept: list[Spot] = []
    for spot in spots:
        if kept and spot.start < kept[-1].end:
            if spot.end - spot.start > kept[-1].end - kept[-1].start:
                kept[-1] = spot
            continue
        kept.append(spot)
    return kept


def _own(text: str, home: Home) -> Iterator[Spot]:
    for name, relation in home.names:
        at = text.find(name)
        while at >= 0:
            yield Spot(at, at + len(name), name, codes_of(name) or upper().shorts.get(name, ()), relation)
            at = text.find(name, at + len(name))


def _extra(text: str, home: Home, extra: Sequence[str]) -> Iterator[Spot]:
    for entry in extra:
        *above, name = re.findall(r"[^县市区州旗省\s/]{1,8}(?:省|市|州|县|区|旗)|[^\s/]+", entry) or [""]
        if len(name) < 2 or any(name == own for own, _ in home.names):
            continue
        at_home = any(name_of == parent for parent in above for name_of, _ in home.names)
        relation: Relation | None = "neighbour" if at_home else "foreign" if above else None
        at = text.find(name)
        while at >= 0:
            yield Spot(at, at + len(name), name, (), relation)
            at = text.find(name, at + len(name))


def _suffixed(text: str, home: Home) -> Iterator[Spot]:
    ended: Spot | None = None
    for match in _SUFFIX.finditer(text):
        end, last = match.end(), match[0]
        if last == "村":
            spot = _village(text, end, ended)
        elif last == "区" and text.startswith("社", end - 2):
            spot = _village(text, end, ended, "社区")
        else:
            spot = _listed(text, end, home, ended)
        if spot is not None:
            ended = spot
            yield spot


def _listed(text: str, end: int, home: Home, ended: Spot | None) -> Spot | None:
    """The longest credible name of the list that ends at ``end``."""
    last = text[end - 1]
    lengths = _TOWN_LENGTHS.get(last) or _UPPER_LENGTHS.get(last, (6, 5, 4, 3, 2))
    if text[end - 2 : end - 1] in {"族", "治"}:
        lengths = _LONG
    for length in lengths:
        name = text[end - length : end]
        if length > end or name not in (towns() if last in _TOWN_LENGTHS else upper().codes):
            continue
        spot = Spot(end - length, end, name, codes_of(name))
        if _credible(text, spot, home, ended):
            return spot
    return None


def _credible(text: str, spot: Spot, home: Home, ended: Spot | None) -> bool:
    """Whether a listed name is a name here, not a piece of other words."""
    start, end, name, codes = spot[:4]
    following = text[end : end + 1]
    if following in UNDONE.get(name[-1], ()):
        return False
    if ended is not None and ended.end == start and _below(codes, ended.codes):
        return True  # its superior is written before it
    if home.county and any(c.startswith(home.county) or home.county.startswith(c) for c in codes) and len(name) > 2:
        return True
    person = following == "长" and POSTS.match(text, end - 1) and not (start == 0 or text[start - 1] in LEFT_BORDER)
    if person or len(name) == 2:  # 张新民乡长; 和县 in 市和县
        return False
    return name not in COMMON and (name in CITY_OF_CITIES or not COMMON_ENDING.search(name))


def _below(codes: tuple[str, ...], above: tuple[str, ...]) -> bool:
    return any(c.startswith(a) or (len(c) == 6 and city_key(c) == a) for c in codes for a in above)


def _village(text: str, end: int, ended: Spot | None, suffix: str = "村") -> Spot | None:
    """A village is in no list: two or three characters after a border or right after a township's name."""
    stem_end = end - len(suffix)
    for length in (2, 3):
        start = stem_end - length
        if start < 0:
            break
        adjoining = ended is not None and ended.end == start
        bordered = start == 0 or text[start - 1] in LEFT_BORDER
        stem = text[start:stem_end]
        if (
            (adjoining or bordered)
            and stem.isalpha()
            and not VILLAGE_NOT.search(text[start:end])
            and "一" <= stem[0] <= "龥"
        ):
            return Spot(start, end, text[start:end], ())
    return None


def _shorts(text: str, kept: list[Spot]) -> Iterator[Spot]:
    """Short forms that begin where a name can begin: after a border, or after a word of pledge (谱写美丽…)."""
    heads = _short_heads()
    taken = sorted([*(s[:2] for s in kept), *(m.span() for m in _TITLE.finditer(text))])
    for start in _starts().finditer(text):
        at, pledged = start.end(), start.lastgroup is not None
        for short in heads.get(text[at : at + 2], ()):
            end = at + len(short)
            if not text.startswith(short, at) or _inside(at, end, taken):
                continue
            telling = (
                pledged and (end == len(text) or bool(PLEDGED_AFTER.match(text, end))) and short not in UNSAFE_SHORTS
            )
            if telling or (not pledged and _stands_free(text, end, len(short))):
                codes = upper().shorts[short]
                yield Spot(at, end, short, codes, None, not telling and (len(codes[0]) == 6 or short in UNSAFE_SHORTS))
                break


def _stands_free(text: str, end: int, length: int) -> bool:
    """Whether what follows a short form lets it be a place: a border or a use of places; long ones need none."""
    if COMPANY.match(text, end):
        return False
    return length > 2 or end == len(text) or text[end] in RIGHT_BORDER or bool(PLACE_USE.match(text, end))


def _inside(start: int, end: int, ranges: list[tuple[int, int]]) -> bool:
    """Whether the stretch overlaps one of the sorted ranges (titles and names are shorter than 100 characters)."""
    at = bisect_left(ranges, (start - 100, 0))
    while at < len(ranges) and ranges[at][0] < end:
        if ranges[at][1] > start:
            return True
        at += 1
    return False


def _with_unlisted(text: str, spots: list[Spot]) -> list[Spot]:
    """After a county a township name is one even if the list lacks it (merged, renamed or invented)."""
    result: list[Spot] = []
    for number, spot in enumerate(spots):
        result.append(spot)
        if spot.name[-1] not in "县市区旗" or any(len(c) > 6 for c in spot.codes):
            continue
        match = _UNLISTED.match(text, spot.end)
        following = spots[number + 1].start if number + 1 < len(spots) else len(text)
        if match and match.end() <= following and not NOT_A_STEM.search(match[0]):
            result.append(Spot(match.start(), match.end(), match[0], ()))
    return result


def _settle(spot: Spot, before: Spot | None, home: Home) -> Spot:
    """Fix codes by the superior written right before, then the relation."""
    adjoining = before is not None and before.end == spot.start
    codes = spot.codes
    if adjoining and before is not None and codes and _below(codes, before.codes):
        codes = tuple(c for c in codes if _below((c,), before.codes))
    if spot.relation is not None:
        if spot.relation == "own" and adjoining and before is not None and before.relation == "foreign":
            return spot._replace(relation="foreign", codes=codes)  # another county's township of the same name
        return spot._replace(codes=codes)
    if adjoining and before is not None and before.relation and (not codes or not _below(codes, before.codes)):
        inherited: Relation = {"own": "subordinate", "superior": "neighbour"}.get(before.relation, before.relation)  # type: ignore[assignment]
        if not codes:
            return spot._replace(relation=inherited)
    if not codes:
        village = spot.name.endswith(("村", "社区"))
        return spot._replace(relation="subordinate" if village and home.names else "ambiguous")
    relation = _relation(codes, home)
    return spot._replace(codes=codes, relation="ambiguous" if spot.chance and relation == "foreign" else relation)


def _relation(codes: tuple[str, ...], home: Home) -> Relation:
    if home.codes:
        return best_relation(codes, home.codes)
    if home.anchor:
        return best_relation(codes, (home.anchor + "0" * (9 - len(home.anchor)),))
    # An invented reporter: a county's name borne by one place only is not his; his fellow townships are unknown.
    return "foreign" if home.names and len(codes) == 1 and len(codes[0]) == 6 else "ambiguous"
