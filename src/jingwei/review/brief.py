"""What the rules may see of one draft: everything the earlier rooms found, and nothing else."""

from __future__ import annotations

from msgspec import Struct

from jingwei.model import (
    Counts,
    Fact,
    Match,
    PhraseHit,
    PlaceHit,
    Report,
    Scores,
    SentenceJudgement,
    Span,
)
from jingwei.settings import ReviewSettings

_NOTHING = Counts()
_DEFAULTS = ReviewSettings()
_NO_SCORES = Scores(None, None, None, None, 0, None, None)


class Brief(Struct, frozen=True):
    """One draft with the evidence collected about it.

    ``previous`` are the unit's own earlier reports, latest first. All ranges are raw code points of
    ``report.document.text``. Only ``report`` is required: a rule without its evidence stays silent.
    """

    report: Report
    phrases: tuple[PhraseHit, ...] = ()
    places: tuple[PlaceHit, ...] = ()
    facts: tuple[Fact, ...] = ()
    spans: tuple[Span, ...] = ()
    sentences: tuple[SentenceJudgement, ...] = ()
    matches: tuple[Match, ...] = ()
    counts: Counts = _NOTHING
    scores: Scores = _NO_SCORES
    previous: tuple[Report, ...] = ()
    settings: ReviewSettings = _DEFAULTS
