"""`jingwei check`: the clerk's self-check before a report is sent."""

from __future__ import annotations

import json
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from msgspec.structs import replace

from jingwei.cli import options

if TYPE_CHECKING:
    from jingwei.model import Assessment, Skipped
    from jingwei.settings import Settings


class CheckFormat(StrEnum):
    """Shapes of the result."""

    text = "text"
    json = "json"
    html = "html"
    csv = "csv"
    sarif = "sarif"
    docx = "docx"


Baseline = Annotated[Path | None, typer.Option("--baseline", metavar="FILE", help="已确认问题的清单，其中的不再列出。")]
SaveBaseline = Annotated[
    Path | None, typer.Option("--save-baseline", metavar="FILE", help="把本次发现的问题存为已确认清单。")
]
Format = Annotated[CheckFormat, typer.Option("--format", help="输出格式。")]


def check(
    draft: options.Paths,
    library: options.Library = None,
    previous: options.Previous = None,
    form: Format = CheckFormat.text,
    output: options.Output = None,
    fail_on: options.Fail = None,
    baseline: Baseline = None,
    save_baseline: SaveBaseline = None,
    unit: options.Unit = None,
    year: options.Year = None,
    units: options.Units = None,
    encoding: options.Encoding = None,
    lang: options.Lang = None,
    chosen: options.Chosen = None,
    quiet: options.Quiet = False,
) -> int:
    """Check drafts and list what to mend."""
    from jingwei.cli.console import exit_code, guard_output, put, say_skipped, settings_from
    from jingwei.cli.drafts import assess_inputs, require_one
    from jingwei.model import Skipped

    settings = settings_from(
        {"library": library, "report.language": lang, "sources.encoding": encoding, "review.fail_on": fail_on}, chosen
    )
    guard_output([output], [*draft, *(previous or ()), units, baseline])
    guard_output([save_baseline], [*draft, *(previous or ()), units])
    found = assess_inputs(draft, settings, units=units, unit=unit, year=year, previous=previous or (), quiet=quiet)
    say_skipped(found, settings.report.language)
    everything = found
    found, accepted = _without_accepted(found, baseline)
    if save_baseline is not None:  # what was accepted before and still stands stays accepted
        _save_baseline(everything, save_baseline)
    if form in ("html", "docx"):  # made of one readable draft, or not at all
        require_one(found)
    text = _render(found, form, settings, accepted, output)
    if text is not None and (form in ("json", "csv", "sarif") or any(not isinstance(x, Skipped) for x in found)):
        put(text, output)
    require_one(found)
    findings = [f for a in found if not isinstance(a, Skipped) for f in a.findings]
    return exit_code(findings, settings.review.fail_on or "error")


def _without_accepted(
    found: list[Assessment | Skipped], baseline: Path | None
) -> tuple[list[Assessment | Skipped], int]:
    from jingwei.errors import UsageError, reason_of
    from jingwei.model import Skipped
    from jingwei.review.baseline import without_accepted

    if baseline is None:
        return found, 0
    try:
        known = json.loads(baseline.read_text(encoding="utf-8"))
    except json.JSONDecodeError as error:
        raise UsageError(
            f"确认清单 {baseline} 无法读取：第{error.lineno}行不是 JSON", f"cannot read {baseline}: {error}"
        ) from error
    except (OSError, ValueError) as error:
        zh, en = reason_of(error)
        raise UsageError(f"确认清单 {baseline} 无法读取：{zh}", f"cannot read {baseline}: {en}") from error
    if not isinstance(known, dict):
        raise UsageError(
            f"确认清单 {baseline} 格式不对，请重新用 --save-baseline 生成", f"{baseline} is no baseline file"
        )
    kept: list[Assessment | Skipped] = []
    total = 0
    for one in found:
        if isinstance(one, Skipped):
            kept.append(one)
            continue
        remaining, accepted = without_accepted(one.findings, known, one.report.document.text)
        total += accepted
        kept.append(replace(one, findings=tuple(remaining)))
    return kept, total


def _save_baseline(found: list[Assessment | Skipped], target: Path) -> None:
    from jingwei.model import Skipped
    from jingwei.report.json import dump_json
    from jingwei.report.write import write_text_atomic
    from jingwei.review.baseline import baseline_of, merge_baselines

    known = [baseline_of(a.findings, a.report.document.text) for a in found if not isinstance(a, Skipped)]
    write_text_atomic(target, dump_json(merge_baselines(known), indent=1) + "\n")


def _render(
    found: list[Assessment | Skipped], form: CheckFormat, settings: Settings, accepted: int, output: Path | None
) -> str | None:
    from jingwei.cli.console import wants_colour
    from jingwei.cli.shapes import csv_of, docx_of, html_of, json_lines, sarif_of
    from jingwei.model import Skipped
    from jingwei.report.terminal import render_check

    language = settings.report.language
    if form == "json":
        return json_lines(found)
    if form == "csv":
        return csv_of(found, language)
    if form == "sarif":
        return sarif_of(found, language)
    if form == "html":
        return html_of(found, settings)
    if form == "docx":
        docx_of(found, output)
        return None
    colour = output is None and wants_colour()
    return "\n".join(
        render_check(a, language, colour=colour, accepted=accepted) for a in found if not isinstance(a, Skipped)
    )
