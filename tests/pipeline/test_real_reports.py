"""Three real township reports of three provinces: nothing is copied, what is prescribed is known as such."""

from __future__ import annotations

from pathlib import Path

import pytest

from jingwei.model import Assessment, Comparison
from jingwei.pipeline.batch import compare
from jingwei.settings import Settings

pytestmark = pytest.mark.shared


@pytest.fixture(scope="module")
def batch(shared_dir: Path) -> Comparison:
    return compare([shared_dir / "data/township_reports"], Settings())


def kinds_at(assessment: Assessment, words: str) -> set[str]:
    text = assessment.report.document.text
    start = text.index(words)
    return {s.kind for s in assessment.spans if s.start < start + len(words) and start < s.end}


def test_nothing_is_copied_and_no_pair_is_accused(batch: Comparison) -> None:
    assert [a.counts.copied for a in batch.assessments] == [0, 0, 0]
    assert not [m for p in batch.pairs for m in p.matches]
    assert not batch.groups and not batch.duplicates


@pytest.mark.parametrize(
    ("report", "words"),
    [
        ("dianjiang", "习近平新时代中国特色社会主义思想"),
        ("dianjiang", "马上办、网上办、就近办、一次办、自助办"),
        ("luzhai", "马上办、网上办、就近办、一次办、自助办"),
        ("luzhai", "《法治政府建设与责任落实督察工作规定》"),
        ("luzhai", "《中华人民共和国行政处罚法》"),
        ("xinmin", "《中华人民共和国政府信息公开条例》"),
        ("xinmin", "习近平新时代中国特色社会主义思想"),
    ],
)
def test_prescribed_wording_is_mandated(batch: Comparison, report: str, words: str) -> None:
    (found,) = (a for i, a in zip(batch.ids, batch.assessments, strict=True) if i.startswith(report))
    assert kinds_at(found, words) == {"mandated"}


def test_who_and_when(batch: Comparison) -> None:
    known = {i.split("-")[0]: a.report.profile for i, a in zip(batch.ids, batch.assessments, strict=True)}
    assert (known["dianjiang"].year, known["luzhai"].year, known["xinmin"].year) == (2023, 2021, 2021)
    assert (known["dianjiang"].level, known["luzhai"].level, known["xinmin"].level) == ("镇", "镇", "乡")
    assert known["dianjiang"].place is not None and known["dianjiang"].place.county == "垫江县"
    assert known["luzhai"].number == "平政报〔2021〕50号" and known["luzhai"].signer == "刘杰"
