"""Build time and size of the pages and pictures at 1, 60 and 500 reports of about 2,000 characters.

    python benchmarks/bench_report.py [--json]

The reports are the invented ones of tests/report/samples.py; times are of one run, in seconds.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "report"))

from samples import make_comparison

from jingwei.report.figures import draw_reports_heatmap, draw_sections, draw_strips
from jingwei.report.html_batch import render_batch_page
from jingwei.report.html_passages import render_passages_page
from jingwei.report.html_report import render_report_page
from jingwei.report.workbook import batch_workbook
from jingwei.settings import ReportSettings

SIZES = (1, 60, 500)
LIMIT_BYTES = {("report page", 1): 1_000_000, ("batch page", 60): 10_000_000}


def main() -> None:
    """Measure and print one line a thing."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--json", action="store_true")
    as_json = arguments.parse_args().json
    rows = [row for reports in SIZES for row in measure(reports)]
    if as_json:
        print(json.dumps(rows, ensure_ascii=False, indent=1))
        return
    print(f"{'what':<14}{'reports':>8}{'seconds':>10}{'kilobytes':>12}")
    for row in rows:
        print(f"{row['what']:<14}{row['reports']:>8}{row['seconds']:>10.2f}{row['bytes'] / 1000:>12.0f}")
    for row in rows:
        limit = LIMIT_BYTES.get((str(row["what"]), int(row["reports"])))
        if limit and row["bytes"] > limit:
            sys.exit(f"{row['what']} of {row['reports']} reports is larger than {limit} bytes")


def measure(reports: int) -> list[dict[str, float | str]]:
    """Time and size of each thing made of a batch of ``reports``."""
    comparison, settings = make_comparison(reports), ReportSettings()
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "picture.png"

        def picture(draw: Callable[..., object]) -> Callable[[], bytes]:
            return lambda: (draw(comparison, target, settings), target.read_bytes())[1]

        makers: dict[str, Callable[[], bytes]] = {
            "report page": lambda: render_report_page(comparison.assessments[0], settings).encode(),
            "batch page": lambda: render_batch_page(comparison, settings).encode(),
            "passages page": lambda: render_passages_page(comparison, settings).encode(),
            "workbook": lambda: batch_workbook(comparison, settings),
            "reports.png": picture(draw_reports_heatmap),
            "strips.png": picture(draw_strips),
            "sections.png": picture(draw_sections),
        }
        rows: list[dict[str, float | str]] = []
        for what, make in makers.items():
            started = time.perf_counter()
            content = make()
            seconds = time.perf_counter() - started
            rows.append({"what": what, "reports": reports, "seconds": round(seconds, 3), "bytes": len(content)})
    return rows


if __name__ == "__main__":
    main()
