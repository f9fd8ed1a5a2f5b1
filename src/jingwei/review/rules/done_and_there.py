"""R8: more done than there was, and rates that do not fit the figures beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from jingwei.model import Finding
from jingwei.review.reading import Reading
from jingwei.review.rule_data import page
from jingwei.review.rules.sums import counts_between, plain, value
from jingwei.text.lazy import lazy

_RATE = lazy(
    r"(?P<what>办结|审结|执结|查结|化解|调解成功|调处成功|调解|调处|成功|处置|整改|完成|答复|回复|满意|结案)率?(?:达到?|为|是)?(?P<p>\d+(?:\.\d+)?)[%％]"
)
_THERE = lazy(
    r"(?:发现|排查出?|查出|查找|受理|收到|接到|接收|接办|承办|交办|转办|反馈|立案|梳理|上图|登记)[^\W\d_]{0,10}$"
)
_DONE = lazy(
    r"(?:整改|办结|审结|执结|查结|化解|调处|处置|办理|答复|回复|调解成功|调成|调解|结案|销号|完成整改|解决)(?:到位|成功|完成|了)?$"
)
_FROM_TO = lazy(
    r"(?:由|从)(?:上年|去年|年初|上年同期)?的?(?P<a>\d[\d_]*(?:\.\d+)?)(?P<unit>[件起次人户名场个份])?次?[^，。；\d]{0,4}"
    r"(?:增加|增长|上升|提高|增|升|下降|减少|降低|降|减)(?:至|到|为)(?P<b>\d[\d_]*(?:\.\d+)?)(?P<unit_b>[件起次人户名场个份])?次?"
    r"[，,](?:同比)?(?P<shown>(?:增长|上升|提高|下降|减少|降低|降幅|增幅)(?:达到?|为|了)?(?P<p>\d+(?:\.\d+)?)[%％])"
)
_NONE_LEFT = lazy(r"(?:上年|去年|往年)?(?:无|没有)(?:上年|去年|往年)?(?:结转|遗留)[^，,。]{0,4}")
_OTHER = lazy(r"上年|去年|往年|遗留|积案|历年|累计|其中|另")


def check(reading: Reading) -> Iterator[Finding]:
    """Findings R8 about a pair of counts in one sentence: what came in, and what was done with it."""
    for start, end in reading.counting(0, len(reading.text)):
        text = reading.counted[start:end]
        counts = counts_between(reading, start, end)
        yield from _growth(reading, start, text)
        if len(counts) >= 2:
            yield from _more_done(reading, start, text, counts)
            yield from _rates(reading, start, text, counts)


def _growth(reading: Reading, start: int, text: str) -> Iterator[Finding]:
    """由上年的50件增加到60件，增长30%."""
    if not (("%" in text or "％" in text) and ("由" in text or "从" in text)):
        return
    for match in _FROM_TO.finditer(text):
        before, after = (float(match[name]) for name in ("a", "b"))
        if not before or match["unit"] != match["unit_b"]:
            continue
        computed = 100 * abs(after - before) / before
        if abs(computed - float(match["p"])) > 1:
            yield page("R8").finding(
                reading, "rate", (start + match.start(), start + match.end()), shown=match["shown"],
                part=plain(abs(after - before)), total=plain(before), computed=f"{computed:.1f}",
            )  # fmt: skip


def _more_done(reading: Reading, start: int, text: str, counts: list[re.Match[str]]) -> Iterator[Finding]:
    """发现隐患91处，整改95处."""
    for there, done in pairwise(counts):
        between = text[there.end() : done.start()]
        if there["unit"] != done["unit"] or there["vague"] or done["vague"] or len(between) > 10:
            continue
        if (
            not _THERE.search(text[: there.start()])
            or not _DONE.search(between)
            or _OTHER.search(_NONE_LEFT.sub("", text[: done.end()]))
        ):
            continue
        if value(done) > value(there):
            where = (start + there.start(), start + done.end())
            left = max(start, reading.clause(where[0])[0])
            yield page("R8").finding(
                reading, "more_done", where, shown=reading.text[left : where[1]], there=plain(value(there)),
                done=plain(value(done)), unit=there["unit"],
            )  # fmt: skip


def _rates(reading: Reading, start: int, text: str, counts: list[re.Match[str]]) -> Iterator[Finding]:
    """受理50件，办结45件，办结率100%."""
    for match in _RATE.finditer(text) if "%" in text or "％" in text else ():
        before = [m for m in counts if m.end() <= match.start()]
        if len(before) != 2 or before[0]["unit"] != before[1]["unit"] or any(c["vague"] for c in before):
            continue
        total, part = value(before[0]), value(before[1])
        near = text[max(0, before[1].start() - 6) : before[1].start()]
        if not 0 < part <= total or match["what"][:2] not in near or _OTHER.search(text[: before[1].start()]):
            continue
        computed = 100 * part / total
        if abs(computed - float(match["p"])) > 1:
            yield page("R8").finding(
                reading, "rate", (start + before[0].start(), start + match.end()), shown=match.group(),
                part=plain(part), total=plain(total), computed=f"{computed:.1f}",
            )  # fmt: skip
