"""The tables of a batch: reports, pairs, groups, families, passages, findings, what was not read."""

from __future__ import annotations

from jingwei.model import Assessment, Comparison, Skipped
from jingwei.report.disguise import Disguise, disguise_batch
from jingwei.report.labels import report_labels
from jingwei.report.names import show_name
from jingwei.report.tables import Column, Table, findings_table, reading_note, reports_table, same_text
from jingwei.report.words import REASON_LABELS, RELATION_LABELS, SLOT_LABELS, label

_MOST_EXAMPLES = 8


def comparison_tables(comparison: Comparison, language: str = "zh", *, anonymise: bool = False) -> tuple[Table, ...]:
    """All tables of a batch, in the language of the reader: reports, pairs, groups, families, matches, findings, skipped."""
    disguise = disguise_batch(comparison) if anonymise else None
    shown = report_labels(comparison, anonymise=True) if anonymise else comparison.ids
    names = dict(zip(comparison.ids, shown, strict=True))
    found: list[tuple[str, Assessment | Skipped]] = list(zip(shown, comparison.assessments, strict=True))
    return (
        reports_table(found, disguise, language),
        pairs_table(comparison, names, language, disguise),
        _groups_table(comparison, names, disguise, language),
        _families_table(comparison, disguise, language),
        _matches_table(comparison, names, disguise, language),
        findings_table(found, disguise, language),
        _skipped_table(comparison, anonymise, language),
    )


def pairs_table(
    comparison: Comparison,
    names: dict[str, str] | None = None,
    language: str = "zh",
    disguise: Disguise | None = None,
) -> Table:
    """One row a pair, in the order of the comparison (worst first), with the counts behind its two overlaps."""
    hide = disguise.hide if disguise else same_text
    columns = (
        Column("left", "甲篇", "left"), Column("right", "乙篇", "right"),
        Column("overlap_effective", "有效重复率", "effective overlap", "share"),
        Column("overlap_total", "总重复率", "total overlap", "share"),
        Column("left_share", "占甲篇", "share of left", "share"),
        Column("right_share", "占乙篇", "share of right", "share"),
        Column("longest_run_chars", "最长连续雷同（字）", "longest passage (chars)", "number"),
        Column("matches", "片段数", "passages", "number"),
        Column("tfidf_cosine", "用词相近度", "TF-IDF cosine", "number"),
        Column("minhash_jaccard", "整篇相近度", "MinHash Jaccard", "number"), Column("relation", "关系", "relation"),
        Column("left_reading", "甲篇读取提示", "reading of left"),
        Column("right_reading", "乙篇读取提示", "reading of right"),
        Column("left_unit", "甲篇单位、年份", "unit, year of left"),
        Column("right_unit", "乙篇单位、年份", "unit, year of right"),
        Column("counted_report", "有效重复率所属报告", "effective overlap is of"),
        Column("overlap_effective_chars", "有效重复（字）", "effective overlap (chars)", "number"),
        Column("judged_chars", "正文减规定用语（字）", "body without prescribed (chars)", "number"),
        Column("overlap_total_chars", "总重复（字）", "total overlap (chars)", "number"),
        Column("body_chars", "正文（字）", "body (chars)", "number"),
    )  # fmt: skip
    names = names or {}
    read = {i: reading_note(a, language) for i, a in zip(comparison.ids, comparison.assessments, strict=True)}
    whose = {
        i: hide(f"{a.report.profile.unit} {a.report.profile.year or ''}").strip() if a.report.profile.unit else None
        for i, a in zip(comparison.ids, comparison.assessments, strict=True)
    }
    rows = tuple(
        (
            show_name(names.get(p.left, p.left)), show_name(names.get(p.right, p.right)), p.overlap_effective,
            p.overlap_total, p.left_share, p.right_share, p.longest_run_chars, len(p.matches), p.tfidf_cosine,
            p.minhash_jaccard, label(RELATION_LABELS, p.relation).text(language), read[p.left], read[p.right],
            whose[p.left], whose[p.right], show_name(names.get(p.counted, p.counted)), p.overlap_effective_chars,
            p.judged_chars, p.overlap_total_chars, p.body_chars,
        )
        for p in comparison.pairs
    )  # fmt: skip
    return Table("pairs", "两两比对", "Pairs", columns, rows)


