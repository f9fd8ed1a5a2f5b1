"""Findings that say one and the same of several words of a paragraph: told once, with all the words."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable

from jingwei.model import Finding, Structure

_QUOTED = re.compile(r"“([^”]*)”")
_PASSAGE_CODES = frozenset({"C1", "C2", "Y1"})  # each opens a passage of its own


def alike_in_paragraph(findings: Iterable[Finding], structure: Structure) -> list[list[Finding]]:
    """The findings in their order, those together that differ only in the words they quote in one paragraph.

    Two that tell different figures, names or advice are never together.
    """
    paragraphs = sorted(range(len(structure.paragraphs)), key=lambda i: structure.paragraphs[i].start)
    starts = [structure.paragraphs[i].start for i in paragraphs]
    groups: dict[object, list[Finding]] = {}
    for number, finding in enumerate(findings):
        key: object = number
        if finding.start is not None and finding.code not in _PASSAGE_CODES:
            at = bisect_right(starts, finding.start) - 1
            if at >= 0 and finding.start < structure.paragraphs[paragraphs[at]].end:
                key = (finding.code, finding.severity, at, _wording(finding.message), _wording(finding.suggestion))
        groups.setdefault(key, []).append(finding)
    return list(groups.values())


def quoted_by(finding: Finding) -> str:
    """The words that the message quotes, which may be more than the place it marks."""
    found = _QUOTED.search(finding.message)
    return found.group(1) if found else finding.quote


def _wording(message: str) -> str:
    return _QUOTED.sub("“”", message)
