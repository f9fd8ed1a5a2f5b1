"""Prove that fixtures/truth.json tells the truth about the reports beside it.

Checked: every report is listed and readable, its length, its encoding and newlines; every offset gives the text
written down; every planted pair is as alike as its kind says; invented places do not exist in the division list;
clean reports carry no residue and copy nothing; and no two units share a run of ``SHARED_CHARS`` characters that
was not planted and is not prescribed wording.

Usage: python scripts/check_fixtures.py [--relocate]

``--relocate`` finds each text again near its old place after a report was edited, and rewrites the offsets.
"""

from __future__ import annotations

import gzip
import itertools
import json
import re
import sys
from collections.abc import Iterator, Mapping
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).resolve().parents[1]
FIXTURES: Final = ROOT / "fixtures"
DIVISIONS: Final = ROOT / "src" / "jingwei" / "lexicon" / "data"

MIN_CHARS, MAX_CHARS = 1_500, 6_000  # of a report, whitespace not counted
MIN_REPORTS, MIN_CLEAN, MIN_UNITS_OF_FAMILY, MIN_UNITS_OF_CIRCULAR = 18, 8, 5, 4
MIN_COPIED_CHARS, MIN_COMMON_CHARS = 40, 80  # shared characters that make a passage copied, or a common source
SHARED_CHARS: Final = 20
RECYCLED_SHARE: Final = 0.6
RESIDUE_CODES: Final = frozenset(
    ["R1", "R2", "R3", "R4", "R5", "R6", "R7", "R8", "R9", "R10", "Q1", "Q2", "Q3", "Q4", "S1", "S2", "S3", "Y2", "Y3"]
)
# Wording every report is ordered to use: shared runs are counted between these, not through them.
PRESCRIBED: Final = (
    "以习近平新时代中国特色社会主义思想为指导",
    "中华人民共和国",
    "法治政府建设与责任落实督察工作规定",
    "法治政府建设实施纲要（2021—2025年）",
    "党政主要负责人履行推进法治建设第一责任人职责",
    "履行推进法治建设第一责任人职责",
    "重要工作亲自部署、重大问题亲自过问、重点环节亲自协调、重要任务亲自督办",
    "健全依法行政制度体系",
    "健全行政执法工作体系",
    "健全突发事件应对体系",
    "健全社会矛盾纠纷行政预防调处化解体系",
    "健全行政权力制约和监督体系",
    "党的二十大和二十届二中",
    "党的二十届三中全会精神",
    "深入学习贯彻习近平法治思想",
    "全面贯彻习近平法治思想",
    "深入学习宣传贯彻党的二十大精神",
    "认真学习宣传贯彻党的二十大精神",
    "在县委、县政府的坚强领导下",
    "在区委、区政府的坚强领导下",
    "县委全面依法治县委员会",
    "政府建设",
    "现将",
    "报告如下",
    "年度法治",
    "职能科学、权责法定、执法严明、公开公正",
    "人民政府",
)
_HALF_WIDTH: Final = str.maketrans({",": "，", ":": "：", ";": "；", "(": "（", ")": "）", "?": "？", "!": "！"})
Truth = dict[str, Any]


def decoded(name: str, encoding: str) -> str:
    """Text of a fixture as offsets count it: decoded, without a byte order mark, one newline a line."""
    codec = "utf-8-sig" if encoding == "utf-8-bom" else encoding
    return (FIXTURES / name).read_bytes().decode(codec).replace("\r\n", "\n")


def load() -> Truth:
    """fixtures/truth.json."""
    return dict(json.loads((FIXTURES / "truth.json").read_text(encoding="utf-8")))


def entries(truth: Truth) -> dict[str, Mapping[str, Any]]:
    """Every file the truth speaks of, with its description."""
    return {**truth["reports"], **truth["drafts"], **truth["authority"]}


def texts(truth: Truth) -> dict[str, str]:
    """Decoded text by file."""
    return {name: decoded(name, entry["encoding"]) for name, entry in entries(truth).items()}


def squeezed(text: str) -> str:
    """Text without whitespace, half-width punctuation made full-width: what matching may take as equal."""
    return re.sub(r"\s", "", text).translate(_HALF_WIDTH)


def located(truth: Truth) -> Iterator[tuple[dict[str, Any], str, str, str, str]]:
    """Every located text: the record and the names of its file, start, end and text fields."""
    for record in itertools.chain(truth["plants"], truth["residues"], truth["traps"]):
        if record["text"]:
            yield record, "file", "start", "end", "text"
        if record.get("source_text"):
            yield record, "source_file", "source_start", "source_end", "source_text"


