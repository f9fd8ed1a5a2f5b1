"""A batch as plain text: worst pairs first, groups of common origin, one line a report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

from jingwei.model import Assessment, Comparison, PairAssessment
from jingwei.report.columns import cut, pad
from jingwei.report.measures import pair_degree, review_limits
from jingwei.report.names import show_name
from jingwei.report.paper import Paper
from jingwei.report.words import (
    LOW_CONFIDENCE,
    LOW_CONFIDENCE_MARK,
    PRINTED_TITLES,
    RELATION_LABELS,
    count_label,
    library_line,
    percent,
)

_MOST_PAIRS = 15
_MOST_GROUPS = 10
_MOST_REPORTS = 60  # a county's batch is listed whole, a researcher's thousands are not


def render_comparison(
    comparison: Comparison, language: str = "zh", *, folder: Path | None = None, colour: bool = False
) -> str:
    """Pairs with a matching passage, duplicates, groups and reports, what it rests on, and where files were written."""
    paper = Paper(language, colour=colour)
    title = PRINTED_TITLES["batch"].text(language)
    paper.add(f"《{title}》" if language == "zh" else title, tone="title")
    read, skipped = len(comparison.assessments), len(comparison.skipped)
    paper.add(
        paper.say(
            f"已比对 {read} 份报告，跳过 {skipped} 个文件。",
            f"{count_label(read, 'report', 'reports')} compared, {count_label(skipped, 'file', 'files')} skipped.",
        )
    )
    _pairs(paper, comparison)
    _duplicates(paper, comparison)
    _groups(paper, comparison)
    _reports(paper, comparison)
    _basis(paper, comparison)
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
    """Pairs of two units, then those of one unit's years: what was carried over is no copying."""
    pairs = [p for p in comparison.pairs if p.matches]
    if len(comparison.assessments) < 2:
        paper.heading(
            paper.say("只有一份可读的报告，没有可以比对的另一份。", "One readable report: nothing to compare it with.")
        )
        return
    if not pairs:
        paper.heading(paper.say("未发现疑似雷同的报告对。", "No pair with a matching passage."))
        return
    of_two = [p for p in pairs if p.relation not in _OWN]
    of_one = [p for p in pairs if p.relation in _OWN]
    if of_two:
        paper.heading(
            paper.say(
                f"不同单位之间有雷同片段的报告对  {len(of_two)} 对（由人工核实）",
                f"Pairs of two units with matching passages  {len(of_two)} (for a person to judge)",
            )
        )
        _list(paper, of_two, comparison)
    if of_one:
        paper.heading(
            paper.say(
                f"同一单位各年度之间  {len(of_one)} 对", f"Reports of one unit with shared passages  {len(of_one)}"
            )
        )
        _list(paper, of_one, comparison)


_OWN = frozenset({"previous", "duplicate"})


def _list(paper: Paper, pairs: Sequence[PairAssessment], comparison: Comparison) -> None:
    by_id = dict(zip(comparison.ids, comparison.assessments, strict=True))
    limits = review_limits(comparison.settings)
    for p in pairs[:_MOST_PAIRS]:
        relation = RELATION_LABELS[p.relation].text(paper.language)
        degree, _ = pair_degree(p.relation, p.overlap_effective, limits)
        side = paper.say("乙篇", "B") if p.counted == p.right else paper.say("甲篇", "A")
        counts = f"{p.overlap_effective_chars}/{p.judged_chars}"
        passages = count_label(len(p.matches), "passage", "passages")
        paper.add(
            paper.say(
                f"（占{side} {counts} 字）{degree.zh + '，' if degree else ''}{relation}，{len(p.matches)} 处，最长有效 {p.longest_run_chars} 字",
                f" ({counts} of {side}) {degree.en.lower() + ', ' if degree else ''}{relation}, {passages}, longest {p.longest_run_chars} effective characters",
            ),
            indent="          ",
            first=f"  {percent(p.overlap_effective):>6}",
        )
        for letter, report_id in ((paper.say("甲", "A"), p.left), (paper.say("乙", "B"), p.right)):
            paper.lines.append(f"          {letter} " + _name(paper, report_id, by_id[report_id], 66))
    _rest(paper, len(pairs) - _MOST_PAIRS, "对")


