"""Named facts: persons with posts, brands in quotes, honours, places below the reporter."""

from __future__ import annotations

from functools import cache

from jingwei.judge.facts_gate import Gated, first_of, last_of
from jingwei.judge.facts_raw import Find, Names, RawFact
from jingwei.judge.facts_words import any_of, common_quotes, words
from jingwei.text.lazy import lazy

_SLOGAN = lazy(
    r"互联网|谁|一[窗网门站岗体]|三.一.|五个|[一二三四五六七八九十两几][个级]|[一二三四五六七八九十两\d]+五$"
    r"|[一二三四五六七八九十两]+[进公统有化率提早办到]|不|放管服|我为群众"
)
_NO_FIRM = lazy("各|某|有关|相关|当地|本地|专业|知名|优秀|多家|[一两几]家|辖区|每|该|等")
_NO_HONOUR = lazy(r"获得[^，。]{0,6}(?:感|群众|好评|认可|资格|证)")


_NO_NAME = lazy("组长|主任|书记|委员|镇长|[的了在和]")
_PARTS = lazy("[、+]")
_QUOTE_PARTS = lazy("[、·+＋]")
_QUOTED = r"[“\"「『](?P<brand>[^“”\"「」『』\n，。；]{2,24})[”\"」』]"
_QUOTES = ('“"「『', '”"」』')


_BEFORE_PLACE = "在到赴于从、和与及有"


def _last_pair(key: str) -> tuple[str, str]:
    """The last two characters of the longer words of a list, those before the last ones first."""
    longer = [word for word in words(key) if len(word) > 1]
    return "".join(sorted({word[-2] for word in longer})), "".join(sorted({word[-1] for word in longer}))


def _surnames() -> str:
    return "".join(words("surnames"))


def _surname() -> str:
    return f"[{_surnames()}]"


def _named_thing() -> str:
    return any_of("mechanism_modifiers") + "{0,3}" + any_of("mechanism_nouns")


def _person() -> str:
    surname = _surname()
    begins = first_of("posts") + _surnames()  # asked first: most characters begin neither a post nor a name
    return (
        rf"(?=[{begins}欧])"
        rf"(?:{any_of('posts')}(?P<name>(?:{surname}|欧阳)[\u4e00-\u9fff]{{1,2}})"
        r"(?=同志|任|为(?:组长|副组长|主任|第一责任人)|担任|兼任|主持|带队|率|[、，,。；）)]|到|赴|以|作|等|与|和|被|在|向|授课|宣讲|组成|牵头|带领"
        r"|把|全年|每[天日晚周月年]|就[把将]|说(?!法|理|事)|反映|表示|送来|提的|提议|亲自|负责|巡|录制"
        r"|全面|认真|切实|主动|亲自|多次|先后|履行|组织|召开|参加|参与|深入|负责|提出|强调|出席|审|签|讲)"
        rf"|(?:(?<=[，、；。:（由聘,])|(?<=顾问))(?P<listed>{surname}[\u4e00-\u9fff]{{1,2}})(?=同志|律师|任(?:副?组长|副?主任))"
        rf"|(?<=[所办站队局中心])(?P<posted>{surname}[\u4e00-\u9fff]{{1,2}})(?=兼任|担任|任[^务何意免职期])"
        rf"|(?<=[厅局委镇乡办处])(?P<comrade>{surname}[\u4e00-\u9fff]{{1,2}})(?=同志))"
    )


