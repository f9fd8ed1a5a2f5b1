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
    LibrarySummary,
    Skipped,
)
from jingwei.report.composition import Composition, Stretch
from jingwei.report.json_parts import finding_json, match_json, place_json
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
    composition = Composition(assessment)
    return {
        "schema": REPORT_SCHEMA,
        "jingwei": assessment.version,
        "settings": dict(assessment.settings),
        "lexicon": assessment.lexicon,
        "library": library_json(assessment.library),
        "document": _document(assessment),
        "scores": scores_json(assessment),
        "counts": counts_json(assessment),
        "shares": shares_json(composition.stretch(0, len(assessment.report.document.text))),
        **_texts(assessment, composition),
        **_evidence(assessment),
        **_reading(assessment),
    }


def _texts(assessment: Assessment, composition: Composition) -> dict[str, Any]:
    """What every stretch of the text is: spans, sentences, paragraphs, sections."""
    report = assessment.report
    return {
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
    }


def _evidence(assessment: Assessment) -> dict[str, Any]:
    """What the judgement rests on: facts, passages, what was not counted, findings, where the report stands."""
    text = assessment.report.document.text
    return {
        "facts": [
            {
                "start": f.start,
                "end": f.end,
                "type": f.type,
                "text": text[f.start : f.end],
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
    }


def _reading(assessment: Assessment) -> dict[str, Any]:
    """What was noticed while reading, and which reports stood aside."""
    report = assessment.report
    return {
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
