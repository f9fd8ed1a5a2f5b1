"""The decision table: the kind of every body character and the reason for it.

For each body character the first row that holds decides (PRODUCT.md, How a character gets its kind):

| row | holds when | kind |
|---|---|---|
| 1 | in a dated phrase, or equal in a passage (>= 13) of a superior's text | mandated |
| 2 | equal in a counted passage of an earlier report of the same unit | recycled |
| 3 | equal in a counted passage of another unit's report | copied |
| 4 | inside such a passage, a filler that differs and carries a fact or a place | local |
| 5 | in a clause that carries a local fact (in a recognised family: only the fillers) | local |
| 6 | common: shared by three other units, or generic to the built-in background | formulaic |
| 7 | none of these | own |
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

import numpy as np
from msgspec import Struct

from jingwei.judge.case import Case
from jingwei.judge.passages import Counted, longest_run_chars
from jingwei.judge.ranges import Positions, counts_before, covered, positions_in
from jingwei.judge.reasons import Reasons, Spelt
from jingwei.judge.unclaimed import nothing_found
from jingwei.model import KINDS, BoolArray, IntArray, Kind, Span

CODE: dict[Kind, int] = {kind: i for i, kind in enumerate(KINDS)}
FAMILY_SHARE = 0.6  # of a clause: from here on its frame is a family's and only the fillers are local


class Painting(Struct, frozen=True):
    """Per raw character: code of the kind (-1 outside the body) and number of the reason."""

    kinds: IntArray
    because: IntArray


def paint(
    case: Case,
    mandated: IntArray,
    common: BoolArray,
    counted: list[Counted],
    uncounted: Iterable[tuple[BoolArray | IntArray, Spelt]],
    reasons: Reasons,
) -> Painting:
    """Apply the decision table from the last row to the first, so that earlier rows overwrite later ones.

    ``uncounted``: what is shared and does not count by that, with the reason (:mod:`jingwei.judge.unclaimed`).
    """
    body, text = case.report.structure.body, case.report.document.text
    kinds = np.full(case.length, -1, dtype=np.int32)
    because = np.zeros(case.length, dtype=np.int32)
    painting = Painting(kinds, because)
    _put(painting, body, "own", reasons.add(*nothing_found(case)))
    for where, reason in uncounted:
        because[where] = reasons.add(*reason)
    _paint_formulaic(case, painting, common, reasons)
    _paint_facts(case, painting, reasons)
    ordered = _best_last(counted)
    _paint_fillers(case, painting, ordered, reasons)
    for one in ordered:
        kind: Kind = "recycled" if one.relation == "previous" else "copied"
        _put(painting, one.claims, kind, reasons.add(*_passage_reason(one, text)))
    prescribed = mandated > 0
    kinds[prescribed] = CODE["mandated"]
    because[prescribed] = mandated[prescribed]
    kinds[~body] = -1
    return painting


def _best_last(counted: list[Counted]) -> list[Counted]:
    """Own earlier reports last, then most equal characters, then earlier, then by path.

    The last one painted names the source, whatever the order in which reports were added.
    """
    by_path = sorted(counted, key=lambda c: c.match.source.report, reverse=True)
    return sorted(by_path, key=lambda c: (c.relation == "previous", len(c.equal), -(c.match.source.year or 9999)))


def spans_of(case: Case, painting: Painting, reasons: Reasons) -> tuple[Span, ...]:
    """Sorted, disjoint spans that tile the body; a span may cover whitespace but no other text."""
    body = np.flatnonzero(case.report.structure.body)
    if not len(body):
        return ()
    text = case.report.document.text
    kinds, because = painting.kinds[body], painting.because[body]
    breaks = (kinds[1:] != kinds[:-1]) | (because[1:] != because[:-1])
    for i in np.flatnonzero((body[1:] - body[:-1] > 1) & ~breaks).tolist():
        if text[body[i] + 1 : body[i + 1]].strip():
            breaks[i] = True
    firsts = np.concatenate(([0], np.flatnonzero(breaks) + 1))
    lasts = np.append(firsts[1:], len(body)) - 1
    kind_of = [KINDS[code] for code in kinds[firsts].tolist()]
    said = reasons.each(because[firsts].tolist())
    return tuple(map(Span, body[firsts].tolist(), (body[lasts] + 1).tolist(), kind_of, said))


def _put(painting: Painting, where: BoolArray | IntArray, kind: Kind, reason: int) -> None:
    painting.kinds[where] = CODE[kind]
    painting.because[where] = reason


def _paint_formulaic(case: Case, painting: Painting, common: BoolArray, reasons: Reasons) -> None:
    generic = case.generic & case.report.structure.body
    _put(painting, generic, "formulaic", reasons.add(
        "generic", "通用套语：内置语料中多地通用，换任何单位都成立", "generic wording: common in the built-in background"
    ))  # fmt: skip
    notes = case.generic_note
    noted = [s for s in case.report.structure.sentences if s.start in notes]
    if noted:
        numbers = np.array([reasons.add("generic", *notes[s.start]) for s in noted], dtype=np.int32)
        starts = np.array([s.start for s in noted], dtype=np.intp)
        sizes = np.array([s.end for s in noted], dtype=np.intp) - starts
        at, number = positions_in(starts, sizes), np.repeat(numbers, sizes)
        wanted = generic[at]
        painting.because[at[wanted]] = number[wanted]
    units = case.evidence.units
    shared = np.flatnonzero(common & (units >= case.settings.common_units))
    if len(shared):
        counts = units[shared]
        painting.kinds[shared] = CODE["formulaic"]
        painting.because[shared] = counts + reasons.block(_family_reason, int(counts.max()) + 1)


@lru_cache(maxsize=4096)
def _family_reason(units: int) -> Spelt:
    return "family", f"通用套语：比对库中另有{units}个单位使用相同表述", f"shared by {units} other units of the library"


def _paint_facts(case: Case, painting: Painting, reasons: Reasons) -> None:
    """Row 5, all clauses at once: where two facts share characters, the later one is painted over the earlier."""
    family = case.evidence.units >= case.settings.common_units
    body = case.report.structure.body
    facts = [fact for fact in case.facts if fact.strength >= case.settings.local_strength]
    starts = np.array([fact.clause_start for fact in facts], dtype=np.intp)
    ends = np.array([fact.clause_end for fact in facts], dtype=np.intp)
    inside, common = counts_before(body), counts_before(body & family)
    chars, shared = inside[ends] - inside[starts], common[ends] - common[starts]
    framed = (shared > 0) & (shared >= FAMILY_SHARE * chars)
    numbers = np.array([reasons.later(_fact_reason, fact.type, fact.text) for fact in facts], dtype=np.int32)
    at = positions_in(starts, ends - starts)
    owner = np.repeat(np.arange(len(facts)), ends - starts)
    local = body[at] & ~(framed[owner] & family[at])
    at, owner = at[local], owner[local]
    painting.kinds[at] = CODE["local"]
    painting.because[at] = numbers[owner]  # of several values for one place the last one stays


def _fact_reason(kind: str, text: str) -> Spelt:
    return f"fact_{kind}", f"本地实情（{_FACT_WORDS.get(kind, kind)}）：{text}", f"local fact ({kind}): {text}"


_FACT_WORDS = {
    "count": "数量", "amount": "金额", "rate": "比率", "date": "日期", "place": "地名", "person": "人员",
    "document": "文件", "mechanism": "机制", "body": "机构安排", "problem": "具体问题",
}  # fmt: skip


def _paint_fillers(case: Case, painting: Painting, counted: list[Counted], reasons: Reasons) -> None:
    """Unequal stretches inside counted passages: with a digit, a fact or a place they are fillers, else own words."""
    if not counted:
        return
    text, spoken = case.report.document.text, counts_before(_spoken(case))
    lows, highs = (
        np.array([getattr(one.passage, edge) for one in counted], dtype=np.intp) for edge in ("left_start", "left_end")
    )
    sizes = highs - lows
    at, owner = positions_in(lows, sizes), np.repeat(np.arange(len(counted)), sizes)
    # A fact clause with equal frame belongs to the passage: only what differs stays local.
    differs = case.report.structure.body[at] & ~_equal(counted, lows, highs)
    between = owner[1:] != owner[:-1]
    first, last = differs.copy(), differs.copy()  # characters of their stretches
    first[1:] &= ~differs[:-1] | between
    last[:-1] &= ~differs[1:] | between
    reason = reasons.add(
        "filler", "本地实情：与所列篇目同一句式，填写内容不同", "a filler that differs from the matched text"
    )
    for start, end in zip(at[first].tolist(), (at[last] + 1).tolist(), strict=True):
        if spoken[end] > spoken[start] or any(c.isdigit() for c in text[start:end]):
            painting.kinds[start:end] = CODE["local"]
            painting.because[start:end] = reason


def _equal(counted: list[Counted], lows: Positions, highs: Positions) -> BoolArray:
    """Per character of all passages, one after the other: in a run that equals the source."""
    runs = [run for one in counted for run in one.passage.runs]
    numbers = np.repeat(np.arange(len(counted)), [len(one.passage.runs) for one in counted])
    low, high = lows[numbers], highs[numbers]
    starts = np.clip(np.array([run.left_start for run in runs], dtype=np.intp), low, high)
    ends = np.clip(np.array([run.left_end for run in runs], dtype=np.intp), low, high)
    shift = (np.cumsum(highs - lows) - highs)[numbers]  # from a place in the text to the place in the row
    return covered(starts + shift, ends + shift, int((highs - lows).sum()))


def _spoken(case: Case) -> BoolArray:
    """Per raw character: in a fact or a place name."""
    named = (*case.facts, *case.places)
    starts, ends = ([getattr(one, edge) for one in named] for edge in ("start", "end"))
    return covered(np.array(starts, dtype=np.intp), np.array(ends, dtype=np.intp), case.length)


def _passage_reason(one: Counted, text: str) -> Spelt:
    source = one.match.source
    name = (source.title or source.report).strip("《》")
    year, year_en = (f"{source.year}年", str(source.year)) if source.year else ("年份不详", "unknown year")
    if one.relation == "previous":
        return (
            "previous",
            f"沿用往年：与本单位{year}报告一致",
            f"carried over from the unit's own report of {year_en}",
        )
    place, place_en = source.place or "单位不详", source.place or "an unknown unit"
    if one.relation == "common_source":
        word, without, word_en = "疑似同源", "规定用语", "likely of common origin"
    else:
        word, without, word_en = "疑似雷同", "规定用语和通用表述", "alike"
    longest = longest_run_chars(one.passage.runs, text)
    figures = f"；其中{one.equal_figures}个数字逐一相同，所在句式虽通用也计入" if one.equal_figures else ""
    figures_en = f"; {one.equal_figures} figures agree one by one" if one.equal_figures else ""
    return (
        one.relation,
        f"{word}：与{place}{year}《{name}》有相同文字，扣除{without}后共{one.effective_chars}字，最长连续{longest}字{figures}",
        f"{word_en}: shared with {place_en}, {year_en}: {one.effective_chars} effective characters,"
        f" {longest} of the equal ones in a row{figures_en}",
    )
