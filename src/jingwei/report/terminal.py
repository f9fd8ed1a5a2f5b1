"""The results as plain text for the terminal: 80 columns, marks before colours, the order people asked for."""

from __future__ import annotations

from collections.abc import Sequence

from jingwei.model import KINDS, SEVERITIES, Assessment, Finding, Skipped
from jingwei.report.columns import cut, pad
from jingwei.report.measures import Measure, counts_of, measures_of
from jingwei.report.names import show_name, show_text
from jingwei.report.paper import LineFinder, Paper
from jingwei.report.terminal_findings import add_findings
from jingwei.report.terminal_passages import add_passages
from jingwei.report.unchecked_label import unchecked_label
from jingwei.report.words import KIND_LABELS, PRINTED_TITLES, count_label, library_line, percent

_MAX_EXCLUDED = 12
_SUMMARY = ("originality", "overlap_effective", "overlap_max_source", "recycled_rate", "fact_density")


def render_check(assessment: Assessment, language: str = "zh", *, colour: bool = False, accepted: int = 0) -> str:
    """The clerk's fix list: red, yellow, passages, composition, what was excluded and why, what it was compared with."""
    paper = Paper(language, colour=colour)
    _head(paper, assessment, PRINTED_TITLES["report"].text(language))
    _verdict(paper, assessment.findings, accepted)
    if missed := unchecked_label(assessment):
        paper.add(missed.text(language), tone="warning")
    _summary(paper, assessment)
    lines = LineFinder(assessment.report.document.text)
    for severity in SEVERITIES:
        add_findings(paper, assessment, severity, lines)
    add_passages(paper, assessment, lines)
    _composition(paper, assessment)
    _excluded(paper, assessment, lines)
    _compared(paper, assessment)
    return paper.text()


def render_score(assessment: Assessment, language: str = "zh", *, colour: bool = False) -> str:
    """The numbers of one report with the counts behind them."""
    paper = Paper(language, colour=colour)
    _head(paper, assessment, paper.say("比对结果", "Scores"))
    _scores(paper, assessment)
    _composition(paper, assessment)
    add_passages(paper, assessment, LineFinder(assessment.report.document.text), most=5)
    _compared(paper, assessment)
    return paper.text()


def render_skipped(skipped: Skipped, language: str = "zh") -> str:
    """One line for a file that could not be read."""
    message = skipped.message_en if language == "en" and skipped.message_en else skipped.message
    if language == "en":
        return f"skipped {show_name(skipped.path)}: {show_name(message)} ({skipped.reason})"
    return f"跳过 {show_name(skipped.path)}：{show_name(message)}（{skipped.reason}）"


def _head(paper: Paper, assessment: Assessment, title: str) -> None:
    document, profile = assessment.report.document, assessment.report.profile
    paper.add(f"《{title}》" if paper.language == "zh" else title, tone="title")
    paper.add(paper.say("文件：", "File: ") + show_name(document.path))
    if profile.title:
        paper.add(paper.say("标题：", "Title: ") + show_name(profile.title))
    place = profile.place.name if profile.place else paper.say("未识别", "unknown")
    year = str(profile.year) if profile.year else paper.say("未识别", "unknown")
    paper.add(paper.say(f"单位：{profile.unit or place}　年度：{year}", f"Unit: {profile.unit or place}  Year: {year}"))
    if document.confidence == "low":
        paper.add(paper.say("注意：本文由扫描件识别而来，文字可能有误。", "Note: read by OCR; the text may be wrong."))


def _verdict(paper: Paper, findings: Sequence[Finding], accepted: int) -> None:
    counts = {s: sum(f.severity == s for f in findings) for s in SEVERITIES}
    zh = f"结论：红灯 {counts['error']} 处（必须改），黄灯 {counts['warning']} 处（请核对），灰色 {counts['note']} 处（仅供参考）。"
    en = f"Result: {counts['error']} red, {counts['warning']} yellow, {counts['note']} grey."
    if not counts["error"] and not counts["warning"]:
        new = "新的" if accepted else ""
        zh = f"结论：未发现{new}需要修改的问题，灰色 {counts['note']} 处（仅供参考）。"
    paper.lines.append("")
    paper.add(paper.say(zh, en), tone="error" if counts["error"] else "warning" if counts["warning"] else "good")
    if accepted:
        paper.add(
            paper.say(
                f"另有 {accepted} 处此前已由审核人确认，不再列出。", f"{accepted} accepted before are not listed."
            )
        )


def _composition(paper: Paper, assessment: Assessment) -> None:
    counts = assessment.counts
    paper.heading(paper.say(f"文字构成（正文 {counts.body} 字）", f"Composition ({counts.body} body characters)"))
    for kind in KINDS:
        chars = getattr(counts, kind)
        part = chars / counts.body if counts.body else 0.0
        bar = "█" * round(part * 30)
        label = pad(KIND_LABELS[kind].text(paper.language), 22 if paper.language == "en" else 14)
        paper.lines.append(f"  {label}{chars:>6} {percent(part):>6}  {bar}".rstrip())


