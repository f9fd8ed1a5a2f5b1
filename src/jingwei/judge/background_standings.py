"""Two calibrations shown next to the numbers: where a report stands among real ones, and what chance does.

The figures are in ``judge/data/calibration.json``, made by ``scripts/calibrate.py`` from public government work
reports. They are another genre than a rule-of-law report, and the sentence says so.
"""

from __future__ import annotations

import json
from bisect import bisect_left
from functools import cache
from pathlib import Path
from typing import Any

from jingwei.model import Counts, Scores, Standing

CALIBRATION_FILE = Path(__file__).with_name("data") / "calibration.json"
FEWEST_CHARS = 500  # percentiles of a shorter text would be chance
_FEWEST = 50  # a smaller sample of one level says less than all together
_NAMES = {
    "originality": ("原创度", "originality"),
    "fact_density": ("本地事实密度", "fact density"),
    "local_share": ("本地实情占比", "share of local fact"),
    "prescribed_share": ("规定用语占比", "share of prescribed wording"),
}


def standings(
    counts: Counts, scores: Scores, body_chars: int, level: str | None, facts_shared: int = 0
) -> tuple[Standing, ...]:
    """Where a report stands, measure by measure.

    Args:
        counts: characters behind the scores.
        scores: the report's scores.
        body_chars: its length; the chance figures are those of texts of about that length.
        level: 省 市 县 乡 …; among reports of the same level where enough were sampled, else among all.
        facts_shared: of the facts, those that stand in recycled or copied text: a dense report may be last year's.

    Returns:
        One :class:`Standing` per measure with a value; empty where the calibration is missing or the body is empty.
        ``percentile`` is the share of sampled reports below the value, in [0, 100]; for ``chance`` it is the share
        of unrelated pairs that overlap less.
    """
    stored = _calibration()
    if stored is None or counts.body < FEWEST_CHARS:
        return ()
    group = _group(level, stored)
    sample = stored["reports"][group]
    shown = []
    for measure, value in measured(counts, scores).items():
        if value is None:
            continue
        percentile = _percentile(value, sample["percentiles"][measure])
        zh, en = _NAMES[measure]
        told, told_en = _facts_told(counts.facts, facts_shared) if measure == "fact_density" else ("", "")
        shown.append(
            Standing(
                measure,
                percentile,
                sample["n"],
                f"{zh}高于{min(percentile, 99):.0f}%的抽样公开报告（{sample['zh']}{sample['n']}篇，体裁不同，仅供参照）{told}",
                f"{en} above {min(percentile, 99):.0f} % of {sample['n']} sampled {sample['en']} (another genre){told_en}",
            )
        )
    chance = _chance(scores.overlap_max_source, body_chars, stored)
    return (*shown, chance) if chance else tuple(shown)


def _facts_told(facts: int, shared: int) -> tuple[str, str]:
    if not shared:
        return "", ""
    return (
        f"；所计{facts}个事实中有{shared}个在沿用往年或疑似雷同的文字里",
        f"; of its {facts} facts {shared} stand in text carried over or shared",
    )


def measured(counts: Counts, scores: Scores) -> dict[str, float | None]:
    """The calibrated measures of a report, null where undefined."""
    return {
        "originality": scores.originality,
        "fact_density": scores.fact_density,
        "local_share": counts.local / counts.body if counts.body else None,
        "prescribed_share": counts.mandated / counts.body if counts.body else None,
    }


@cache
def _calibration() -> dict[str, Any] | None:
    if not CALIBRATION_FILE.is_file():
        return None
    stored: dict[str, Any] = json.loads(CALIBRATION_FILE.read_text(encoding="utf-8"))
    return stored


def _group(level: str | None, stored: dict[str, Any]) -> str:
    return level if level and stored["reports"].get(level, {}).get("n", 0) >= _FEWEST else "all"


def _percentile(value: float, borders: list[float]) -> float:
    """Share of the sample below ``value`` from evenly spaced borders (0 %, 5 %, …, 100 %), linear between them."""
    at = bisect_left(borders, value)
    if at == 0:
        return 0.0
    if at == len(borders):
        return 100.0
    low, high = borders[at - 1], borders[at]
    part = (value - low) / (high - low) if high > low else 1.0
    return round(100 * (at - 1 + part) / (len(borders) - 1), 1)


def _chance(overlap: float | None, body_chars: int, stored: dict[str, Any]) -> Standing | None:
    """How often two unrelated reports of that length overlap as much, prescribed wording included."""
    if not overlap:
        return None
    length = min(stored["chance"], key=lambda chars: abs(int(chars) - body_chars))
    table = stored["chance"][length]
    reached = sum(n for border, n in zip(stored["chance_borders"], table["pairs"], strict=True) if border >= overlap)
    total = sum(table["pairs"])
    return Standing(
        "chance",
        round(100 * (1 - reached / total), 3),
        total,
        f"互不相干的外省政府工作报告（体裁不同，截取约{length}字，含规定用语）两两比对{total}对，重复率达到本篇单篇最大重复率的有{reached}对",
        f"of {total} pairs of unrelated government work reports (another genre) cut to about {length} characters {reached} overlap as much",
    )
