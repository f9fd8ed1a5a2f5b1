"""Who wrote it, of which year: titles, letterheads, signatures, speeches, file names, the user's word."""

import pytest

from jingwei.lexicon.identity import identify
from jingwei.model import Document, Profile
from jingwei.text import read_structure

BODY = (
    "\n一、2022年主要工作\n我镇全年排查化解矛盾纠纷26件，组织普法宣传9场，办理行政处罚案件4件，各项工作有序推进。\n"
    "二、存在问题\n执法力量不足，办案文书还不够规范，部分干部学法不够。\n三、下一步打算\n继续加强培训，规范执法，提升服务水平。\n"
)


def profile(text: str, path: str = "报告.txt", *, hints: dict[str, str] | None = None, **given) -> Profile:
    document = Document(path, "0", "txt", text, hints=hints or {})
    return identify(document, read_structure(document), **given)


def report(title: str, opening: str = "", signature: str = "", head: str = "") -> str:
    return f"{head}{title}\n{opening or '现将有关情况报告如下。'}{BODY}{signature}"


def test_listed_township_is_resolved_with_its_code():
    seen = profile(report("昆山市周市镇人民政府2022年法治政府建设年度报告"))
    assert seen.place is not None
    assert (seen.place.code, seen.place.province, seen.place.city, seen.place.county, seen.place.town) == (
        "320583102",
        "江苏省",
        "苏州市",
        "昆山市",
        "周市镇",
    )
    assert (seen.level, seen.organ, seen.year) == ("镇", "人民政府", 2022)
    assert seen.unit == "江苏省苏州市昆山市周市镇人民政府"


def test_invented_township_is_read_by_pattern_and_has_no_code():
    seen = profile(report("青溪县柳烟镇2022年法治政府建设情况报告"))
    assert seen.place is not None
    assert (seen.place.name, seen.place.county, seen.place.town) == ("青溪县柳烟镇", "青溪县", "柳烟镇")
    assert seen.place.code is None
    assert seen.place.candidates == ()
    assert seen.unit == "青溪县柳烟镇人民政府"


def test_ambiguous_township_keeps_its_candidates_and_equals_nobody():
    seen = profile(report("新民乡2022年法治政府建设报告"))
    assert seen.place is not None
    assert seen.place.code is None
    assert len(seen.place.candidates) >= 3
    assert seen.unit is None
    assert seen.level == "乡"


@pytest.mark.parametrize(
    "superior",
    [
        {"opening": "2022年，城关镇在郧西县委、县政府坚强领导下，深入推进依法行政。"},
        {"head": "郧西县城关镇人民政府文件\n城政发〔2023〕3号\n"},
        {"signature": "\n郧西县城关镇人民政府\n2023年1月20日\n"},
    ],
)
def test_the_county_named_in_the_report_settles_an_ambiguous_name(superior):
    seen = profile(report("城关镇2022年法治政府建设报告", **superior))
    assert seen.place is not None
    assert (seen.place.county, seen.place.code) == ("郧西县", "420322100")


def test_a_county_mentioned_by_the_way_invents_no_place():
    text = report("新民乡2022年法治政府建设报告", opening="2022年，新民乡学习借鉴经验，与昆山市司法局签订协议。")
    seen = profile(text)
    assert seen.place is not None
    assert seen.place.county is None
    assert len(seen.place.candidates) >= 3


def test_addressee_gives_the_county_of_a_township():
    seen = profile(
        report("柳烟镇人民政府2022年法治政府建设年度报告", opening="青溪县委、青溪县人民政府：\n2022年，我镇扎实推进。")
    )
    assert seen.addressee == "青溪县委、青溪县人民政府"
    assert seen.unit == "青溪县柳烟镇人民政府"


def test_two_organs_of_one_county_are_two_units():
    county = profile(report("青溪县2022年法治政府建设情况报告"))
    justice = profile(report("青溪县司法局2022年法治政府建设情况报告"))
    assert (county.unit, county.level) == ("青溪县人民政府", "县")
    assert (justice.unit, justice.level) == ("青溪县司法局", "部门")


