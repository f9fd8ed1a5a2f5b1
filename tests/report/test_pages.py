"""The pages without a browser: one file, strict policy, hostile text stays text, everything issue 7 lists is there."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import random
import re
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from lxml import html
from msgspec.structs import replace
from samples import compare_drafts, make_comparison, make_draft

from jingwei.model import KINDS, Comparison, Counts, Finding, LibrarySummary, Profile, Scores, Standing
from jingwei.report.composition import Stretch
from jingwei.report.disguise import disguise_batch, disguise_report
from jingwei.report.embedded import pack_matrix
from jingwei.report.histogram import degree_counts, pair_histogram
from jingwei.report.html_bars import bars_of
from jingwei.report.html_batch import render_batch_page
from jingwei.report.html_page import json_for_script
from jingwei.report.html_passages import render_passages_page
from jingwei.report.html_report import render_report_page
from jingwei.report.html_text import TextView
from jingwei.settings import ReportSettings, ReviewSettings

SETTINGS = ReportSettings()
HOSTILE = "</script><img src=x onerror=alert(1)>\"'&=cmd|x\x1b[31m\u202e"


@pytest.fixture(scope="module")
def batch() -> Comparison:
    return make_comparison(12, (2022, 2023))


@pytest.fixture(scope="module")
def pages(batch: Comparison) -> dict[str, str]:
    return {
        "report": render_report_page(batch.assessments[9], SETTINGS),
        "batch": render_batch_page(batch, SETTINGS),
        "passages": render_passages_page(batch, SETTINGS),
    }


PAGES = pytest.mark.parametrize("name", ["report", "batch", "passages"])


@PAGES
def test_the_policy_allows_exactly_what_is_inline(pages: dict[str, str], name: str):
    page = pages[name]
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]+)"', page).group(1).replace("&#39;", "'")
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy
    for tag, directive in (("style", "style-src"), ("script", "script-src")):
        (text,) = re.findall(rf"<{tag}>(.*?)</{tag}>", page, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"{directive} 'sha256-{digest}'" in policy
    assert not re.search(r"\son\w+=|\sstyle=|javascript:", page.split("<script")[0].split("</style>")[1])


@PAGES
def test_nothing_is_loaded_from_anywhere(pages: dict[str, str], name: str):
    tree = html.fromstring(pages[name])
    assert not tree.xpath("//link | //iframe | //object | //embed | //*[@src] | //base | //form")
    assert all(a.get("href", "").startswith("#") for a in tree.xpath("//a"))
    assert "http://" not in pages[name].replace("http://www.w3.org", "")
    assert "https://" not in pages[name]


@PAGES
def test_a_page_is_chinese_with_an_english_twin(pages: dict[str, str], name: str, batch: Comparison):
    tree = html.fromstring(pages[name])
    assert tree.get("lang") == "zh-CN"
    assert len(tree.xpath("//span[@class='zh']")) == len(tree.xpath("//span[@class='en']"))
    assert "抄袭" not in pages[name]


def test_a_department_is_not_called_by_its_county(batch: Comparison):
    """The unit of a report is place and organ: the justice bureau of a county is not the county."""
    one = next(a for a in batch.assessments if a.matches)
    profile = replace(one.report.profile, organ="司法局", unit="临河县司法局")
    theirs = replace(one.matches[0].source, unit="临河县财政局")
    matches = (replace(one.matches[0], source=theirs), *one.matches[1:])
    tree = html.fromstring(
        render_report_page(replace(one, report=replace(one.report, profile=profile), matches=matches), SETTINGS)
    )
    (meta,) = tree.xpath("//main/section[1]/p[@class='meta']")
    assert "单位：Unit: 临河县司法局" in "".join(meta.itertext())
    assert "临河县财政局" in "".join(tree.xpath("//article[@id='m0']//h4")[1].itertext())


def test_what_superiors_prescribe_is_no_passage_of_the_list(batch: Comparison):
    """Its text is shown with what was not counted, and stays one click away from the text."""
    one = next(a for a in batch.assessments if len(a.matches) > 1)
    prescribed = replace(one.matches[0], relation="authority", effective_chars=0)
    tree = html.fromstring(render_report_page(replace(one, matches=(prescribed, *one.matches[1:])), SETTINGS))
    assert len(tree.xpath("//section[@id='p-matches']//article")) == len(one.matches) - 1
    assert [a.get("id") for a in tree.xpath("//section[@id='p-excluded']//article")] == ["m0"]
    assert f"雷同片段Passages {len(one.matches) - 1}" in "".join(
        tree.xpath("//button[@id='tab-matches']")[0].itertext()
    )
    assert {n.get("data-m") for n in tree.xpath("//article[@id='text']//i[@data-m]")} == {
        str(number) for number in range(len(one.matches))
    }


def test_a_finding_opens_the_passage_it_was_made_of(batch: Comparison):
    """Two passages overlap: the finding begins where the second does, or the first has another relation."""
    one = next(a for a in batch.assessments if a.matches)
    match = replace(one.matches[0], relation="peer")
    longer = replace(match, start=match.start - 4)
    finding = Finding("C1", "warning", match.start, match.end, "", "雷同")
    for matches, place in (
        ((longer, match), "1"),
        ((replace(longer, relation="previous"), match), "1"),
        ((longer,), "0"),
    ):
        page = render_report_page(replace(one, matches=matches, findings=(finding,)), SETTINGS)
        (button,) = html.fromstring(page).xpath("//section[@id='p-findings']//button[contains(@class, 'open-match')]")
        assert button.get("data-m") == place


def test_the_longest_passage_of_a_pair_is_the_same_in_page_and_table(batch: Comparison):
    """Effective characters, as the score of that name counts them; not the equal ones."""
    first = replace(batch.pairs[0], longest_run_chars=37)
    assert max(m.equal_chars for m in first.matches) != 37
    tree = html.fromstring(render_batch_page(replace(batch, pairs=(first,)), SETTINGS))
    (row,) = tree.xpath("//table[@id='t-pairs']/tbody/tr")
    assert [td.text_content() for td in row.xpath("td")][4] == "37"
    assert f"{first.overlap_effective_chars:,}/{first.judged_chars:,}" in row.text_content()


def test_alike_findings_of_a_paragraph_are_one_item(batch: Comparison):
    """Every place stays marked in the text and can be reached from the item."""
    one = batch.assessments[9]
    inside, other = one.report.structure.paragraphs[3], one.report.structure.paragraphs[4]
    found = tuple(
        Finding("R6", "error", at, at + 2, "××", f"“{name}”是占位符。", suggestion="请填写。")
        for at, name in ((inside.start, "甲××"), (inside.start + 3, "乙××"), (other.start, "丙××"))
    )
    sums = tuple(
        Finding("R8", "error", at, at + 2, "件", f"各项相加为{total}件。")
        for at, total in ((inside.start, 3), (inside.start + 5, 4))
    )
    tree = html.fromstring(render_report_page(replace(one, findings=(*found, *sums)), SETTINGS))
    items = tree.xpath("//section[@id='p-findings']/div[contains(@class, 'item')]")
    assert len(items) == 4
    assert "同段同类另有 1 处：" in items[0].text_content()
    assert [b.get("data-to") for b in items[0].xpath(".//button[@data-to]")] == ["f1", "f0"]
    assert {f"f{n}" for n in range(5)} == {n.get("id") for n in tree.xpath("//article[@id='text']//sup")}


def test_earlier_reports_that_were_named_stand_in_what_was_compared(batch: Comparison):
    one = batch.assessments[0]
    known = replace(one, library=replace(one.library, previous=("往年/旧稿.docx",)))
    for hidden in (False, True):
        page = render_report_page(known, ReportSettings(anonymise=hidden))
        (about,) = html.fromstring(page).xpath("//section[@id='p-about']")
        assert "往年报告" in about.text_content()
        assert ("旧稿" in page) is not hidden


def test_what_could_not_be_checked_is_said(batch: Comparison):
    known = batch.assessments[9]
    nobody = replace(known.report, profile=replace(known.report.profile, place=None, level=None, year=None))
    page = render_report_page(replace(known, report=nobody), ReportSettings())
    assert 'id="unchecked"' in page and "--unit" in page
    assert 'id="unchecked"' not in render_report_page(known, ReportSettings())


def test_the_degree_of_a_passage_is_english_for_english_readers(batch: Comparison):
    known = batch.assessments[9]
    evidence = {"degree": "程度：提示", "degree_en": "Degree: notice"}
    told = replace(known, findings=(replace(known.findings[0], evidence=evidence),))
    page = render_report_page(told, ReportSettings(), "en")
    assert '<span class="zh">程度：提示</span><span class="en">Degree: notice</span>' in page


def test_english_comes_first_when_asked(batch: Comparison):
    tree = html.fromstring(render_report_page(batch.assessments[0], SETTINGS, "en"))
    assert (tree.get("lang"), tree.get("data-ui")) == ("en", "en")
    assert tree.xpath("//title")[0].text.startswith("Self-check")


def test_every_character_of_the_text_is_there_with_its_kind(batch: Comparison, pages: dict[str, str]):
    assessment = batch.assessments[9]
    tree = html.fromstring(pages["report"])
    (text,) = tree.xpath("//article[@id='text']")
    for mark in text.xpath(".//sup | .//p[contains(@class, 'printed')]"):
        mark.drop_tree()
    shown = "".join("".join(text.itertext()).split())
    assert shown == "".join(assessment.report.document.text.split())
    for kind in KINDS:
        body = "".join(
            "".join("".join(node.itertext()).split())
            for node in text.xpath(f".//i[contains(concat(' ', @class, ' '), ' {kind} ')]")
        )
        assert len(body) == getattr(assessment.counts, kind)


def test_the_report_page_says_everything(batch: Comparison, pages: dict[str, str]):
    assessment = batch.assessments[9]
    words = "".join(html.fromstring(pages["report"]).xpath("//main")[0].itertext())
    for said in (
        "报送前自查单",
        "比对库：128 篇",
        "未见“存在不足的原因”",
        "请写明原因",
        "不计入雷同",
        "共用的短句",
        "2026.1",
        "match.min_run_chars",
    ):
        assert said in words + pages["report"]
    for score, part in (
        ("原创度", assessment.counts.local + assessment.counts.own),
        ("总重复率", assessment.counts.matched_13),
    ):
        assert score in words
        assert f"{part:,} / " in words
    assert len(re.findall(r'class="match"', pages["report"])) == len(assessment.matches)


def test_a_passage_stands_beside_its_source_with_the_slots_marked(batch: Comparison):
    number, assessment = next((i, a) for i, a in enumerate(batch.assessments) if a.matches)
    match = assessment.matches[0]
    tree = html.fromstring(render_report_page(batch.assessments[number], SETTINGS))
    left, right = tree.xpath("//article[@id='m0']//div[@class='sides']/div/p")
    assert "".join(left.itertext()) == assessment.report.document.text[match.start : match.end]
    assert "".join(right.itertext()) == match.source.text
    for side in (left, right):
        equal = "".join("".join(m.itertext()) for m in side.xpath(".//mark"))
        assert len(equal) == match.equal_chars
    assert left.xpath(".//u[@class='d']")


def test_the_batch_page_says_everything(batch: Comparison, pages: dict[str, str]):
    tree = html.fromstring(pages["batch"])
    ids = {"overview", "pairs", "heat", "groups", "reports", "spread", "families", "years", "units", "skipped", "about"}
    assert ids <= {node.get("id") for node in tree.xpath("//section")}
    assert len(tree.xpath("//table[@id='t-reports']/tbody/tr")) == len(batch.ids)
    assert len(tree.xpath("//article[@class='unit']")) == len(batch.ids)
    assert len(tree.xpath("//table[@id='t-pairs']/tbody/tr")) == sum(bool(p.matches) for p in batch.pairs)
    skipped = "".join(tree.xpath("//section[@id='skipped']")[0].itertext())
    assert "损坏的报告.docx" in skipped
    assert "文件损坏" in skipped
    family = "".join(tree.xpath("//section[@id='families']")[0].itertext())
    assert batch.families[0].template in family
    assert batch.families[0].slots[0].fillers[0] in family
    assert len(tree.xpath("//section[@id='years']//tbody/tr")) == len(batch.ids)


def test_reports_are_linked_when_they_have_pages(batch: Comparison):
    page = render_batch_page(batch, SETTINGS, links={batch.ids[0]: "pages/001-甲 乙.html"})
    assert len(html.fromstring(page).xpath("//a[starts-with(@href, 'pages/')]")) == 2


def test_pairs_come_worst_first(batch: Comparison):
    tree = html.fromstring(render_batch_page(batch, SETTINGS))
    values = [float(v) for v in tree.xpath("//table[@id='t-pairs']/tbody/tr/td[3]/@data-v")]
    assert values == sorted(values, reverse=True)
    assert values[0] == max(p.overlap_effective for p in batch.pairs)


def test_the_packed_matrix_is_the_matrix(batch: Comparison):
    digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    packed = pack_matrix(batch)
    values = [(digits.index(a) * 64 + digits.index(b)) / 4095 for a, b in zip(packed[::2], packed[1::2], strict=True)]
    order = list(batch.order)
    expected = batch.matrix[np.ix_(order, order)][np.triu_indices(len(order), 1)]
    assert np.allclose(values, expected, atol=1 / 4095)


def hostile_comparison() -> Comparison:
    """A report whose title, text, file name, findings, facts and families all try to break out."""
    draft = make_draft(1, 2023, random.Random(3), (0,))
    other = make_draft(2, 2023, random.Random(4), (0,))
    for one in (draft, other):
        one.pieces[0].text = HOSTILE
        next(p for p in one.pieces if p.key.startswith("shared")).text += HOSTILE
    comparison = compare_drafts([(f"一/{HOSTILE}.txt", draft), ("二.txt", other)])
    first = comparison.assessments[0]
    finding = Finding("R1", "error", 0, 5, HOSTILE, HOSTILE, {"report": HOSTILE, "path": HOSTILE}, HOSTILE, HOSTILE)
    profile = replace(first.report.profile, title=HOSTILE)
    first = replace(first, findings=(finding,), report=replace(first.report, profile=profile), left_out=(HOSTILE,))
    group = replace(
        make_comparison(12).groups[0], reports=comparison.ids, reason=HOSTILE, reason_en=HOSTILE, excerpt=HOSTILE
    )
    family = replace(make_comparison(6).families[0], template=HOSTILE, members=())
    skipped = replace(make_comparison(6).skipped[0], path=HOSTILE, message=HOSTILE, message_en=HOSTILE)
    return replace(
        comparison, assessments=(first, comparison.assessments[1]), groups=(group,), families=(family,),
        terms=((HOSTILE,), ()), skipped=(skipped,),
    )  # fmt: skip


def test_hostile_text_stays_text():
    comparison = hostile_comparison()
    for page in (
        render_report_page(comparison.assessments[0], SETTINGS),
        render_batch_page(comparison, SETTINGS),
        render_passages_page(comparison, SETTINGS),
    ):
        tree = html.fromstring(page)
        assert not tree.xpath("//img")
        assert len(tree.xpath("//script")) == 2
        assert page.count("</script>") == 2
        assert "\x1b" not in page
        assert "\u202e" not in page
        json.loads(tree.xpath("//script[@id='data']")[0].text)
        assert "onerror=alert(1)" in "".join(tree.xpath("//main")[0].itertext())


def test_json_in_a_page_cannot_close_its_element():
    value = {"a": "</script><!--\u2028&"}
    text = json_for_script(value)
    assert not set("<>&\u2028\u2029") & set(text)
    assert json.loads(text) == value


def test_runs_of_hostile_text_still_mark_the_same_characters():
    """Escapes make the shown text longer than the report's; the marks must move with it."""
    comparison = hostile_comparison()
    data = json.loads(html.fromstring(render_batch_page(comparison, SETTINGS)).xpath("//script[@id='data']")[0].text)
    (pair,) = [p for p in data["pairs"] if p[10]]
    for left, right, equal, _, _, runs, _ in pair[10]:
        texts = (data["texts"][left][1], data["texts"][right][1])
        quads = list(zip(*[iter(runs)] * 4, strict=True))
        assert all(texts[0][a:b] == texts[1][c:d] for a, b, c, d in quads)
        assert sum(b - a for a, b, _, _ in quads) >= equal


