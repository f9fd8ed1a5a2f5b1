"""One report from document to assessment: the order of steps, and no work.

``prepare`` finds everything known without other reports; ``assess`` adds the evidence of others and judges.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from msgspec import Struct

from jingwei import __version__
from jingwei.judge.case import Case
from jingwei.judge.judge import SourceTally, Verdict, judge
from jingwei.lexicon.identity import identify
from jingwei.lexicon.phrases import find_phrases, lexicon_version
from jingwei.lexicon.places import find_places
from jingwei.lexicon.places_own import own_places
from jingwei.lexicon.titles import find_titles, title_names_unit, unit_names
from jingwei.model import (
    Assessment,
    BoolArray,
    Document,
    Entry,
    Evidence,
    Fact,
    Finding,
    FloatArray,
    PhraseHit,
    PlaceHit,
    Profile,
    Report,
    Role,
    SentenceJudgement,
    Skipped,
    Structure,
)
from jingwei.settings import Settings
from jingwei.text import body_ranges, read_structure


class Prepared(Struct, frozen=True):
    """One report with all that needs no other report. Masks are per raw character."""

    report: Report
    phrases: tuple[PhraseHit, ...]
    places: tuple[PlaceHit, ...]
    facts: tuple[Fact, ...]
    specificity: FloatArray
    background_common: BoolArray
    generic: BoolArray
    generic_note: dict[int, tuple[str, str]]


def parse(
    document: Document, settings: Settings, *, unit: str | None = None, year: int | None = None
) -> Report | Skipped:
    """Structure and profile of a document; too short a body is a skip."""
    structure = read_structure(document)
    if int(np.count_nonzero(structure.body)) < settings.sources.min_body_chars:
        return Skipped(
            document.path,
            "too_short",
            f"正文不足{settings.sources.min_body_chars}字（sources.min_body_chars），无法比对",
            f"fewer than {settings.sources.min_body_chars} body characters (sources.min_body_chars)",
        )
    return Report(document, structure, profile_of(document, structure, settings, unit=unit, year=year))


def profile_of(
    document: Document, structure: Structure, settings: Settings, *, unit: str | None = None, year: int | None = None
) -> Profile:
    """Who wrote the document, of which year; what the user names, and the user's own places, count first."""
    return identify(document, structure, unit=unit, year=year, extra=own_places(settings.places))


def entry_of(report: Report, role: Role = "peer") -> Entry:
    """What the engine and the library keep of a report."""
    d, p = report.document, report.profile
    return Entry(
        d.path, d.sha256, d.text, body_ranges(report.structure), p.title, p.place, p.unit, p.level, p.year, p.date, role
    )


def prepare(report: Report, settings: Settings) -> Prepared:
    """Phrases, places, facts, specificity and background masks of one report."""
    from jingwei.judge.background import load_background
    from jingwei.judge.facts import find_facts
    from jingwei.judge.ranges import counts_before
    from jingwei.judge.specific import specificity

    structure, profile = report.structure, report.profile
    clean = structure.clean
    names = unit_names(profile)
    titles = [t for t in find_titles(clean) if not title_names_unit(report.document.text[t.start : t.end], names)]
    phrases = (*find_phrases(clean, profile.year), *titles)
    places = find_places(clean, profile, own_places(settings.places))
    facts = find_facts(report, phrases, places)
    background = load_background() if settings.judge.background else None
    survey = background.survey(clean) if background is not None else None
    specific = specificity(report, facts, phrases, background, survey)
    length = len(report.document.text)
    notes: dict[int, tuple[str, str]] = {}
    if survey is None:
        common = generic = np.zeros(length, dtype=np.bool_)
    else:
        certain = specific >= settings.judge.specific_threshold
        common = _to_raw(survey.runs, clean.starts, length)
        generic = _to_raw(survey.formulaic(structure.sentences, facts, certain), clean.starts, length)
        before = counts_before(generic)
        first, last = ([getattr(s, edge) for s in structure.sentences] for edge in ("start", "end"))
        some = (before.take(last) > before.take(first)).tolist() if first else []
        notes = survey.notes([s for s, noted in zip(structure.sentences, some, strict=True) if noted])
    return Prepared(report, phrases, places, facts, specific, common, generic, notes)