def wrong_offsets(truth: Truth, text: Mapping[str, str]) -> Iterator[str]:
    """Offsets that do not give the text written down."""
    for record, file, start, end, quote in located(truth):
        if text[record[file]][record[start] : record[end]] != record[quote]:
            yield f"{record[file]}: {record[start]}–{record[end]} is not {record[quote][:30]!r}"


def wrong_files(truth: Truth, text: Mapping[str, str]) -> Iterator[str]:
    """Files that are missing, unlisted, too short, too long, or not in the encoding they are said to be in."""
    for folder, part in (("reports", "reports"), ("drafts", "drafts"), ("library/authority", "authority")):
        there = {f"{folder}/{path.name}" for path in (FIXTURES / folder).iterdir()}
        for name in sorted(there ^ set(truth[part])):
            yield f"{name}: listed but absent, or there but not listed"
    for name, entry in truth["reports"].items():
        chars = len(squeezed(text[name]))
        if not MIN_CHARS <= chars <= MAX_CHARS:
            yield f"{name}: {chars} characters"
        if entry["title"] not in squeezed(text[name]).replace(" ", ""):
            yield f"{name}: title not in the text"
    for name, entry in entries(truth).items():
        payload = (FIXTURES / name).read_bytes()
        if payload.startswith(b"\xef\xbb\xbf") != (entry["encoding"] == "utf-8-bom"):
            yield f"{name}: byte order mark"
        if (b"\r\n" in payload) != (entry["newline"] == "crlf"):
            yield f"{name}: newlines"


def _stem(place: str) -> str:
    return re.sub(r"(瑶族乡|街道|[市县区镇乡])$", "", place)


def existing_places(truth: Truth) -> Iterator[str]:
    """Invented places that exist: as they are, or their stem with any suffix as a county or city."""
    with gzip.open(DIVISIONS / "divisions.towns.txt.gz", "rt", encoding="utf-8") as lines:
        towns = set(lines.read().split())
    with gzip.open(DIVISIONS / "divisions.counties.tsv.gz", "rt", encoding="utf-8") as lines:
        counties = {field for line in lines for field in line.split()[1:]}
    for place in truth["places"]:
        if place in towns | counties or _stem(place) in counties | {_stem(county) for county in counties}:
            yield f"{place} exists"


def wrong_plants(truth: Truth) -> Iterator[str]:
    """Planted pairs less alike than their kind promises."""
    for plant in truth["plants"]:
        left, right = squeezed(plant["text"]), squeezed(plant["source_text"])
        if not left:
            continue
        same = SequenceMatcher(None, left, right, autojunk=False)
        equal = sum(block.size for block in same.get_matching_blocks())
        longest = same.find_longest_match().size
        kind, where = plant["kind"], f"{plant['id']} in {plant['file']}"
        if kind in {"verbatim_paragraph", "embedded_sentence", "common_source", "authority"} and left != right:
            yield f"{where}: not word for word"
        if kind == "common_source" and longest < MIN_COMMON_CHARS:
            yield f"{where}: only {longest} characters"
        if plant["expect"] == "copied" and equal < MIN_COPIED_CHARS:
            yield f"{where}: only {equal} equal characters"
        if kind in {"slots_swapped", "light_paraphrase"} and not 0.6 <= equal / len(left) < 1:
            yield f"{where}: {equal / len(left):.2f} equal"


def wrong_groups(truth: Truth) -> Iterator[str]:
    """Families, circulars, residue classes, years of one unit: is there enough of each?"""
    unit = {name: entry["unit"] for name, entry in truth["reports"].items()}
    for kind, least in (("family", MIN_UNITS_OF_FAMILY), ("common_source", MIN_UNITS_OF_CIRCULAR)):
        plants = [plant for plant in truth["plants"] if plant["kind"] == kind]
        units = {unit[plant[field]] for plant in plants for field in ("file", "source_file")}
        if len(units) < least:
            yield f"{kind}: only {len(units)} units"
    missing = RESIDUE_CODES - {residue["code"] for residue in truth["residues"]}
    if missing:
        yield f"no residue of {sorted(missing)}"
    years = sorted(
        len({entry["year"] for entry in truth["reports"].values() if entry["unit"] == one})
        for one in set(unit.values())
    )
    if years[-2:] != [2, 3]:
        yield f"years per unit: {years}"
    if len(unit) < MIN_REPORTS:
        yield f"only {len(unit)} reports"


