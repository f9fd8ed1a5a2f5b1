"""The pages in a real browser: what a person clicks, types and prints; no error, no request, readable, reachable."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pylopdf_fonts_zh_cn
import pytest
from msgspec.structs import replace
from samples import make_comparison
from test_pages import HOSTILE, hostile_comparison

from jingwei.report.html_batch import render_batch_page
from jingwei.report.html_passages import render_passages_page
from jingwei.report.html_report import render_report_page
from jingwei.settings import ReportSettings

CHROMIUM = os.environ.get("JINGWEI_CHROMIUM") or shutil.which("chromium") or "/usr/bin/chromium"
SETTINGS = ReportSettings()
pytestmark = pytest.mark.browser


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[object]:
    if not Path(CHROMIUM).exists():
        if os.environ.get("CI") == "true":
            pytest.fail("chromium is missing; CI must install it")
        pytest.skip("chromium is not on this machine")
    sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    folder = tmp_path_factory.mktemp("fonts")
    fonts = Path(pylopdf_fonts_zh_cn.sans_path()).parent
    config = folder / "fonts.conf"
    config.write_text(
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>'
        f"<dir>{fonts}</dir><dir>/usr/share/fonts</dir><cachedir>{folder / 'cache'}</cachedir></fontconfig>"
    )
    with sync_api.sync_playwright() as playwright:
        opened = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox"], env={**os.environ, "FONTCONFIG_FILE": str(config)}
        )
        yield opened
        opened.close()


class Watched:
    """A page with everything it must not do written down."""

    def __init__(self, page, html: str, path: Path):
        self.page, self.wrong, self.requests = page, [], []
        page.on(
            "console", lambda m: self.wrong.append(f"{m.type}: {m.text}") if m.type in {"error", "warning"} else None
        )
        page.on("pageerror", lambda e: self.wrong.append(f"page error: {e}"))
        page.on("request", lambda r: self.requests.append(r.url))
        path.write_text(html, encoding="utf-8")
        page.goto(path.as_uri())
        self.url = path.as_uri()

    def __getattr__(self, name: str):
        return getattr(self.page, name)


@pytest.fixture
def show(browser, tmp_path: Path):
    """Open a page; afterwards nothing may have gone wrong and nothing may have been asked of any network."""
    opened: list[Watched] = []

    def load(html: str, width: int = 1280) -> Watched:
        page = browser.new_page(viewport={"width": width, "height": 900})
        opened.append(Watched(page, html, tmp_path / f"page{len(opened)}.html"))
        return opened[-1]

    yield load
    for one in opened:
        one.page.close()
        assert one.wrong == []
        assert one.requests == [one.url]


@pytest.fixture(scope="module")
def batch():
    return make_comparison(12, (2022, 2023))


@pytest.fixture
def report(show, batch) -> Watched:
    return show(render_report_page(batch.assessments[9], SETTINGS))


@pytest.fixture
def table(show, batch) -> Watched:
    return show(render_batch_page(batch, SETTINGS))


# ------------------------------------------------------------ one report


def test_filter_by_kind_leaves_only_that_kind_coloured(report):
    mandated, local = report.locator("i.mandated").first, report.locator("i.local").first

    def background(place) -> str:
        return place.evaluate("e => getComputedStyle(e).backgroundColor")

    before = background(mandated)
    report.click("button[data-kind=local]")
    assert background(mandated) == "rgba(0, 0, 0, 0)" != before
    assert background(local) != "rgba(0, 0, 0, 0)"
    assert report.get_attribute("button[data-kind=local]", "aria-pressed") == "true"
    report.click("button[data-kind='']")
    assert background(mandated) == before


def test_a_finding_jumps_to_its_place(report):
    button = report.locator("#p-findings .item.error button[data-to]").first
    target = button.get_attribute("data-to")
    report.evaluate("window.scrollTo(0, 0)")
    button.click()
    assert report.evaluate(
        """id => { const b = document.getElementById(id).getBoundingClientRect();
                   return b.top >= 0 && b.bottom <= innerHeight }""",
        target,
    )
    assert "flash" in report.get_attribute(f"#{target}", "class")


def test_a_finding_of_a_passage_opens_the_two_texts(report):
    button = report.locator("#p-findings button.open-match").first
    button.click()
    assert report.locator("[role=dialog] .sides").is_visible()
    report.keyboard.press("Escape")
    report.click("#tab-matches")
    report.locator("#p-matches button.open-match").first.press("Enter")
    assert report.locator("[role=dialog] .sides").is_visible()


def test_a_click_on_a_passage_opens_both_texts(report, batch):
    match = batch.assessments[9].matches[0]
    place = report.locator("i[data-m='0']").first
    place.click()
    dialog = report.locator("[role=dialog]")
    assert dialog.is_visible()
    sides = dialog.locator(".sides p")
    assert sides.nth(0).text_content() == batch.assessments[9].report.document.text[match.start : match.end]
    assert sides.nth(1).text_content() == match.source.text
    assert dialog.locator("mark").count() >= 2
    assert report.evaluate("document.activeElement.id") == "dialog-close"
    report.keyboard.press("Escape")
    assert not dialog.is_visible()


def test_any_character_says_why_it_has_its_kind(report):
    report.locator("i.mandated").first.click()
    assert "规范提法" in report.inner_text("#why")
    report.click("#why-close")
    assert not report.locator("#why").is_visible()


def test_tabs_show_one_panel_at_a_time(report):
    for name in ("matches", "measures", "outline", "facts", "excluded", "about"):
        report.click(f"#tab-{name}")
        assert report.locator(f"#p-{name}").is_visible()
        assert report.locator("[role=tabpanel]:visible").count() == 1
    assert "比对库：128 篇" in report.inner_text("#p-about")


def test_language_toggle(report):
    assert report.inner_text("h1") == "报送前自查单"
    report.click("#b-language")
    assert report.inner_text("h1") == "Self-check before submission"
    assert report.get_attribute("html", "lang") == "en"
    visible = report.evaluate(
        "() => Array.from(document.querySelectorAll('.side .zh, .legend .zh')).filter(e => e.offsetParent).length"
    )
    assert visible == 0
    report.click("#b-language")
    assert report.inner_text("h1") == "报送前自查单"


def test_anonymise_toggle_hides_and_brings_back(report, batch):
    name = batch.assessments[9].report.profile.place.name
    assert name in report.inner_text("main")
    report.click("#b-names")
    assert name not in report.inner_text("body")
    assert batch.assessments[9].report.document.path not in report.inner_text("body")
    assert name not in report.title()
    report.click("#b-names")
    assert name in report.inner_text("main")


def test_the_text_is_walked_with_the_keyboard(report):
    report.focus("#text")
    for _ in range(3):
        report.keyboard.press("ArrowRight")
    assert report.locator("i.here").count() == 1
    assert report.locator("#why").is_visible()
    report.keyboard.press("ArrowLeft")
    assert report.locator("i.here").count() == 1
    here = report.evaluate(
        "Array.from(document.querySelectorAll('i[data-r]')).findIndex(e => e.classList.contains('here'))"
    )
    assert here == 1


def test_everything_is_reached_with_the_tab_key(report):
    wanted = report.evaluate(
        """() => Array.from(document.querySelectorAll('button, [tabindex="0"], summary'))
                    .filter(e => e.offsetParent && e.tabIndex >= 0).length"""
    )
    report.evaluate("document.body.focus()")
    seen = set()
    for _ in range(wanted + 15):
        report.keyboard.press("Tab")
        seen.add(
            report.evaluate(
                """(() => { const e = document.activeElement;
                            e.dataset.n = e.dataset.n || Math.random(); return e.dataset.n })()"""
            )
        )
    assert len(seen) >= wanted


def test_tab_stays_inside_the_open_dialog(report):
    report.locator("i[data-m]").first.click()
    for _ in range(6):
        report.keyboard.press("Tab")
        assert report.evaluate("document.querySelector('#veil').contains(document.activeElement)")


# ------------------------------------------------------------ a batch


def test_sorting_and_filtering_the_reports(table, batch):
    head = table.locator("#t-reports thead th", has_text="原创度")
    head.locator("button").click()
    column = 2

    def values() -> list[float]:
        return table.eval_on_selector_all(
            f"#t-reports tbody tr > :nth-child({column + 1})", "cells => cells.map(c => Number(c.dataset.v))"
        )

    assert values() == sorted(values(), reverse=True)
    head.locator("button").click()
    assert values() == sorted(values())
    assert head.get_attribute("aria-sort") == "ascending"
    name = batch.assessments[0].report.profile.place.name
    table.fill("input[data-table=t-reports]", f"{name} 2023")
    assert table.locator("#t-reports tbody tr:visible").count() == 1
    table.fill("input[data-table=t-reports]", "")
    assert table.locator("#t-reports tbody tr:visible").count() == len(batch.ids)


def test_a_pair_opens_side_by_side(table, batch):
    table.locator("button.pair").first.click()
    worst = max(batch.pairs, key=lambda p: p.overlap_effective)
    assert f"{worst.overlap_effective:.1%}" in table.inner_text("#dialog-body")
    assert table.locator("#dialog-body article").count() == len(worst.matches)
    left = table.locator("#dialog-body .sides").first.locator("p").first.text_content()
    match = worst.matches[0]
    number = batch.ids.index(worst.left)
    assert batch.assessments[number].report.document.text[match.start : match.end] in left


def test_the_heatmap_answers_to_mouse_and_keyboard(table, batch):
    table.locator("#map").scroll_into_view_if_needed()
    table.focus("#map")
    before = table.inner_text("#read")
    table.keyboard.press("ArrowDown")
    table.keyboard.press("ArrowDown")
    after = table.inner_text("#read")
    assert after != before
    assert re.search(r"\d+\.\d%", after)
    table.keyboard.press("Enter")
    assert table.locator("[role=dialog]").is_visible()
    table.keyboard.press("Escape")
    assert table.evaluate("document.activeElement.id") == "map"
    box = table.locator("#map").bounding_box()
    table.mouse.move(box["x"] + box["width"] - 30, box["y"] + 30)
    assert table.inner_text("#read") != after
    table.mouse.click(box["x"] + box["width"] - 30, box["y"] + 30)
    assert table.locator("[role=dialog]").is_visible()


def test_the_heatmap_shows_the_value_of_the_matrix(table, batch):
    table.focus("#map")
    a, b = batch.order[0], batch.order[1]
    value = batch.matrix[a, b]
    assert f"{value:.1%}" in table.inner_text("#read") or "<0.1%" in table.inner_text("#read")


def test_the_dialog_of_a_pair_tells_the_longest_passage_of_the_table(show, batch):
    first = replace(batch.pairs[0], longest_run_chars=37)
    assert max(m.equal_chars for m in first.matches) != 37
    page = show(render_batch_page(replace(batch, pairs=(first,)), SETTINGS))
    page.locator("button.pair").first.click()
    assert "最长连续雷同 37 字" in page.inner_text("#dialog-body")


def test_batch_language_and_names(table, batch):
    name = batch.assessments[0].report.profile.place.name
    table.click("#b-names")
    assert name not in table.inner_text("body")
    table.locator("button.pair").first.click()
    body = table.inner_text("#dialog-body")
    assert not any(a.report.profile.place.name in body for a in batch.assessments)
    table.keyboard.press("Escape")
    table.click("#b-language")
    assert table.inner_text("h1") == "Batch comparison table"
    table.click("#b-names")
    assert name in table.inner_text("body")


# ------------------------------------------------------------ all pages


def test_hostile_text_does_nothing_in_a_browser(show):
    comparison = hostile_comparison()
    for html in (
        render_report_page(comparison.assessments[0], SETTINGS),
        render_batch_page(comparison, SETTINGS),
        render_passages_page(comparison, SETTINGS),
    ):
        page = show(html)
        assert page.locator("img").count() == 0
        assert "onerror=alert(1)" in page.inner_text("body")
        if page.locator("button.pair").count():
            page.locator("button.pair").first.click()
            assert HOSTILE[:20] in page.inner_text("#dialog-body")


@pytest.mark.parametrize(
    ("name", "title"), [("report", "报送前自查单"), ("batch", "批量比对情况表"), ("passages", "雷同片段对照")]
)
def test_pages_print_with_their_titles(show, batch, tmp_path: Path, name: str, title: str):
    import pypdfium2

    page = show(
        {
            "report": lambda: render_report_page(batch.assessments[9], SETTINGS),
            "batch": lambda: render_batch_page(batch, SETTINGS),
            "passages": lambda: render_passages_page(batch, SETTINGS),
        }[name]()
    )
    content = page.pdf(format="A4", print_background=True)
    document = pypdfium2.PdfDocument(content)
    first = document[0].get_textpage().get_text_range()
    whole = "".join(document[i].get_textpage().get_text_range() for i in range(len(document)))
    document.close()
    assert title in first
    assert "打印" not in first
    if name == "report":
        assert "问题清单" in whole
        assert "雷同片段对照" in whole
        assert "不计入雷同的内容及理由" in whole
        assert "图例" in whole


CONTRAST = """
() => {
  const bad = [];
  const parse = c => { const m = c.match(/[\\d.]+/g).map(Number); return m.length < 4 ? [...m, 1] : m; };
  const lum = c => c.slice(0, 3).map(v => v / 255).map(v => v <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4)
    .reduce((s, v, i) => s + v * [.2126, .7152, .0722][i], 0);
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode, e = node.parentElement;
    if (!node.textContent.trim() || !e.offsetParent || e.closest('script, style, svg, .vh')) continue;
    const style = getComputedStyle(e);
    let back = [255, 255, 255, 1];
    for (let a = e; a; a = a.parentElement) {
      const b = parse(getComputedStyle(a).backgroundColor);
      if (b[3] > .99) { back = b; break; }
    }
    const l1 = lum(parse(style.color)), l2 = lum(back);
    const ratio = (Math.max(l1, l2) + .05) / (Math.min(l1, l2) + .05);
    const large = parseFloat(style.fontSize) >= 24;
    if (ratio < (large ? 3 : 4.5)) bad.push(ratio.toFixed(2) + ' ' + e.className + ' ' + node.textContent.slice(0, 20));
  }
  return bad;
}
"""


@pytest.mark.parametrize("name", ["report", "batch", "passages"])
def test_text_has_contrast(show, batch, name: str):
    page = show(
        {
            "report": lambda: render_report_page(batch.assessments[9], SETTINGS),
            "batch": lambda: render_batch_page(batch, SETTINGS),
            "passages": lambda: render_passages_page(batch, SETTINGS),
        }[name]()
    )
    assert page.evaluate(CONTRAST) == []
    if name == "report":
        page.click("button[data-kind=copied]")
        page.locator("i[data-m]").first.click()
        assert page.evaluate(CONTRAST) == []


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("name", ["report", "batch", "passages"])
def test_nothing_sticks_out_sideways(show, batch, name: str, width: int):
    page = show(
        {
            "report": lambda: render_report_page(batch.assessments[9], SETTINGS),
            "batch": lambda: render_batch_page(batch, SETTINGS),
            "passages": lambda: render_passages_page(batch, SETTINGS),
        }[name](),
        width,
    )
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_every_control_has_a_name(show, batch):
    for html in (render_report_page(batch.assessments[9], SETTINGS), render_batch_page(batch, SETTINGS)):
        page = show(html)
        nameless = page.evaluate(
            """() => Array.from(document.querySelectorAll('button, input, select, [role=tab], canvas[tabindex]'))
                        .filter(e => !(e.innerText || '').trim() && !e.getAttribute('aria-label')
                                     && !e.closest('label') && e.offsetParent).length"""
        )
        assert nameless == 0


def test_five_hundred_reports_are_usable(show):
    page = show(render_batch_page(make_comparison(500), SETTINGS))
    page.fill("input[data-table=t-reports]", "青")
    assert 0 < page.locator("#t-reports tbody tr:visible").count() < 500
    page.locator("#map").scroll_into_view_if_needed()
    page.focus("#map")
    page.keyboard.press("ArrowRight")
    assert re.search(r"\d%", page.inner_text("#read"))


def test_an_anonymous_page_has_no_switch_for_names(show, batch):
    page = show(render_batch_page(batch, replace(SETTINGS, anonymise=True)))
    assert page.locator("#b-names").count() == 0
    assert "单位01" in page.inner_text("#t-reports")


def test_the_switch_hides_names_in_reasons_too(show, batch):
    first = batch.assessments[9]
    name = first.report.profile.place.name
    because = replace(first.spans[0].because, zh=f"与{name}2021年报告相同", en=f"same as {name} 2021")
    changed = replace(first, spans=(replace(first.spans[0], because=because), *first.spans[1:]))
    page = show(render_report_page(changed, SETTINGS))
    page.locator("#text i[data-r]").first.click()
    assert name in page.inner_text("#why")
    page.click("#b-names")
    assert name not in page.inner_text("#why")
    page.click("#b-language")
    assert "same as" in page.inner_text("#why")
    assert name not in page.inner_text("#why")
