"""S3: headings whose text, or whose items, are about something else (notes)."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Iterator
from functools import cache

from msgspec import Struct

from jingwei.model import Finding
from jingwei.review.gate import Ranges, compiled, ranges
from jingwei.review.reading import Line, Reading
from jingwei.review.rule_data import page
from jingwei.text.lazy import lazy

_LONG_TITLE = 28
_TELLS_RESULTS = lazy(r"组织|开展|完成|修订|办理|立案|化解|全部|已|了")
_PLANS = lazy(r"将|拟|计划|继续|力争|争取|确保|(?:月|年|季度)(?:底)?前|打算|准备|要(?!求|点)|\d月(?!\d)")
_OPENING = lazy(r"(?:[（(][一二三四五六七八九十]{1,3}[)）]|\d{1,2}[、.．])[^。；\n]{4,30}。")
_OPENINGS = frozenset("一二三四五六七八九十（(")  # and digits: what a number can begin with
_NUMBERS = tuple(
    lazy(number)
    for number in (r"[一二三四五六七八九十]{1,3}、", r"[（(][一二三四五六七八九十]{1,3}[)）]", r"\d{1,2}[、.．]")
)


class _Topic(Struct, frozen=True):
    """What a heading that matches ``heading`` promises, and what its text then has."""

    name: str
    name_en: str
    heading: str
    text: str
    is_topic: bool  # compared between a heading and the headings below it


@cache
def _topics() -> tuple[_Topic, ...]:
    words = page("S3").words
    return tuple(
        _Topic(entry["name"], entry["en"], entry["heading"], entry["text"], kind == "topics")
        for kind in ("promises", "topics")
        for entry in words[kind]
    )


def gated() -> Iterator[str]:
    """What this rule asks the gate for."""
    yield from (topic.heading for topic in _topics())
    yield from (str(page("S3").words[name]) for name in ("announced", "listed"))


def check(reading: Reading) -> Iterator[Finding]:
    """Findings S3 for the headings of rule-of-law reports, whose topics are known."""
    if not reading.rule_of_law:
        return
    heads = _heads(reading)
    topics = _topics_of(reading, heads)
    starts, words = [head.start for head in heads], page("S3").words
    announced, listed = (_among(starts, ranges(str(words[name]), reading.text)) for name in ("announced", "listed"))
    for at, head in enumerate(heads):
        after = next((n for n in range(at + 1, len(heads)) if heads[n].level <= head.level), len(heads))
        end = heads[after].start if after < len(heads) else len(reading.text)
        yield from _promise(reading, head, end, topics[at])
        if at in announced:
            yield from _announced(reading, head, end)
        if at in listed:
            yield from _listed(reading, head, end)
        below = [n for n in range(at + 1, after) if head.start < heads[n].start < end]
        if below:
            least = min(heads[n].level for n in below)
            children = [n for n in below if heads[n].level == least]
            yield from _misplaced(reading, head, topics[at], [(heads[n], topics[n]) for n in children])


def _topics_of(reading: Reading, heads: list[Line]) -> list[list[_Topic]]:
    """For every heading the topics it names; a topic is looked for in the lines that can name it."""
    found: list[list[_Topic]] = [[] for _ in heads]
    starts = [head.start for head in heads]
    for topic in _topics():
        for at in _among(starts, ranges(topic.heading, reading.text)):
            if compiled(topic.heading).search(reading.text[heads[at].start : heads[at].end]):
                found[at].append(topic)
    return found


def _among(starts: list[int], where: Ranges) -> Collection[int]:
    """The numbers of those that begin in some ranges (null: anywhere)."""
    if where is None:
        return range(len(starts))
    return [at for start, end in where for at in range(bisect_left(starts, start), bisect_left(starts, end))]


def _heads(reading: Reading) -> list[Line]:
    """Headings, and run-in headings one level below the heading before them."""
    found: list[Line] = []
    for line in reading.lines:
        if line.role == "heading":
            found.append(_ranked(reading, line, line.level))
        elif line.role == "run_in":
            found.append(_ranked(reading, line, line.level or 5))
        elif line.role == "body":
            first = reading.text[line.start : line.start + 1]
            numbered = first in _OPENINGS or first.isdecimal()
            opening = _OPENING.match(reading.text, line.start, line.start + 40) if numbered else None
            if opening and opening.end() < line.end:  # one sentence alone is an item, which promises nothing
                opened = Line(line.start, opening.end(), "run_in", 5, line.part, line.section)
                found.append(_ranked(reading, opened, 5))
    return found


def _ranked(reading: Reading, line: Line, otherwise: int) -> Line:
    """The line with the level its number gives it: converted documents get the levels of headings wrong."""
    opening = reading.text[line.start : line.start + 1]
    numbers = _NUMBERS if opening in _OPENINGS or opening.isdecimal() else ()
    for level, number in enumerate(numbers, 1):
        if number.match(reading.text, line.start, line.start + 6):
            return Line(line.start, line.end, line.role, level, line.part, line.section)
    return Line(line.start, line.end, line.role, otherwise, line.part, line.section)


def _promise(reading: Reading, head: Line, end: int, topics: list[_Topic]) -> Iterator[Finding]:
    words = page("S3")
    title = reading.text[head.start : head.end]
    content = reading.text[head.end : end]
    if len(content) < 15:
        return
    if (
        reading.year
        and f"{reading.year + 1}年" in title
        and _TELLS_RESULTS.search(content)
        and not _PLANS.search(content)
    ) and re.search(rf"(?:^|[。；\n])(?:{reading.year}年|今年|本年)", content):
        yield words.finding(reading, "promise", (head.start, head.end), topic="下一年安排", topic_en="next year")
        return
    if head.role == "run_in" and head.part in {2, 4}:
        return  # 复议纠错率仍偏高。 tells the shortcoming or the plan itself
    for topic in topics:
        if not compiled(topic.text).search(content):
            yield words.finding(reading, "promise", (head.start, head.end), topic=topic.name, topic_en=topic.name_en)
            return


def _short(title: str) -> str:
    """A heading without its mark, cut at a mark when it is long."""
    title = title.rstrip("。：；")
    return title if len(title) <= _LONG_TITLE else re.split(r"[，、：；]", title)[0][:_LONG_TITLE]


def _announced(reading: Reading, head: Line, end: int) -> Iterator[Finding]:
    """“四个强化” over three items that begin with 强化."""
    words = page("S3")
    match = words.pattern("announced").search(reading.text, head.start, head.end)
    if match is None:
        return
    wanted = "二三四五六七八九十".index(match["n"].replace("两", "二")) + 2
    what = r"[^，。；、\n]{1,6}到位" if match["what"] == "到位" else match["what"]
    items = rf"(?:[一二三四五六七八九十]{{1,2}}(?:是|要)|[（(][一二三四五六七八九十]{{1,2}}[)）]|\n\d{{1,2}}[.．、]|[。；]|\n|\A){what}"
    told = len(re.findall(items, reading.text[head.end : end]))
    if told >= 2 and told != wanted:
        yield words.finding(
            reading, "announced", match.span(), promised=wanted, told=told, what=match["what"]
        )  # fmt: skip


def _listed(reading: Reading, head: Line, end: int) -> Iterator[Finding]:
    """“三项机制” over a text that lists them, 一是 … 二是 …, and stops short."""
    words = page("S3")
    match = words.pattern("listed").search(reading.text, head.start, head.end)
    if match is None:
        return
    name = re.escape(match.group())
    opened = re.search(rf"{name}”?(?:分别)?(?:是|为|即|包括)?[：:，]?(?=一是)", reading.text[head.end : end])
    if opened is None:
        return
    begin = head.end + opened.end()
    stop = reading.text.find("\n", begin)
    told = len(set(re.findall(r"[一二三四五六七八九十](?=是)", reading.text[begin : stop if 0 <= stop < end else end])))
    wanted = "二三四五六七八九十".index(match["n"].replace("两", "二")) + 2
    if told >= 2 and told != wanted:
        yield words.finding(reading, "listed", match.span(), promised=wanted, told=told)


def _misplaced(
    reading: Reading, head: Line, topics: list[_Topic], children: list[tuple[Line, list[_Topic]]]
) -> Iterator[Finding]:
    """Items of other topics under a heading of one topic, when at least one item does belong to it."""
    words = page("S3")
    title = reading.text[head.start : head.end]
    own = {topic.name for topic in topics if topic.is_topic}
    if not own or len(children) < 2 or words.pattern("general").search(title):
        return
    wrong = []
    for child, named in children:
        others = {topic.name for topic in named if topic.is_topic}
        if others and not others & own:
            wrong.append(child)
    if not wrong or len(wrong) == len(children):
        return
    for child in wrong:
        yield words.finding(reading, "misplaced", (child.start, child.end), parent=_short(title))
    if len(wrong) >= 2:
        shown = "、".join(_short(reading.text[c.start : c.end]) for c in wrong)
        yield words.finding(reading, "parent", (head.start, head.end), count=len(wrong), children=shown)
