"""Q3: names that change within the report, and official titles written slightly wrong."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from jingwei.model import Finding
from jingwei.review.confusable import one_alike
from jingwei.review.gate import Gated, found_each, matches
from jingwei.review.place_names import own_name, stem
from jingwei.review.reading import Reading
from jingwei.review.rule_data import page
from jingwei.review.rules.near_names import CHANGED_HANDS
from jingwei.text.lazy import lazy

_ORGAN = Gated(
    r"(?:^|(?<=[镇乡区县市道由在和与、，。；及向到立“（\n]))(?P<name>[^\W\d_]{1,7}?(?:办公室|办|服务中心|中心|工作室|服务站|工作站|大队|中队|工作组|调委会|委员会))(?=[、，。；）主牵负开组等”为\n]|工作人员|和|与|具体|承)"
)
_ENDINGS = (
    "服务中心",
    "办公室",
    "工作室",
    "服务站",
    "工作站",
    "委员会",
    "调委会",
    "工作组",
    "中心",
    "大队",
    "中队",
    "办",
)
_BORDER = frozenset("镇乡县区市在由和与、，。；的“（\n及")
_VERBS = frozenset({"推进", "建立", "成立", "设立", "组建", "推动", "加强", "打造", "依托", "通过", "完善", "抓好"})
_COUNTED = lazy(r"[一二三四五六七八九十两几各个\d]")
_LONG_LAW = 7  # characters: no two laws of such a length differ in one
_LAW_TITLE = Gated(r"《(?P<name>[一-鿿]{2,23}(?:法|条例))》")
_NATIONAL_TITLE = Gated(
    r"(?:国务院|全国人大(?:常委会)?|国家)(?P<title>《(?P<name>[一-鿿]{4,20})(?:规定|办法|细则|意见|规则|通知)》)"
)
_NOT_BODY = lazy(r"[帮代举承主开督查包]办$|交办|经办")
_TERMS = (("村（居）", "村（社区）"), ("村(居)", "村(社区)"), ("居民委员会", "社区委员会"))


def check(reading: Reading) -> Iterator[Finding]:
    """Findings Q3."""
    yield from _official(reading)
    yield from _laws(reading)
    yield from _national(reading)
    yield from _organs(reading)
    yield from _own_name(reading)
    yield from _persons(reading)
    for first, second in _TERMS:
        at = reading.text.find(second)
        if at >= 0 and first in reading.text:
            yield page("Q3").finding(reading, "two_terms", (at, at + len(second)), first=first, second=second)


def gated() -> Iterator[str]:
    """What this rule asks the gate for."""
    yield _persons_pattern()
    yield from (entry["pattern"] for entry in page("Q3").words["official"])


def _official(reading: Reading) -> Iterator[Finding]:
    words = page("Q3")
    for hit in reading.brief.phrases:
        start, end = reading.from_raw(hit.start, hit.end)
        while end > start and reading.text[end - 1] in "，,。；、":
            end -= 1  # the lexicon may count the mark after a phrase
        if not hit.exact and start < end:
            shown, note = reading.text[start:end], hit.note.rstrip("。") or hit.canonical
            yield words.finding(reading, "near_official", (start, end), shown=shown, note=note, entry=hit.entry)
    official = words.words["official"]
    for at, match in found_each([entry["pattern"] for entry in official], reading.text):
        yield words.finding(reading, "official", match.span(), shown=match.group(), official=official[at]["name"])


def _laws(reading: Reading) -> Iterator[Finding]:
    """《治安处罚法》: a law's name with a word left out or added."""
    words = page("Q3")
    known = words.listed("laws")
    for match in _LAW_TITLE.finditer(reading.text):
        name = match["name"].removeprefix("中华人民共和国")
        if name in known:
            continue
        law = next((law for law in known if _nearly(name, law) or _one_off(name, law)), None)
        if law:
            yield words.finding(reading, "law", match.span(), shown=match.group(), official=f"《{law}》")


def _national(reading: Reading) -> Iterator[Finding]:
    """国务院《优化营商环境规定》: the subject of a known law or regulation under another kind of name."""
    words = page("Q3")
    known = words.listed("laws")
    for match in _NATIONAL_TITLE.finditer(reading.text):
        law = next((law for law in known if law in {match["name"] + "条例", match["name"] + "法"}), None)
        if law:
            where = match.start("title"), match.end()
            yield words.finding(reading, "law", where, shown=match["title"], official=f"《{law}》")


def _nearly(name: str, law: str) -> bool:
    """Whether one name is the other with one or two characters left out."""
    short, long = sorted((name, law), key=len)
    if name[-1] != law[-1] or not 1 <= len(long) - len(short) <= 2 or len(short) < 4:
        return False
    rest = iter(long)
    return all(char in rest for char in short)


