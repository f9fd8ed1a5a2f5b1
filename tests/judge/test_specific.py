"""Sentence specificity: a plain logistic model over readable features."""

from __future__ import annotations

import itertools
import json

import numpy as np
import pytest

from jingwei.judge.background import load_background
from jingwei.judge.facts import find_facts
from jingwei.judge.specific import MODEL_FILE, LogisticModel, model, specificity
from jingwei.judge.specific_features import FEATURES, features
from jingwei.model import Document, Paragraph, PhraseHit, Profile, Report, Sentence, Structure, TracedText


def report_of(*sentences: str) -> Report:
    text = "".join(sentences)
    at = np.arange(len(text), dtype=np.int32)
    edges = np.cumsum([0, *(len(s) for s in sentences)])
    structure = Structure(
        (),
        (),
        (Paragraph(0, len(text), None, ((0, len(text)),), 0, len(text)),),
        tuple(Sentence(int(a), int(b), None, 0, int(a), int(b)) for a, b in itertools.pairwise(edges)),
        TracedText(text, at, at + 1),
        np.ones(len(text), dtype=np.bool_),
    )
    return Report(Document("-", "", "txt", text), structure, Profile())


def values(*sentences: str, background: bool = True) -> list[float]:
    report = report_of(*sentences)
    known = load_background() if background else None
    return [float(v) for v in specificity(report, find_facts(report, (), ()), (), known)]


SPECIFIC = (
    "全年调解纠纷47件，涉及金额82万元。",
    "聘请律师两名，审查合同33份。",
    "每月25日由班子成员到便民服务中心接访。",
    "打造“河畔说事”调解室，就地化解林地纠纷。",
    "成立由镇长周立明任组长的领导小组，办公室设在平安办。",
)
GENERAL = (
    "进一步加强组织领导，压实工作责任，确保各项任务落到实处。",
    "深入学习贯彻习近平法治思想，不断提高依法行政能力和水平。",
    "部分干部运用法治思维解决问题的能力有待提高。",
    "广泛开展法治宣传教育，营造尊法学法守法用法的良好氛围。",
)


@pytest.mark.parametrize("background", [True, False])
def test_local_sentences_rank_above_general_ones(background: bool) -> None:
    found = values(*SPECIFIC, *GENERAL, background=background)
    assert min(found[: len(SPECIFIC)]) > 0.5 > max(found[len(SPECIFIC) :])


def test_one_value_a_sentence_in_the_unit_interval() -> None:
    found = values(*SPECIFIC, *GENERAL, "无。")
    assert len(found) == len(SPECIFIC) + len(GENERAL) + 1
    assert all(0 <= v <= 1 for v in found)
    assert specificity(report_of(), (), (), None).shape == (0,)


def test_prescribed_share_is_the_share_of_the_sentence_inside_phrases() -> None:
    report = report_of("甲乙丙丁。", "戊己庚辛。")
    marks = np.zeros(10, dtype=np.bool_)
    marks[0:5] = True
    table = features(report, (), marks, None)
    column = FEATURES.index("prescribed_share")
    assert table[:, column].tolist() == [1.0, 0.0]


def test_facts_count_in_their_own_sentence_only() -> None:
    report = report_of("调解纠纷18件。", "工作有序推进。")
    table = features(report, find_facts(report, (), ()), np.zeros(len(report.document.text), dtype=np.bool_), None)
    column = FEATURES.index("any_exact")
    assert table[:, column].tolist() == [1.0, 0.0]


def test_prescribed_wording_never_makes_a_sentence_more_specific() -> None:
    report = report_of("坚持党的领导、人民当家作主、依法治国有机统一。")
    hit = PhraseHit(0, 10, "x", "x", "")
    assert specificity(report, (), (hit,), None)[0] <= specificity(report, (), (), None)[0]


def test_the_shipped_model_names_its_features_and_training_set() -> None:
    stored = json.loads(MODEL_FILE.read_text(encoding="utf-8"))
    assert set(stored["weights"]) == set(FEATURES)
    assert len(stored["training_sha256"]) == 64
    assert stored["sentences"] > stored["specific"] > 0


def test_folds_are_used_for_their_report_only() -> None:
    fold = LogisticModel(np.zeros(len(FEATURES)), 0.0)
    whole = LogisticModel(np.ones(len(FEATURES)), 1.0, {"a.txt": fold})
    assert whole.without("a.txt") is fold
    assert whole.without("b.txt") is whole
    assert model().folds
