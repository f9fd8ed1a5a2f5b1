"""Hiding who wrote a report: every place name and file name gets an alias that stays the same within one output."""

from __future__ import annotations

import re
from collections.abc import Mapping

from msgspec import Struct

from jingwei.model import Assessment, Comparison, Place

_SUFFIX = re.compile(
    r"(?:特别行政区|自治区|自治州|自治县|自治旗|民族乡|示范区|开发区|街道|地区|省|市|盟|州|县|区|旗|镇|乡|苏木|村|社区)$"
)
_GENERIC = ("省", "市", "县", "区", "镇", "乡", "街道", "村", "社区")
_MIN_STEM_CHARS = 2


class Disguise(Struct, frozen=True):
    """Names and their aliases. ``find`` marks the names in a text, ``hide`` replaces them."""

    aliases: Mapping[str, str]
    _pattern: re.Pattern[str] | None = None

    @classmethod
    def of(cls, aliases: Mapping[str, str]) -> Disguise:
        """A disguise; longer names win over the shorter ones they contain."""
        names = sorted((n for n in aliases if len(n) >= _MIN_STEM_CHARS), key=lambda n: (-len(n), n))
        pattern = re.compile("|".join(map(re.escape, names))) if names else None
        return cls(dict(aliases), pattern)

    def find(self, text: str) -> list[tuple[int, int, str]]:
        """(start, end, alias) of every name in ``text``, in order."""
        if self._pattern is None or not self._pattern.search(text):  # most of what is asked holds no name
            return []
        return [(m.start(), m.end(), self.aliases[m.group()]) for m in self._pattern.finditer(text)]

    def pairs(self) -> list[tuple[str, str]]:
        """(name, alias), longest name first: what a page carries for its switch."""
        return sorted(self.aliases.items(), key=lambda item: (-len(item[0]), item[0]))

    def hide(self, text: str) -> str:
        """``text`` with every name replaced by its alias."""
        return self._pattern.sub(lambda m: self.aliases[m.group()], text) if self._pattern is not None else text


def disguise_report(assessment: Assessment) -> Disguise:
    """Aliases for one report: its own unit and places, then those of its sources; persons who signed."""
    aliases: dict[str, str] = {}
    profile = assessment.report.profile
    _add_name(aliases, profile.unit, "本单位")
    if profile.place is not None:
        _add_place(aliases, profile.place, "本")
    for match in assessment.matches:
        for source in (match.source, *match.also):
            _add_name(aliases, source.place, _next_alias(aliases))
            known = aliases.get(source.place or "", "")
            # Another unit of our own place, or one whose place is unknown, has an alias of its own.
            _add_name(aliases, source.unit, known if known.startswith(_OTHER) else _next_alias(aliases))
    _add_persons(aliases, assessment)
    return Disguise.of(aliases)


def disguise_batch(comparison: Comparison) -> Disguise:
    """Aliases for a batch: units are numbered in the order of their ids, superiors become 某县, 某市, 某省."""
    aliases: dict[str, str] = {}
    names = unit_aliases(comparison)
    for report_id, assessment in zip(comparison.ids, comparison.assessments, strict=True):
        place = assessment.report.profile.place
        _add_name(aliases, assessment.report.profile.unit, names[report_id])
        if place is not None:
            _add_name(aliases, place.name, names[report_id])
            _add_name(aliases, place.town, names[report_id])
        _add_persons(aliases, assessment)
    for assessment in comparison.assessments:
        place = assessment.report.profile.place
        if place is not None:
            _add_place(aliases, place, "某")
    return Disguise.of(aliases)


def unit_aliases(comparison: Comparison) -> dict[str, str]:
    """Report id → 单位01, the same for all reports of one unit; a report of unknown unit is a unit of its own."""
    width = max(2, len(str(len(comparison.ids))))
    numbers: dict[str, int] = {}
    named: dict[str, str] = {}
    pairs = sorted(zip(comparison.ids, comparison.assessments, strict=True), key=lambda pair: pair[0])
    for report_id, assessment in pairs:
        key = assessment.report.profile.unit or f"\0{report_id}"
        numbers.setdefault(key, len(numbers) + 1)
        named[report_id] = f"单位{numbers[key]:0{width}d}"
    return named


_OTHER = "他地"


def _next_alias(aliases: Mapping[str, str]) -> str:
    return f"{_OTHER}{len({a for a in aliases.values() if a.startswith(_OTHER)}) + 1}"


def _add_place(aliases: dict[str, str], place: Place, prefix: str) -> None:
    for name in (place.name, place.town, place.county, place.city, place.province):
        if name:
            suffix = _SUFFIX.search(name)
            _add_name(aliases, name, prefix + (suffix.group() if suffix else "地"))


def _add_name(aliases: dict[str, str], name: str | None, alias: str) -> None:
    """The full name and, where it is long enough to mean anything, its stem (青石镇 and 青石)."""
    if not name or name in aliases:
        return
    aliases[name] = alias
    stem = _SUFFIX.sub("", name)
    if len(stem) >= _MIN_STEM_CHARS and stem not in _GENERIC:
        aliases.setdefault(stem, alias)


def _add_persons(aliases: dict[str, str], assessment: Assessment) -> None:
    persons = [fact.text for fact in assessment.facts if fact.type == "person"]
    for name in (assessment.report.profile.signer, *persons):
        if name and len(name) >= _MIN_STEM_CHARS:
            aliases.setdefault(name, "某某")
