"""What a review could not look at, because the report does not tell who wrote it, of which year, or what it is."""

from __future__ import annotations

from collections.abc import Collection
from typing import Literal

from msgspec import Struct

from jingwei.model import Report
from jingwei.review.genre import is_rule_of_law_report

Need = Literal["unit", "year", "title"]


class Unchecked(Struct, frozen=True):
    """A rule that stayed silent for want of something; the user may supply ``unit`` and ``year``."""

    code: str
    need: Need


def unchecked(report: Report, off: Collection[str] = ()) -> tuple[Unchecked, ...]:
    """The rules that did not run on a report, in the order of their codes; ``off`` are those the user switched off.

    A rule that does not apply (Article 25 asks nothing of a 政府工作报告) is not among them, nor one that lacks a
    library or last year's report: those are said elsewhere. Cost: none.
    """
    profile = report.profile
    titled = bool(profile.title) or any(block.role == "title" for block in report.structure.blocks)
    of_law = is_rule_of_law_report(profile.title or _title(report))
    missing: dict[str, Need] = {}
    if profile.place is None:
        missing["R1"] = "unit"
    if profile.level is None:
        missing |= {"R2": "unit", "R3": "unit"}
        if of_law or not titled:
            missing["R9"] = "unit"
    if profile.year is None:
        missing |= {"R4": "year", "R5": "year"}
    if not titled:
        missing |= {"R9": missing.get("R9", "title"), "S1": "title", "S3": "title"}
    return tuple(Unchecked(code, missing[code]) for code in sorted(missing) if code not in off)


def _title(report: Report) -> str:
    text = report.document.text
    return "".join(text[block.start : block.end] for block in report.structure.blocks if block.role == "title")
