"""Figures that agree one by one: the frame of a statistic is everybody's, the numbers in it are not.

「地区生产总值增长5.3%，固定资产投资增长7.1%……」 stands in hundreds of reports, each time with numbers of its own. So the
wording is common; the same numbers in the same order are no accident, and the clauses that hold them are not common.

How many must agree was read off 2,604 real work reports (3.4 million pairs): outside the same place and its superiors,
figures that follow each other and agree in equal wording have eight significant digits at most, all together.

Figures of a place that both reports belong to (全县 in two bureaus or towns of one county, 全国 everywhere) must agree, so
they tell nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
from msgspec import Struct

from jingwei.fingerprint.codes import NUMBER_CODE
from jingwei.fingerprint.folded import LongArray, fold
from jingwei.judge.case import Case
from jingwei.judge.facts_clauses import clause_bounds, clause_cuts
from jingwei.judge.ranges import counts_before, covered
from jingwei.lexicon.places_relation import same_county
from jingwei.model import BoolArray, IntArray, Place
from jingwei.text import body_ranges

TELLING_FIGURES = 3  # so many in a row that all agree ...
TELLING_DIGITS = 10  # ... with so many significant digits in all ...
OWN_DIGITS = 6  # ... of which so many are not also told by three other units
_COUNTED = frozenset({"count", "amount", "rate"})  # types of facts
# Whose figures follow in the sentence: the last character says of what level; national and prescribed ones are all's.
_SCOPE = re.compile(
    r"(?P<all>全国|我国|全党|全军|国内生产|上级|现行标准)|[全我本](?P<level>[省市州盟县区旗镇乡街局村社])"
)
_ALL = "国"
_PROVINCE, _CITY, _COUNTY = "省区", "市州盟", "县区旗市"


class TellingRows(Struct, frozen=True):
    """Rows of figures that all agree: how many figures, and the clauses they stand in (ranges, shape (n, 2))."""

    figures: int
    clauses: IntArray


class Figures(Struct, frozen=True):
    """The figures of a body in the order of the text, one a row: the numbers that count or measure something.

    ``chars`` counts the body characters of each, ``digits`` the significant digits, ``own_digits`` the same where fewer
    than three other units tell the figure in these words, else 0. ``clause_starts`` and ``clause_ends`` bound the
    comma-clause around it, ``sentence`` is the number of its sentence. ``scope`` names the level of place that its
    sentence speaks of (县 for 全县), empty where it names none.
    """

    starts: LongArray
    ends: LongArray
    chars: LongArray
    digits: LongArray
    own_digits: LongArray
    clause_starts: LongArray
    clause_ends: LongArray
    sentence: LongArray
    scope: tuple[str, ...]


def figures_of(case: Case) -> Figures:
    """All figures of a report. Cost: a few passes over the text."""
    report = case.report
    text, structure = report.document.text, report.structure
    folded = fold(text, body_ranges(structure))
    numbers = np.flatnonzero(folded.codes == NUMBER_CODE)
    starts, ends = folded.starts[numbers].astype(np.int64), folded.ends[numbers].astype(np.int64)
    counted = [(fact.start, fact.end) for fact in case.facts if fact.type in _COUNTED]
    begins, behind = np.array(counted, dtype=np.int64).reshape(-1, 2).T
    measured = covered(begins, behind, case.length)[starts]  # hot lines, ordinals and years are in no counted fact
    starts, ends = starts[measured], ends[measured]
    digits = _significant(text, starts, ends)
    sentence = np.searchsorted([s.start for s in structure.sentences], starts, side="right") - 1
    kept = (digits > 0) & (sentence >= 0)
    starts, ends, digits, sentence = starts[kept], ends[kept], digits[kept], sentence[kept]
    body = counts_before(structure.body)
    cuts = clause_cuts(text, [s.start for s in structure.sentences], [s.end for s in structure.sentences])
    lows, highs = clause_bounds(cuts, starts, np.minimum(ends, cuts[-1] if len(cuts) else 0))
    own = digits * (case.evidence.units[starts] < case.settings.common_units)
    scope = _scopes(text, [structure.sentences[i].start for i in sentence.tolist()], starts.tolist())
    return Figures(starts, ends, body[ends] - body[starts], digits, own, lows, highs, sentence, scope)


def _scopes(text: str, sentence_starts: Sequence[int], starts: Sequence[int]) -> tuple[str, ...]:
    """For each number the level that the nearest word for a whole place before it in its sentence names."""
    found = []
    for begin, at in zip(sentence_starts, starts, strict=True):
        last = ""
        for match in _SCOPE.finditer(text, begin, at):
            last = match["level"] or _ALL
        found.append(last)
    return tuple(found)


def shared_scopes(mine: Place | None, other: Place | None) -> frozenset[str]:
    """The levels at which two units belong to one place: what is told of it is told by both."""
    shared = {_ALL}
    if mine is not None and other is not None:
        if mine.province and mine.province == other.province:
            shared.update(_PROVINCE)
        if mine.city and mine.city == other.city:
            shared.update(_CITY)
        if same_county(mine, other):
            shared.update(_COUNTY)
    return frozenset(shared)


def _significant(text: str, starts: LongArray, ends: LongArray) -> LongArray:
    """Significant digits of each number: zeros at either end are none."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")
    at = np.flatnonzero(digit_mask(text))
    owner = np.searchsorted(starts, at, side="right") - 1
    inside = (owner >= 0) & (at < ends[owner])
    at, owner = at[inside], owner[inside]
    found = np.zeros(len(starts), dtype=np.int64)
    if not len(at):
        return found
    nonzero = codes[at] & 0xF > 0  # the last bits of a digit of half or full width are its value
    firsts = np.flatnonzero(np.diff(owner, prepend=-1))
    place = np.arange(len(at))
    first = np.minimum.reduceat(np.where(nonzero, place, len(at)), firsts)
    last = np.maximum.reduceat(np.where(nonzero, place, -1), firsts)
    found[owner[firsts]] = np.maximum(last - first + 1, 0)
    return found


