"""What is printed of the judgement: shares close, and a fact is the slice of the text it stands at."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from jingwei.model import KINDS, Document, Report
from jingwei.pipeline.draft import assess_draft
from jingwei.pipeline.prepare import parse
from jingwei.report.composition import Stretch
from jingwei.report.json import report_json, shares_json
from jingwei.settings import Settings


@given(st.lists(st.integers(0, 50_000), min_size=len(KINDS), max_size=len(KINDS)))
def test_printedshares_json_sum_to_exactly_one(chars: list[int]) -> None:
    shares = shares_json(Stretch(tuple(chars)))
    assert sum(Fraction(str(share)) for share in shares.values()) == (1 if sum(chars) else 0)
    assert all(
        abs(shares[kind] * sum(chars) - n) <= sum(chars) / 10**6 + 1e-9 for kind, n in zip(KINDS, chars, strict=True)
    )


def test_the_text_of_a_fact_is_the_slice_it_stands_at() -> None:
    text = (
        "柳湾镇2024年法治政府建设工作报告\n"
        + "全年 调 解 纠 纷 1 8 件，发放 手 册 2 6 0 本，走访 青 石 村 农 户 四 十 二 户。" * 2
        + "\n"
    )
    report = parse(Document("a.txt", "a", "txt", text), Settings())
    assert isinstance(report, Report)
    found = report_json(assess_draft(report, None, Settings()))
    assert found["facts"]
    for fact in found["facts"]:
        assert fact["text"] == found["document"]["text"][fact["start"] : fact["end"]]
    assert "1 8 件" in {fact["text"] for fact in found["facts"]}
