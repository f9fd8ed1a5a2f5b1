"""X1: what extraction did to the text, one note a kind: never the writer's fault."""

from __future__ import annotations

from collections.abc import Iterator

from jingwei.model import Damage, Finding
from jingwei.review.reading import Reading
from jingwei.review.rule_data import page

_LISTED = 50  # ranges kept as evidence


def check(reading: Reading) -> Iterator[Finding]:
    """One finding a kind of damage at its first place, with the count and all places as evidence."""
    words = page("X1")
    kinds: dict[str, list[Damage]] = {}
    for damage in reading.report.structure.damage:
        kinds.setdefault(damage.code, []).append(damage)
    for kind, found in kinds.items():
        what, what_en = words.words["damage"].get(kind, words.words["damage"]["other"])
        first = min(found, key=lambda d: d.start)
        yield words.raw_finding(
            reading, "kind", (first.start, first.end), kind=kind, what=what, what_en=what_en, count=len(found),
            places=[[d.start, d.end] for d in found[:_LISTED]],
        )  # fmt: skip
