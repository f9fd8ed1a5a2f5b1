"""Place names in running text: what is one, what only looks like one, and how it stands to the reporter."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jingwei.lexicon import places_spots
from jingwei.lexicon.places import find_places
from jingwei.lexicon.places_divisions import codes_of
from jingwei.model import Place, Profile, TracedText

ZHOUSHI = Profile(place=Place("昆山市周市镇", "江苏省", "苏州市", "昆山市", "周市镇", "320583102"))
LIUYAN = Profile(place=Place("青溪县柳烟镇", None, None, "青溪县", "柳烟镇"))
NOBODY = Profile()


def traced(text: str) -> TracedText:
    at = np.arange(len(text), dtype=np.int32)
    return TracedText(text, at, at + 1)


def found(text: str, home: Profile = ZHOUSHI, extra: tuple[str, ...] = ()) -> list[tuple[str, str, str]]:
    return [(h.name, h.level, h.relation) for h in find_places(traced(text), home, extra)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2023年，周市镇扎实推进", [("周市镇", "镇", "own")]),
        ("昆山市周市镇人民政府", [("昆山市", "县", "superior"), ("周市镇", "镇", "own")]),
        ("在昆山市委坚强领导下", [("昆山市", "县", "superior")]),
        ("苏州市和江苏省的要求", [("苏州市", "市", "superior"), ("江苏省", "省", "superior")]),
        ("与巴城镇联合执法", [("巴城镇", "镇", "neighbour")]),
        ("与常熟市建立协作", [("常熟市", "县", "neighbour")]),
        ("浙江省诸暨市枫桥镇", [("浙江省", "省", "foreign"), ("诸暨市", "县", "foreign"), ("枫桥镇", "镇", "foreign")]),
        ("赴垫江考察学习", []),  # a county's short form may be a person or a hamlet: masked, but nobody is asked
        ("推动垫江高质量发展", [("垫江", "县", "foreign")]),  # here it can only be the speaker's own place
        ("学习借鉴宁波、无锡等地做法", [("无锡", "市", "foreign")]),
        ("彭水苗族土家族自治县", [("彭水苗族土家族自治县", "县", "foreign")]),
        ("恩施州和恩施土家族苗族自治州", [("恩施州", "市", "foreign"), ("恩施土家族苗族自治州", "市", "foreign")]),
        ("在三岔村召开会议", [("三岔村", "村", "subordinate")]),
        ("周市镇三岔村", [("周市镇", "镇", "own"), ("三岔村", "村", "subordinate")]),
    ],
)
def test_names_levels_and_relations(text, expected):
    assert found(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "全县各乡镇、乡镇街道、城乡居民和城乡一体化",
        "我镇创建法治政府建设示范镇，打造特色小镇、中心镇、建制镇",
        "提高城镇化水平，建设平安乡村、美丽乡村、宜居乡村",
        "工作全局、全局工作、乡村两级、一村一法律顾问、圩日集镇",
        "社区矫正、辖区企业、行政村、自然村、各村（社区）、贫困村、老城区、新城区、开发区",
        "各市和县、市和县直部门、农民和县级财政、会同县司法局开展检查",
        "适应城市发展，沿海城市、滨海城市和山水城市",
        "保持长治久安，祝愿人民幸福安康",
        "坚持和发展新时代枫桥经验，弘扬延安精神，上海合作组织成员国",
        "公安机关、资源共享、通道建设、前进方向、民主法治、同心同德",
        "张新民乡长、李和平镇长参加会议",
        "《中华人民共和国民法典》和《深圳经济特区条例》",
        "加强村级组织建设，走访村民，派驻村干部，完善村规民约",
    ],
)
def test_ordinary_words_are_no_places(text):
    assert found(text, Profile(place=Place("重庆市", "重庆市", code="50"))) == []


def test_a_generic_name_counts_after_its_county():
    assert found("范镇", ZHOUSHI) == []
    assert found("泰安市岱岳区范镇", ZHOUSHI)[-1] == ("范镇", "镇", "foreign")


def test_an_unlisted_township_after_a_county_takes_its_relation():
    assert found("昆山市柳烟镇", ZHOUSHI)[-1] == ("柳烟镇", "镇", "neighbour")
    assert found("垫江县柳烟镇", ZHOUSHI)[-1] == ("柳烟镇", "镇", "foreign")


def test_another_countys_township_of_the_own_name_is_foreign():
    home = Profile(place=Place("诸暨市枫桥镇", "浙江省", "绍兴市", "诸暨市", "枫桥镇", codes_of("枫桥镇")[0]))
    assert found("枫桥镇", home) == [("枫桥镇", "镇", "own")]
    assert found("垫江县枫桥镇", home)[-1] == ("枫桥镇", "镇", "foreign")


def test_an_invented_reporter_accuses_no_township_that_may_be_a_fellow():
    assert found("与枫桥镇联合调解，柳烟镇三岔村", LIUYAN) == [
        ("枫桥镇", "镇", "ambiguous"),
        ("柳烟镇", "镇", "own"),
        ("三岔村", "村", "subordinate"),
    ]
    assert found("在诸暨市召开", LIUYAN) == [("诸暨市", "县", "foreign")]


def test_an_ambiguous_reporter_knows_its_own_name_and_leaves_the_rest_open():
    home = Profile(place=Place("新民乡", town="新民乡", candidates=codes_of("新民乡")))
    assert found("新民乡与平庄镇", home)[0] == ("新民乡", "乡", "own")


def test_an_unknown_reporter_gets_no_verdict():
    assert {relation for *_, relation in found("昆山市周市镇和浙江省", NOBODY)} == {"ambiguous"}


def test_the_users_own_list_extends_the_names():
    assert found("与石烟乡联合", LIUYAN) == []
    assert found("与石烟乡联合", LIUYAN, ("青溪县石烟乡",)) == [("石烟乡", "乡", "neighbour")]
    assert found("与石烟乡联合", LIUYAN, ("白溪县石烟乡",)) == [("石烟乡", "乡", "foreign")]
    assert found("与石烟乡联合", LIUYAN, ("石烟乡",)) == [("石烟乡", "乡", "ambiguous")]


def test_offsets_are_those_of_the_raw_text():
    raw = "在 昆 山 市 召开"
    kept = [i for i, c in enumerate(raw) if c != " "]
    clean = TracedText(
        "".join(raw[i] for i in kept), np.array(kept, dtype=np.int32), np.array([i + 1 for i in kept], dtype=np.int32)
    )
    (hit,) = find_places(clean, ZHOUSHI)
    assert raw[hit.start : hit.end] == "昆 山 市"


def test_the_own_short_form_is_found_anywhere():
    assert [hit.name for hit in find_places(traced("建设美丽柳烟，让柳烟群众满意"), LIUYAN)] == ["柳烟", "柳烟"]


@settings(deadline=None)  # the first text loads the list of divisions
@given(st.text(alphabet="昆山市周镇乡村县区和平安城关在与，。《》三岔垫江无锡推动道街省州民族自治会同", max_size=60))
def test_hits_are_sorted_disjoint_and_inside(text):
    for home in (ZHOUSHI, LIUYAN, NOBODY):
        hits = find_places(traced(text), home)
        assert all(left.end <= right.start for left, right in pairwise(hits))
        assert all(text[h.start : h.end] == h.name for h in hits)


@pytest.mark.parametrize(
    "text",
    [
        "深入自然村村组道路",
        "壮大村集体经济",
        "三个空壳村",
        "实现村村通公路",
        "在行政村开展",
        "部分村民反映",
        "完善村级制度",
    ],
)
def test_what_stands_before_village_everywhere_is_no_village(text):
    assert found(text) == []


def test_ends_of_names_shut_out_no_name() -> None:
    ends = places_spots._Ends(lambda: ["青溪县", "柳县"])
    assert ends.pairs(places_spots._ASKED_BEFORE_COLLECTING - 1) is None  # not known yet
    assert ends.pairs(1) == {"溪县", "柳县"}


def test_a_village_after_a_township_needs_no_border() -> None:
    assert [name for name, *_ in found("干部走进周市镇三岔村调解")] == ["周市镇", "三岔村"]
    assert found("干部走进三岔村调解") == []
