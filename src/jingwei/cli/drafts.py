"""Drafts through the pipeline, one after the other, for `check` and `score`."""

from __future__ import annotations

import os
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from jingwei.cli.console import open_chosen_library, progress_bar, read_inputs, say
from jingwei.errors import NothingReadableError, UsageError
from jingwei.report.names import show_name

if TYPE_CHECKING:
    from jingwei.library import Library
    from jingwei.model import Assessment, Report, Skipped
    from jingwei.settings import Settings


def assess_inputs(
    paths: Sequence[str],
    settings: Settings,
    *,
    units: Path | None = None,
    unit: str | None = None,
    year: int | None = None,
    previous: Sequence[Path] = (),
    reviewed: bool = True,
    quiet: bool = False,
) -> list[Assessment | Skipped]:
    """Every input as an assessment or a skip, in order; without ``reviewed`` there are no findings.

    Raises:
        UsageError: a named path, library or earlier report cannot be used, or one unit is named for several reports.
        LibraryError: the library is stale, corrupt or locked.
    """
    from jingwei.model import Report
    from jingwei.pipeline.reading import spread

    _OPEN.clear()
    _library(settings)  # a library that cannot be used is said before anything is read
    earlier = _read_previous(previous, settings)
    read = read_inputs(paths, settings, units, quiet=quiet)
    readable = sum(isinstance(r, Report) for r in read)
    if unit is not None and readable > 1:
        raise UsageError(
            f"--unit 只用于一份报告（现有{readable}份）；多份报告请用 --units 单位表分别指明",
            f"--unit names the unit of one report ({readable} given); name those of several with --units",
        )
    reports = [_named(r, settings, unit, year) if isinstance(r, Report) else r for r in read]
    _warn_of_strangers(reports, earlier, settings.report.language)
    work = partial(_assess_one, settings=settings, earlier=earlier, reviewed=reviewed)
    return spread(work, reports, settings.workers, progress_bar("比对", settings.report.language, quiet=quiet))


def _assess_one(
    report: Report | Skipped, settings: Settings, earlier: Sequence[Report], reviewed: bool
) -> Assessment | Skipped:
    from jingwei.model import Skipped
    from jingwei.pipeline.draft import assess_draft

    if isinstance(report, Skipped):
        return report
    return assess_draft(report, _library(settings), settings, earlier, reviewed=reviewed)


def _warn_of_strangers(reports: Sequence[Report | Skipped], earlier: Sequence[Report], language: str) -> None:
    """A report named as the unit's own earlier one that is no such one is said aloud."""
    from jingwei.model import Report
    from jingwei.pipeline.draft import is_earlier

    for report in reports:
        for previous in earlier:
            if isinstance(report, Report) and not is_earlier(previous, report):
                one, other = show_name(previous.document.path), show_name(report.document.path)
                say(
                    f"warning: --previous {one} is not used for {other}: same text, or not of an earlier year"
                    if language == "en"
                    else f"注意：--previous 文件 {one} 未用于 {other}：内容相同，或年度不早于本文。"
                )
            if not isinstance(report, Report) or report.profile.unit is None or previous.profile.unit is None:
                continue
            if report.profile.unit != previous.profile.unit:
                mine, theirs = report.profile.unit, previous.profile.unit
                say(
                    f"warning: --previous {show_name(previous.document.path)} is of {theirs}, the draft of {mine}"
                    if language == "en"
                    else f"注意：--previous 文件 {show_name(previous.document.path)} 的单位是“{theirs}”，与本文单位“{mine}”不同，请核实；仍按本单位往年报告比对。"
                )


# The open library of each process: a database connection must not be carried across a fork.
_OPEN: dict[tuple[int, str], Library | None] = {}


def _library(settings: Settings) -> Library | None:
    key = (os.getpid(), settings.library)
    if key not in _OPEN:
        _OPEN.clear()
        _OPEN[key] = open_chosen_library(settings)
    return _OPEN[key]


def _named(report: Report, settings: Settings, unit: str | None, year: int | None) -> Report:
    if unit is None and year is None:
        return report
    from jingwei.pipeline.prepare import profile_of

    return replace(report, profile=profile_of(report.document, report.structure, settings, unit=unit, year=year))


def _read_previous(paths: Sequence[Path], settings: Settings) -> list[Report]:
    from jingwei.model import Report

    found = read_inputs([str(p) for p in paths], settings, quiet=True) if paths else []
    for one in found:
        if not isinstance(one, Report):
            raise UsageError(
                f"上年报告无法读取：{one.path}：{one.message}", f"cannot read {one.path}: {one.message_en}"
            )
    reports = [r for r in found if isinstance(r, Report)]
    return sorted(reports, key=lambda r: (-(r.profile.year or 0), r.document.path))


def require_one(found: Sequence[Assessment | Skipped]) -> None:
    """Refuse to go on when nothing was readable.

    Raises:
        NothingReadableError: all inputs were skipped.
    """
    from jingwei.model import Skipped

    if all(isinstance(one, Skipped) for one in found):
        raise NothingReadableError(
            f"没有可读的文件（共{len(found)}个）。", f"none of the {len(found)} files could be read"
        )
