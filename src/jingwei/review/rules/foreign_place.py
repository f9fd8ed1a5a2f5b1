"""R1: another place's name: native to the source of a copied passage, speaking as the reporter, or unexplained."""

from __future__ import annotations

import re
from collections.abc import Iterator

from jingwei.model import Finding, Place, PlaceHit
from jingwei.review.place_names import is_named_among_others, native_names, own_name, own_names, reporter, stem
from jingwei.review.reading import Reading
from jingwei.review.rule_data import Page, page
from jingwei.text.lazy import lazy

_US = lazy(r"我[镇乡县区市局街]|本[镇乡街]|[来到]镇|[来到]乡|我单位|我们")
_HANDED = lazy(r"移交|移送|转办|转来|来函|协查|商请|致函|邀请|联合我")
_WIDTH = 24
_ABOVE_CHARS = 11  # letters before the own name that another county's takes at most
_SUBJECTS = ("leader", "subject", "organ")
_OWN = ("own_paper", "own_character")
_TOWNS = frozenset({"镇", "乡", "街道"})
_NAMES_ITS_TOWNS = {"县": _TOWNS, "部门": _TOWNS}
_TOWNS_AND_COUNTIES = frozenset(
    {"县", "区", "旗", "镇", "乡", "街道"}
)  # a city may always be the superior of an unknown place


def check(reading: Reading) -> Iterator[Finding]:
    """Findings R1. Needs a known place; a draft of an unknown place is not judged."""
    place = reading.profile.place
    if place is None:
        return
    words = page("R1")
    own = own_names(reading)
    seen: set[tuple[int, int]] = set()
    for finding in (
        *_in_passages(reading, words, own),
        *_marked(reading, words, own),
        *_by_pattern(reading, words, own),
        *_above_own_name(reading, words, own),
        *_signed_by_another(reading, words, own),
        *_papers_of_a_province(reading, words, own, place),
        *_own_papers(reading, words, own),
    ):
        where = (finding.start or 0, finding.end or 0)
        if where not in seen:
            seen.add(where)
            yield finding


def gated() -> Iterator[str]:
    """What this rule asks the gate for."""
    yield from (page("R1").words[name] for name in (*_SUBJECTS, "province", *_OWN))


def _explained(reading: Reading, words: Page, name: str) -> bool:
    """Whether some sentence of the report says what the place has to do with it: it may be named again without."""
    partner = words.any_of("partner")
    return any(
        partner.search(reading.text[slice(*reading.sentence(match.start()))])
        for match in re.finditer(re.escape(name), reading.text)
    )


def _is_unlisted_city(place: Place) -> bool:
    return place.name.endswith(("市", "州", "盟")) and not (place.code or place.candidates or place.town)


def _same_stem(name: str, reading: Reading) -> bool:
    """白石乡 in the report of 白石镇 is the same place under another name (Q3)."""
    return len(name) >= 3 and stem(name) == stem(own_name(reading))


def _in_passages(reading: Reading, words: Page, own: frozenset[str]) -> Iterator[Finding]:
    """Names native to a source, standing in the draft's half of the shared passage."""
    for match in reading.brief.matches:
        if match.relation not in {"peer", "common_source"}:
            continue
        for source in (match.source, *match.also):
            native = native_names(source.place or "") - own
            if not native:
                continue
            start, end = reading.from_raw(match.start, match.end)
            # The passage may break off in the middle of the sentence that names the place.
            start, end = max(0, start - _WIDTH), min(len(reading.text), end + _WIDTH)
            for name in sorted(native, key=len, reverse=True):
                at = reading.text.find(name, start, end)
                while at >= 0:
                    if not is_named_among_others(reading.text, at, at + len(name), own) and not any(
                        other in reading.text[at : at + len(name) + 4] for other in own if name in other
                    ):
                        where = (at, at + len(name))
                        yield words.finding(
                            reading, "in_passage", where, name=name, report=source.title or source.report
                        )
                    at = reading.text.find(name, at + len(name), end)


