"""R7: headings and enumerations that skip a number or use one twice."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import islice

from msgspec import Struct

from jingwei.model import Finding
from jingwei.review.gate import Gated
from jingwei.review.reading import Reading
from jingwei.review.rule_data import page
from jingwei.text.lazy import lazy

_CHINESE = "一二三四五六七八九十"
_STYLES = (
    ("一、", 1, lazy(r"(?P<n>[一二三四五六七八九十]{1,3})(?:、|[，．.](?=[^\W\d_]{2}))")),
    ("（一）", 2, lazy(r"[（(](?P<n>[一二三四五六七八九十]{1,3})[)）]")),
    ("1.", 3, lazy(r"(?P<n>\d{1,2})(?:[.．](?!\d)|[、)）])")),
    ("（1）", 4, lazy(r"[（(](?P<n>\d{1,2})[)）]")),
)
_ARABIC_RUN, _CHINESE_RUN = lazy(r"\d+"), lazy(r"[一二三四五六七八九十]+")
_INLINE = Gated(r"(?P<n>[一二三四五六七八九十][一二三四五六七八九十]?)(?P<how>是|要(?![素点求件义领]))")
_OPENINGS = frozenset(_CHINESE + "（(")
_SHOWN_CHARS = 14  # of a line that lost its number
_BEFORE_INLINE = frozenset("\n。；：;:，,“")
_WHOLE = lazy(r"[（(](?P<n>[一二三四五六七八九十]{1,2})[）)]")
_HALF = lazy(r"(?P<n>[一二三四五六七八九十]{1,2})[）)](?=[^\W\d_]{2})")
# The table of applications in the prescribed form of disclosure reports: its rows bear the numbers 一、 （一） 1.
_TABLE = lazy(r"(?m)^[| ]*(?:一、)? *本年新收政府信息公开申请数量[\s\S]{0,3000}?^[| ]*(?:四、)? *结转下年度继续办理")
_EMPTY = lazy(r"[（(、.．)）](?:(?<=[（(])[)）]|(?<=[、.．)）]))(?=[^\W\d_]{2})")


class _Number(Struct, frozen=True):
    style: str
    rank: int
    value: int
    start: int
    end: int


def check(reading: Reading) -> Iterator[Finding]:
    """Findings R7. Numbers lost in extraction are notes, and silence all of this rule that counts on."""
    halves = list(_half_brackets(reading))
    yield from halves
    lost = [damage for damage in reading.report.structure.damage if damage.code == "numbering_lost"]
    if lost:
        told = {half.start for half in halves}
        untold = [damage.start for damage in lost if damage.start not in told]
        text = reading.report.document.text
        for start in untold:
            end = text.find("\n", start)
            where = start, min(start + _SHOWN_CHARS, len(text) if end < 0 else end)
            yield page("R7").raw_finding(reading, "lost", where, count=len(untold))
        return
    yield from _headings(reading)
    # A list may well begin with 1. in one section and with （一） in another; 1. beside 1、 has two writers.
    systems = (m for m in mixed_numbers(reading) if m[1][0].isdigit() and m[2][0].isdigit())
    for where, first, second in islice(systems, 1):  # each of them is Q2; once it is R7 too
        yield page("R7").finding(reading, "mixed", where, first=first, second=second)
    yield from _inline(reading)
    yield from _empty_brackets(reading)


def number(text: str) -> int | None:
    """The value of 1–99 in Chinese or Arabic digits."""
    if text.isdigit():
        return int(text)
    if text == "十":
        return 10
    tens, mark, ones = text.partition("十")
    if not mark:
        return _CHINESE.index(text) + 1 if len(text) == 1 and text in _CHINESE else None
    if (tens and tens not in _CHINESE) or (ones and ones not in _CHINESE) or len(ones) > 1 or len(tens) > 1:
        return None
    return (_CHINESE.index(tens) + 1 if tens else 1) * 10 + (_CHINESE.index(ones) + 1 if ones else 0)


@lru_cache(maxsize=1)
def numbered_lines(reading: Reading) -> tuple[_Number, ...]:
    """Numbered lines in order, outside title, signature, attachments and the table of applications."""
    found = []
    rows = [match.span() for match in _TABLE.finditer(reading.text)] if "本年新收政府" in reading.text else []
    for line in reading.lines:
        opening = reading.text[line.start : line.start + 1]
        if opening not in _OPENINGS and not opening.isdecimal():
            continue
        if line.role not in {"heading", "run_in", "body"} or (line.start and reading.text[line.start - 1] != "\n"):
            continue
        if any(start <= line.start < end for start, end in rows):
            continue
        for style, rank, pattern in _STYLES:
            match = pattern.match(reading.text, line.start, line.end)
            value = number(match["n"]) if match else None
            if match and value is not None:
                found.append(_Number(style, rank, value, *match.span()))
                break
    return tuple(found)


@lru_cache(maxsize=1)
def mixed_numbers(reading: Reading) -> tuple[tuple[tuple[int, int], str, str], ...]:
    """Range, first style and the other one: 1. beside 1、 and Arabic numbers right below 一、 beside （一）."""
    return tuple(_mixed(reading))


def _mixed(reading: Reading) -> Iterator[tuple[tuple[int, int], str, str]]:
    seen: dict[str, str] = {}
    below: dict[str, str] = {}
    brackets: dict[str, bool] = {}
    parent = 0
    for item in numbered_lines(reading):
        shown = reading.text[item.start : item.end]
        style = _style_of(shown)
        first = seen.setdefault(item.style, style)
        if first == style == "（一）" and ("(" in shown) != (brackets.setdefault(style, "(" in shown)):
            yield (item.start, item.end), style, shown
            brackets[style] = "(" in shown
        if first != style and item.style == "1.":
            yield (item.start, item.end), first, shown
            seen[item.style] = style
        if item.rank == 1:
            parent = 1
        elif parent == 1:
            used = below.setdefault("style", item.style)
            if used != item.style:
                yield (item.start, item.end), used, shown
                below["style"] = item.style
            parent = 2


@lru_cache(maxsize=256)
def _style_of(shown: str) -> str:
    """A number as the first of its kind would be written: 十二、 as 一、."""
    first = _ARABIC_RUN.sub("1", _CHINESE_RUN.sub("一", shown))
    return first.replace("(", "（").replace(")", "）").replace("．", ".")


def _headings(reading: Reading) -> Iterator[Finding]:
    open_numbers: dict[int, _Number] = {}
    items = numbered_lines(reading)
    for at, item in enumerate(items):
        last = open_numbers.get(item.rank)
        for rank in [r for r in open_numbers if r > item.rank]:
            del open_numbers[rank]
        open_numbers[item.rank] = item
        if last is None:
            if item.value > 1 and item.rank <= 2 and not _left_out(reading, item, item.value - 1):
                yield _say(reading, "skipped", item, item.value - 1, "")
        elif item.value == last.value + 2 and (other := _in_other_style(items[:at], last, item)):
            yield _say(
                reading,
                "other_style",
                other,
                item.value - 1,
                _line(reading, last),
                expected=_like(item, item.value - 1),
            )
        elif item.value == last.value:
            yield _say(reading, "twice", item, item.value, _line(reading, last))
        elif item.value > last.value + 1 and not _left_out(reading, item, last.value + 1):
            yield _say(reading, "skipped", item, last.value + 1, _line(reading, last))
        elif item.value < last.value and item.value != 1:
            yield _say(reading, "backwards", item, last.value + 1, _line(reading, last))
        elif item.value == 1 and item.rank == 1 and reading.rule_of_law:
            yield _say(reading, "twice", item, 1, _line(reading, last))


def _in_other_style(before: Sequence[_Number], last: _Number, item: _Number) -> _Number | None:
    """The one number between two of a style that has the missing value: 2、 between 一、 and 三、."""
    between = [n for n in before if last.start < n.start < item.start and n.rank > item.rank]
    return between[0] if len(between) == 1 and between[0].value == item.value - 1 else None


def _say(reading: Reading, case: str, item: _Number, value: int, after: str, *, expected: str | None = None) -> Finding:
    severity = None if item.rank <= 2 or case == "other_style" else "note"
    line = reading.line_at(item.start)
    end = min(line.end, item.end + 20)
    stop = re.search(r"[。；，]", reading.text[item.end : end])
    end = item.end + stop.start() if stop else end
    return page("R7").finding(
        reading, case, (item.start, end), severity, shown=reading.text[item.start : item.end], expected=expected or _like(item, value), after=after,  # type: ignore[arg-type]
    )  # fmt: skip


def _left_out(reading: Reading, item: _Number, value: int) -> bool:
    """Whether the missing number opens a line that was taken for furniture (（一）行政复议 looks like a menu)."""
    text = reading.report.document.text
    return any(
        text.startswith(_like(item, value), block.start)
        for block in reading.report.structure.blocks
        if block.role == "furniture" and block.end <= reading.starts[item.start]
    )


def _like(item: _Number, value: int) -> str:
    chinese = _CHINESE[value - 1] if 1 <= value <= 10 else str(value)
    return {"一、": f"{chinese}、", "（一）": f"（{chinese}）", "1.": f"{value}.", "（1）": f"（{value}）"}[item.style]


def _line(reading: Reading, item: _Number) -> str:
    line = reading.line_at(item.start)
    return reading.text[line.start : min(line.end, line.start + 16)]


def _inline(reading: Reading) -> Iterator[Finding]:
    """一是 … 三是 without 二是, or 二是 twice, within a paragraph."""
    words = page("R7")
    text = reading.text
    last: dict[str, int] = {}
    paragraph_end = 0
    for match in _INLINE.finditer(text):
        start = match.start() - (text[match.start() - 1 : match.start()] == "第")
        if start and text[start - 1] not in _BEFORE_INLINE:
            continue
        if start >= paragraph_end:
            last = {}
            paragraph_end = text.find("\n", start)
            paragraph_end = len(text) if paragraph_end < 0 else paragraph_end
        value, how = number(match["n"]), match["how"]
        if value is None:
            continue
        before = last.get(how)
        last[how] = value
        if before is None or value in {before + 1, 1}:
            continue
        case = "twice" if value == before else "skipped" if value > before else "backwards"
        expected = _CHINESE[before] + how if before < 10 else str(before + 1)
        yield words.finding(
            reading,
            case,
            (start, match.end()),
            shown=text[start : match.end()],
            expected=expected,
            after=_CHINESE[min(before, 10) - 1] + how,
        )


def _empty_brackets(reading: Reading) -> Iterator[Finding]:
    for match in reading.opened_by(_EMPTY, "（(、.．)）"):
        yield page("R7").finding(reading, "empty", match.span(), shown=match.group())


def _half_brackets(reading: Reading) -> Iterator[Finding]:
    """二）… among siblings written （一）, （三）; a report that writes all of them so has a style, not a slip."""
    opened = {number(m["n"]) for m in reading.opened_by(_WHOLE, "（(")}
    for match in reading.opened_by(_HALF, _CHINESE) if opened else ():
        value = number(match["n"])
        if value is not None and value not in opened and {value - 1, value + 1} & opened:
            yield page("R7").finding(
                reading,
                "half_bracket",
                match.span(),
                shown=match.group(),
                expected=f"（{_CHINESE[max(0, value - 2)]}）",
            )
