"""The findings on the terminal: red and yellow ones with their advice, grey ones folded where they are many."""

from __future__ import annotations

from collections.abc import Sequence

from jingwei.model import Assessment, Finding, Severity
from jingwei.report.alike import alike_in_paragraph, quoted_by
from jingwei.report.columns import cut
from jingwei.report.finding_labels import finding_label
from jingwei.report.names import show_text
from jingwei.report.paper import LineFinder, Paper
from jingwei.report.words import SEVERITY_LABELS

_MARKS: dict[Severity, str] = {"error": "●", "warning": "▲", "note": "·"}
_MOST_ALIKE, _SHOWN_ALIKE = 5, 3  # notes of one kind told in full: all, or the first of many


def add_findings(paper: Paper, assessment: Assessment, severity: Severity, lines: LineFinder) -> None:
    """The findings of one severity. Many alike are shown together; every one stands in JSON and CSV."""
    mine = [f for f in assessment.findings if f.severity == severity]
    if not mine:
        return
    paper.heading(f"{SEVERITY_LABELS[severity].text(paper.language)}  {len(mine)}")
    shown, folded = _folded(mine) if severity == "note" else (mine, [])
    together = [[f] for f in shown] if severity == "note" else alike_in_paragraph(shown, assessment.report.structure)
    for number, (finding, *others) in enumerate(together, 1):
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
        if others:
            quotes = paper.listed(f"“{cut(' '.join(show_text(quoted_by(f)).split()), 40)}”" for f in others)
            paper.add(
                paper.say(
                    f"同段同类另有 {len(others)} 处：{quotes}",
                    f"{len(others)} more of the kind in this paragraph: {quotes}",
                ),
                indent="     ",
            )

    for alike in folded:
        name = finding_label(alike[0]).text(paper.language)
        where = paper.listed(dict.fromkeys(str(lines.line(f.start)) for f in alike if f.start is not None))
        paper.add(
            paper.say(
                f"[{alike[0].code}] {name}：同类另有 {len(alike)} 处，在第 {where} 行。",
                f"[{alike[0].code}] {name}: {len(alike)} more of the kind, in lines {where}.",
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
