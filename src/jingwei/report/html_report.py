"""The page of one report: the text with every character's kind, findings, passages side by side, what was excluded."""

from __future__ import annotations

from pathlib import PurePath
from typing import Any

from markupsafe import Markup
from msgspec import Struct

from jingwei.model import SEVERITIES, Assessment, Match
from jingwei.report.composition import Composition
from jingwei.report.disguise import disguise_report
from jingwei.report.html_bars import bar_markup
from jingwei.report.html_items import (
    HIDDEN_FILE,
    excluded_items,
    fact_rows,
    finding_items,
    outline_items,
    settings_rows,
    text_lines,
)
from jingwei.report.html_page import render_page
from jingwei.report.html_text import Shower, TextView, side_by_side
from jingwei.report.labels import single_label
from jingwei.report.markup import name_markup, trusted
from jingwei.report.measures import measures_of
from jingwei.report.names import show_name, show_text
from jingwei.report.unchecked_label import unchecked_label
from jingwei.report.words import PRINTED_TITLES, library_line
from jingwei.settings import ReportSettings


class _MatchView(Struct, frozen=True):
    """A passage side by side; ``number`` is its place among all of them, which the marks in the text name."""

    number: int
    match: Match
    source: Markup
    also: tuple[Markup, ...]
    left: Markup
    right: Markup


def render_report_page(assessment: Assessment, settings: ReportSettings, language: str = "zh") -> str:
    """The self-contained page of one report, titled 报送前自查单 when printed.

    With ``settings.anonymise`` no name of the unit, its superiors, its sources or its file is in the page at all;
    else a switch on the page hides them from view.
    """
    hidden = settings.anonymise
    disguise = disguise_report(assessment)
    show = Shower(disguise, anonymise=hidden)
    view = TextView(assessment, disguise, anonymise=hidden)
    composition = Composition(assessment)
    document, profile = assessment.report.document, assessment.report.profile
    whole = composition.stretch(0, len(document.text))
    passages = [_match_view(assessment, number, show) for number in range(len(assessment.matches))]
    values: dict[str, Any] = {
        "page_title": PRINTED_TITLES["report"],
        "version": assessment.version,
        "lexicon": assessment.lexicon,
        "title": show(profile.title or single_label(assessment)),
        "unit": show(profile.unit or (profile.place.name if profile.place else "")),
        "file": _file_markup(document.path, hidden),
        "plain_name": "" if hidden else show_name(PurePath(document.path).name or document.path),
        "anonymous": hidden,
        "profile": profile,
        "document": document,
        "assessment": assessment,
        "measures": measures_of(assessment),
        "bar": bar_markup(whole),
        "whole": whole,
        "unchecked": unchecked_label(assessment),
        "findings": finding_items(assessment, show),
        "finding_counts": {s: sum(f.severity == s for f in assessment.findings) for s in SEVERITIES},
        "matches": [v for v in passages if v.match.relation != "authority"],
        "prescribed": [v for v in passages if v.match.relation == "authority"],
        "outline": outline_items(assessment, composition, show),
        "facts": fact_rows(assessment, show),
        "excluded": excluded_items(assessment, show),
        "lines": text_lines(view.lines()),
        "library_zh": library_line(assessment.library, "zh"),
        "library_en": library_line(assessment.library, "en"),
        "previous": [_file_markup(name, hidden) for name in assessment.library.previous],
        "left_out": [_file_markup(name, hidden) for name in assessment.left_out],
        "versions": [_file_markup(name, hidden) for name in assessment.versions],
        "settings_rows": settings_rows(assessment.settings, hidden=hidden),
    }
    embedded = {
        "reasons": [[kind, *(_said(reason, show) for reason in both)] for kind, *both in view.reasons],
        "names": [] if hidden else disguise.pairs(),
    }
    return render_page("report.html.j2", "report.js", language, values, embedded)


def _said(reason: str, show: Shower) -> str:
    return show_text(show.disguise.hide(reason) if show.anonymise else reason)


def _file_markup(path: str, hidden: bool) -> Markup:
    """The name of a file, empty in an anonymous page."""
    if hidden or not path:
        return Markup()
    return name_markup(show_name(PurePath(path).name or path), HIDDEN_FILE)


def _match_view(assessment: Assessment, number: int, show: Shower) -> _MatchView:
    match = assessment.matches[number]
    left, right = side_by_side(assessment, match, show)
    names = []
    for source in (match.source, *match.also):
        year = f" {source.year} 年" if source.year else ""
        file = "" if show.anonymise else f"　{name_markup(show_name(PurePath(source.report).name), HIDDEN_FILE)}"
        names.append(trusted(f"{show(source.unit or source.place or '')}{year}{file}"))
    return _MatchView(number, match, names[0], tuple(names[1:]), left, right)
