"""JSON of the values that reports and batches both hold: passages with their sources, findings, places."""

from __future__ import annotations

from typing import Any

from jingwei.model import Finding, Match, Place, Source


def match_json(match: Match) -> dict[str, Any]:
    """A passage that counts, with its sources and the equal runs against the best one."""
    return {
        "start": match.start,
        "end": match.end,
        "equal_chars": match.equal_chars,
        "effective_chars": match.effective_chars,
        "equal_figures": match.equal_figures,
        "relation": match.relation,
        "source": _source(match.source),
        "also": [_source(s) for s in match.also],
        "runs": [[r.left_start, r.left_end, r.right_start, r.right_end] for r in match.runs],
    }


def finding_json(finding: Finding) -> dict[str, Any]:
    """One finding of the self-check."""
    return {
        "code": finding.code,
        "severity": finding.severity,
        "start": finding.start,
        "end": finding.end,
        "quote": finding.quote,
        "message": finding.message,
        "evidence": dict(finding.evidence),
        "suggestion": finding.suggestion,
        "message_en": finding.message_en,
        "suggestion_en": finding.suggestion_en,
    }


def place_json(place: Place | None) -> dict[str, Any] | None:
    """A place with its superiors, null where unknown."""
    if place is None:
        return None
    return {
        "name": place.name,
        "province": place.province,
        "city": place.city,
        "county": place.county,
        "town": place.town,
        "code": place.code,
        "candidates": list(place.candidates),
    }


def _source(source: Source) -> dict[str, Any]:
    return {
        "report": source.report,
        "place": source.place,
        "year": source.year,
        "start": source.start,
        "end": source.end,
        "text": source.text,
        "title": source.title,
        "equal_chars": source.equal_chars,
        "unit": source.unit,
    }
