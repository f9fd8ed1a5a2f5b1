"""Short names of the reports of a batch, as axes, tables and lists show them."""

from __future__ import annotations

from collections import Counter, defaultdict
from pathlib import PurePosixPath

from jingwei.model import Assessment, Comparison
from jingwei.report.disguise import unit_aliases
from jingwei.report.names import show_name
from jingwei.report.words import LOW_CONFIDENCE_MARK

_LONGEST_CHARS = 16


def report_labels(comparison: Comparison, *, anonymise: bool = False) -> tuple[str, ...]:
    """One label per report, all different: ``青石镇 2023``, or its file name where the unit is unknown.

    The town alone where it is enough, the whole place where two units of the batch share the town's name.
    """
    aliases = unit_aliases(comparison) if anonymise else {}
    pairs = list(zip(comparison.ids, comparison.assessments, strict=True))
    units: dict[str, set[str]] = defaultdict(set)
    for report_id, assessment in pairs:
        units[_place_name(assessment, whole=False)].add(assessment.report.profile.unit or report_id)
    plain = [
        _plain_label(
            report_id, assessment, aliases.get(report_id), whole=len(units[_place_name(assessment, whole=False)]) > 1
        )
        for report_id, assessment in pairs
    ]
    often = Counter(plain)
    seen: Counter[str] = Counter()
    unique = []
    for name in plain:
        seen[name] += 1
        unique.append(f"{name} ({seen[name]})" if often[name] > 1 else name)
    return tuple(unique)


def single_label(assessment: Assessment, *, anonymise: bool = False) -> str:
    """The label of a report that stands alone."""
    return _plain_label(assessment.report.document.path, assessment, "本单位" if anonymise else None, whole=False)


def shorten(name: str, longest: int = _LONGEST_CHARS) -> str:
    """``name`` cut in the middle, so that the year at its end survives."""
    if len(name) <= longest:
        return name
    tail = longest // 2 - 1
    return f"{name[: longest - tail - 1]}…{name[-tail:]}"


def _plain_label(report_id: str, assessment: Assessment, alias: str | None, *, whole: bool) -> str:
    profile = assessment.report.profile
    year = f" {profile.year}" if profile.year else ""
    mark = LOW_CONFIDENCE_MARK if assessment.report.document.confidence == "low" else ""
    if alias:
        return alias + year + mark
    name = _place_name(assessment, whole=whole)
    if not name:
        return shorten(show_name(PurePosixPath(report_id).stem or report_id)) + mark
    return shorten(show_name(name), _LONGEST_CHARS - 5) + year + mark


def _place_name(assessment: Assessment, *, whole: bool) -> str:
    """Town (or the whole place) with the organ where it is not the government; empty when unknown."""
    profile = assessment.report.profile
    if profile.place is None:
        return ""
    place = profile.place.name if whole else profile.place.town or profile.place.name
    government = not profile.organ or "政府" in profile.organ or "办事处" in profile.organ or "委员会" in profile.organ
    return place if government or place.endswith(profile.organ or "") else place + (profile.organ or "")
