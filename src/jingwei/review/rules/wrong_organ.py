"""R3: a kind of organ the unit cannot have: a 党工委 in a town's report, a 局党组 in a township's."""

from __future__ import annotations

import re
from collections.abc import Iterator

from jingwei.model import Finding
from jingwei.review.gate import compiled, found_each
from jingwei.review.place_names import own_name, reporter
from jingwei.review.reading import Reading
from jingwei.review.rule_data import page
from jingwei.text.lazy import lazy

_FIRM = lazy(r"公司|企业|集团")
_TOWNSHIPS = frozenset(("镇", "乡", "街道"))
_TOWNSHIP = lazy(r"[本我]?(街道|镇|乡)")
_IN_A_WORD = frozenset("样成资版副基根原文标脚课剧沈")  # 样本店, 低成本园区, 沈本医院
_STAFF = lazy("[、和]教师")  # 校长、教师的交流: of the schools of the place
_SPEECH = lazy(r"(?:说|表示|介绍|反映|感慨|感叹|坦言|称|提到|回忆|写道|告诉[^，,。]{0,6})[，,：:]")


def check(reading: Reading) -> Iterator[Finding]:
    """Findings R3. Needs a known level; an organ named with its place is somebody else, not residue."""
    level = reading.profile.level
    if level is None:
        return
    if level in _TOWNSHIPS:
        yield from _duties(reading, level)
    organ = reading.profile.organ or ""
    entries = [
        entry
        for entry in page("R3").words["organs"]
        if level not in entry["levels"] and not ("own" in entry and re.search(entry["own"] + "$", organ))
    ]
    if level == "部门" and organ:
        yield from _other_department(reading, organ)
        yield from _other_field(reading, organ)
    yield from _own_name_with(reading, level)
    for at, match in found_each([entry["pattern"] for entry in entries], reading.text):
        if reading.is_quoted(*match.span()) or _is_somebody_else(reading, match.start()):
            continue
        if match.group().startswith("公司") and _FIRM.search(
            reading.text, reading.sentence(match.start())[0], match.start()
        ):
            continue  # the firm is named before: 供水有限公司完善章程，公司董事会…
        if match.group()[0] == "本" and reading.before(match.start(), 1) in _IN_A_WORD:
            continue
        if match.group().startswith("校长") and _STAFF.match(reading.text, match.end()):
            continue
        if match.group()[0] in "我本" and _is_reported_speech(reading, match.start()):
            continue
        entry = entries[at]
        named = _TOWNSHIP.match(match.group())
        if named and named[1] != level and level in _TOWNSHIPS and not _TOWNSHIPS.isdisjoint(entry["levels"]):
            # The organ exists, one level over: 街道党工委 in a town's report is that level's voice.
            yield page("R2").finding(
                reading, "voice", match.span(), entry.get("severity"), name=match.group(), who=match.group(),
                own=reporter(reading), theirs=named[1],
            )  # fmt: skip
            continue
        yield page("R3").finding(
            reading, "organ", match.span(), entry.get("severity"), name=match.group(), belongs=entry["belongs"],
            belongs_en=entry["belongs_en"], own=reporter(reading), level=level,
        )  # fmt: skip


def _own_name_with(reading: Reading, level: str) -> Iterator[Finding]:
    """The unit's own name with an organ that its level does not have: 汇泉街道人民政府, 大坳乡人大常委会."""
    own = own_name(reading)
    if level not in _TOWNSHIPS or own[-1:] not in level:
        return
    for entry in page("R3").words["with_own_name"]:
        if level not in entry["levels"]:
            continue
        for match in re.finditer(f"{re.escape(own)}(?:{entry['organs']})", reading.text):
            if reading.line_at(match.start()).role in {"body", "run_in"} and not reading.in_title(*match.span()):
                yield page("R3").finding(
                    reading, "organ", match.span(), name=match.group(), belongs=entry["belongs"],
                    belongs_en=entry["belongs_en"], own=reporter(reading), level=level,
                )  # fmt: skip


def _is_reported_speech(reading: Reading, at: int) -> bool:
    """Whether somebody is quoted without marks: 校长在座谈中说，我校…."""
    return _SPEECH.search(reading.text, reading.sentence(at)[0], at) is not None


def gated() -> Iterator[str]:
    """What this rule asks the gate for."""
    words = page("R3").words
    yield words["other_department"]
    yield words["authority"]
    yield from (entry["pattern"] for entry in (*words["organs"], *words["duties"]))


def _other_field(reading: Reading, organ: str) -> Iterator[Finding]:
    """Another department's field as one's own: a name that has no character in common with the unit's."""
    words = page("R3")
    for match in words.matches("authority", reading.text):
        if not set(match["name"]) & set(organ):
            yield words.finding(reading, "other_department", match.span(), name=match.group(), own=reporter(reading))


def _other_department(reading: Reading, organ: str) -> Iterator[Finding]:
    """The party group or the head of another department as the one who acts: a warning."""
    words = page("R3")
    for match in words.matches("other_department", reading.text):
        name = match["name"]
        if name in organ or organ in name or set(name[:-1]) <= set(organ):  # a short form: 卫健委 of 卫生健康委员会
            continue
        yield words.finding(reading, "other_department", match.span(), name=match.group(), own=reporter(reading))


def _duties(reading: Reading, level: str) -> Iterator[Finding]:
    """Tasks of courts, schools and others in the report of a government, when no such organ is named with them."""
    duties = page("R3").words["duties"]
    for at, match in found_each([entry["pattern"] for entry in duties], reading.text):
        entry = duties[at]
        left, right = reading.sentence(match.start())
        if compiled(entry["named"]).search(reading.text[left:right]) or reading.in_title(*match.span()):
            continue
        yield page("R3").finding(
            reading, "duty", match.span(), belongs=entry["belongs"], belongs_en=entry["belongs_en"],
            own=reporter(reading), level=level,
        )  # fmt: skip


def _is_somebody_else(reading: Reading, at: int) -> bool:
    """Whether a name or a distributive stands right before the organ: 云溪县教育局党组, 各街道党工委."""
    left = reading.before(at, 6)
    return re.search(r"(?:[县市区]|各|该|分局|有关|相关|邻近|兄弟|其他)[^\W\d_]{0,4}$", left) is not None
