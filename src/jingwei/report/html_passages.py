"""The page 雷同片段对照: every pair's passages side by side, worst pair first, made to be printed."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from jingwei.model import Comparison, Match, PairAssessment
from jingwei.report.disguise import disguise_batch
from jingwei.report.html_page import render_page
from jingwei.report.html_text import Shower, side_by_side
from jingwei.report.labels import report_labels
from jingwei.report.markup import name_markup
from jingwei.report.words import PRINTED_TITLES, library_line
from jingwei.settings import ReportSettings

_MOST_PASSAGES = 400


@dataclass(frozen=True, slots=True)
class _PairView:
    pair: PairAssessment
    left: Markup
    right: Markup
    passages: tuple[tuple[Match, Markup, Markup], ...]


def render_passages_page(comparison: Comparison, settings: ReportSettings, language: str = "zh") -> str:
    """The self-contained page of all matching passages, longest pairs first; at most 400, and it says so."""
    hidden = settings.anonymise
    show = Shower(disguise_batch(comparison), anonymise=hidden)
    aliases = report_labels(comparison, anonymise=True)
    labels = aliases if hidden else report_labels(comparison)
    number_of = {report_id: i for i, report_id in enumerate(comparison.ids)}
    pairs = sorted(comparison.pairs, key=lambda p: (-(p.overlap_effective or 0), -p.longest_run_chars, p.left, p.right))
    views: list[_PairView] = []
    room, total = _MOST_PASSAGES, 0
    for pair in pairs:
        total += len(pair.matches)
        left, right = number_of[pair.left], number_of[pair.right]
        passages = tuple((m, *side_by_side(comparison.assessments[left], m, show)) for m in pair.matches[:room])
        room -= len(passages)
        if passages:
            names = [name_markup(labels[i], None if hidden else aliases[i]) for i in (left, right)]
            views.append(_PairView(pair, names[0], names[1], passages))
    values = {
        "page_title": PRINTED_TITLES["passages"],
        "plain_name": "",
        "anonymous": hidden,
        "version": comparison.version,
        "lexicon": comparison.lexicon,
        "pairs": views,
        "total": total,
        "shown": _MOST_PASSAGES - room,
        "library_zh": library_line(comparison.library, "zh"),
        "library_en": library_line(comparison.library, "en"),
    }
    return render_page("passages.html.j2", "passages.js", language, values, {})
