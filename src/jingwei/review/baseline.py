"""Findings a reviewer has accepted stay accepted: recognised by their content, not by their line."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from jingwei.errors import UsageError
from jingwei.model import Finding

SCHEMA = "jingwei/baseline@1"
_CONTEXT_CHARS = 12  # on each side: enough to tell two equal quotes apart, little enough to survive edits nearby


def baseline_of(findings: Sequence[Finding], text: str) -> dict[str, Any]:
    """The accepted findings as plain data for a file. ``text`` is the document the offsets point into."""
    accepted = [
        {"code": f.code, "quote": _words(f), "context": _context(f, text), "message": f.message} for f in findings
    ]
    accepted.sort(key=lambda entry: (entry["code"], entry["quote"], entry["context"]))
    return {"schema": SCHEMA, "accepted": accepted}


def without_accepted(
    findings: Sequence[Finding], baseline: Mapping[str, Any], text: str | None = None
) -> tuple[tuple[Finding, ...], int]:
    """The findings that are not in ``baseline``, and how many were.

    An entry accepts one finding of the same code and quote: with ``text`` the one in the same context first, then,
    for quotes that still stand somewhere else in the text, any. A moved paragraph therefore stays accepted.

    Raises:
        UsageError: ``baseline`` is not a baseline of this schema.
    """
    entries = baseline.get("accepted")
    if baseline.get("schema") != SCHEMA or not isinstance(entries, list):
        raise UsageError("基线文件格式不对，请重新用 --save-baseline 生成", "not a baseline file of this version")
    try:
        exact = Counter((e["code"], e["quote"], e["context"]) for e in entries)
    except (KeyError, TypeError) as error:
        raise UsageError(
            "基线文件内容不完整，请重新用 --save-baseline 生成", "the baseline file is incomplete"
        ) from error
    accepted = [False] * len(findings)
    loose: Counter[tuple[str, str]] = Counter()
    if text is not None:
        for at, finding in enumerate(findings):
            key = (finding.code, _words(finding), _context(finding, text))
            if exact[key] > 0:
                exact[key] -= 1
                accepted[at] = True
    for (code, quote, _), count in exact.items():
        loose[(code, quote)] += count
    for at, finding in enumerate(findings):
        short = (finding.code, _words(finding))
        if not accepted[at] and loose[short] > 0:
            loose[short] -= 1
            accepted[at] = True
    remaining = tuple(f for f, known in zip(findings, accepted, strict=True) if not known)
    return remaining, sum(accepted)


def _words(finding: Finding) -> str:
    """The quote, or for a finding about the whole document what it says."""
    return _squeezed(finding.quote or finding.message)


def _squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def _context(finding: Finding, text: str) -> str:
    if finding.start is None or finding.end is None:
        return ""
    left = _squeezed(text[max(0, finding.start - 4 * _CONTEXT_CHARS) : finding.start])[-_CONTEXT_CHARS:]
    right = _squeezed(text[finding.end : finding.end + 4 * _CONTEXT_CHARS])[:_CONTEXT_CHARS]
    return hashlib.sha256(f"{left}|{_squeezed(finding.quote)}|{right}".encode()).hexdigest()[:12]


def merge_baselines(baselines: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """One baseline that accepts what any of several drafts' baselines accepts."""
    accepted = [entry for one in baselines for entry in one["accepted"]]
    accepted.sort(key=lambda entry: (entry["code"], entry["quote"], entry["context"]))
    return {"schema": SCHEMA, "accepted": accepted}
