"""Names of places as a report uses them: its own, those of a source, and when a name accuses nobody."""

from __future__ import annotations

from functools import lru_cache

from jingwei.model import Place
from jingwei.review.reading import Reading
from jingwei.text.lazy import lazy

_LEVEL = lazy(r"[^\W\d_]{2,12}?(?:特别行政区|自治区|自治州|自治县|自治旗|地区|省|市|县|区|旗|盟|街道|镇|乡|苏木)")
_SUFFIX = lazy(r"(?:(?:[^\W\d_]{1,3}族)*自治[州县旗区]|民族乡|街道(?:办事处)?|省|市|县|区|旗|盟|镇|乡)$")
_ACROSS_WORDS = lazy("隆重(?=庆)")  # no place though the letters are those of one


def own_names(reading: Reading) -> frozenset[str]:
    """All names of the reporter and the places above it, with and without their suffix."""
    place = reading.profile.place or Place("")
    names = {n for n in (place.name, place.province, place.city, place.county, place.town) if n}
    names |= {hit.name for hit in reading.brief.places if hit.relation in {"own", "superior", "subordinate"}}
    names |= {level for name in tuple(names) for level in levels_of(name)}
    return frozenset(names | {stem(n) for n in names})


@lru_cache(maxsize=4096)
def levels_of(name: str) -> tuple[str, ...]:
    """The places a name is made of: 云溪县白石镇 is 云溪县 and 白石镇."""
    return tuple([match.group() for match in _LEVEL.finditer(name)])


def own_name(reading: Reading) -> str:
    """The reporter's name of its own level, without the places above it."""
    place = reading.profile.place
    if place is None:
        return ""
    return place.town if reading.profile.level in {"镇", "乡", "街道"} and place.town else place.name


def reporter(reading: Reading) -> str:
    """Who reports, as messages name it: the place, with the organ of a department; the level where no name is known."""
    place, level = reading.profile.place, reading.profile.level
    if place is None:
        return f"{level or '本单位'}（名称未识别）"
    return place.name + (reading.profile.organ or "" if level == "部门" else "")


@lru_cache(maxsize=4096)
def stem(name: str) -> str:
    """A place name without its level, when two characters remain."""
    short = _SUFFIX.sub("", name)
    return short if len(short) >= 2 else name


def is_named_among_others(text: str, start: int, end: int, own: frozenset[str]) -> bool:
    """Whether the name stands in a list of places (日喀则、山南、林芝), beside our own, or in a state-level area's name."""
    before, behind = text[max(0, start - 8) : start], text[end : end + 8]
    listed = before.endswith("、") and behind.startswith("、")
    beside = any(before.endswith(name + "、") or behind.startswith("、" + name) for name in own if len(name) > 1)
    return listed or beside or behind.startswith("新区") or _ACROSS_WORDS.match(text, max(0, start - 1)) is not None


@lru_cache(maxsize=1024)
def native_names(place: str) -> frozenset[str]:
    """The names of a place and of those above it, with and without their suffix."""
    names = frozenset(levels_of(place))
    return names | {stem(name) for name in names if len(stem(name)) >= 2}
