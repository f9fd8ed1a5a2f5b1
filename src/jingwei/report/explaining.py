"""Why one character has its kind: the answer of `jingwei explain`."""

from __future__ import annotations

from jingwei.model import Assessment
from jingwei.report.names import show_name, show_text
from jingwei.report.paper import LineFinder, Paper
from jingwei.report.words import (
    FACT_LABELS,
    KIND_LABELS,
    LOW_CONFIDENCE,
    RELATION_LABELS,
    figures_label,
    label,
    library_line,
)


def render_explanation(assessment: Assessment, at: int, language: str = "zh") -> str:
    """The character, its surroundings, its kind with the reason, and all evidence that covers it."""
    paper = Paper(language)
    text = assessment.report.document.text
    around = (
        " ".join(show_text(text[max(0, at - 12) : at]).split()),
        _CONTROLS.get(text[at]) or show_text(text[at]),
        " ".join(show_text(text[at + 1 : at + 13]).split()),
    )
    line = LineFinder(text).line(at)
    paper.add(
        paper.say(
            f"位置 {at}（第{line}行）：…{around[0]}【{around[1]}】{around[2]}…",
            f"offset {at} (line {line}): ...{around[0]}[{around[1]}]{around[2]}...",
        )
    )
    if assessment.report.document.confidence == "low":
        paper.add(LOW_CONFIDENCE.text(language))
    span = next((s for s in assessment.spans if s.start <= at < s.end), None)
    if span is None:
        block = next((b for b in assessment.report.structure.blocks if b.start <= at < b.end), None)
        role = block.role if block else "whitespace"
        paper.add(
            paper.say(f"不属于正文（{_ROLES.get(role, role)}），不参与计算。", f"not body ({role}): not counted.")
        )
        return paper.text()
    paper.add(paper.say("类别：", "kind: ") + KIND_LABELS[span.kind].text(language))
    paper.add(paper.say("依据：", "because: ") + (span.because.en if language == "en" else span.because.zh))
    quoted = "".join(text[span.start : span.end].split())
    paper.add(
        paper.say(f"所在片段（{span.start}–{span.end}）：", f"span {span.start}-{span.end}: ") + show_text(quoted)
    )
    for fact in assessment.facts:
        if fact.clause_start <= at < fact.clause_end:
            paper.add(
                paper.say(
                    f"本地事实：{show_text(fact.text)}（{label(FACT_LABELS, fact.type).zh}，强度 {fact.strength}）",
                    f"fact: {show_text(fact.text)} ({fact.type}, strength {fact.strength})",
                )
            )
    for match in assessment.matches:
        if match.start <= at < match.end:
            s = match.source
            relation = RELATION_LABELS[match.relation].text(language)
            figures = figures_label(match.equal_figures)
            paper.add(
                paper.say(
                    f"相同片段：{relation}，{show_name(s.report)}，相同 {match.equal_chars} 字，有效 {match.effective_chars} 字{figures.zh}",
                    f"passage: {relation}, {show_name(s.report)}, {match.equal_chars} equal, {match.effective_chars} effective{figures.en}",
                )
            )
            paper.add(paper.say("对方原文：", "their text: ") + show_text("".join(s.text.split())), indent="  ")
    for excluded in assessment.excluded:
        if excluded.start <= at < excluded.end:
            reason = excluded.reason_en if language == "en" and excluded.reason_en else excluded.reason
            paper.add(paper.say("不计入雷同：", "not counted: ") + reason)
    paper.add(library_line(assessment.library, language))
    for paths, zh, en in (
        (assessment.left_out, "比对库中与本文内容相同、未参与比对的", "left out as the same text"),
        (assessment.versions, "与本文有相同文字、不计入雷同的另一版本", "another version of this report, not counted"),
    ):
        if paths:
            names = paper.listed(show_name(p) for p in paths)
            paper.add(paper.say(f"{zh}：{names}", f"{en}: {names}"))
    return paper.text()


_CONTROLS = {"\n": "↵", "\t": "⇥", "\r": "↵", " ": "␣", "\u3000": "␣"}  # characters that would not be seen
_ROLES = {
    "furniture": "版面噪声",
    "title": "标题",
    "salutation": "称谓",
    "heading": "小标题",
    "run_in": "段首小标题",
    "signature": "落款",
    "date": "成文日期",
    "attachment": "附件",
    "whitespace": "空白",
}
