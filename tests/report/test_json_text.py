"""The text of JSON: one line, Chinese readable, lone surrogates escaped, shares of arrays as plain numbers."""

from __future__ import annotations

import json

import numpy as np
import pytest

from jingwei.report.json import dump_json


def test_one_line_with_chinese_readable() -> None:
    assert (
        dump_json({"单位": "青溪县柳河镇", "share": 0.25, "none": None})
        == '{"单位":"青溪县柳河镇","share":0.25,"none":null}'
    )


def test_lone_surrogates_are_escaped_and_come_back() -> None:
    value = {"path": "坏\udcff名.txt"}
    assert json.loads(dump_json(value)) == value
    dump_json(value).encode()


def test_a_share_of_an_array_is_a_number_and_what_has_no_place_is_refused() -> None:
    assert dump_json({"share": np.float64(0.5)}) == '{"share":0.5}'
    with pytest.raises(TypeError, match="ndarray"):
        dump_json({"share": np.zeros(2)})


def test_indented_for_people() -> None:
    assert dump_json({"a": [1, 2]}, indent=1) == '{\n "a": [\n  1,\n  2\n ]\n}'
