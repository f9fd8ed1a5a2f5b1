"""`jingwei heatmap`: one picture of a batch, with its numbers as CSV beside it."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from jingwei.cli import options


class Picture(StrEnum):
    """Kinds of picture."""

    reports = "reports"
    strips = "strips"
    sections = "sections"
    pair = "pair"


class Measure(StrEnum):
    """What the sections picture shows."""

    originality = "originality"
    mandated = "mandated"
    recycled = "recycled"
    copied = "copied"
    formulaic = "formulaic"
    local = "local"
    own = "own"


KindOption = Annotated[
    Picture, typer.Option("--kind", help="reports 两两雷同，strips 构成条带，sections 各部分，pair 两篇对照。")
]
Target = Annotated[Path, typer.Option("-o", "--output", metavar="FILE", help="图片文件：.png、.svg 或 .pdf。")]
MeasureOption = Annotated[Measure, typer.Option("--measure", help="sections 图显示的量。")]


def heatmap(
    paths: options.Paths,
    kind: KindOption = Picture.reports,
    output: Target = Path("heatmap.png"),
    measure: MeasureOption = Measure.originality,
    units: options.Units = None,
    encoding: options.Encoding = None,
    lang: options.Lang = None,
    chosen: options.Chosen = None,
    quiet: options.Quiet = False,
) -> int:
    """Draw one picture of a batch."""
    from jingwei.cli.console import (
        guard_output,
        progress_bar,
        read_units,
        say,
        say_skipped,
        settings_from,
        warn_of_unused_rows,
        with_stdin,
    )
    from jingwei.errors import UsageError
    from jingwei.pipeline.batch import compare
    from jingwei.report.figures import draw_pair, draw_reports_heatmap, draw_sections, draw_strips

    settings = settings_from({"report.language": lang, "sources.encoding": encoding}, chosen)
    table = output.with_suffix(".csv")
    guard_output([output, table], paths)
    if table.exists() and not output.exists():  # of an earlier run there would be the picture too
        raise UsageError(
            f"{output} 的数据表要写成 {table}，该文件已存在，为免覆盖，未写入；请换一个图片名",
            f"the table of {output} would replace {table}; choose another name",
        )
    if output.suffix.lower() not in {".png", ".svg", ".pdf"}:
        raise UsageError(f"图片只能是 .png、.svg 或 .pdf：{output}", f"pictures are .png, .svg or .pdf: {output}")
    rows = read_units(units)
    comparison = compare(
        with_stdin(paths, settings),
        settings,
        units=rows,
        progress=progress_bar("读取", settings.report.language, quiet=quiet),
        reviewed=False,
    )
    met = (*(a.report.document.path for a in comparison.assessments), *(s.path for s in comparison.skipped))
    warn_of_unused_rows(rows, met, settings.report.language)
    say_skipped(comparison.skipped, settings.report.language)
    if kind == "reports":
        draw_reports_heatmap(comparison, output, settings.report)
    elif kind == "strips":
        draw_strips(comparison, output, settings.report)
    elif kind == "sections":
        draw_sections(comparison, output, settings.report, measure=measure.value)
    else:
        if len(comparison.assessments) != 2:
            raise UsageError(
                f"--kind pair 需要恰好两份可读的报告（现有{len(comparison.assessments)}份）",
                f"--kind pair takes exactly two readable reports ({len(comparison.assessments)} given)",
            )
        from jingwei.match import align_entries
        from jingwei.pipeline.prepare import entry_of

        left, right = comparison.assessments
        passages = align_entries(entry_of(left.report), entry_of(right.report), settings.match)
        draw_pair(left, right, passages, output, settings.report)
    say(f"已写入 {output}" if settings.report.language == "zh" else f"written: {output}")
    return 0