@pytest.mark.parametrize("name", ["report", "batch", "passages"])
def test_an_anonymous_page_names_nobody(batch: Comparison, name: str):
    hidden = ReportSettings(anonymise=True)
    page = {
        "report": lambda: render_report_page(batch.assessments[9], hidden),
        "batch": lambda: render_batch_page(batch, hidden),
        "passages": lambda: render_passages_page(batch, hidden),
    }[name]()
    words = re.sub(r"<style>.*?</style>|<script>.*?</script>", "", page, flags=re.DOTALL)
    for assessment in batch.assessments:
        assert assessment.report.profile.place.name not in words
        assert assessment.report.document.path not in words
    assert "临河县" not in words
    assert "b-names" not in re.sub(r"<script>.*?</script>", "", page, flags=re.DOTALL)


@pytest.mark.parametrize("name", ["report", "batch"])
def test_an_anonymous_page_keeps_the_names_in_the_settings_to_itself(batch: Comparison, name: str):
    """The user's own names and wording stand in the settings that every page ends with."""
    own = {"library": "/home/王五/瓦桥年报库", "places": "瓦桥地名.csv"}
    own_words = {"names": ("瓦桥镇人民政府",), "allow": ("瓦桥经验",)}
    settings = {**batch.settings, **own}
    settings["review"] = {**settings["review"], **own_words}
    settings["report"] = {**settings["report"], "font": "/home/王五/字体.ttf"}
    known = replace(batch, settings=settings)
    one = replace(batch.assessments[9], settings=settings)

    def page(shown: ReportSettings) -> str:
        return render_report_page(one, shown) if name == "report" else render_batch_page(known, shown)

    hidden, plain = page(ReportSettings(anonymise=True)), page(SETTINGS)
    for word in ("瓦桥", "王五", "字体.ttf"):
        assert word not in hidden
    assert "review.names" in hidden
    for word in ("瓦桥年报库", "瓦桥地名.csv", "瓦桥镇人民政府", "瓦桥经验"):
        assert f'class="nm" data-a="（已隐去）">{word}<' in plain


