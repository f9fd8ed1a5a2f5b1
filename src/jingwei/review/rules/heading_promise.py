"""S3: headings whose text, or whose items, are about something else (notes)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from jingwei.model import Finding
from jingwei.review.reading import Line, Reading
from jingwei.review.rule_data import page

_LONG_TITLE = 28
_TELLS_RESULTS = re.compile(r"组织|开展|完成|修订|办理|立案|化解|全部|已|了")
_PLANS = re.compile(r"将|拟|计划|继续|力争|争取|确保|(?:月|年|季度)(?:底)?前|打算|准备|要(?!求|点)|\d月(?!\d)")
_OPENING = re.compile(r"(?:[（(][一二三四五六七八九十]{1,3}[)）]|\d{1,2}[、.．])[^。；\n]{4,30}。")
_NUMBERS = tuple(
    re.compile(number)
    for number in (r"[一二三四五六七八九十]{1,3}、", r"[（(][一二三四五六七八九十]{1,3}[)）]", r"\d{1,2}[、.．]")
)


@dataclass(frozen=True, slots=True)
class _Topic:
    name: str
    heading: re.Pattern[str]
    text: re.Pattern[str]


@lru_cache(maxsize=2)
def _topics(kind: str) -> tuple[_Topic, ...]:
    return tuple(_Topic(t["name"], re.compile(t["heading"]), re.compile(t["text"])) for t in page("S3").words[kind])


def check(reading: Reading) -> Iterator[Finding]:
    """Findings S3 for the headings of rule-of-law reports, whose topics are known."""
    if not reading.rule_of_law:
        return
    heads = _heads(reading)
    for at, head in enumerate(heads):
        after = next((n for n in range(at + 1, len(heads)) if heads[n].level <= head.level), len(heads))
        end = heads[after].start if after < len(heads) else len(reading.text)
        yield from _promise(reading, head, end)
        yield from _announced(reading, head, end)
        children = [other for other in heads[at + 1 : after] if head.start < other.start < end]
        if children:
            least = min(child.level for child in children)
            yield from _misplaced(reading, head, [child for child in children if child.level == least])


def _heads(reading: Reading) -> list[Line]:
    """Headings, and run-in headings one level below the heading before them."""
    found: list[Line] = []
    for line in reading.lines:
        if line.role == "heading":
            found.append(_ranked(reading, line, line.level))
        elif line.role == "run_in":
            found.append(_ranked(reading, line, line.level or 5))
        elif line.role == "body":
            opening = _OPENING.match(reading.text, line.start, line.start + 40)
            if opening:
                opened = Line(line.start, opening.end(), "run_in", 5, line.part, line.section)
                found.append(_ranked(reading, opened, 5))
    return found


def _ranked(reading: Reading, line: Line, otherwise: int) -> Line:
    """The line with the level its number gives it: converted documents get the levels of headings wrong."""
    for level, number in enumerate(_NUMBERS, 1):
        if number.match(reading.text, line.start, line.start + 6):
            return Line(line.start, line.end, line.role, level, line.part, line.section)
    return Line(line.start, line.end, line.role, otherwise, line.part, line.section)


def _promise(reading: Reading, head: Line, end: int) -> Iterator[Finding]:
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
    ) and re.search(rf"(?:^|[。；\n]){reading.year}年", content):
        yield words.finding(reading, "promise", (head.start, head.end), topic="下一年安排")
        return
    for topic in (*_topics("promises"), *_topics("topics")):
        if topic.heading.search(title) and not topic.text.search(content):
            yield words.finding(reading, "promise", (head.start, head.end), topic=topic.name)
            return


def _told_as_plan(reading: Reading, title: str, content: str) -> bool:
    """Whether a heading names next year and its text tells what was done in the year reported on."""
    year = reading.year
    return (
        year is not None
        and f"{year + 1}年" in title
        and re.search(rf"(?:^|[。；\n]){year}年", content) is not None
        and _TELLS_RESULTS.search(content) is not None
        and _PLANS.search(content) is None
    )


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


def _misplaced(reading: Reading, head: Line, children: list[Line]) -> Iterator[Finding]:
    """Items of other topics under a heading of one topic, when at least one item does belong to it."""
    words = page("S3")
    title = reading.text[head.start : head.end]
    own = {t.name for t in _topics("topics") if t.heading.search(title)}
    if not own or len(children) < 2 or words.pattern("general").search(title):
        return
    wrong = []
    for child in children:
        line = reading.text[child.start : child.end]
        topics = {t.name for t in _topics("topics") if t.heading.search(line)}
        if topics and not topics & own:
            wrong.append(child)
    if not wrong or len(wrong) == len(children):
        return
    for child in wrong:
        yield words.finding(reading, "misplaced", (child.start, child.end), parent=_short(title))
    if len(wrong) >= 2:
        shown = "、".join(_short(reading.text[c.start : c.end]) for c in wrong)
        yield words.finding(reading, "parent", (head.start, head.end), count=len(wrong), children=shown)
