"""Named facts: own documents, persons with posts, places below the reporter, brands in quotes, honours."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

from jingwei.judge.facts_numbers import RawFact

_TITLE = re.compile(
    r"《(?P<title>[^《》\n]{2,120}(?:〈[^〉]*〉[^《》\n]{0,40})?)》(?P<number>[（(][^（）()\n]{2,24}?[号][）)])?"
)
_NUMBER = re.compile(r"[\u4e00-\u9fff]{2,10}[〔\[（(【]\s*\d{4}\s*[〕\]）)】]\s*(?:第)?\d{1,4}\s*号")
_LOWER_UNIT = re.compile(r"[\u4e00-\u9fff]{1,6}(?:镇|乡|街道|村|社区|苏木|办事处|司法所|派出所)")
_UPPER_UNIT = re.compile(
    r"[\u4e00-\u9fff]{2,6}?(?:省|自治区|市|县|区|旗|州|盟)|中共|县委|市委|区委|省委|国务院|中央|中国|国家|全国"
)
_OWN_VERB = re.compile(
    r"(?:制定(?:了|出台|印发|并印发|完善)?|出台(?:了)?|印发(?:了)?|修订(?:了|完善)?|下发(?:了)?|草拟(?:了)?|编制(?:了)?|研究制定(?:了)?|发布(?:了)?|形成(?:了)?|建立(?:了)?|签订(?:了)?|完善(?:了)?|审议(?:通过)?(?:了)?)[^，,。；《》]{0,8}(?:《[^》]*》[、和及与]?)*$"
)
_LAW_TITLE = re.compile(
    r"(?:法|条例|规定|纲要|解释|法典|公约|准则|宪法|规则|意见|决定|通则|标准|白皮书|选编|读本|概论|论述|摘编|讲话|报告|日报|文选|知识|手册|学习问答)(?:[（(][^）)]*[）)])?$"
)

_SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁沈姚卢姜崔钟谭陆汪范石廖贾韦夏付方邹熊孟秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万覃武钱戴严莫孔常汤康易乔赖文庞樊殷欧翁倪纪童梅盛刁骆温柴蒙祝管童裴耿关焦申阮季岳齐涂柯詹古鲁俞闵苗卜尚宁卓岑农甘凌冉祁霍蓝左包柳舒阳牛麦游邢凡佘蔺闻涂巫瞿向全"
_POSTS = r"(?:党委副书记|党工委书记|党委书记|副书记|书记|副镇长|镇长|副乡长|乡长|副县长|县长|副区长|区长|副市长|市长|副主任|主任|副主席|主席|政法委员|组织委员|宣传委员|统战委员|武装部长|部长|副局长|局长|所长|站长|队长|律师|同志|法官|检察官|民警|调解员|支书|网格员|院长|副院长|校长|教授|讲师|会长|负责人)"
_PERSON = re.compile(
    rf"{_POSTS}(?P<name>(?:[{_SURNAMES}][\u4e00-\u9fff]{{1,2}}|欧阳[\u4e00-\u9fff]{{1,2}}))(?=同志|任|为(?:组长|副组长|主任|第一责任人)|担任|兼任|主持|带队|率|、|，|,|。|；|）|\)|到|赴|以|作|等|授课|宣讲|组成|牵头)"
    rf"|(?<=[，、；。：（由聘])(?P<listed>[{_SURNAMES}][\u4e00-\u9fff]{{1,2}})(?=同志|律师|任(?:副?组长|副?主任))"
)
_NOT_NAMES = frozenset(
    "严格 高度 全面 认真 任组 任副 方面 文明 公开 常态 全体 全程 全年 全镇 全乡 全县 全市 全局 全部 全员 向上 向党 管理 关于 关心 关注 于是 包案 包联 包抓 常务 阳光 康复 温馨 万名 古镇 农村 农业 文化 文件 文书 向群 江苏 武装 石油 马上 马克 何时 常委 常年 金融 时任 宁可 安排 和谐 平安 许可 成员 成立 同时 包村 包保 包括 包片 左右 易地 纪检 纪委 纪律 尚未 方可 应当 段落 经常".split()
)

_MECHANISM = r"(?:评价|工作|服务|治理|调解|普法|升级改造|政务|监管|综合|智慧|管理|执法|联动|联调|网格|信息|法治|志愿|便民|基层|特色|文化|自治|自助|手机|移动|线上){0,3}(?:机制|模式|工作法|调解法|品牌|平台|APP|app|小程序|公众号|工作室|调解室|工作站|议事厅|议事会|议事堂|服务队|宣讲队|宣讲团|调解队|调解团|志愿队|小分队|队伍|驿站|中心|基地|系统|热线|栏目|专栏|超市|积分制|积分|阵地|广场|公园|长廊|议事亭|体系|方法|做法|经验|工程|场景|应用|项目|流程)"
_QUOTED = re.compile(
    rf"[“\"「『](?P<brand>[^“”\"「」『』\n，。；]{{2,24}})[”\"」』](?P<tail>[^，,。；、\n“”\"]{{0,6}}?{_MECHANISM})"
)
_BEFORE_BRAND = re.compile(
    r"(?:打造|创新推出|推出|创建|建立|开发|运行|启用|推行|探索|形成|创立|创设|开通|上线|组建|擦亮|试行|设立|创新)(?:了|出)?(?:以)?$"
)
_HONOUR = re.compile(
    r"(?:荣获|获得|获评|被评为|被评定为|被授予|被命名为|被列为|被确定为|成功创建|入选|被认定为|荣膺|成功创成|获批)[^，,。；]{0,40}?(?:称号|荣誉|先进|示范|优秀|表彰|典型|案例|奖|文明|试点|模范|枫桥式)[^，,。；]{0,12}"
)

_PLACE = re.compile(
    r"(?<=[在到赴于为从、，。；：和与及以对])(?P<place>[\u4e00-\u9fff]{1,5}?(?:村|社区|小学|中学|幼儿园|九年一贯制学校|敬老院|卫生院|广场|集市|公园|水库|工业园|产业园|市场|屯|寨|小区|景区|车站|加油站|文化站))(?![民委官级镇居务组域会规庄落貌风容企集])"
)
_PLACE_GENERIC = re.compile(
    r"[各全每本该此我两几多个某等的和及与或以为对到在于从向将把被由市县区省乡镇辖村]|农村|行政|自然|示范|法治|和谐|美丽|平安|民主|文明|重点|贫困|城中|新农|中心村|特色|精品|试点|部分|所有|相关|有关|城市|大型|周边|主要|偏远|易地|安置|老旧|智慧|无物业|物业|农贸|消费|劳动力|资本|建筑|房地产|金融|文化|人民|休闲|法制|普法|主题|廉政|宪法|民法典|企业|学校|机关|家庭|驻|薄弱|软弱|清廉|振兴|先进|后进|帮扶|结对|扶贫|涉|进|送|创|建|空心|传统|古|未来|数字|绿色|生态|无|整|联"
)

_PLACE_GENERIC_WHOLE = re.compile(r"农村|乡村|社区矫正|中心小学|中小学|中心村|行政村|自然村|村社区")


@cache
def _common_quotes() -> frozenset[str]:
    source = files("jingwei.judge").joinpath("facts_data/common_quotes.txt").read_text(encoding="utf-8")
    return frozenset(line for line in source.split("\n") if line and not line.startswith("#"))


def documents(text: str, low: int, high: int, own: tuple[str, ...], superior: tuple[str, ...]) -> list[RawFact]:
    """Documents of the unit itself: their title names it, or the sentence says the unit made them.

    A law, a national document or a superior's document is none (it is prescribed wording); a 文号 counts with its title.
    """
    found = []
    for match in _TITLE.finditer(text, low, high):
        title = match.group("title")
        kind = document_owner(title, text[max(low, match.start() - 30) : match.start()], own, superior)
        if kind == "own":
            found.append(RawFact(match.start(), match.end(), "document", 3 if re.search(r"\d", match.group()) else 2))
    titled = [(fact.start, fact.end) for fact in found]
    for match in _NUMBER.finditer(text, low, high):
        inside = any(a <= match.start() < b for a, b in titled) or text[
            max(low, match.start() - 2) : match.start()
        ].startswith("》")
        named = any(name and name[:1] == match.group()[:1] for name in own)
        if not inside and named and not _UPPER_UNIT.search(match.group()):
            found.append(RawFact(match.start(), match.end(), "document", 2))
    return found


def document_owner(title: str, before: str, own: tuple[str, ...], superior: tuple[str, ...]) -> str:
    """Whose document a title in 《》 is: "own", "superior" (a local superior's) or "national"."""
    if any(name in title for name in own):
        return "own"
    if any(name in title for name in superior) or re.match(r"中共[^中].{1,8}(?:县|市|区|旗)委", title):
        return "superior"
    if _LOWER_UNIT.match(title) and not re.match(r"乡镇|农村|城镇|乡村", title):
        return "own"
    if _UPPER_UNIT.match(title) and not re.match(r"中华|中国|国务院|中央|国家|全国|中共中央", title):
        return "superior"
    if _LAW_TITLE.search(title):
        return "national"
    return "own" if _OWN_VERB.search(before) else "national"


def superior_documents(text: str, low: int, high: int, own: tuple[str, ...], superior: tuple[str, ...]) -> int:
    """How many titles of a local superior's documents the sentence names: no facts, but a sign of place."""
    return sum(
        document_owner(m.group("title"), text[max(low, m.start() - 30) : m.start()], own, superior) == "superior"
        for m in _TITLE.finditer(text, low, high)
    )


def persons(text: str, low: int, high: int) -> list[RawFact]:
    """Persons named with their post (镇长刘某某任组长); strength 2."""
    found = []
    for match in _PERSON.finditer(text, low, high):
        name = match.group("name") or match.group("listed")
        if name[:2] in _NOT_NAMES or re.search("组长|主任|书记|委员|镇长", name):
            continue
        group = "name" if match.group("name") else "listed"
        found.append(RawFact(match.start(group), match.end(group), "person", 2))
    return found


def brands(text: str, low: int, high: int) -> list[RawFact]:
    """Names in quotes with what they name (“某某说事”平台), unless the quoted words are known in many provinces."""
    found = []
    for match in _QUOTED.finditer(text, low, high):
        brand = match.group("brand")
        if is_common_quote(brand) or match.group("tail").startswith(("制度", "责任", "专项")):
            continue
        strength = 2 if _BEFORE_BRAND.search(text, max(low, match.start() - 10), match.start()) else 1
        found.append(RawFact(match.start(), match.end(), "mechanism", strength, whole_clause=False))
    return found


def is_common_quote(brand: str) -> bool:
    """Whether words in quotes are national wording: seen in reports of several provinces, or shaped like a slogan."""
    if brand in _common_quotes() or brand.replace("、", "") in _common_quotes():
        return True
    if any(part in _common_quotes() for part in re.split("[、·+＋]", brand) if len(part) > 2):
        return True
    return bool(
        re.match(
            r"互联网|谁|一[窗网门站]|五个|[一二三四五六七八九十两]个|[一二三四五六七八九十两\d]+五$|[一二三四五六七八九十两]+[进公]",
            brand,
        )
    )


def honours(text: str, low: int, high: int) -> list[RawFact]:
    """Titles and prizes the unit received."""
    return [
        RawFact(m.start(), m.end(), "mechanism", 2)
        for m in _HONOUR.finditer(text, low, high)
        if not re.match("获得[^，。]{0,4}(?:感|群众)", m.group())
    ]


def named_places(text: str, low: int, high: int) -> list[RawFact]:
    """Villages, communities, schools, squares with a proper name, recognised by their suffix."""
    found = []
    for match in _PLACE.finditer(text, low, high):
        suffix = 1 if match.group("place")[-1] in "村屯寨" else 2
        name = match.group("place")[:-suffix]
        whole = match.group("place")
        if name and not _PLACE_GENERIC.search(name) and not _PLACE_GENERIC_WHOLE.search(whole):
            found.append(RawFact(match.start("place"), match.end("place"), "place", 2))
    return found
