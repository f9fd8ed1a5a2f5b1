"""The command ``jingwei``: reads argv, prints, and turns every error into one sentence and an exit code.

Exit codes: 0 nothing at or above ``--fail-on`` · 1 findings at or above it · 2 usage or settings · 3 nothing
readable · 4 library stale, corrupt or locked · 5 internal error. Rooms are imported inside the commands, so that
``--help`` costs no more than typer itself.
"""

from __future__ import annotations

import gc
import os
import sys

import typer

from jingwei.cli import check, compare, explain, heatmap, library, score
from jingwei.cli.console import remember_arguments, say_error, say_skipped, use_utf8, wants_english
from jingwei.cli.words import Command, Group, usage_error_words
from jingwei.errors import JingweiError, NothingReadableError, reason_of

app = typer.Typer(
    name="jingwei",
    cls=Group,
    help="泾渭：比对政府年度报告，分清上级规定用语、通用套语、疑似雷同与本地实情。全程离线，不上传任何内容。",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command("check", cls=Command, help="报送前自查：列出需要修改和核对的地方。")(check.check)
app.command("score", cls=Command, help="给一份或多份报告计算原创度、重复率和本地事实密度。")(score.score)
app.command("compare", cls=Command, help="一批报告互相比对：雷同对、疑似同源组、热力图、表格和网页。")(compare.compare)
app.command("heatmap", cls=Command, help="画图：报告两两雷同、文字构成条带、各部分构成、两篇段落对照。")(
    heatmap.heatmap
)
app.add_typer(library.app, name="library", help="比对库：添加、列出、移除、统计、校验、重建。")
app.command("explain", cls=Command, help="说明某一个字为什么归入这一类。")(explain.explain)


def _version(value: bool) -> None:
    if value:
        from jingwei import __version__

        typer.echo(f"jingwei {__version__}")
        raise typer.Exit


@app.callback()
def root(
    version: bool = typer.Option(False, "--version", callback=_version, is_eager=True, help="显示版本。"),
) -> None:
    """Options of the whole command."""


def run() -> None:
    """Entry point of the console script."""
    # A batch is millions of small values that live to the end and know no cycles: looking through all of them again
    # and again costs a quarter of the run.
    gc.set_threshold(200_000, 50, 1000)
    use_utf8()
    sys.exit(main(sys.argv[1:]))


def main(arguments: list[str]) -> int:
    """Run the command with ``arguments`` and give its exit code; no traceback for anything a user can cause."""
    remember_arguments(arguments)
    try:
        code = app(arguments, prog_name="jingwei", standalone_mode=False)
    except JingweiError as error:
        if isinstance(error, NothingReadableError):
            say_skipped(error.skipped, "en" if wants_english() else "zh")
        say_error(error.message, error.message_en)
        return error.exit_code
    except typer.Exit as stop:
        return int(stop.exit_code)
    except typer.Abort:
        return 130
    except BrokenPipeError:
        # The reader of our output left (| head): nothing to report.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        zh, en = reason_of(error)
        file = f" {error.filename}" if error.filename else ""
        say_error(f"无法读写{file}：{zh}", f"cannot read or write{file}: {en}")
        return 2
    except KeyboardInterrupt:
        say_error("已中断。", "interrupted")
        return 130
    except Exception as error:  # the last line of defence: one sentence, exit code 5
        return _unexpected(error)
    return code if isinstance(code, int) else 0


def _unexpected(error: Exception) -> int:
    shown = getattr(error, "format_message", None)
    if shown is not None:  # usage errors of the argument parser
        say_error(f"用法不对：{usage_error_words(shown())}。加 -h 看用法。", f"usage: {shown()}")
        return 2
    if os.environ.get("JINGWEI_DEBUG"):
        raise error
    say_error(
        f"内部错误：{type(error).__name__}: {error}。设置环境变量 JINGWEI_DEBUG=1 可查看详情。",
        f"internal error: {type(error).__name__}: {error}",
    )
    return 5