@pytest.mark.parametrize(
    ("title", "unit", "level"),
    [
        ("关于青溪县柳烟镇2022年度法治政府建设情况的报告", "青溪县柳烟镇人民政府", "镇"),
        ("芦汀市住房和城乡建设局2020年法治政府建设情况报告", "芦汀市住房和城乡建设局", "部门"),
        ("青溪县城市建设管理局2020年法治政府建设情况报告", "青溪县城市建设管理局", "部门"),
        ("青溪区建设街街道2024年法治政府建设年度报告", "青溪区建设街街道办事处", "街道"),
        ("中共青溪县委青溪县人民政府关于2022年度法治政府建设情况的报告", "青溪县人民政府", "县"),
        ("青溪县柳烟镇党委政府2022年法治政府建设情况报告", "青溪县柳烟镇人民政府", "镇"),
        ("中共青溪县委全面依法治县委员会办公室关于2022年工作情况的报告", "青溪县委全面依法治县委员会办公室", "部门"),
        ("青溪县市场监管局2022年法治政府建设工作总结", "青溪县市场监督管理局", "部门"),
        ("国家税务总局青溪县税务局2022年法治政府建设情况报告", "青溪县税务局", "部门"),
        ("云溪市白石区松岗街道办事处2022年法治政府建设年度报告", "云溪市白石区松岗街道办事处", "街道"),
        ("云溪市白石区松岗街道2022年法治政府建设年度报告", "云溪市白石区松岗街道办事处", "街道"),
        ("云溪市2022年法治政府建设年度报告", "云溪市人民政府", "市"),
        ("青溪县茅冲瑶族乡2022年法治政府建设年度报告", "青溪县茅冲瑶族乡人民政府", "乡"),
        ("青溪现代农业示范区管理委员会2022年法治政府建设报告", "青溪现代农业示范区管理委员会", "示范区"),
        ("青溪现代农业示范区2022年法治政府建设报告", "青溪现代农业示范区管理委员会", "示范区"),
        ("关于印发《青溪县柳烟镇2022年法治政府建设工作总结》的通知", "青溪县柳烟镇人民政府", "镇"),
        ("二〇二二年度青溪县柳烟镇法治政府建设工作报告", "青溪县柳烟镇人民政府", "镇"),
        ("江苏无锡2022年法治政府建设情况报告", "江苏省无锡市人民政府", "市"),
        ("浙江省自然资源厅2022年法治政府建设年度报告", "浙江省自然资源厅", "部门"),
        ("凉山州2022年法治政府建设情况报告", "四川省凉山彝族自治州人民政府", "市"),
        ("内蒙古自治区呼和浩特市新城区2022年法治政府建设报告", "内蒙古自治区呼和浩特市新城区人民政府", "县"),
        ("东莞市东城街道2022年法治政府建设年度报告", "广东省东莞市东城街道办事处", "街道"),
        ("湖北省2022年法治政府建设年度报告", "湖北省人民政府", "省"),
        ("青溪县柳烟镇2022年法治政府建设工作总结暨2023年工作打算", "青溪县柳烟镇人民政府", "镇"),
        ("青溪县司法局2022年工作总结和2023年工作思路", "青溪县司法局", "部门"),
        ("青溪县柳烟镇人民政府关于报送2022年度法治政府建设情况报告的函", "青溪县柳烟镇人民政府", "镇"),
    ],
)
def test_unit_and_level_of_a_title(title, unit, level):
    seen = profile(report(title))
    assert (seen.unit, seen.level) == (unit, level)


def test_a_department_that_names_no_place_takes_it_from_the_signature():
    seen = profile(report("县司法局2022年法治政府建设工作总结", signature="\n青溪县司法局\n2023年1月9日\n"))
    assert seen.unit == "青溪县司法局"
    assert seen.date == "2023-01-09"


def test_nothing_named_stays_null():
    seen = profile(report("2022年度法治政府建设情况报告"))
    assert seen.place is None
    assert seen.unit is None
    assert seen.level is None
    assert seen.year == 2022


def test_elements_of_a_red_head_document():
    text = (
        "青溪县柳烟镇人民政府文件\n柳政发〔2023〕7号\n签发人：周明远\n2022年度法治政府建设情况报告\n"
        "县委全面依法治县委员会办公室：\n2022年，柳烟镇认真履职。现将情况报告如下。"
        + BODY
        + "\n青溪县柳烟镇人民政府\n2023年2月3日\n"
    )
    seen = profile(text)
    assert seen.number == "柳政发〔2023〕7号"
    assert seen.signer == "周明远"
    assert seen.addressee == "县委全面依法治县委员会办公室"
    assert seen.issuer == "青溪县柳烟镇人民政府"
    assert seen.date == "2023-02-03"
    assert seen.year == 2022


def test_the_file_name_is_the_last_evidence():
    nameless = report("年度工作报告")
    assert profile(nameless, "县级/无锡市-2015.txt").place is not None
    assert profile(report("昆山市2022年法治政府建设报告"), "无锡市-2015.txt").unit == "江苏省苏州市昆山市人民政府"
    assert profile(nameless, "青溪县终稿.txt").place is None  # a file name alone invents no place


