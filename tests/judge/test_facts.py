"""Local facts: what counts, what does not, and which characters carry it."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jingwei.judge.facts import find_facts
from jingwei.model import (
    Document,
    Fact,
    Paragraph,
    PhraseHit,
    Place,
    PlaceHit,
    Profile,
    Report,
    Sentence,
    Structure,
    TracedText,
)


def report_of(text: str, profile: Profile | None = None) -> Report:
    """A report of one sentence; spaces stay in the raw text and in the clean one."""
    at = np.arange(len(text), dtype=np.int32)
    structure = Structure(
        (),
        (),
        (Paragraph(0, len(text), None, ((0, len(text)),), 0, len(text)),),
        (Sentence(0, len(text), None, 0, 0, len(text)),),
        TracedText(text, at, at + 1),
        np.array([not c.isspace() for c in text], dtype=np.bool_),
    )
    return Report(Document("-", "", "txt", text), structure, profile or Profile())


def facts_of(text: str, profile: Profile | None = None) -> tuple[Fact, ...]:
    return find_facts(report_of(text, profile), (), ())


def texts(text: str) -> list[str]:
    return [fact.text for fact in facts_of(text)]


@pytest.mark.parametrize(
    ("text", "expected", "kind", "strength"),
    [
        ("全年调解纠纷18件。", "18件", "count", 2),
        ("发放资料1,900份。", "1,900份", "count", 2),
        ("受教育群众860余人。", "860余人", "count", 1),
        ("开展宣传数十场。", "数十场", "count", 1),
        ("覆盖群众两万余人次。", "两万余人次", "count", 1),
        ("召开专题会议三次。", "三次", "count", 2),
        ("投入资金18.5万元。", "18.5万元", "amount", 2),
        ("案件办结率达96.4%。", "96.4%", "rate", 2),
        ("按时办结率100%。", "100%", "rate", 1),
        ("纠纷数量同比下降近三成。", "近三成", "rate", 1),
        ("3月20日在集市设点宣传。", "3月20日", "date", 2),
        ("党委中心组每季度集中学习一次。", "每季度集中学习一次", "mechanism", 2),
        ("考核在全县排名第3。", "排名第3", "count", 2),
        ("由镇长周立明任组长。", "周立明", "person", 2),
        ("在青石村设立站点。", "青石村", "place", 2),
        ("制定《柳湾镇执法公示办法》。", "《柳湾镇执法公示办法》", "document", 2),
        ("打造“河畔说事”调解室。", "“河畔说事”调解室", "mechanism", 2),
        ("领导小组办公室设在平安办。", "办公室设在平安办", "body", 1),
        ("荣获全市先进集体称号。", "荣获全市先进集体称号", "mechanism", 2),
        ("聘请黔岭律师事务所提供服务。", "黔岭律师事务所", "body", 2),
        ("连续六年没有发生重大事故。", "连续六年没有发生重大事故", "count", 2),
        ("修订后精简为十八条。", "十八条", "count", 2),
        ("7月网传水价上涨。", "7月", "date", 1),
        ("改造法治公园“橘园”。", "公园“橘园”", "mechanism", 2),
        ("我镇罗文海同志获全县先进个人。", "罗文海", "person", 2),
        ("建成全县首个渡口调解站。", "建成全县首个渡口调解站", "mechanism", 2),
        ("经验做法被省级媒体报道。", "省级媒体报道", "mechanism", 2),
        ("我乡地处两县交界，协调难度大。", "我乡地处两县交界", "problem", 1),
        ("研究解决编制等问题九个。", "九个", "count", 2),
        ("出具审查意见六百余条。", "六百余条", "count", 1),
        ("安排预算一百四十万元。", "一百四十万元", "amount", 2),
        ("罚款三万八千六百元。", "三万八千六百元", "amount", 2),
        ("巡演三十余场。", "三十余场", "count", 1),
        ("配备法律顾问两名。", "两名", "count", 2),
        ("惠及百余人次。", "百余人次", "count", 1),
        ("覆盖十二个村。", "十二个村", "count", 2),
        ("走访五个自然村。", "五个", "count", 2),
        ("调处近百件。", "近百件", "count", 1),
        ("线上答疑逾千次。", "逾千次", "count", 1),
        ("整理台账数十个。", "数十个", "count", 1),
        ("添置雪地摩托一台。", "一台", "count", 2),
        ("全年新增三项便民服务。", "三项", "count", 2),
        ("每案由两三名干部包干。", "两三名", "count", 1),
        ("分四期轮训村干部。", "分四期", "count", 1),
        ("打印费占三分之一。", "三分之一", "rate", 1),
        ("好评率为百分之九十六。", "百分之九十六", "rate", 2),
        ("六月底至九月初封闭栈道。", "六月底至九月初", "date", 1),
        ("8月1日起设立窗口。", "8月1日", "date", 2),
        ("受理110件。", "110件", "count", 2),
        ("实施项目180个以上。", "180个", "count", 1),
        ("全镇测评列全县第九。", "列全县第九", "count", 2),
        ("推行“院场联合检查日”。", "“院场联合检查日”", "mechanism", 2),
        ("召开镇法治建设领导小组第三次会议。", "召开镇法治建设领导小组第三次会议", "count", 1),
        ("办证只用了十一天。", "只用了十一天", "count", 1),
        ("地址：柳湾镇兴隆街46号。", "柳湾镇兴隆街46号", "place", 2),
        ("由司法所吴定安兼任审查员。", "吴定安", "person", 2),
        ("管理员薄海燕把表格打印出来。", "薄海燕", "person", 2),
        ("顺利通过市级验收。", "顺利通过市级验收", "mechanism", 2),
        ("案件数同比增长108%。", "108%", "rate", 2),
        ("目标完成率为108%。", "108%", "rate", 2),
        ("修建2×3米的岗亭4座。", "4座", "count", 2),
        ("添置X光机2台。", "2台", "count", 2),
    ],
)
def test_one_counted_or_named_thing_is_a_fact(text: str, expected: str, kind: str, strength: int) -> None:
    found = {fact.text: fact for fact in facts_of(text)}
    assert expected in found
    assert (found[expected].type, found[expected].strength) == (kind, strength)


@pytest.mark.parametrize(
    "text",
    [
        "2023年是开局之年。",
        "坚决做到两个维护、增强四个意识。",
        "结合4月15日全民国家安全教育日、12月4日国家宪法日开展宣传。",
        "在“4·15”“6.26”等节点广泛宣传。",
        "依托12345热线回应诉求。",
        "实现法律顾问100%全覆盖。",
        "第三季度继续推进第一责任人制度。",
        "落实一村一法律顾问，实行一次性告知。",
        "贯彻《法治政府建设实施纲要（2021—2025年）》。",
        "落实行政执法三项制度和七五普法规划。",
        "调查时执法人员不得少于两人。",
        "推进“放管服”改革，做到“最多跑一次”。",
        "推进“马上办、网上办、就近办、一次办”。",
        "小事不出村、大事不出镇。",
        "加强农村、社区和学校的法治宣传。",
        "主任高度重视，书记严格把关。",
        "本意见自2023年1月1日起施行，有效期五年。",
        "完善“党委领导、政府负责、社会协同”的工作机制。",
        "聘请多家律师事务所参与决策。",
        "严格按照第三十八条规定执行。",
        "截至12月，各项任务有序推进。",
        "开展6月安全生产月活动。",
        "6月8日，习近平总书记作出重要指示。",
        "各位负责同志、年轻同志要带头学法。",
        "十九届五次全会以来，推动二次创业。",
        "坚持一个中心，做到两个维护。",
        "落实三会一课，关爱一老一小，推进四下基层。",
        "第一，压实责任；一是学习，二是落实。",
        "一方面加强教育，一批问题得到解决，一系列举措落地见效。",
        "学习领会十一个坚持、十四个方面成就。",
        "统筹国内国际两个市场、两种资源。",
        "发现一起、查处一起、曝光一起。",
        "推动百企兴百村，建设万亩良田、千户小镇、百亿园区。",
        "拓宽八一路，打通五一路，是全省唯一一个。",
        "全年签约亿元以上项目，经济总量跃上千亿元台阶。",
        "做到不漏一户、不落一人。",
        "大家拧成一股绳，站在一起，融为一体。",
        "建设一刻钟便民圈和十五分钟医疗圈，弘扬二十四节气文化。",
        "千方百计增加群众收入，百分之百完成任务。",
        "拨打110报警，依托12345平台。",
        "重点做好以下五个方面的工作。",
        "办理结果在二十日内答复。",
        "传达学习县第十四次党代会精神。",
        "中央全面依法治国工作会议召开后，召开中央全面依法治国委员会第二次会议。",
        "涉及2个以上部门的，由牵头部门负责。",
        "成立由乡党委书记×××任组长的领导小组。",
        "成立由镇长XX任组长的领导小组。",
        "由司法所__________兼任审查员。",
        "案件办结率达108%。",
        "群众满意度提升到１０２％。",
    ],
)
def test_years_ordinals_slogans_and_national_things_are_none(text: str) -> None:
    assert texts(text) == []


def test_each_count_of_a_breakdown_is_one_fact() -> None:
    text = "办理案件12件，其中罚款7件、警告5件。"
    assert texts(text) == ["12件", "7件", "5件"]


def test_the_comma_clause_is_local_without_its_opening_words() -> None:
    text = "在整治行动中查扣车辆40多辆，为辖区学生和家长开展讲座12次，秩序明显好转。"
    clauses = [text[f.clause_start : f.clause_end] for f in facts_of(text)]
    assert clauses == ["查扣车辆40多辆", "开展讲座12次"]


def test_the_mark_between_two_fact_clauses_belongs_to_the_first() -> None:
    text = "办结案件6件，罚款3万元，秩序好转。"
    first, second = facts_of(text)
    assert text[first.clause_start : first.clause_end] == "办结案件6件，"
    assert text[second.clause_start : second.clause_end] == "罚款3万元"


def test_commas_inside_brackets_and_titles_do_not_cut_a_clause() -> None:
    text = "全年受理举报（含来信，来电）23件，均已办结。"
    (fact,) = facts_of(text)
    assert text[fact.clause_start : fact.clause_end] == "全年受理举报（含来信，来电）23件"


def test_spaces_of_the_extraction_do_not_hide_a_count() -> None:
    text = "现有执法人员 18 人 ，配备 记录仪 6 台。"
    found = facts_of(text)
    assert [f.text for f in found] == ["18人", "6台"]
    assert text[found[0].start : found[0].end] == "18 人"


def test_a_number_inside_prescribed_wording_counts_nothing() -> None:
    text = "坚持六个必须，办结案件6件。"
    hit = PhraseHit(2, 6, "x", "x", "六个必须")
    assert [f.text for f in find_facts(report_of(text), (hit,), ())] == ["6件"]
    hidden = PhraseHit(0, len(text), "x", "x", text)
    assert find_facts(report_of(text), (hidden,), ()) == ()


def test_a_superiors_document_is_none_and_the_units_own_is() -> None:
    place = Place("柳湾镇", county="云溪县", town="柳湾镇")
    text = "根据《云溪县2023年法治建设工作要点》，印发《柳湾镇2023年法治建设工作要点》。"
    assert [f.text for f in facts_of(text, Profile(place=place))] == ["《柳湾镇2023年法治建设工作要点》"]


def test_the_units_own_number_is_a_document() -> None:
    place = Place("柳湾镇", county="云溪县", town="柳湾镇")
    text = "按柳政发〔2023〕5号执行。"
    assert [f.type for f in facts_of(text, Profile(place=place))] == ["document"]
    assert facts_of("按国办发〔2018〕118号执行。", Profile(place=place)) == ()


def test_places_below_and_beside_are_facts_others_not() -> None:
    text = "会同白沙镇和云溪县处理纠纷。"
    near = PlaceHit(2, 5, "白沙镇", "镇", "neighbour")
    above = PlaceHit(6, 9, "云溪县", "县", "superior")
    assert [f.text for f in find_facts(report_of(text), (), (near, above))] == ["白沙镇"]


def test_a_list_of_four_offices_is_a_named_body() -> None:
    text = "以党政办、平安办、司法所、派出所、农服中心等部门负责人为成员。"
    assert [(f.type, f.strength) for f in facts_of(text)] == [("body", 2)]
    assert texts("会同派出所、司法所开展检查。") == []


_PIECES = st.lists(
    st.sampled_from(
        [
            "全年",
            "调解",
            "纠纷18件",
            "，",
            "、",
            "。",
            "第3次",
            "《某办法》",
            "（",
            "）",
            "“",
            "100%",
            " ",
            "3月2日",
            "\n",
        ]
    ),
    max_size=20,
)


@settings(deadline=None)  # the first text compiles the expressions
@given(_PIECES)
def test_facts_lie_in_the_text_in_order_and_never_overlap(pieces: list[str]) -> None:
    text = "".join(pieces) or "无"
    found = facts_of(text)
    for fact in found:
        assert 0 <= fact.clause_start <= fact.start < fact.end <= fact.clause_end <= len(text)
        assert 1 <= fact.strength <= 3
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))
