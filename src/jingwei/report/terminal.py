"""The results as plain text for the terminal: 80 columns, marks before colours, the order people asked for."""

from __future__ import annotations

import bisect
from collections.abc import Sequence

from jingwei.model import KINDS, SEVERITIES, Assessment, Finding, Match, Severity, Skipped
from jingwei.report.columns import cut, pad, wrap
from jingwei.report.finding_labels import finding_label
from jingwei.report.names import show_name, show_text
from jingwei.report.unchecked_label import unchecked_label
from jingwei.report.words import (
    KIND_LABELS,
    PRINTED_TITLES,
    RELATION_LABELS,
    SCORE_LABELS,
    SEVERITY_LABELS,
    figures_label,
    library_line,
)

WIDTH = 80
_COLOURS: dict[str, str] = {"error": "31", "warning": "33", "note": "90", "title": "1", "good": "32"}
_MARKS: dict[Severity, str] = {"error": "●", "warning": "▲", "note": "·"}
_MAX_EXCLUDED = 12
_MOST_ALIKE, _SHOWN_ALIKE = 5, 3  # notes of one kind told in full: all, or the first of many
_MAX_MATCHES = 20


class Paper:
    """Lines being written; knows the language and whether colours are wanted."""

    def __init__(self, language: str = "zh", *, colour: bool = False, width: int = WIDTH) -> None:
        self.language, self.colour, self.width = language, colour, width
        self.lines: list[str] = []

    def say(self, zh: str, en: str) -> str:
        """The sentence in the language of the reader."""
        return en if self.language == "en" else zh

    def paint(self, text: str, tone: str) -> str:
        """``text`` in a colour when colours are wanted."""
        return f"\x1b[{_COLOURS[tone]}m{text}\x1b[0m" if self.colour else text

    def add(self, text: str = "", indent: str = "", first: str | None = None, tone: str = "") -> None:
        """Wrapped lines."""
        for line in wrap(text, self.width, indent, first):
            self.lines.append(self.paint(line, tone) if tone else line)

    def heading(self, text: str) -> None:
        """A blank line and a heading."""
        if self.lines:
            self.lines.append("")
        self.add(text, tone="title")

    def text(self) -> str:
        """Everything, with a final newline."""
        return "\n".join(self.lines) + "\n"


def render_check(assessment: Assessment, language: str = "zh", *, colour: bool = False, accepted: int = 0) -> str:
    """The clerk's fix list: red, yellow, passages, composition, what was excluded and why, what it was compared with."""
    paper = Paper(language, colour=colour)
    _head(paper, assessment, PRINTED_TITLES["report"].text(language))
    _verdict(paper, assessment.findings, accepted)
    if missed := unchecked_label(assessment):
        paper.add(missed.text(language), tone="warning")
    lines = LineFinder(assessment.report.document.text)
    for severity in SEVERITIES:
        _findings(paper, assessment.findings, severity, lines)
    _matches(paper, assessment, lines)
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
    _matches(paper, assessment, LineFinder(assessment.report.document.text), most=5)
    _compared(paper, assessment)
    return paper.text()


def render_skipped(skipped: Skipped, language: str = "zh") -> str:
    """One line for a file that could not be read."""
    message = skipped.message_en if language == "en" and skipped.message_en else skipped.message
    word = "skipped" if language == "en" else "跳过"
    return f"{word} {show_name(skipped.path)}：{show_name(message)}（{skipped.reason}）"


class LineFinder:
    """Line numbers (1-based) of raw offsets."""

    def __init__(self, text: str) -> None:
        self._starts = [0]
        for i, char in enumerate(text):
            if char == "\n":
                self._starts.append(i + 1)

    def line(self, offset: int) -> int:
        """Line number of ``offset``."""
        return bisect.bisect_right(self._starts, offset)


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