def _marked(reading: Reading, words: Page, own: frozenset[str]) -> Iterator[Finding]:
    """Hits of the division list: error as the reporter's own voice, warning without any explanation."""
    # A county names its own towns, which share their names with others elsewhere.
    below = _NAMES_ITS_TOWNS.get(reading.profile.level or "", frozenset())
    if reading.profile.place is not None and _is_unlisted_city(reading.profile.place):
        below = _TOWNS_AND_COUNTIES  # which counties lie in it no list can tell
    for hit in reading.brief.places:
        if hit.level in below:
            continue
        foreign = hit.relation == "foreign" or (hit.relation == "ambiguous" and hit.level in _TOWNS_AND_COUNTIES)
        if not (foreign or hit.relation == "neighbour") or hit.name in own or _same_stem(hit.name, reading):
            continue
        start, end = reading.from_raw(hit.start, hit.end)
        if start >= end or reading.in_title(start, end):
            continue
        left, right = reading.sentence(start)
        sentence = reading.text[left:start] + reading.text[end:right]
        listed = re.search(r"[省市县区州盟旗]、$", reading.before(start, 2)) is not None  # 北京市、江苏省积极…
        opened = not listed and (
            start == left
            or reading.text[start - 1] in "，,：:、"
            or words.any_of("self_before", "$").search(reading.before(start, 3)) is not None
        )
        spoken = words.any_of("self_after").match(reading.text[end:right]) is not None
        if opened and spoken and _stands_apart(reading, hit, start):
            continue
        if opened and spoken and not _is_guest(reading, words, (left, right), start, own):
            yield words.finding(reading, "self_reference", (start, end), name=hit.name, own=reporter(reading))
        elif (
            foreign
            and _local_scale(reading)
            and hit.level not in {"省", "国家"}
            and words.any_of("partner").search(sentence) is None
            and not _explained(reading, words, hit.name)
        ):
            yield words.finding(reading, "plain", (start, end), name=hit.name, own=_own(reading))


_HELPED = lazy("援|对口|帮扶|结对|协作")


def _stands_apart(reading: Reading, hit: PlaceHit, start: int) -> bool:
    """A helper thanked right before (对口援博深入推进。湖北省委…), or a county that a city or province reports on."""
    if _HELPED.search(reading.before(start, 40)):
        return True
    own = reading.profile.place
    code = own.code if own is not None else None
    return not _local_scale(reading) and bool(code) and any(c[:2] == str(code)[:2] for c in hit.codes)


def _by_pattern(reading: Reading, words: Page, own: frozenset[str]) -> Iterator[Finding]:
    """Names no list knows: X县委领导下, X镇党委 as subject."""
    generic = set(words.listed("generic_stems"))
    for kind in _SUBJECTS:
        if kind != "leader" and not _local_scale(reading):
            continue
        for match in words.matches(kind, reading.text):
            name, where = match["name"], match.span("name")
            if name.endswith(("镇", "乡", "街道")) and reading.profile.level in _NAMES_ITS_TOWNS:
                continue
            if name[0] == "原" and len(name) > 3:
                continue  # a unit that is no more: 原青石乡
            if name[0] in "与同由向对在为经" and len(name) > 3:
                name, where = name[1:], (where[0] + 1, where[1])
            short = stem(name)
            known = any(len(o) > 1 and o in name for o in own) or any(
                o in {short, name} or o.endswith(name) or name.endswith(o) for o in own
            )
            if name.endswith(("镇", "乡")) and short[-1:] not in words.words["toponym_ends"]:
                continue
            if known or words.pattern("kinds").search(name) or not _is_name(short, generic) or short[-1] == "于":
                continue
            if name.endswith("市") and not (reading.profile.place and reading.profile.place.city):
                continue  # the city above is not known: it may be this one
            if reading.in_title(*where) or _is_guest(reading, words, reading.sentence(where[0]), where[0], own):
                continue
            yield words.finding(reading, "self_reference", where, name=name, own=reporter(reading))


def _above_own_name(reading: Reading, words: Page, own: frozenset[str]) -> Iterator[Finding]:
    """Another county right before the reporter's own name: 青河县白石镇 in the report of 云溪县白石镇."""
    place = reading.profile.place
    if place is None or not place.county or not place.town or reading.profile.level not in _TOWNS:
        return
    if reading.text.count(place.town) == reading.text.count(place.county + place.town):
        return
    for match in _before_each(words.pattern("above"), place.town, reading.text):
        name = match["name"]
        if name in own or any(o.endswith(name) or name.endswith(o) for o in own) or reading.in_title(*match.span()):
            continue
        if _is_name(stem(name), set(words.listed("generic_stems"))) and not words.pattern("kinds").search(name):
            yield words.finding(reading, "self_reference", match.span("name"), name=name, own=reporter(reading))


