"""`jingwei explain`: why one character has its kind."""

from __future__ import annotations

from typing import Annotated

import typer

from jingwei.cli import options

At = Annotated[
    int, typer.Option("--at", metavar="OFFSET", min=0, help="字符位置（从 0 数起的码点，见 JSON 的 start）。")
]


def explain(
    draft: Annotated[str, typer.Argument(metavar="DRAFT", help="报告文件；- 表示标准输入。")],
    at: At,
    library: options.Library = None,
    previous: options.Previous = None,
    unit: options.Unit = None,
    year: options.Year = None,
    units: options.Units = None,
    lang: options.Lang = None,
    encoding: options.Encoding = None,
    chosen: options.Chosen = None,
) -> int:
    """Say which kind the character at an offset has, and why."""
    from jingwei.cli.console import put, say_skipped, settings_from
    from jingwei.cli.drafts import assess_inputs, require_one
    from jingwei.errors import UsageError
    from jingwei.model import Skipped
    from jingwei.report.explaining import render_explanation

    settings = settings_from({"library": library, "report.language": lang, "sources.encoding": encoding}, chosen)
    found = assess_inputs(
        [draft],
        settings,
        units=units,
        unit=unit,
        year=year,
        previous=previous or (),
        quiet=True,
    )
    say_skipped(found, settings.report.language)
    require_one(found)
    assessment = next(a for a in found if not isinstance(a, Skipped))
    length = len(assessment.report.document.text)
    if at >= length:
        raise UsageError(f"--at {at} 超出文本长度 {length}", f"--at {at} is beyond the text ({length} characters)")
    put(render_explanation(assessment, at, settings.report.language), None)
    return 0
