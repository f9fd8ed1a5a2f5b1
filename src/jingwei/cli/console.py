"""What every command shares: settings from options, results to stdout or a file, everything else to stderr."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from jingwei.library import Library
    from jingwei.model import Finding, Report, Skipped
    from jingwei.settings import Settings
    from jingwei.sources import Input

_RANK = {"error": 0, "warning": 1, "note": 2}


def use_utf8() -> None:
    """Chinese must come out on any console and in any pipe; a character the console lacks never ends the run."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is None:
            continue
        if stream.isatty():
            reconfigure(errors="replace")
        else:
            reconfigure(encoding="utf-8", errors="backslashreplace")


def say_error(zh: str, en: str) -> None:
    """One sentence on stderr."""
    from jingwei.report.names import show_text

    print(show_text(("error: " + en) if wants_english() else ("错误：" + zh)), file=sys.stderr)  # noqa: T201 - stderr is ours


_ARGUMENTS: list[str] = []


def remember_arguments(arguments: Sequence[str]) -> None:
    """What was asked for, in case it goes wrong before it is understood."""
    _ARGUMENTS[:] = arguments


def wants_english() -> bool:
    """Whether errors are told in English: as the results are, also where the settings could not be made."""
    chosen = [
        f"report.language={b}" if a == "--lang" else b for a, b in pairwise(_ARGUMENTS) if a in {"--lang", "--set"}
    ]
    chosen += [a.replace("--lang=", "report.language=") for a in _ARGUMENTS if a.startswith("--lang=")]
    asked = [c.partition("=")[2].strip() for c in chosen if c.startswith("report.language=")]
    if asked:
        return asked[-1] == "en"
    if named := os.environ.get("JINGWEI_REPORT_LANGUAGE"):
        return named == "en"
    return _language_of_settings_file() == "en"


def _language_of_settings_file() -> object:
    import tomllib

    from jingwei.settings import find_settings_file

    try:
        file = find_settings_file(Path.cwd())
        table = tomllib.loads(file.read_text(encoding="utf-8-sig")) if file else {}
    except (OSError, ValueError):  # said by what reads the settings
        return None
    report = table.get("report")
    return report.get("language") if isinstance(report, dict) else table.get("report.language")


def say(text: str) -> None:
    """A line on stderr that is no result."""
    print(text, file=sys.stderr)  # noqa: T201 - stderr is ours


def say_skipped(found: Iterable[object], language: str) -> None:
    """A line on stderr for every file among ``found`` that could not be read."""
    from jingwei.model import Skipped
    from jingwei.report.terminal import render_skipped

    for one in found:
        if isinstance(one, Skipped):
            say(render_skipped(one, language))


def settings_from(overrides: Mapping[str, Any], chosen: Sequence[str] | None = None) -> Settings:
    """Settings of all layers; ``chosen`` are ``--set key=value`` options."""
    from jingwei.errors import UsageError
    from jingwei.settings import load_settings

    values = {k: v for k, v in overrides.items() if v is not None}
    for pair in chosen or ():
        key, equals, value = pair.partition("=")
        if not equals:
            raise UsageError(f"--set 应写成 键=值：{pair}", f"--set wants key=value: {pair}")
        values[key.strip()] = value.strip()
    return load_settings(overrides=values)


def open_chosen_library(settings: Settings) -> Library | None:
    """The library of the settings, or null when none is named.

    Raises:
        UsageError: the named folder does not exist.
        LibraryError: it cannot be used.
    """
    if not settings.library:
        return None
    from jingwei.library import open_library

    return open_library(library_folder(settings), settings)


def library_folder(settings: Settings) -> Path:
    """The folder of the chosen library.

    Raises:
        UsageError: none is named, or it does not exist.
    """
    from jingwei.errors import UsageError

    if not settings.library:
        raise UsageError(
            "请用 --library 指明比对库，或在 jingwei.toml 中设置 library。", "name the library with --library"
        )
    folder = Path(settings.library)
    if not folder.is_dir():
        raise UsageError(f"比对库 {folder} 不存在；可用 jingwei library add 新建。", f"there is no library at {folder}")
    return folder


