"""The page of one report: the text with every character's kind, findings, passages side by side, what was excluded."""

from __future__ import annotations

from pathlib import PurePath
from typing import Any

from msgspec import Struct

from jingwei.model import KINDS, SEVERITIES, Assessment, Excluded, Finding, Match, Section
from jingwei.report.composition import Composition, Stretch
from jingwei.report.disguise import Disguise, disguise_report
from jingwei.report.html_page import render_page
from jingwei.report.html_text import Bit, Side, TextView, bits_of, side_by_side
from jingwei.report.labels import single_label
from jingwei.report.measures import flat_settings, measures_of
from jingwei.report.names import show_name, show_text
from jingwei.report.words import EVIDENCE_LABELS, PRINTED_TITLES, Label, library_line
from jingwei.settings import ReportSettings

_QUOTE_CHARS = 60
_PATHS = frozenset({"library", "places", "report.font"})  # settings that name folders of the user
_PASSAGE_CODES = frozenset({"C1", "C2", "Y1"})


class Bar(Struct, frozen=True):
    """One kind in a composition bar: position and width in 1/1000 of it."""

    kind: str
    x: int
    width: int
    chars: int
    share: float


class _FindingView(Struct, frozen=True):
    number: int
    finding: Finding
    quote: tuple[Bit, ...]
    message: tuple[Bit, ...]
    message_en: tuple[Bit, ...]
    suggestion: tuple[Bit, ...]
    suggestion_en: tuple[Bit, ...]
    evidence: tuple[tuple[Label, tuple[Bit, ...]], ...]
    match: int


class _MatchView(Struct, frozen=True):
    match: Match
    source: tuple[Bit, ...]
    also: tuple[tuple[Bit, ...], ...]
    left: Side
    right: Side


class _SectionView(Struct, frozen=True):
    number: int
    section: Section
    title: tuple[Bit, ...]
    bars: tuple[Bar, ...]
    stretch: Stretch
    facts: int


def render_report_page(assessment: Assessment, settings: ReportSettings, language: str = "zh") -> str:
    """The self-contained page of one report, titled 报送前自查单 when printed.

    With ``settings.anonymise`` no name of the unit, its superiors, its sources or its file is in the page at all;
    else a switch on the page hides them from view.
    """
    disguise = disguise_report(assessment)
    show = _Shower(disguise, settings.anonymise)
    view = TextView(assessment, disguise, anonymise=settings.anonymise)
    composition = Composition(assessment)
    document, profile = assessment.report.document, assessment.report.profile
    whole = composition.stretch(0, len(document.text))
    findings = sorted(enumerate(assessment.findings), key=lambda item: _finding_order(item[1], item[0]))
    values: dict[str, Any] = {
        "page_title": PRINTED_TITLES["report"],
        "version": assessment.version,
        "lexicon": assessment.lexicon,
        "title": show(profile.title or single_label(assessment)),
        "unit": show(profile.place.name if profile.place else ""),
        "file": _file_bits(document.path, settings.anonymise),
        "plain_name": "" if settings.anonymise else show_name(PurePath(document.path).name or document.path),
        "anonymous": settings.anonymise,
        "profile": profile,
        "document": document,
        "assessment": assessment,
        "measures": measures_of(assessment),
        "bars": bars_of(whole),
        "whole": whole,
        "findings": [_finding_view(i, f, assessment, show) for i, f in findings],
        "finding_counts": {s: sum(f.severity == s for f in assessment.findings) for s in SEVERITIES},
        "matches": [_match_view(assessment, m, show) for m in assessment.matches],
        "sections": _section_views(assessment, composition, show),
        "facts": [(f, show(f.text)) for f in assessment.facts],
        "excluded": [
            (e, show(_excerpt(document.text, e)), show(e.reason), show(e.reason_en or e.reason))
            for e in assessment.excluded
        ],
        "lines": view.lines(),
        "library_zh": library_line(assessment.library, "zh"),
        "library_en": library_line(assessment.library, "en"),
        "left_out": [_file_bits(name, settings.anonymise) for name in assessment.left_out],
        "versions": [_file_bits(name, settings.anonymise) for name in assessment.versions],
        "settings_rows": [
            (key, _file_bits(value, settings.anonymise) if key in _PATHS else (Bit(value),))
            for key, value in flat_settings(assessment.settings)
        ],
    }
    embedded = {
        "reasons": [[kind, *(_said(reason, show) for reason in both)] for kind, *both in view.reasons],
        "names": [] if settings.anonymise else disguise.pairs(),
    }
    return render_page("report.html.j2", "report.js", language, values, embedded)


