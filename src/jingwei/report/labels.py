"""Short names of the reports of a batch, as axes, tables and lists show them."""

from __future__ import annotations

from collections import Counter
from pathlib import PurePosixPath

from jingwei.model import Assessment, Comparison
from jingwei.report.disguise import unit_aliases
from jingwei.report.names import show_name

_LONGEST_CHARS = 16


def report_labels(comparison: Comparison, *, anonymise: bool = False) -> tuple[str, ...]:
    """One label per report, all different: ``青石镇 2023``, or its file name where the unit is unknown."""
    aliases = unit_aliases(comparison) if anonymise else {}
    plain = [
        _plain_label(report_id, assessment, aliases.get(report_id))
        for report_id, assessment in zip(comparison.ids, comparison.assessments, strict=True)
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
    return _plain_label(assessment.report.document.path, assessment, "本单位" if anonymise else None)


def shorten(name: str, longest: int = _LONGEST_CHARS) -> str:
    """``name`` cut in the middle, so that the year at its end survives."""
    if len(name) <= longest:
        return name
    tail = longest // 2 - 1
    return f"{name[: longest - tail - 1]}…{name[-tail:]}"


def _plain_label(report_id: str, assessment: Assessment, alias: str | None) -> str:
    profile = assessment.report.profile
    year = f" {profile.year}" if profile.year else ""
    if alias:
        return alias + year
    if profile.place is None:
        return shorten(show_name(PurePosixPath(report_id).stem or report_id))
    organ = profile.organ if profile.organ and "政府" not in profile.organ and "办事处" not in profile.organ else ""
    return shorten(show_name(profile.place.name + organ), _LONGEST_CHARS - 5) + year
