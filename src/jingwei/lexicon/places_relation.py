"""How two places stand to each other: own, superior, subordinate, neighbour or foreign."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Literal

from jingwei.lexicon.places_divisions import city_key, codes_of
from jingwei.model import Place

Relation = Literal["own", "superior", "subordinate", "neighbour", "foreign", "ambiguous"]
_RANK: tuple[Relation, ...] = ("own", "superior", "subordinate", "neighbour", "foreign")


def code_relation(code: str, home: str) -> Relation:
    """Relation of the place ``code`` to the place ``home``, both codes of the division list.

    Neighbours are places of the same level or deeper below the same county or prefecture; for a prefecture, the
    other prefectures of its province.
    """
    if code == home:
        return "own"
    if home.startswith(code):
        return "superior"
    if code.startswith(home):
        return "subordinate"
    siblings = len(home) == len(code) == 4 and code[:2] == home[:2]
    near = min(len(home), len(code)) >= 6 and (code[:6] == home[:6] or city_key(code) == city_key(home))
    return "neighbour" if siblings or near else "foreign"


def best_relation(codes: Iterable[str], homes: tuple[str, ...]) -> Relation:
    """The kindest relation of a name with several codes to a home that may be one of several places.

    Where the possible homes disagree the answer is ambiguous: nobody is accused on a guess.
    """
    codes = tuple(codes)
    if not codes or not homes:
        return "ambiguous"
    found = {min((code_relation(c, home) for c in codes), key=_RANK.index) for home in homes}
    return found.pop() if len(found) == 1 else "ambiguous"


@lru_cache(maxsize=4096)
def _anchor(province: str | None, city: str | None, county: str | None) -> str | None:
    code: str | None = None
    for name in (province, city, county):
        if not name:
            continue
        below = [c for c in codes_of(name) if code is None or (c.startswith(code) and c != code)]
        if len(below) != 1:
            return code if name is not county else None
        code = below[0]
    return code


def anchor_code(place: Place | None) -> str | None:
    """Code of the place or, where it has none, of the deepest superior that the division list knows."""
    if place is None:
        return None
    return place.code or _anchor(place.province, place.city, place.county)


def home_codes(place: Place | None) -> tuple[str, ...]:
    """The codes a reporter may have: one when resolved, several when the name is ambiguous, none when invented."""
    if place is None:
        return ()
    if place.code:
        return (place.code,)
    return place.candidates


def is_zone(place: Place) -> bool:
    """A zone (示范区, 开发区) is in no list; what its place knows of county and city lies above it."""
    return place.code is None and place.town is None and place.name not in {place.province, place.city, place.county}


def native_relation(place: Place | str, home: Place | None) -> Relation:
    """Relation of a place (or a code) to the reporter's place, by code where both have one, else by names."""
    if home is None:
        return "ambiguous"
    code = place if isinstance(place, str) else place.code
    if code and home_codes(home):
        return best_relation((code,), home_codes(home))
    if isinstance(place, str):
        anchor = anchor_code(home)
        return code_relation(place, anchor + "0" * (9 - len(anchor))) if anchor and home.town else "ambiguous"
    return _by_names(place, home)


def _chain(place: Place) -> tuple[str | None, ...]:
    return (place.province, place.city, place.county, place.town)


def _by_names(place: Place, home: Place) -> Relation:
    ours, theirs = _chain(home), _chain(place)
    depth = max((i for i, name in enumerate(theirs) if name), default=-1)
    own_depth = max((i for i, name in enumerate(ours) if name), default=-1)
    if depth < 0 or own_depth < 0:
        return "ambiguous"
    differs = [i for i in range(4) if ours[i] and theirs[i] and ours[i] != theirs[i]]
    shared = [i for i in range(4) if ours[i] and ours[i] == theirs[i]]
    if not shared:
        return "foreign" if differs else "ambiguous"
    if not differs:
        return "own" if depth == own_depth else "superior" if depth < own_depth else "subordinate"
    return "neighbour" if max(shared) >= 1 and min(differs) > max(shared) else "foreign"


def is_superior(place: Place, other: Place) -> bool:
    """Whether ``place`` is the province, prefecture or county that ``other`` lies in (never true of itself)."""
    if place.code and (code := other.code or anchor_code(other)):
        return (code.startswith(place.code) and code != place.code) or (
            code == place.code and other.code is None and other.town is not None
        )
    return native_relation(place, other) == "superior"


def is_same_place(place: Place, other: Place) -> bool:
    """Whether both are one and the same place for certain: a name that several bear equals nothing."""
    return not place.candidates and not other.candidates and native_relation(place, other) == "own"


def same_county(place: Place, other: Place) -> bool:
    """Whether both lie in (or are) the same county; false where either county is unknown."""
    left, right = anchor_code(place), anchor_code(other)
    if left and right and len(left) >= 6 and len(right) >= 6:
        return left[:6] == right[:6]
    return bool(place.county) and (place.county, place.city) == (other.county, other.city)