def _name(paper: Paper, report_id: str, assessment: Assessment, columns: int) -> str:
    """Unit and year with the file, or the file alone where the unit is unknown."""
    file = show_name(report_id) + _mark(assessment)
    who = _unit(assessment)
    return cut(f"{who}{paper.say('　', '  ')}{file}" if who else file, columns)


def _unit(assessment: Assessment) -> str:
    profile = assessment.report.profile
    if not profile.unit:
        return ""
    return show_name(profile.unit) + (f" {profile.year}" if profile.year else "")


def _mark(assessment: Assessment) -> str:
    return LOW_CONFIDENCE_MARK if assessment.report.document.confidence == "low" else ""


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
        names = _short_names(comparison)
        paper.heading(
            paper.say(f"疑似同源组  {len(comparison.groups)} 组", f"Groups of common origin  {len(comparison.groups)}")
        )
        for group in comparison.groups[:_MOST_GROUPS]:
            paper.add(group.reason_en if paper.language == "en" and group.reason_en else group.reason, indent="  ")
            paper.add(paper.listed(names.get(r, show_name(r)) for r in group.reports), indent="      ", first="    ")
            paper.add(f"“{group.excerpt}”", indent="    ")
        _rest(paper, len(comparison.groups) - _MOST_GROUPS, "组")


def _reports(paper: Paper, comparison: Comparison) -> None:
    paper.heading(
        paper.say(
            "各报告（比率后为字数，均以“可计”为分母）", "Reports (each share with its characters, of those counted)"
        )
    )
    paper.lines.append(
        paper.say(
            "   有效重复       原创度     本地实情   可计  红/黄 单位、年度",
            "  effective     original        local counted red/ye unit, year",
        )
    )
    order = sorted(
        range(len(comparison.ids)),
        key=lambda i: (-(comparison.assessments[i].scores.overlap_effective or 0), comparison.ids[i]),
    )
    names = _short_names(comparison)
    for i in order[:_MOST_REPORTS]:
        paper.lines.append(_row(comparison.assessments[i]) + cut(names[comparison.ids[i]], 30))
    _rest(paper, len(order) - _MOST_REPORTS, "份")
    if any(_mark(a) for a in comparison.assessments):
        paper.add(f"  {LOW_CONFIDENCE_MARK.strip()}{paper.say('：', ': ')}{LOW_CONFIDENCE.text(paper.language)}")


def _row(assessment: Assessment) -> str:
    """The three shares of one report, each with its characters; their common denominator; findings."""
    scores, c = assessment.scores, assessment.counts
    counted = c.body - c.mandated
    shares = (
        (percent(scores.overlap_effective), c.copied + c.recycled),
        (percent(scores.originality, upper_bound=scores.originality_is_upper_bound), c.local + c.own),
        (percent(c.local / counted if counted else None), c.local),
    )
    red, yellow = (sum(f.severity == s for f in assessment.findings) for s in ("error", "warning"))
    figures = "".join(f"{share:>7}{chars:>6}" for share, chars in shares)
    return f"{figures} {counted:>6} {pad(f'{red:>2}/{yellow}', 6)}"


def _basis(paper: Paper, comparison: Comparison) -> None:
    """What stands behind every number: the library, the lexicon, the settings."""
    paper.heading(paper.say("比对范围", "Compared with"))
    paper.add(library_line(comparison.library, paper.language))
    digest = comparison.settings.get("digest", "")
    paper.add(
        paper.say(
            f"词库 {comparison.lexicon}　设置 {digest}　泾渭 {comparison.version}",
            f"lexicon {comparison.lexicon}  settings {digest}  jingwei {comparison.version}",
        )
    )


def _short_names(comparison: Comparison) -> Mapping[str, str]:
    """Report id → unit and year, its file where that is unknown or not enough to tell reports apart."""
    units = {i: _unit(a) for i, a in zip(comparison.ids, comparison.assessments, strict=True)}
    often = Counter(units.values())
    return {
        i: (units[i] if often[units[i]] == 1 and units[i] else show_name(i)) + _mark(a)
        for i, a in zip(comparison.ids, comparison.assessments, strict=True)
    }
