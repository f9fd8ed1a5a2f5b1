"""Own documents: titles in 《》 that name the unit or that it made, and its own 文号."""

from __future__ import annotations

from jingwei.judge.facts_gate import Gated
from jingwei.judge.facts_raw import Find, Names, RawFact
from jingwei.judge.facts_words import any_of
from jingwei.text.lazy import lazy

_TITLE = Gated(r"《(?P<title>[^《》\n]{2,120}(?:〈[^〉]*〉[^《》\n]{0,40})?)》", ("《", "》"))
_NUMBER = Gated(
    r"(?P<issuer>[\u4e00-\u9fff]{2,6})[〔\[（(【]\d{4}[〕\]）)】](?:第)?\d{1,4}号",
    ("号", "〔[（(【", "〕]）)】"),
    probe=r"[〔\[（(【]\d{4}[〕\]）)】]",
)
_LOCAL_NUMBER = lazy(
    r"[（(](?!国发|国办|国函|中发|中办|国务院|厅字|司发|财|法发)[\u4e00-\u9fff]{2,10}[〔\[（(【]\d{4}[〕\]）)】](?:第)?\d{1,4}号[）)]"
)
_OF_HERE = lazy(r"全(?P<level>[省市州县区旗镇乡街])(?!面|域)")
_LOWER_UNIT = lazy(r"(?!乡镇|农村|城镇|乡村|社区)[\u4e00-\u9fff]{1,6}?(?:镇|乡|街道|村|社区|苏木|办事处|司法所|派出所)")
_NATIONAL = lazy(r"中华|中国|国务院|中央|国家|全国|中共中央|习近平|最高人民|关于[^市县区省]{0,60}$")


_UPPER = lazy(lambda: rf"(?:中共)?[\u4e00-\u9fff]{{2,6}}?{any_of('upper_units')}(?!域|级|政|民|场|容|委员会工作)")
_LAW = lazy(lambda: any_of("law_endings") + r"(?:[（(][^）)]*[）)])?$")
_MADE = lazy(
    lambda: any_of("own_verbs") + r"(?:了|并印发|出台|印发|完善)?[^，,。；《》]{0,8}(?:《[^》]*》[、和及与]?)*$"
)
_A_DIGIT = lazy(r"\d")


def documents(text: str, low: int, high: int, gates: int, names: Names) -> list[RawFact]:
    """Documents of the unit itself; a law, a national or a superior's document is none (prescribed wording).

    Strength 3 for a title with a year or a number, else 2.
    """
    own, superior = names
    found = []
    for match in _TITLE.finditer(text, low, high, gates):
        before = text[max(low, match.start() - 40) : match.start()]
        if document_owner(match.group("title"), before, own, superior) == "own":
            strength = 3 if _A_DIGIT.search(match.group()) else 2
            found.append(RawFact(match.start(), match.end(), "document", strength))
    for match in _NUMBER.finditer(text, low, high, gates):
        bracketed = text[max(low, match.start() - 2) : match.start()].startswith("》")
        named = any(name[0] in match.group("issuer") for name in own)
        if named and not bracketed and not any(f.start <= match.start() < f.end for f in found):
            found.append(RawFact(match.start(), match.end(), "document", 2))
    return found


def document_owner(title: str, before: str, own: tuple[str, ...], superior: tuple[str, ...]) -> str:
    """Whose document a title is: "own", "superior" (a local superior's) or "national".

    Args:
        title: the words inside 《》.
        before: what stands before it in the sentence: who made it often says whose it is.
        own: names of the unit.
        superior: names of the places above it.
    """
    if any(name in title for name in own):
        return "own"
    if any(name in title for name in superior):
        return "superior"
    issuer = _issuer_of(title)
    if issuer:
        return issuer
    if _LAW.search(title):
        return "national"
    return "own" if _MADE.search(before) else "national"


def _issuer_of(title: str) -> str:
    """What the title says of its issuer by the form of words: 全县…, 某某镇…, 中共某某县委…; empty where nothing."""
    here = _OF_HERE.search(title)
    if here:
        return "own" if here.group("level") in "镇乡街" else "superior"
    if _NATIONAL.match(title):
        return ""
    if _UPPER.match(title):
        return "superior"
    return "own" if _LOWER_UNIT.match(title) else ""


def superior_documents(text: str, low: int, high: int, own: tuple[str, ...], superior: tuple[str, ...]) -> int:
    """How many titles of a local superior's documents the sentence names: no facts, but a sign of place.

    A title without an issuer is a local superior's when a local 文号 follows it.
    """
    if text.find("《", low, high) < 0:
        return 0
    return sum(
        document_owner(m.group("title"), text[max(low, m.start() - 40) : m.start()], own, superior) == "superior"
        or bool(_LOCAL_NUMBER.match(text, m.end(), high))
        for m in _TITLE.pattern.finditer(text, low, high)
    )


def finders() -> tuple[tuple[Find, tuple[Gated, ...]], ...]:
    """What looks for documents, with its expressions."""
    return ((documents, (_TITLE, _NUMBER)),)
