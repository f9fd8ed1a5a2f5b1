"""Everything reports/demo shows: the batch of the fixtures, the self-check of one draft, a pair, and screenshots.

    python scripts/render_demo.py                  writes reports/demo
    python scripts/render_demo.py --screenshots    also takes pictures of the pages with chromium

Run from the root of the project, so that the paths shown are relative.
"""

from __future__ import annotations

import argparse
import io
import os
import shutil
import tempfile
from pathlib import Path

from jingwei.library import MemoryLibrary
from jingwei.match import align_entries
from jingwei.model import Comparison, Report
from jingwei.pipeline.batch import compare
from jingwei.pipeline.draft import assess_draft
from jingwei.pipeline.prepare import entry_of
from jingwei.pipeline.reading import read_reports
from jingwei.report.figures import draw_pair
from jingwei.report.folder import write_comparison
from jingwei.report.html_report import render_report_page
from jingwei.report.write import write_bytes_atomic, write_text_atomic
from jingwei.settings import Settings

REPORTS, DRAFT = Path("fixtures/reports"), Path("fixtures/drafts/sloppy-qiping-2025.txt")
OUTPUT = Path("reports/demo")


def main() -> None:
    """Write the demo."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--screenshots", action="store_true")
    arguments.add_argument("-o", "--output", type=Path, default=OUTPUT)
    chosen = arguments.parse_args()
    settings = Settings()
    comparison = compare([REPORTS], settings)
    write_comparison(comparison, chosen.output, settings)
    _worst_pair(comparison, settings, chosen.output)
    _draft_page(settings, chosen.output)
    if chosen.screenshots:
        _screenshots(chosen.output)
    print(f"written: {chosen.output}")


def _worst_pair(comparison: Comparison, settings: Settings, output: Path) -> None:
    """The paragraph × paragraph picture of the most alike pair that is no version of one report."""
    pair = max(
        (p for p in comparison.pairs if p.matches and p.relation != "duplicate"), key=lambda p: p.overlap_effective or 0
    )
    by_id = dict(zip(comparison.ids, comparison.assessments, strict=True))
    left, right = by_id[pair.left], by_id[pair.right]
    passages = align_entries(entry_of(left.report), entry_of(right.report), settings.match)
    draw_pair(left, right, passages, output / "pair.png", settings.report)


def _draft_page(settings: Settings, output: Path) -> None:
    """The self-check page of a draft against the fixtures as its library."""
    library = MemoryLibrary([entry_of(r) for r in read_reports([REPORTS], settings) if isinstance(r, Report)], settings)
    (draft,) = (r for r in read_reports([DRAFT], settings) if isinstance(r, Report))
    assessment = assess_draft(draft, library, settings)
    write_text_atomic(output / "draft.html", render_report_page(assessment, settings.report))


def _screenshots(output: Path) -> None:
    """Pictures of the pages as a browser shows them, small enough for the README."""
    import pylopdf_fonts_zh_cn
    from playwright.sync_api import sync_playwright

    chromium = os.environ.get("JINGWEI_CHROMIUM") or shutil.which("chromium")
    fonts = Path(pylopdf_fonts_zh_cn.sans_path()).parent
    scenes = {
        "draft": ("draft.html", ""),
        "draft-text": ("draft.html", "document.getElementById('text').scrollIntoView()"),
        "passage": ("draft.html", "document.querySelector('i[data-m]') && document.querySelector('i[data-m]').click()"),
        "batch": ("index.html", ""),
        "batch-heatmap": ("index.html", "document.getElementById('heat').scrollIntoView()"),
        "batch-pair": ("index.html", "document.querySelector('button.pair').click()"),
    }
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        config = Path(folder) / "fonts.conf"
        config.write_text(
            '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>'
            f"<dir>{fonts}</dir><dir>/usr/share/fonts</dir><cachedir>{folder}/cache</cachedir></fontconfig>"
        )
        browser = playwright.chromium.launch(
            executable_path=chromium, args=["--no-sandbox"], env={**os.environ, "FONTCONFIG_FILE": str(config)}
        )
        for name, (page_name, script) in scenes.items():
            page = browser.new_page(viewport={"width": 1280, "height": 900})
            page.goto((output / page_name).resolve().as_uri())
            if script:
                page.evaluate(script)
            page.wait_for_timeout(250)
            write_bytes_atomic(output / "screenshots" / f"{name}.png", _small(page.screenshot()))
            page.close()
        browser.close()


def _small(content: bytes) -> bytes:
    """The picture with 128 colours: a third of the size, and nobody sees it."""
    from PIL import Image

    stream = io.BytesIO()
    Image.open(io.BytesIO(content)).convert("RGB").quantize(128).save(stream, "PNG", optimize=True)
    return stream.getvalue()


if __name__ == "__main__":
    main()
