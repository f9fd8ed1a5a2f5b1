"""The nouns: frozen values that pass between the rooms.

All offsets are Unicode code points into ``Document.text``, half-open, unless a name says otherwise.
Counts are of non-whitespace characters. Shares are in [0, 1].
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

import numpy as np
import numpy.typing as npt
from msgspec import Struct, field

IntArray = npt.NDArray[np.int32]
BoolArray = npt.NDArray[np.bool_]
FloatArray = npt.NDArray[np.float64]

Kind = Literal["mandated", "recycled", "copied", "formulaic", "local", "own"]
KINDS: tuple[Kind, ...] = ("mandated", "recycled", "copied", "formulaic", "local", "own")
Severity = Literal["error", "warning", "note"]
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "note")
Role = Literal["peer", "authority"]
Relation = Literal["peer", "common_source", "previous", "authority"]
BlockRole = Literal["furniture", "title", "salutation", "heading", "run_in", "body", "signature", "date", "attachment"]


# ---------------------------------------------------------------- sources


class ReadingNote(Struct, frozen=True):
    """Something the reader of a file noticed: hidden text, OCR, scanned pages, a lossy decoding.

    ``start``/``end`` are null when the note concerns the whole document.
    """

    code: str
    message: str
    start: int | None = None
    end: int | None = None
    message_en: str = ""


class Document(Struct, frozen=True):
    r"""One readable file. ``text`` has \n newlines; for .txt and .md nothing else was changed.

    ``path`` is what the user sees (escaped by the views, not here); a member of an archive is ``a.zip/名.docx``.
    ``hints`` are facts the container states (``title``, ``date``, ``source``); ``confidence`` is "low" after OCR.
    """

    path: str
    sha256: str
    format: str
    text: str
    notes: tuple[ReadingNote, ...] = ()
    hints: Mapping[str, str] = field(default_factory=dict)
    confidence: Literal["normal", "low"] = "normal"


class Skipped(Struct, frozen=True):
    """A file that gave no text, with a fixed reason word and a sentence for the user."""

    path: str
    reason: str
    message: str
    message_en: str = ""


# ---------------------------------------------------------------- text


class TracedText(Struct, frozen=True):
    """Characters together with the raw range each one came from.

    ``starts[i]:ends[i]`` is the range in ``Document.text`` of ``text[i]``; both arrays have ``len(text)`` items
    and do not decrease.
    """

    text: str
    starts: IntArray
    ends: IntArray

    def __len__(self) -> int:
        return len(self.text)

    def raw_range(self, start: int, end: int) -> tuple[int, int]:
        """Raw range of ``text[start:end]``; an empty slice gives an empty range at its place."""
        if start >= end:
            at = int(self.starts[start]) if start < len(self.text) else (int(self.ends[-1]) if self.text else 0)
            return at, at
        return int(self.starts[start]), int(self.ends[end - 1])

    def slice(self, start: int, end: int) -> TracedText:
        """The part ``text[start:end]`` with its addresses."""
        return TracedText(self.text[start:end], self.starts[start:end], self.ends[start:end])


class Block(Struct, frozen=True):
    """One stretch of the raw text with its role in an official document. ``level`` is 1–4 for headings, else 0."""

    start: int
    end: int
    role: BlockRole
    level: int = 0


class Section(Struct, frozen=True):
    """From a heading to the next one of its level or above. ``part`` is 1–5 (Art. 25 ①–⑤) or null."""

    start: int
    end: int
    level: int
    title: str
    part: int | None = None


class Paragraph(Struct, frozen=True):
    """A body paragraph. ``ranges`` are its raw pieces (several when a page end split it)."""

    start: int
    end: int
    section: int | None
    ranges: tuple[tuple[int, int], ...]
    clean_start: int
    clean_end: int


class Sentence(Struct, frozen=True):
    """A body sentence; ``clean_start:clean_end`` index ``Structure.clean``."""

    start: int
    end: int
    section: int | None
    paragraph: int
    clean_start: int
    clean_end: int


class Damage(Struct, frozen=True):
    """Extraction damage recognised while cleaning: never the writer's fault.

    ``code``: ocr_space, page_break_split, lost_character, web_chrome, markdown_artifact, numbering_lost, radical.
    """

    code: str
    start: int
    end: int
    note: str = ""


class Structure(Struct, frozen=True):
    r"""What the text room knows of a document.

    ``clean`` holds the body paragraphs joined by "\\n", spaces inside Chinese dropped, split lines joined,
    every character with its raw address. ``body`` flags, per raw character, the counted body characters
    (non-whitespace, not furniture, not heading).
    """

    blocks: tuple[Block, ...]
    sections: tuple[Section, ...]
    paragraphs: tuple[Paragraph, ...]
    sentences: tuple[Sentence, ...]
    clean: TracedText
    body: BoolArray
    damage: tuple[Damage, ...] = ()


# ---------------------------------------------------------------- lexicon


class Place(Struct, frozen=True):
    """An administrative place; ``candidates`` are the codes it may be when the name is not unique."""

    name: str
    province: str | None = None
    city: str | None = None
    county: str | None = None
    town: str | None = None
    code: str | None = None
    candidates: tuple[str, ...] = ()


class Profile(Struct, frozen=True):
    """Who wrote the report, of which year. ``unit`` = place + organ, null when unknown (never equal to anything).

    ``level``: 省 市 县 乡 镇 街道 部门 示范区, or null. ``organ``: 人民政府, 司法局 … or null.
    ``year`` is the year reported on, ``date`` the date of writing (ISO) where stated.
    """

    title: str | None = None
    place: Place | None = None
    organ: str | None = None
    unit: str | None = None
    level: str | None = None
    year: int | None = None
    date: str | None = None
    issuer: str | None = None
    number: str | None = None
    signer: str | None = None
    addressee: str | None = None


class PhraseHit(Struct, frozen=True):
    """A stretch that a dated lexicon entry explains as prescribed wording.

    ``status``: current | early | late | repealed | unknown, against the report's year;
    ``strength``: hard | medium | soft (DOMAIN §4); ``exact`` is false for a slightly wrong official name,
    which ``note`` explains. ``since`` and ``until``: ISO days or months of its validity; empty means unbounded.
    """

    start: int
    end: int
    entry: str
    group: str
    canonical: str
    status: Literal["current", "early", "late", "repealed", "unknown"] = "current"
    strength: Literal["hard", "medium", "soft", ""] = ""
    exact: bool = True
    note: str = ""
    source: str = ""
    since: str = ""
    until: str = ""


class PlaceHit(Struct, frozen=True):
    """A place name found in the text and its relation to the reporting unit.

    ``relation``: own | superior | subordinate | neighbour (same county or city) | foreign | ambiguous.
    """

    start: int
    end: int
    name: str
    level: str
    relation: Literal["own", "superior", "subordinate", "neighbour", "foreign", "ambiguous"]
    codes: tuple[str, ...] = ()


class Report(Struct, frozen=True):
    """A document read and understood: structure and profile."""

    document: Document
    structure: Structure
    profile: Profile


# ---------------------------------------------------------------- library and match


class Entry(Struct, frozen=True):
    """A report as the engine and the library hold it: text, body ranges, who and when.

    ``body`` has shape (n, 3): raw start, raw end, number of the paragraph the piece belongs to.
    """

    path: str
    sha256: str
    text: str
    body: IntArray
    title: str | None = None
    place: Place | None = None
    unit: str | None = None
    level: str | None = None
    year: int | None = None
    date: str | None = None
    role: Role = "peer"


class LibrarySummary(Struct, frozen=True):
    """What stands behind a comparison; ``path`` null and ``reports`` 0 when there is no library.

    ``previous``: paths of the unit's earlier reports that the user named beside the library; ``previous_unused``: those
    named in vain, with the content of the draft, of its year or of a later one.
    """

    path: str | None = None
    reports: int = 0
    places: int = 0
    years: tuple[int, ...] = ()
    authority: int = 0
    previous: tuple[str, ...] = ()
    previous_unused: tuple[str, ...] = ()


class EqualRun(Struct, frozen=True):
    """Equal characters on both sides: raw ranges of the left and the right text."""

    left_start: int
    left_end: int
    right_start: int
    right_end: int


class Passage(Struct, frozen=True):
    """A shared passage: raw ranges on both sides. ``equal_chars`` counts only equal non-whitespace characters."""

    left_start: int
    left_end: int
    right_start: int
    right_end: int
    equal_chars: int
    runs: tuple[EqualRun, ...] = ()


class SourceRef(Struct, frozen=True):
    """A report that a passage was found in. ``number`` is its place in the library or batch, ``where`` the place whole."""

    number: int
    report: str
    sha256: str
    title: str | None
    place: str | None
    unit: str | None
    level: str | None
    year: int | None
    date: str | None
    role: Role
    where: Place | None = None


class SourceMatch(Struct, frozen=True):
    """All verified passages (at least the minimum run long) between one report (left) and one source (right)."""

    source: SourceRef
    text: str
    passages: tuple[Passage, ...]


class Evidence(Struct, frozen=True):
    """What matching found for one report; symmetric, no blame.

    ``units`` gives per raw character the number of distinct *other* units that share a run of the minimum length
    containing it (exact up to the aligned candidates, from document frequencies beyond them). ``compared``: so many
    reports of the library are others, neither the report itself nor left out; 0 means that nothing was compared.
    """

    matches: tuple[SourceMatch, ...]
    units: IntArray
    library: LibrarySummary
    left_out: tuple[str, ...] = ()
    compared: int = 0


class Slot(Struct, frozen=True):
    """A place in a template that differs between reports. ``type``: 地 数 年 日期 机构 文件 人 文字."""

    type: str
    fillers: tuple[str, ...]


class FamilyMember(Struct, frozen=True):
    """One occurrence of a family: report number in the batch or library, raw range, fillers by slot."""

    report: int
    start: int
    end: int
    fillers: tuple[tuple[int, int], ...]


class Family(Struct, frozen=True):
    """Near-identical masked sentences: a template with typed slots, counted by distinct places and years."""

    template: str
    slots: tuple[Slot, ...]
    members: tuple[FamilyMember, ...]
    reports: int
    places: int
    years: tuple[int, ...]


class Pair(Struct, frozen=True):
    """Two reports of a batch (numbers, left < right) with their verified passages and likeness figures."""

    left: int
    right: int
    passages: tuple[Passage, ...]
    tfidf_cosine: float
    minhash_jaccard: float


# ---------------------------------------------------------------- judge


class Fact(Struct, frozen=True):
    """One counted or named local thing. ``strength`` 1–3 (DOMAIN §7).

    ``clause_start:clause_end`` is the comma-clause (or the part of it) that carries the fact and becomes ``local``.
    """

    start: int
    end: int
    type: str
    strength: int
    text: str
    clause_start: int
    clause_end: int


class Reason(Struct, frozen=True):
    """Why a span has its kind, in both languages; ``code`` is stable for programs."""

    code: str
    zh: str
    en: str


class Span(Struct, frozen=True):
    """Body characters of one kind with their reason."""

    start: int
    end: int
    kind: Kind
    because: Reason


class Source(Struct, frozen=True):
    """The other side of a match, as shown."""

    report: str
    place: str | None
    year: int | None
    start: int
    end: int
    text: str
    title: str | None = None
    equal_chars: int = 0
    unit: str | None = None


class Match(Struct, frozen=True):
    """A passage that counts: best source first, others under ``also``.

    ``effective_chars`` = equal characters neither mandated nor common. ``runs`` align left with the best source.
    ``equal_figures``: figures that agree one by one in a row no accident explains; 0 where there is no such row.
    """

    start: int
    end: int
    equal_chars: int
    effective_chars: int
    relation: Relation
    source: Source
    also: tuple[Source, ...] = ()
    runs: tuple[EqualRun, ...] = ()
    equal_figures: int = 0


class Excluded(Struct, frozen=True):
    """Shared but prescribed or common wording: why it does not count.

    ``places``: so many other units at least share every character of it; null where not counted.
    """

    start: int
    end: int
    reason: str
    places: int | None
    reason_en: str = ""


class SentenceJudgement(Struct, frozen=True):
    """``specificity`` in [0, 1]: how sure we are that the sentence states a local fact."""

    start: int
    end: int
    section: int | None
    specificity: float
    specific: bool


class Counts(Struct, frozen=True):
    """Non-whitespace body characters behind every number."""

    body: int = 0
    mandated: int = 0
    recycled: int = 0
    copied: int = 0
    formulaic: int = 0
    local: int = 0
    own: int = 0
    matched_13: int = 0
    facts: int = 0


class Scores(Struct, frozen=True):
    """PRODUCT.md, Scores. Null where the denominator is 0."""

    originality: float | None
    overlap_total: float | None
    overlap_effective: float | None
    overlap_max_source: float | None
    longest_run_chars: int
    recycled_rate: float | None
    fact_density: float | None
    originality_is_upper_bound: bool = False


class Finding(Struct, frozen=True):
    """One thing to mend or to check. ``start``/``end`` null for a whole-document finding.

    ``evidence`` is a plain mapping of strings, numbers and lists that proves the finding.
    """

    code: str
    severity: Severity
    start: int | None
    end: int | None
    quote: str
    message: str
    evidence: Mapping[str, Any] = field(default_factory=dict)
    suggestion: str = ""
    message_en: str = ""
    suggestion_en: str = ""


class Standing(Struct, frozen=True):
    """A calibration shown next to a number: where it stands among real reports of its kind."""

    measure: str
    percentile: float | None
    sample: int
    zh: str
    en: str


class Assessment(Struct, frozen=True):
    """Everything known of one report: what `score`, `check` and the pages show (schema jingwei/report@1)."""

    report: Report
    library: LibrarySummary
    counts: Counts
    scores: Scores
    spans: tuple[Span, ...]
    sentences: tuple[SentenceJudgement, ...]
    facts: tuple[Fact, ...]
    matches: tuple[Match, ...]
    excluded: tuple[Excluded, ...]
    findings: tuple[Finding, ...]
    settings: Mapping[str, Any]
    lexicon: str
    version: str
    standings: tuple[Standing, ...] = ()
    left_out: tuple[str, ...] = ()
    versions: tuple[str, ...] = ()  # reports of the same unit and year that share text: compared, never counted


class PairAssessment(Struct, frozen=True):
    """A pair of a batch as shown: ids of `reports`, shares of each side, matches from the left report's view.

    ``counted`` is the report that ``overlap_effective`` = ``overlap_effective_chars`` / ``judged_chars`` is of (the
    later one; of two of a year the one where it weighs more); ``overlap_total`` = ``overlap_total_chars`` /
    ``body_chars``.
    """

    left: str
    right: str
    overlap_effective: float | None
    overlap_total: float | None
    left_share: float | None
    right_share: float | None
    longest_run_chars: int
    tfidf_cosine: float
    minhash_jaccard: float
    relation: str
    matches: tuple[Match, ...]
    counted: str = ""
    overlap_effective_chars: int = 0
    judged_chars: int = 0
    overlap_total_chars: int = 0
    body_chars: int = 0


class Duplicate(Struct, frozen=True):
    """Two documents whose masked shingles have Jaccard ≥ the duplicate threshold."""

    left: str
    right: str
    jaccard: float


class OriginGroup(Struct, frozen=True):
    """疑似同源组: reports that share one common_source passage, with an excerpt of it."""

    reports: tuple[str, ...]
    reason: str
    reason_en: str = ""
    excerpt: str = ""


class Comparison(Struct, frozen=True):
    """A batch compared with itself (schema jingwei/compare@1).

    ``ids[i]`` names ``assessments[i]``; ``matrix`` is the symmetric report × report overlap in [0, 1] of input order;
    ``order`` is the cluster order of the rows; ``terms[i]`` are the distinctive words of report i.
    """

    ids: tuple[str, ...]
    assessments: tuple[Assessment, ...]
    pairs: tuple[PairAssessment, ...]
    duplicates: tuple[Duplicate, ...]
    families: tuple[Family, ...]
    groups: tuple[OriginGroup, ...]
    skipped: tuple[Skipped, ...]
    matrix: FloatArray
    order: tuple[int, ...]
    terms: tuple[tuple[str, ...], ...]
    library: LibrarySummary
    settings: Mapping[str, Any]
    lexicon: str
    version: str