def _groups_table(comparison: Comparison, names: dict[str, str], disguise: Disguise | None, language: str) -> Table:
    english = language == "en"
    hide = disguise.hide if disguise else same_text
    columns = (
        Column("group", "组", "group", "number"), Column("reports", "篇数", "reports", "number"),
        Column("report", "报告", "report"), Column("reason", "理由", "reason"),
        Column("excerpt", "共用文字", "excerpt"),
    )  # fmt: skip
    rows = tuple(
        (
            number, len(group.reports), show_name(names.get(r, r)),
            hide(group.reason_en if english and group.reason_en else group.reason), hide(group.excerpt),
        )
        for number, group in enumerate(comparison.groups, 1)
        for r in group.reports
    )  # fmt: skip
    return Table("groups", "疑似同源组", "Groups", columns, rows)


def _families_table(comparison: Comparison, disguise: Disguise | None, language: str) -> Table:
    between, colon = (", ", ": ") if language == "en" else ("、", "：")
    hide = disguise.hide if disguise else same_text
    columns = (
        Column("template", "模板", "template"), Column("reports", "报告数", "reports", "number"),
        Column("places", "地方数", "places", "number"), Column("years", "年份", "years"),
        Column("slots", "槽位与填充", "slots and fillers"),
    )  # fmt: skip
    rows = tuple(
        (
            hide(f.template), f.reports, f.places, between.join(map(str, f.years)),
            ("; " if language == "en" else "；").join(
                f"{label(SLOT_LABELS, s.type).text(language)}{colon}"
                f"{hide(between.join(list(dict.fromkeys(s.fillers))[:_MOST_EXAMPLES]))}"
                for s in f.slots
            ),
        )
        for f in comparison.families
    )  # fmt: skip
    return Table("families", "共用句式", "Families", columns, rows)


def _matches_table(comparison: Comparison, names: dict[str, str], disguise: Disguise | None, language: str) -> Table:
    hide = disguise.hide if disguise else same_text
    columns = (
        Column("left", "甲篇", "left"), Column("right", "乙篇", "right"), Column("relation", "关系", "relation"),
        Column("equal_chars", "相同字数", "equal characters", "number"),
        Column("effective_chars", "有效字数", "effective characters", "number"),
        Column("left_start", "甲篇起点", "left start", "number"),
        Column("left_end", "甲篇终点", "left end", "number"),
        Column("right_start", "乙篇起点", "right start", "number"),
        Column("right_end", "乙篇终点", "right end", "number"),
        Column("left_text", "甲篇原文", "left text"), Column("right_text", "乙篇原文", "right text"),
    )  # fmt: skip
    texts = {i: a.report.document.text for i, a in zip(comparison.ids, comparison.assessments, strict=True)}
    rows = tuple(
        (
            show_name(names.get(p.left, p.left)), show_name(names.get(p.right, p.right)),
            label(RELATION_LABELS, m.relation).text(language), m.equal_chars, m.effective_chars, m.start, m.end, m.source.start,
            m.source.end, hide(texts[p.left][m.start : m.end]), hide(m.source.text),
        )
        for p in comparison.pairs
        for m in p.matches
    )  # fmt: skip
    return Table("matches", "雷同片段", "Passages", columns, rows)


def _skipped_table(comparison: Comparison, anonymise: bool, language: str) -> Table:
    english = language == "en"
    columns = (Column("file", "文件", "file"), Column("reason", "原因", "reason"), Column("message", "说明", "message"))
    rows = tuple(
        (
            (f"file {number}" if english else f"文件{number}") if anonymise else show_name(s.path),
            label(REASON_LABELS, s.reason).text(language),
            "" if anonymise else show_name(s.message_en if english and s.message_en else s.message),
        )
        for number, s in enumerate(comparison.skipped, 1)
    )  # fmt: skip
    return Table("skipped", "未读取文件", "Not read", columns, rows)


def pairs_csv(comparison: Comparison, language: str = "zh") -> str:
    """All pairs of a batch as CSV with BOM."""
    return pairs_table(comparison, language=language).csv(language)
