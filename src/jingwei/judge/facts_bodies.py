"""Named bodies and arrangements, institution facts, and honest local problems without a number."""

from __future__ import annotations

from functools import cache

from jingwei.judge.facts_gate import Gated, first_of, last_of
from jingwei.judge.facts_raw import Find, Names, RawFact
from jingwei.judge.facts_words import any_of

_SEAT = Gated(
    r"(?:下设)?办公室(?:设在|下设在?|挂靠|设于|设立在)[^，,。；;]{2,14}"
    r"|(?:下设办公室)?在[^，,。；;]{2,10}(?:下设|设立)[^，,。；;]{0,4}办公室|下设办公室[在于][^，,。；;]{2,14}",
    ("办", "公", "室"),
    probe="办公室",
)
_NEW_WAY = Gated(
    r"(?:正式|率先|首次|首创|首推|试点|试行)(?:施行|实行|启用|运行|投入使用|开展|推行|推出|建立|挂牌|成立|上线|投用)(?!以来)[^，,。；;]{2,30}"
    r"|创新(?:性)?(?:地)?(?:开展|推行|推出|实行|设立|采用|运用|打造|探索)[^，,。；;]{2,20}(?:机制|模式|工作法|做法|平台)"
    r"|(?:建成|投用|揭牌|挂牌成立|启动运行)(?:了)?[^，,。；;]{2,24}(?:中心|基地|公园|广场|长廊|工作室|调解室|服务站|工作站|大楼|阵地|法庭|联系点)"
    r"|(?:联合|会同|对接|邀请|与)[^，,。；;各有相]{2,12}(?:法院|法庭|检察院|律师事务所|律所|大学|学院|公证处|派出所)[^，,。；;]{2,30}(?:签订|共建|建立|设立|开展|举办|成立)",
    (
        ("正率首试", "式先次创推点行"),
        ("式先次创推点行", "施实启运投开推建挂成上"),
        ("施实启运投开推建挂成上", "行用入展出立牌线"),
    ),
    (("创", "新"), ("机模作做平", "制式法台")),
    (("建投揭挂启", "成用牌动"), ("中基公广长作解务大阵法系", "心地园场廊室站楼庭点")),
    ("联会对邀与", ("法察务律大学证出", "院庭所学处"), ("签共建设开举成", "订建立展办")),
)
_FIRST = Gated(
    r"(?:成立|建成|设立|建立|打造|组建|创建)(?:了)?[^，,。；;]{0,8}(?:首个|第一个|首家|首支|首座|唯一)[^，,。；;]{2,30}",
    ("立成建造", "首第唯", "个家支座一"),
)
_NIL = Gated(
    r"(?:本级|本单位|本镇|本乡|本街道|我镇|我乡|我街道|我局|全镇|全乡|镇本级|部门)[^，,。；;]{0,20}?(?:未制定|未出台|没有制定|未发生|无行政复议|无行政诉讼|未收到|未涉及|不具有|没有执法权|无执法权|无行政规范性文件|未印发)[^，,。；;]{1,20}",
    ("级位镇乡道局门", "未没无不", "定台生议讼到及有权件发"),
)
_INSTITUTION = Gated(
    r"(?:主要)?承担的?是[^，,。；;]{4,24}(?:职责|职能|工作)",
    ("承", "担", "是", "责能作"),
)
_PROBLEM = Gated(
    r"(?:我镇|我乡|我街道|辖区|本镇|本乡|全镇|全乡)?(?:地处|位于|毗邻|接壤|属于?)[^，,。；;]{2,20}(?:山区|库区|边境|城郊|结合部|交界|高原|牧区|林区|矿区|湖区|沿海|偏远)[^，,。；;]{0,8}"
    r"|(?:外出务工|留守|空巢|少数民族|移民|拆迁|征地|矿区|林权|水事|土地纠纷|采砂|砂石|茶园|果园|养殖)[^，,。；;]{0,16}(?:较多|偏多|占比|突出|集中|频发|多发)"
    r"|(?:司法所|执法队|综合执法|调委会|法律顾问)[^，,。；;]{0,12}(?:仅有|只有|缺编|空编|一人|没有专职|无专职)[^，,。；;]{0,14}",
    (("地位毗接", "处于邻壤"), "山库边城结交高牧林矿湖沿偏"),
    ("属", "山库边城结交高牧林矿湖沿偏"),
    (("务留空民移拆征矿林水纠采砂茶果养", "工守巢族民迁地区权事纷砂石园殖"), ("较偏占突集频多", "多比出中发")),
    (("法执委顾", "所队法会问"), ("仅只缺空一没无", "有编人专")),
)


