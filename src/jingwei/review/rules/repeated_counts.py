"""R8: the same thing counted differently in two places of one report."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from msgspec import Struct

from jingwei.model import Finding, Severity
from jingwei.review.reading import Line, Reading
from jingwei.review.rule_data import page
from jingwei.text.lazy import lazy

_UNIT = r"(?:件|起|人次|人|场次|场|次|份|个|条|名|户|台|支|期|家|项|处|所|幅)"
_UNIT_BEGINS = "件起人场次份个条名户台支期家项处所幅"
_BORDERS = "，。；、：,:！？\n"
_LEAD = r"(?:共|共计|累计|全年|今年以来|年内|已|先后|总共|目前|现有|配备|建立|设立|组建|有|达|为|计|了|着|均|各类|各种|各项)"
_UNIT_AND_NOUN = lazy(rf"(?P<vague>余|多)?(?P<unit>{_UNIT})(?P<noun>[\u4e00-\u9fff（）()]{{0,10}})")
_MOST_DIGITS, _LOOKED_AT = 16, 13  # of a number; of what follows it: 余, a unit of two characters, a noun of ten
_LED = tuple("共计年来内已后前有备立建达为了着均类种项")  # what those end in
_LEADS = lazy(rf"{_LEAD}+$")
_OPENING = lazy(
    r"^(?:我镇|全镇|我乡|全乡|我县|全县|我局|我街道|全市|全区|本镇|[镇乡县区市]政府|街道办事处|一年来|今年以来|全年|20\d\d年)*"
    + rf"{_LEAD}*"
)
_NOUN = lazy(r"[^\W\d_]{0,8}")
_STOP = lazy(r"[。；\n]")
# Words that make two counts of one thing rightly different: parts, periods, places, comparisons.
_SCOPED = lazy(
    r"其中|分别|每|各[^类种项]|月|季度|上半年|下半年|上年|去年|同比|较|比上|增|减|新|另|又|再|首批|第[一二三四五六七八九十\d]|村|社区|街|组|学校|小学|"
    r"中学|企业|单位|部门|站|所|一是|专项|春节|期间|活动中|行动中|截至|平均|最|超|日|时|将|拟|计划|办好|力争|目标|20\d\d|共同|联合|本次|此次|当"
)
_STOCK = lazy(r"(?:下?辖|管辖|辖区(?:内)?(?:共)?(?:有)?|全[镇乡县区市](?:共)?(?:有)?|现有|共有|配备|聘请)$")
# 收到行政复议申请52件，受理47件: the object of 受理 is that of the clause before.
_ACTED = lazy(
    r"(?:[镇乡县区市]政府|我[镇乡县区市局])?(?:共|共计|累计|已)?(?P<act>收到|受理|审结|办结)(?P<thing>[\u4e00-\u9fff]{4,8}?)?(?:申请|案件)?"
)
# 全年调解的268件各类矛盾纠纷 counts what 调解各类矛盾纠纷286件 counts.
_TURNED = lazy(r"(?P<act>(?:调解|化解|受理|办理|办结|查处|审查|审核|排查|调处|处理|接待|立案|开展|举办|组织))的$")
_ACTS = ("收到", "受理", "审结", "办结")
_TAIL = lazy(r"(?:来?看|当?中|里|情况)$")
_LEAST_THING = 4


class _Counted(NamedTuple):
    what: str
    value: int
    start: int
    end: int
    clause: int  # where its clause begins
    number: int  # and its number


def check(reading: Reading) -> Iterator[Finding]:
    """Findings R8 (contradiction, warning): equal frame of four characters or more, two exact numbers, no scope word."""
    values: dict[str, set[int]] = {}
    counted = list(_counted(reading))
    for item in counted:
        values.setdefault(item.what, set()).add(item.value)
    seen: dict[str, _Counted] = {}
    for item in counted:
        if len(values[item.what]) < 2 or _is_scoped(reading, item):
            continue
        first = seen.setdefault(item.what, item)
        if first.value != item.value:
            severity: Severity | None = None if reading.rule_of_law else "note"  # other genres mix years and scopes
            yield page("R8").finding(
                reading, "twice", (item.start, item.end), severity, first=reading.text[first.start : first.end],
                second=reading.text[item.start : item.end], at=list(reading.raw_range(first.start, first.end)),
            )  # fmt: skip


def _counted(reading: Reading) -> Iterator[_Counted]:
    line: Line | None = None
    last: tuple[str, str, int] = ("", "", 0)  # object, unit and end of the clause before
    text = reading.counted
    for own, left, right, (at, end) in _clauses(reading):
        told = _told(text[left:at], text[end : min(right, end + _LOOKED_AT)])
        if told is None:
            continue
        if own is not line:
            line, last = own, ("", "", 0)
        what, chars = told.what, told.chars
        if told.act:
            thing, unit, ended = last
            run_on = ended + 1 == left and unit == told.unit
            thing = told.thing or (thing if run_on else "")
            last = (thing, told.unit, right)
            what = f"{told.act}{thing}#{told.unit}" if len(thing) >= _LEAST_THING else what
        if what:
            yield _Counted(what, int(text[at:end]), left + max(0, at - left - 10), end + chars, left, at)


class _Told(Struct, frozen=True):
    """What a clause says with its number: a key of what is counted, and the verb and object of 受理47件."""

    what: str | None
    unit: str
    chars: int  # of unit and noun
    act: str
    thing: str


@lru_cache(maxsize=4096)  # in a batch the same clause is told with one number after another
def _told(before: str, behind: str) -> _Told | None:
    match = _UNIT_AND_NOUN.match(behind)
    if match is None or match["vague"]:
        return None
    first = _NOUN.match(match["noun"])
    noun, unit = first.group() if first else "", match["unit"]
    acted = _ACTED.fullmatch(before) if any(act in before for act in _ACTS) else None
    act, thing = (acted["act"], acted["thing"] or "") if acted else ("", "")
    return _Told(_frame(before, unit, noun), unit, len(unit) + len(noun), act, thing)


def _is_scoped(reading: Reading, item: _Counted) -> bool:
    """Whether what stands before the number says that a part, a period or a place is counted."""
    before = reading.counted[item.clause : item.number]
    around = _STOP.split(reading.text[max(0, item.clause - 16) : item.clause])[-1] + before
    return _SCOPED.search(around.replace(item.what.split("#")[0], "", 1)) is not None


def _clauses(reading: Reading) -> Iterator[tuple[Line, int, int, tuple[int, int]]]:
    """The comma-clauses of the body with exactly one number: their line, begin and end, and the number's.

    Numbers without a unit behind them are left out, and those too long to count anything.
    """
    text = reading.counted
    spans = _numbers(reading)
    if not spans:
        return
    numbers = np.array([start for start, _ in spans], dtype=np.intp)
    places = reading.places(_BORDERS)
    if "_" in text:  # the comma of 1,264
        places = places[[text[at] != "_" for at in places.tolist()]]
    borders = np.concatenate(([-1], places, [len(text)]))
    clause = np.searchsorted(borders, numbers)
    line = np.searchsorted([line.start for line in reading.lines], numbers, side="right") - 1
    shared = np.concatenate(([False], (clause[1:] == clause[:-1]) & (line[1:] == line[:-1]), [False]))
    ends = np.array([end for _, end in spans], dtype=np.intp)
    units = reading.is_one_of(_UNIT_BEGINS)
    united = (ends - numbers <= _MOST_DIGITS) & (ends < len(text)) & units[np.minimum(ends, len(text) - 1)]
    alone = np.flatnonzero(~(shared[1:] | shared[:-1]) & united)
    lefts, rights = (borders[clause[alone] - 1] + 1).tolist(), borders[clause[alone]].tolist()
    for at, own, left, right in zip(alone.tolist(), line[alone].tolist(), lefts, rights, strict=True):
        within = reading.lines[own]
        if within.role in {"body", "run_in"} and within.part != 4:
            yield within, max(left, within.start), min(right, within.end), spans[at]


def _numbers(reading: Reading) -> list[tuple[int, int]]:
    """Every number, 1,264 as one."""
    text = reading.counted
    found: list[tuple[int, int]] = []
    for start, end in reading.numbers:
        if found and start == found[-1][1] + 1 and text[start - 1] == "_":
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return found


def _frame(before: str, unit: str, noun: str) -> str | None:
    """A key of what is counted: verb and object before the number, or the stock noun after it."""
    turned = _TURNED.search(before) if before.endswith("的") else None
    if turned:
        thing = _TAIL.sub("", noun)
        return f"{turned['act']}{thing}#{unit}" if len(thing) >= _LEAST_THING else None
    led = _LEADS.sub("", before) if before.endswith(_LED) else before
    opening = _OPENING.match(led)
    stem = led[opening.end() :] if opening else led
    if len(stem) >= 4:
        return f"{stem}#{unit}"
    if noun and _STOCK.search(before):
        return f"{noun[:6]}#{unit}"
    return None
