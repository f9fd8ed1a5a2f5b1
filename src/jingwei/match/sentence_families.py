"""Sentence families: near-identical masked sentences, their template, slots and fillers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import repeat
from operator import attrgetter

import numpy as np

from jingwei.fingerprint import FoldedBatch
from jingwei.fingerprint.codes import NUMBER_CODE
from jingwei.fingerprint.folded import LongArray
from jingwei.fingerprint.sorting import distinct
from jingwei.library.memory import MemoryLibrary
from jingwei.library.reading import place_path
from jingwei.match.crowd import witnesses_of
from jingwei.match.grouping import group_wordings
from jingwei.match.groups import Groups, group_shingles
from jingwei.match.sentences import Wordings, find_wordings
from jingwei.match.templates import Variant, find_slots, map_slots, slot_type
from jingwei.model import Entry, Family, FamilyMember, Slot
from jingwei.settings import Settings

_SHOWN_FILLERS = 50


def families(entries: Sequence[Entry], settings: Settings) -> tuple[Family, ...]:
    """Families of sentences of a batch, those of most places first.

    A family has members in at least ``crowd_units`` reports. Every member is verified against the representative
    (Jaccard similarity of character pairs, numbers masked). The order of the entries never changes the families.
    """
    library = MemoryLibrary(entries, settings)
    groups = group_shingles(library.hashes, library.batch.offsets, witnesses_of(library.catalogue()))
    return families_of(library, groups, settings)


def families_of(library: MemoryLibrary, groups: Groups, settings: Settings) -> tuple[Family, ...]:
    """The same for entries that are folded already; ``groups`` are their shared shingles."""
    entries = library.all_entries
    match = settings.match
    found = find_wordings(entries, library.batch, groups.at >= 0, match.min_run_chars)
    representative = group_wordings(found.raw, match)[found.wording]
    reports = len(entries)
    met = distinct(representative * reports + found.owner) // max(reports, 1)  # each report once a group
    wide = np.bincount(met, minlength=len(found.raw)) >= match.crowd_units
    order = np.argsort(representative, kind="stable")
    order = order[wide[representative[order]]]
    cuts = np.flatnonzero(np.diff(representative[order], prepend=-1) != 0)
    draw = _Drawing(entries, library.batch, found)
    built = []
    for begin, end in zip(cuts.tolist(), [*cuts[1:].tolist(), len(order)], strict=True) if len(order) else ():
        built.append(draw.family(order[begin:end]))
    return tuple(sorted(built, key=lambda f: (-f.places, -f.reports, f.template, f.members[0].start)))


class _Drawing:
    """Draws families from their sentences, all sentences of one in a few passes."""

    def __init__(self, entries: Sequence[Entry], batch: FoldedBatch, found: Wordings) -> None:
        self._entries, self._batch, self._found = entries, batch, found
        self._where = [place_path(e.place) or e.unit or e.sha256 for e in entries]

    def family(self, sentences: LongArray) -> Family:
        """The family that these sentences are."""
        batch, found, entries = self._batch, self._found, self._entries
        wording, which = np.unique(found.wording[sentences], return_inverse=True)
        wordings = [found.text(w) for w in wording.tolist()]
        text = wordings[0]  # the most frequent: the representative
        variants = [Variant(t, n) for t, n in zip(wordings, np.bincount(which).tolist(), strict=True)]
        owner = found.owner[sentences].tolist()
        begins = batch.at[batch.true_start[found.start[sentences]]].tolist()
        ends = (batch.at[batch.true_end[found.end[sentences] - 1] - 1] + 1).tolist()
        texts = [entries[o].text for o in owner]
        numbers = [p for p, c in enumerate(text) if ord(c) == NUMBER_CODE]
        values = self._ranges(sentences, which, wordings, [(p, p + 1) for p in numbers])
        slots = find_slots(text, variants, [p for p, v in zip(numbers, values, strict=True) if _differ(texts, v)])
        ranges = self._ranges(sentences, which, wordings, slots)
        fillers = [_count(texts, some) for some in ranges]
        sample = min(
            np.flatnonzero(which == 0).tolist(),
            key=lambda i: (_narrow_marks(texts[i][begins[i] : ends[i]]), entries[owner[i]].sha256),
        )
        types, template = _template(texts[sample], begins[sample], ends[sample], [r[sample] for r in ranges], fillers)
        of_slots = zip(*ranges, strict=True) if ranges else repeat(())
        members = [FamilyMember(*of) for of in zip(owner, begins, ends, of_slots, strict=False)]
        reports = sorted(set(owner))
        return Family(
            template=template,
            slots=tuple(
                Slot(kind, tuple(f for f, _ in sorted(some.items(), key=lambda x: (-x[1], x[0]))[:_SHOWN_FILLERS]))
                for kind, some in zip(types, fillers, strict=True)
            ),
            members=tuple(sorted(members, key=attrgetter("report", "start"))),
            reports=len(reports),
            places=len({self._where[r] for r in reports}),
            years=tuple(sorted({y for r in reports if (y := entries[r].year) is not None})),
        )

    def _ranges(
        self, sentences: LongArray, which: LongArray, wordings: Sequence[str], slots: Sequence[tuple[int, int]]
    ) -> list[list[tuple[int, int]]]:
        """For every slot the raw range of its filler in every sentence; an empty filler is an empty range at its place.

        ``which`` says which of the ``wordings`` a sentence has; the slots are those of the first one.
        """
        if not slots:
            return []
        batch = self._batch
        places = np.array([map_slots(wordings[0], w, slots) for w in wordings], dtype=np.int64)[which]
        low, high = places[:, :, 0], places[:, :, 1]
        base = self._found.start[sentences][:, None]
        size = np.array([len(w) for w in wordings])[which][:, None]
        behind = low >= size
        at = base + np.minimum(low, size - 1)
        begin = batch.at[np.where(behind, batch.true_end[at] - 1, batch.true_start[at])] + behind
        end = np.where(low < high, batch.at[batch.true_end[base + np.maximum(high, 1) - 1] - 1] + 1, begin)
        return [
            list(zip(some.tolist(), others.tolist(), strict=True)) for some, others in zip(begin.T, end.T, strict=True)
        ]


def _narrow_marks(text: str) -> tuple[int, str]:
    """Puts a sentence with Chinese punctuation before the same one with half-width marks."""
    return sum(text.count(mark) for mark in ",;:()!?"), text


def _differ(texts: Sequence[str], ranges: Sequence[tuple[int, int]]) -> bool:
    """Whether not all of these stretches say the same."""
    first = texts[0][slice(*ranges[0])]
    return any(text[begin:end] != first for text, (begin, end) in zip(texts, ranges, strict=True))


def _count(texts: Sequence[str], ranges: Sequence[tuple[int, int]]) -> Counter[str]:
    """How often each filler stands in a slot, whitespace apart."""
    count: Counter[str] = Counter()
    for filler, times in Counter([t[a:b] for t, (a, b) in zip(texts, ranges, strict=True)]).items():
        count["".join(filler.split())] += times
    return count


def _template(
    text: str, start: int, end: int, ranges: Sequence[tuple[int, int]], fillers: Sequence[Counter[str]]
) -> tuple[list[str], str]:
    """Slot types, and the sentence ``text[start:end]`` with 〈type〉 in the place of each filler."""
    types: list[str] = []
    parts: list[str] = []
    at = start
    for (low, high), some in zip(ranges, fillers, strict=True):
        kind = slot_type(some, text[max(0, low - 4) : low], text[high : high + 4])
        types.append(kind)
        parts += [text[at:low], f"〈{kind}〉"]
        at = max(at, high)
    parts.append(text[at:end])
    tail = text[end : end + 1]
    return types, "".join("".join(parts).split()) + (tail if tail in "。！？" else "")
