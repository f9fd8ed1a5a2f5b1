"""Where names stand in a text: listed names by their suffix, own names, villages, short forms. No judgement yet."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from jingwei.lexicon.matcher_seeds import code_units
from jingwei.lexicon.places_divisions import city_key, codes_of, level_of, towns, upper, village_words
from jingwei.lexicon.places_relation import Relation, anchor_code, home_codes, is_zone
from jingwei.lexicon.places_shorts import find_shorts
from jingwei.lexicon.places_words import (
    CITY_OF_CITIES,
    COMMON,
    COMMON_ENDING,
    LEFT_BORDER,
    NOT_A_STEM,
    NOT_AFTER_VILLAGE,
    ORDINARY,
    POSTS,
    UNDONE,
    VILLAGE_NOT,
)
from jingwei.model import Place
from jingwei.text.lazy import lazy

_IS_SUFFIX = np.zeros(0x10000, dtype=np.bool_)  # by code unit: a tenth of the time of a set in an expression
_IS_SUFFIX[[ord(c) for c in "省市州盟区县旗镇乡道处木村"]] = True
_IS_BORDER = np.zeros(0x10000, dtype=np.bool_)
_IS_BORDER[[ord(c) for c in LEFT_BORDER]] = True
_BORDER_PLACES = np.array([3, 4])  # of a border, before the last character of a village
_UPPER_LENGTHS = {"省": (4, 3), "市": (7, 6, 5, 4, 3), "州": (5, 4, 3), "盟": (5, 4, 3), "县": (5, 4, 3, 2)}
_LONG = tuple(range(16, 1, -1))  # 自治州, 自治县, 自治旗 and 民族乡 have long names
_TOWN_LENGTHS = {
    "镇": (7, 6, 5, 4, 3, 2),
    "乡": (7, 6, 5, 4, 3, 2),
    "道": (8, 7, 6, 5, 4),
    "木": (8, 7, 6, 5, 4),
    "处": (9, 8, 7, 6, 5),
}
_UNLISTED = lazy(r"[一-龥]{2,4}?(?:镇|乡|街道)(?!级|村|化|区|办公)")
_STEM = lazy(r"(?:自治区|自治州|自治县|自治旗|地区|街道|苏木|省|市|州|盟|县|区|旗|镇|乡)$")


class Spot(NamedTuple):
    """A name at ``start:end`` of the searched text; ``codes`` empty for a name the list does not have."""

    start: int
    end: int
    name: str
    codes: tuple[str, ...]
    relation: Relation | None = None  # known beforehand for the reporter's own names
    chance: bool = False  # a short form that may be a person, a hamlet or a word here
    level: str = ""  # known beforehand for the reporter's own names


class _Ends:
    """The last two characters of the listed names: most suffixes are told by them to end none, in one look not six.

    Collecting them takes as long as looking up the suffixes of ten reports, so one draft does without.
    """

    def __init__(self, names: Callable[[], Iterable[str]]) -> None:
        self._names = names
        self._asked = 0
        self._pairs: frozenset[str] | None = None

    def pairs(self, suffixes: int) -> frozenset[str] | None:
        """The pairs with which a listed name ends, for a text with so many suffixes; null while they are not known."""
        if self._pairs is None:
            self._asked += suffixes
            if self._asked >= _ASKED_BEFORE_COLLECTING:
                self._pairs = frozenset([name[-2:] for name in self._names()])
        return self._pairs


_ASKED_BEFORE_COLLECTING = 400
_TOWN_ENDS, _UPPER_ENDS = _Ends(towns), _Ends(lambda: upper().codes)


class Home(NamedTuple):
    """The reporter as the finder needs it: possible codes, and its own and its superiors' names."""

    codes: tuple[str, ...]
    anchor: str | None
    names: tuple[tuple[str, Relation, str], ...]

    @property
    def county(self) -> str | None:
        """Code of the own county, for names that count only at home."""
        return self.anchor[:6] if self.anchor and len(self.anchor) >= 6 else None


@lru_cache(maxsize=64)
def home_of(place: Place | None) -> Home:
    """The reporter's codes and names; kept for the last reporters, because one is asked for many sentences."""
    if place is None:
        return Home((), None, ())
    chain = [(n, i) for i, n in enumerate((place.province, place.city, place.county, place.town)) if n]
    names: dict[str, tuple[Relation, str]] = {}
    zone = is_zone(place)
    if zone:
        names[place.name] = "own", "示范区"
    for name, depth in chain:
        relation: Relation = "own" if depth == chain[-1][1] and not zone else "superior"
        level = ("省", "市", "县", level_of(name))[depth]
        names[name] = relation, level
        stem = _STEM.sub("", name)
        if 2 <= len(stem) <= 5 and stem not in ORDINARY:
            names.setdefault(stem, (relation, level))
    return Home(
        home_codes(place), anchor_code(place), tuple((n, *names[n]) for n in sorted(names, key=len, reverse=True))
    )