@cache
def expressions() -> dict[str, Gated]:
    """The expressions made of word lists; all must exist before the characters of a text are looked up."""
    return {
        "person": Gated(
            _person,
            ((last_of("posts"), _surnames()),),
            (("，、；。:（由聘,问", _surnames()), "志师任"),
            (("厅局委镇乡办处所站队中心", _surnames()), "志任"),
        ),
        "brand": Gated(lambda: rf"{_QUOTED}(?:的)?(?P<tail>{_named_thing()})", _QUOTES),
        "quoted": Gated(_QUOTED, _QUOTES),
        "titled": Gated(lambda: any_of("naming_nouns") + _QUOTED, _QUOTES),
        "honour": Gated(
            lambda: rf"{any_of('honour_verbs')}[^，,。；]{{0,40}}?{any_of('honour_nouns')}[^，,。；]{{0,12}}",
            (_last_pair("honour_verbs"), last_of("honour_nouns")),
        ),
        "named": Gated(
            r"被[^，,。；]{0,30}?(?:评选?为|评定为|授予|命名为|认定为)[^，,。；]{2,40}"
            r"|获(?:得|评)?(?:全?[国省市县区旗]|国家)[^，,。；]{0,30}(?:先进|优秀|个人|集体|奖|荣誉|称号)"
            r"|(?:顺利|成功|高分|一次性)?通过(?:了)?(?:[国省市县区州盟旗]级?|国家级?)[^，,。；]{0,12}?(?:验收|评估|认定|复审|考核|评审)",
            ("被", "为予"),
            ("通", "过", "国省市县区州盟旗", "验评认复考"),
            ("获", "国省市县区旗", "进秀人体奖誉号"),
        ),
        "heard": Gated(
            r"(?:《[^》]{2,12}(?:报|杂志|网)》|新华社|人民网|电视台|[省市县]级?(?:主流)?媒体)[^，,。；]{0,24}(?:报道|刊发|发表|刊登|推广|采访)"
            r"|[作做](?:了)?(?:典型|现场|大会|书面)?(?:经验)?(?:交流发言|典型发言|现场发言|经验交流|经验介绍)"
            r"|(?:现场会|现场活动|启动仪式|观摩会|推进会)[^，,。；]{0,6}在[^，,。；]{1,10}(?:举办|召开|举行)",
            ("》社网台媒", "道刊表广访"),
            ("作做", "言流绍"),
            ("场启观推", "会动仪", "在", "举召"),
        ),
        "firm": Gated(
            r"(?:聘请|委托|邀请|聘用|联合|对接|依托|选聘|续聘|即|组建|做好|成立|支持|推进|指导|与|和|同|由|从|向|对|在|了)?(?P<firm>[\u4e00-\u9fff]{2,12}?(?:律师事务所|有限公司|有限责任公司|集团公司))",
            ("律", "师", "务"),
            ("公", "司", "限团"),
        ),
        "place": Gated(
            lambda: (
                f"[{_BEFORE_PLACE}]"  # read, not looked back at: an expression that begins with a set is searched faster
                r"(?:辖区内?|[\u4e00-\u9fff]{1,6}?(?:镇|乡|街道|县|区|市)(?=[\u4e00-\u9fff]{2,}))?"
                rf"(?P<place>(?P<name>[\u4e00-\u9fff]{{1,4}}?){any_of('place_suffixes')})(?![民委官级镇务组域规庄落貌风容企集])"
            ),
            (_BEFORE_PLACE, "".join(word for word in words("place_suffixes") if len(word) == 1)),
            (_BEFORE_PLACE, _last_pair("place_suffixes")),
        ),
    }


_VERB_BEFORE = lazy(lambda: any_of("brand_verbs") + r"(?:了|出)?$")
_NOUN_END = lazy(lambda: any_of("mechanism_nouns", "quoted_ends") + "$")
_OCCASION = frozenset("日夜")
_SLOGAN_END = lazy(lambda: any_of("slogan_nouns") + "$")
_GENERIC = lazy(lambda: any_of("place_generic"))


def persons(text: str, low: int, high: int, gates: int, _: Names) -> list[RawFact]:
    """Persons named with their post (镇长某某任组长); strength 2."""
    found = []
    for match in expressions()["person"].finditer(text, low, high, gates):
        group = str(match.lastgroup)
        name = match.group(group)
        if name[:2] not in words("not_names") and not _NO_NAME.search(name):
            found.append(RawFact(match.start(group), match.end(group), "person", 2))
    return found


