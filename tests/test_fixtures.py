from __future__ import annotations

import copy
import importlib.util
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def check() -> Iterator[ModuleType]:
    spec = importlib.util.spec_from_file_location("check_fixtures", ROOT / "scripts" / "check_fixtures.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["check_fixtures"] = module
    spec.loader.exec_module(module)
    yield module
    del sys.modules["check_fixtures"]


def test_truth_is_true(check: ModuleType) -> None:
    assert check.problems() == []


def test_every_kind_of_relation_is_planted(check: ModuleType) -> None:
    kinds = {plant["kind"] for plant in check.load()["plants"]}
    assert kinds >= {
        "verbatim_paragraph",
        "embedded_sentence",
        "slots_swapped",
        "light_paraphrase",
        "recycled",
        "recycled_document",
        "common_source",
        "family",
        "near_duplicate",
        "authority",
    }


def test_layouts_and_encodings_vary(check: ModuleType) -> None:
    entries = check.load()["reports"].values()
    assert {entry["encoding"] for entry in entries} == {"utf-8", "utf-8-bom", "gb18030"}
    assert {entry["newline"] for entry in entries} == {"lf", "crlf"}
    assert {entry["level"] for entry in entries} == {"镇", "乡", "街道", "县", "部门", "示范区"}
    layouts = " ".join(entry["layout"] for entry in entries)
    assert all(word in layouts for word in ("web page", "red-head", "page-broken", "plain"))


def test_a_moved_offset_is_noticed(check: ModuleType) -> None:
    truth = check.load()
    text = check.texts(truth)
    moved = copy.deepcopy(truth)
    moved["residues"][0]["start"] += 1
    assert list(check.wrong_offsets(truth, text)) == []
    assert len(list(check.wrong_offsets(moved, text))) == 1


def test_an_existing_place_is_noticed(check: ModuleType) -> None:
    truth = {"places": ["柳汀镇", "垫江县", "杠家镇"]}
    assert list(check.existing_places(truth)) == ["垫江县 exists", "杠家镇 exists"]


def test_unplanned_sharing_is_noticed(check: ModuleType) -> None:
    truth = check.load()
    text = check.texts(truth)
    left, right = "reports/jining-shatang-2021.txt", "reports/xiuchuan-feixi-2024.txt"
    stolen = "水库移民安置历时六年，至今还有人没有搬进新村居住"
    changed = {**text, left: text[left] + stolen, right: text[right] + stolen}
    found = list(check.unplanned_sharing(truth, changed))
    assert len(found) == len(stolen) - check.SHARED_CHARS + 1
    assert all(left in line and right in line for line in found)
