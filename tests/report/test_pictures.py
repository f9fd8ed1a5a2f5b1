"""The pictures: numbers beside them, same bytes twice, readable at any size, nothing global left behind."""

from __future__ import annotations

import csv
import io
import os
import re
import subprocess
import sys
from functools import cache
from itertools import pairwise
from pathlib import Path

import matplotlib
import numpy as np
import pytest
from msgspec.structs import replace
from PIL import Image
from samples import make_comparison, passages_between

from jingwei.errors import UsageError
from jingwei.model import KINDS, Comparison
from jingwei.report import figure_reports
from jingwei.report.composition import Composition, kinds_of_characters
from jingwei.report.figure_pair import paragraph_shares
from jingwei.report.figure_strips import _cells_of, _pixels, paragraph_runs
from jingwei.report.figures import MEASURES, draw_pair, draw_reports_heatmap, draw_sections, draw_strips
from jingwei.report.fonts import packaged_font
from jingwei.report.palette import KIND_COLOURS
from jingwei.report.picture import cell_number, text_inches
from jingwei.settings import ReportSettings

SETTINGS = ReportSettings(font=str(packaged_font().path))
GOLDEN = Path(__file__).parent / "golden"
GOLDEN_WIDTH = 420


@cache
def batch(units: int) -> Comparison:
    return make_comparison(units)