def wrong_clean(truth: Truth) -> Iterator[str]:
    """Reports said to be clean that carry residue or take something from another report."""
    taken = ("copied", "recycled", "common_source", "duplicate")
    clean = {name for name, entry in truth["reports"].items() if entry["clean"]}
    if len(clean) < MIN_CLEAN:
        yield f"only {len(clean)} clean reports"
    clean |= {name for name, entry in truth["drafts"].items() if entry["clean"]}
    for residue in truth["residues"]:
        if residue["file"] in clean:
            yield f"{residue['file']}: clean, with {residue['code']}"
    year = {name: entry["year"] for name, entry in entries(truth).items()}
    for plant in truth["plants"]:
        if not plant["expect"].startswith(taken):
            continue
        if plant["file"] in clean:
            yield f"{plant['file']}: clean, with {plant['id']}"
        counts = plant["file"] in truth["reports"] and plant["expect"] != "duplicate"  # versions accuse nobody
        if counts and plant["source_file"] in clean and year[plant["file"]] <= year[plant["source_file"]]:
            yield f"{plant['source_file']}: clean, but {plant['file']} is not later"


def recycled_share(truth: Truth, text: Mapping[str, str]) -> dict[str, float]:
    """Planted share of last year's text by report, of all non-whitespace characters."""
    taken: dict[str, int] = {}
    for plant in truth["plants"]:
        if plant["kind"] == "recycled":
            taken[plant["file"]] = taken.get(plant["file"], 0) + len(squeezed(plant["text"]))
    return {name: chars / len(squeezed(text[name])) for name, chars in taken.items()}


def _open_text(name: str, truth: Truth, text: Mapping[str, str]) -> str:
    """A report with its planted ranges and prescribed wording cut out, each leaving a mark that no run may hold."""
    chars = list(text[name])
    for record in truth["plants"]:
        for file, start, end in (("file", "start", "end"), ("source_file", "source_start", "source_end")):
            if record[file] == name and record["text"]:
                chars[record[start] : record[end]] = ["\0"] + [""] * (record[end] - record[start] - 1)
    flat = squeezed("".join(chars))
    for phrase in sorted(PRESCRIBED, key=len, reverse=True):
        flat = flat.replace(squeezed(phrase), "\0")
    return flat


def unplanned_sharing(truth: Truth, text: Mapping[str, str]) -> Iterator[str]:
    """Runs of at least ``SHARED_CHARS`` characters between different units that nobody planted."""
    flat = {name: _open_text(name, truth, text) for name in truth["reports"]}
    grams = {
        name: {body[i : i + SHARED_CHARS] for i in range(len(body) - SHARED_CHARS + 1)} for name, body in flat.items()
    }
    for left, right in itertools.combinations(sorted(flat), 2):
        if truth["reports"][left]["unit"] == truth["reports"][right]["unit"]:
            continue
        for gram in sorted(gram for gram in grams[left] & grams[right] if "\0" not in gram):
            yield f"{left} and {right} share {gram!r}"


def problems() -> list[str]:
    """Everything that is wrong; empty when the fixtures are what truth.json says."""
    truth = load()
    text = texts(truth)
    found = [*wrong_files(truth, text), *wrong_offsets(truth, text), *existing_places(truth), *wrong_plants(truth)]
    found += [*wrong_groups(truth), *wrong_clean(truth), *unplanned_sharing(truth, text)]
    if max(recycled_share(truth, text).values()) <= RECYCLED_SHARE:
        found.append("no report is more than 60 % last year's text")
    return found


def relocate() -> int:
    """Find every text again near its old place and rewrite truth.json; the number of offsets that moved."""
    truth = load()
    text, moved = texts(truth), 0
    for record, file, start, end, quote in located(truth):
        places = [match.start() for match in re.finditer(re.escape(record[quote]), text[record[file]])]
        if not places:
            raise SystemExit(f"{record[file]}: lost {record[quote][:40]!r}")
        nearest = min(places, key=lambda place: abs(place - record[start]))
        moved += nearest != record[start]
        record[start], record[end] = nearest, nearest + len(record[quote])
    (FIXTURES / "truth.json").write_text(json.dumps(truth, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return moved


def main(arguments: list[str]) -> int:
    """Print what is wrong; exit status 1 if anything is."""
    if "--relocate" in arguments:
        print(f"{relocate()} offsets moved")
    found = problems()
    for line in found:
        print(line)
    truth = load()
    print(
        f"{len(truth['reports'])} reports, {len(truth['plants'])} planted relations, "
        f"{len(truth['residues'])} residues, {len(truth['traps'])} traps: {len(found)} problems"
    )
    return 1 if found else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
