"""Commonness of a whole batch: how many other units share each character, from groups of equal windows.

A character lies in a shared run of the minimum length exactly when one of the windows of that length over it occurs in
another report. The count of a character is the largest over its windows, so nothing here looks at pairs of reports.
"""

from __future__ import annotations

import numpy as np

from jingwei.fingerprint import FoldedBatch, shingle_hashes
from jingwei.fingerprint.codes import LETTER, NUMBER_CODE, class_table
from jingwei.fingerprint.folded import LongArray
from jingwei.fingerprint.winnow import HashArray
from jingwei.library.memory import MemoryLibrary
from jingwei.library.reading import Catalogue
from jingwei.match.commonness import Commonness
from jingwei.match.groups import Groups, Witnesses, count_group_units, group_shingles, number_groups, owners
from jingwei.model import BoolArray, IntArray
from jingwei.settings import MatchSettings

_MIX = np.uint64(0x9E3779B97F4A7C15)
_FILTER_BITS = 24
_BACK_BITS = 20  # of a place in a window, which is shorter than any text
_FILTER = np.uint64((1 << _FILTER_BITS) - 1)


def witnesses_of(catalogue: Catalogue) -> Witnesses:
    """The units of the catalogue, numbered; authority texts make nothing common."""
    _, unit = np.unique(catalogue.unit, return_inverse=True)
    return Witnesses(unit.astype(np.int64), ~catalogue.authority)


def group_windows(library: MemoryLibrary, groups: Groups, settings: MatchSettings) -> Groups:
    """Windows of the minimum run length that several reports hold; ``groups`` are the shared shingles."""
    batch, reach = library.batch, _width(settings) - settings.shingle_chars
    position = groups.position[: np.searchsorted(groups.position, len(batch.codes) - reach)]
    position = position[groups.at[position + reach] >= 0].astype(np.int64)
    if reach <= settings.shingle_chars:  # the first and the last shingle say what the window says
        hashes = library.hashes[position] * _MIX
        hashes ^= library.hashes[position + reach]
        hashes *= _MIX
    else:
        hashes = shingle_hashes(batch.codes, batch.offsets, _width(settings))[position]
    return group_shingles(hashes, batch.offsets, witnesses_of(library.catalogue()), position)


def _width(settings: MatchSettings) -> int:
    return max(settings.min_run_chars, settings.shingle_chars)


def batch_commonness(
    library: MemoryLibrary, groups: Groups, windows: Groups, settings: MatchSettings
) -> tuple[Commonness, ...]:
    """Commonness of every report of the batch, from its shared shingles and windows."""
    catalogue, batch = library.catalogue(), library.batch
    witnesses = witnesses_of(catalogue)
    own = _own_units(witnesses)
    shingles = np.zeros(len(batch.codes), dtype=np.int32)
    owner = np.repeat(np.arange(len(batch)), np.diff(groups.bounds))
    shingles[groups.position] = np.maximum(groups.units[groups.group] - own[owner], 0)
    characters = _characters(library, windows, witnesses, own, _width(settings))
    edges, true_edges = batch.offsets.tolist(), batch.true_offsets.tolist()
    return tuple(
        Commonness(characters[true_edges[n] : true_edges[n + 1]], shingles[edges[n] : edges[n + 1]])
        for n in range(len(batch))
    )


def _own_units(witnesses: Witnesses) -> IntArray:
    """How many counted units every report brings into its own groups: its own, where it counts."""
    return witnesses.peer.astype(np.int32)


def _characters(library: MemoryLibrary, windows: Groups, witnesses: Witnesses, own: IntArray, width: int) -> IntArray:
    """Other units over every true character of the batch."""
    batch = library.batch
    counts = np.zeros(len(batch.true_codes), dtype=np.int32)
    owner = np.repeat(np.arange(len(batch)), np.diff(windows.bounds))
    others = windows.units[windows.group] - own[owner]
    at = np.zeros(len(batch.codes), dtype=np.int32)
    at[windows.position] = np.maximum(others, 0)
    over = at.copy()  # largest of the windows over each folded item
    for step in range(1, width):
        np.maximum(over[step:], at[:-step], out=over[step:])
    counts[batch.true_start] = over
    values, chars = _marks_and_numbers(batch, windows, at, over, witnesses, own)
    counts[chars] = values
    return counts


