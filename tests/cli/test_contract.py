"""The JSON contract: every key is there (docs/schema) and true (checked against the text itself)."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from jingwei.cli.main import main
from jingwei.model import KINDS

ROOT = Path(__file__).resolve().parents[2]
Json = dict[str, Any]
Run = Callable[..., tuple[int, str, str]]


def schema(name: str) -> Json:
    return dict(json.loads((ROOT / f"docs/schema/{name}.schema.json").read_text("utf-8")))


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory, fixtures_dir: Path) -> Path:
    place = tmp_path_factory.mktemp("library") / "lib"
    assert main(["library", "add", str(fixtures_dir / "reports"), "--library", str(place), "-q"]) == 0
    authority = str(fixtures_dir / "library/authority")
    assert main(["library", "add", authority, "--role", "authority", "--library", str(place), "-q"]) == 0
    return place


def check_truth(answer: Json) -> None:
    text, counts = answer["document"]["text"], answer["counts"]
    assert answer["document"]["chars"] == len(text)
    solid = [i for s in answer["spans"] for i in range(s["start"], s["end"]) if not text[i].isspace()]
    assert len(solid) == len(set(solid)) == counts["body"] == answer["document"]["body_chars"]
    by_kind = dict.fromkeys(KINDS, 0)
    for s in answer["spans"]:
        by_kind[s["kind"]] += sum(not c.isspace() for c in text[s["start"] : s["end"]])
    assert by_kind == {k: counts[k] for k in KINDS}
    assert [s["start"] for s in answer["spans"]] == sorted(s["start"] for s in answer["spans"])
    for before, after in zip(answer["spans"], answer["spans"][1:], strict=False):
        assert before["end"] <= after["start"]
    if counts["body"]:
        assert sum(answer["shares"].values()) == pytest.approx(1, abs=1e-4)
    free = counts["body"] - counts["mandated"]
    scores = answer["scores"]
    if free:
        assert scores["originality"] == pytest.approx((counts["local"] + counts["own"]) / free, abs=1e-6)
        assert scores["overlap_effective"] == pytest.approx((counts["copied"] + counts["recycled"]) / free, abs=1e-6)
        assert scores["recycled_rate"] == pytest.approx(counts["recycled"] / free, abs=1e-6)
    assert scores["overlap_total"] == pytest.approx(counts["matched_13"] / counts["body"], abs=1e-6)
    assert counts["facts"] == len(answer["facts"])
    for fact in answer["facts"]:
        assert "".join(text[fact["start"] : fact["end"]].split()) == "".join(fact["text"].split())
    for finding in answer["findings"]:
        assert (finding["start"] is None) == (finding["end"] is None)
        if finding["start"] is not None and finding["quote"]:
            squeezed = "".join(text[finding["start"] : finding["end"]].split())
            assert "".join(finding["quote"].split()).rstrip("…") in squeezed
    for match in answer["matches"]:
        assert match["end"] - match["start"] >= match["equal_chars"] > 0
        assert match["equal_chars"] >= match["effective_chars"]
        assert len(match["source"]["text"]) == match["source"]["end"] - match["source"]["start"]
        for a, b, c, d in match["runs"]:
            base = match["source"]["start"]
            left, right = "".join(text[a:b].split()), "".join(match["source"]["text"][c - base : d - base].split())
            assert len(left) == len(right)
    for section in answer["sections"]:
        assert 0 <= section["start"] <= section["end"] <= len(text)


@pytest.mark.parametrize("command", ["score", "check"])
def test_report_contract(command: str, library: Path, fixtures_dir: Path, capsys: pytest.CaptureFixture[str]) -> None:
    drafts = [str(p) for p in sorted((fixtures_dir / "drafts").iterdir())]
    code = main([command, *drafts, str(fixtures_dir / "reports"), "--library", str(library), "--format", "json", "-q"])
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert code == (1 if command == "check" else 0)
    assert len(lines) == 25
    for answer in lines:
        jsonschema.validate(answer, schema("report"))
        check_truth(answer)


def test_sources_and_pairs_tell_whose_they_are_and_what_they_count(
    library: Path, fixtures_dir: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    draft = str(fixtures_dir / "reports" / "sangluo-liuting-2023.txt")
    main(["score", draft, "--library", str(library), "--format", "json", "-q"])
    sources = [m["source"] for m in json.loads(capsys.readouterr().out)["matches"]]
    assert {(s["place"], s["unit"]) for s in sources} >= {("桑洛县柳汀镇", "桑洛县柳汀镇人民政府")}
    main(["compare", str(fixtures_dir / "reports"), "--format", "json", "-q"])
    answer = json.loads(capsys.readouterr().out)
    reports = {r["id"]: r for r in answer["reports"]}
    matched = [p for p in answer["pairs"] if p["matches"]]
    assert len(matched) > 10
    for pair in matched:
        counts = reports[pair["counted_report"]]["counts"]
        assert pair["judged_chars"] == counts["body"] - counts["mandated"]
        assert pair["overlap_effective"] == round(pair["overlap_effective_chars"] / pair["judged_chars"], 6)
        assert pair["overlap_total"] == round(pair["overlap_total_chars"] / pair["body_chars"], 6)
        assert all(m["source"]["unit"] == reports[pair["right"]]["unit"] for m in pair["matches"])


def test_without_a_library_originality_is_an_upper_bound(
    fixtures_dir: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    draft = str(next((fixtures_dir / "drafts").glob("careful*")))
    assert main(["score", draft, "--format", "json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["scores"]["originality_is_upper_bound"] is True
    assert answer["library"] == {
        "path": None, "reports": 0, "places": 0, "years": [], "authority": 0, "previous": [], "previous_unused": [],
    }  # fmt: skip
    assert main(["score", draft]) == 0
    shown = capsys.readouterr().out
    assert "≤" in shown and "比对库：0 篇，仅与内置语料比对" in shown


def test_earlier_reports_named_beside_no_library_are_part_of_what_was_compared(
    fixtures_dir: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    draft, earlier, later = (str(fixtures_dir / f"reports/sangluo-liuting-{y}.txt") for y in (2022, 2021, 2023))
    main(["check", draft, "--previous", earlier])
    shown = capsys.readouterr()
    assert "比对库：0 篇，仅与往年报告 1 篇和内置语料比对" in "".join(shown.out.split("\n"))
    assert "往年报告：" in shown.out and earlier in "".join(shown.out.split()) and "未用" not in shown.out + shown.err
    main(["check", draft, "--previous", earlier, "--format", "json"])
    answer = json.loads(capsys.readouterr().out)
    jsonschema.validate(answer, schema("report"))
    assert answer["library"]["previous"] == [earlier] and answer["library"]["reports"] == 0
    (own,) = {s["because"] for s in answer["spans"] if s["because_code"] == "unmatched"}
    assert "往年报告（1篇）" in own and "未接比对库" not in own
    assert answer["scores"]["originality_is_upper_bound"]
    for useless in (later, draft):  # a later one and the draft itself: said, on both streams
        main(["check", draft, "--previous", useless, "--format", "json"])
        shown = capsys.readouterr()
        assert json.loads(shown.out)["library"]["previous_unused"] == [useless]
        assert json.loads(shown.out)["library"]["previous"] == []
        assert "未用于" in shown.err and useless in shown.err
        main(["check", draft, "--previous", useless])
        shown = capsys.readouterr()
        assert "所给往年报告 1 篇未用" in "".join(shown.out.split("\n")) and "未用的往年报告：" in shown.out


def test_compare_contract(fixtures_dir: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["compare", str(fixtures_dir / "reports"), "--format", "json", "-q"]) == 0
    answer = json.loads(capsys.readouterr().out)
    jsonschema.validate(answer, schema("compare"))
    ids = [r["id"] for r in answer["reports"]]
    assert len(ids) == len(set(ids)) == 23
    assert sorted(answer["order"]) == sorted(ids)
    for pair in answer["pairs"]:
        assert {pair["left"], pair["right"]} <= set(ids)
    assert {i for g in answer["groups"] for i in g["reports"]} <= set(ids)


def test_a_file_that_cannot_be_read_is_a_line_of_its_own(
    tmp_path: Path, fixtures_dir: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "空.txt").write_bytes(b"")
    good = str(next((fixtures_dir / "drafts").glob("careful*")))
    assert main(["score", good, str(tmp_path / "空.txt"), "--format", "json"]) == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [x["schema"] for x in lines] == ["jingwei/report@1", "jingwei/skipped@1"]
    jsonschema.validate(lines[1], schema("skipped"))
    assert lines[1]["reason"] == "empty"
    assert main(["score", str(tmp_path / "空.txt"), "--format", "json"]) == 3


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["score", "没有这个文件.txt"], 2),
        (["check", "x.txt", "--fail-on", "sometimes"], 2),
        (["nonsense"], 2),
        (["score", "{draft}", "--library", "没有这个库"], 2),
        (["score", "{draft}", "--set", "nonsense=1"], 2),
        (["explain", "{draft}", "--at", "99999999"], 2),
        (["check", "{careful}"], 0),
        (["check", "{sloppy}"], 1),
        (["check", "{sloppy}", "--fail-on", "never"], 0),
        (["score", "{sloppy}"], 0),
        (["score", "{sloppy}", "--fail-on", "error"], 1),
    ],
)
def test_exit_codes(arguments: list[str], code: int, fixtures_dir: Path, capsys: pytest.CaptureFixture[str]) -> None:
    careful, sloppy = (str(next((fixtures_dir / "drafts").glob(f"{n}*"))) for n in ("careful", "sloppy"))
    filled = [a.format(draft=careful, careful=careful, sloppy=sloppy) for a in arguments]
    assert main(filled) == code
    assert "Traceback" not in capsys.readouterr().err