def rows_of(path: Path) -> list[list[str]]:
    return list(csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"))))


def draw_kind(kind: str, size: int, path: Path) -> None:
    if kind == "pair":
        pair = make_comparison(6, paragraphs={5: 1, 50: 5, 500: 25}[size])
        left, right = pair.assessments[4], pair.assessments[5]
        draw_pair(left, right, passages_between(left, right, pair), path, SETTINGS)
    else:
        draw = {"reports": draw_reports_heatmap, "strips": draw_strips, "sections": draw_sections}[kind]
        draw(batch(size), path, SETTINGS)


@pytest.mark.parametrize("size", [5, 50, 500])
@pytest.mark.parametrize("kind", ["reports", "strips", "sections", "pair"])
def test_golden_pictures(kind: str, size: int, tmp_path: Path):
    """Written anew by JINGWEI_GOLDEN=write; looked at by a person before they are committed."""
    draw_kind(kind, size, tmp_path / "now.png")
    now = shrunk(tmp_path / "now.png")
    golden = GOLDEN / f"{kind}-{size}.png"
    if os.environ.get("JINGWEI_GOLDEN") == "write":
        GOLDEN.mkdir(exist_ok=True)
        now.quantize(64).save(golden, optimize=True)
    assert differing_share(now, Image.open(golden).convert("RGB")) < 0.02


def shrunk(path: Path) -> Image.Image:
    picture = Image.open(path).convert("RGB")
    return picture.resize((GOLDEN_WIDTH, round(picture.height * GOLDEN_WIDTH / picture.width)), Image.Resampling.BOX)


def differing_share(left: Image.Image, right: Image.Image) -> float:
    """Share of pixels that differ plainly; 1 when the sizes differ by more than a line of text."""
    if abs(left.height - right.height) > 8:
        return 1.0
    height = min(left.height, right.height)
    box = (0, 0, GOLDEN_WIDTH, height)
    difference = np.abs(np.asarray(left.crop(box), dtype=int) - np.asarray(right.crop(box), dtype=int)).max(axis=2)
    return float((difference > 48).mean())


def test_the_golden_comparison_sees_a_changed_picture(tmp_path: Path):
    draw_kind("reports", 5, tmp_path / "a.png")
    changed = batch(5)
    matrix = changed.matrix.copy()
    matrix[0, 1] = matrix[1, 0] = 0.95
    draw_reports_heatmap(replace(changed, matrix=matrix), tmp_path / "b.png", SETTINGS)
    assert differing_share(shrunk(tmp_path / "a.png"), shrunk(tmp_path / "b.png")) >= 0.005


@pytest.mark.parametrize("suffix", [".png", ".svg", ".pdf"])
@pytest.mark.parametrize("kind", ["reports", "strips", "sections", "pair"])
def test_two_runs_give_the_same_bytes(kind: str, suffix: str, tmp_path: Path):
    for name in ("a", "b"):
        draw_kind(kind, 5, tmp_path / (name + suffix))
    assert (tmp_path / f"a{suffix}").read_bytes() == (tmp_path / f"b{suffix}").read_bytes()
    assert (tmp_path / "a.csv").read_bytes() == (tmp_path / "b.csv").read_bytes()
    assert b"20" + b"26-" not in (tmp_path / f"a{suffix}").read_bytes()[:2000]


def test_the_matrix_csv_is_the_picture_in_cluster_order(tmp_path: Path):
    comparison = batch(5)
    draw_reports_heatmap(comparison, tmp_path / "r.png", SETTINGS)
    rows = rows_of(tmp_path / "r.csv")
    assert rows[0][1:] == [row[0] for row in rows[1:]]
    order = list(comparison.order)
    expected = comparison.matrix[np.ix_(order, order)]
    assert np.allclose(np.array([[float(c) for c in row[1:]] for row in rows[1:]]), expected, atol=1e-6)


def test_the_strips_csv_holds_every_body_character(tmp_path: Path):
    comparison = batch(5)
    draw_strips(comparison, tmp_path / "s.svg", SETTINGS)
    rows = rows_of(tmp_path / "s.csv")[1:]
    assert sum(int(row[2]) for row in rows) == sum(a.counts.body for a in comparison.assessments)
    assert all(int(row[2]) == sum(map(int, row[3:])) for row in rows)


def test_a_paragraph_strip_tiles_its_cell():
    for runs in paragraph_runs(batch(5).assessments[0]):
        assert runs[0][0] == 0
        assert runs[-1][1] == 1
        assert all(a[1] == b[0] and a[2] != b[2] for a, b in pairwise(runs))


def test_counts_of_many_parts_are_those_of_each():
    composition = Composition(batch(5).assessments[0])
    kinds = composition.kinds
    parts = [((0, 30),), ((5, 9), (12, 40)), (), ((7, 7),), ((len(kinds) - 20, len(kinds)),)]
    counted = [np.concatenate([kinds[:0], *(kinds[a:b] for a, b in ranges)]) for ranges in parts]
    expected = [tuple(int(np.count_nonzero(found == kind)) for kind in range(len(KINDS))) for found in counted]
    assert [stretch.chars for stretch in composition.many(parts)] == expected
    assert [composition.pieces(ranges).chars for ranges in parts] == expected


def test_a_strip_of_pixels_is_filled_like_the_cells():
    report = batch(5).assessments[0]
    runs = paragraph_runs(report)
    cells = _cells_of(report, kinds_of_characters(report))
    image = _pixels([cells], len(runs) + 1)
    for x, paragraph in enumerate(runs):
        for start, end, kind in paragraph:
            colour = [int(KIND_COLOURS[KINDS[kind]][i : i + 2], 16) for i in (1, 3, 5)]
            filled = image[0, 12 * x + round(12 * start) : 12 * x + round(12 * end), :3]
            assert (filled == colour).all()
    assert (image[0, 12 * len(runs) :] == 255).all()


@pytest.mark.parametrize("measure", MEASURES)
def test_sections_of_any_measure(measure: str, tmp_path: Path):
    comparison = batch(5)
    draw_sections(comparison, tmp_path / "c.png", SETTINGS, measure)
    whole = [row for row in rows_of(tmp_path / "c.csv")[1:] if row[1] == "全文"]
    assert len(whole) == 5
    for row in whole:
        chars, counts = int(row[4]), dict(zip(KINDS, map(int, row[5:]), strict=True))
        judged = chars - counts["mandated"]
        share = (counts["local"] + counts["own"]) / judged if measure == "originality" else counts[measure] / chars
        assert float(row[3]) == pytest.approx(share, abs=1e-6)


def test_an_unknown_measure_or_suffix_is_refused(tmp_path: Path):
    with pytest.raises(UsageError, match="指标"):
        draw_sections(batch(5), tmp_path / "x.png", SETTINGS, "beauty")
    with pytest.raises(UsageError, match=r"\.png"):
        draw_strips(batch(5), tmp_path / "x.jpeg", SETTINGS)
    assert list(tmp_path.iterdir()) == []


def test_a_copied_stretch_is_a_diagonal():
    comparison = make_comparison(6)
    left, right = comparison.assessments[4], comparison.assessments[5]
    shares, equal = paragraph_shares(left, right, passages_between(left, right, comparison))
    places = np.argwhere(equal > 20)
    assert len(places) == 5
    assert np.all(np.diff(places, axis=0) > 0)  # both sides go on together
    assert shares.max() <= 1
    assert shares[tuple(places[0])] > 0.3


def test_a_pair_with_nothing_shared_is_drawn_empty(tmp_path: Path):
    left, right = batch(5).assessments[:2]
    draw_pair(left, right, (), tmp_path / "p.png", SETTINGS)
    assert rows_of(tmp_path / "p.csv")[1:] == []


@pytest.mark.parametrize("units", [1, 2])
def test_one_or_two_reports_can_be_drawn(units: int, tmp_path: Path):
    comparison = make_comparison(units)
    for draw in (draw_reports_heatmap, draw_strips, draw_sections):
        assert draw(comparison, tmp_path / "x.png", SETTINGS).picture.stat().st_size > 1000


def test_nothing_global_is_left_behind(tmp_path: Path):
    before = matplotlib.rcParams.copy()
    draw_reports_heatmap(batch(5), tmp_path / "x.svg", SETTINGS)
    assert matplotlib.rcParams.copy() == before


def test_pyplot_is_never_imported(tmp_path: Path):
    program = (
        "import sys; from samples import make_comparison; from jingwei.settings import ReportSettings;"
        "from jingwei.report.figures import draw_reports_heatmap;"
        f"draw_reports_heatmap(make_comparison(3), {str(tmp_path / 'x.png')!r}, ReportSettings());"
        "sys.exit('matplotlib.pyplot' in sys.modules)"
    )
    here = Path(__file__).resolve()
    path = os.pathsep.join([str(here.parent), str(here.parents[2] / "src")])
    assert (
        subprocess.run([sys.executable, "-c", program], env={**os.environ, "PYTHONPATH": path}, check=False).returncode
        == 0
    )


def test_characters_that_cannot_be_drawn_are_named(tmp_path: Path):
    comparison = batch(5)
    ids = ("\U0001f600报告.txt", *comparison.ids[1:])
    first = comparison.assessments[0]
    profile = replace(first.report.profile, place=None)
    report = replace(first.report, profile=profile)
    unknown = replace(first, report=report)
    changed = replace(comparison, ids=ids, assessments=(unknown, *comparison.assessments[1:]))
    assert draw_strips(changed, tmp_path / "x.png", SETTINGS).undrawable == "\U0001f600"
    draw_strips(comparison, tmp_path / "y.png", SETTINGS)
    footnotes = [np.asarray(Image.open(tmp_path / name).convert("L"))[-20:] for name in ("x.png", "y.png")]
    assert footnotes[0].min() < 200 < footnotes[1].min()  # the picture itself names them, on its last line


def test_hostile_names_stay_text(tmp_path: Path):
    comparison = batch(5)
    first = comparison.assessments[0]
    place = replace(first.report.profile.place, name="$x^2$<b>\n=1+1", town=None)
    report = replace(first.report, profile=replace(first.report.profile, place=place))
    changed = replace(comparison, assessments=(replace(first, report=report), *comparison.assessments[1:]))
    draw_reports_heatmap(changed, tmp_path / "x.svg", SETTINGS)
    assert "<b>" not in (tmp_path / "x.svg").read_text(encoding="utf-8")


def test_an_anonymous_picture_names_nobody(tmp_path: Path):
    hidden = replace(SETTINGS, anonymise=True)
    draw_reports_heatmap(batch(5), tmp_path / "x.png", hidden)
    text = (tmp_path / "x.csv").read_text(encoding="utf-8-sig")
    assert "单位01 2023" in text
    assert not re.search("镇|乡|街道", text)


def test_english_pictures(tmp_path: Path):
    draw_strips(batch(5), tmp_path / "x.png", replace(SETTINGS, language="en"))
    assert rows_of(tmp_path / "x.csv")[0][:3] == ["report", "paragraph", "chars"]


def test_numbers_in_cells():
    assert [cell_number(v) for v in (0.0, 0.004, 0.07, 0.5, 0.999, 1.0)] == ["0", "0", ".07", ".50", "1", "1"]


def test_text_width_counts_full_width_characters_double():
    assert text_inches("年年", 72) == 2.0
    assert text_inches("ab", 72) < 1.2


def test_no_pair_is_lost_where_reports_outnumber_cells(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    matrix = np.eye(7)
    matrix[1, 6] = matrix[6, 1] = 0.9
    matrix[2, 3] = matrix[3, 2] = 0.4
    assert figure_reports._shown_cells(matrix)[2] == 1
    monkeypatch.setattr(figure_reports, "_MOST_CELLS", 4)
    shown, itself, merged = figure_reports._shown_cells(matrix)
    assert merged == 2
    assert not itself.any()
    assert shown.tolist() == [[0, 0, 0, 0.9], [0, 0.4, 0, 0], [0, 0, 0, 0], [0.9, 0, 0, 0]]
    comparison = make_comparison(12)
    alone = np.eye(12)
    alone[2, 9] = alone[9, 2] = 1.0
    drawn = {}
    for name, cells in (("none", np.eye(12)), ("one", alone)):
        draw_reports_heatmap(replace(comparison, matrix=cells), tmp_path / f"{name}.png", SETTINGS)
        drawn[name] = np.asarray(Image.open(tmp_path / f"{name}.png").convert("RGB"), dtype=np.int32)
    differs = np.abs(drawn["none"] - drawn["one"]).sum(axis=2) > 100
    assert differs.sum() > 2 * (drawn["one"].shape[0] // 20) ** 2


@pytest.mark.parametrize(
    ("language", "said"),
    [("zh", "同一单位：各年度之间为沿用往年，不按右侧分档"), ("en", "One unit: its years are carried over")],
)
def test_the_picture_says_what_the_cells_of_one_unit_are(
    language: str, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """They are no effective overlap of two units, and the degrees beside the scale are not for them."""
    told: list[str] = []
    monkeypatch.setattr(figure_reports.Sheet, "heading", lambda _, *lines: told.extend(lines))
    settings = replace(SETTINGS, language=language)
    of_two = batch(5)
    assert {p.relation for p in of_two.pairs}.isdisjoint({"previous", "duplicate"})
    draw_reports_heatmap(of_two, tmp_path / "a.png", settings)
    assert said not in "".join(told)
    for relation in ("previous", "duplicate"):
        told.clear()
        own = replace(of_two, pairs=(replace(of_two.pairs[0], relation=relation), *of_two.pairs[1:]))
        draw_reports_heatmap(own, tmp_path / "b.png", settings)
        assert said in told[-1]
