"""`jingwei library`: the reports a draft is compared with, on disk."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from jingwei.cli import options
from jingwei.cli.words import Command, Group

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from jingwei.model import Entry, Role, Skipped
    from jingwei.pipeline.reading import Progress, Units
    from jingwei.settings import Settings
    from jingwei.sources import SourceItem

app = typer.Typer(cls=Group, no_args_is_help=True, rich_markup_mode=None)


class RoleName(StrEnum):
    """Roles of a text in the library."""

    peer = "peer"
    authority = "authority"


class ListFormat(StrEnum):
    """Shapes of a listing."""

    text = "text"
    json = "json"


RoleOption = Annotated[
    RoleName, typer.Option("--role", help="peer 同类报告；authority 上级文件（其用语视为规定用语）。")
]
Form = Annotated[ListFormat, typer.Option("--format", help="输出格式。")]


def _settings(library: str | None, lang: options.Language | None = None, chosen: list[str] | None = None) -> Settings:
    from jingwei.cli.console import settings_from

    return settings_from({"library": library, "report.language": lang}, chosen)


@app.command("add", cls=Command, help="把报告加入比对库；库不存在时新建。")
def add(
    paths: options.Paths,
    role: RoleOption = RoleName.peer,
    replace: Annotated[bool, typer.Option("--replace", help="同一路径的旧版本由新内容取代。")] = False,
    library: options.Library = None,
    units: options.Units = None,
    encoding: options.Encoding = None,
    lang: options.Lang = None,
    chosen: options.Chosen = None,
    quiet: options.Quiet = False,
) -> int:
    """Add reports; every report is whole in the library or not there."""
    from itertools import chain

    from jingwei.cli.console import progress_bar, put, read_units, say_skipped, warn_of_unused_rows, with_stdin
    from jingwei.errors import NothingReadableError, UsageError
    from jingwei.library import create_or_open
    from jingwei.model import Skipped
    from jingwei.sources import expand

    settings = _settings(library, lang, [*(chosen or []), *([f"sources.encoding={encoding}"] if encoding else [])])
    if not settings.library:
        raise UsageError(
            "请用 --library 指明比对库，或在 jingwei.toml 中设置 library。", "name the library with --library"
        )
    language = settings.report.language
    progress = progress_bar("读取", language, quiet=quiet)
    items = expand(with_stdin(paths, settings), settings.sources)
    rows = read_units(units)
    met: list[str] = []
    skipped = 0

    def entries() -> Iterator[Entry]:
        nonlocal skipped
        for one in _read_entries(items, settings, rows, role.value, progress):
            met.append(one.path)
            if isinstance(one, Skipped):
                skipped += 1
                say_skipped([one], language)
            else:
                yield one

    readable = entries()
    first = next(readable, None)
    if first is None:
        raise NothingReadableError(f"没有可读的文件（共{skipped}个）。", f"none of {skipped} files could be read")
    outcome = create_or_open(Path(settings.library), settings).add(chain([first], readable), replace=replace)
    warn_of_unused_rows(rows, met, language)
    zh = f"已添加 {outcome.added} 篇，库中已有 {outcome.duplicates} 篇，取代 {outcome.replaced} 篇，跳过 {skipped} 个文件。"
    en = f"added {outcome.added}, already there {outcome.duplicates}, replaced {outcome.replaced}, skipped {skipped}"
    if outcome.other_role:
        zh += f"\n其中 {outcome.other_role} 篇在库中的角色不是 {role.value}，未更改；需要更改请加 --replace。"
        en += f"\n{outcome.other_role} of them have another role than {role.value}, unchanged; --replace changes it"
    put((en if language == "en" else zh) + "\n", None)
    return 0


_BLOCK = 4096  # files read before their reports are stored: the library may be larger than memory


def _read_entries(
    items: Sequence[SourceItem], settings: Settings, units: Units, role: Role, progress: Progress | None
) -> Iterator[Entry | Skipped]:
    from functools import partial

    from jingwei.pipeline.reading import spread

    work = partial(_entries_of, settings=settings, units=units, role=role)
    for at in range(0, len(items), _BLOCK):
        shown = None if progress is None else partial(_shifted, progress, at, len(items))
        for some in spread(work, items[at : at + _BLOCK], settings.workers, shown):
            yield from some


def _shifted(progress: Progress, before: int, total: int, done: int, _: int) -> None:
    progress(before + done, total)


def _entries_of(item: SourceItem, settings: Settings, units: Units, role: Role) -> list[Entry | Skipped]:
    from jingwei.model import Report
    from jingwei.pipeline.prepare import entry_of
    from jingwei.pipeline.reading import read_item

    found = read_item(item, settings, units)
    return [entry_of(r, role) if isinstance(r, Report) else r for r in found]


@app.command("list", cls=Command, help="列出比对库中的报告。")
def list_reports(library: options.Library = None, form: Form = ListFormat.text, lang: options.Lang = None) -> int:
    """One line a report."""
    from jingwei.cli.console import library_folder, put
    from jingwei.library import open_library
    from jingwei.report.library_list import render_listing

    settings = _settings(library, lang)
    rows = open_library(library_folder(settings), settings).list()
    put(render_listing(rows, form.value, settings.report.language), None)
    return 0


@app.command("remove", cls=Command, help="从比对库移除报告（按添加时的路径或 sha256）。")
def remove(
    names: Annotated[list[str], typer.Argument(metavar="NAME...", help="路径或 sha256。")],
    library: options.Library = None,
    lang: options.Lang = None,
) -> int:
    """Remove reports by the path they were added with, or by content hash."""
    from jingwei.cli.console import library_folder, put
    from jingwei.errors import UsageError
    from jingwei.library import create_or_open

    settings = _settings(library, lang)
    outcome = create_or_open(library_folder(settings), settings).remove(names)
    if not outcome.removed:
        raise UsageError("库中没有所指的报告。", "no such report in the library")
    zh, en = f"已移除 {outcome.removed} 篇。", f"removed {outcome.removed}"
    if outcome.unknown:
        zh += f"库中没有：{'、'.join(outcome.unknown)}。"
        en += f"; not in the library: {', '.join(outcome.unknown)}"
    put((en if settings.report.language == "en" else zh) + "\n", None)
    return 0


@app.command("stats", cls=Command, help="比对库的规模。")
def stats(library: options.Library = None, form: Form = ListFormat.text, lang: options.Lang = None) -> int:
    """Size and reach of the library."""
    from jingwei.cli.console import library_folder, put
    from jingwei.library import open_library
    from jingwei.report.library_list import render_stats

    settings = _settings(library, lang)
    opened = open_library(library_folder(settings), settings)
    put(render_stats(opened.stats(), form.value, settings.report.language), None)
    return 0


@app.command("verify", cls=Command, help="校验比对库：正文与索引是否完好一致。")
def verify(library: options.Library = None, lang: options.Lang = None) -> int:
    """Prove database and index; exit code 4 when either is damaged."""
    from jingwei.cli.console import library_folder, put
    from jingwei.errors import LibraryError
    from jingwei.library import open_library

    settings = _settings(library, lang)
    problems = open_library(library_folder(settings), settings, mend=False).verify(settings.report.language)
    if problems:
        raise LibraryError(
            "比对库有问题：" + "；".join(problems) + "。可运行 jingwei library rebuild 重建索引。",
            "library damaged: " + "; ".join(problems) + " (try: jingwei library rebuild)",
        )
    put("library intact\n" if settings.report.language == "en" else "比对库完好。\n", None)
    return 0


@app.command("rebuild", cls=Command, help="由库中正文重建索引。")
def rebuild(library: options.Library = None, lang: options.Lang = None) -> int:
    """Make the index anew from the texts."""
    from jingwei.cli.console import library_folder, put
    from jingwei.library import open_for_rebuild

    settings = _settings(library, lang)
    open_for_rebuild(library_folder(settings), settings).rebuild()
    put("index rebuilt\n" if settings.report.language == "en" else "索引已重建。\n", None)
    return 0
