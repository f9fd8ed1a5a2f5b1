"""Which genre a title announces, and which part of Article 25 a heading opens."""

from __future__ import annotations

import re
from functools import lru_cache

from jingwei.text.lazy import lazy

_RULE_OF_LAW = lazy(r"法治政府建设|依法行政|法治建设|依法治[县市区镇乡街]|法治工作")
_OTHER_GENRE = lazy(r"方案|通知|要点|规划|计划|意见(?!.*报告)|办法|细则|讲话")
_NUMBER = lazy(r"^(?:[（(]?[一二三四五六七八九十百]+[)）]?[、.．]?|[（(]?\d{1,2}[)）]?[、.．]?|[①-⑳])?")
_PART_3 = lazy(
    r"第一责任人|(?:党政)?主要(?:负责人|领导)(?:干部)?(?:切实)?(?:履行|落实)|(?:书记|镇长|乡长|局长|主任)(?:带头|亲自|怎么)?(?:履职|干|抓)"
)
_PART_2 = lazy(r"问题|不足|短板|困难|差距|薄弱|原因|(?:没有?|未|没能)(?:做好|做到|办好|完成)|为什么")
_PART_4 = lazy(
    r"下一步|下一阶段|下步|来年|明年|打算|今后|工作(?:计划|安排|谋划|思路|设想|规划|部署|目标)|(?:主要|重点|工作)任务|努力方向|接下来|往后|怎么(?:做|办|干)(?![？?])|工作建议|整改措施"
)
_PART_5 = lazy(r"其他(?:需要)?(?:报告|说明|情况|事项)|需要(?:报告|说明)")
_PART_1 = lazy(
    r"开展情况|工作情况|主要(?:做法|举措|措施|工作|成效|成绩)|进展|推进情况|回顾|总体情况|基本情况|工作成效|工作总结|落实情况|完成情况"
)


def is_rule_of_law_report(title: str) -> bool:
    """Whether Article 25 of the 督察工作规定 fixes the content of a report with this title."""
    return _RULE_OF_LAW.search(title) is not None and _OTHER_GENRE.search(title) is None


@lru_cache(maxsize=4096)  # the headings of a batch are much the same
def part_of_heading(heading: str, year: int | None) -> int | None:
    """The part 1–5 a heading names, or null when its words do not tell.

    A heading that names problems and next steps together counts as the plan, for the plan is the rest of the text.
    """
    heading = heading.lstrip("#* -")
    number = _NUMBER.match(heading)
    words = heading[number.end() :] if number else heading
    if _PART_3.search(words):
        return 3
    plan = _PART_4.search(words) or (year is not None and f"{year + 1}年" in words)
    if plan and re.search(r"完成情况|落实情况|进展", words) is None:
        return 4
    if _PART_2.search(words) and not re.search(
        r"问题(?:专项)?整[治改]|解决.{0,6}问题|督察.{0,4}问题|问题导向|突出问题", words
    ):
        return 2
    if _PART_5.search(words):
        return 5
    return 1 if _PART_1.search(words) else None