def assess(
    prepared: Prepared,
    evidence: Evidence,
    settings: Settings,
    *,
    newest: bool = True,
    previous: Sequence[Report] = (),
    reviewed: bool = True,
) -> tuple[Assessment, tuple[SourceTally, ...]]:
    """Judge and review one prepared report; the tallies say what each source has to do with it.

    Without ``reviewed`` there are no findings: a picture shows none, and they are half of the work.
    """
    from jingwei.judge.background_standings import standings

    report = prepared.report
    verdict = judge(_case(prepared, evidence, settings, newest=newest))
    sentences = _sentences(prepared, settings)
    findings = _findings(prepared, verdict, sentences, previous, settings) if reviewed else ()
    assessment = Assessment(
        report,
        evidence.library,
        verdict.counts,
        verdict.scores,
        verdict.spans,
        sentences,
        prepared.facts,
        verdict.matches,
        verdict.excluded,
        findings,
        _shown(settings),
        lexicon_version(),
        __version__,
        standings(verdict.counts, verdict.scores, verdict.counts.body, report.profile.level, verdict.facts_shared),
        evidence.left_out,
        _versions(evidence, verdict.sources),
    )
    return assessment, verdict.sources


def _case(prepared: Prepared, evidence: Evidence, settings: Settings, *, newest: bool) -> Case:
    """What the judge is given."""
    return Case(
        prepared.report,
        evidence,
        prepared.phrases,
        prepared.places,
        prepared.facts,
        prepared.background_common,
        prepared.generic,
        prepared.generic_note,
        newest=newest,
        settings=settings.judge,
    )


def _sentences(prepared: Prepared, settings: Settings) -> tuple[SentenceJudgement, ...]:
    """How sure we are of each sentence that it states a local fact."""
    threshold = settings.judge.specific_threshold
    return tuple(
        [
            SentenceJudgement(s.start, s.end, s.section, round(value, 4), value >= threshold)
            for s, value in zip(prepared.report.structure.sentences, prepared.specificity.tolist(), strict=True)
        ]
    )


def _findings(
    prepared: Prepared,
    verdict: Verdict,
    sentences: tuple[SentenceJudgement, ...],
    previous: Sequence[Report],
    settings: Settings,
) -> tuple[Finding, ...]:
    """What the review has to say."""
    from jingwei.review import review
    from jingwei.review.brief import Brief

    return review(
        Brief(
            report=prepared.report,
            phrases=prepared.phrases,
            places=prepared.places,
            facts=prepared.facts,
            spans=verdict.spans,
            sentences=sentences,
            matches=verdict.matches,
            counts=verdict.counts,
            scores=verdict.scores,
            previous=tuple(previous),
            settings=settings.review,
        )
    )


_SHOWN: dict[str, tuple[Settings, Mapping[str, Any]]] = {}


def _shown(settings: Settings) -> Mapping[str, Any]:
    """The settings as every result shows them: made once a batch, not once a report."""
    last = _SHOWN.get("last")
    if last is None or last[0] is not settings:
        last = _SHOWN["last"] = settings, {"digest": settings.digest(), **settings.as_dict()}
    return last[1]


def _versions(evidence: Evidence, sources: Sequence[SourceTally]) -> tuple[str, ...]:
    """Paths of the sources that are other versions of the same report, sorted."""
    numbers = {s.number for s in sources if s.standing == "version" and s.equal_chars}
    return tuple(sorted({m.source.report for m in evidence.matches if m.source.number in numbers}))


def _to_raw(flags: BoolArray, starts: Any, length: int) -> BoolArray:  # noqa: ANN401 - an int array
    mask = np.zeros(length, dtype=np.bool_)
    mask[starts[np.flatnonzero(flags)]] = True
    return mask
