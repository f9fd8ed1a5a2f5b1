"""Q3: a village, brand, person or document written in two ways that differ in one character, and a post that changes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import combinations

from jingwei.model import Finding
from jingwei.review.confusable import one_alike
from jingwei.review.gate import Gated, matches
from jingwei.review.place_names import own_name
from jingwei.review.reading import Reading
from jingwei.review.rule_data import page

_PLACE = Gated(
    r"(?:(?<=[，。；、：（“\n在到对向由与和及为赴于从把至])|(?<=[镇乡县区村]))[在到对由与和及为于从把将经]?(?P<name>[一-鿿]{2,4}?(?:村|社区|小学|中学|学校|水库|广场|公园|林场|市场|大桥|煤矿|车站|医院|工业园|茶厂|企业|公司|小区|集市|河))"
)
_BRAND = Gated(r"“(?P<name>[一-鿿]{3,12})”(?P<kind>[一-鿿]{0,3})")
_TITLE = Gated(r"《(?P<name>[^《》\n]{8,40})》")
_PERSON = r"(?P<post>(?:党委|党工委|总支|支部)?副?书记|副?(?:镇长|乡长|县长|区长|市长|局长|所长|站长|队长|主任|主席|校长|院长|部长|会长|组长)|政法委员|律师|法律顾问|调解员|网格员|法官|检察官|民警)(?P<name>%s[一-鿿]{1,2}?)%s"
CHANGED_HANDS = Gated(r"时任|新任|原任|前任|接任|接手|接替|调任|离任|卸任|到任|履新|转任|改任")
_DIFFERENT = Gated(r"二人|两人|不同|分别|同名|原名|更名|兄弟|姐妹|父子|夫妻")
_ORDER = frozenset("上下东西南北中前后左右内外大小新老一二三四五六七八九十")
_FORM_WORDS = frozenset(
    ("实施", "工作", "建设", "管理", "暂行", "试行", "年度", "规划", "专项", "活动", "行动", "若干")
)
_MOST = 60  # names compared pairwise; a longer list is cut: a district report may name hundreds of villages


def check(reading: Reading) -> Iterator[Finding]:
    """Findings Q3 (warning). Only names of equal length with one character of the same sound or shape are compared."""
    if reading.profile.level in {"省", "市"} or _DIFFERENT.search(reading.text):
        yield from _titles(reading)
        return
    yield from _pairs(reading, _PLACE)
    yield from _pairs(reading, _BRAND)
    yield from _own_place(reading)
    yield from _persons(reading)
    yield from _titles(reading)


def _pairs(reading: Reading, pattern: Gated) -> Iterator[Finding]:
    first: dict[str, re.Match[str]] = {}
    for match in pattern.finditer(reading.text):
        first.setdefault(match["name"], match)
    for one, other in combinations(list(first)[:_MOST], 2):
        if one_alike(one, other) and not _differ_in_order(one, other):
            yield _two_names(reading, first[one].span("name"), first[other].span("name"))


def _differ_in_order(one: str, other: str) -> bool:
    return any(a != b and {a, b} & _ORDER for a, b in zip(one, other, strict=True))


def _two_names(reading: Reading, one: tuple[int, int], other: tuple[int, int]) -> Finding:
    """The rarer of two writings is flagged; of equals the later."""
    left, right = reading.text[slice(*one)], reading.text[slice(*other)]
    if reading.text.count(left) < reading.text.count(right):
        one, other, left, right = other, one, right, left
    return page("Q3").finding(
        reading, "two_writings", other, first=left, second=right, other=list(reading.raw_range(*one))
    )


def _own_place(reading: Reading) -> Iterator[Finding]:
    """荻州街道 in the report of 荻洲街道."""
    place = reading.profile.place
    names = {own_name(reading), *((place.county or "", place.city or "") if place else ())}
    for own in sorted(name for name in names if len(name) >= 3):
        ending = "街道" if own.endswith("街道") else own[-1]
        stem = len(own) - len(ending)
        if stem > 4:
            continue
        for at in _places_of(ending, reading.text):
            name = reading.text[max(0, at - stem) : at] + ending
            if (
                name != own
                and one_alike(name, own)
                and name[0] not in "在与和由向对为到于及"
                and all("一" <= char <= "鿿" for char in name)
            ):
                where = at - stem, at + len(ending)
                yield page("Q3").finding(reading, "own_name", where, shown=name, own=own, name=name)


def _places_of(word: str, text: str) -> Iterator[int]:
    at = text.find(word)
    while at >= 0:
        yield at
        at = text.find(word, at + 1)


@cache
def _person_pattern() -> str:
    words = page("Q3").words
    return _PERSON % (words["surnames"], words["after_name"])


def gated() -> Iterator[str]:
    """What this rule asks the gate for."""
    yield _person_pattern()


def _persons(reading: Reading) -> Iterator[Finding]:
    if CHANGED_HANDS.search(reading.text):
        return  # two holders of one post, and two posts of one person, are right
    words = page("Q3")
    posts: dict[str, tuple[str, tuple[int, int]]] = {}
    for match in matches(_person_pattern(), reading.text):
        name, post, where = match["name"], match["post"], match.span("name")
        known = posts.setdefault(name, (post, where))
        if known[0] != post and ("副" + known[0] == post or known[0] == "副" + post):
            yield words.finding(
                reading, "two_posts", (match.start(), match.end()), name=name, first=known[0], second=post
            )
    for one, other in combinations(list(posts)[:_MOST], 2):
        same = (
            one[0] == other[0]
            and len(one) == len(other) >= 2
            and sum(a != b for a, b in zip(one, other, strict=True)) == 1
        )
        if same and (one_alike(one, other) or (len(one) == 3 and posts[one][0] == posts[other][0])):
            yield _two_names(reading, posts[one][1], posts[other][1])


def _titles(reading: Reading) -> Iterator[Finding]:
    """Two titles in 《》 that differ in one or two characters, years apart."""
    first: dict[str, re.Match[str]] = {}
    for match in _TITLE.finditer(reading.text):
        first.setdefault(match["name"], match)
    for one, other in combinations(list(first)[:_MOST], 2):
        if _nearly_equal(one, other):
            yield _two_names(reading, first[one].span("name"), first[other].span("name"))


def _nearly_equal(one: str, other: str) -> bool:
    """Whether a word of form was left out (实施方案, 方案), or one character is another of the same sound."""
    short, long = sorted((one, other), key=len)
    if len(short) == len(long):
        return one_alike(one, other)
    head = _common(short, long)
    tail = _common(short[head:][::-1], long[head:][::-1])
    return head + tail == len(short) and head >= 4 and tail >= 2 and long[head : len(long) - tail] in _FORM_WORDS


def _common(one: Sequence[str], other: Sequence[str]) -> int:
    return next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