def _one_off(name: str, law: str) -> bool:
    """Whether one character is another (人民调节法), or only the kind of the document is (突发事件应对条例)."""
    if len(name) == len(law) >= 4 and name[-1] == law[-1]:
        off = sum(a != b for a, b in zip(name, law, strict=True))
        return (off == 1 and (name[-2] == law[-2] or len(law) >= _LONG_LAW)) or one_alike(name, law)
    bare, stem = (re.sub(r"(?:条例|办法|规定|法)$", "", title) for title in (name, law))
    return bare == stem and len(stem) >= 4


def _organs(reading: Reading) -> Iterator[Finding]:
    """A body's name, and the same name with a word left out somewhere else: 平安建设办, 平安办. The rarer is flagged."""
    if "以下简称" in reading.text or reading.profile.level in {"省", "市"}:
        return
    names = dict.fromkeys(_bare(match["name"]) for match in _ORGAN.finditer(reading.text))
    told: set[frozenset[str]] = set()
    for name in names:
        for short in _shortened(name):
            where = [at for at in _found(reading.text, short) if _opens(reading.text, at)]
            pair = frozenset((short, name))
            if not where or pair in told or _NOT_BODY.search(name) or _glossed(reading.text, short, name):
                continue
            told.add(pair)
            full = _found(reading.text, name)
            rare, common = (
                ((short, where), (name, full))
                if (len(where), -where[0]) < (len(full), -full[0])
                else ((name, full), (short, where))
            )
            at = rare[1][0]
            yield page("Q3").finding(
                reading, "two_names_weak" if short.endswith("办") and name.endswith("办公室") else "two_names", (at, at + len(rare[0])), first=common[0], second=rare[0],
                other=list(reading.raw_range(common[1][0], common[1][0] + len(common[0]))),
            )  # fmt: skip


def _bare(name: str) -> str:
    return re.sub(r"^(?:全镇|镇|乡|街道|县|区|市|设立了?|成立了?|建立了?|了)+", "", name)


def _shortened(name: str) -> Iterator[str]:
    """The name without two or three characters of its inside; two characters stay on the left, the ending on the right."""
    ending = next(e for e in _ENDINGS if name.endswith(e))
    inside = len(name) - len(ending)
    for width in (2, 3):
        for at in range(2, inside - width + 1):
            if _COUNTED.search(name[at : at + width]):
                continue  # 东片两个中队 is no name
            yield name[:at] + name[at + width :]
            if ending == "办公室":
                yield name[:at] + name[at + width : inside] + "办"


def _found(text: str, name: str) -> list[int]:
    found = []
    at = text.find(name)
    while at >= 0:
        found.append(at)
        at = text.find(name, at + len(name))
    return found


def _glossed(text: str, short: str, name: str) -> bool:
    """应急办（应急管理办公室): the one explains the other."""
    return re.search(rf"{short}[（(]\w{{0,4}}{name}|{name}[（(]\w{{0,6}}{short}", text) is not None


def _opens(text: str, at: int) -> bool:
    """Whether a name may begin here, so that the short form is not the end of a longer name."""
    return text[max(0, at - 1) : at] in _BORDER or text[max(0, at - 2) : at] in _VERBS


def _own_name(reading: Reading) -> Iterator[Finding]:
    own = own_name(reading)
    if own[-1:] not in {"镇", "乡"} or len(own) < 3:
        return
    root = stem(own)
    for match in re.finditer(re.escape(root) + r"(?:镇|乡|街道)", reading.text):
        around = reading.before(match.start(), 6) + reading.after(match.end(), 4)
        fine = match.group() == own or re.search(r"原|撤|改|前身", around) or reading.in_title(*match.span())
        if not fine:
            yield page("Q3").finding(
                reading, "own_name", match.span(), shown=match.group(), own=own, name=match.group()
            )


@cache
def _persons_pattern() -> str:
    words = page("Q3").words
    return rf"(?P<post>{words['posts']})(?P<name>{words['surnames']}[^\W\d_]{{1,2}}?){words['after_name']}"


def _persons(reading: Reading) -> Iterator[Finding]:
    if CHANGED_HANDS.search(reading.text):
        return
    words = page("Q3")
    seen: dict[str, str] = {}
    for match in matches(_persons_pattern(), reading.text):
        post, name = match["post"], match["name"]
        first = seen.setdefault(post, name)
        if first != name and len(first) == len(name) and first[0] == name[0]:
            yield words.finding(
                reading, "two_persons", match.span("name"), post=post, first=first, second=name, name=name
            )
        elif first != name and not re.search(r"原|前任|新任|接任|调任", reading.before(match.start(), 6)):
            yield words.finding(
                reading, "two_persons", match.span("name"), "note", post=post, first=first, second=name, name=name
            )
