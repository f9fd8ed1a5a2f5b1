"""JSON of the contract for a batch: schema jingwei/compare@1 (docs/schema.md). Keys are only ever added."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from jingwei.model import Assessment, Comparison, Family, PairAssessment
from jingwei.report.composition import whole_report
from jingwei.report.json import (
    SHARE_DIGITS,
    counts_json,
    library_json,
    scores_json,
    shares_json,
)
from jingwei.report.json_parts import finding_json, match_json, place_json

COMPARE_SCHEMA = "jingwei/compare@1"


def comparison_json(comparison: Comparison) -> dict[str, Any]:
    """A batch, schema jingwei/compare@1."""
    return {
        "schema": COMPARE_SCHEMA,
        "jingwei": comparison.version,
        "settings": dict(comparison.settings),
        "lexicon": comparison.lexicon,
        "library": library_json(comparison.library),
        "reports": [
            _batch_report(i, a, t)
            for i, a, t in zip(comparison.ids, comparison.assessments, comparison.terms, strict=True)
        ],
        "pairs": [_pair(p) for p in comparison.pairs],
        "duplicates": [{"left": d.left, "right": d.right, "jaccard": d.jaccard} for d in comparison.duplicates],
        "families": [_family(f, comparison) for f in comparison.families],
        "groups": [
            {"reports": list(g.reports), "reason": g.reason, "reason_en": g.reason_en, "excerpt": g.excerpt}
            for g in comparison.groups
        ],
        "skipped": [
            {"path": s.path, "reason": s.reason, "message": s.message, "message_en": s.message_en}
            for s in comparison.skipped
        ],
        "order": [comparison.ids[i] for i in comparison.order],
    }


def _batch_report(name: str, assessment: Assessment, terms: Sequence[str]) -> dict[str, Any]:
    document, profile = assessment.report.document, assessment.report.profile
    whole = whole_report(assessment)
    return {
        "id": name,
        "path": document.path,
        "sha256": document.sha256,
        "title": profile.title,
        "place": place_json(profile.place),
        "unit": profile.unit,
        "level": profile.level,
        "year": profile.year,
        "confidence": document.confidence,
        "scores": scores_json(assessment),
        "counts": counts_json(assessment),
        "shares": shares_json(whole),
        "findings": [finding_json(f) for f in assessment.findings],
        "terms": list(terms),
    }


def _pair(pair: PairAssessment) -> dict[str, Any]:
    return {
        "left": pair.left,
        "right": pair.right,
        "overlap_effective": pair.overlap_effective,
        "overlap_total": pair.overlap_total,
        "left_share": pair.left_share,
        "right_share": pair.right_share,
        "longest_run_chars": pair.longest_run_chars,
        "tfidf_cosine": round(pair.tfidf_cosine, SHARE_DIGITS),
        "minhash_jaccard": round(pair.minhash_jaccard, SHARE_DIGITS),
        "relation": pair.relation,
        "matches": [match_json(m) for m in pair.matches],
        "counted_report": pair.counted,
        "overlap_effective_chars": pair.overlap_effective_chars,
        "judged_chars": pair.judged_chars,
        "overlap_total_chars": pair.overlap_total_chars,
        "body_chars": pair.body_chars,
    }


def _family(family: Family, comparison: Comparison) -> dict[str, Any]:
    examples = []
    for member in family.members:
        text = comparison.assessments[member.report].report.document.text
        examples.append(
            {
                "report": comparison.ids[member.report],
                "start": member.start,
                "end": member.end,
                "text": text[member.start : member.end],
                "fillers": [text[a:b] for a, b in member.fillers],
            }
        )
    return {
        "template": family.template,
        "slots": [{"type": s.type, "fillers": list(s.fillers)} for s in family.slots],
        "reports": family.reports,
        "places": family.places,
        "years": list(family.years),
        "examples": examples,
    }
