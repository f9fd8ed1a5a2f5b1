"""The folder `compare -o` fills: JSON, tables, workbook, pictures and pages, every file written whole or not at all."""

from __future__ import annotations

import json
import re
from pathlib import Path

from jingwei.model import Comparison
from jingwei.report.figures import draw_reports_heatmap, draw_sections, draw_strips
from jingwei.report.html_batch import render_batch_page
from jingwei.report.html_passages import render_passages_page
from jingwei.report.html_report import render_report_page
from jingwei.report.json import comparison_json, dump_json
from jingwei.report.labels import report_labels
from jingwei.report.tables import comparison_tables
from jingwei.report.workbook import batch_workbook
from jingwei.report.write import write_bytes_atomic, write_text_atomic
from jingwei.settings import ReportSettings, Settings

_UNSAFE_NAME = re.compile(r"[^\w（）()+-]+")
_MANIFEST = "files.json"


def write_comparison(comparison: Comparison, folder: Path | str, settings: Settings) -> tuple[str, ...]:
    """Write everything about a batch into ``folder`` and return the relative paths, sorted.

    An anonymous folder has no ``compare.json``.

    Files of an earlier run that this one no longer makes (the page of a report that left the batch) are removed, but
    only such as an earlier run listed in ``files.json``; nothing else in the folder is touched.

    Raises:
        UsageError: the folder cannot be written to.
    """
    root, shown = Path(folder), settings.report
    before = _listed(root)
    links = page_names(comparison, shown)
    written: list[str] = []
    if not shown.anonymise:  # the JSON is the record, with every name in it; it cannot be anonymous
        written.append(_write_text(root, "compare.json", dump_json(comparison_json(comparison), indent=1) + "\n"))
    written += [
        _write_bytes(root, f"{table.name}.csv", table.csv_bytes(shown.language))
        for table in comparison_tables(comparison, anonymise=shown.anonymise)
    ]
    written.append(_write_bytes(root, "batch.xlsx", batch_workbook(comparison, shown)))
    draw_reports_heatmap(comparison, root / "reports.png", shown, table="reports_matrix.csv")
    draw_strips(comparison, root / "strips.png", shown, table="strips.csv")
    draw_sections(comparison, root / "sections.png", shown, table="sections.csv")
    written += ["reports.png", "reports_matrix.csv", "strips.png", "strips.csv", "sections.png", "sections.csv"]
    written.append(_write_text(root, "index.html", render_batch_page(comparison, shown, shown.language, links=links)))
    written.append(_write_text(root, "passages.html", render_passages_page(comparison, shown, shown.language)))
    for report_id, assessment in zip(comparison.ids, comparison.assessments, strict=True):
        written.append(_write_text(root, links[report_id], render_report_page(assessment, shown, shown.language)))
    for gone in sorted(before - set(written)):
        (root / gone).unlink(missing_ok=True)
    listing = sorted([*written, _MANIFEST])
    write_text_atomic(root / _MANIFEST, json.dumps(listing, ensure_ascii=False, indent=1) + "\n")
    return tuple(listing)


def page_names(comparison: Comparison, settings: ReportSettings) -> dict[str, str]:
    """Report id → relative address of its page: numbered, readable, safe in any file system and address."""
    width = max(3, len(str(len(comparison.ids))))
    labels = report_labels(comparison, anonymise=settings.anonymise)
    return {
        report_id: f"pages/{number:0{width}d}-{_UNSAFE_NAME.sub('-', name).strip('-')[:40] or 'report'}.html"
        for number, (report_id, name) in enumerate(zip(comparison.ids, labels, strict=True), 1)
    }


def _write_text(root: Path, name: str, text: str) -> str:
    write_text_atomic(root / name, text)
    return name


def _write_bytes(root: Path, name: str, content: bytes) -> str:
    write_bytes_atomic(root / name, content)
    return name


def _listed(root: Path) -> set[str]:
    """Files an earlier run made; anything odd in the list is ignored, never followed out of the folder."""
    try:
        names = json.loads((root / _MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return set()
    if not isinstance(names, list):
        return set()
    return {n for n in names if isinstance(n, str) and re.fullmatch(r"(?:pages/)?[^/\\]+", n) and ".." not in n}
