"""The lists beside the text of a report: findings, outline, local facts, what was not counted."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from pathlib import PurePath
from typing import Any

from markupsafe import Markup

from jingwei.model import SEVERITIES, Assessment, Excluded, Finding
from jingwei.report.alike import alike_in_paragraph, quoted_by
from jingwei.report.composition import Composition
from jingwei.report.finding_labels import finding_label
from jingwei.report.html_bars import bar_markup
from jingwei.report.html_text import Shower
from jingwei.report.markup import SEVERITY_CLASSES, both, escaped, label_markup, name_markup, trusted, visible
from jingwei.report.measures import flat_settings
from jingwei.report.names import show_name
from jingwei.report.words import (
    EVIDENCE_LABELS,
    FACT_LABELS,
    PART_LABELS,
    SEVERITY_SHORT,
    label,
    percent,
)

HIDDEN_FILE = "（文件名已隐去）"
_HIDDEN_SETTING = "（已隐去）"
_PATHS = frozenset({"library", "places", "report.font"})  # settings that name files and folders of the user
_WORDS = frozenset({"review.names", "review.allow"})  # settings that hold names and wording of the user's own area
_QUOTE_CHARS = 60
_PASSAGES = {"C1": "peer", "C2": "common_source", "Y1": "previous"}  # what a finding says of a passage's relation
_LIGHTS = {"error": "●", "warning": "▲", "note": "○"}


def finding_items(assessment: Assessment, show: Shower) -> Markup:
    """Every finding with its quote, advice and evidence, the red ones first, each in the order of the text.

    Those that say the same of other words of one paragraph stand with the first of them.
    """
    numbers = {id(finding): number for number, finding in enumerate(assessment.findings)}
    ordered = sorted(assessment.findings, key=lambda finding: _finding_order(finding, numbers[id(finding)]))
    together = alike_in_paragraph(ordered, assessment.report.structure)
    return trusted(
        "".join([_finding([(numbers[id(f)], f) for f in findings], assessment, show) for findings in together])
    )


def outline_items(assessment: Assessment, composition: Composition, show: Shower) -> Markup:
    """Every section with its bar, its originality, its characters and its facts."""
    facts = sorted(fact.start for fact in assessment.facts)
    items = []
    for number, section in enumerate(assessment.report.structure.sections):
        stretch = composition.stretch(section.start, section.end)
        inside = max(0, bisect_left(facts, section.end) - bisect_left(facts, section.start))
        part = ""
        if section.part:
            part = f'<span class="chip">{label_markup(PART_LABELS.get(section.part, PART_LABELS[5]))}</span>'
        items.append(
            f'<li class="l{section.level}">\n<button type="button" data-to="s{number}">{show.html(section.title)}</button>\n'
            f"{part}{bar_markup(stretch, thin=True)}\n"
            f'<p class="fig">{both("原创度", "Originality")} {escaped(percent(stretch.originality))} · '
            f"{stretch.body:,} {both('字', 'chars')} · {both('本地事实', 'Facts')} {inside}</p>\n</li>"
        )
    return trusted("".join(items))


def fact_rows(assessment: Assessment, show: Shower) -> Markup:
    """The rows of the table of local facts."""
    return trusted(
        "".join(
            [
                f"<tr><td>{show.html(fact.text)}</td><td>{label_markup(label(FACT_LABELS, fact.type))}</td>"
                f'<td class="n">{fact.strength}</td></tr>'
                for fact in assessment.facts
            ]
        )
    )


def excluded_items(assessment: Assessment, show: Shower) -> Markup:
    """What was not counted: each text with its reason in both languages."""
    text = assessment.report.document.text
    return trusted(
        "".join(
            [
                f'<div class="item mandated"><p><q>{show.html(_excerpt(text, item))}</q></p>'
                f'<p><span class="zh">{show.html(item.reason)}</span>'
                f'<span class="en">{show.html(item.reason_en or item.reason)}</span>'
                f"{'' if item.places is None else both(f'（{item.places} 个单位）', f' ({item.places} units)')}</p></div>"
                for item in assessment.excluded
            ]
        )
    )


def settings_rows(settings: Mapping[str, Any], *, hidden: bool) -> list[tuple[str, Markup]]:
    """The settings of a run, as every page ends with; with ``hidden`` those that may name somebody have no value."""
    rows = []
    for key, value in flat_settings(settings):
        shown = trusted(visible(value))
        if value and key in _PATHS | _WORDS:
            name = PurePath(value).name or value if key in _PATHS else value
            shown = trusted(escaped(_HIDDEN_SETTING)) if hidden else name_markup(show_name(name), _HIDDEN_SETTING)
        rows.append((key, shown))
    return rows


def text_lines(lines: Iterable[tuple[str, int, int, str]]) -> Markup:
    """The lines of the text, each a paragraph of its role, with the anchor of the section that starts there."""
    return trusted(
        "".join(
            [
                f'<p class="{role}{f" l{level}" if level else ""}"{f" id={_quoted(section)}" if section >= 0 else ""}>'
                f"{html}</p>\n"
                for role, level, section, html in lines
            ]
        )
    )


def _quoted(section: int) -> str:
    return f'"s{section}"'


def _finding_order(finding: Finding, number: int) -> tuple[int, int, int]:
    at = -1 if finding.start is None else finding.start
    return SEVERITIES.index(finding.severity), at, number


def _finding(found: Sequence[tuple[int, Finding]], assessment: Assessment, show: Shower) -> str:
    (number, finding), *others = found
    severity, quote = finding.severity, show.html(finding.quote.strip())
    parts = [
        f'<div class="item {SEVERITY_CLASSES[severity]}">\n'
        f'<p class="head"><span class="sev">{_LIGHTS[severity]} {label_markup(SEVERITY_SHORT[severity])}</span>'
        f"<span>{escaped(finding.code)} {label_markup(finding_label(finding))}</span></p>\n"
    ]
    if quote:
        parts.append(f"<p>{both('原文：', 'Text: ')}<q>{quote}</q></p>")
    parts.append(f"<p>{_twin(show, finding.message, finding.message_en)}</p>\n")
    if finding.suggestion:
        advice = _twin(show, finding.suggestion, finding.suggestion_en)
        parts.append(f'<p class="fix">{both("建议：", "Suggestion: ")}{advice}</p>')
    if others:
        parts.append(_others(others, show))
    if rows := _evidence(finding, show):
        parts.append(
            f'<details class="noprint"><summary>{both("依据", "Evidence")}</summary><dl class="kv">{rows}</dl></details>'
        )
    if finding.start is not None:
        parts.append(
            f'<button type="button" class="go" data-to="f{number}">{both("定位到原文", "Go to text")}</button>'
        )
        match = _match_of(finding, assessment)
        if match >= 0:
            words = both("查看对照", "Side by side")
            parts.append(f'<button type="button" class="go open-match" data-m="{match}">{words}</button>')
    parts.append("</div>")
    return "".join(parts)


def _twin(show: Shower, zh: str, en: str) -> str:
    return f'<span class="zh">{show.html(zh)}</span><span class="en">{show.html(en or zh)}</span>'


def _others(others: Sequence[tuple[int, Finding]], show: Shower) -> str:
    count = len(others)
    buttons = [
        f'<button type="button" class="go" data-to="f{number}">{show.html(quoted_by(finding))}</button>'
        for number, finding in others
    ]
    words = both(f"同段同类另有 {count} 处：", f"{count} more of the kind in this paragraph: ")
    return f"<p>{words}{''.join(buttons)}</p>"


def _match_of(finding: Finding, assessment: Assessment) -> int:
    """Number of the passage that a finding was made of; passages may overlap, so relation and place decide."""
    relation, at = _PASSAGES.get(finding.code), finding.start
    if relation is None or at is None:
        return -1
    matches = assessment.matches
    covering = [i for i, m in enumerate(matches) if m.start <= at < m.end]
    return min(covering, key=lambda i: (matches[i].relation != relation, matches[i].start != at), default=-1)


def _evidence(finding: Finding, show: Shower) -> str:
    rows: list[str] = []
    for key, value in finding.evidence.items():
        if key not in EVIDENCE_LABELS or value in ("", None, 0) or (key == "path" and show.anonymise):
            continue
        english = finding.evidence.get(f"{key}_en", "")
        shown: str = _twin(show, str(value), str(english)) if english else show.html(str(value))
        if key == "path":
            shown = name_markup(show_name(str(value)), HIDDEN_FILE)
        rows.append(f"<dt>{label_markup(EVIDENCE_LABELS[key])}</dt><dd>{shown}</dd>")
    return "".join(rows)


def _excerpt(text: str, item: Excluded) -> str:
    quote = " ".join(text[item.start : item.end].split())
    return quote if len(quote) <= _QUOTE_CHARS else quote[:_QUOTE_CHARS] + "…"
