"""Figures that agree one by one: a copied row of numbers is copied, however common the phrases around it are."""

from __future__ import annotations

import hashlib

import pytest

from jingwei.judge.case import Case
from jingwei.judge.figures import TELLING_DIGITS, TELLING_FIGURES, figures_of
from jingwei.library import MemoryLibrary
from jingwei.model import Assessment, Document, Report
from jingwei.pipeline.draft import assess_draft, no_evidence
from jingwei.pipeline.prepare import entry_of, parse, prepare
from jingwei.settings import Settings

SETTINGS = Settings()
FRAME = "全年办理行政复议案件{}件，调解成功率{}%；办理行政执法案卷{}卷，立卷归档率{}%；受理群众来信来访{}件，按期办结率{}%。"
OTHERS = ((41, 71.3, 118, 93.4, 207, 88.6), (36, 64.9, 152, 90.2, 311, 85.1), (58, 79.4, 133, 95.7, 184, 91.3))
COPIED = (47, 68.2, 139, 92.6, 258, 87.4)
OWN = (52, 66.7, 121, 94.8, 219, 89.9)
LOCAL = "镇水管站逐户登记放水轮次，青石村的老井由赵满仓看管，钥匙挂在村委会门后。"


def report_of(unit: str, year: int, *paragraphs: str) -> Report:
    """A report of an invented unit."""
    text = f"{unit}{year}年法治政府建设年度报告\n\n一、工作情况\n\n" + "\n\n".join(paragraphs) + "\n"
    found = parse(Document(f"{unit}-{year}.txt", hashlib.sha256(text.encode()).hexdigest(), "txt", text), SETTINGS)
    assert isinstance(found, Report)
    return found


CROWD = [
    report_of(unit, 2022, FRAME.format(*figures))
    for unit, figures in zip(("白石县云岭乡", "松江县石桥镇", "汉河县东塘乡"), OTHERS, strict=True)
]
SOURCE = report_of("临川县黄家镇", 2022, FRAME.format(*COPIED))


def judged(paragraph: str, *library: Report) -> Assessment:
    """A draft of one paragraph and a local sentence against a library."""
    shelf = MemoryLibrary([entry_of(r) for r in library], SETTINGS)
    return assess_draft(report_of("青溪县柳河镇", 2023, paragraph, LOCAL), shelf, SETTINGS)


def copied_text(found: Assessment) -> str:
    text = found.report.document.text
    return "".join(text[s.start : s.end] for s in found.spans if s.kind == "copied")


def test_the_same_figures_in_everybodys_phrases_are_copied() -> None:
    found = judged(FRAME.format(*COPIED), *CROWD, SOURCE)
    (match,) = found.matches
    assert match.relation == "peer" and match.source.report == "临川县黄家镇-2022.txt"
    assert match.equal_figures == 6
    assert match.effective_chars == match.equal_chars == len(FRAME.format(*COPIED))
    assert copied_text(found) == FRAME.format(*COPIED)
    (finding,) = [f for f in found.findings if f.code == "C1"]
    assert finding.severity == "warning" and "6个数字逐一相同" in finding.message and "6 figures" in finding.message_en
    assert "6个数字逐一相同" in next(s.because.zh for s in found.spans if s.kind == "copied")


def test_the_same_phrases_with_figures_of_ones_own_are_not() -> None:
    found = judged(FRAME.format(*OWN), *CROWD, SOURCE)
    assert not found.matches and not found.counts.copied
    assert found.counts.local > 20


@pytest.mark.parametrize("changed", [2, 3])
def test_a_figure_that_differs_ends_the_row(changed: int) -> None:
    """Three figures on either side of it have seven and eight digits: too few to accuse."""
    figures = [*COPIED]
    figures[changed] = OWN[changed]
    found = judged(FRAME.format(*figures), *CROWD, SOURCE)
    assert not found.matches and not found.counts.copied


def test_figures_told_by_three_others_are_common_with_their_phrases() -> None:
    same = [report_of(r.profile.place.name if r.profile.place else "", 2021, FRAME.format(*COPIED)) for r in CROWD]
    found = judged(FRAME.format(*COPIED), *CROWD, *same, SOURCE)
    assert not any(m.equal_figures for m in found.matches) and not found.counts.copied


def test_a_superiors_figures_are_prescribed() -> None:
    found = judged(FRAME.format(*COPIED), *CROWD, report_of("青溪县", 2022, FRAME.format(*COPIED)))
    assert not found.counts.copied
    assert not any(m.relation == "peer" for m in found.matches)


def test_round_figures_and_years_tell_nothing() -> None:
    assert (TELLING_FIGURES, TELLING_DIGITS) == (3, 10)  # read off real reports; what follows stays below
    round_ones = (40, 70, 100, 90, 200, 80)
    source = report_of("临川县黄家镇", 2022, FRAME.format(*round_ones))
    found = judged(FRAME.format(*round_ones), *CROWD, source)
    assert not found.matches and not found.counts.copied


