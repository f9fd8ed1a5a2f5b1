"""X1: what extraction did to the text: never the writer's fault. What was repaired is one note a kind."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from jingwei.model import Finding
from jingwei.review.gate import matches
from jingwei.review.reading import Reading
from jingwei.review.rule_data import page
from jingwei.text.lazy import lazy

_LISTED = 50  # ranges kept as evidence
_AROUND_CHARS = 4  # shown of a gap's neighbours
_MIN_TYPESET = 8  # gaps around numbers: fewer may be the traces of a scan
_ALIGNED_NAME = lazy(r"[^\W\d_][\u3000 ]{1,2}[^\W\d_](?=[、，。；：\s）]|$)")
_NAME_BORDERS = frozenset(("", "、", "：", "，", "\n", "（", " ", "为", "是", "有"))


def check(reading: Reading) -> Iterator[Finding]:
    """One finding a kind of damage at its first place, with the count and all places as evidence.

    Lost characters cannot be repaired and have to be looked up one by one: each has a finding of its own. Lost numbers
    are told by R7.
    """
    words = page("X1")
    kinds: dict[str, list[tuple[int, int]]] = {}
    for damage in reading.report.structure.damage:
        kinds.setdefault(damage.code, []).append((damage.start, damage.end))
    for kind, where in _seen(reading):
        kinds.setdefault(kind, []).append(where)
    if "ocr_space" in kinds and _is_typeset(reading.report.document.text, kinds["ocr_space"]):
        del kinds["ocr_space"]
    kinds.pop("numbering_lost", None)
    lost = sorted(set(kinds.pop("lost_character", ())))
    for place in lost[:_LISTED]:
        yield words.raw_finding(
            reading,
            "lost",
            _with_neighbours(reading.report.document.text, place),
            kind="lost_character",
            count=len(lost),
        )
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
    words = page("X1")
    for kind, pattern in words.words["marks"].items():
        needs, ranges = words.words["needs"].get(kind), words.words["ranges"].get(kind)
        if (needs and not reading.holds_any(needs)) or (ranges and not _holds_one_of(reading.present, ranges)):
            continue
        for match in matches(pattern, text):
            start, end = match.span()
            left, right = reading.from_raw(max(0, start - 1), min(len(text), end + 1))
            if left < right or kind == "page_number":
                yield kind, (start, max(end, start + 1))


def _holds_one_of(present: str, ranges: Sequence[str]) -> bool:
    """Whether one of some characters, which stand in order, lies in a range from its first to its last."""
    at = [bisect_left(present, one[0]) for one in ranges]
    return any(first < len(present) and present[first] <= one[-1] for first, one in zip(at, ranges, strict=True))


def _with_neighbours(text: str, place: tuple[int, int]) -> tuple[int, int]:
    """A gap with a few characters on both sides of its line: what is lost cannot be quoted."""
    left = max(place[0] - _AROUND_CHARS, text.rfind("\n", 0, place[0]) + 1)
    right = text.find("\n", place[1])
    return left, min(place[1] + _AROUND_CHARS, len(text) if right < 0 else right)


def _is_typeset(text: str, gaps: Sequence[tuple[int, int]]) -> bool:
    """Whether all gaps are set on purpose: around numbers throughout, or inside a name of two characters (李　明)."""
    at_numbers = [(a, b) for a, b in gaps if text[a - 1 : a].isdigit() or text[b : b + 1].isdigit()]
    others = set(gaps) - set(at_numbers)
    if at_numbers and len(at_numbers) < _MIN_TYPESET:
        return False
    return all(
        (_ALIGNED_NAME.match(text, a - 1) is not None and text[a - 2 : a - 1] in _NAME_BORDERS)
        or _ALIGNED_NAME.match(text, b) is not None
        for a, b in others
    )
