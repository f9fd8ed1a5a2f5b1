"""Lines that belong to a web page, a page frame or the red head, never to the writer's text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from jingwei.text.lazy import lazy
from jingwei.text.lines import Line

_CHROME = lazy(
    r"(?:您?(?:的|所在|现在|目前)?(?:当前|现在|所在)(?:的)?位置|您的位置|位置[:：]|首页\s*[>＞»/|\-]|首页$|网站首页"
    r"|【?(?:打印|关闭|收藏|返回|分享|下载|复制|纠错|字体|字号|大\s*中\s*小|微信|微博|繁体|无障碍|长者模式|适老)"
    r"|用微信|分享(?:到|至)|扫一扫|扫码|手机扫|二维码|[×xX✕]$|上一[篇条页]|下一[篇条页]|相关(?:链接|阅读|文章|附件|新闻|文档)"
    r"|责任编辑|责编|编辑[:：]|编\s*辑|审核[:：]|初审|复审|终审|浏览(?:次数|量)?[:：]|点击(?:数|率|量|次数)?[:：]|阅读(?:次数|量)?[:：]"
    r"|访问量|(?:信息|文章|稿件)?来源[:：]|作者[:：]|发布(?:时间|日期|机构|单位|人)[:：]|(?:日期|时间|更新时间|生成日期|成文日期|公开日期|发文日期)[:：]"
    r"|索\s*引\s*号|信息索引|主题分类|主题词|体裁分类|组配分类|公开(?:方式|范围|形式|属性|责任)|文\s*号[:：]|发文(?:字号|机关|机构|单位)[:：]?"
    r"|有\s*效\s*性|信息(?:名称|分类|类别)|名\s*称[:：]|废止日期|关键词|服务对象|内容概述|【?我要(?:纠错|打印|收藏)"
    r"|版权所有|主办(?:单位)?[:：]|承办(?:单位)?[:：]|技术支持|网站标识码|政府网站标识|.{0,4}ICP备|.{0,6}公网安备|返回(?:顶部|列表|首页)"
    r"|无障碍|登录|注册|搜索|网站地图|联系我们|关于我们|邮箱登录|微信公众号$|阅读原文|点赞|在线(?:咨询|访谈)$|政务(?:新媒体|微博)$"
    r"|!?\[[^\]]*\]\([^)]*\)$|<[a-zA-Z/!][^>]*>$)"
)
# First characters of the expressions of this file: most lines are told from web chrome by them, and some texts whole.
_CHROME_FIRST = frozenset(
    "您的所现目当位首网【打关收返分下复纠字大微繁无长适用扫手二×xX✕上相责编审初终浏点阅访信文稿来作发日时更生成公"
    "索主体组有名废服内我版承技政登注搜联邮在![<"
)
_FRAME_FIRST = frozenset("-—–－_·第Pp=*~")
_PAGE_NUMBER = lazy(
    r"(?:[-—–－_·\s]*\d{1,4}[-—–－_·\s]*|第\s*\d+\s*页(?:\s*[,，/]?\s*共\s*\d+\s*页)?|\d+\s*/\s*\d+|[Pp]age\s*\d+.*)$"
)
_RULE = lazy(r"[-=_*~·—\s]{3,}$")
_RED_HEAD = lazy(
    r"(?:[\u4e00-\u9fff·（）()]{2,40}文\s*件$|签\s*发\s*人[:：]?|(?:特急|加急|平急|机密|秘密|绝密)[★\s\d年]*$|[（(]?(?:此件)?(?:主动|依申请|不予)公开[)）]?$)"
)
DOCUMENT_NUMBER = lazy(
    r"^[\u4e00-\u9fff（）()]{1,20}\s*[〔\[［【(（]\s*(?:19|20)\d\d\s*[〕\]］】)）]\s*第?\s*\d{1,5}\s*号$"
)
_COPY_TO = lazy(
    r"(?:抄\s*送|抄\s*报|印\s*发|报\s*送)[:：]|[\u4e00-\u9fff]{2,30}(?:办公室|政府|局)\s*(?:19|20)\d\d年\d{1,2}月\d{1,2}日\s*印发$"
)


def is_chrome(text: str) -> bool:
    """Whether a whole line is web chrome: breadcrumb, share widget, metadata table, footer."""
    if len(text) > 120 or "。" in text:
        return False
    may_be = text[:1] in _CHROME_FIRST or "ICP备" in text or "公网安备" in text
    return may_be and _CHROME.match(text) is not None


def is_page_frame(text: str) -> bool:
    """Whether a whole line is a page number or a rule."""
    first = text[:1]
    if len(text) > 40 or not (first in _FRAME_FIRST or first.isdecimal() or first.isspace()):
        return False
    return _PAGE_NUMBER.match(text) is not None or _RULE.match(text) is not None


def is_red_head(text: str) -> bool:
    """Whether a whole line is 红头, 文号, 签发人, 密级 or the copy-to line of an official document."""
    if len(text) > 80 and len(text) - text.count(" ") - text.count("\u3000") > 80:  # nearly all lines
        return False
    compact = text.replace(" ", "").replace("\u3000", "")
    first, last = compact[:1], compact[-1:]
    return (
        ((first in "签特加平机秘绝" or last in "件开)）") and _RED_HEAD.match(compact) is not None)
        or (last == "号" and DOCUMENT_NUMBER.match(compact) is not None)
        or ((first in "抄印报" or last == "发") and _COPY_TO.match(compact) is not None)
    )


def running_heads(lines: Sequence[Line]) -> frozenset[str]:
    """Short lines that return unchanged at least three times without being sentences: page heads."""
    counts = Counter(line.text for line in lines if 4 <= len(line.text) <= 40 and line.text[-1] not in "。；;!！？?：:")
    return frozenset(text for text, count in counts.items() if count >= 3)
