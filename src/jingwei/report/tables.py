"""The tables of reports and findings, once as values, then as CSV or Parquet (a batch has more: tables_batch.py)."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from typing import Literal

from msgspec import Struct

from jingwei.errors import UsageError
from jingwei.model import KINDS, Assessment, Skipped
from jingwei.report.csv_text import Cell, csv_bytes, csv_table
from jingwei.report.disguise import Disguise
from jingwei.report.finding_labels import finding_label
from jingwei.report.names import show_name
from jingwei.report.words import (
    KIND_LABELS,
    LOW_CONFIDENCE,
    REASON_LABELS,
    SCORE_LABELS,
    SEVERITY_SHORT,
    YES_NO,
    label,
    library_line,
)

Form = Literal["text", "share", "number", "flag"]
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
        return csv_table([c.heading(language) for c in self.columns], self.cells(language))

    def csv_bytes(self, language: str = "zh") -> bytes:
        """The table as CSV bytes."""
        return csv_bytes([c.heading(language) for c in self.columns], self.cells(language))

    def cells(self, language: str = "zh") -> Sequence[Sequence[Cell]]:
        """The rows as people read them: 是 and 否 where a program reads true and false."""
        flags = {x for x, column in enumerate(self.columns) if column.form == "flag"}
        if not flags:
            return self.rows
        return [
            [YES_NO[bool(v)].text(language) if x in flags and v is not None else v for x, v in enumerate(row)]
            for row in self.rows
        ]


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
    Column("reading", "读取提示", "reading"), Column("unit", "单位", "unit"),
    Column("originality_is_upper_bound", "原创度是否为上限（≤）", "originality is an upper bound (≤)", "flag"),
    Column("library_reports", "比对库（篇）", "library reports", "number"),
    Column("compared_with", "比对范围", "compared with"),
)  # fmt: skip
_AFTER_REASON = len(_REPORT_COLUMNS) - 1 - [c.name for c in _REPORT_COLUMNS].index("unread")


def reports_table(
    found: Iterable[tuple[str, Assessment | Skipped]], disguise: Disguise | None = None, language: str = "zh"
) -> Table:
    """One row a report, in the order given; a file that could not be read has its reason, a recognised one says so."""
    hide = disguise.hide if disguise else same_text
    rows: list[tuple[Cell, ...]] = []
    for name, item in found:
        if isinstance(item, Skipped):
            reason = label(REASON_LABELS, item.reason).text(language)
            empty = len(_REPORT_COLUMNS) - 2 - _AFTER_REASON
            rows.append((show_name(name), *[None] * empty, reason, *[None] * _AFTER_REASON))
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
                reading_note(item, language), hide(profile.unit) if profile.unit else None,
                scores.originality_is_upper_bound, item.library.reports,
                library_line(item.library, language),
            )
        )  # fmt: skip
    return Table("reports", "报告一览", "Reports", _REPORT_COLUMNS, tuple(rows))


def findings_table(
    found: Iterable[tuple[str, Assessment | Skipped]], disguise: Disguise | None = None, language: str = "zh"
) -> Table:
    """One row a finding, report by report, in the language of the reader."""
    english = language == "en"
    hide = disguise.hide if disguise else same_text
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
            hide(f.suggestion_en if english and f.suggestion_en else f.suggestion), reading_note(item, language),
        )
        for name, item in found
        if not isinstance(item, Skipped)
        for f in item.findings
    )  # fmt: skip
    return Table("findings", "问题清单", "Findings", columns, rows)


def reports_csv(found: Sequence[Assessment | Skipped], language: str = "zh") -> str:
    """One row a report, as CSV with BOM."""
    return reports_table(_named(found), language=language).csv(language)


def findings_csv(found: Sequence[Assessment | Skipped], language: str = "zh") -> str:
    """All findings as one CSV with BOM."""
    return findings_table(_named(found), language=language).csv(language)


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


def reading_note(assessment: Assessment, language: str) -> str | None:
    """Said of text that is less sure than what was typed."""
    return LOW_CONFIDENCE.text(language) if assessment.report.document.confidence == "low" else None


def same_text(text: str) -> str:
    """``text``, where nothing is to be hidden."""
    return text
