"""Wording that looks like a place name but mostly is none, and the context that makes it one.

Measured: the names listed here occur in government work reports of provinces that have no such place, inside ordinary
words (示范镇 holds 范镇, 沿海城市 holds 海城市). They count only with their superior written before them, or when
they lie in the reporter's own county.
"""

from __future__ import annotations

from jingwei.text.lazy import lazy

# Whole names that are ordinary wording in most reports.
COMMON = frozenset(
    """
    会同县 民和县 平和县 平原县
    小城镇 中心镇 发展乡 宜居乡 建设乡 平安乡 振兴乡 苏木乡 新市镇 城关镇 建设镇 新城镇 新城乡 幸福乡
    卫星镇 兴镇 联乡 新镇 开通镇 民建镇 高镇 繁荣乡 固城乡 山下乡 新建镇 新建街道 旧城镇 范镇 色乡
    富县 和县 成县 高县 兴县 范县 佳县 康县 新县 古县 索县 南县 南部县 单县 道县 文县 代县 临县
    丰县 容县 西区 东区 城区 郊区 矿区 新城区 新市区 高新区 开发区 保税区 滨海新区 新建区 古城区
    平房区 海港区 河西区 东港区 明山区 南山区 东城区 西城区 南城区 北城区 上城区 江城区 增城区 市辖区
    老城区 合作市 应城市 项城市 运城市 兴城市 昌都市 成都市 海城市 津市市 平安镇 平安县 平安区 文明乡
    文明镇 和谐镇 和谐乡 富裕县 富民县 富裕镇 富民镇 富裕乡 富民乡 民主乡 民主镇 团结乡 团结镇 友好区
    互助县 同心县 公安县 公安镇 资源县 通道县 延长县 共和县 合作镇 解放乡 前进镇 前进乡 先锋镇 先锋乡
    永久镇 中心乡 中心街道 工业街道 工业镇 商业街道 管理街道 服务街道 生态镇 生态乡 特色镇 旅游镇
    生产街道 文化街道 卫生街道 建设街道 发展街道 和平街道 振兴街道 兴业县 乐业县 安居区 港口区 市中区
    城中区 城东区 城西区 城北区 路南区 路北区 市南区 市北区 站前区 滨海区 滨江区 滨湖区 江南区 红旗区
    中原区 新华区 光明区 大城县 大关县 新和县 新平县 老区 江北区 江岸区 河东区 河口区 海州区 城子街道
    城镇街道 社区街道 综合街道 城市街道 新兴镇 新兴街道 长安镇 环城镇 环城乡
    """.split()  # noqa: SIM905 - words read better than a column of strings
)

# A name with such an ending is mostly a part of a longer word (提高城镇化水平, 滨海城市, 三峡库区, 浙西南山区).
COMMON_ENDING = lazy(
    r"(城镇|城乡|村镇|乡镇|集镇|城市|市区|城区|山区|老区|园区|新区|库区|灾区|开发区|度假区|保税区|示范区|聚集区|集中区|地区|农场|林场|场)$"
)
# Endings of COMMON_ENDING that are nearly always names when the whole is three characters or more and listed as a city.
CITY_OF_CITIES = frozenset(
    """
    聊城市 盐城市 晋城市 宣城市 诸城市 邹城市 丰城市 韩城市 麻城市 凤城市 禹城市 都城市
    """.split()  # noqa: SIM905 - words read better than a column of strings
)

# What may follow a suffix and undo it: 平安乡村, 江北区域, 义乌市场.
UNDONE = {
    "乡": frozenset("村镇愁亲土情音贤规风野"),
    "区": frozenset("域间块别划位段县"),
    "市": frozenset("场"),
    "镇": frozenset("化静痛守压定江海"),
    "州": frozenset("县"),
    "县": frozenset("域"),
    "道": frozenset("路德理具"),
}
POSTS = lazy(r"(?:委|党委)?(?:书记|乡长|镇长|县长|区长|市长|长(?!期|效|江|远|久|达|足|三|春|沙|治|安|假|廊|线|城|短))")

