"""What the sentence model looks at: facts, wording, place in the report. Every feature is in about [0, 3]."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from jingwei.judge.background_clauses import counts_before
from jingwei.judge.facts import unit_names
from jingwei.judge.facts_documents import superior_documents
from jingwei.model import BoolArray, Fact, FloatArray, Report, Sentence

if TYPE_CHECKING:
    from jingwei.judge.background import Background, Survey

FEATURES = (
    "exact",  # log(1 + facts of strength 2 and 3)
    "weak",  # log(1 + facts of strength 1)
    "any_exact",
    "any_number",  # count, amount, rate
    "any_named",  # document, person, place, brand or new way of working
    "any_body",
    "superior_document",
    "prescribed_share",
    "common_share",
    "unusual",  # wording the background does not know as official language, of sentences without a fact
    "plan",  # words of intention
    "done",  # words of completion
    "long",  # log of the length over 40
)
_NUMBER_TYPES = frozenset({"count", "amount", "rate"})
_NAME_TYPES = frozenset({"document", "person", "place", "mechanism"})
_PLAN = re.compile(
    "进一步|继续|要(?!点|求|素|件|务|闻)|将(?!军)|切实|坚持|加强|健全|完善|推进|不断|着力|深化|有待|不够|下一步"
)
_DONE = re.compile("了|共|累计|已|先后|今年|全年|目前|现有|成立|召开|开展|举办|组织|发放|完成|我镇|我乡|我街道|本镇")


def features(
    report: Report,
    facts: Sequence[Fact],
    hidden: BoolArray,
    background: Background | None,
    survey: Survey | None = None,
) -> FloatArray:
    """One row per sentence, one column per name in :data:`FEATURES`; ``survey`` saves asking the background again."""
    structure = report.structure
    clean = structure.clean
    own, superior = unit_names(report.profile)
    if survey is None and background is not None:
        survey = background.survey(clean)
    table = np.zeros((len(structure.sentences), len(FEATURES)), dtype=np.float64)
    ordered = sorted(facts, key=lambda fact: fact.start)
    begins = [fact.start for fact in ordered]
    prescribed = counts_before(hidden)
    common = counts_before(survey.common) if survey is not None else [0] * (len(clean) + 1)
    unusual = _unusual(survey, structure.sentences)
    plans, dones = (_places_of(pattern, clean.text) for pattern in (_PLAN, _DONE))
    for row, sentence in enumerate(structure.sentences):
        low, high = sentence.clean_start, sentence.clean_end
        here = ordered[bisect_left(begins, sentence.start) : bisect_left(begins, sentence.end)]
        exact = sum(fact.strength >= 2 for fact in here)
        size = max(high - low, 1)
        kinds = {fact.type for fact in here}
        table[row] = (
            exact,
            len(here) - exact,
            exact > 0,
            not kinds.isdisjoint(_NUMBER_TYPES),
            not kinds.isdisjoint(_NAME_TYPES),
            "body" in kinds,
            superior_documents(clean.text, low, high, own, superior) > 0,
            (prescribed[high] - prescribed[low]) / size,
            (common[high] - common[low]) / size,
            0.0 if here else unusual[row],
            min((bisect_left(plans, high) - bisect_left(plans, low)) / size * 40, 3.0),
            min((bisect_left(dones, high) - bisect_left(dones, low)) / size * 40, 3.0),
            max(size, 10) / 40,
        )
    table[:, :2] = np.log1p(table[:, :2])
    table[:, -1] = np.log(table[:, -1])
    return table


def _places_of(pattern: re.Pattern[str], text: str) -> list[int]:
    """Where the words stand in the whole text; none of them reaches over the mark that ends a sentence."""
    return [match.start() for match in pattern.finditer(text)]


def _unusual(survey: Survey | None, sentences: Sequence[Sentence]) -> list[float]:
    """0 for official language or an unknown background, up to 1 for a long sentence of wording it does not know."""
    if survey is None:
        return [0.0] * len(sentences)
    total, generic = counts_before(survey.letters), counts_before(survey.generic & survey.letters)
    shares = []
    for sentence in sentences:
        letters = total[sentence.clean_end] - total[sentence.clean_start]
        known = (generic[sentence.clean_end] - generic[sentence.clean_start]) / letters if letters else 1.0
        shares.append(max(0.0, 0.5 - known) * 2 * min(letters / 25, 1.0))
    return shares
