"""Own, superior, subordinate, neighbour, foreign: by code, and by name where a place has none."""

import pytest

from jingwei.lexicon.places import is_superior, native_relation, same_county
from jingwei.lexicon.places_relation import anchor_code, best_relation, code_relation, is_zone
from jingwei.model import Place

KUNSHAN = Place("昆山市", "江苏省", "苏州市", "昆山市", None, "320583")
ZHOUSHI = Place("昆山市周市镇", "江苏省", "苏州市", "昆山市", "周市镇", "320583102")
LIUYAN = Place("青溪县柳烟镇", None, None, "青溪县", "柳烟镇")


@pytest.mark.parametrize(
    ("code", "home", "relation"),
    [
        ("320583102", "320583102", "own"),
        ("320583", "320583102", "superior"),
        ("32", "320583102", "superior"),
        ("320583102", "3205", "subordinate"),
        ("320583100", "320583102", "neighbour"),  # another township of the county
        ("320581", "320583102", "neighbour"),  # another county of the prefecture
        ("320581100", "320583102", "neighbour"),
        ("3202", "320583102", "foreign"),  # another prefecture
        ("3202", "3205", "neighbour"),  # but a prefecture's peers are its neighbours
        ("3301", "3205", "foreign"),
        ("500229", "500231115", "neighbour"),  # counties of a municipality share their city
        ("429004", "429006107", "foreign"),  # counties run by the province share none
        ("33", "32", "foreign"),
    ],
)
def test_relation_of_two_codes(code, home, relation):
    assert code_relation(code, home) == relation


def test_the_kindest_candidate_decides_and_disagreement_is_ambiguous():
    assert best_relation(("110108", "320583100"), ("320583102",)) == "neighbour"
    assert best_relation(("320583100",), ("320583102", "110108001")) == "ambiguous"
    assert best_relation((), ("320583102",)) == "ambiguous"


def test_invented_places_are_related_by_their_names():
    assert native_relation(Place("青溪县", None, None, "青溪县"), LIUYAN) == "superior"
    assert native_relation(LIUYAN, LIUYAN) == "own"
    assert native_relation(Place("青溪县石烟乡", None, None, "青溪县", "石烟乡"), LIUYAN) == "neighbour"
    assert native_relation(Place("白溪县石烟乡", None, None, "白溪县", "石烟乡"), LIUYAN) == "foreign"
    assert native_relation(Place("石烟乡", town="石烟乡"), Place("柳烟镇", town="柳烟镇")) == "foreign"
    assert native_relation(LIUYAN, None) == "ambiguous"


def test_superior_is_strict_and_knows_an_unlisted_town_of_a_listed_county():
    assert is_superior(KUNSHAN, ZHOUSHI)
    assert not is_superior(ZHOUSHI, KUNSHAN)
    assert not is_superior(KUNSHAN, KUNSHAN)
    assert is_superior(KUNSHAN, Place("昆山市柳烟镇", "江苏省", "苏州市", "昆山市", "柳烟镇"))


def test_same_county_needs_a_known_county():
    assert same_county(KUNSHAN, ZHOUSHI)
    assert same_county(LIUYAN, Place("青溪县", None, None, "青溪县"))
    assert not same_county(Place("柳烟镇", town="柳烟镇"), Place("石烟镇", town="石烟镇"))


def test_anchor_is_the_deepest_superior_the_list_knows():
    assert anchor_code(Place("昆山市柳烟镇", "江苏省", "苏州市", "昆山市", "柳烟镇")) == "320583"
    assert anchor_code(LIUYAN) is None
    assert anchor_code(None) is None


def test_a_zone_is_a_place_whose_name_is_none_of_its_levels():
    assert is_zone(Place("青溪现代农业示范区", county="青溪县"))
    assert not is_zone(KUNSHAN)
    assert not is_zone(LIUYAN)