def telling_rows(
    figures: Figures, equal: IntArray, start: int, end: int, shared: frozenset[str] = frozenset()
) -> TellingRows:
    """The figures of ``text[start:end]`` that agree with the source in a telling row, and their clauses.

    A figure that differs, or that the source has not, ends the row. Within a sentence everything from the first to the
    last clause of a row belongs to it.

    Args:
        figures: those of the whole report.
        equal: positions of the equal characters of the passage, ascending.
        start: where the passage begins.
        end: where it ends.
        shared: levels of place of which both sides tell the same (:func:`shared_scopes`).
    """
    low, high = np.searchsorted(figures.starts, (start, end)).tolist()
    inside = np.array([at for at in range(low, high) if figures.scope[at] not in shared], dtype=np.int64)
    met = np.searchsorted(equal, figures.ends[inside]) - np.searchsorted(equal, figures.starts[inside])
    agrees = met == figures.chars[inside]
    row = np.cumsum(~agrees)  # a row begins behind each figure that differs
    some = np.flatnonzero(agrees)
    size = np.bincount(row[some], minlength=1)
    digits, own = (
        np.bincount(row[some], weights=count[inside][some], minlength=1)
        for count in (figures.digits, figures.own_digits)
    )
    telling = (size >= TELLING_FIGURES) & (digits >= TELLING_DIGITS) & (own >= OWN_DIGITS)
    some = some[telling[row[some]]]
    if not len(some):
        return TellingRows(0, np.zeros((0, 2), dtype=np.int32))
    rows, some = row[some], inside[some]
    fresh = np.append(True, (np.diff(figures.sentence[some]) != 0) | (np.diff(rows) != 0))
    firsts = np.flatnonzero(fresh)
    lasts = np.append(firsts[1:], len(some)) - 1
    edges = np.stack((figures.clause_starts[some[firsts]], figures.clause_ends[some[lasts]]), axis=1)
    return TellingRows(len(some), edges.astype(np.int32))


def digit_mask(text: str) -> BoolArray:
    """Per character: a digit, of half or full width."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")
    digits: BoolArray = ((codes >= 0x30) & (codes <= 0x39)) | ((codes >= 0xFF10) & (codes <= 0xFF19))
    return digits