def _findings(paper: Paper, findings: Sequence[Finding], severity: Severity, lines: LineFinder) -> None:
    mine = [f for f in findings if f.severity == severity]
    if not mine:
        return
    paper.heading(f"{SEVERITY_LABELS[severity].text(paper.language)}  {len(mine)}")
    shown, folded = _folded(mine) if severity == "note" else (mine, [])
    for number, finding in enumerate(shown, 1):
        name = finding_label(finding).text(paper.language)
        where = (
            ""
            if finding.start is None
            else paper.say(f"　第{lines.line(finding.start)}行", f"  line {lines.line(finding.start)}")
        )
        paper.add(
            f"{number}. [{finding.code}] {name}{where}", indent="   ", first=f"{_MARKS[severity]} ", tone=severity
        )
        if finding.quote:
            paper.add(f"“{cut(' '.join(show_text(finding.quote).split()), 120)}”", indent="     ")
        paper.add(
            show_text(finding.message_en if paper.language == "en" and finding.message_en else finding.message),
            indent="     ",
        )
        advice = finding.suggestion_en if paper.language == "en" and finding.suggestion_en else finding.suggestion
        if advice:
            paper.add(paper.say("建议：", "To do: ") + show_text(advice), indent="     ")

    for alike in folded:
        name = finding_label(alike[0]).text(paper.language)
        where = "、".join(dict.fromkeys(str(lines.line(f.start)) for f in alike if f.start is not None))
        paper.add(
            paper.say(
                f"[{alike[0].code}] {name}：同类另有 {len(alike)} 处，在第 {where} 行。",
                f"[{alike[0].code}] {name}: {len(alike)} more of the kind, in lines {where.replace('、', ', ')}.",
            ),
            indent="   ",
            first=f"{_MARKS[severity]} ",
            tone=severity,
        )


def _folded(notes: Sequence[Finding]) -> tuple[list[Finding], list[list[Finding]]]:
    """Notes to be told in full, and the others of kinds that occur often: sixty lost characters are one matter."""
    kinds: dict[tuple[str, str], list[Finding]] = {}
    for note in notes:
        kinds.setdefault((note.code, str(note.evidence.get("case", ""))), []).append(note)
    often = [alike for alike in kinds.values() if len(alike) > _MOST_ALIKE]
    left_out = {id(note) for alike in often for note in alike[_SHOWN_ALIKE:]}
    return [note for note in notes if id(note) not in left_out], [alike[_SHOWN_ALIKE:] for alike in often]


def _matches(paper: Paper, assessment: Assessment, lines: LineFinder, most: int = _MAX_MATCHES) -> None:
    shown = [m for m in assessment.matches if m.relation != "authority"]
    if not shown:
        return
    paper.heading(
        paper.say(
            f"雷同片段对照  {len(shown)} 处（由人工核实）", f"Matching passages  {len(shown)} (for a person to judge)"
        )
    )
    text = assessment.report.document.text
    for number, match in enumerate(sorted(shown, key=lambda m: (-m.effective_chars, m.start))[:most], 1):
        _match(paper, match, text, number, lines)
    if len(shown) > most:
        paper.add(
            paper.say(
                f"……其余 {len(shown) - most} 处见 --format html 或 json。",
                f"... {len(shown) - most} more in html or json.",
            )
        )


def _match(paper: Paper, match: Match, text: str, number: int, lines: LineFinder) -> None:
    s = match.source
    who = f"{s.place or paper.say('单位不详', 'unknown unit')} {s.year or paper.say('年份不详', 'unknown year')}"
    relation = RELATION_LABELS[match.relation].text(paper.language)
    figures = figures_label(match.equal_figures)
    paper.add(
        paper.say(
            f"{number}. 第{lines.line(match.start)}行，相同 {match.equal_chars} 字，有效 {match.effective_chars} 字{figures.zh}；{relation}：{who}（{show_name(s.report)}）",
            f"{number}. line {lines.line(match.start)}, {match.equal_chars} equal, {match.effective_chars} effective{figures.en}; {relation}: {who} ({show_name(s.report)})",
        ),
        indent="   ",
        first="",
    )
    paper.add(
        paper.say("本文：", "here:  ") + cut("".join(show_text(text[match.start : match.end]).split()), 200),
        indent="   ",
    )
    paper.add(paper.say("对方：", "there: ") + cut("".join(show_text(s.text).split()), 200), indent="   ")
    if match.also:
        others = "、".join(show_name(a.report) for a in match.also[:3])
        paper.add(
            paper.say(f"另见 {len(match.also)} 篇：{others}", f"also in {len(match.also)}: {others}"), indent="   "
        )


