"""Results of several drafts in one output: JSON Lines, CSV, SARIF, HTML, annotated DOCX, Parquet."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from jingwei.errors import UsageError

if TYPE_CHECKING:
    from jingwei.model import Assessment, Skipped
    from jingwei.settings import Settings


def json_lines(found: Sequence[Assessment | Skipped]) -> str:
    """One object a line."""
    from jingwei.model import Skipped
    from jingwei.report.json import dump_json, report_json, skipped_json

    objects = (skipped_json(x) if isinstance(x, Skipped) else report_json(x) for x in found)
    return "".join(dump_json(o) + "\n" for o in objects)


def csv_of(found: Sequence[Assessment | Skipped], language: str) -> str:
    """All findings as one table."""
    from jingwei.report.tables import findings_csv

    return findings_csv(found, language)


def scores_csv(found: Sequence[Assessment | Skipped], language: str) -> str:
    """One row a report."""
    from jingwei.report.tables import reports_csv

    return reports_csv(found, language)


def sarif_of(found: Sequence[Assessment | Skipped], language: str) -> str:
    """SARIF 2.1.0."""
    from jingwei.report.json import dump_json
    from jingwei.report.sarif import sarif_log

    return dump_json(sarif_log(found, language), indent=1) + "\n"


def html_of(found: Sequence[Assessment | Skipped], settings: Settings) -> str:
    """The page of one report.

    Raises:
        UsageError: more than one readable draft.
    """
    from jingwei.report.html_report import render_report_page

    return render_report_page(_only(found, "html"), settings.report, settings.report.language)


def docx_of(found: Sequence[Assessment | Skipped], output: Path | None) -> None:
    """A copy of a .docx draft with comments at the findings; the original stays as it is.

    Raises:
        UsageError: no output path, or the draft is no .docx.
    """
    from jingwei.report.annotate import annotate_docx
    from jingwei.report.write import write_bytes_atomic

    assessment = _only(found, "docx")
    if output is None:
        raise UsageError("--format docx 需要用 -o 指明输出文件", "--format docx needs -o")
    source = Path(assessment.report.document.path)
    if assessment.report.document.format != "docx" or not source.is_file():
        raise UsageError("只有 .docx 文稿可以生成批注稿", "only a .docx draft can be annotated")
    if output.exists() and output.samefile(source):
        raise UsageError("输出文件不能是原稿本身", "the output must not be the draft itself")
    write_bytes_atomic(output, annotate_docx(source.read_bytes(), assessment))


def parquet_of(found: Sequence[Assessment | Skipped], output: Path | None) -> None:
    """One row a report as Parquet (extra ``parquet``).

    Raises:
        UsageError: no output path.
    """
    from jingwei.report.tables import reports_parquet
    from jingwei.report.write import write_bytes_atomic

    if output is None:
        raise UsageError("--format parquet 需要用 -o 指明输出文件", "--format parquet needs -o")
    write_bytes_atomic(output, reports_parquet(found))


def _only(found: Sequence[Assessment | Skipped], form: str) -> Assessment:
    from jingwei.model import Skipped

    readable = [a for a in found if not isinstance(a, Skipped)]
    if len(readable) != 1:
        raise UsageError(
            f"--format {form} 一次只处理一份可读的文稿（现有{len(readable)}份）",
            f"--format {form} takes one readable draft ({len(readable)} given)",
        )
    return readable[0]