def brands(text: str, low: int, high: int, gates: int, _: Names) -> list[RawFact]:
    """Names in quotes with what they name (“某某说事”平台); strength 2, an enumeration 1.

    Words in quotes that reports of several provinces share, and slogans in two members, are no brands.
    """
    patterns = expressions()
    found = [
        RawFact(match.start(), match.end(), "mechanism", 2, whole_clause=False)
        for match in patterns["titled"].finditer(text, low, high, gates)
        if "、" not in match.group("brand") and not is_common_quote(match.group("brand"))
    ]
    for match in patterns["brand"].finditer(text, low, high, gates):
        brand = match.group("brand")
        several = ("、" in brand or "+" in brand) and _SLOGAN_END.search(match.group("tail"))
        named = any(_NOUN_END.search(part) for part in _PARTS.split(brand))
        if (named or not several) and not is_common_quote(brand):
            strength = 1 if "、" in brand else 2
            found.append(RawFact(match.start(), match.end(), "mechanism", strength, whole_clause=False))
    for match in patterns["quoted"].finditer(text, low, high, gates):
        brand = match.group("brand")
        noun = _NOUN_END.search(brand) is not None or brand[-1] in _OCCASION
        if noun and "、" not in brand and not is_common_quote(brand):
            strength = 2 if _VERB_BEFORE.search(text[max(low, match.start() - 8) : match.start()]) else 1
            if strength == 1 and brand[-1] in _OCCASION:
                continue  # “国际禁毒日” is everybody's, 推行“联合检查日” is ours
            found.append(RawFact(match.start(), match.end(), "mechanism", strength, whole_clause=False))
    return found


def is_common_quote(brand: str) -> bool:
    """Whether words in quotes are national wording: seen in several provinces, or shaped like a slogan."""
    known = common_quotes()
    parts = [part for part in _QUOTE_PARTS.split(brand) if len(part) > 2]
    return (
        brand in known
        or brand.replace("、", "") in known
        or any(p in known for p in parts)
        or bool(_SLOGAN.match(brand))
    )


def honours(text: str, low: int, high: int, gates: int, _: Names) -> list[RawFact]:
    """Titles and prizes the unit received, its reports in the press, its talks at meetings; strength 2."""
    return [
        RawFact(match.start(), match.end(), "mechanism", 2)
        for name in ("honour", "named", "heard")
        for match in expressions()[name].finditer(text, low, high, gates)
        if not _NO_HONOUR.match(match.group())
    ]


def named_places(text: str, low: int, high: int, gates: int, _: Names) -> list[RawFact]:
    """Villages, communities, schools, squares with a proper name, recognised by their suffix; strength 2."""
    return [
        RawFact(match.start("place"), match.end("place"), "place", 2)
        for match in expressions()["place"].finditer(text, low, high, gates)
        if not _GENERIC.search(match.group("name"))
    ]


def firms(text: str, low: int, high: int, gates: int, _: Names) -> list[RawFact]:
    """Law firms and companies by name; strength 2."""
    return [
        RawFact(match.start("firm"), match.end("firm"), "body", 2)
        for match in expressions()["firm"].finditer(text, low, high, gates)
        if not _NO_FIRM.search(match.group("firm"))
    ]


def is_generic_place(name: str) -> bool:
    """Whether a name that ends like a village is an ordinary word before 村 (邀请村, 走村)."""
    return name.endswith("村") and bool(_GENERIC.search(name[:-1]))


def finders() -> tuple[tuple[Find, tuple[Gated, ...]], ...]:
    """What looks for names, with the expressions that each of them tries."""
    made = expressions()
    return (
        (persons, (made["person"],)),
        (brands, (made["titled"], made["brand"], made["quoted"])),
        (honours, (made["honour"], made["named"], made["heard"])),
        (firms, (made["firm"],)),
        (named_places, (made["place"],)),
    )