# Short forms of provinces and prefectures that are also words or word borders (长治久安, 中山装, 安康, 来宾).
UNSAFE_SHORTS = frozenset(
    """
    长治 中山 安康 阿里 大庆 文山 山南 朝阳 海西 海口 白银 新乡 河源 北海 大理 大同
    黑河 四平 保定 宁德 南通 海东 和田 兴安 广安 河池 安顺 安庆 三明 定西 天水 海北
    玉树 白山 来宾 周口 日照 玉林 保山 黄山 红河 怒江 塔城 中卫 固原 南平 通化 怀化
    江门 三沙 百色 凉山 舟山 黄南 黔南 甘南 湘西 德宏 吴忠 自贡 内江 六安 泰安 平凉
    武威 大兴安岭 白城 鞍山 黄石
    """.split()  # noqa: SIM905 - words read better than a column of strings
)
# Names whose stem alone is an ordinary word, so that even the reporter's own is looked for with its suffix only.
ORDINARY = frozenset(
    """
    和平 光明 解放 建设 新华 胜利 向阳 团结 友谊 红旗 东风 前进 太平 永安 平安 兴隆 幸福 复兴
    长安 中心 城关 城东 城南 城西 城北 东城 西城 南城 北城 新城 古城 老城 站前 河东 河西 江南
    江北 东湖 西湖 南湖 北湖 东山 西山 南山 北山 人民 文化 工业 温泉 凤凰 大桥 新民 新兴 新建
    民主 民族 富民 惠民 安定 安居 乐业 公安 合作 资源 通道 延长 共和 互助 同心 大方 大关 大通
    大城 大安 政和 平和 和政 民和 港口 市中 城中 东方 滨海 滨江 海港 运河 凤翔 振兴 兴业 兴国
    富裕 利民 爱民 为民 便民 先锋 五星 三合 双河 东关 西关 南关 北关 中山 中华 中原 金山 青山
    """.split()  # noqa: SIM905 - words read better than a column of strings
)
LEFT_BORDER = frozenset("，。、；：！？（）《》“”‘’,.;:!?()[]\"' \n　—-·在于到与和及赴从由向至对往是为自同距经离")
RIGHT_BORDER = frozenset("，。、；：！？（）《》“”,.;:!?()\n　—-·等的与和及到至省市州县区考学召举调参设出")
# Short forms in such company name no place of the report: 枫桥经验 is everybody's.
COMPANY = lazy(
    r"(?:精神|会议|经验|冬奥|奥运|世博|亚运|大学|学院|证券|交易所|合作组织|自由贸易|自贸|起义|宣言|公约|条约|峰会|大桥|银行|路|街|岸|麓|"
    r"侧|翼|坡|门|高铁|铁路|高速|机场|油田|会战|地震|抗震|战役|红军|老窖|大曲|茶|面|火锅|烧烤)"
)

# What may stand right after a foreign short form that is meant as a place.
PLACE_USE = lazy(
    r"经验|模式|做法|考察|学习|招商|投资|务工|办|两地|地区|方面|籍|特|人民|政府|党|公安|法院|检察|司法|海关"
)
# Wording in which only the own place can stand: 谱写美丽某地新篇章, 推动某地高质量发展.
PLEDGED_BEFORE = (
    "美丽|法治|平安|幸福|活力|和谐|魅力|实力|现代化|推动|推进|建设|谱写|助推|助力|加快"
    "|振兴|富裕|文明|生态|开创|绘就|奋进|数字|清廉|诚信|新时代|新"
)
PLEDGED_AFTER = lazy(
    r"[，。；、！\n]|高质量|经济|发展|新?篇章|贡献|建设|振兴|现代化|跨越|实践|新?局面|人民|群众|力量|智慧|全域|新|法治|社会|乡村|改革|营商"
)
NOT_A_STEM = lazy(r"城乡|城镇|乡镇|政府|人民|[党委和与及各全等所辖以在对向的了并]")

NOT_AFTER_VILLAGE = lazy(r"[级容组内霸官晚医规居落镇寨貌务史]|民(?!委)|集体|庄(?!村)")
VILLAGE_NOT = lazy(
    r"[的个各全每我本等级两余多了并将把被为是在对向从由到让使有无以及其该这那哪何某\d]|行政|自然|贫困|示范|试点|文明|重点|城中|美丽|特色|移民|"
    r"平安|帮扶|脱贫|空心|传统|样板|精品|宜居|法治|民主|先进|所在|相关|周边|偏远|边远|辖区|薄弱|涣散|落后|后进|中心|整合|居民|农民|村民|"
    r"进村|驻村|包村|入村|下村|联村|到村|入户|乡村|农村|镇村|街村|山村|渔村|新村$|智慧|数字|生态|未来|和美|和谐|卫生|全国|省级|市级|县级|基层|"
    r"城市|城镇|街道|社区|试验|建制|村级|两委|推进|深入|开展|组织|建设|治理|法律|服务|网格|管理|智能|绿色|幸福|健康|完整|星级|民族|安置|老旧|"
    r"加强|完善|推行|落实|提高|提升|强化|健全|规范|指导|督促|要求|结合|围绕|依托|利用|通过|深化|创建|打造|开办|成立|设立|选派|下派|选聘|聘请|"
    r"督导|检查|召开|制定|实行|实施|执行|实现|保障|保护|支持|帮助|引导|发动|动员|带动|促进|优化|改善|整治|拆除|走访|发放|张贴|悬挂|培养|培育|"
    r"选举|换届|撤并|合并|管好|抓好|做好|覆盖|惠及|涉及|部分|所有|其他|其它|若干|多数|少数|邀请|占用|新建|新增|改建|扩建|[走经名用请派送进驻之结然村]村|一些|有些|许多|上级|下级|当地|本地|外地|全市|全县"
)
