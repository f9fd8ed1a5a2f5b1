"""SARIF 2.1.0 of the findings, so that editors and CI can show them (OASIS 2020; ``columnKind: unicodeCodePoints``)."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import quote

from jingwei.model import Assessment, Finding, Skipped
from jingwei.report.finding_labels import FINDING_LABELS
from jingwei.report.terminal import LineFinder
from jingwei.report.words import LOW_CONFIDENCE

_LEVELS = {"error": "error", "warning": "warning", "note": "note"}


def sarif_log(found: Sequence[Assessment | Skipped]) -> dict[str, Any]:
    """One run with all drafts; files that could not be read are tool notifications."""
    assessments = [a for a in found if isinstance(a, Assessment)]
    codes = sorted({f.code for a in assessments for f in a.findings})
    version = assessments[0].version if assessments else ""
    return {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [
            {
                "tool": {"driver": {"name": "jingwei", "version": version, "rules": [_rule(c) for c in codes]}},
                "columnKind": "unicodeCodePoints",
                "results": [r for a in assessments for r in _results(a)],
                "invocations": [
                    {
                        "executionSuccessful": True,
                        "toolExecutionNotifications": [
                            {"level": "warning", "message": {"text": f"{s.path}：{s.message}"}}
                            for s in found
                            if isinstance(s, Skipped)
                        ],
                    }
                ],
            }
        ],
    }


def _rule(code: str) -> dict[str, Any]:
    name = FINDING_LABELS[code]
    return {"id": code, "name": name.en, "shortDescription": {"text": name.zh}}


def _results(assessment: Assessment) -> list[dict[str, Any]]:
    document = assessment.report.document
    lines = LineFinder(document.text)
    uri = quote(PurePosixPath(document.path).as_posix())
    reading = f"（本文件{LOW_CONFIDENCE.zh}）" if document.confidence == "low" else ""
    return [_result(f, uri, document.text, lines, reading) for f in assessment.findings]


def _result(finding: Finding, uri: str, text: str, lines: LineFinder, reading: str) -> dict[str, Any]:
    message = finding.message + (f" 建议：{finding.suggestion}" if finding.suggestion else "") + reading
    location: dict[str, Any] = {"artifactLocation": {"uri": uri}}
    if finding.start is not None and finding.end is not None:
        location["region"] = {
            "startLine": lines.line(finding.start),
            "startColumn": _column(text, finding.start),
            "endLine": lines.line(finding.end),
            "endColumn": _column(text, finding.end),
            "charOffset": finding.start,
            "charLength": finding.end - finding.start,
        }
    return {
        "ruleId": finding.code,
        "level": _LEVELS[finding.severity],
        "message": {"text": message},
        "locations": [{"physicalLocation": location}],
    }


def _column(text: str, offset: int) -> int:
    return offset - (text.rfind("\n", 0, offset) + 1) + 1
