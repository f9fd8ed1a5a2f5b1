"""The folder `compare -o` fills: JSON, tables, workbook, pictures and pages, every file written whole or not at all."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from jingwei.model import Assessment, Comparison
from jingwei.pipeline.reading import spread
from jingwei.report.figures import draw_reports_heatmap, draw_sections, draw_strips
from jingwei.report.html_batch import render_batch_page
from jingwei.report.html_passages import render_passages_page
from jingwei.report.html_report import render_report_page
from jingwei.report.json import dump_json
from jingwei.report.json_batch import comparison_json
from jingwei.report.labels import report_labels
from jingwei.report.tables_batch import comparison_tables
from jingwei.report.workbook import batch_workbook
from jingwei.report.write import write_bytes_atomic, write_text_atomic
from jingwei.settings import ReportSettings, Settings

_UNSAFE_NAME = re.compile(r"[^\w（）()+-]+")
_MANIFEST = "files.json"


def write_comparison(comparison: Comparison, folder: Path | str, settings: Settings) -> tuple[str, ...]:
    """Write everything about a batch into ``folder`` and return the relative paths, sorted.

    An anonymous folder has no ``compare.json``. Reports have a page each, in a batch of more than
    ``report.most_pages`` only those with the most doubtful text; the others are one ``jingwei score`` away.

    Files of an earlier run that this one no longer makes (the page of a report that left the batch) are removed, but
    only such as an earlier run listed in ``files.json``; nothing else in the folder is touched.

    Cost: about 15 ms of one core a page and 10 s for the rest of a batch of 1,000, in ``settings.workers`` processes where processes can be forked.

    Raises:
        UsageError: the folder cannot be written to.
    """
    root, shown = Path(folder), settings.report
    before = _listed(root)
    links = page_names(comparison, shown)
    made = comparison_tables(comparison, shown.language, anonymise=shown.anonymise)
    tables = {f"{table.name}.csv": table for table in made}
    numbers = [i for i, report_id in enumerate(comparison.ids) if report_id in links]
    # The longest first, so that no process is left with one of them at the end; the pictures together, since
    # what takes longest about a single one is to load matplotlib.
    parts: list[str | int] = ["pictures", "workbook", "index", "json", "passages", *tables, *numbers]
    if shown.anonymise:  # the JSON is the record, with every name in it; it cannot be anonymous
        parts.remove("json")
    _SHARED["work"] = (comparison, root, shown, links, tables)
    written: list[str] = []
    try:
        for names in spread(_write_part, parts, settings.workers, forked=True, chunk=1):
            written += names
    finally:
        _SHARED.clear()
    for gone in sorted(before - set(written)):
        (root / gone).unlink(missing_ok=True)
    listing = sorted([*written, _MANIFEST])
    write_text_atomic(root / _MANIFEST, json.dumps(listing, ensure_ascii=False, indent=1) + "\n")
    return tuple(listing)


# What forked workers inherit instead of receiving: the batch is larger than what they write.
_SHARED: dict[str, Any] = {}


def _write_part(part: str | int) -> list[str]:
    """Write one file of the folder (a number: the page of that report), or the pictures with their tables."""
    comparison, root, shown, links, tables = _SHARED["work"]
    language = shown.language
    if isinstance(part, int):
        page = render_report_page(comparison.assessments[part], shown, language)
        return [_write_text(root, links[comparison.ids[part]], page)]
    if part in tables:
        return [_write_bytes(root, part, tables[part].csv_bytes(language))]
    if part == "json":
        return [_write_text(root, "compare.json", dump_json(comparison_json(comparison)) + "\n")]
    if part == "workbook":
        return [_write_bytes(root, "batch.xlsx", batch_workbook(comparison, shown))]
    if part == "index":
        return [_write_text(root, "index.html", render_batch_page(comparison, shown, language, links=links))]
    if part == "passages":
        return [_write_text(root, "passages.html", render_passages_page(comparison, shown, language))]
    for draw, picture, table in _PICTURES:
        draw(comparison, root / picture, shown, table=table)
    return [name for _, *names in _PICTURES for name in names]


_PICTURES: tuple[tuple[Callable[..., object], str, str], ...] = (
    (draw_reports_heatmap, "reports.png", "reports_matrix.csv"),
    (draw_strips, "strips.png", "strips.csv"),
    (draw_sections, "sections.png", "sections.csv"),
)


def page_names(comparison: Comparison, settings: ReportSettings) -> dict[str, str]:
    """Report id → relative address of its page: numbered, readable, safe in any file system and address.

    At most ``settings.most_pages`` reports have one: those with the most carried over or suspected characters, then
    those with the most red findings.
    """
    first = sorted(range(len(comparison.ids)), key=lambda i: _doubt(comparison.assessments[i]))
    chosen = set(first[: settings.most_pages])
    width = max(3, len(str(len(comparison.ids))))
    labels = report_labels(comparison, anonymise=settings.anonymise)
    return {
        report_id: f"pages/{number:0{width}d}-{_UNSAFE_NAME.sub('-', name).strip('-')[:40] or 'report'}.html"
        for number, (report_id, name) in enumerate(zip(comparison.ids, labels, strict=True), 1)
        if number - 1 in chosen
    }


def _doubt(assessment: Assessment) -> tuple[int, int]:
    counts = assessment.counts
    return -(counts.copied + counts.recycled), -sum(f.severity == "error" for f in assessment.findings)


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
