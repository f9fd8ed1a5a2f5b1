"""The user's own list of files, units and years (units.csv), which settles every doubt about identity."""

from __future__ import annotations

import io
from pathlib import Path

from jingwei.errors import UsageError

_COLUMNS = {
    **dict.fromkeys(("file", "文件", "文件名"), "file"),
    **dict.fromkeys(("unit", "单位"), "unit"),
    **dict.fromkeys(("year", "年份", "年度"), "year"),
}
_FIRST, _LAST = 1949, 2100


def read_units_csv(path: Path) -> dict[str, tuple[str | None, int | None]]:
    r"""Read ``file,unit,year`` rows; unit and year may be empty.

    Args:
        path: a CSV file in UTF-8 (with or without BOM) or GB18030, as spreadsheets save it. The header names the
            columns, in English or Chinese (文件, 单位, 年份), in any order; other columns are ignored.

    Returns:
        File (as written, with ``/`` for ``\``) → (unit or null, year or null).

    Raises:
        UsageError: no such file, no column for files, a year that is none, or a file named twice differently.
    """
    import csv

    rows = list(csv.reader(io.StringIO(_decoded(path))))
    header = [_COLUMNS.get(cell.strip().lower(), "") for cell in rows[0]] if rows else []
    if "file" not in header or not {"unit", "year"} & set(header):
        raise UsageError(
            f"单位表 {path.name} 的首行应为 file,unit,year（或 文件,单位,年份）",
            f"the first row of {path.name} must be file,unit,year",
        )
    units: dict[str, tuple[str | None, int | None]] = {}
    for number, row in enumerate(rows[1:], start=2):
        cells = {name: cell.strip() for name, cell in zip(header, row, strict=False) if name}
        file = cells.get("file", "").replace("\\", "/")
        if not file:
            if any(cells.values()):
                raise UsageError(f"单位表第 {number} 行没有文件名", f"row {number} of the units file names no file")
            continue
        entry = (cells.get("unit") or None, _year(cells.get("year", ""), number))
        if units.setdefault(file, entry) != entry:
            raise UsageError(
                f"单位表第 {number} 行与前面对同一文件的说明不一致：{file}",
                f"row {number} of the units file contradicts an earlier row about {file}",
            )
    return units


def _decoded(path: Path) -> str:
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise UsageError(f"单位表无法读取：{path.name}", f"cannot read the units file {path.name}") from error
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UsageError(f"单位表 {path.name} 不是 UTF-8 或 GB18030 编码", f"{path.name} is neither UTF-8 nor GB18030")


def _year(text: str, number: int) -> int | None:
    digits = text.removesuffix("年度").removesuffix("年")
    if not digits:
        return None
    if not (digits.isdecimal() and digits.isascii() and _FIRST <= int(digits) <= _LAST):
        raise UsageError(
            f"单位表第 {number} 行的年份不对：{text}", f"bad year in row {number} of the units file: {text}"
        )
    return int(digits)
