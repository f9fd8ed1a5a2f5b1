"""What the judge is given: one report with everything found about it."""

from __future__ import annotations

import numpy as np
from msgspec import Struct, field

from jingwei.model import BoolArray, Evidence, Fact, PhraseHit, PlaceHit, Report
from jingwei.settings import JudgeSettings


class Case(Struct, frozen=True):
    """The evidence for one report. Masks are per raw character.

    ``background_common``: wording known as common to the built-in background; ``generic``: wording that could stand
    in any unit's report, by background and sentence evidence. ``newest``: a draft, not a member of a batch.
    """

    report: Report
    evidence: Evidence
    phrases: tuple[PhraseHit, ...]
    places: tuple[PlaceHit, ...]
    facts: tuple[Fact, ...]
    background_common: BoolArray
    generic: BoolArray
    generic_note: dict[int, tuple[str, str]] = field(default_factory=dict)
    newest: bool = True
    settings: JudgeSettings = field(default_factory=JudgeSettings)

    @property
    def length(self) -> int:
        """Characters of the raw text."""
        return len(self.report.document.text)

    def mask(self) -> BoolArray:
        """A new all-false mask over the raw text."""
        return np.zeros(self.length, dtype=np.bool_)
