"""Drafts through the pipeline, one after the other, for `check` and `score`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from jingwei.cli.console import open_chosen_library, read_inputs
from jingwei.errors import NothingReadableError, UsageError

if TYPE_CHECKING:
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
    quiet: bool = False,
) -> list[Assessment | Skipped]:
    """Every input as an assessment or a skip, in order.

    Raises:
        NothingReadableError: no input could be read.
    """
    from jingwei.model import Report
    from jingwei.pipeline.draft import assess_draft

    library = open_chosen_library(settings)
    earlier = _read_previous(previous, settings)
    reports = read_inputs(paths, settings, units, quiet=quiet)
    found: list[Assessment | Skipped] = [
        assess_draft(_named(r, unit, year), library, settings, earlier) if isinstance(r, Report) else r for r in reports
    ]
    return found


def _named(report: Report, unit: str | None, year: int | None) -> Report:
    if unit is None and year is None:
        return report
    from jingwei.lexicon.identity import identify

    profile = identify(report.document, report.structure, unit=unit, year=year)
    return replace(report, profile=profile)


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


def render_all(
    found: Sequence[Assessment | Skipped],
    show: Callable[[Assessment], str],
    show_skipped: Callable[[Skipped], str],
) -> str:
    """Everything rendered in order.

    Raises:
        NothingReadableError: all inputs were skipped (after their reasons were shown by the caller).
    """
    from jingwei.model import Skipped

    return "".join(show_skipped(one) if isinstance(one, Skipped) else show(one) for one in found)


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
