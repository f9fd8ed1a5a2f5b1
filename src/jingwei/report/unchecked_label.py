"""Which rules could not run on a report, and how to let them: where nothing was looked at, nothing found means nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jingwei.model import Assessment
from jingwei.report.finding_labels import FINDING_LABELS
from jingwei.report.words import Label

if TYPE_CHECKING:
    from jingwei.review.unchecked import Unchecked

_NEEDS = {"unit": Label("单位", "unit"), "year": Label("年度", "year"), "title": Label("标题", "title")}
_OPTIONS = {"unit": "--unit", "year": "--year"}  # a title is the writer's to give


def missed(assessment: Assessment) -> tuple[Unchecked, ...]:
    """The rules that could not run, without those that the user switched off."""
    from jingwei.review.unchecked import unchecked

    return unchecked(assessment.report, assessment.settings.get("review", {}).get("off", ()))


def unchecked_label(assessment: Assessment) -> Label | None:
    """One sentence for the user in both languages; null where every rule could run."""
    silent = missed(assessment)
    if not silent:
        return None
    needs = [need for need in _NEEDS if any(one.need == need for one in silent)]
    options = [_OPTIONS[need] for need in needs if need in _OPTIONS]
    labels = [(one.code, FINDING_LABELS[one.code]) for one in silent]
    return Label(
        f"{'、'.join(_NEEDS[need].zh for need in needs)}未识别，以下项目未检查："
        f"{'；'.join(f'{code} {label.zh}' for code, label in labels)}。"
        + (f"请用 {'、'.join(options)} 指明。" if options else "请核对标题。"),
        f"Not recognised: {', '.join(_NEEDS[need].en for need in needs)}. "
        f"Not checked: {'; '.join(f'{code} {label.en}' for code, label in labels)}. "
        + (f"Give {', '.join(options)}." if options else "Check the title."),
    )
