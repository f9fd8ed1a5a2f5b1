"""Units that go on under another name: a bureau after a reform of the organs of state, a township made a town.

What the new unit carries over from the old one's reports is its own text of earlier years, not somebody else's.
Sources: 《深化党和国家机构改革方案》 (2018) and 《党和国家机构改革方案》 (2023) with the local bodies made after them; the
rules on 设镇 and 设街道办事处 for townships.
"""

from __future__ import annotations

from functools import cache

# New bodies and those whose work went over to them; of several spellings each stands by itself.
_BODIES = """
生态环境局: 环境保护局
自然资源局 自然资源和规划局 规划和自然资源局: 国土资源局 规划局 城乡规划局 国土资源和规划局 规划和国土资源局
农业农村局 农业农村和水利局 农业农村委员会: 农业局 农业委员会 农牧局 农业和畜牧局 畜牧局 畜牧兽医局 农业机械管理局 乡村振兴局 扶贫开发局 扶贫开发办公室
农牧局: 农业局 农牧业局 畜牧局
乡村振兴局: 扶贫开发局 扶贫开发办公室 扶贫开发领导小组办公室
卫生健康局 卫生健康委员会 卫生健康和体育局: 卫生和计划生育局 卫生和计划生育委员会 卫生局 人口和计划生育局
应急管理局: 安全生产监督管理局 安全生产监督管理和煤炭管理局
市场监督管理局: 工商行政管理局 质量技术监督局 食品药品监督管理局 工商和质量监督管理局 市场和质量监督管理局 食品药品工商质量监督管理局
文化和旅游局 文化广电和旅游局 文化广电旅游局 文化体育和旅游局 文化旅游局 文化广电旅游体育局 文化体育广电和旅游局 文化旅游体育局 文化和广电旅游体育局 文化旅游和广播电视局: 文化局 旅游局 文化广电局 文化体育局 文化广电新闻出版局 文化广播电视新闻出版局 文化体育广电新闻出版局 文化体育新闻出版广电局 旅游发展局 旅游发展委员会 体育局
林业和草原局: 林业局
水利局: 水务局
水务局: 水利局
司法局: 法制办公室 政府法制办公室 人民政府法制办公室
人力资源和社会保障局: 人事局 劳动和社会保障局
住房和城乡建设局: 建设局 住房和城乡规划建设局 住房保障和房产管理局
城市管理局 城市管理和综合行政执法局 城市管理综合行政执法局 综合行政执法局: 城市管理局 城市管理行政执法局 城市管理和综合行政执法局 城市管理综合行政执法局 综合行政执法局
工业和信息化局 工业信息化局: 经济和信息化局 经济和信息化委员会 工业和信息化委员会
发展和改革局 发展和改革委员会: 发展和改革局 发展和改革委员会
教育体育局 教育和体育局: 教育局 体育局 教育和科学技术局
数据局 数据管理局: 大数据管理局 大数据发展管理局 大数据局 政务服务数据管理局
政务服务和数据管理局 行政审批和政务信息管理局: 政务服务管理局 行政审批局 政务服务数据管理局
粮食和物资储备局: 粮食局
金融工作局 地方金融监督管理局: 金融工作办公室 金融工作局
国防动员办公室: 人民防空办公室
"""
_TOWNSHIPS = {"乡": 0, "镇": 1, "街道": 2}
_SEATS = ("人民政府", "街道办事处", "办事处")


def goes_on_from(unit: str, earlier_unit: str) -> bool:
    """Whether ``unit`` is what ``earlier_unit`` became; never true of one unit and itself.

    The place is the same, and the body took over the other's work, or a township of the same name was raised to a town
    or sub-district. Both are unit names as :func:`identify` gives them.
    """
    if unit == earlier_unit:
        return False
    shared = _shared_start(unit, earlier_unit)
    return _is_body(unit, earlier_unit, shared) or _is_raised(unit, earlier_unit)


def _shared_start(left: str, right: str) -> int:
    return next((at for at, (a, b) in enumerate(zip(left, right, strict=False)) if a != b), min(len(left), len(right)))


def _is_body(unit: str, earlier_unit: str, shared: int) -> bool:
    """The names differ in the body alone; its first characters may be the same (文化局, 文化和旅游局)."""
    return any(unit[at:] in _earlier_bodies().get(earlier_unit[at:], ()) for at in range(2, shared + 1))


def _is_raised(unit: str, earlier_unit: str) -> bool:
    new, old = _township(unit), _township(earlier_unit)
    return new is not None and old is not None and new[0] == old[0] and new[1] > old[1]


def _township(unit: str) -> tuple[str, int] | None:
    """Name without its kind and the rank of the kind; null for what is no government of a township."""
    for seat in _SEATS:
        place = unit.removesuffix(seat)
        for kind, rank in _TOWNSHIPS.items():
            if place != unit and place.endswith(kind) and len(place) > len(kind) + 1:
                return place.removesuffix(kind), rank
    return None


@cache
def _earlier_bodies() -> dict[str, set[str]]:
    """Bodies that took over the work of each body."""
    after: dict[str, set[str]] = {}
    for line in _BODIES.split("\n"):
        new, _, old = line.partition(":")
        for body in old.split():
            after.setdefault(body, set()).update(set(new.split()) - {body})
    return after