def test_the_users_word_overrules_everything():
    text = report("青溪县2022年法治政府建设情况报告")
    seen = profile(text, unit="白溪县柳烟镇人民政府", year=2019)
    assert (seen.unit, seen.year, seen.level) == ("白溪县柳烟镇人民政府", 2019, "镇")
    assert profile(text, unit="第三工作组").unit == "第三工作组"


def test_the_users_places_give_an_unknown_township_its_county():
    seen = profile(report("柳烟镇2022年法治政府建设情况报告"), extra=("青溪县柳烟镇",))
    assert seen.unit == "青溪县柳烟镇人民政府"


def test_a_zone_lies_below_its_addressee():
    text = report("青溪示范区管理委员会2022年法治政府建设报告", opening="青溪县人民政府：\n2022年，我区扎实推进。")
    seen = profile(text)
    assert seen.place is not None
    assert (seen.place.name, seen.place.county, seen.level) == ("青溪示范区", "青溪县", "示范区")


SPEECH = (
    "各位代表：\n现在，我代表{whom}人民政府向大会报告工作，请予审议。\n一、去年工作回顾\n"
    "全市经济平稳运行，民生持续改善，法治建设取得新进展。\n"
)


@pytest.mark.parametrize(
    "head",
    [
        "——2016年1月18日在无锡市第十五届人民代表大会第五次会议上\n",
        "2016年1月18日在无锡市\n第十五届人民代表大会第五次会议上\n",
        "2016年无锡市政府工作报告\n",
        "政府工作报告\n2016年1月18日\n无锡市人民政府市长 周明远\n",
    ],
)
def test_a_speech_to_the_assembly_names_its_place_around_itself(head):
    seen = profile(head + SPEECH.format(whom="市"))
    assert seen.unit == "江苏省无锡市人民政府"
    assert seen.year == 2015


@pytest.mark.parametrize(
    ("assembly", "unit"),
    [
        ("在青溪县第十八届人民代表大会第二次会议上", "青溪县人民政府"),
        ("在芦汀市第八届人大二次会议上", "芦汀市人民政府"),
        ("在全县第十八届人民代表大会第二次会议上", None),
        ("在自治区第十三届人民代表大会第一次会议上", None),
    ],
)
def test_an_assembly_is_of_a_place_listed_or_not(assembly: str, unit: str | None) -> None:
    seen = profile(f"政府工作报告\n——2023年1月5日{assembly}\n" + SPEECH.format(whom="县"))
    assert seen.unit == unit
    assert seen.year == 2022


def test_a_speech_that_says_only_our_city_is_known_by_what_it_names_most():
    talk = "无锡经济稳中有进，无锡制造业加快升级，无锡港口吞吐量增长，无锡湖区治理见效，美丽无锡建设提速。"
    assert profile(SPEECH.format(whom="市") + talk).unit == "江苏省无锡市人民政府"
    rival = talk + "宁波合作深化，宁波投资增长。"
    assert profile(SPEECH.format(whom="市") + rival).place is None
    assert profile(SPEECH.format(whom="市") + "全市上下团结奋斗。").place is None


def test_a_word_before_the_superior_is_no_part_of_its_name() -> None:
    text = "稻香桥镇2021年法治政府建设报告\n镇党委书记全年主持法治会议5次，并向县委书面述法。\n"
    place = profile(text).place
    assert place is not None
    assert place.county is None


def test_what_is_done_to_a_superiors_decision_is_no_part_of_its_name() -> None:
    text = "关于沙溪铺镇2022年度法治政府建设工作情况的报告\n2022年，沙溪铺镇认真学习，认真落实县委、县政府工作部署。\n"
    place = profile(text).place
    assert place is not None
    assert place.name == "沙溪铺镇"


def test_the_title_of_a_yaml_head_is_a_title_without_its_label() -> None:
    head = "---\ntitle: 2023年宁夏自治区政府工作报告\n---\n\n"
    seen = profile(
        f"{head}2023年宁夏自治区政府工作报告\n\n各位代表：\n\n现在，我代表自治区人民政府向大会报告工作。\n{BODY}",
        "a.md",
    )
    assert seen.title == "2023年宁夏自治区政府工作报告"
    assert seen.unit == "宁夏回族自治区人民政府" and seen.year == 2022


@pytest.mark.parametrize(
    ("written", "name"),
    [("新疆自治区", "新疆维吾尔自治区"), ("广西自治区", "广西壮族自治区"), ("内蒙古自治区", "内蒙古自治区")],
)
def test_a_region_is_known_by_its_short_name(written: str, name: str) -> None:
    seen = profile(report(f"{written}司法厅2022年法治政府建设年度报告"))
    assert seen.place is not None and seen.place.name == name
    assert seen.unit == f"{name}司法厅"