def test_a_unit_of_unknown_place_is_hidden_too(batch: Comparison):
    """A units.csv may call a unit anything; its name stands in pages and tables."""
    from jingwei.report.tables_batch import comparison_tables

    one = next(a for a in batch.assessments if a.matches)
    number = batch.assessments.index(one)
    named = replace(one.report.profile, unit="瓦桥集团法务部", place=None)
    theirs = replace(one.matches[0].source, unit="石拱公司", place=None)
    odd = replace(
        one,
        report=replace(one.report, profile=named),
        matches=(replace(one.matches[0], source=theirs), *one.matches[1:]),
    )
    known = replace(batch, assessments=(*batch.assessments[:number], odd, *batch.assessments[number + 1 :]))
    hidden = ReportSettings(anonymise=True)
    shown = [render_report_page(odd, hidden), render_batch_page(known, hidden), render_passages_page(known, hidden)]
    shown += [table.csv() for table in comparison_tables(known, anonymise=True)]
    assert "本单位" in shown[0] and "单位01" in shown[1]
    for text in shown:
        assert "瓦桥" not in text and "石拱" not in text


def test_an_alias_is_the_same_in_the_whole_batch(batch: Comparison):
    disguise = disguise_batch(batch)
    first = batch.assessments[0].report.profile.place.name
    alias = disguise.hide(first)
    assert re.fullmatch(r"单位\d\d", alias)
    assert disguise.hide(f"{first}与{first}") == f"{alias}与{alias}"
    assert len({disguise.hide(a.report.profile.place.name) for a in batch.assessments}) == 12


