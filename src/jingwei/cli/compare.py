"""`jingwei compare`: a batch against itself."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from jingwei.cli import options

if TYPE_CHECKING:
    from jingwei.model import Comparison
    from jingwei.settings import Settings


class CompareFormat(StrEnum):
    """Shape of what is printed to stdout; ``-o DIR`` always receives everything."""

    text = "text"
    json = "json"
    html = "html"
    csv = "csv"


Format = Annotated[CompareFormat, typer.Option("--format", help="输出格式（不写 -o 时输出到屏幕）。")]
Folder = Annotated[
    Path | None, typer.Option("-o", "--output", metavar="DIR", help="结果文件夹：网页、表格、热力图、JSON。")
]


def compare(
    paths: options.Paths,
    form: Format = CompareFormat.text,
    output: Folder = None,
    fail_on: options.Fail = None,
    units: options.Units = None,
    encoding: options.Encoding = None,
    anonymise: Annotated[bool, typer.Option("--anonymise", help="输出中隐去单位名称。")] = False,
    lang: options.Lang = None,
    chosen: options.Chosen = None,
    quiet: options.Quiet = False,
) -> int:
    """Compare all reports behind the paths with each other."""
    from jingwei.cli.console import (
        exit_code,
        guard_folder,
        progress_bar,
        put,
        read_units,
        say_skipped,
        settings_from,
        warn_of_unused_rows,
        with_stdin,
    )
    from jingwei.errors import UsageError
    from jingwei.pipeline.batch import compare as compare_paths

    settings = settings_from(
        {
            "report.language": lang,
            "sources.encoding": encoding,
            "review.fail_on": fail_on,
            "report.anonymise": anonymise or None,
        },
        chosen,
    )
    language = settings.report.language
    guard_folder(output, paths)
    if anonymise and output is None and form != "html":
        raise UsageError("--anonymise 需与 -o 或 --format html 同用", "--anonymise needs -o or --format html")
    rows = read_units(units)
    progress = progress_bar("读取", language, quiet=quiet)
    comparison = compare_paths(with_stdin(paths, settings), settings, units=rows, progress=progress)
    met = (*(a.report.document.path for a in comparison.assessments), *(s.path for s in comparison.skipped))
    warn_of_unused_rows(rows, met, language)
    say_skipped(comparison.skipped, language)
    if output is not None:
        from jingwei.report.folder import write_comparison

        write_comparison(comparison, output, settings)
    put(_rendered(comparison, form if output is None else CompareFormat.text, output, settings), None)
    return exit_code([f for a in comparison.assessments for f in a.findings], settings.review.fail_on or "never")


def _rendered(comparison: Comparison, form: CompareFormat, folder: Path | None, settings: Settings) -> str:
    """What goes to stdout; with a ``folder``, which has received everything, the summary."""
    language = settings.report.language
    if form == "json":
        from jingwei.report.json import dump_json
        from jingwei.report.json_batch import comparison_json

        return dump_json(comparison_json(comparison)) + "\n"
    if form == "csv":
        from jingwei.report.tables_batch import pairs_csv

        return pairs_csv(comparison, language)
    if form == "html":
        from jingwei.report.html_batch import render_batch_page

        return render_batch_page(comparison, settings.report, language)
    from jingwei.cli.console import wants_colour
    from jingwei.report.terminal_batch import render_comparison

    return render_comparison(comparison, language, folder=folder, colour=wants_colour())
