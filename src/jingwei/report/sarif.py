"""SARIF 2.1.0 of the findings, so that editors and CI can show them (OASIS 2020; ``columnKind: unicodeCodePoints``)."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import quote

from jingwei.model import Assessment, Finding, Skipped
from jingwei.report.finding_labels import FINDING_LABELS
from jingwei.report.paper import LineFinder
from jingwei.report.words import LOW_CONFIDENCE

_LEVELS = {"error": "error", "warning": "warning", "note": "note"}


def sarif_log(found: Sequence[Assessment | Skipped], language: str = "zh") -> dict[str, Any]:
    """One run with all drafts, in the language of the reader; files that could not be read are tool notifications."""
    english = language == "en"
    assessments = [a for a in found if isinstance(a, Assessment)]
    codes = sorted({f.code for a in assessments for f in a.findings})
    version = assessments[0].version if assessments else ""
    return {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {"name": "jingwei", "version": version, "rules": [_rule(c, language) for c in codes]}
                },
                "columnKind": "unicodeCodePoints",
                "results": [r for a in assessments for r in _results(a, language)],
                "invocations": [
                    {
                        "executionSuccessful": True,
                        "toolExecutionNotifications": [
                            {"level": "warning", "message": {"text": _unread(s, english=english)}}
                            for s in found
                            if isinstance(s, Skipped)
                        ],
                    }
                ],
            }
        ],
    }


def _unread(skipped: Skipped, *, english: bool) -> str:
    if english:
        return f"{skipped.path}: {skipped.message_en or skipped.message}"
    return f"{skipped.path}：{skipped.message}"


def _rule(code: str, language: str) -> dict[str, Any]:
    name = FINDING_LABELS[code]
    return {"id": code, "name": name.en, "shortDescription": {"text": name.text(language)}}


def _results(assessment: Assessment, language: str) -> list[dict[str, Any]]:
    document = assessment.report.document
    lines = LineFinder(document.text)
    uri = quote(PurePosixPath(document.path).as_posix())
    reading = ""
    if document.confidence == "low":
        reading = f" (this file: {LOW_CONFIDENCE.en})" if language == "en" else f"（本文件{LOW_CONFIDENCE.zh}）"
    return [
        _result(f, uri, document.text, lines, _message(f, english=language == "en") + reading)
        for f in assessment.findings
    ]


def _message(finding: Finding, *, english: bool) -> str:
    if english:
        advice = finding.suggestion_en or finding.suggestion
        return (finding.message_en or finding.message) + (f" To do: {advice}" if advice else "")
    return finding.message + (f" 建议：{finding.suggestion}" if finding.suggestion else "")


def _result(finding: Finding, uri: str, text: str, lines: LineFinder, message: str) -> dict[str, Any]:
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
