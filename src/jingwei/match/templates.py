"""The template of a family: where its wordings differ, what kind of thing stands there, and each filler."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from msgspec import Struct
from rapidfuzz.distance import Levenshtein

_DATE = re.compile(r"(?:0年)?0月0日")
_NUMBER = re.compile(r"\d[\d.,．，]*[%％‰]?")
_YEAR = re.compile(r"(?:19|20)\d\d")
_PLACE_ENDS = ("街道", "社区", "省", "市", "县", "区", "乡", "镇", "村", "旗", "州", "盟")
_BODY_ENDS = (
    "委员会", "领导小组", "办公室", "人民政府", "政府", "法院", "检察院", "党委", "中心", "大队", "支队", "派出所",
    "委", "局", "办", "厅", "部", "所", "站", "院", "组", "会", "科", "司",
)  # fmt: skip
_VARIES_SHARE = 0.1  # of the members: rarer changes are accidents of one report, not slots


class Variant(Struct, frozen=True):
    """One distinct wording of a family (folded text) and how many sentences have it."""

    text: str
    count: int


def find_slots(
    representative: str, variants: Sequence[Variant], varying_numbers: Sequence[int]
) -> list[tuple[int, int]]:
    """Stretches of the representative that differ between members, ascending and disjoint.

    Args:
        representative: folded text, a number being one ``0``.
        variants: all wordings of the family.
        varying_numbers: positions of numbers that have several values.
    """
    size = len(representative)
    total = sum(v.count for v in variants)
    weight = [0] * (size + 1)
    inserted = [0] * (size + 1)
    for variant in variants:
        for op in Levenshtein.opcodes(representative, variant.text):
            if op.tag == "insert":
                inserted[op.src_start] += variant.count
            elif op.tag != "equal":
                for position in range(op.src_start, op.src_end):
                    weight[position] += variant.count
    needed = max(1.0, _VARIES_SHARE * total)
    marked = [w >= needed for w in weight[:size]]
    for position in varying_numbers:
        marked[position] = True
    slots = _stretches(marked)
    slots += [(p, p) for p in range(size + 1) if inserted[p] >= needed and not any(a <= p <= b for a, b in slots)]
    slots = [_with_place_end(representative, a, b) for a, b in _apart(representative, slots)]
    for match in _DATE.finditer(representative):
        if any(a < match.end() and b > match.start() for a, b in slots):
            slots.append(match.span())
    return _united(sorted(slots))


def _stretches(marked: Sequence[bool]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for position, mark in enumerate(marked):
        if mark and found and found[-1][1] == position:
            found[-1] = (found[-1][0], position + 1)
        elif mark:
            found.append((position, position + 1))
    return found


def _apart(text: str, slots: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Slots cut at numbers: a number is a slot of its own."""
    found: list[tuple[int, int]] = []
    for start, end in slots:
        at = start
        for position in range(start, end):
            if text[position] == "0":
                found += [(at, position)] * (position > at) + [(position, position + 1)]
                at = position + 1
        if at < end or start == end:
            found.append((at, end))
    return found


def _with_place_end(text: str, start: int, end: int) -> tuple[int, int]:
    """A name in front of 村, 镇 …: the word for the kind of place belongs to the name."""
    if end > start and "0" not in text[start:end]:
        for suffix in _PLACE_ENDS:
            if text.startswith(suffix, end):
                return start, end + len(suffix)
    return start, end


def _united(slots: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for start, end in slots:
        if found and start < found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


def map_slots(representative: str, text: str, slots: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Where the slots of the representative lie in another wording (folded positions)."""
    if representative == text:
        return list(slots)
    ops = Levenshtein.opcodes(representative, text)
    begin_at, end_at = [0] * (len(representative) + 1), [0] * (len(representative) + 1)
    begin_at[-1] = end_at[-1] = len(text)
    for op in ops:
        width = op.dest_end - op.dest_start
        for position in range(op.src_start, op.src_end):
            step = position - op.src_start
            begin_at[position] = op.dest_start + (step if op.tag == "equal" else min(step, width))
            end_at[position] = begin_at[position]
    for op in ops:  # an insertion belongs to a slot that begins or ends there
        if op.tag == "insert":
            begin_at[op.src_start] = op.dest_start
            end_at[op.src_start] = op.dest_end
    return [(begin_at[a], max(begin_at[a], end_at[b] if _open_end(ops, b) else begin_at[b])) for a, b in slots]


def _open_end(ops: Levenshtein.opcodes, position: int) -> bool:  # type: ignore[valid-type]
    """Whether something is inserted right before this position of the representative."""
    return any(op.tag == "insert" and op.src_start == position for op in ops)  # type: ignore[attr-defined]


def slot_type(fillers: Counter[str], before: str, after: str) -> str:
    """The kind of a slot by the majority of its fillers and the characters around it: 地 数 年 日期 机构 文件 文字."""
    votes: Counter[str] = Counter()
    for filler, count in fillers.items():
        if filler:
            votes[_filler_type(filler, before, after)] += count
    if not votes:
        return "文字"
    best = max(votes.values())
    return min(kind for kind, count in votes.items() if count == best)


def _filler_type(filler: str, before: str, after: str) -> str:
    kind = "文字"
    if re.search(r"\d月\d+日", filler):
        kind = "日期"
    elif _NUMBER.fullmatch(filler):
        kind = "年" if _YEAR.fullmatch(filler) and after.startswith("年") else "数"
    elif "《" in filler or "〔" in filler or (before.endswith("《") and after.startswith("》")):
        kind = "文件"
    elif filler.endswith(_BODY_ENDS):
        kind = "机构"
    elif filler.endswith(_PLACE_ENDS):
        kind = "地"
    return kind
