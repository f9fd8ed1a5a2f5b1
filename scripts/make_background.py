"""Make the built-in background: ``src/jingwei/judge/data`` and the list of quoted words known in many provinces.

    python scripts/make_background.py DATA [--fragments] [--quotes] [--weights] [--calibrate]

DATA is a folder with ``MANIFEST.tsv`` (file, level, place, province, year), the work reports it lists and the folders
``law party plan national`` of authority texts. Without an option everything that can be made is made. The outcome is a
function of the inputs alone; their hash is stored.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import json
import re
from collections import defaultdict
from pathlib import Path

import numpy as np

from jingwei.fingerprint import fold_texts, shingle_hashes
from jingwei.judge.background import LONG_CHARS, RUN_CHARS, SHORT_CHARS, probe

ROOT = Path(__file__).resolve().parents[1]
TARGET = ROOT / "src" / "jingwei" / "judge" / "data"
QUOTES = ROOT / "src" / "jingwei" / "judge" / "facts_data" / "common_quotes.txt"
AUTHORITY = ("law", "party", "plan", "national")
# chars: (places, provinces, authority documents) from which a fragment counts as known
KNOWN = {LONG_CHARS: (5, 3, 3), SHORT_CHARS: (10, 3, 3)}
RUN_PLACES = 4  # three other places: PRODUCT's measure of common
RUN_PLACES_OFFICIAL = 2  # for runs that stand in an authority text too
QUOTE_PROVINCES = 4
PARTS = 8  # the hash space is worked through in parts: 36 M fragments at once would need 2 GB


def work_reports(data: Path) -> dict[tuple[str, str], list[Path]]:
    """Files by (province, place)."""
    places: dict[tuple[str, str], list[Path]] = defaultdict(list)
    with (data / "MANIFEST.tsv").open(encoding="utf-8") as table:
        for row in csv.DictReader(table, delimiter="\t"):
            if (data / row["file"]).is_file():
                places[row["province"], row["place"]].append(data / row["file"])
    return dict(sorted(places.items()))


def authority_texts(data: Path) -> list[Path]:
    """All authority texts in a fixed order."""
    return sorted(p for folder in AUTHORITY for p in (data / folder).rglob("*") if p.suffix in {".md", ".txt"})


def inputs_hash(files: list[Path], data: Path) -> str:
    """One hash over names and contents."""
    total = hashlib.sha256()
    for path in sorted(files):
        total.update(path.relative_to(data).as_posix().encode() + b"\0")
        total.update(hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()


def hashes_of(files: list[Path], chars: int) -> np.ndarray:
    """Distinct cut hashes of some files."""
    texts = [path.read_text(encoding="utf-8", errors="replace") for path in files]
    paragraphs = [line for text in texts for line in text.split("\n") if len(line) >= chars]
    batch = fold_texts(paragraphs, [np.array([[0, len(line)]], dtype=np.int32) for line in paragraphs])
    hashes = shingle_hashes(batch.codes, batch.offsets, chars)
    whole = hashes != np.uint64(0xFFFFFFFFFFFFFFFF)
    return np.unique((hashes[whole] >> np.uint64(32)).astype(np.uint32))


def counted(sets: list[np.ndarray], part: int) -> tuple[np.ndarray, np.ndarray]:
    """Distinct hashes of one part of the hash space with the number of sets that hold each."""
    low, high = (part << 32) // PARTS, ((part + 1) << 32) // PARTS
    chosen = [s[np.searchsorted(s, low) : np.searchsorted(s, high)] for s in sets]
    values, counts = np.unique(np.concatenate(chosen), return_counts=True)
    return values, counts


def lookup(values: np.ndarray, counts: np.ndarray, wanted: np.ndarray) -> np.ndarray:
    """Counts of ``wanted``, 0 where absent."""
    if not len(values):
        return np.zeros(len(wanted), dtype=np.int64)
    at = np.minimum(np.searchsorted(values, wanted), len(values) - 1)
    return np.where(values[at] == wanted, counts[at], 0)


def known_fragments(
    places: dict[tuple[str, str], list[Path]], texts: list[Path], chars: int
) -> tuple[np.ndarray, np.ndarray]:
    """Fragments that pass ``KNOWN`` and the number of places of each (255 = so many or more)."""
    by_place = [hashes_of(files, chars) for files in places.values()]
    by_province: dict[str, list[np.ndarray]] = defaultdict(list)
    for (province, _), hashes in zip(places, by_place, strict=True):
        by_province[province].append(hashes)
    provinces = [np.unique(np.concatenate(sets)) for sets in by_province.values()]
    documents = [hashes_of([path], chars) for path in texts]
    least_places, least_provinces, least_documents = KNOWN[chars]
    kept, numbers = [], []
    for part in range(PARTS):
        values, counts = counted(by_place, part)
        spread = lookup(*counted(provinces, part), values)
        reported = (counts >= least_places) & (spread >= least_provinces)
        official, held = counted(documents, part)
        official = official[held >= least_documents]
        both = np.union1d(values[reported], official)
        kept.append(both)
        numbers.append(lookup(values, counts, both))
    return np.concatenate(kept).astype(np.uint32), np.minimum(np.concatenate(numbers), 255).astype(np.uint8)


def known_runs(places: dict[tuple[str, str], list[Path]], texts: list[Path]) -> np.ndarray:
    """Runs of the shortest length that counts, shared by ``RUN_PLACES`` places or prescribed and met in reports."""
    by_place = [hashes_of(files, RUN_CHARS) for files in places.values()]
    official = hashes_of(texts, RUN_CHARS)
    kept = []
    for part in range(PARTS):
        values, counts = counted(by_place, part)
        prescribed = np.isin(values, official, assume_unique=True)
        kept.append(values[(counts >= RUN_PLACES) | (prescribed & (counts >= RUN_PLACES_OFFICIAL))])
    return np.concatenate(kept).astype(np.uint32)


def make_fragments(data: Path) -> None:
    """Write the fragment tables and their description."""
    places, texts = work_reports(data), authority_texts(data)
    long, numbers = known_fragments(places, texts, LONG_CHARS)
    short, _ = known_fragments(places, texts, SHORT_CHARS)
    runs = known_runs(places, texts)
    TARGET.mkdir(parents=True, exist_ok=True)
    np.save(TARGET / "background_runs.npy", runs, allow_pickle=False)
    np.save(TARGET / "background_long.npy", long, allow_pickle=False)
    np.save(TARGET / "background_places.npy", numbers, allow_pickle=False)
    np.save(TARGET / "background_short.npy", short, allow_pickle=False)
    reports = [path for files in places.values() for path in files]
    write_json(TARGET / "background.json", {
        "about": "hashed fragments of folded text that many places use; made by scripts/make_background.py",
        "inputs_sha256": inputs_hash([*reports, *texts], data),
        "reports": len(reports), "places": len(places), "provinces": len({p for p, _ in places}),
        "authority_texts": len(texts), "known": {str(k): v for k, v in KNOWN.items()},
        "long": len(long), "short": len(short), "runs": len(runs), "probe": probe(),
    })  # fmt: skip


def make_quotes(data: Path) -> None:
    """Write the words that stand in quotes in work reports of several provinces."""
    seen: dict[str, set[str]] = defaultdict(set)
    for (province, _), files in work_reports(data).items():
        for path in files:
            for match in re.finditer(r"[“\"「]([^“”\"「」\n]{2,14})[”\"」]", path.read_text(encoding="utf-8")):
                seen[match.group(1)].add(province)
    words = sorted(word for word, provinces in seen.items() if len(provinces) >= QUOTE_PROVINCES)
    head = f"# Words in quotes in work reports of at least {QUOTE_PROVINCES} provinces; made by {Path(__file__).name}"
    QUOTES.write_text("\n".join([head, *words, ""]), encoding="utf-8")


def write_json(path: Path, content: dict[str, object]) -> None:
    """Sorted, readable, with a final newline."""
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def main() -> None:
    """Make what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    for name in ("fragments", "quotes"):
        parser.add_argument(f"--{name}", action="store_true")
    arguments = parser.parse_args()
    everything = not (arguments.fragments or arguments.quotes)
    if everything or arguments.fragments:
        make_fragments(arguments.data)
    if everything or arguments.quotes:
        make_quotes(arguments.data)


if __name__ == "__main__":
    main()