def test_a_report_alone_hides_itself_and_its_sources(batch: Comparison):
    number = next(i for i, a in enumerate(batch.assessments) if a.matches)
    assessment = batch.assessments[number]
    disguise = disguise_report(assessment)
    assert disguise.hide(assessment.report.profile.place.name).startswith("本")
    assert disguise.hide(assessment.matches[0].source.place) != assessment.matches[0].source.place


def test_bars_fill_exactly_their_thousand():
    bars = bars_of(Stretch((1, 1, 1, 0, 3, 1)))
    assert bars[0].x == 0
    assert all(a.x + a.width == b.x for a, b in pairwise(bars))
    assert bars[-1].x + bars[-1].width == 1000
    assert bars_of(Stretch((0,) * 6)) == ()


def test_the_histogram_counts_every_pair_of_two_units_once(batch: Comparison):
    same_unit = sum(p.relation in {"previous", "duplicate"} for p in batch.pairs)
    pairs = len(batch.ids) * (len(batch.ids) - 1) // 2 - same_unit
    assert sum(b.pairs for b in pair_histogram(batch)) == pairs
    assert sum(degree_counts(batch, ReviewSettings())) == pairs
    strict = degree_counts(batch, ReviewSettings(degree_watch=0, degree_check=0, degree_high=0))
    assert strict == (0, 0, 0, pairs)


