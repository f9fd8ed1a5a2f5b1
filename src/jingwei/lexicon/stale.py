"""Wording out of its time: old slogans, repealed laws, abolished bodies, meetings that had not yet been held.

Everything here is evidence of text carried over from another year (R4, R5); the review room decides what to say.
"""

from __future__ import annotations

from jingwei.lexicon.phrases import find_all, hits_of, without_contained
from jingwei.model import PhraseHit, TracedText


def find_stale(clean: TracedText, year: int | None) -> tuple[PhraseHit, ...]:
    """Hits whose status against ``year`` is early, late or repealed, sorted; empty when the year is unknown.

    Besides prescribed wording this covers names that are merely dated (groups ``body`` and ``term``), which
    ``find_phrases`` never returns. Excused: looking back, quoting a title, cumulative lists of meetings.
    """
    if year is None:
        return ()
    hits = [hit for found in find_all(clean.text) for hit in hits_of(clean, found, year)]
    return without_contained([hit for hit in hits if hit.status in {"early", "late", "repealed"}])
