"""What a batch page says of each report: its row in the table and its card."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from markupsafe import Markup
from msgspec import Struct

from jingwei.model import Assessment, Comparison
from jingwei.report.composition import whole_report
from jingwei.report.html_bars import bar_markup
from jingwei.report.html_items import HIDDEN_FILE
from jingwei.report.html_text import Shower
from jingwei.report.markup import both, escaped, label_markup, name_markup, trusted
from jingwei.report.measures import Measure, measures_of
from jingwei.report.names import show_name
from jingwei.report.words import percent

_NEAREST = 3
_MOST_TERMS = 8
_TABLE_MEASURES = (
    "originality", "overlap_effective", "overlap_max_source", "longest_run_chars", "recycled_rate", "fact_density",
)  # fmt: skip
_ALWAYS_SHOWN = frozenset({"originality", "overlap_max_source"})  # the others go on a narrow screen
_CARD_MEASURES = ("originality", "overlap_max_source", "recycled_rate", "fact_density")


class Row(Struct, frozen=True):
    """One report as the table and its card show it. ``worst``: the most alike reports with their overlap."""

    number: int
    label: Markup
    file: Markup
    assessment: Assessment
    measures: Mapping[str, Measure]
    bar: Markup
    findings: tuple[int, int, int]
    worst: tuple[tuple[int, float], ...]
    terms: Markup

    @property
    def lights(self) -> str:
        """Red, yellow and grey findings."""
        red, yellow, grey = self.findings
        return f"{red} / {yellow} / {grey}"


def rows_of(comparison: Comparison, names: Sequence[Markup], links: Mapping[str, str], show: Shower) -> list[Row]:
    """A row per report in the order of the input; ``links`` are the addresses of those that have a page."""
    rows = []
    matrix = np.array(comparison.matrix, dtype=np.float64)
    np.fill_diagonal(matrix, -1)
    for i, (report_id, assessment) in enumerate(zip(comparison.ids, comparison.assessments, strict=True)):
        near = np.argsort(-matrix[i], kind="stable")[:_NEAREST].tolist()
        severities = [f.severity for f in assessment.findings]
        terms = comparison.terms[i] if i < len(comparison.terms) else ()
        link = links.get(report_id)
        rows.append(
            Row(
                i,
                trusted(f'<a href="{escaped(link)}">{names[i]}</a>') if link else names[i],
                Markup() if show.anonymise else name_markup(show_name(report_id), HIDDEN_FILE),
                assessment,
                {m.code: m for m in measures_of(assessment)},
                bar_markup(whole_report(assessment), thin=True),
                (severities.count("error"), severities.count("warning"), severities.count("note")),
                tuple((j, float(matrix[i, j])) for j in near if matrix[i, j] > 0),
                trusted(show.html("、".join(terms[:_MOST_TERMS]))),
            )
        )
    return rows


def table_rows(rows: Iterable[Row]) -> Markup:
    """The rows of the table of reports, with what its columns are sorted and filtered by."""
    return trusted("".join(map(_table_row, rows)))


def unit_cards(rows: Iterable[Row], names: Sequence[Markup]) -> Markup:
    """A card per report, with the most alike ones by their ``names``."""
    return trusted("".join([_card(row, names) for row in rows]))


def _table_row(row: Row) -> str:
    body = row.assessment.counts.body
    red, yellow, grey = row.findings
    file = f'<p class="note">{row.file}</p>' if row.file else ""
    return (
        f'<tr data-high="{1 if row.measures["overlap_max_source"].level else 0}" data-red="{red}">\n'
        f'<th scope="row" data-v="{row.number}">{row.label}{file}</th>\n'
        f'<td class="n hide-s" data-v="{body}">{body:,}</td>\n'
        f"{''.join([_measure_cell(row, code) for code in _TABLE_MEASURES])}"
        f'<td class="n" data-v="{red * 10000 + yellow * 100 + grey}">{row.lights}</td>\n'
        f'<td class="hide-s comp">{row.bar}</td></tr>\n'
    )


def _measure_cell(row: Row, code: str) -> str:
    measure, value = row.measures[code], getattr(row.assessment.scores, code)
    narrow = "" if code in _ALWAYS_SHOWN else " hide-s"
    return (
        f'<td class="n{narrow}" data-v="{-1 if value is None else value}">{_shown(measure)}{_counts(measure, "p")}</td>'
    )


def _counts(measure: Measure, tag: str) -> str:
    """The two counts behind a number: below it in a table, before it on a card."""
    if measure.whole is None or measure.part is None:
        return ""
    return f'<{tag} class="note">{measure.part:,}/{measure.whole:,}</{tag}>'


def _shown(measure: Measure) -> str:
    badge = ""
    if measure.level and measure.degree is not None:
        badge = f'<span class="badge lv{measure.level}">{label_markup(measure.degree)}</span>'
    return escaped(measure.shown) + badge


def _card(row: Row, names: Sequence[Markup]) -> str:
    figures = "".join(
        [
            f"<dt>{label_markup(row.measures[code].label)}</dt><dd>{_counts(row.measures[code], 'span')} {_shown(row.measures[code])}</dd>"
            for code in _CARD_MEASURES
        ]
    )
    worst = terms = ""
    if row.worst:
        near = both("；", "; ").join([trusted(f"{names[j]} {escaped(percent(share))}") for j, share in row.worst])
        worst = f"<p>{both('最相近：', 'Nearest: ')}{near}</p>"
    if row.terms:
        terms = f'<p class="note">{both("特色词：", "Own words: ")}{row.terms}</p>'
    return (
        f'<article class="unit"><h3>{row.label}</h3>\n{row.bar}\n'
        f"<dl>{figures}<dt>{both('红／黄／灰', 'Red/yellow/grey')}</dt><dd>{row.lights}</dd></dl>\n{worst}{terms}</article>"
    )