def bars_of(stretch: Stretch) -> tuple[Bar, ...]:
    """The kinds of a stretch as a bar of 1000 units; rounding never overruns it."""
    bars, done = [], 0
    for kind, chars in zip(KINDS, stretch.chars, strict=True):
        if chars:
            x = round(1000 * done / stretch.body)
            done += chars
            bars.append(Bar(kind, x, round(1000 * done / stretch.body) - x, chars, chars / stretch.body))
    return tuple(bars)


class _Shower:
    """Turns foreign text into bits, with its names set apart or replaced."""

    def __init__(self, disguise: Disguise, anonymise: bool) -> None:
        self.disguise, self.anonymise = disguise, anonymise

    def __call__(self, text: str) -> tuple[Bit, ...]:
        return bits_of(text, self.disguise, anonymise=self.anonymise)


def _said(reason: str, show: _Shower) -> str:
    return show_text(show.disguise.hide(reason) if show.anonymise else reason)


def _file_bits(path: str, anonymise: bool) -> tuple[Bit, ...]:
    if anonymise or not path:
        return ()
    return (Bit(show_name(PurePath(path).name or path), "（文件名已隐去）"),)


def _match_view(assessment: Assessment, match: Match, show: _Shower) -> _MatchView:
    left, right = side_by_side(assessment, match, show.disguise, anonymise=show.anonymise)
    names = []
    for source in (match.source, *match.also):
        who = show(source.place or "")
        year = (Bit(f" {source.year} 年"),) if source.year else ()
        file = () if show.anonymise else (Bit("　"), Bit(show_name(PurePath(source.report).name), "（文件名已隐去）"))
        names.append((*who, *year, *file))
    return _MatchView(match, names[0], tuple(names[1:]), left, right)


def _section_views(assessment: Assessment, composition: Composition, show: _Shower) -> list[_SectionView]:
    views = []
    for number, section in enumerate(assessment.report.structure.sections):
        stretch = composition.stretch(section.start, section.end)
        facts = sum(section.start <= fact.start < section.end for fact in assessment.facts)
        views.append(_SectionView(number, section, show(section.title), bars_of(stretch), stretch, facts))
    return views


def _finding_order(finding: Finding, number: int) -> tuple[int, int, int]:
    at = -1 if finding.start is None else finding.start
    return SEVERITIES.index(finding.severity), at, number


def _excerpt(text: str, item: Excluded) -> str:
    quote = " ".join(text[item.start : item.end].split())
    return quote if len(quote) <= _QUOTE_CHARS else quote[:_QUOTE_CHARS] + "…"


def _finding_view(number: int, finding: Finding, assessment: Assessment, show: _Shower) -> _FindingView:
    rows: list[tuple[Label, tuple[Bit, ...]]] = []
    for key, value in finding.evidence.items():
        if key not in EVIDENCE_LABELS or value in ("", None, 0):
            continue
        shown = show_name(str(value)) if key == "path" else str(value)
        if key == "path":
            if not show.anonymise:
                rows.append((EVIDENCE_LABELS[key], (Bit(shown, "（文件名已隐去）"),)))
        else:
            rows.append((EVIDENCE_LABELS[key], show(shown)))
    match = -1
    if finding.code in _PASSAGE_CODES and finding.start is not None:
        at = finding.start
        match = next((i for i, m in enumerate(assessment.matches) if m.start <= at < m.end), -1)
    return _FindingView(
        number, finding, show(finding.quote.strip()), show(finding.message), show(finding.message_en or finding.message),
        show(finding.suggestion), show(finding.suggestion_en or finding.suggestion), tuple(rows), match,
    )  # fmt: skip
