"""What is in a library, as text or JSON."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec.structs import asdict

from jingwei.library import LibraryStats, ListedReport
from jingwei.report.json import dump_json
from jingwei.report.names import show_name

_STATS = (
    ("path", "比对库", "library"),
    ("reports", "报告（篇）", "reports"),
    ("authority", "上级文件（篇）", "superiors' texts"),
    ("places", "地方（个）", "places"),
    ("units", "单位（个）", "units"),
    ("years", "年度", "years"),
    ("chars", "字数", "characters"),
    ("fingerprints", "指纹", "fingerprints"),
    ("segments", "索引段", "index segments"),
    ("database_bytes", "正文库（字节）", "database bytes"),
    ("index_bytes", "索引（字节）", "index bytes"),
)

_LISTED = (
    ("文件", "path"),
    ("单位", "unit"),
    ("年度", "year"),
    ("角色", "role"),
    ("字数", "characters"),
    ("sha256", "sha256"),
)


def render_listing(rows: Iterable[ListedReport], form: str, language: str = "zh") -> str:
    """A heading, then one report a line: path, unit, year, role, characters, sha256 (by which it can be removed).

    Or JSON Lines, which programs read.
    """
    if form == "json":
        return "".join(dump_json(asdict(row)) + "\n" for row in rows)
    role = {"peer": ("报告", "peer"), "authority": ("上级文件", "authority")}
    place = 1 if language == "en" else 0
    unknown = "unknown" if language == "en" else "未识别"
    heading = "\t".join(names[place] for names in _LISTED) + "\n"
    return heading + "".join(
        f"{show_name(r.path)}\t{show_name(r.unit or unknown)}\t{r.year or unknown}\t{role[r.role][place]}\t{r.chars}"
        f"\t{r.sha256}\n"
        for r in rows
    )


def render_stats(stats: LibraryStats, form: str, language: str = "zh") -> str:
    """Size and reach, a line each; or one JSON object."""
    values = asdict(stats)
    if form == "json":
        return dump_json({**values, "years": list(stats.years)}) + "\n"
    values["years"] = "、".join(str(y) for y in stats.years) if language == "zh" else ", ".join(map(str, stats.years))
    values["path"] = show_name(stats.path)
    column = 2 if language == "en" else 1
    colon = ": " if language == "en" else "："
    return "".join(f"{names[column]}{colon}{values[names[0]]}\n" for names in _STATS)
