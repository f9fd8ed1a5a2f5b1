"""The passages on the terminal: both texts, one below the other."""

from __future__ import annotations

from jingwei.model import Assessment, Match
from jingwei.report.columns import cut
from jingwei.report.names import show_name, show_text
from jingwei.report.paper import LineFinder, Paper
from jingwei.report.words import RELATION_LABELS, figures_label

_MAX_MATCHES = 20


def add_passages(paper: Paper, assessment: Assessment, lines: LineFinder, most: int = _MAX_MATCHES) -> None:
    """The passages, those of other units first, the longest first; the others are in HTML and JSON."""
    shown = [m for m in assessment.matches if m.relation != "authority"]
    if not shown:
        return
    paper.heading(
        paper.say(
            f"雷同片段对照  {len(shown)} 处（由人工核实）", f"Matching passages  {len(shown)} (for a person to judge)"
        )
    )
    text = assessment.report.document.text
    for number, match in enumerate(sorted(shown, key=_order)[:most], 1):
        _passage(paper, match, text, number, lines)
    if len(shown) > most:
        paper.add(
            paper.say(
                f"……其余 {len(shown) - most} 处见 --format html 或 json。",
                f"... {len(shown) - most} more in html or json.",
            )
        )


def _order(match: Match) -> tuple[bool, int, int]:
    """What was carried over accuses nobody, so it comes behind what another unit wrote."""
    return match.relation == "previous", -match.effective_chars, match.start


def _passage(paper: Paper, match: Match, text: str, number: int, lines: LineFinder) -> None:
    s = match.source
    who = f"{s.unit or s.place or paper.say('单位不详', 'unknown unit')} {s.year or paper.say('年份不详', 'unknown year')}"
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
        others = paper.listed(show_name(a.report) for a in match.also[:3])
        paper.add(
            paper.say(f"另见 {len(match.also)} 篇：{others}", f"also in {len(match.also)}: {others}"), indent="   "
        )