def test_a_name_cut_by_a_mark_shows_its_alias_once(batch: Comparison):
    assessment = batch.assessments[9]
    town = assessment.report.profile.place.name
    at = assessment.report.document.text.index(town)
    cutting = Finding("R1", "error", at + 1, at + 2, "", "", {})
    view = TextView(replace(assessment, findings=(cutting,)), disguise_report(assessment), anonymise=True)
    title = "".join(html.fromstring(f"<p>{view.lines()[0].html}</p>").xpath(".//text()[not(ancestor::sup)]"))
    assert title == f"本{town[-1]}2022年法治政府建设年度报告".replace("本道", "本街道") or title.startswith("本")
    assert title.count("本") == 1


def test_two_runs_give_the_same_page(batch: Comparison):
    assert render_batch_page(batch, SETTINGS) == render_batch_page(make_comparison(12, (2022, 2023)), SETTINGS)


def test_pages_stay_small(batch: Comparison):
    assert len(render_report_page(batch.assessments[0], SETTINGS).encode()) < 300_000
    assert len(render_batch_page(make_comparison(60), SETTINGS).encode()) < 3_000_000


def test_a_batch_of_one_report_has_a_page():
    tree = html.fromstring(render_batch_page(make_comparison(1), SETTINGS))
    assert "未发现达到提示长度的雷同片段" in "".join(tree.xpath("//section[@id='pairs']")[0].itertext())