def find_spots(text: str, home: Home, extra: Sequence[str]) -> list[Spot]:
    """All names, longest and leftmost first where they overlap."""
    own = list(_own(text, home))
    found = [*own, *_extra(text, home, extra), *_suffixed(text, home, {spot.end for spot in own})]
    found.sort(key=lambda s: (s.start, -s.end))
    kept = _without_overlap(found)
    shorts = [
        Spot(s.start, s.end, s.name, upper().shorts[s.name], None, s.chance)
        for s in find_shorts(text, [spot[:2] for spot in kept])
    ]
    kept = _without_overlap(sorted([*kept, *shorts], key=lambda s: (s.start, -s.end)))
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
    for name, relation, level in home.names:
        at = text.find(name)
        codes = codes_of(name) or upper().shorts.get(name, ()) if at >= 0 else ()
        while at >= 0:
            yield Spot(at, at + len(name), name, codes, relation, level=level)
            at = text.find(name, at + len(name))


def _extra(text: str, home: Home, extra: Sequence[str]) -> Iterator[Spot]:
    for entry in extra:
        *above, name = re.findall(r"[^县市区州旗省\s/]{1,8}(?:省|市|州|县|区|旗)|[^\s/]+", entry) or [""]
        if len(name) < 2 or any(name == own for own, *_ in home.names):
            continue
        at_home = any(name_of == parent for parent in above for name_of, *_ in home.names)
        relation: Relation | None = "neighbour" if at_home else "foreign" if above else None
        at = text.find(name)
        while at >= 0:
            yield Spot(at, at + len(name), name, (), relation)
            at = text.find(name, at + len(name))


def _suffixed(text: str, home: Home, name_ends: set[int]) -> Iterator[Spot]:
    ended: Spot | None = None
    units = code_units(text)
    places = _IS_SUFFIX.take(units).nonzero()[0]
    # A village begins two or three characters before its suffix, so a border stands one place further left.
    begins = _IS_BORDER.take(units.take(places[:, None] - _BORDER_PLACES, mode="clip")).any(axis=1)
    begins |= places <= _BORDER_PLACES[-1]
    town_ends, upper_ends = (ends.pairs(len(places)) for ends in (_TOWN_ENDS, _UPPER_ENDS))
    for at, bordered in zip(places.tolist(), begins.tolist(), strict=True):
        end, last = at + 1, text[at]
        if last == "村":
            may_begin = bordered or at - 2 in name_ends or at - 3 in name_ends
            spot = _village(text, end, name_ends) if may_begin else None
        elif last == "区" and text.startswith("社", end - 2):
            spot = _village(text, end, name_ends, "社区")
        else:
            pairs = town_ends if last in _TOWN_LENGTHS else upper_ends
            if pairs is not None and text[max(0, end - 2) : end] not in pairs:
                continue  # most suffixes
            spot = _listed(text, end, home, ended)
        if spot is not None:
            ended = spot
            name_ends.add(end)
            yield spot


def _listed(text: str, end: int, home: Home, ended: Spot | None) -> Spot | None:
    """The longest credible name of the list that ends at ``end``."""
    last = text[end - 1]
    lengths = _TOWN_LENGTHS.get(last) or _UPPER_LENGTHS.get(last, (6, 5, 4, 3, 2))
    if text[end - 2 : end - 1] in {"族", "治"}:
        lengths = _LONG
    names = towns() if last in _TOWN_LENGTHS else upper().codes
    for length in lengths:
        name = text[end - length : end]
        if name not in names or length > end:
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
    if ended is not None and ended.end == start and below(codes, ended.codes):
        return True  # its superior is written before it
    if home.county and any(c.startswith(home.county) or home.county.startswith(c) for c in codes) and len(name) > 2:
        return True
    person = following == "长" and POSTS.match(text, end - 1) and not (start == 0 or text[start - 1] in LEFT_BORDER)
    if person or len(name) == 2:  # 张新民乡长; 和县 in 市和县
        return False
    return name not in COMMON and (name in CITY_OF_CITIES or not COMMON_ENDING.search(name))


def below(codes: tuple[str, ...], above: tuple[str, ...]) -> bool:
    """Whether one of the codes lies below one of ``above`` (a county run by the province counts as its own city)."""
    return any(c.startswith(a) or (len(c) == 6 and city_key(c) == a) for c in codes for a in above)


def _village(text: str, end: int, name_ends: set[int], suffix: str = "村") -> Spot | None:
    """A village is in no list: two or three characters after a border or right after a township's name.

    What stands before 村 in everybody's reports (加强村, 自然村), and 村 that begins a word (村级, 村民), is none.
    """
    stem_end = end - len(suffix)
    bordered = [
        start
        for start in (stem_end - 2, stem_end - 3)
        if start == 0 or (start > 0 and (text[start - 1] in LEFT_BORDER or start in name_ends))
    ]
    if not bordered:  # asked first: the words around are looked at for one suffix in three
        return None
    if text[stem_end - 2 : stem_end] in village_words() or NOT_AFTER_VILLAGE.match(text, end):
        return None
    for start in bordered:
        name = text[start:end]
        if _names_village(name, stem_end - start):
            return Spot(start, end, name, ())
    return None


@lru_cache(maxsize=1 << 14)  # the same few words stand before 村 in every report, and trying each expression costs 4 µs
def _names_village(name: str, stem_chars: int) -> bool:
    """Whether the stem of a name is two or three ideographs and none of the words that stand before 村."""
    stem = name[:stem_chars]
    word = stem[:2] in village_words() or VILLAGE_NOT.search(name)
    return not word and min(stem) >= "一" and max(stem) <= "龥"


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
