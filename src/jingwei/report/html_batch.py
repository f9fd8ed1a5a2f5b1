"""The page of a batch: reports, heatmap, pairs side by side, groups, families, unit cards, years, skipped files."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

from markupsafe import Markup
from msgspec import Struct

from jingwei.model import Assessment, Comparison, Family, PairAssessment
from jingwei.report.disguise import disguise_batch, unit_aliases
from jingwei.report.embedded import embedded_pairs, pack_matrix
from jingwei.report.histogram import degree_counts, pair_histogram
from jingwei.report.html_items import settings_rows
from jingwei.report.html_page import render_page
from jingwei.report.html_rows import rows_of, table_rows, unit_cards
from jingwei.report.html_text import Shower
from jingwei.report.labels import report_labels
from jingwei.report.markup import name_markup
from jingwei.report.measures import pair_degree, review_limits
from jingwei.report.names import show_name
from jingwei.report.palette import CIVIDIS
from jingwei.report.words import LOW_CONFIDENCE, PRINTED_TITLES, SLOT_LABELS, Label, label, library_line
from jingwei.settings import ReportSettings, ReviewSettings

_MOST_PAIR_ROWS, _MOST_FAMILIES, _MOST_FILLERS, _MOST_GROUPS = 300, 100, 6, 100


class _PairRow(Struct, frozen=True):
    """A pair with matches."""

    number: int
    pair: PairAssessment
    left: int
    right: int
    degree: Label | None
    level: int


class _FamilyView(Struct, frozen=True):
    family: Family
    template: Markup
    slots: tuple[tuple[Label, Markup], ...]
    example: Markup


class _YearRow(Struct, frozen=True):
    unit: Markup
    cells: tuple[tuple[int, Assessment], ...]
    overlaps: tuple[float | None, ...]


def render_batch_page(
    comparison: Comparison,
    settings: ReportSettings,
    language: str = "zh",
    *,
    links: Mapping[str, str] | None = None,
) -> str:
    """The self-contained page of a batch, titled 批量比对情况表 when printed.

    Args:
        comparison: the batch; pairs are shown worst first.
        settings: with ``anonymise`` the page holds no place and no file name.
        language: "zh" or "en", what is shown first.
        links: report id → relative address of its own page, where one was written.
    """
    disguise = disguise_batch(comparison)
    hidden = settings.anonymise
    labels, aliases = _labels(comparison, hidden)
    number_of = {report_id: i for i, report_id in enumerate(comparison.ids)}
    show = Shower(disguise, anonymise=hidden)
    names = [name_markup(name, None if hidden else alias) for name, alias in zip(labels, aliases, strict=True)]
    rows = rows_of(comparison, names, links or {}, show)
    pairs = sorted(comparison.pairs, key=lambda p: (-(p.overlap_effective or 0), -p.longest_run_chars, p.left, p.right))
    limits = review_limits(comparison.settings)
    values: dict[str, Any] = {
        "page_title": PRINTED_TITLES["batch"],
        "plain_name": "",
        "anonymous": hidden,
        "version": comparison.version,
        "lexicon": comparison.lexicon,
        "comparison": comparison,
        "count": len(rows),
        "table_rows": table_rows(rows),
        "unit_cards": unit_cards(rows, names),
        "most_pages": len(links) if links and len(links) < len(rows) else 0,
        "low_confidence": LOW_CONFIDENCE if _any_recognised(comparison) else None,
        "pairs": _pair_rows(pairs, number_of, limits),
        "pair_total": sum(bool(p.matches) for p in pairs),
        "order": comparison.order,
        "names": names,
        "duplicates": [(number_of[d.left], number_of[d.right], d.jaccard) for d in comparison.duplicates],
        "groups": _group_rows(comparison, number_of, show),
        "families": [_family_view(f, comparison, show) for f in comparison.families[:_MOST_FAMILIES]],
        "family_total": len(comparison.families),
        "years": _years(comparison, hidden),
        "bins": pair_histogram(comparison),
        "degrees": degree_counts(comparison, limits),
        "limits": (limits.degree_watch, limits.degree_check, limits.degree_high),
        "skipped": _skipped_rows(comparison, hidden),
        "library_zh": library_line(comparison.library, "zh"),
        "library_en": library_line(comparison.library, "en"),
        "settings_rows": settings_rows(comparison.settings, hidden=hidden),
    }
    embedded = {
        "labels": list(labels),
        "aliases": list(aliases),
        "names": [] if hidden else disguise.pairs(),
        "order": list(comparison.order),
        "matrix": pack_matrix(comparison),
        "colours": list(CIVIDIS),
        **embedded_pairs(comparison, pairs, disguise, hidden=hidden),
    }
    return render_page("batch.html.j2", "batch.js", language, values, embedded)


def _labels(comparison: Comparison, hidden: bool) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """(labels as shown, aliases for the toggle) of the reports."""
    aliases = report_labels(comparison, anonymise=True)
    return (aliases if hidden else report_labels(comparison)), aliases


def _any_recognised(comparison: Comparison) -> bool:
    return any(a.report.document.confidence == "low" for a in comparison.assessments)


def _pair_rows(pairs: Sequence[PairAssessment], number_of: Mapping[str, int], limits: ReviewSettings) -> list[_PairRow]:
    """The first pairs with a passage, each with its place among all pairs and its degree."""
    return [
        _PairRow(i, p, number_of[p.left], number_of[p.right], *pair_degree(p.relation, p.overlap_effective, limits))
        for i, p in enumerate(pairs)
        if p.matches
    ][:_MOST_PAIR_ROWS]


def _group_rows(
    comparison: Comparison, number_of: Mapping[str, int], show: Shower
) -> list[tuple[tuple[int, ...], Markup, Markup, Markup]]:
    """Members, reason in both languages and excerpt of every group of common origin."""
    return [
        (
            tuple(number_of[r] for r in g.reports if r in number_of),
            show(g.reason),
            show(g.reason_en or g.reason),
            show(g.excerpt),
        )
        for g in comparison.groups[:_MOST_GROUPS]
    ]


def _skipped_rows(comparison: Comparison, hidden: bool) -> list[tuple[int, str, str, str, str]]:
    """Number, file, reason word and sentence in both languages; the sentence may name the file too."""
    if hidden:
        return [(i, "", s.reason, "", "") for i, s in enumerate(comparison.skipped, 1)]
    return [
        (i, show_name(s.path), s.reason, s.message, s.message_en or s.message)
        for i, s in enumerate(comparison.skipped, 1)
    ]


def _family_view(family: Family, comparison: Comparison, show: Shower) -> _FamilyView:
    slots = []
    for slot in family.slots:
        different = list(dict.fromkeys(slot.fillers))
        more = f" 等 {len(different)} 种" if len(different) > _MOST_FILLERS else ""
        shown = "；".join(different[:_MOST_FILLERS]) + more
        slots.append((label(SLOT_LABELS, slot.type), show(shown)))
    example = ""
    if family.members and family.members[0].report < len(comparison.assessments):
        member = family.members[0]
        example = comparison.assessments[member.report].report.document.text[member.start : member.end]
    return _FamilyView(family, show(family.template), tuple(slots), show(" ".join(example.split())))


def _years(comparison: Comparison, hidden: bool) -> list[_YearRow]:
    """Units with reports of several years, each year beside the one before it."""
    by_unit: dict[str, list[int]] = defaultdict(list)
    for i, assessment in enumerate(comparison.assessments):
        if assessment.report.profile.unit and assessment.report.profile.year:
            by_unit[assessment.report.profile.unit].append(i)
    names = unit_aliases(comparison)
    rows = []
    for unit in sorted(by_unit):
        members = sorted(by_unit[unit], key=lambda i: (comparison.assessments[i].report.profile.year or 0, i))
        if len({comparison.assessments[i].report.profile.year for i in members}) < 2:
            continue
        place = comparison.assessments[members[0]].report.profile.place
        alias = names[comparison.ids[members[0]]]
        name = name_markup(alias, None) if hidden or place is None else name_markup(show_name(place.name), alias)
        overlaps = [None, *(float(comparison.matrix[a, b]) for a, b in pairwise(members))]
        rows.append(_YearRow(name, tuple((i, comparison.assessments[i]) for i in members), tuple(overlaps)))
    return rows
