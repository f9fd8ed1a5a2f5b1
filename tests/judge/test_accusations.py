"""Who is accused: copies of nothing but prescribed wording never, short local reports never, a whole copy throughout."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from msgspec.structs import replace

from jingwei.library import MemoryLibrary
from jingwei.model import Assessment, Document, Report
from jingwei.pipeline.draft import assess_draft
from jingwei.pipeline.prepare import entry_of, parse
from jingwei.settings import Settings

SETTINGS = Settings()
PRESCRIBED = (
    "坚持以习近平新时代中国特色社会主义思想为指导，全面贯彻党的二十大和二十届二中、三中全会精神。",
    "深入学习贯彻习近平法治思想，深刻领悟“两个确立”的决定性意义，增强“四个意识”、坚定“四个自信”、做到“两个维护”。",
    "认真贯彻落实《法治政府建设实施纲要（2021—2025年）》和《法治政府建设与责任落实督察工作规定》。",
)
CLOSING = "下一步，我们将继续补短板、强弱项，以更实的举措、更严的作风，推动法治建设各项任务落地落细。"


def read(name: str, title: str, paragraphs: list[str]) -> Report:
    """A report of an invented unit."""
    text = "\n".join([title, *paragraphs]) + "\n"
    found = parse(Document(name, name, "txt", text), SETTINGS)
    assert isinstance(found, Report)
    return found


def assessed(draft: Report, others: list[Report]) -> Assessment:
    return assess_draft(draft, MemoryLibrary([entry_of(r) for r in others], SETTINGS), SETTINGS)


def kinds_of(assessment: Assessment, part: str) -> set[str]:
    """Kinds of the characters of a part of the text."""
    start = assessment.report.document.text.index(part)
    end = start + len(part)
    return {s.kind for s in assessment.spans if s.start < end and s.end > start}


LIUWAN = [
    "柳湾镇辖11个村，去年调处水渠纠纷23起，青石村的放水轮次由镇水管站逐户登记。",
    "镇综合执法队查处占用河滩堆砂4起，清运砂石260立方米，罚款1.2万元。",
    "老街菜市场搬迁听证会来了37名摊主，摊位费由每月180元降到150元。",
]
BAISHI = [
    "白石乡去年修复山塘9口，灌溉沙田坝水稻1,300亩，用水公约经14个村民小组逐户签字。",
    "乡司法所所长邓小满在圩日摆摊答疑41次，记下问题96条，转办17条。",
]


def test_three_planted_sentences_of_prescribed_wording_only_are_not_copied() -> None:
    source = read("b.txt", "白石乡2024年法治政府建设工作报告", [BAISHI[0], "".join(PRESCRIBED), BAISHI[1]])
    draft = read("a.txt", "柳湾镇2024年法治政府建设工作报告", [*LIUWAN[:2], "".join(PRESCRIBED), LIUWAN[2]])
    found = assessed(draft, [source])
    assert found.counts.copied == 0
    assert found.matches == ()
    assert [f.code for f in found.findings if f.code in {"C1", "C2"}] == []
    for sentence in PRESCRIBED:
        assert kinds_of(found, sentence) <= {"mandated", "formulaic"}


def test_the_same_place_with_three_planted_sentences_of_substance_shows_exactly_these() -> None:
    planted = "".join(BAISHI) + "乡里把议事的长桌搬到晒谷坪，谁家有理谁先讲，听完再请老支书评一评。"
    source = read("b.txt", "白石乡2024年法治政府建设工作报告", ["".join(PRESCRIBED), planted])
    draft = read("a.txt", "柳湾镇2024年法治政府建设工作报告", [*LIUWAN, planted, "".join(PRESCRIBED)])
    found = assessed(draft, [source])
    assert kinds_of(found, planted) == {"copied"}
    copied = sum(s.end - s.start for s in found.spans if s.kind == "copied")
    assert copied == found.counts.copied == len(planted)


@pytest.mark.parametrize("units", [3, 6])
def test_a_short_local_report_with_a_common_closing_is_not_accused(units: int) -> None:
    names = ["白石乡", "黑土镇", "红岩乡", "黄坪镇", "蓝田乡", "紫云镇"][:units]
    others = [
        read(f"{i}.txt", f"{name}2024年法治政府建设工作报告", [f"{name}去年办理案件{i + 3}1件，化解积案{i + 2}件，{name}的干部逐件回访。", CLOSING])
        for i, name in enumerate(names)
    ]  # fmt: skip
    found = assessed(read("a.txt", "柳湾镇2024年法治政府建设工作报告", [*LIUWAN, CLOSING]), others)
    assert found.counts.copied == 0
    assert found.matches == ()
    assert [f.code for f in found.findings if f.code in {"C1", "C2"}] == []
    assert found.scores.overlap_max_source == 0
    assert found.counts.local > 0.5 * found.counts.body


def body_of_kind(assessment: Assessment, *kinds: str) -> set[int]:
    body = assessment.report.structure.body
    return {i for s in assessment.spans if s.kind in kinds for i in range(s.start, s.end) if body[i]}


@pytest.mark.parametrize(
    "name",
    ["luting-sangling-2023.txt", "jianchuan-weitang-2024.txt", "sangluo-liuting-2021.txt", "luting-shaoxi-2021.md"],
)
def test_what_another_unit_wrote_word_for_word_is_neither_local_nor_own(fixtures_dir: Path, name: str) -> None:
    text = (fixtures_dir / "reports" / name).read_text(encoding="utf-8")
    draft = parse(Document(name, "draft", Path(name).suffix[1:], text), SETTINGS)
    assert isinstance(draft, Report)
    # The same text stands in the library as the report of a unit two provinces away.
    stored = replace(entry_of(draft), path="other.txt", sha256="stored", unit="别处乡|人民政府", place=None)
    alone = assess_draft(draft, None, SETTINGS)
    found = assess_draft(draft, MemoryLibrary([stored], SETTINGS), SETTINGS)
    left = body_of_kind(found, "local", "own")
    assert left <= body_of_kind(alone, "local", "own")  # nothing becomes local or own by being copied
    in_matches = np.zeros(len(draft.document.text), dtype=np.bool_)
    for match in found.matches:
        in_matches[match.start : match.end] = True
    assert not [i for i in left if in_matches[i]]
    assert len(left) <= 0.02 * found.counts.body
