"""How often place and year of real work reports are recognised: right, null or wrong.

    measure_identity.py REPORTS [--show 20]

REPORTS is a folder with MANIFEST.tsv as in the shared data. Each report is read twice: with a neutral file name (text
alone) and under ``地名-交付年份.txt``. The reported year is the year of delivery less one; a session in December is
counted right with its own year, too. Prints shares and the time a report.
"""

from __future__ import annotations

import argparse
import csv
import re
import time
from pathlib import Path

from jingwei.lexicon.identity import identify
from jingwei.model import Document, Profile
from jingwei.text import read_structure


def body(text: str) -> str:
    """The report without the collection's YAML head and markdown marks, as a reader would save it."""
    text = re.sub(r"\A---\n.*?\n---\n", "", text, flags=re.DOTALL).replace("\r\n", "\n")
    return re.sub(r"[ \t]*\n\s*\n+", "\n", re.sub(r"\*\*|^#+ *", "", text, flags=re.MULTILINE)).strip() + "\n"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("reports", type=Path)
    parser.add_argument("--show", type=int, default=0)
    parser.add_argument("--verdict", default="wrong", help="right, null or wrong: what to show")
    parser.add_argument("--way", default="text", help="text or named: what to show")
    args = parser.parse_args()
    with (args.reports / "MANIFEST.tsv").open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file, delimiter="\t") if row["level"] != "national"]
    counts: dict[str, int] = {}
    seconds, shown = 0.0, 0
    for row in rows:
        text = body((args.reports / row["file"]).read_text(encoding="utf-8"))
        for way, path in (("text", "a.txt"), ("named", f"{row['place']}-{row['year']}.txt")):
            document = Document(path, "0", "txt", text)
            structure = read_structure(document)
            start = time.process_time()
            profile = identify(document, structure)
            seconds += time.process_time() - start
            place, year = verdicts(profile, row)
            for key in (f"{way} place {place}", f"{way} year {year}"):
                counts[key] = counts.get(key, 0) + 1
            if args.verdict in {place, year} and way == args.way and shown < args.show:
                shown += 1
                where = profile.place and (profile.place.name, profile.place.candidates)
                print(way, row["file"], row["year"], place, where, year, profile.year, profile.date, repr(text[:80]))
    for key in sorted(counts):
        print(f"{key:20} {counts[key]:5} {counts[key] / len(rows):.3%}")
    print(f"{seconds / len(rows) / 2 * 1000:.3f} ms a report, {len(rows)} reports")


def verdicts(profile: Profile, row: dict[str, str]) -> tuple[str, str]:
    """Right, null or wrong for place and year."""
    place = profile.place
    right_place = "null" if place is None else "right" if place.name == row["place"] else "wrong"
    delivered = int(row["year"])
    december = profile.date is not None and profile.date[5:7] in {"11", "12"} and profile.year == delivered
    right_year = profile.year == delivered - 1 or december
    return right_place, "null" if profile.year is None else "right" if right_year else "wrong"


if __name__ == "__main__":
    main()
