"""Counts written in Chinese numerals: 问题九个, 六百余条, 一百四十万元, 近百户, 三分之一, 六月底.

A number in words is often part of a slogan (两个维护, 三会一课, 一老一小) where the same number in digits never is. So
a large number with any measure word counts; a small one needs a measure word of things and persons (两名, 三场), the
place behind its noun (窗口两个), a verb that counts (新增三项) or a unit of the place (五个自然村).
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from re import Match, Pattern
from typing import NamedTuple

from jingwei.judge.facts_gate import Gate
from jingwei.judge.facts_words import any_of
from jingwei.text.lazy import lazy


class Part(NamedTuple):
    """A sentence ``text[low:high]``, its open gates, and per character of the text what is taken."""

    text: str
    low: int
    high: int
    gates: int
    taken: bytearray


Take = Callable[[int, int, str, int], None]
_DIGITS = "一二两三四五六七八九十百千万"
_DIGIT = Gate((_DIGITS,))
_TENTH = Gate((("一二三四五六七八九", "成"),))
_SHARE = Gate((("分", "之"), _DIGITS))
_TURN = Gate((("分", "0123456789二两三四五六七八九十"), _DIGITS))
HAN_NUMBERS = _DIGIT.bit
HAN_DATES = Gate((("一二三四五六七八九十", "月"),))
_SCALES = frozenset("十百千万亿")
_MORE = frozenset("余多来几")
_VAGUE_FIRST = frozenset("数几上")


def _numeral() -> str:
    """A numeral; what stands behind it stays unread: ``lastgroup`` tells money and measure words, most have neither.

    The numeral is taken whole (``?>``): a shorter one with a measure word behind it is none. Its first character stands
    before the question what precedes it: an expression that begins with a set of characters is searched faster.
    """
    digit, not_after = "[零〇一二三四五六七八九十百千万亿两]", r"[\d第唯零〇一二三四五六七八九十百千万亿两每]"
    strict, loose = any_of("strict", page="units"), any_of("loose", page="units")
    return (
        rf"{digit}(?<!{not_after}{digit})(?>{digit}*(?:[余多来几][万亿]?)?)"
        rf"(?=(?P<money>美?元)|(?P<strict>{strict})|(?P<loose>{loose}|里(?![面程外应]))|)"
    )


_NUMERAL = lazy(_numeral)
# 八一路, 一一落实: two digits side by side are no number; 两三家 and 七八名 are about one
_SIDE_BY_SIDE = lazy("[一二两三四五六七八九]{2}")
_ABOUT_PAIRS = frozenset({"一两", "两三", "三四", "三五", "四五", "五六", "六七", "七八", "八九"})
_ONLY_SCALES = lazy("[十百千万亿]+")
_SIGNED = lazy("[签合公契条预履特制]约$")  # 签约亿元项目
_ROSE_TO = frozenset("跃登迈站踏冲")  # 跃上千亿元台阶
_ORDINAL_OR_RULE = lazy(r"(?:第|不得少于|不得低于|不得超过|不得多于|[A-Za-z+×*·•])$")
_RULE = lazy(r"(?:不得|不能|应当|必须)[^，,。；]{0,12}(?:少于|低于|超过)[^，,。；]{0,2}$")
_NATIONAL = lazy(r"(?:全国|我国|全党|全世界|全球)[^，,。；]{0,8}$")
_NOT_COUNTED = lazy(
    r"两委|两新|两代表|[三四五六七八九十]面|[三四]位一体"
    r"|[二三四五六七八九十]次(?:全会|全体|会议|产业|分配|创业|污染|供水|代表|党代)"
    r"|[一二三四五六七八九十]期(?!培训)|[百千万]公里|十件(?:民生)?实事|十户|[二三]元(?:[化论制]|结构)"
    r"|[一二三四五六七八九十]+分(?:钟|之)|二十四节气|[一二三四五六七八九十]+字(?:方针|诀|经|思路)"
)
_ONE_OF = lazy(
    r"一(?:次|场|名|位|人|户|家|件|起|面|批|所|份|期|本|套|处|块|头|只|篇|例|笔|间|座|册|个|幅|台|项|条|辆|栋|部|宗|支|张|类|种)"
)
# 十一个坚持, 两个维护, 三项制度: what follows the measure word tells a slogan or a doctrine
_SLOGAN_AFTER = lazy(
    r"(?:方面)?(?:坚持|明确|必须|成就|维护|意识|自信|全面|务必|一律|不|到位|严|带头|确保|统一|转变|责任|体系|基本|制度"
    r"|规定|抓手|关键|环节|原则|重点|清单|中心|专项|行动|机制|办法|攻坚|聚焦|强化|提升|深化|转型|注重|结合|代表|文明|文件"
    r"|市场主体|确立|离不开|革命|伟大|更加|变|倡导|时代|百年|五年|阶段|层面|方面|维度|梯次|全覆盖)"
)
_IN_PAIRS = lazy("以上(?:的)?(?:行政)?执法|执法人员共同|任")  # 两名以上执法人员: a rule of procedure
_ENDS = frozenset('，,。；;、：:（(！!？?\n”"')
_NOT_BEHIND = frozenset("每这那各某哪另前后上下头同第任几多本此该数一同、，；。：:,;")
_LOOSE_BEHIND = frozenset({"个", "项", "条", "张", "支", "类", "种", "款", "把", "只", "部", "眼", "组"})
# 雪地摩托一台, 火灾一起: single things behind their noun; 在一起, 融为一处, 不漏一户 are ways of speaking
_SINGLE = frozenset({"台", "辆", "间", "座", "套", "所", "栋", "架", "艘", "名", "起", "宗", "例", "处", "部"})
_EACH_ONE = lazy("(?:发现|查处|曝光|通报|问责|化解|解决|整治|打击|处理|严惩|成熟|验收|交付|建成|干成|调处|查办|见效)$")
_NOT_SINGLE = frozenset("在到了同聚走坐拧连混绑捆站合为于成漏落少缺丢这那哪每某各统同第另不是有做搞办换上下前后当")
_COUNTED_BY = lazy(
    r"(?:共|累计|合计|查出|查处|发现|收到|收集|征集|接到|受理|办结|新增|增设|添置|购置|配备|整改|退回|退换|取消|新建|扩建"
    r"|聘请|选聘|走访|下辖|辖|现有|分设|设有|设立了?|提出|出具|核减|建起|修好|修复|安装|抽查|处置|调处|提交)(?:了|出|到|完)?$"
)
_PER_UNIT = lazy(
    r"[二两三四五六七八九十]+个(?:自然村|行政村|村民?小组|村组|村寨|屯|嘎查|浩特|乡镇|镇(?!域|区)|街道|社区|村(?!级)|站所|窗口|股室|科室|片区|小区|工地"
    r"|院落|楼栋|(?:菜|集贸|农贸)市场|监管所|基层所|司法所|派出所|中队|大队|合作社|企业|门店|商户|标段|巡查组|小分队|宣讲团|调解室|点位|示范点|联系点"
    r"|卡口|站点|服务点|代办点|调解点|窝点|案件|案例|集市|景区|园区|林场|农场|茶场|码头|渡口|水库|村居|县直部门|部门单位|学校|班级|家庭|农户|农家)"
)
_IN_TURNS = lazy(
    r"分(?:[二两三四五六七八九十]+|\d+)(?:期|批次?|组|片区?|路|班|轮|场)(?=[^，,。；]{0,10}[训讲访查展送导宣修组])"
)
_FRACTION = lazy(
    r"(?:近|约|超过?|逾|不足|不到|仅)?(?:百分之(?!百)[零〇一二三四五六七八九十点两]+|[二三四五六七八九十]{1,2}分之[一二三四五六七八九]+)(?:左右|以上)?"
)
_TENTHS = lazy(
    r"(?:近|约|超|超过|逾|不足|仅)?[一二三四五六七八九]成[一二三四五六七八九半]?(?:左右|以上)?(?![立员功为果效本都长年绩熟分型品因])"
)
_MONTH_PART = (
    r"(?:[一二三四五六七八九十]|十[一二])月(?:[一二三]?十?[一二三四五六七八九]日|[一二三]十日|初|底|末|中旬|上旬|下旬)"
)
_HAN_DATE = lazy(rf"(?<![零〇一二三四五六七八九十个每至到—\-]){_MONTH_PART}(?:[至到]{_MONTH_PART})?")
_PERIOD = lazy(r"截[至止]到?[^，,。；]{0,10}$|自[^，,。；]{0,8}$")


@cache
def _vague() -> Pattern[str]:
    return lazy(any_of("vague_before", page="units") + "$")


def han_counts(part: Part, take: Take) -> None:
    """Facts of a sentence with a number in words, handed to ``take`` (start, end, type, strength)."""
    text, low, high, gates, _ = part
    if gates & _TENTH.bit:
        for match in _TENTHS.finditer(text, low, high):
            take(match.start(), match.end(), "rate", 1)
    if gates & _SHARE.bit:
        for match in _FRACTION.finditer(text, low, high):
            take(match.start(), match.end(), "rate", 2 if match.group().startswith("百") else 1)
    if gates & _TURN.bit:
        for match in _IN_TURNS.finditer(text, low, high):
            take(match.start(), match.end(), "count", 1)
    for match in _NUMERAL.finditer(text, low, high):
        if match.lastindex is not None:  # money or a measure word behind it: most numerals have neither
            _count(text, low, high, match, take)


def han_dates(text: str, low: int, high: int) -> list[Match[str]]:
    """Days and parts of a month in words (六月底至九月初), those that end a period left out."""
    first = text.find("月", low, high)  # every match holds one, with at most two characters before it
    return [
        match
        for match in _HAN_DATE.finditer(text, max(low, first - 2), high)
        if not _PERIOD.search(text[max(low, match.start() - 14) : match.start()])
    ]


def _count(text: str, low: int, high: int, match: Match[str], take: Take) -> None:
    behind = str(match.lastgroup)
    start, number = match.start(), match.group()
    vague = number[-1] in _MORE or (len(number) > 1 and number[-2] in _MORE)
    if _SIDE_BY_SIDE.search(number):
        if number not in _ABOUT_PAIRS:
            return
        vague = True
    stop = match.end(behind)
    if behind == "money":
        first = _led_from(text, low, start)
        bare = _ONLY_SCALES.fullmatch(number) is not None
        if not _SCALES.isdisjoint(number) and (first < start or not bare):
            take(first, stop, "amount", 1 if vague or first < start else 2)
        return
    if _NOT_COUNTED.match(text, start, high):
        return
    before = text[max(low, start - 16) : start]
    if before and (before[-1] in "多本此该某" or _ORDINAL_OR_RULE.search(before)):
        return
    if _RULE.search(before) or _NATIONAL.search(before):
        return
    if match[behind] in {"名", "人"} and _IN_PAIRS.match(text, stop):
        return
    first = _led_from(text, low, start)
    about = text[stop : min(stop + 2, high)] in {"以上", "左右", "上下"}
    vague = vague or first < start or about
    if _counts(text, low, high, match, stop, before, vague=vague):
        take(first, stop + 2 if about else stop, "count", 1 if vague else 2)


def _counts(text: str, low: int, high: int, match: Match[str], end: int, before: str, *, vague: bool) -> bool:
    """Whether a number with a measure word, which ends at ``end``, counts something, and is no way of speaking."""
    start, number = match.start(), match.group()
    unit, strict = text[match.end() : end], match.lastgroup == "strict"
    if _ONE_OF.match(text, start, high):
        return _behind_noun(text, low, high, start, end, unit, single=True)
    if number != "十" and _ONLY_SCALES.fullmatch(number):  # 万头牧场, 百户村; but 近百户, 千余亩
        return vague
    if not strict and not vague and _SLOGAN_AFTER.match(text, end, high):
        return False
    if len(number) > 1 or strict or vague:
        return True
    return _small(text, low, high, start, end, unit, before)


def _led_from(text: str, low: int, start: int) -> int:
    """Where the number begins with the word that makes it vague (近百, 逾千, 数十); ``start`` without one."""
    if start > low and text[start - 1] in _VAGUE_FIRST:
        if text[start - 1] != "上":
            return start - 1
        risen = start - 1 > low and text[start - 2] in _ROSE_TO
        return start - 1 if text[start] in _SCALES and not risen else start  # 上百户; but 以上六个
    before = text[max(low, start - 4) : start]
    led = _vague().search(before)
    return start - len(led.group()) if led and not _SIGNED.search(before) else start


def _small(text: str, low: int, high: int, start: int, end: int, unit: str, before: str) -> bool:
    """Whether a number up to ten with a measure word of notions (个, 项, 条) counts something here."""
    if _PER_UNIT.match(text, start, high):
        return True
    if unit not in _LOOSE_BEHIND:
        return False
    return bool(_COUNTED_BY.search(before)) or _behind_noun(text, low, high, start, end, unit, single=False)


def _behind_noun(text: str, low: int, high: int, start: int, end: int, unit: str, *, single: bool) -> bool:
    """Whether the count stands behind its noun at the end of a clause (雪地摩托一台, 问题九个)."""
    if start == low or (end < high and text[end] not in _ENDS):
        return False
    last = text[start - 1]
    if not "\u4e00" <= last <= "\u9fff" or last in _NOT_BEHIND:
        return False
    if single:
        before = text[max(low, start - 4) : start]
        return unit in _SINGLE and last not in _NOT_SINGLE and "一" not in before and not _EACH_ONE.search(before)
    return True
