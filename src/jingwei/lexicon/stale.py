"""Wording out of its time: old slogans, repealed laws, abolished bodies, meetings that had not yet been held.

Everything here is evidence of text carried over from another year (R4, R5); the review room decides what to say.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from msgspec.structs import replace

from jingwei.lexicon.phrases import FoundPhrase, find_dated, hits_of, without_contained
from jingwei.lexicon.validity import Sentences, looks_back, status_for
from jingwei.model import PhraseHit, TracedText
from jingwei.text.lazy import lazy

LISTED_GROUPS = frozenset({"campaign"})  # here a sentence may list all of several years
# First year whose reports are written under a party congress (十八大 in November 2012 …).
_CONGRESS_YEARS = {16: 2002, 17: 2007, 18: 2012, 19: 2017, 20: 2022}
_CONGRESS_NAMES = {16: "党的十六大", 17: "党的十七大", 18: "党的十八大", 19: "党的十九大", 20: "党的二十大"}
_MEETING = lazy(r"meeting\.(?:congress|plenums|plenum|central-committee)-(\d\d)")
_AS_GUIDE = lazy(r"精神|为指导|为指引|为统领|为引领")
_LEADING = lazy(r"(?:贯彻|落实|学习|宣传|领会|践行|围绕|以)[^，。；\n]{0,14}\Z")
_HISTORY = lazy(r"以来|召开|提出|报告|指出|强调|部署")


def find_stale(clean: TracedText, year: int | None) -> tuple[PhraseHit, ...]:
    """Hits whose status against ``year`` is early, late or repealed, sorted; empty when the year is unknown.

    Besides prescribed wording this covers names that are merely dated (groups ``body`` and ``term``), which
    ``find_phrases`` never returns, and party congresses named as the guide after the next one has met. Excused:
    looking back, quoting a title, cumulative lists of meetings (十九大和十九届历次全会 beside 二十大).
    """
    if year is None:
        return ()
    found = find_dated(clean.text)
    telling = [one for one in found if _can_be_out_of_time(one, year) or one.entry.group in LISTED_GROUPS]
    rows = [(one, hit) for one, hits in zip(telling, hits_of(clean, telling, year), strict=True) for hit in hits]
    sentences = Sentences(clean.text)
    live = sorted(
        one.pieces[0][0]
        for one, hit in rows
        if hit.group in LISTED_GROUPS and hit.status == "current" and one.entry.valid_from
    )
    stale = [
        hit
        for one, hit in rows
        if hit.status in {"early", "late", "repealed"} and not _listed_with_current(sentences, one, live)
    ]
    return without_contained([*stale, *_superseded_congresses(clean, sentences, found, year)])


def _can_be_out_of_time(one: FoundPhrase, year: int) -> bool:
    """Whether its dates alone make a phrase early or late; most phrases of a report are in their time."""
    entry = one.entry
    return status_for(entry.valid_from, entry.valid_to, entry.early, entry.out, year)[0] in {"early", "late"}


def _listed_with_current(sentences: Sentences, one: FoundPhrase, live: Sequence[int]) -> bool:
    """Whether a campaign that is over stands in one sentence with one that runs: a list of what was done."""
    if one.entry.group not in LISTED_GROUPS:
        return False
    return _any_within(live, *sentences.around(one.pieces[0][0], one.pieces[-1][1]))


def _any_within(places: Sequence[int], left: int, right: int) -> bool:
    at = bisect_left(places, left)
    return at < len(places) and places[at] < right


def _superseded_congresses(
    clean: TracedText, sentences: Sentences, found: Sequence[FoundPhrase], year: int
) -> list[PhraseHit]:
    current = max((number for number, first in _CONGRESS_YEARS.items() if first <= year), default=0)
    named = [(int(match[1]), one) for one in found if (match := _MEETING.match(one.entry.id))]
    up_to_date = sorted(one.pieces[0][0] for number, one in named if number >= current)
    hits: list[PhraseHit] = []
    for number, one in named:
        start, end = one.pieces[0][0], one.pieces[-1][1]
        if number >= current or not _guides(clean.text, start, end):
            continue
        if _any_within(up_to_date, *sentences.around(start, end)):
            continue
        followed = f"{_CONGRESS_YEARS[number + 1]}-10"
        if looks_back(clean.text, start, end, followed):
            continue
        fresh = year == _CONGRESS_YEARS[current] or bool(up_to_date)
        note = f"{_CONGRESS_NAMES[current]}已经召开，作为现行指导应写{_CONGRESS_NAMES[current]}精神"
        hits += [
            replace(hit, status="late", strength="soft" if fresh else "medium", note=note, until=followed)
            for hit in hits_of(clean, [one], year)[0]
            if hit.status == "current"
        ]
    return hits


def _guides(text: str, start: int, end: int) -> bool:
    """Whether a meeting is named as what the work follows, not as an event."""
    if _HISTORY.match(text, end) or text[start:end].endswith("以来"):
        return False
    guided = _AS_GUIDE.search(text, start, end + 24)
    return guided is not None and _LEADING.search(text, max(0, start - 24), start) is not None
