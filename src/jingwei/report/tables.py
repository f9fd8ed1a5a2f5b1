"""The tables of a batch or of single reports, once as values, then as CSV or Parquet (and by workbook.py as XLSX)."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from typing import Literal

from msgspec import Struct

from jingwei.errors import UsageError
from jingwei.model import KINDS, Assessment, Comparison, Skipped
from jingwei.report.csv_text import Cell, csv_bytes, csv_table
from jingwei.report.disguise import Disguise, disguise_batch
from jingwei.report.finding_labels import finding_label
from jingwei.report.labels import report_labels
from jingwei.report.names import show_name
from jingwei.report.words import (
    KIND_LABELS,
    LOW_CONFIDENCE,
    REASON_LABELS,
    RELATION_LABELS,
    SCORE_LABELS,
    SEVERITY_SHORT,
    label,
)

Form = Literal["text", "share", "number"]
_MOST_EXAMPLES = 8
_RATIOS = ("originality", "overlap_total", "overlap_effective", "overlap_max_source", "recycled_rate")


class Column(Struct, frozen=True):
    """One column: a stable ASCII name for programs, headings for people, and how its cells are shown."""

    name: str
    zh: str
    en: str
    form: Form = "text"

    def heading(self, language: str) -> str:
        """The heading in the language of the output."""
        return self.en if language == "en" else self.zh


class Table(Struct, frozen=True):
    """A table: file stem, sheet name, columns and rows."""

    name: str
    zh: str
    en: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]

    def csv(self, language: str = "zh") -> str:
        """The table as CSV text with BOM."""
        return csv_table([c.heading(language) for c in self.columns], self.rows)

    def csv_bytes(self, language: str = "zh") -> bytes:
        """The table as CSV bytes."""
        return csv_bytes([c.heading(language) for c in self.columns], self.rows)


_REPORT_COLUMNS = (
    Column("report", "文件", "file"), Column("title", "标题", "title"), Column("place", "单位所在地", "place"),
    Column("year", "年份", "year", "number"), Column("body", "正文字数", "body characters", "number"),
    *(Column(kind, KIND_LABELS[kind].zh + "（字）", KIND_LABELS[kind].en + " (chars)", "number") for kind in KINDS),
    Column("matched_13", "连续相同13字以上（字）", "in matched runs of 13 (chars)", "number"),
    Column("facts", "本地事实（条）", "facts", "number"),
    *(Column(code, SCORE_LABELS[code].zh, SCORE_LABELS[code].en, "share") for code in _RATIOS),
    Column("longest_run_chars", SCORE_LABELS["longest_run_chars"].zh, SCORE_LABELS["longest_run_chars"].en, "number"),
    Column("fact_density", SCORE_LABELS["fact_density"].zh, SCORE_LABELS["fact_density"].en, "number"),
    Column("errors", "红灯", "red", "number"), Column("warnings", "黄灯", "yellow", "number"),
    Column("notes", "灰色", "grey", "number"), Column("unread", "未读取原因", "why not read"),
    Column("reading", "读取提示", "reading"),
)  # fmt: skip


def reports_table(
    found: Iterable[tuple[str, Assessment | Skipped]], disguise: Disguise | None = None, language: str = "zh"
) -> Table:
    """One row a report, in the order given; a file that could not be read has its reason, a recognised one says so."""
    hide = disguise.hide if disguise else _same
    rows: list[tuple[Cell, ...]] = []
    for name, item in found:
        if isinstance(item, Skipped):
            reason = label(REASON_LABELS, item.reason).zh
            rows.append((show_name(name), *[None] * (len(_REPORT_COLUMNS) - 3), reason, None))
            continue
        profile, counts, scores = item.report.profile, item.counts, item.scores
        severities = [f.severity for f in item.findings]
        rows.append(
            (
                show_name(name), show_name(hide(profile.title or "")),
                hide(profile.place.name) if profile.place else None,
                profile.year, counts.body, *(getattr(counts, kind) for kind in KINDS), counts.matched_13, counts.facts,
                *(getattr(scores, code) for code in _RATIOS), scores.longest_run_chars, scores.fact_density,
                severities.count("error"), severities.count("warning"), severities.count("note"), None,
                _reading(item, language),
            )
        )  # fmt: skip
    return Table("reports", "报告一览", "Reports", _REPORT_COLUMNS, tuple(rows))


def findings_table(
    found: Iterable[tuple[str, Assessment | Skipped]], disguise: Disguise | None = None, language: str = "zh"
) -> Table:
    """One row a finding, report by report, in the language of the reader."""
    english = language == "en"
    hide = disguise.hide if disguise else _same
    columns = (
        Column("report", "文件", "file"), Column("code", "代码", "code"), Column("severity", "级别", "severity"),
        Column("name", "类型", "type"), Column("start", "起点", "start", "number"),
        Column("end", "终点", "end", "number"), Column("quote", "原文", "quote"), Column("message", "说明", "message"),
        Column("suggestion", "建议", "suggestion"), Column("reading", "读取提示", "reading"),
    )  # fmt: skip
    rows = tuple(
        (
            show_name(name), f.code, SEVERITY_SHORT[f.severity].text(language),
            finding_label(f).text(language), f.start, f.end, hide(f.quote),
            hide(f.message_en if english and f.message_en else f.message),
            hide(f.suggestion_en if english and f.suggestion_en else f.suggestion), _reading(item, language),
        )
        for name, item in found
        if not isinstance(item, Skipped)
        for f in item.findings
    )  # fmt: skip
    return Table("findings", "问题清单", "Findings", columns, rows)


def comparison_tables(comparison: Comparison, *, anonymise: bool = False) -> tuple[Table, ...]:
    """All tables of a batch: reports, pairs, groups, families, matches, findings, skipped."""
    disguise = disguise_batch(comparison) if anonymise else None
    shown = report_labels(comparison, anonymise=True) if anonymise else comparison.ids
    names = dict(zip(comparison.ids, shown, strict=True))
    found: list[tuple[str, Assessment | Skipped]] = list(zip(shown, comparison.assessments, strict=True))
    return (
        reports_table(found, disguise),
        pairs_table(comparison, names),
        _groups_table(comparison, names, disguise),
        _families_table(comparison, disguise),
        _matches_table(comparison, names, disguise),
        findings_table(found, disguise),
        _skipped_table(comparison, anonymise),
    )


def pairs_table(comparison: Comparison, names: dict[str, str] | None = None, language: str = "zh") -> Table:
    """One row a pair, in the order of the comparison (worst first)."""
    columns = (
        Column("left", "甲篇", "left"), Column("right", "乙篇", "right"),
        Column("overlap_effective", "有效重复率", "effective overlap", "share"),
        Column("overlap_total", "总重复率", "total overlap", "share"),
        Column("left_share", "占甲篇", "share of left", "share"),
        Column("right_share", "占乙篇", "share of right", "share"),
        Column("longest_run_chars", "最长连续雷同（字）", "longest passage (chars)", "number"),
        Column("matches", "片段数", "passages", "number"),
        Column("tfidf_cosine", "用词相近度", "TF-IDF cosine", "number"),
        Column("minhash_jaccard", "片断相近度", "MinHash Jaccard", "number"), Column("relation", "关系", "relation"),
        Column("left_reading", "甲篇读取提示", "reading of left"),
        Column("right_reading", "乙篇读取提示", "reading of right"),
    )  # fmt: skip
    names = names or {}
    read = {i: _reading(a, language) for i, a in zip(comparison.ids, comparison.assessments, strict=True)}
    rows = tuple(
        (
            show_name(names.get(p.left, p.left)), show_name(names.get(p.right, p.right)), p.overlap_effective,
            p.overlap_total, p.left_share, p.right_share, p.longest_run_chars, len(p.matches), p.tfidf_cosine,
            p.minhash_jaccard, label(RELATION_LABELS, p.relation).text(language), read[p.left], read[p.right],
        )
        for p in comparison.pairs
    )  # fmt: skip
    return Table("pairs", "两两比对", "Pairs", columns, rows)


def _groups_table(comparison: Comparison, names: dict[str, str], disguise: Disguise | None) -> Table:
    hide = disguise.hide if disguise else _same
    columns = (
        Column("group", "组", "group", "number"), Column("reports", "篇数", "reports", "number"),
        Column("report", "报告", "report"), Column("reason", "理由", "reason"),
        Column("excerpt", "共用文字", "excerpt"),
    )  # fmt: skip
    rows = tuple(
        (number, len(group.reports), show_name(names.get(r, r)), hide(group.reason), hide(group.excerpt))
        for number, group in enumerate(comparison.groups, 1)
        for r in group.reports
    )
    return Table("groups", "疑似同源组", "Groups", columns, rows)


def _families_table(comparison: Comparison, disguise: Disguise | None) -> Table:
    hide = disguise.hide if disguise else _same
    columns = (
        Column("template", "模板", "template"), Column("reports", "报告数", "reports", "number"),
        Column("places", "地方数", "places", "number"), Column("years", "年份", "years"),
        Column("slots", "槽位与填充", "slots and fillers"),
    )  # fmt: skip
    rows = tuple(
        (
            hide(f.template), f.reports, f.places, "、".join(map(str, f.years)),
            "；".join(f"{s.type}：{hide('、'.join(list(dict.fromkeys(s.fillers))[:_MOST_EXAMPLES]))}" for s in f.slots),
        )
        for f in comparison.families
    )  # fmt: skip
    return Table("families", "共用句式", "Families", columns, rows)


def _matches_table(comparison: Comparison, names: dict[str, str], disguise: Disguise | None) -> Table:
    hide = disguise.hide if disguise else _same
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
            label(RELATION_LABELS, m.relation).zh, m.equal_chars, m.effective_chars, m.start, m.end, m.source.start,
            m.source.end, hide(texts[p.left][m.start : m.end]), hide(m.source.text),
        )
        for p in comparison.pairs
        for m in p.matches
    )  # fmt: skip
    return Table("matches", "雷同片段", "Passages", columns, rows)


def _skipped_table(comparison: Comparison, anonymise: bool) -> Table:
    columns = (Column("file", "文件", "file"), Column("reason", "原因", "reason"), Column("message", "说明", "message"))
    rows = tuple(
        (
            f"文件{number}" if anonymise else show_name(s.path), label(REASON_LABELS, s.reason).zh,
            "" if anonymise else show_name(s.message),
        )
        for number, s in enumerate(comparison.skipped, 1)
    )  # fmt: skip
    return Table("skipped", "未读取文件", "Not read", columns, rows)


def reports_csv(found: Sequence[Assessment | Skipped], language: str = "zh") -> str:
    """One row a report, as CSV with BOM."""
    return reports_table(_named(found), language=language).csv(language)


def findings_csv(found: Sequence[Assessment | Skipped], language: str = "zh") -> str:
    """All findings as one CSV with BOM."""
    return findings_table(_named(found), language=language).csv(language)


def pairs_csv(comparison: Comparison, language: str = "zh") -> str:
    """All pairs of a batch as CSV with BOM."""
    return pairs_table(comparison, language=language).csv(language)


def reports_parquet(found: Sequence[Assessment | Skipped]) -> bytes:
    """One row a report, as Parquet with the stable ASCII column names.

    Raises:
        UsageError: the extra ``parquet`` is not installed.
    """
    return parquet_bytes(reports_table(_named(found)))


def parquet_bytes(table: Table) -> bytes:
    """A table as Parquet; ratios and numbers are float64 or int64, null where there is no value.

    Raises:
        UsageError: the extra ``parquet`` is not installed.
    """
    try:
        import pyarrow
        from pyarrow import parquet
    except ImportError as error:
        raise UsageError(
            "输出 Parquet 需要先安装扩展：pip install 'jingwei[parquet]'", "Parquet needs the extra jingwei[parquet]"
        ) from error
    columns = {c.name: [row[i] for row in table.rows] for i, c in enumerate(table.columns)}
    stream = io.BytesIO()
    parquet.write_table(pyarrow.table(columns), stream, compression="zstd")
    return stream.getvalue()


def _named(found: Sequence[Assessment | Skipped]) -> list[tuple[str, Assessment | Skipped]]:
    return [(item.path if isinstance(item, Skipped) else item.report.document.path, item) for item in found]


def _reading(assessment: Assessment, language: str) -> str | None:
    """Said of text that is less sure than what was typed."""
    return LOW_CONFIDENCE.text(language) if assessment.report.document.confidence == "low" else None


def _same(text: str) -> str:
    return text
