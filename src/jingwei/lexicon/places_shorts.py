"""Short forms of provinces, prefectures and unmistakable counties in running text: 无锡, 宁波, 垫江."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from jingwei.lexicon.matcher_seeds import SeedIndex, code_units, packed
from jingwei.lexicon.places_divisions import upper
from jingwei.lexicon.places_words import (
    COMPANY,
    LEFT_BORDER,
    PLACE_USE,
    PLEDGED_AFTER,
    PLEDGED_BEFORE,
    RIGHT_BORDER,
    UNSAFE_SHORTS,
)
from jingwei.text.lazy import lazy

_PLEDGES = tuple(PLEDGED_BEFORE.split("|"))
_PLEDGES_LAST = frozenset(pledge[-1] for pledge in _PLEDGES)
_TITLE = lazy(r"《[^《》\n]{1,80}》")


class Short(NamedTuple):
    """A short form at ``start:end``; ``chance``: it may be a person, a hamlet or a word here."""

    start: int
    end: int
    name: str
    chance: bool


@lru_cache(maxsize=1)
def _heads() -> dict[str, tuple[str, ...]]:
    """First two characters → short forms beginning so, longest first."""
    heads: dict[str, list[str]] = {}
    for short in upper().shorts:
        heads.setdefault(short[:2], []).append(short)
    return {head: tuple(sorted(found, key=len, reverse=True)) for head, found in heads.items()}


@lru_cache(maxsize=1)
def _pairs() -> SeedIndex:
    """The first two characters of the short forms: borders and words of pledge are asked only where a pair stands."""
    return SeedIndex(packed(code_units("".join(_heads())), 2)[::2])


def find_shorts(text: str, named: Sequence[tuple[int, int]]) -> Iterator[Short]:
    """Short forms that begin where a name can begin: after a border, or after a word of pledge (谱写美丽…).

    ``named`` are the ranges of full names; inside these and inside titles in 《》 nothing is looked for.
    """
    heads = _heads()
    taken = sorted([*named, *(m.span() for m in _TITLE.finditer(text))])
    places, _ = _pairs().find(packed(code_units(text), 2))
    for at in places.tolist():
        pledged = at > 0 and text[at - 1] not in LEFT_BORDER
        if pledged and (text[at - 1] not in _PLEDGES_LAST or not text.endswith(_PLEDGES, 0, at)):
            continue
        for short in heads[text[at : at + 2]]:
            end = at + len(short)
            if not text.startswith(short, at) or _inside(at, end, taken):
                continue
            telling = (
                pledged and (end == len(text) or bool(PLEDGED_AFTER.match(text, end))) and short not in UNSAFE_SHORTS
            )
            if telling or (not pledged and _stands_free(text, end, len(short))):
                chance = len(upper().shorts[short][0]) == 6 or short in UNSAFE_SHORTS
                yield Short(at, end, short, chance and not telling)
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