def test_only_numbers_that_count_something_are_figures() -> None:
    """Hot lines, articles of a law, dates, years, list numbers and names of programmes agree wherever they stand."""
    report = report_of(
        "青溪县柳河镇",
        2023,
        "全年办理行政复议案件47件，依据《行政处罚法》第25条作出决定，群众可拨打12345、12348和12315热线反映。",
        "2023年5月3日和11月14日先后召开会议，部署以下工作：（1）加强学习；（2）改进作风；（3）推进“1+6+N”治理模式。",
        "调解成功率68.2%，兑现以奖代补资金12.5万元。",
    )
    prepared = prepare(report, SETTINGS)
    case = Case(
        report,
        no_evidence(report),
        prepared.phrases,
        prepared.places,
        prepared.facts,
        prepared.background_common,
        prepared.generic,
    )
    found = figures_of(case)
    text = report.document.text
    assert [text[a:b] for a, b in zip(found.starts, found.ends, strict=True)] == ["47", "68.2%", "12.5"]
    assert found.digits.tolist() == [2, 3, 3] == found.own_digits.tolist()
    assert [text[a:b] for a, b in zip(found.clause_starts, found.clause_ends, strict=True)] == [
        "全年办理行政复议案件47件",
        "调解成功率68.2%",
        "兑现以奖代补资金12.5万元",
    ]


def test_spaces_of_extraction_and_full_width_digits_do_not_hide_a_copy() -> None:
    spoilt = FRAME.format(*COPIED).replace("139", "1 39").replace("258", "２５８")
    found = judged(spoilt, *CROWD, SOURCE)
    (match,) = found.matches
    assert match.equal_figures == 6 and match.relation == "peer"
    assert copied_text(found).replace(" ", "").replace("２５８", "258") == FRAME.format(*COPIED)


def test_figures_carried_over_from_ones_own_report_are_recycled() -> None:
    own = report_of("青溪县柳河镇", 2022, FRAME.format(*COPIED))
    found = judged(FRAME.format(*COPIED), *CROWD, own)
    (match,) = found.matches
    assert match.relation == "previous" and match.equal_figures == 6
    assert not found.counts.copied and found.counts.recycled == len(FRAME.format(*COPIED))


COUNTY = "全县" + FRAME.removeprefix("全年")


@pytest.mark.parametrize(
    ("unit", "source", "copied"),
    [
        ("青溪县司法局", "青溪县财政局", False),  # two bureaus, two towns, a zone and a town of one county
        ("青溪县柳河镇", "青溪县黄家镇", False),
        ("青溪县柳河镇", "青溪县司法局", False),
        ("青溪县柳河镇", "临川县黄家镇", True),  # another county's figures are not ours
    ],
)
def test_figures_of_a_place_that_both_belong_to_must_agree(unit: str, source: str, copied: bool) -> None:
    crowd = [
        report_of(f"{n}县云岭乡", 2022, COUNTY.format(*f))
        for n, f in zip(("白石", "松江", "汉河"), OTHERS, strict=True)
    ]
    text = COUNTY.format(*COPIED)
    shelf = MemoryLibrary([entry_of(r) for r in (*crowd, report_of(source, 2023, text))], SETTINGS)
    found = assess_draft(report_of(unit, 2023, text, LOCAL), shelf, SETTINGS)
    assert bool(found.counts.copied) is copied


@pytest.mark.parametrize("scope", ["全国", "我国", "上级要求"])
def test_national_figures_are_nobodys_own(scope: str) -> None:
    figures = scope + "，" + FRAME
    crowd = [
        report_of(f"{n}县云岭乡", 2022, figures.format(*f))
        for n, f in zip(("白石", "松江", "汉河"), OTHERS, strict=True)
    ]
    found = judged(figures.format(*COPIED), *crowd, report_of("临川县黄家镇", 2022, figures.format(*COPIED)))
    assert not found.matches and not found.counts.copied


def test_what_follows_our_own_subject_is_ours_again() -> None:
    """全县 in front, 我镇 behind: the figures after it are the town's, and the same in another town are copied."""
    own = "全县召开动员会，我镇" + FRAME.removeprefix("全年")
    crowd = [
        report_of(f"{n}县云岭乡", 2022, own.format(*f)) for n, f in zip(("白石", "松江", "汉河"), OTHERS, strict=True)
    ]
    shelf = MemoryLibrary(
        [entry_of(r) for r in (*crowd, report_of("青溪县黄家镇", 2022, own.format(*COPIED)))], SETTINGS
    )
    found = assess_draft(report_of("青溪县柳河镇", 2023, own.format(*COPIED), LOCAL), shelf, SETTINGS)
    (match,) = found.matches
    assert match.equal_figures == 6 and match.relation == "peer"


def test_a_zone_repeats_the_government_of_its_county() -> None:
    source = report_of("青溪县", 2022, FRAME.format(*COPIED))
    shelf = MemoryLibrary([entry_of(r) for r in (*CROWD, source)], SETTINGS)
    zone = report_of("青溪县经济开发区管理委员会", 2023, FRAME.format(*COPIED), LOCAL)
    found = assess_draft(zone, shelf, SETTINGS)
    assert zone.profile.level == "示范区" and not found.counts.copied