def _summary(paper: Paper, assessment: Assessment) -> None:
    """The figures that the county looks at, before the list of what to mend."""
    shown = {m.code: m for m in measures_of(assessment)}
    figures = [
        f"{shown[code].label.text(paper.language)} {_value(paper, shown[code])}"
        for code in _SUMMARY
        if code != "recycled_rate" or assessment.counts.recycled
    ]
    paper.add(paper.say("指标：", "Figures: ") + paper.say("；", "; ").join(figures) + paper.say("。", "."))


def _scores(paper: Paper, assessment: Assessment) -> None:
    """The score table: every number with its counts, and the degree it reaches."""
    rows: list[tuple[str, str]] = []
    for measure in measures_of(assessment):
        rows.append((measure.label.text(paper.language), _value(paper, measure)))
        if measure.code == "originality":
            c = assessment.counts
            free = c.body - c.mandated
            shown = percent(c.local / free) + counts_of(c.local, free).text(paper.language) if free else "—"
            rows.append((paper.say("  其中本地实情", "  of it local facts"), shown))
    paper.lines.append("")
    for name, value in rows:
        paper.lines.append(f"  {pad(name, 24 if paper.language == 'zh' else 34)}{value}")
    for standing in assessment.standings:
        paper.add(paper.say(standing.zh, standing.en), indent="  ")


def _value(paper: Paper, measure: Measure) -> str:
    """``12.3%（71/577，关注）``: a number, the counts it is made of, the degree it reaches."""
    if measure.shown == "—":
        return paper.say("无可计文字", "nothing to count")
    return measure.shown + counts_of(measure.part, measure.whole, measure.degree).text(paper.language)


def _excluded(paper: Paper, assessment: Assessment, lines: LineFinder) -> None:
    if not assessment.excluded:
        return
    text = assessment.report.document.text
    chars = sum(len("".join(text[e.start : e.end].split())) for e in assessment.excluded)
    paper.heading(
        paper.say(
            f"不计入雷同的文字  {len(assessment.excluded)} 处，{chars} 字",
            f"Not counted  {count_label(len(assessment.excluded), 'stretch', 'stretches')}, {chars} characters",
        )
    )
    longest = sorted(assessment.excluded, key=lambda e: (e.start - e.end, e.start))[:_MAX_EXCLUDED]
    for e in sorted(longest, key=lambda e: e.start):
        quote = cut("".join(show_text(text[e.start : e.end]).split()), 60)
        reason = e.reason_en if paper.language == "en" and e.reason_en else e.reason
        paper.add(
            f"“{quote}”{paper.say('　', '  ')}{reason}",
            indent="    ",
            first=f"  {paper.say('第', 'line ')}{lines.line(e.start)}{paper.say('行', '')} ",
        )
    if len(assessment.excluded) > _MAX_EXCLUDED:
        rest = len(assessment.excluded) - _MAX_EXCLUDED
        paper.add(
            paper.say(f"……其余 {rest} 处见 --format html 或 json。", f"... {rest} more in html or json."), indent="  "
        )


def _compared(paper: Paper, assessment: Assessment) -> None:
    paper.heading(paper.say("比对范围", "Compared with"))
    paper.add(library_line(assessment.library, paper.language))
    for paths, zh, en in (
        (assessment.library.previous, "往年报告", "Earlier reports"),
        (assessment.library.previous_unused, "未用的往年报告", "Earlier reports not used"),
    ):
        if paths:
            names = paper.listed(show_name(p) for p in paths)
            paper.add(paper.say(f"{zh}：{names}", f"{en}: {names}"))
    if assessment.left_out:
        names = paper.listed(show_name(p) for p in assessment.left_out)
        paper.add(paper.say(f"比对库中与本文内容完全相同的已排除：{names}", f"Left out as the same text: {names}"))
    if assessment.versions:
        names = paper.listed(show_name(p) for p in assessment.versions)
        paper.add(
            paper.say(
                f"与本单位同一年度的另一版本有相同文字，不计入雷同：{names}",
                f"Shares text with another version of the same unit and year, not counted: {names}",
            )
        )
    digest = assessment.settings.get("digest", "")
    paper.add(
        paper.say(
            f"词库 {assessment.lexicon}　设置 {digest}　泾渭 {assessment.version}",
            f"lexicon {assessment.lexicon}  settings {digest}  jingwei {assessment.version}",
        )
    )
    for note in assessment.report.document.notes:
        paper.add(paper.say(note.message, note.message_en or note.message))
