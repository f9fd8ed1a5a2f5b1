"""JSON of the contract for single reports: schemas jingwei/report@1 and jingwei/skipped@1 (docs/schema.md).

Offsets are Unicode code points into ``document.text``. Keys are only ever added.
"""

from __future__ import annotations

import json
from typing import Any

import msgspec

from jingwei.model import (
    KINDS,
    Assessment,
    Finding,
    LibrarySummary,
    Match,
    Place,
    Skipped,
    Source,
)
from jingwei.report.composition import Composition, Stretch
from jingwei.report.unchecked_label import missed

REPORT_SCHEMA = "jingwei/report@1"
SKIPPED_SCHEMA = "jingwei/skipped@1"
SHARE_DIGITS = 6


def dump_json(value: object, *, indent: int | None = None) -> str:
    """JSON text with Chinese readable; the same value gives the same bytes. Lone surrogates are escaped.

    Without ``indent`` on one line and without spaces, as programs read it: 60 MB of a large batch in a quarter second.
    """
    try:
        text = msgspec.json.encode(value, enc_hook=_plain)
    except UnicodeEncodeError:
        return json.dumps(value, ensure_ascii=True, indent=indent, allow_nan=False)
    return (text if indent is None else msgspec.json.format(text, indent=indent)).decode()


def _plain(value: object) -> object:
    """A share as arrays give it (a kind of float that the encoder does not know) as a plain number."""
    if isinstance(value, float):
        return float(value)
    raise TypeError(f"{type(value).__name__} has no place in JSON")


def skipped_json(skipped: Skipped) -> dict[str, Any]:
    """A file that could not be read."""
    return {
        "schema": SKIPPED_SCHEMA,
        "path": skipped.path,
        "reason": skipped.reason,
        "message": skipped.message,
        "message_en": skipped.message_en,
    }


def report_json(assessment: Assessment) -> dict[str, Any]:
    """One report, schema jingwei/report@1."""
    report, composition = assessment.report, Composition(assessment)
    return {
        "schema": REPORT_SCHEMA,
        "jingwei": assessment.version,
        "settings": dict(assessment.settings),
        "lexicon": assessment.lexicon,
        "library": library_json(assessment.library),
        "document": _document(assessment),
        "scores": scores_json(assessment),
        "counts": counts_json(assessment),
        "shares": shares_json(composition.stretch(0, len(report.document.text))),
        "spans": [
            {
                "start": s.start,
                "end": s.end,
                "kind": s.kind,
                "because": s.because.zh,
                "because_en": s.because.en,
                "because_code": s.because.code,
            }
            for s in assessment.spans
        ],
        "sentences": [
            {
                "start": s.start,
                "end": s.end,
                "section": s.section,
                "specificity": s.specificity,
                "specific": s.specific,
                "shares": shares_json(composition.stretch(s.start, s.end)),
            }
            for s in assessment.sentences
        ],
        "paragraphs": [
            {"start": p.start, "end": p.end, "section": p.section, **_stretch(composition.pieces(p.ranges))}
            for p in report.structure.paragraphs
        ],
        "sections": [
            {
                "start": s.start,
                "end": s.end,
                "level": s.level,
                "title": s.title,
                "part": s.part,
                **_stretch(stretch := composition.stretch(s.start, s.end)),
                "fact_density": _density(assessment, s.start, s.end, stretch.body),
            }
            for s in report.structure.sections
        ],
        "facts": [
            {
                "start": f.start,
                "end": f.end,
                "type": f.type,
                "text": report.document.text[f.start : f.end],
                "strength": f.strength,
                "clause_start": f.clause_start,
                "clause_end": f.clause_end,
            }
            for f in assessment.facts
        ],
        "matches": [match_json(m) for m in assessment.matches],
        "excluded": [
            {"start": e.start, "end": e.end, "reason": e.reason, "places": e.places, "reason_en": e.reason_en}
            for e in assessment.excluded
        ],
        "findings": [finding_json(f) for f in assessment.findings],
        "standings": [
            {"measure": s.measure, "percentile": s.percentile, "sample": s.sample, "text": s.zh, "text_en": s.en}
            for s in assessment.standings
        ],
        "damage": [{"code": d.code, "start": d.start, "end": d.end, "note": d.note} for d in report.structure.damage],
        "notes": [
            {"code": n.code, "message": n.message, "start": n.start, "end": n.end, "message_en": n.message_en}
            for n in report.document.notes
        ],
        "left_out": list(assessment.left_out),
        "versions": list(assessment.versions),
        "unchecked": [{"code": one.code, "needs": one.need} for one in missed(assessment)],
    }


def library_json(library: LibrarySummary) -> dict[str, Any]:
    """What stands behind the comparison."""
    return {
        "path": library.path,
        "reports": library.reports,
        "places": library.places,
        "years": list(library.years),
        "authority": library.authority,
        "previous": list(library.previous),
        "previous_unused": list(library.previous_unused),
    }


def scores_json(assessment: Assessment) -> dict[str, Any]:
    """The scores, and whether originality is only an upper bound."""
    s = assessment.scores
    return {
        "originality": s.originality,
        "overlap_total": s.overlap_total,
        "overlap_effective": s.overlap_effective,
        "overlap_max_source": s.overlap_max_source,
        "longest_run_chars": s.longest_run_chars,
        "recycled_rate": s.recycled_rate,
        "fact_density": s.fact_density,
        "originality_is_upper_bound": s.originality_is_upper_bound,
    }


def counts_json(assessment: Assessment) -> dict[str, int]:
    """The characters behind every number."""
    c = assessment.counts
    return {"body": c.body, **{k: getattr(c, k) for k in KINDS}, "matched_13": c.matched_13, "facts": c.facts}


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


def _document(assessment: Assessment) -> dict[str, Any]:
    document, profile = assessment.report.document, assessment.report.profile
    return {
        "path": document.path,
        "sha256": document.sha256,
        "title": profile.title,
        "place": place_json(profile.place),
        "level": profile.level,
        "year": profile.year,
        "date": profile.date,
        "issuer": profile.issuer,
        "number": profile.number,
        "text": document.text,
        "chars": len(document.text),
        "body_chars": assessment.counts.body,
        "unit": profile.unit,
        "organ": profile.organ,
        "signer": profile.signer,
        "addressee": profile.addressee,
        "format": document.format,
        "confidence": document.confidence,
        "blocks": [[b.start, b.end, b.role, b.level] for b in assessment.report.structure.blocks],
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


def shares_json(stretch: Stretch) -> dict[str, float]:
    """Shares in millionths that sum to exactly 1: what rounding down left over goes to the largest remainders."""
    whole = 10**SHARE_DIGITS
    parts = {kind: divmod(stretch.of(kind) * whole, stretch.body or 1) for kind in KINDS}
    left_over = whole - sum(share for share, _ in parts.values()) if stretch.body else 0
    lifted = sorted(KINDS, key=lambda kind: -parts[kind][1])[:left_over]
    return {kind: (parts[kind][0] + (kind in lifted)) / whole for kind in KINDS}


def _stretch(stretch: Stretch) -> dict[str, Any]:
    originality = stretch.originality
    return {
        "originality": None if originality is None else round(originality, SHARE_DIGITS),
        "shares": shares_json(stretch),
        "body_chars": stretch.body,
    }


def _density(assessment: Assessment, start: int, end: int, body_chars: int) -> float | None:
    if not body_chars:
        return None
    facts = sum(1 for f in assessment.facts if start <= f.start < end)
    return round(1000 * facts / body_chars, 4)
