"""`jingwei heatmap`: one picture of a batch, with its numbers as CSV beside it."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from jingwei.cli import options

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jingwei.model import Comparison
    from jingwei.settings import Settings
    from jingwei.sources import Input


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
Target = Annotated[
    Path, typer.Option("-o", "--output", metavar="FILE", help="图片文件：.png、.svg 或 .pdf；数据表写到同名的 .csv。")
]
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
    from jingwei.pipeline.batch import compare
    from jingwei.report.names import show_name

    settings = settings_from({"report.language": lang, "sources.encoding": encoding}, chosen)
    language = settings.report.language
    table = output.with_suffix(".csv")
    guard_output([output, table], paths)
    _require_free_place(output, table)
    rows = read_units(units)
    inputs = with_stdin(paths, settings)
    if kind == "pair":
        _require_two(inputs, settings)
    progress = progress_bar("读取", language, quiet=quiet)
    comparison = compare(inputs, settings, units=rows, progress=progress, reviewed=False)
    met = (*(a.report.document.path for a in comparison.assessments), *(s.path for s in comparison.skipped))
    warn_of_unused_rows(rows, met, language)
    say_skipped(comparison.skipped, language)
    _draw(comparison, kind, measure, output, settings)
    one, other = show_name(str(output)), show_name(str(table))
    say(f"已写入图片 {one} 和数据表 {other}" if language == "zh" else f"written: {one} and its numbers, {other}")
    return 0


def _require_free_place(output: Path, table: Path) -> None:
    """Refuse a picture of an unknown format, or one whose table would replace a file that is not its own."""
    from jingwei.errors import UsageError

    if table.exists() and not output.exists():  # of an earlier run there would be the picture too
        raise UsageError(
            f"{output} 的数据表要写成 {table}，该文件已存在，为免覆盖，未写入；请换一个图片名",
            f"the table of {output} would replace {table}; choose another name",
        )
    if output.suffix.lower() not in {".png", ".svg", ".pdf"}:
        raise UsageError(f"图片只能是 .png、.svg 或 .pdf：{output}", f"pictures are .png, .svg or .pdf: {output}")


def _require_two(inputs: Sequence[Input], settings: Settings) -> None:
    """Refuse a picture of a pair of anything but two reports, before a whole folder is compared for it."""
    from jingwei.cli.console import say_skipped
    from jingwei.errors import UsageError
    from jingwei.model import Report
    from jingwei.pipeline.reading import read_reports

    found = read_reports(inputs, settings)
    readable = sum(isinstance(one, Report) for one in found)
    if readable not in (0, 2):  # nothing readable at all is told with its reasons, as everywhere
        say_skipped(found, settings.report.language)
        raise UsageError(
            f"--kind pair 需要恰好两份可读的报告（现有{readable}份）",
            f"--kind pair takes exactly two readable reports ({readable} given)",
        )


def _draw(comparison: Comparison, kind: Picture, measure: Measure, output: Path, settings: Settings) -> None:
    from jingwei.report.figures import draw_pair, draw_reports_heatmap, draw_sections, draw_strips

    if kind == "reports":
        draw_reports_heatmap(comparison, output, settings.report)
    elif kind == "strips":
        draw_strips(comparison, output, settings.report)
    elif kind == "sections":
        draw_sections(comparison, output, settings.report, measure=measure.value)
    else:
        from jingwei.match import align_entries
        from jingwei.pipeline.prepare import entry_of

        left, right = comparison.assessments
        passages = align_entries(entry_of(left.report), entry_of(right.report), settings.match)
        draw_pair(left, right, passages, output, settings.report)