def empty_assessment():
    """A report without one body character: every denominator is 0."""
    first = make_comparison(1).assessments[0]
    structure = replace(
        first.report.structure, paragraphs=(), sentences=(), body=np.zeros_like(first.report.structure.body)
    )
    report = replace(
        first.report,
        structure=structure,
        profile=Profile(),
        document=replace(first.report.document, path="x"),
    )
    scores = Scores(None, None, None, None, 0, None, None, True)
    return replace(
        first, report=report, spans=(), facts=(), sentences=(), matches=(), excluded=(), findings=(), counts=Counts(),
        scores=scores, library=LibrarySummary(), standings=(Standing("originality", None, 0, "无可比样本", "none"),),
    )  # fmt: skip


def test_a_report_without_body_is_shown_without_numbers(tmp_path):
    from jingwei.report.figures import draw_reports_heatmap, draw_sections, draw_strips
    from jingwei.report.tables_batch import comparison_tables
    from jingwei.report.workbook import batch_workbook

    empty = empty_assessment()
    page = html.fromstring(render_report_page(empty, SETTINGS))
    words = "".join(page.xpath("//main")[0].itertext())
    assert "仅与内置语料比对" in words
    assert "没有需要处理的问题" in words
    assert "—" in "".join(page.xpath("//table[@id='measures']")[0].itertext())
    assert "无可比样本" in words
    batch = replace(make_comparison(3), groups=(), families=(), duplicates=(), skipped=())
    batch = replace(batch, assessments=(empty, *batch.assessments[1:]), pairs=(), terms=((), (), ()))
    assert "未发现疑似同源组" in render_batch_page(batch, SETTINGS)
    assert batch_workbook(batch, SETTINGS)
    assert [len(t.rows) for t in comparison_tables(batch) if t.name == "reports"] == [3]
    for draw in (draw_reports_heatmap, draw_strips, draw_sections):
        assert draw(batch, tmp_path / "x.png", SETTINGS).table.is_file()


def test_rendering_one_page_is_light():
    """`check --format html` must not pay for what only batches need."""
    program = (
        "import sys; from samples import make_comparison; a = make_comparison(2).assessments[0];"
        "from jingwei.settings import ReportSettings; from jingwei.report.html_report import render_report_page;"
        "render_report_page(a, ReportSettings());"
        "heavy = {'matplotlib', 'sklearn', 'jieba', 'rjieba', 'datasketch', 'scipy', 'lxml'} & set(sys.modules);"
        "sys.exit(','.join(heavy) or 0)"
    )
    here = Path(__file__).resolve()
    path = os.pathsep.join([str(here.parent), str(here.parents[2] / "src")])
    done = subprocess.run(
        [sys.executable, "-c", program], env={**os.environ, "PYTHONPATH": path}, capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr.decode()


def test_the_page_of_a_long_report_stays_under_a_megabyte():
    draft = make_draft(1, 2023, random.Random(1), (0, 1, 2), paragraphs=60)
    comparison = compare_drafts([("长.txt", draft), ("另.txt", make_draft(2, 2023, random.Random(2), (0, 1, 2)))])
    assert comparison.assessments[0].counts.body > 20_000
    assert len(render_report_page(comparison.assessments[0], SETTINGS).encode()) < 1_000_000
