"""`jingwei score`: the numbers of one or many reports."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from jingwei.cli import options


class ScoreFormat(StrEnum):
    """Shapes of the result."""

    text = "text"
    json = "json"
    html = "html"
    csv = "csv"
    parquet = "parquet"


Format = Annotated[ScoreFormat, typer.Option("--format", help="输出格式。")]


def score(
    paths: options.Paths,
    library: options.Library = None,
    form: Format = ScoreFormat.text,
    output: options.Output = None,
    fail_on: options.Fail = None,
    unit: options.Unit = None,
    year: options.Year = None,
    units: options.Units = None,
    encoding: options.Encoding = None,
    lang: options.Lang = None,
    chosen: options.Chosen = None,
    quiet: options.Quiet = False,
) -> int:
    """Score reports against a library, or the built-in background alone."""
    from jingwei.cli.console import exit_code, guard_output, put, say_skipped, settings_from, wants_colour
    from jingwei.cli.drafts import assess_inputs, require_one
    from jingwei.cli.shapes import html_of, json_lines, parquet_of, scores_csv
    from jingwei.model import Skipped
    from jingwei.report.terminal import render_score

    settings = settings_from(
        {"library": library, "report.language": lang, "sources.encoding": encoding, "review.fail_on": fail_on}, chosen
    )
    guard_output([output], [*paths, units])
    # The numbers as text show no findings; unless the exit code asks for them they need not be made.
    reviewed = form != "text" or (settings.review.fail_on or "never") != "never"
    found = assess_inputs(paths, settings, units=units, unit=unit, year=year, reviewed=reviewed, quiet=quiet)
    say_skipped(found, settings.report.language)
    readable = [a for a in found if not isinstance(a, Skipped)]
    if form == "json":
        put(json_lines(found), output)
    elif form == "csv":
        put(scores_csv(found, settings.report.language), output)
    elif form == "parquet":
        parquet_of(found, output)
    elif form == "html" and readable:
        put(html_of(found, settings), output)
    elif readable:
        colour = output is None and wants_colour()
        put("\n".join(render_score(a, settings.report.language, colour=colour) for a in readable), output)
    require_one(found)
    return exit_code([f for a in readable for f in a.findings], settings.review.fail_on or "never")
