"""Local facts: one counted or named thing each, with type, strength and address (DOMAIN.md §6, §7)."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from functools import cache
from operator import attrgetter

import numpy as np
import numpy.typing as npt

from jingwei.judge import facts_bodies, facts_documents, facts_names, facts_numbers
from jingwei.judge.facts_clauses import clause_bounds, clause_cuts, tail_places, trimmed
from jingwei.judge.facts_gate import Gate, gates_of, rows_through
from jingwei.judge.facts_raw import Find, Names, RawFact
from jingwei.judge.ranges import covered
from jingwei.model import BoolArray, Fact, PhraseHit, PlaceHit, Profile, Report, TracedText
from jingwei.text.lazy import lazy

_HALF = tuple(zip("０１２３４５６７８９％，；：！？［］", "0123456789%,;:!?[]", strict=True))
_Places = npt.NDArray[np.int64]
_START = attrgetter("start")
_OPENING = Gate(('《“〔["',))
_SPACE = lazy(r"[^\S\n]+")
_MAX_BRACKET = 160
# A slot that nobody filled in states nothing. A cross between figures (2×3米) or in 4×4 and X光 is none.
_SLOT_MARKS = ("×", "✕", "╳", "＊", "＿", "__", "XX", "xx", "Ｘ", "ｘ")
_SLOT = lazy(
    r"(?<![0-9])[×✕╳＊]{2,}|[＿_]{2,}|(?<![A-Za-z0-9])[XxＸｘ]{2,}(?![A-Za-z0-9])"
    r"|(?<=[\u4e00-\u9fff])[×✕╳Ｘｘ](?=[\u4e00-\u9fff])"
)
_NAMES_OF_ITS_OWN = frozenset({"document", "mechanism"})  # facts that are titles and quotes themselves


def find_facts(report: Report, phrases: Sequence[PhraseHit], places: Sequence[PlaceHit]) -> tuple[Fact, ...]:
    """All local facts of a report in text order.

    Args:
        report: the report with its structure and profile.
        phrases: stretches of prescribed wording; a number inside one counts nothing.
        places: place names; those below or beside the reporter are facts.

    Returns:
        Facts with raw addresses; ``clause_start:clause_end`` is the comma-clause that becomes ``local``. Facts do
        not overlap; two facts may share a clause. Cost: linear, about 1 ms per 1,000 characters.
    """
    structure = report.structure
    if not structure.sentences:
        return ()
    clean, place_of = _without_spaces(structure.clean)
    text = clean.text
    for wide, half in _HALF:  # str.translate looks up every character: ten times slower
        text = text.replace(wide, half)
    lows = [s.clean_start for s in structure.sentences]
    highs = [s.clean_end for s in structure.sentences]
    if place_of is not None:
        lows, highs = place_of[lows].tolist(), place_of[highs].tolist()
    found = _stated(text, lows, highs, hidden_chars(clean, phrases).tobytes(), unit_names(report.profile))
    found += _place_facts(clean, places, lows, highs)
    if any(mark in text for mark in _SLOT_MARKS):
        slots = [slot.span() for slot in _SLOT.finditer(text)]
        found = [f for f in found if not any(f.start < end and start < f.end for start, end in slots)]
    return _addressed(_disjoint(found), text, lows, highs, clean, report.document.text)


def _stated(text: str, lows: list[int], highs: list[int], hidden: bytes, names: Names) -> list[RawFact]:
    """Facts of all sentences before overlaps are settled.

    One expression goes through all sentences before the next one is taken: twice as fast as all expressions
    sentence by sentence. ``hidden`` has a 1 for every character of prescribed wording.
    """
    finders = _finders()  # all expressions must exist before the characters of a text are looked up
    gates = gates_of(text, lows)
    held = gates.tolist()
    covered = bytearray(hidden)
    for row in rows_through(gates, _OPENING.bit):
        _hide_titles(text, lows[row], highs[row], covered)
    found = facts_numbers.counted(text, lows, highs, gates, covered)
    for opened, find in finders:
        for row in rows_through(gates, opened):
            for fact in find(text, lows[row], highs[row], held[row], names):
                start, end = fact.start, fact.end
                if hidden.find(0, start, end) >= 0 and (
                    fact.type in _NAMES_OF_ITS_OWN or covered.find(0, start, end) >= 0
                ):
                    found.append(fact)
    return found


@cache
def _finders() -> tuple[tuple[int, Find], ...]:
    """What looks for named things, each with the gates of its expressions."""
    rooms = (facts_documents, facts_names, facts_bodies)
    return tuple((sum(gate.bit for gate in gates), find) for room in rooms for find, gates in room.finders())


def _without_spaces(clean: TracedText) -> tuple[TracedText, _Places | None]:
    """The clean text without spaces (extraction puts them anywhere) and where each clean position went, if it did."""
    if "\n".join(clean.text.split()) == clean.text:  # no space but line ends: most texts, and soon told
        return clean, None
    kept = np.ones(len(clean), dtype=np.bool_)
    for gap in _SPACE.finditer(clean.text):
        kept[gap.start() : gap.end()] = False
    place_of = np.concatenate(([0], np.cumsum(kept)))
    at = np.flatnonzero(kept)
    return TracedText(_SPACE.sub("", clean.text), clean.starts[at], clean.ends[at]), place_of


def hidden_chars(clean: TracedText, phrases: Sequence[PhraseHit]) -> BoolArray:
    """Per clean character: inside a prescribed phrase."""
    edges = np.array([[hit.start for hit in phrases], [hit.end for hit in phrases]], dtype=np.int32)
    starts, ends = np.searchsorted(clean.starts, edges)
    return covered(starts, ends, len(clean))


def unit_names(profile: Profile) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Names a document of the unit itself may carry, and those of its superiors (short and full)."""
    place = profile.place
    if place is None:
        return (), ()
    levels = [place.town, place.county, place.city, place.province]
    named = [name for name in levels if name]
    own = [place.name, *([place.town] if place.town else [])]
    superior = [name for name in named if name not in own]
    return _forms(own), _forms(superior)