def read_inputs(
    paths: Sequence[str], settings: Settings, units_file: Path | None = None, *, quiet: bool = False
) -> list[Report | Skipped]:
    """Reports behind the arguments; ``-`` is standard input."""
    from jingwei.model import Skipped
    from jingwei.pipeline.reading import read_reports

    units = read_units(units_file)
    with_progress = progress_bar("读取", settings.report.language, quiet=quiet)
    found = read_reports(with_stdin(paths, settings), settings, units=units, progress=with_progress)
    met = (one.path if isinstance(one, Skipped) else one.document.path for one in found)
    warn_of_unused_rows(units, met, settings.report.language)
    return found


def with_stdin(paths: Sequence[str], settings: Settings) -> list[Input]:
    """The arguments with what came through standard input in the place of the first ``-``."""
    from jingwei.sources import SourceItem

    inputs: list[Input] = []
    for path in dict.fromkeys(paths):
        if path == "-":
            payload = sys.stdin.buffer.read((settings.sources.max_file_mb << 20) + 1)
            inputs.append(SourceItem("-", "-", payload=payload))
        else:
            inputs.append(path)
    return inputs


def read_units(file: Path | None) -> Mapping[str, tuple[str | None, int | None]]:
    """The rows of a units.csv (file, unit, year)."""
    if file is None:
        return {}
    from jingwei.lexicon.identity import read_units_csv

    return read_units_csv(file)


def warn_of_unused_rows(
    units: Mapping[str, tuple[str | None, int | None]], paths: Iterable[str], language: str
) -> None:
    """Rows of a units.csv that name no file that was met are said aloud: their unit and year went nowhere."""
    if not units:
        return
    from jingwei.pipeline.reading import unused_rows
    from jingwei.report.names import show_name

    for file in unused_rows(units, paths):
        say(
            f"warning: no file matches the row {show_name(file)} of the units file"
            if language == "en"
            else f"注意：单位表中的“{show_name(file)}”没有对应的文件，该行未起作用。"
        )


def progress_bar(word: str, language: str = "zh", *, quiet: bool = False) -> Callable[[int, int], None] | None:
    """A callback that draws a bar on stderr, or null when stderr is no terminal or the user wants quiet."""
    if quiet or not sys.stderr.isatty():
        return None
    label = {"读取": "reading", "比对": "comparing"}.get(word, word) if language == "en" else word

    def draw(done: int, total: int) -> None:
        if total < 2:
            return
        filled = round(24 * done / total)
        end = "\n" if done == total else ""
        print(f"\r{label} {'█' * filled}{'·' * (24 - filled)} {done}/{total}", end=end, file=sys.stderr, flush=True)  # noqa: T201

    return draw


def put(text: str, output: Path | None) -> None:
    """Results to ``output``, or to stdout."""
    if output is None:
        sys.stdout.write(text)
        sys.stdout.flush()
        return
    from jingwei.report.write import write_text_atomic

    write_text_atomic(output, text)


def guard_output(outputs: Sequence[Path | None], inputs: Sequence[str | Path | None]) -> None:
    """Refuse to write over what is read.

    Raises:
        UsageError: an output is one of the inputs.
    """
    from jingwei.errors import UsageError

    for output in outputs:
        for source in inputs:
            if output is None or source is None or str(source) == "-" or not output.exists():
                continue
            if Path(source).exists() and output.samefile(source):
                raise UsageError(
                    f"输出文件 {output} 就是输入文件本身，为免覆盖，未写入",
                    f"{output} is an input; nothing was written",
                )


def guard_folder(folder: Path | None, inputs: Sequence[str]) -> None:
    """Refuse an output folder inside an input folder: the next run would read its own results as reports.

    Raises:
        UsageError: it is, or lies inside, an input folder.
    """
    from jingwei.errors import UsageError

    if folder is None:
        return
    target = folder.resolve()
    for source in inputs:
        place = Path(source)
        if source != "-" and place.is_dir() and (target == place.resolve() or place.resolve() in target.parents):
            raise UsageError(
                f"结果文件夹 {folder} 不能放在输入文件夹 {source} 里面，否则下次会把结果当作报告读入",
                f"the output folder {folder} must not lie inside the input folder {source}",
            )


def wants_colour() -> bool:
    """Colours only on a terminal and without NO_COLOR."""
    return (
        sys.stdout is not None
        and sys.stdout.isatty()
        and "NO_COLOR" not in os.environ
        and os.environ.get("TERM") != "dumb"
    )


def exit_code(findings: Sequence[Finding], fail_on: str) -> int:
    """1 when a finding is at or above ``fail_on``, else 0."""
    if fail_on == "never":
        return 0
    return int(any(_RANK[f.severity] <= _RANK[fail_on] for f in findings))
