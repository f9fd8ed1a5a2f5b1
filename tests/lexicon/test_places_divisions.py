"""The division list: clean, complete, loaded only when asked for."""

import subprocess
import sys

import pytest

from jingwei.lexicon import places_divisions as divisions


def test_counts_are_those_of_the_bureau_without_placeholders():
    names = divisions.upper().names
    by_length = {n: sum(len(code) == n for code in names) for n in (2, 4, 6)}
    assert by_length[2] == 31
    assert by_length[4] == 342 - 9  # nine prefecture rows are placeholders (市辖区, 省直辖县级行政区划 …)
    assert 2950 <= by_length[6] <= 2978
    assert len(divisions.towns()) > 31_000
    assert not {"市辖区", "县", "城区", "街道"} & (set(names.values()) | set(divisions.towns()))


@pytest.mark.parametrize(
    ("name", "code"),
    [("无锡市", "3202"), ("凉山州", "5134"), ("彭水县", "500243"), ("通道县", "431230"), ("东莞市", "4419")],
)
def test_full_and_everyday_names_have_their_code(name, code):
    assert divisions.codes_of(name) == (code,)


def test_a_common_township_name_has_many_codes_and_an_invented_one_none():
    assert len(divisions.codes_of("城关镇")) > 50
    assert divisions.codes_of("柳烟镇") == ()


def test_parents_leave_out_what_is_no_place():
    assert divisions.parents("500231") == ("重庆市", None, "垫江县")
    assert divisions.parents("441900003") == ("广东省", "东莞市", None)
    assert divisions.parents("3202") == ("江苏省", "无锡市", None)


def test_city_key_of_municipality_and_of_a_county_run_by_the_province():
    assert divisions.city_key("500231") == "50"
    assert divisions.city_key("429006") == "429006"
    assert divisions.city_key("320583") == "3205"


@pytest.mark.parametrize(
    ("name", "code", "level"),
    [
        ("昆山市", "320583", "县"),
        ("苏州市", "3205", "市"),
        ("周市镇", "320583102", "镇"),
        ("东城街道", "441900003", "街道"),
        ("额尔敦苏木", "", "乡"),
        ("青溪县", "", "县"),
        ("三岔村", "", "村"),
    ],
)
def test_level_of_a_name(name, code, level):
    assert divisions.level_of(name, code) == level


def test_importing_the_finder_reads_no_list():
    script = (
        "import jingwei.lexicon.places as p, jingwei.lexicon.places_divisions as d;"
        "assert d.upper.cache_info().currsize == 0 and d.towns.cache_info().currsize == 0"
    )
    subprocess.run([sys.executable, "-c", script], check=True)


def test_resolving_a_city_reads_no_townships():
    script = (
        "import jingwei.lexicon.places_divisions as d; from jingwei.lexicon.identity_names import read_unit_name as r;"
        "assert r('江苏省无锡市').codes == ('3202',); assert d.towns.cache_info().currsize == 0"
    )
    subprocess.run([sys.executable, "-c", script], check=True)