def _forms(names: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for name in names if len(name) >= 2))


def _hide_titles(text: str, low: int, high: int, covered: bytearray) -> None:
    """Numbers inside 《》, 文号 brackets and short quotes name something; they count nothing."""
    for opening, closing, limit in (("《", "》", _MAX_BRACKET), ("“", "”", 30), ("〔", "〕", 8), ("[", "]", 8)):
        at = text.find(opening, low, high)
        while at >= 0:
            end = text.find(closing, at, min(high, at + limit))
            if end >= 0:
                covered[at : end + 1] = bytes((1,)) * (end + 1 - at)
            at = text.find(opening, at + 1, high)
    quotes = [i for i in range(low, high) if text[i] == '"'] if text.find('"', low, high) >= 0 else []
    for left, right in zip(quotes[::2], quotes[1::2], strict=False):
        if right - left <= 30:
            covered[left : right + 1] = bytes((1,)) * (right + 1 - left)


def _place_facts(clean: TracedText, places: Sequence[PlaceHit], lows: list[int], highs: list[int]) -> list[RawFact]:
    """Places below or beside the reporter that lie in a sentence."""
    near = [
        hit
        for hit in places
        if hit.relation in {"subordinate", "neighbour"} and not facts_names.is_generic_place(hit.name)
    ]
    # A plain number among 32-bit ones makes numpy copy the whole array.
    edges = np.searchsorted(clean.starts, np.array([(hit.start, hit.end) for hit in near], dtype=np.int32))
    facts = []
    for start, end in edges.tolist():
        row = bisect_right(lows, start) - 1
        if start < end and row >= 0 and end <= highs[row]:
            facts.append(RawFact(start, end, "place", 2))
    return facts


def _disjoint(raw: list[RawFact]) -> list[RawFact]:
    """One fact a stretch, in order: the stronger wins, then the one that starts first."""
    kept: list[RawFact] = []
    rivals: list[RawFact] = []  # facts that overlap each other, one after the other
    reach = 0
    for fact in sorted(raw, key=_START):
        start, end = fact[:2]
        if start < reach:
            rivals.append(fact)
            reach = max(reach, end)
            continue
        kept += rivals if len(rivals) < 2 else _settled(rivals)
        rivals = [fact]
        reach = end
    return kept + (rivals if len(rivals) < 2 else _settled(rivals))


def _settled(rivals: list[RawFact]) -> list[RawFact]:
    kept: list[RawFact] = []
    for fact in sorted(rivals, key=lambda f: (-f.strength, f.start, f.end)):
        if all(fact.end <= other.start or other.end <= fact.start for other in kept):
            kept.append(fact)
    return sorted(kept, key=_START)


def _addressed(
    facts: list[RawFact], text: str, lows: list[int], highs: list[int], clean: TracedText, raw: str
) -> tuple[Fact, ...]:
    """Facts with their clauses and raw addresses.

    Neighbouring clauses of a sentence that both carry a fact read as one passage: the mark between them belongs to
    the first.
    """
    if not facts:
        return ()
    starts = np.array([fact.start for fact in facts], dtype=np.int64)
    ends = np.array([fact.end for fact in facts], dtype=np.int64)
    firsts, lasts = _clauses(facts, text, clause_bounds(clause_cuts(text, lows, highs), starts, ends))
    clause_begins = clean.starts.take(firsts).tolist()
    clause_closes = clean.ends.take(np.array(lasts, dtype=np.int64) - 1).tolist()
    rows = np.searchsorted(np.array(lows, dtype=np.int64), starts, side="right")
    for number in np.flatnonzero(rows[1:] == rows[:-1]).tolist():
        following = clause_begins[number + 1]
        between = raw[clause_closes[number] : following].strip()
        if len(between) == 1 and not between.isalnum():
            clause_closes[number] = following
    begins, closes = clean.starts.take(starts).tolist(), clean.ends.take(ends - 1).tolist()
    shown = clean.text
    return tuple(
        [
            Fact(begin, close, kind, strength, shown[start:end], clause_begin, clause_close)
            for (start, end, kind, strength, _), begin, close, clause_begin, clause_close in zip(
                facts, begins, closes, clause_begins, clause_closes, strict=True
            )
        ]
    )


def _clauses(facts: list[RawFact], text: str, bounds: tuple[_Places, _Places]) -> tuple[list[int], list[int]]:
    """Where the clause of each fact starts and ends; never empty."""
    tails = tail_places(text)
    firsts, lasts = [], []
    for (start, end, _, _, whole_clause), left, right in zip(
        facts, bounds[0].tolist(), bounds[1].tolist(), strict=True
    ):
        first, last = trimmed(text, left, right, start, end, tails) if whole_clause else (start, end)
        firsts.append(first)
        lasts.append(last)
    return firsts, lasts
