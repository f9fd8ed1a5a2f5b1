"""X1: what extraction did to the text, one note a kind: never the writer's fault."""

from __future__ import annotations

from collections.abc import Iterator

from jingwei.model import Finding
from jingwei.review.gate import anywhere, compiled
from jingwei.review.reading import Reading
from jingwei.review.rule_data import page

_LISTED = 50  # ranges kept as evidence


def check(reading: Reading) -> Iterator[Finding]:
    """One finding a kind of damage at its first place, with the count and all places as evidence."""
    words = page("X1")
    kinds: dict[str, list[tuple[int, int]]] = {}
    for damage in reading.report.structure.damage:
        kinds.setdefault(damage.code, []).append((damage.start, damage.end))
    for kind, where in _seen(reading):
        kinds.setdefault(kind, []).append(where)
    for kind, places in kinds.items():
        what, what_en = words.words["damage"].get(kind, words.words["damage"]["other"])
        yield words.raw_finding(
            reading, "kind", min(places), kind=kind, what=what, what_en=what_en, count=len(set(places)),
            places=[list(place) for place in sorted(set(places))[:_LISTED]],
        )  # fmt: skip


def gated() -> Iterator[str]:
    """What this rule asks the gate for."""
    yield from page("X1").words["marks"].values()


def _seen(reading: Reading) -> Iterator[tuple[str, tuple[int, int]]]:
    """Damage told by the look of a place, outside furniture (page numbers are furniture)."""
    text = reading.report.document.text
    words, present = page("X1"), set(text)
    occurring = "".join(present)
    for kind, pattern in words.words["marks"].items():
        among = words.words["classes"].get(kind)
        if present.isdisjoint(words.words["needs"].get(kind, present)) or (
            among and not compiled(among).search(occurring)
        ):
            continue
        for match in anywhere(pattern, text):
            start, end = match.span()
            left, right = reading.from_raw(max(0, start - 1), min(len(text), end + 1))
            if left < right or kind == "page_number":
                yield kind, (start, max(end, start + 1))
