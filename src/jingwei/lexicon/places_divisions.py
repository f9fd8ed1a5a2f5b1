"""The administrative divisions of China, read from the package's data when first needed.

Codes are those of the National Bureau of Statistics: 2 digits a province, 4 a prefecture, 6 a county, 9 a township;
a code's beginning is its parent. Two files, so that a question about a county never reads 31,000 townships
(provinces to counties: 3,300 rows, about 3 ms; townships: about 25 ms, once a process).
"""

from __future__ import annotations

import zlib
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

MUNICIPALITIES = ("11", "12", "31", "50")
_LEVELS = {2: "省", 4: "市", 6: "县"}
_ENDINGS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("街道", ("街道", "街道办", "办事处")),
    ("乡", ("乡", "苏木")),
    ("村", ("村", "社区")),
    ("镇", ("镇",)),
    ("省", ("省", "自治区")),
    ("市", ("市", "州", "盟", "地区")),
    ("县", ("县", "区", "旗")),
)
# Prefecture-level names of earlier years that reports still carry, and today's code.
EARLIER = {
    "襄樊市": "4206",
    "莱芜市": "370116",
    "思茅市": "5308",
    "毕节地区": "5205",
    "铜仁地区": "5206",
    "海东地区": "6302",
    "昌都地区": "5403",
    "日喀则地区": "5402",
    "林芝地区": "5404",
    "山南地区": "5405",
    "那曲地区": "5406",
    "吐鲁番地区": "6504",
    "哈密地区": "6505",
}


class Upper(NamedTuple):
    """Provinces, prefectures and counties: names by code, codes by name, safe short forms."""

    names: dict[str, str]
    codes: dict[str, tuple[str, ...]]
    shorts: dict[str, tuple[str, ...]]


def _read(name: str) -> str:
    raw = (Path(__file__).parent / "data" / name).read_bytes()
    return zlib.decompress(raw, 31).decode()  # 31: a gzip frame, without importing gzip


@lru_cache(maxsize=1)
def upper() -> Upper:
    """Provinces, prefectures and counties, with the names people use for autonomous ones (彭水县, 凉山州)."""
    names: dict[str, str] = {}
    codes: dict[str, list[str]] = {}
    shorts: dict[str, list[str]] = {}
    for line in _read("divisions.counties.tsv.gz").splitlines():
        code, name, short = line.split("\t")
        names.setdefault(code, name)  # a second row of a code is an everyday name
        codes.setdefault(name, []).append(code)
        if short:
            shorts.setdefault(short, []).append(code)
    for name, code in EARLIER.items():
        codes.setdefault(name, []).append(code)
    return Upper(names, {k: tuple(v) for k, v in codes.items()}, {k: tuple(v) for k, v in shorts.items()})


@lru_cache(maxsize=1)
def towns() -> dict[str, str]:
    """Township names and their codes, joined by commas. Ask :func:`codes_of` unless you test many names."""
    lines = _read("divisions.towns.txt.gz").splitlines()
    half = len(lines) // 2
    return dict(zip(lines[:half], lines[half:], strict=True))


@lru_cache(maxsize=1)
def village_words() -> frozenset[str]:
    """Pairs of characters that stand before 村 and 社区 everywhere and so name no village."""
    return frozenset((Path(__file__).parent / "data" / "divisions.not_villages.txt").read_text("utf-8").split())


def codes_of(name: str) -> tuple[str, ...]:
    """Codes of all divisions of that name; empty where the list has none."""
    found = upper().codes.get(name)
    if found:
        return found
    town = towns().get(name)
    return tuple(town.split(",")) if town else ()


def city_key(code: str) -> str:
    """What stands for the prefecture of a code: counties run by the province are their own, a municipality is one."""
    if code[:2] in MUNICIPALITIES:
        return code[:2]
    return code[:4] if code[:4] in upper().names else code[:6]


def parents(code: str) -> tuple[str | None, str | None, str | None]:
    """Names of province, prefecture and county of a code, as far as it reaches."""
    names = upper().names
    return (
        names.get(code[:2]),
        names.get(code[:4]) if len(code) >= 4 else None,
        names.get(code[:6]) if len(code) >= 6 else None,
    )


@lru_cache(maxsize=4096)
def level_of(name: str, code: str = "") -> str:
    """省 市 县 乡 镇 街道 村 for a name; the code decides between 市 and 县."""
    if code and len(code) < 9:
        return _LEVELS[len(code)]
    return next((level for level, endings in _ENDINGS if name.endswith(endings) and not (code and level == "县")), "镇")
