"""What findings are called in every view: the titles of the rules' own pages, read when first asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from jingwei.model import Finding
from jingwei.report.words import Label
from jingwei.settings import FINDING_CODES


class _FindingLabels(Mapping[str, Label]):
    """A label a code. The pages stand in the review room, which no view loads before there is a finding."""

    def __getitem__(self, code: str) -> Label:
        from jingwei.review.rule_data import page

        rule = page(code)
        return Label(rule.title, rule.title_en, rule.title_note, rule.title_note_en)

    def __iter__(self) -> Iterator[str]:
        return iter(FINDING_CODES)

    def __len__(self) -> int:
        return len(FINDING_CODES)


FINDING_LABELS: Mapping[str, Label] = _FindingLabels()


def finding_label(finding: Finding) -> Label:
    """What one finding is called: by its case where its rule tells cases apart, else by its code.

    An unknown code is shown as it is, so that a new code never breaks a view.
    """
    general = FINDING_LABELS.get(finding.code)
    if general is None:
        return Label(finding.code, finding.code)
    from jingwei.review.rule_data import page

    zh, en = page(finding.code).title_of(str(finding.evidence.get("case", "")))
    return Label(zh, en, general.note_zh, general.note_en)
