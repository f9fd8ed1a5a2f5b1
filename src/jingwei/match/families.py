"""Sentence families: near-identical masked sentences, their template, slots and fillers."""

from __future__ import annotations

from collections.abc import Sequence

from jingwei.model import Entry, Family
from jingwei.settings import Settings


def families(entries: Sequence[Entry], settings: Settings) -> tuple[Family, ...]:
    """Families of sentences of a batch."""
    del entries, settings
    return ()