def _role() -> str:
    head, post = any_of("heads"), any_of("posts_in_charge")
    return (
        rf"(?:由|以|明确)[^，,。；;由以]{{2,28}}?(?:任|担任|兼任|为){head}"
        rf"|(?<![\u4e00-\u9fff])[^，,。；;]{{0,16}}?{post}(?:分别)?(?:任|担任|兼任|为){head}"
        rf"|[^，,。；;、]{{2,12}}兼任(?:办公室)?主任"
    )


def _offices() -> str:
    office = r"[\u4e00-\u9fff]{0,9}?" + any_of("offices")
    return rf"{office}(?:、{office}){{3,}}(?:[和及]{office})?"


@cache
def expressions() -> dict[str, Gated]:
    """The expressions made of word lists; all must exist before the characters of a text are looked up."""
    return {
        "role": Gated(
            _role, (("任为", first_of("heads") + "办"),), probe=lambda: f"[任为](?:办公室)?{any_of('heads')}"
        ),
        "offices": Gated(
            _offices,
            ((last_of("offices"), "、"),),
            probe=lambda: any_of("offices") + "、[^、]{1,99}、[^、]{1,99}、",
        ),
    }


def bodies(text: str, low: int, high: int, gates: int, _: Names) -> list[RawFact]:
    """Leading groups with posts, seats of offices, lists of at least four named offices; strength 1, lists 2."""
    found = [RawFact(m.start(), m.end(), "body", 1) for m in expressions()["role"].finditer(text, low, high, gates)]
    found += [RawFact(m.start(), m.end(), "body", 1) for m in _SEAT.finditer(text, low, high, gates)]
    found += [
        RawFact(m.start(), m.end(), "body", 2, whole_clause=False)
        for m in expressions()["offices"].finditer(text, low, high, gates)
    ]
    return found


def arrangements(text: str, low: int, high: int, gates: int, _: Names) -> list[RawFact]:
    """New ways of working and institution facts of this place; strength 1."""
    found = [RawFact(m.start(), m.end(), "mechanism", 1) for m in _NEW_WAY.finditer(text, low, high, gates)]
    found += [RawFact(m.start(), m.end(), "mechanism", 2) for m in _FIRST.finditer(text, low, high, gates)]
    found += [RawFact(m.start(), m.end(), "body", 1) for m in _NIL.finditer(text, low, high, gates)]
    found += [RawFact(m.start(), m.end(), "body", 1) for m in _INSTITUTION.finditer(text, low, high, gates)]
    return found


def problems(text: str, low: int, high: int, gates: int, _: Names) -> list[RawFact]:
    """Problems that have a place: terrain, population, a lone officer; strength 1."""
    return [RawFact(m.start(), m.end(), "problem", 1) for m in _PROBLEM.finditer(text, low, high, gates)]


def finders() -> tuple[tuple[Find, tuple[Gated, ...]], ...]:
    """What looks for bodies, arrangements and problems, with the expressions that each of them tries."""
    made = expressions()
    return (
        (bodies, (made["role"], _SEAT, made["offices"])),
        (arrangements, (_NEW_WAY, _FIRST, _NIL, _INSTITUTION)),
        (problems, (_PROBLEM,)),
    )
