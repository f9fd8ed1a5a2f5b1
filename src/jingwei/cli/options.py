"""Options that several commands share, declared once."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

Paths = Annotated[
    list[str], typer.Argument(metavar="PATH...", help="文件、文件夹或 .zip；- 表示标准输入。", show_default=False)
]
Library = Annotated[str | None, typer.Option("--library", metavar="LIB", help="比对库文件夹。")]
Output = Annotated[Path | None, typer.Option("-o", "--output", metavar="PATH", help="写到文件，不写则输出到屏幕。")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="不显示进度。")]
Units = Annotated[Path | None, typer.Option("--units", metavar="CSV", help="单位表：文件,单位,年度。")]
Unit = Annotated[str | None, typer.Option("--unit", metavar="NAME", help="指明本文的单位。")]
Year = Annotated[int | None, typer.Option("--year", metavar="YYYY", min=1949, max=2100, help="指明报告年度。")]
Previous = Annotated[list[Path] | None, typer.Option("--previous", metavar="FILE", help="本单位往年报告，可重复。")]
Encoding = Annotated[str | None, typer.Option("--encoding", metavar="NAME", help="强制文本编码，如 gb18030。")]
Chosen = Annotated[list[str] | None, typer.Option("--set", metavar="KEY=VALUE", help="临时修改一项设置，可重复。")]


class Language(StrEnum):
    """Languages of the output."""

    zh = "zh"
    en = "en"


class FailOn(StrEnum):
    """From which severity on a finding makes exit code 1."""

    error = "error"
    warning = "warning"
    note = "note"
    never = "never"


Lang = Annotated[Language | None, typer.Option("--lang", help="输出语言。")]
Fail = Annotated[FailOn | None, typer.Option("--fail-on", help="出现此级别及以上问题时退出码为 1。")]
