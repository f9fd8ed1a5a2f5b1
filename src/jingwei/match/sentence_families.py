"""Sentence families: near-identical masked sentences, their template, slots and fillers."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

import numpy as np

from jingwei.fingerprint import FoldedBatch
from jingwei.fingerprint.codes import NUMBER_CODE
from jingwei.fingerprint.sorting import distinct
from jingwei.library.memory import MemoryLibrary
from jingwei.library.reading import place_path
from jingwei.match.grouping import group_wordings
from jingwei.match.sentences import Wordings, find_wordings
from jingwei.match.shared import shared_shingles
from jingwei.match.templates import Variant, find_slots, map_slots, slot_type
from jingwei.model import BoolArray, Entry, Family, FamilyMember, Slot
from jingwei.settings import Settings

_SHOWN_FILLERS = 50


def families(entries: Sequence[Entry], settings: Settings) -> tuple[Family, ...]:
    """Families of sentences of a batch, those of most places first.

    A family has members in at least ``crowd_units`` reports. Every member is verified against the representative
    (Jaccard similarity of character pairs, numbers masked). The order of the entries never changes the families.
    """
    library = MemoryLibrary(entries, settings)
    return families_of(library, shared_shingles(library), settings)


def families_of(library: MemoryLibrary, shared: BoolArray, settings: Settings) -> tuple[Family, ...]:
    """The same for entries that are folded already; ``shared`` marks shingles that may be met in another report."""
    entries = library.all_entries
    match = settings.match
    found = find_wordings(entries, library.batch, shared, match.min_run_chars)
    representative = group_wordings(found.texts, match)[found.wording]
    reports = len(entries)
    met = distinct(representative * reports + found.owner) // max(reports, 1)  # each report once a group
    wide = np.bincount(met, minlength=len(found.texts)) >= match.crowd_units
    order = np.argsort(representative, kind="stable")
    order = order[wide[representative[order]]]
    cuts = np.flatnonzero(np.diff(representative[order], prepend=-1) != 0)
    built = []
    for begin, end in zip(cuts.tolist(), [*cuts[1:].tolist(), len(order)], strict=True) if len(order) else ():
        built.append(_family(entries, library.batch, found, order[begin:end]))
    return tuple(sorted(built, key=lambda f: (-f.places, -f.reports, f.template, f.members[0].start)))


def _family(entries: Sequence[Entry], batch: FoldedBatch, found: Wordings, sentences: np.ndarray) -> Family:
    wording = found.wording[sentences]
    first = int(wording.min())
    text = found.texts[first]
    counts = Counter(wording.tolist())
    variants = [Variant(found.texts[w], n) for w, n in sorted(counts.items())]
    by_wording: dict[int, list[int]] = defaultdict(list)
    for sentence, its in zip(sentences.tolist(), wording.tolist(), strict=True):
        by_wording[its].append(sentence)
    numbers = [p for p, c in enumerate(text) if ord(c) == NUMBER_CODE]
    places = [(p, p + 1) for p in numbers]
    values = _fillers(entries, batch, found, by_wording, text, places)
    varying = [p for i, p in enumerate(numbers) if len({v[i] for v in values.values()}) > 1]
    slots = find_slots(text, variants, varying)
    ranges = _ranges(batch, found, by_wording, text, slots)
    texts = [entries[o].text for o in found.owner[list(ranges)].tolist()]
    fillers = [
        Counter("".join(t[slice(*r[i])].split()) for t, r in zip(texts, ranges.values(), strict=True))
        for i in range(len(slots))
    ]
    sample = min(by_wording[first], key=lambda s: (_raw(entries, batch, found, s), entries[int(found.owner[s])].sha256))
    types, template = _template(entries, batch, found, sample, slots, fillers)
    numbers_of = np.fromiter(ranges, dtype=np.int64, count=len(ranges))
    begins = batch.at[batch.true_start[found.start[numbers_of]]].tolist()
    ends = (batch.at[batch.true_end[found.end[numbers_of] - 1] - 1] + 1).tolist()
    owner = found.owner[numbers_of].tolist()
    members = sorted(
        (FamilyMember(o, a, b, tuple(r)) for o, a, b, r in zip(owner, begins, ends, ranges.values(), strict=True)),
        key=lambda m: (m.report, m.start),
    )
    reports = {m.report for m in members}
    return Family(
        template=template,
        slots=tuple(
            Slot(kind, tuple(f for f, _ in sorted(some.items(), key=lambda x: (-x[1], x[0]))[:_SHOWN_FILLERS]))
            for kind, some in zip(types, fillers, strict=True)
        ),
        members=tuple(members),
        reports=len(reports),
        places=len({place_path(entries[r].place) or entries[r].unit or entries[r].sha256 for r in reports}),
        years=tuple(sorted({y for r in reports if (y := entries[r].year) is not None})),
    )


def _raw_range(batch: FoldedBatch, found: Wordings, sentence: int) -> tuple[int, int]:
    begin = batch.true_start[found.start[sentence]]
    end = batch.true_end[found.end[sentence] - 1]
    return int(batch.at[begin]), int(batch.at[end - 1]) + 1


def _raw(entries: Sequence[Entry], batch: FoldedBatch, found: Wordings, sentence: int) -> str:
    start, end = _raw_range(batch, found, sentence)
    return entries[int(found.owner[sentence])].text[start:end]


def _ranges(
    batch: FoldedBatch,
    found: Wordings,
    by_wording: dict[int, list[int]],
    text: str,
    slots: Sequence[tuple[int, int]],
) -> dict[int, list[tuple[int, int]]]:
    """Raw ranges of the fillers of every sentence; an empty filler is an empty range at its place."""
    result: dict[int, list[tuple[int, int]]] = {}
    for wording, sentences in by_wording.items():
        if not slots:
            result.update((s, []) for s in sentences)
            continue
        low, high = np.array(map_slots(text, found.texts[wording], slots), dtype=np.int64).T
        base = found.start[sentences][:, None]
        size = len(found.texts[wording])
        behind = low >= size
        at = base + np.minimum(low, size - 1)
        begin = batch.at[np.where(behind, batch.true_end[at] - 1, batch.true_start[at])] + behind
        end = np.where(low < high, batch.at[batch.true_end[base + np.maximum(high, 1) - 1] - 1] + 1, begin)
        ranges = np.stack([begin, end], axis=2).tolist()
        result.update((s, [(a, b) for a, b in some]) for s, some in zip(sentences, ranges, strict=True))
    return result


def _fillers(
    entries: Sequence[Entry],
    batch: FoldedBatch,
    found: Wordings,
    by_wording: dict[int, list[int]],
    text: str,
    slots: Sequence[tuple[int, int]],
) -> dict[int, list[str]]:
    ranges = _ranges(batch, found, by_wording, text, slots)
    texts = (entries[o].text for o in found.owner[list(ranges)].tolist())
    return {s: [t[a:b] for a, b in some] for t, (s, some) in zip(texts, ranges.items(), strict=True)}


def _template(
    entries: Sequence[Entry],
    batch: FoldedBatch,
    found: Wordings,
    sample: int,
    slots: Sequence[tuple[int, int]],
    fillers: Sequence[Counter[str]],
) -> tuple[list[str], str]:
    """Slot types and the sample's text with 〈type〉 in the place of each filler."""
    text = entries[int(found.owner[sample])].text
    start, end = _raw_range(batch, found, sample)
    ranges = _ranges(batch, found, {int(found.wording[sample]): [sample]}, found.texts[found.wording[sample]], slots)
    types: list[str] = []
    parts: list[str] = []
    at = start
    for (low, high), some in zip(ranges[sample], fillers, strict=True):
        kind = slot_type(some, text[max(0, low - 4) : low], text[high : high + 4])
        types.append(kind)
        parts += [text[at:low], f"〈{kind}〉"]
        at = max(at, high)
    parts.append(text[at:end])
    tail = text[end : end + 1]
    return types, "".join("".join(parts).split()) + (tail if tail in "。！？" else "")