def _before_each(pattern: re.Pattern[str], town: str, text: str) -> Iterator[re.Match[str]]:
    """Matches that end where a name begins; no two overlap."""
    at, done = text.find(town), 0
    while at >= 0:
        match = pattern.search(text, max(done, at - _ABOVE_CHARS), at)
        if match:
            done = at
            yield match
        at = text.find(town, at + 1)


_SIGNED = lazy(r"(?P<name>[^\W\d_]{2,5}(?:镇|乡|街道))(?=人民政府|政府|党委|党工委|办事处|委员会)")


def _signed_by_another(reading: Reading, words: Page, own: frozenset[str]) -> Iterator[Finding]:
    """Another town under the signature than in the title."""
    place = reading.profile.place
    town = place.town if place is not None else None
    if not town or reading.profile.level not in _TOWNS:
        return
    for line in reading.lines:
        match = _SIGNED.search(reading.text, line.start, line.end) if line.role == "signature" else None
        if match is None or town in match["name"] or stem(town) in match["name"]:
            continue
        if any(o.endswith(match["name"]) or match["name"].endswith(o) for o in own if len(o) > 2):
            continue
        yield words.finding(reading, "self_reference", match.span("name"), name=match["name"], own=reporter(reading))


def _papers_of_a_province(reading: Reading, words: Page, own: frozenset[str], place: Place) -> Iterator[Finding]:
    """A regulation or a system of another province that the reporter is said to follow: a warning."""
    if not place.province:
        return
    for match in words.matches("province", reading.text):
        name = match["name"]
        if name in own or name.startswith(place.province[:2]):
            continue
        left, right = reading.clause(match.start())
        before, behind = reading.text[left : match.start()], reading.text[match.end() : right]
        if not words.pattern("follows").search(before) or re.search(
            r"学习借鉴|借鉴|参考|参照|考察|经验|做法|协作|协查|移送|案例", before + behind
        ):
            continue
        yield words.finding(reading, "plain", match.span("name"), name=name, own=_own(reading))


def _own_papers(reading: Reading, words: Page, own: frozenset[str]) -> Iterator[Finding]:
    """A paper the unit issued itself that bears another place's name, and the character it claims for itself."""
    generic = set(words.listed("generic_stems"))
    own_level = own_name(reading)[-1:]
    for kind in _OWN:
        for match in words.matches(kind, reading.text):
            name = match["name"]
            if name[-1] != own_level or any(o.endswith(name) or name.endswith(o) for o in own if len(o) > 1):
                continue
            if name.endswith(("城市", "都市")) or reading.after(match.end("name"), 1) == "场":
                continue  # 彰显现代城市特色, 制定《建筑市场管理办法》
            if _is_name(stem(name), generic) and not words.pattern("kinds").search(name):
                yield words.finding(reading, "self_reference", match.span("name"), name=name, own=reporter(reading))


def _is_guest(reading: Reading, words: Page, sentence: tuple[int, int], at: int, own: frozenset[str]) -> bool:
    """Whether the sentence relates the place to us: 青石镇来我镇交流. As its subject a place must name us for that."""
    left, right = sentence
    if reading.text[max(left, at - 1) : at] == "原":
        return True
    rest = reading.text[left:at] + reading.text[at + 2 : right]
    if at == left and _HANDED.search(rest):
        return True
    if at == left:
        return _US.search(rest) is not None or any(name in rest for name in own if len(name) > 2)
    return words.any_of("visitor").search(rest) is not None


def _is_name(short: str, generic: set[str]) -> bool:
    """Whether the characters before the suffix can be a name: two or more, none of them a function word."""
    if (
        len(short) < 2
        or any(c in short for c in "委党府")  # 按照县委县政府: an organ of the superior, no name
        or short[0] in "各本我全该每某两"
        or short in generic
        or any(g in short for g in generic if len(g) > 1)  # 坚决落实区市党委决策
    ):
        return False
    return (
        short[-1] not in "各本我全该和与及为"
        and re.search(
            r"[是在由对年月日的了把将让使以经到个每多其这那就并且因此所一二三四五六七八九十\d]|[和与及向](?!$)(?<!^.)",
            short,
        )
        is None
    )


def _local_scale(reading: Reading) -> bool:
    return reading.profile.level in {"县", "乡", "镇", "街道", "部门"}


def _own(reading: Reading) -> str:
    place = reading.profile.place
    return place.name if place is not None else "本地"
