"""What the sentence model looks at: facts, wording, place in the report. Every feature is in about [0, 3]."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from jingwei.judge.facts import unit_names
from jingwei.judge.facts_documents import superior_documents
from jingwei.judge.ranges import counts_before
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
IndexArray = npt.NDArray[np.int64]
_TITLE_OPENS = re.compile("《")
# type of a fact -> column of its group
_GROUPS = {
    **dict.fromkeys(("count", "amount", "rate"), FEATURES.index("any_number")),
    **dict.fromkeys(("document", "person", "place", "mechanism"), FEATURES.index("any_named")),
    "body": FEATURES.index("any_body"),
}
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
    clean, sentences = structure.clean, structure.sentences
    table = np.zeros((len(sentences), len(FEATURES)), dtype=np.float64)
    if not sentences:
        return table
    if survey is None and background is not None:
        survey = background.survey(clean)
    lows = np.array([s.clean_start for s in sentences])
    highs = np.array([s.clean_end for s in sentences])
    sizes = np.maximum(highs - lows, 1)
    table[:, :6] = _facts_of(facts, sentences)
    table[:, 6] = _superior_documents(report, lows, highs)
    table[:, 7] = _inside(hidden, lows, highs) / sizes
    if survey is not None:
        table[:, 8] = _inside(survey.common, lows, highs) / sizes
        table[:, 9] = np.where(table[:, :2].any(axis=1), 0.0, _unusual(survey, lows, highs))
    for column, pattern in ((10, _PLAN), (11, _DONE)):
        # none of the words reaches over the mark that ends a sentence
        places = np.array([match.start() for match in pattern.finditer(clean.text)])
        found = np.searchsorted(places, highs) - np.searchsorted(places, lows)
        table[:, column] = np.minimum(found / sizes * 40, 3.0)
    table[:, :2] = np.log1p(table[:, :2])
    table[:, 12] = np.log(np.maximum(sizes, 10) / 40)
    return table


def _facts_of(facts: Sequence[Fact], sentences: Sequence[Sentence]) -> FloatArray:
    """Exact and weak facts of each sentence, whether any is exact, and whether any is of each group of types."""
    size = len(sentences)
    found = np.zeros((size, 6), dtype=np.float64)
    if not facts:
        return found
    stated = np.array([fact.start for fact in facts], dtype=np.int64)
    exact = np.array([fact.strength for fact in facts], dtype=np.int64) >= 2
    group = np.array([_GROUPS.get(fact.type, 0) for fact in facts], dtype=np.int64)
    begins = np.array([s.start for s in sentences], dtype=np.int64)
    ends = np.array([s.end for s in sentences], dtype=np.int64)
    rows = np.searchsorted(begins, stated, side="right") - 1
    inside = np.flatnonzero((rows >= 0) & (stated < ends[rows]))
    rows, exact, group = rows[inside], exact[inside], group[inside]
    of_all = np.bincount(rows, minlength=size)
    found[:, 0] = np.bincount(rows[exact], minlength=size)
    found[:, 1] = of_all - found[:, 0]
    found[:, 2] = found[:, 0] > 0
    grouped = np.flatnonzero(group)
    found[rows[grouped], group[grouped]] = 1
    return found


def _superior_documents(report: Report, lows: IndexArray, highs: IndexArray) -> list[float]:
    """1 for each sentence that names a document of a local superior."""
    text = report.structure.clean.text
    own, superior = unit_names(report.profile)
    found = [0.0] * len(lows)
    opened = [m.start() for m in _TITLE_OPENS.finditer(text)]
    for row in set((np.searchsorted(lows, opened, side="right") - 1).tolist()):  # np.unique would load numpy.ma
        if row >= 0:
            found[row] = float(superior_documents(text, int(lows[row]), int(highs[row]), own, superior) > 0)
    return found


def _inside(marks: BoolArray, lows: IndexArray, highs: IndexArray) -> IndexArray:
    """How many of the marks lie in each range."""
    before = counts_before(marks)
    return before[highs] - before[lows]


def _unusual(survey: Survey, lows: IndexArray, highs: IndexArray) -> FloatArray:
    """0 for official language, up to 1 for a long sentence of wording the background does not know."""
    letters = _inside(survey.letters, lows, highs)
    generic = _inside(survey.generic & survey.letters, lows, highs)
    known = np.where(letters > 0, generic / np.maximum(letters, 1), 1.0)
    return np.asarray(np.maximum(0.0, 0.5 - known) * 2 * np.minimum(letters / 25, 1.0))