def _marks_and_numbers(
    batch: FoldedBatch, windows: Groups, at: IntArray, over: IntArray, witnesses: Witnesses, own: IntArray
) -> tuple[IntArray, LongArray]:
    """Counts of what folding hides: a number or mark is shared when a window over it is, with the same wording there.

    Of the windows over it the one that most units share is asked. Marks belong to the item before them. ``at`` says how
    many share the window that begins at an item, ``over`` how many share the best window over it. Returns counts and
    the true characters they are for; all others count nothing.
    """
    group = windows.at
    item, wording, chars = _hidden(batch, over > 0)
    owner = owners(item, batch.offsets)
    best, chosen = over[item], np.full(len(item), -1, dtype=np.int64)
    width = 0
    while (chosen < 0).any():  # the nearest of the windows that most units share
        reached = np.flatnonzero((chosen < 0) & (at[np.maximum(item - width, 0)] == best))
        chosen[reached] = width
        width += 1
    wanted = np.zeros(1 << _FILTER_BITS, dtype=np.bool_)
    mine = _keys(group[item - chosen], chosen, wording)
    wanted[mine & _FILTER] = True
    keys, rows = [mine], [np.arange(len(item))]
    for back in range(width):  # who else has that window with the same wording there, be another window its best
        start = item - back
        here = np.flatnonzero((start >= 0) & (chosen != back))
        here = here[group[start[here]] >= 0]
        key = _keys(group[start[here]], back, wording[here])
        met = wanted[key & _FILTER]
        keys.append(key[met])
        rows.append(here[met])
    row = np.concatenate(rows)
    numbered, groups = number_groups(np.concatenate(keys))
    units = count_group_units(numbered, owner[row], groups, witnesses)
    return np.maximum(units[numbered[: len(item)]] - own[owner], 0), chars


def _keys(group: IntArray, back: LongArray | int, wording: HashArray) -> HashArray:
    """One hash for a place in a window and what stands there."""
    place = (group.astype(np.int64) << _BACK_BITS) + back
    mixed: HashArray = place.astype(np.uint64) * _MIX ^ wording
    mixed ^= mixed >> np.uint64(32)
    return mixed


def _hidden(batch: FoldedBatch, covered: BoolArray) -> tuple[LongArray, HashArray, LongArray]:
    """Every true character that is no letter, of ``covered`` items: its item, a hash of its wording, where it stands.

    The wording is the whole number for its characters, and for a mark the item before it (where that is a number) with
    all marks up to this one.
    """
    plain = np.zeros(len(batch.true_codes), dtype=np.bool_)
    plain[batch.true_start[batch.codes != NUMBER_CODE]] = True
    plain &= class_table()[batch.true_codes] == LETTER
    chars = np.flatnonzero(~plain)
    begun = np.zeros(len(batch.true_codes), dtype=np.int32)
    begun[batch.true_start] = 1
    item = (np.cumsum(begun, dtype=np.int32) - 1)[chars].astype(np.int64)  # the last item that began by then
    inside = (item >= batch.offsets[owners(chars, batch.true_offsets)]) & covered[item]
    chars, item = chars[inside], item[inside]
    number = batch.codes[item] == NUMBER_CODE
    begin = np.where(number, batch.true_start[item], batch.true_end[item]).astype(np.int64)
    end = np.maximum(chars + 1, batch.true_end[item]).astype(np.int64)
    wording = np.zeros(len(chars), dtype=np.uint64)
    some = np.flatnonzero(end > begin)
    while len(some):  # a character more of each wording that has one; few are longer than three
        mixed = (wording[some] + batch.true_codes[begin[some]] + np.uint64(1)) * _MIX
        wording[some] = mixed ^ mixed >> np.uint64(29)
        begin[some] += 1
        some = some[end[some] > begin[some]]
    return item, wording, chars