def _composition(paper: Paper, assessment: Assessment) -> None:
    counts = assessment.counts
    paper.heading(paper.say(f"文字构成（正文 {counts.body} 字）", f"Composition ({counts.body} body characters)"))
    for kind in KINDS:
        chars = getattr(counts, kind)
        part = chars / counts.body if counts.body else 0.0
        bar = "█" * round(part * 30)
        label = pad(KIND_LABELS[kind].text(paper.language), 22 if paper.language == "en" else 14)
        paper.lines.append(f"  {label}{chars:>6} {part:>6.1%}  {bar}")


def _scores(paper: Paper, assessment: Assessment) -> None:
    s, c = assessment.scores, assessment.counts
    free = c.body - c.mandated
    rows = [
        ("originality", s.originality, c.local + c.own, free),
        ("overlap_total", s.overlap_total, c.matched_13, c.body),
        ("overlap_effective", s.overlap_effective, c.copied + c.recycled, free),
        ("overlap_max_source", s.overlap_max_source, round((s.overlap_max_source or 0) * free), free),
        ("recycled_rate", s.recycled_rate, c.recycled, free),
    ]
    paper.lines.append("")
    for name, value, part, whole in rows:
        label = pad(SCORE_LABELS[name].text(paper.language), 24)
        sign = "≤ " if name == "originality" and s.originality_is_upper_bound else ""
        shown = paper.say("无可计文字", "nothing to count") if value is None else f"{sign}{value:.1%}（{part}/{whole}）"
        paper.lines.append(f"  {label}{shown}")
        if name == "originality":
            local = pad(paper.say("  其中本地实情", "  of it local facts"), 24)
            paper.lines.append(f"  {local}" + (f"{c.local / free:.1%}（{c.local}/{free}）" if free else "—"))
    paper.lines.append(f"  {pad(SCORE_LABELS['longest_run_chars'].text(paper.language), 24)}{s.longest_run_chars}")
    density = "—" if s.fact_density is None else f"{s.fact_density:.1f}（{c.facts}/{c.body}）"
    paper.lines.append(f"  {pad(SCORE_LABELS['fact_density'].text(paper.language), 24)}{density}")
    for standing in assessment.standings:
        paper.add(paper.say(standing.zh, standing.en), indent="  ")


def _excluded(paper: Paper, assessment: Assessment, lines: LineFinder) -> None:
    if not assessment.excluded:
        return
    text = assessment.report.document.text
    chars = sum(len("".join(text[e.start : e.end].split())) for e in assessment.excluded)
    paper.heading(
        paper.say(
            f"不计入雷同的文字  {len(assessment.excluded)} 处，{chars} 字",
            f"Not counted  {len(assessment.excluded)} places, {chars} characters",
        )
    )
    longest = sorted(assessment.excluded, key=lambda e: (e.start - e.end, e.start))[:_MAX_EXCLUDED]
    for e in sorted(longest, key=lambda e: e.start):
        quote = cut("".join(show_text(text[e.start : e.end]).split()), 60)
        reason = e.reason_en if paper.language == "en" and e.reason_en else e.reason
        paper.add(
            f"“{quote}”　{reason}",
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
    if assessment.left_out:
        names = "、".join(show_name(p) for p in assessment.left_out)
        paper.add(paper.say(f"比对库中与本文内容完全相同的已排除：{names}", f"Left out as the same text: {names}"))
    if assessment.versions:
        names = "、".join(show_name(p) for p in assessment.versions)
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
