"""A batch as plain text: worst pairs first, groups of common origin, one line a report."""

from __future__ import annotations

from pathlib import Path

from jingwei.model import Comparison
from jingwei.report.columns import cut, pad
from jingwei.report.names import show_name
from jingwei.report.terminal import Paper
from jingwei.report.words import LOW_CONFIDENCE, LOW_CONFIDENCE_MARK, PRINTED_TITLES, RELATION_LABELS, percent

_MOST_PAIRS = 15
_MOST_GROUPS = 10
_MOST_REPORTS = 60  # a county's batch is listed whole, a researcher's thousands are not


def render_comparison(
    comparison: Comparison, language: str = "zh", *, folder: Path | None = None, colour: bool = False
) -> str:
    """Pairs with a matching passage, duplicates, groups and reports, and where the files were written."""
    paper = Paper(language, colour=colour)
    title = PRINTED_TITLES["batch"].text(language)
    paper.add(f"《{title}》" if language == "zh" else title, tone="title")
    read, skipped = len(comparison.assessments), len(comparison.skipped)
    paper.add(
        paper.say(
            f"已比对 {read} 份报告，跳过 {skipped} 个文件。", f"{read} reports compared, {skipped} files skipped."
        )
    )
    _pairs(paper, comparison)
    _duplicates(paper, comparison)
    _groups(paper, comparison)
    _reports(paper, comparison)
    if folder is not None:
        paper.lines.append("")
        paper.add(
            paper.say(
                f"结果已写入 {show_name(str(folder))}，请打开 index.html。",
                f"written to {show_name(str(folder))}; open index.html.",
            )
        )
    return paper.text()


def _pairs(paper: Paper, comparison: Comparison) -> None:
    pairs = [p for p in comparison.pairs if p.matches]
    names = _marked(comparison)
    if len(comparison.assessments) < 2:
        paper.heading(
            paper.say("只有一份可读的报告，没有可以比对的另一份。", "One readable report: nothing to compare it with.")
        )
        return
    if not pairs:
        paper.heading(paper.say("未发现疑似雷同的报告对。", "No pair with a matching passage."))
        return
    paper.heading(
        paper.say(f"有雷同片段的报告对  {len(pairs)} 对（由人工核实）", f"Pairs with matching passages  {len(pairs)}")
    )
    for p in pairs[:_MOST_PAIRS]:
        relation = RELATION_LABELS[p.relation].text(paper.language)
        paper.lines.append(f"  {percent(p.overlap_effective):>6}  {cut(names[p.left], 30)} ⇔ {cut(names[p.right], 30)}")
        paper.add(
            paper.say(
                f"{relation}，{len(p.matches)} 处，最长有效 {p.longest_run_chars} 字",
                f"{relation}, {len(p.matches)} passages, longest {p.longest_run_chars} effective characters",
            ),
            indent="          ",
        )
    _rest(paper, len(pairs) - _MOST_PAIRS, "对")


def _rest(paper: Paper, left: int, measure: str) -> None:
    if left > 0:
        paper.add(
            paper.say(
                f"  ……其余 {left} {measure}见表格（-o 文件夹）。", f"  ... {left} more in the tables (-o FOLDER)."
            )
        )


def _duplicates(paper: Paper, comparison: Comparison) -> None:
    if comparison.duplicates:
        paper.heading(paper.say("整篇高度相同（可能是同一报告的不同版本）", "Whole documents nearly the same"))
        for d in comparison.duplicates:
            paper.lines.append(f"  {d.jaccard:.2f}  {cut(show_name(d.left), 32)} ⇔ {cut(show_name(d.right), 32)}")


def _groups(paper: Paper, comparison: Comparison) -> None:
    if comparison.groups:
        paper.heading(
            paper.say(f"疑似同源组  {len(comparison.groups)} 组", f"Groups of common origin  {len(comparison.groups)}")
        )
        for group in comparison.groups[:_MOST_GROUPS]:
            paper.add(group.reason_en if paper.language == "en" and group.reason_en else group.reason, indent="  ")
            paper.add("、".join(show_name(r) for r in group.reports), indent="      ", first="    ")
            paper.add(f"“{group.excerpt}”", indent="    ")


def _reports(paper: Paper, comparison: Comparison) -> None:
    paper.heading(paper.say("各报告", "Reports"))
    head = paper.say(" 有效重复  原创度  本地实情  红/黄  报告", "effective  original  local  red/yellow  report")
    paper.lines.append(head)
    order = sorted(
        range(len(comparison.ids)),
        key=lambda i: (-(comparison.assessments[i].scores.overlap_effective or 0), comparison.ids[i]),
    )
    names = _marked(comparison)
    for i in order[:_MOST_REPORTS]:
        a = comparison.assessments[i]
        red = sum(f.severity == "error" for f in a.findings)
        yellow = sum(f.severity == "warning" for f in a.findings)
        local = a.counts.local / max(1, a.counts.body - a.counts.mandated)
        originality = percent(a.scores.originality, upper_bound=a.scores.originality_is_upper_bound)
        paper.lines.append(
            f"  {percent(a.scores.overlap_effective):>7} {originality:>7} {local:>8.1%} "
            f"{pad(f'{red:>4}/{yellow}', 8)} {cut(names[comparison.ids[i]], 40)}"
        )
    _rest(paper, len(order) - _MOST_REPORTS, "份")
    if any(a.report.document.confidence == "low" for a in comparison.assessments):
        paper.add(f"  {LOW_CONFIDENCE_MARK.strip()}：{LOW_CONFIDENCE.text(paper.language)}")


def _marked(comparison: Comparison) -> dict[str, str]:
    """Report id → name to show, marked where the text was recognised from a scan."""
    return {
        i: show_name(i) + (LOW_CONFIDENCE_MARK if a.report.document.confidence == "low" else "")
        for i, a in zip(comparison.ids, comparison.assessments, strict=True)
    }
