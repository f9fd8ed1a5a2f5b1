"""What the sentence model looks at: facts, wording, place in the report. Every feature is in about [0, 3]."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from jingwei.judge.facts import unit_names
from jingwei.judge.facts_documents import superior_documents
from jingwei.model import BoolArray, Fact, FloatArray, Report

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
_PLAN = re.compile(
    "进一步|继续|要(?!点|求|素|件|务|闻)|将(?!军)|切实|坚持|加强|健全|完善|推进|不断|着力|深化|有待|不够|下一步"
)
_DONE = re.compile("了|共|累计|已|先后|今年|全年|目前|现有|成立|召开|开展|举办|组织|发放|完成|我镇|我乡|我街道|本镇")


def features(report: Report, facts: Sequence[Fact], hidden: BoolArray, background: Background | None) -> FloatArray:
    """One row per sentence, one column per name in :data:`FEATURES`."""
    structure = report.structure
    clean = structure.clean
    own, superior = unit_names(report.profile)
    survey = background.survey(clean) if background is not None else None
    nothing = np.zeros(len(clean), dtype=np.bool_)
    common = survey.common if survey is not None else nothing
    table = np.zeros((len(structure.sentences), len(FEATURES)), dtype=np.float64)
    ordered = sorted(facts, key=lambda fact: fact.start)
    begins = [fact.start for fact in ordered]
    for row, sentence in enumerate(structure.sentences):
        low, high = sentence.clean_start, sentence.clean_end
        here = ordered[bisect_left(begins, sentence.start) : bisect_left(begins, sentence.end)]
        exact = sum(fact.strength >= 2 for fact in here)
        size = max(high - low, 1)
        table[row] = (
            np.log1p(exact),
            np.log1p(len(here) - exact),
            float(exact > 0),
            float(any(fact.type in {"count", "amount", "rate"} for fact in here)),
            float(any(fact.type in {"document", "person", "place", "mechanism"} for fact in here)),
            float(any(fact.type == "body" for fact in here)),
            float(superior_documents(clean.text, low, high, own, superior) > 0),
            float(hidden[low:high].mean()) if high > low else 0.0,
            float(common[low:high].mean()) if high > low else 0.0,
            _unusual(survey, low, high) if not here else 0.0,
            min(len(_PLAN.findall(clean.text, low, high)) / size * 40, 3.0),
            min(len(_DONE.findall(clean.text, low, high)) / size * 40, 3.0),
            float(np.log(max(size, 10) / 40)),
        )
    return table


def _unusual(survey: Survey | None, low: int, high: int) -> float:
    """0 for official language or an unknown background, up to 1 for a long sentence of wording it does not know."""
    letters = int(survey.letters[low:high].sum()) if survey is not None else 0
    if survey is None or not letters:
        return 0.0
    known = float((survey.generic[low:high] & survey.letters[low:high]).sum()) / letters
    return max(0.0, 0.5 - known) * 2 * min(letters / 25, 1.0)
