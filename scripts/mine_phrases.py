"""Propose entries for the lexicon of prescribed wording; a person reads and keeps.

    python scripts/mine_phrases.py CORPUS [--provinces 5] [--min-chars 6] [--held-out 5] > candidates.tsv

CORPUS holds the unpacked work reports (MANIFEST.tsv: file, level, place, province, year …) and the authority texts in
its folders law/, party/, plan/, national/. A candidate is a comma-clause that

* stands word for word in an authority text and in the reports of at least five provinces, or
* lies in a run of 40 characters or more that at least five provinces share,

and that the lexicon does not explain yet. Every fifth place (by hash of its name) is held out for
``gate/measure_lexicon.py`` and never read here. Columns: provinces, occurrences, first and last year, kind (A in an
authority text, R in a shared run), earliest authority text, clause.
"""

from __future__ import annotations

import argparse
import hashlib
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from jingwei.lexicon.matcher import fold
from jingwei.lexicon.phrases import find_all

AUTHORITY = ("law", "party", "plan", "national")
RUN_CHARS = 40
CLAUSE = re.compile(r"[^、。:!?\n]+")


def is_held_out(place: str, one_in: int = 5) -> bool:
    """Every ``one_in``-th place, chosen by the MD5 of its name, so that mining and measuring never meet."""
    return one_in > 0 and int(hashlib.md5(place.encode(), usedforsecurity=False).hexdigest(), 16) % one_in == 0


def plain_text(path: Path) -> str:
    """Folded text without the markdown head, paragraphs kept apart."""
    text = path.read_text(encoding="utf-8").split("---", 2)[-1]
    lines = (fold(re.sub(r"[#\s]+", "", line))[0] for line in text.splitlines())
    return "\n".join(line for line in lines if line)


def work_reports(corpus: Path) -> Iterator[tuple[str, str, int, str]]:
    """Place, province, year and text of every work report since 2003."""
    rows = (corpus / "MANIFEST.tsv").read_text(encoding="utf-8").splitlines()[1:]
    for row in rows:
        file, level, place, province, year = row.split("\t")[:5]
        if int(year) >= 2003 and level not in AUTHORITY and (corpus / file).is_file():
            yield place, province or place, int(year), plain_text(corpus / file)


def shared_positions(
    texts: list[str], provinces: list[int], least: int, run_chars: int = RUN_CHARS
) -> list[np.ndarray]:
    """For each text the flags of characters inside a run of ``run_chars`` that ``least`` provinces share."""
    codes = [np.frombuffer((text + "\n").encode("utf-32-le"), dtype=np.uint32).astype(np.uint64) for text in texts]
    joined = np.concatenate(codes)
    size = len(joined) - run_chars + 1
    keys = np.zeros(size, np.uint64)
    with np.errstate(over="ignore"):
        for i in range(run_chars):
            keys = keys * np.uint64(0x9E3779B97F4A7C15) + joined[i : size + i]
    owner = np.repeat(np.array(provinces, np.uint32), [len(c) for c in codes])[:size]
    breaks = np.concatenate([[0], np.cumsum(joined == 10)])
    whole = (breaks[run_chars:] - breaks[:-run_chars])[:size] == 0
    order = np.argsort(keys, kind="stable")
    group = np.concatenate([[0], np.cumsum(keys[order][1:] != keys[order][:-1])])
    bits = np.zeros(group[-1] + 1, np.uint32)
    np.bitwise_or.at(bits, group, np.uint32(1) << owner[order])
    spread = sum(((bits >> np.uint32(i)) & 1).astype(np.uint8) for i in range(32))
    shared = np.zeros(size, bool)
    shared[order] = spread[group] >= least
    shared &= whole
    edges = np.zeros(len(joined) + 1, np.int32)
    starts = np.flatnonzero(shared)
    np.add.at(edges, starts, 1)
    np.add.at(edges, starts + run_chars, -1)
    flags = np.cumsum(edges)[:-1] > 0
    cuts = np.cumsum([0, *(len(c) for c in codes)])
    return [flags[cuts[i] : cuts[i + 1] - 1] for i in range(len(texts))]


def explained(clause: str) -> bool:
    """Whether the lexicon already covers four fifths of the clause."""
    covered = np.zeros(len(clause), bool)
    for hit in find_all(clause):
        for start, end in hit.pieces if hit.entry.mandated else ():
            covered[start:end] = True
    return bool(covered.mean() >= 0.8)


def main() -> None:
    """Print the candidates, widest spread first."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--provinces", type=int, default=5)
    parser.add_argument("--min-chars", type=int, default=6)
    parser.add_argument("--held-out", type=int, default=5)
    options = parser.parse_args()

    authority: dict[str, str] = {}
    files = sorted(p for part in AUTHORITY for p in (options.corpus / part).rglob("*.md"))
    files.sort(key=lambda p: re.findall(r"(?:19|20)\d\d", p.stem)[:1])
    for path in files:
        for clause in CLAUSE.findall(plain_text(path)):
            if options.min_chars <= len(clause) <= 40:
                authority.setdefault(clause, path.stem)

    reports = [r for r in work_reports(options.corpus) if not is_held_out(r[0], options.held_out)]
    numbers = {name: i for i, name in enumerate(sorted({r[1] for r in reports}))}
    flags = shared_positions([r[3] for r in reports], [numbers[r[1]] for r in reports], options.provinces)
    spread: dict[str, set[int]] = {}
    count: Counter[str] = Counter()
    years: dict[str, list[int]] = {}
    in_run: Counter[str] = Counter()
    for (_, province, year, text), shared in zip(reports, flags, strict=True):
        for found in CLAUSE.finditer(text):
            clause = found[0]
            inside = bool(shared[found.start() : found.end()].all())
            if not options.min_chars <= len(clause) <= 60 or not (inside or clause in authority):
                continue
            spread.setdefault(clause, set()).add(numbers[province])
            count[clause] += 1
            in_run[clause] += inside
            years.setdefault(clause, []).append(year)
    for clause in sorted(spread, key=lambda c: (-len(spread[c]), -count[c], c)):
        if len(spread[clause]) >= options.provinces and not explained(clause):
            kind = ("A" if clause in authority else "") + ("R" if in_run[clause] else "")
            source = authority.get(clause, "")
            row = (len(spread[clause]), count[clause], min(years[clause]), max(years[clause]), kind, source, clause)
            sys.stdout.write("\t".join(map(str, row)) + "\n")


if __name__ == "__main__":
    main()
