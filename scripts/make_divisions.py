"""Make the package's list of administrative divisions from the National Bureau of Statistics code list.

    make_divisions.py divisions.tsv.xz [REPORTS]

The input holds rows ``code<TAB>name`` (provinces to townships, codes of 2, 4, 6 and 9 digits). Three files are written
to ``src/jingwei/lexicon/data``, two of them gzip with a fixed time stamp, so that equal input gives equal bytes:

* ``divisions.counties.tsv.gz``: ``code<TAB>name<TAB>short`` for provinces, cities and counties. ``short`` is the name
  without its suffix (垫江) where that is safe to look for in running text, else empty. A second row of a code is what
  people call an autonomous place (凉山州, 彭水县).
* ``divisions.towns.txt.gz``: township names, one a line, then in the same order their codes (several with commas);
  two blocks, because splitting 60,000 lines once is twice as fast as splitting each line.

* ``divisions.not_villages.txt``: pairs of characters that precede 村 or 社区 in the reports of two or more places
  (加强村, 自然村) and are no place's name: what stands before 村 everywhere names no village.

A short form is called safe when it hardly ever occurs in reports of *other* provinces: 垫江 does not, 和平 does. With
REPORTS (a folder with MANIFEST.tsv and the files it names) this is measured; without it the flags of the existing
file are kept, so that the list can be renewed without the reports.
"""

from __future__ import annotations

import csv
import gzip
import lzma
import re
import sys
from collections import Counter, defaultdict
from pathlib import Path

DATA = Path(__file__).resolve().parents[1] / "src/jingwei/lexicon/data"
PLACEHOLDER = re.compile(r"^(市辖区|县|街道|城区|省直辖县级行政区划|自治区直辖县级行政区划|.*直辖村级区划)$")
TOWN = re.compile(r"(镇|乡|街道|苏木|街道办事处|民族乡)$")
# Farms, zones and offices keep their names only where these are proper names, not descriptions.
ZONE = re.compile(r"(场|管理区|开发区|示范区|新区|园区|度假区|办事处|地区|团|管委会|委员会)$")
DESCRIPTION = re.compile(
    r"^(经济|高新|高铁|工业|农业|现代|综合|国家|产业|科技|新技术|物流|航空|化工|旅游|生态|特色|临|保税|城市|城东|城南|城北"
    r"|东部|南部|西部|北部|中心|[一二三四五六七八九十第]|良种|种|林|牧|农|渔|奶|养|果|茶|园艺|原种|苗)"
)
NATIONS = re.compile(
    "(各族|汉族|蒙古族|蒙古|回族|藏族|维吾尔族|维吾尔|苗族|彝族|壮族|布依族|朝鲜族|满族|侗族|瑶族|白族|土家族|哈尼族|哈萨克族|哈萨克"
    "|傣族|黎族|傈僳族|佤族|畲族|高山族|拉祜族|水族|东乡族|纳西族|景颇族|柯尔克孜族|柯尔克孜|土族|达斡尔族|达斡尔|仫佬族|羌族|布朗族"
    "|撒拉族|毛南族|仡佬族|锡伯族|锡伯|阿昌族|普米族|塔吉克族|塔吉克|怒族|乌孜别克族|俄罗斯族|鄂温克族|鄂温克|德昂族|保安族|裕固族"
    "|京族|塔塔尔族|独龙族|鄂伦春族|鄂伦春|赫哲族|门巴族|珞巴族|基诺族)+$"
)
SUFFIX = re.compile(r"(特别行政区|自治区|自治州|自治县|自治旗|地区|新区|省|市|州|县|区|旗|盟)$")
PLACES_OF_A_WORD = 2  # a pair before 村 in reports of so many places is a word, not a village
FOREIGN_REPORTS = 4  # a short form seen in more reports of other provinces is no safe sign of its place


def rows_of(path: Path) -> list[tuple[str, str]]:
    """All rows but the comment line and the placeholders."""
    with lzma.open(path, "rt", encoding="utf-8") as file:
        pairs = [line.rstrip("\n").split("\t") for line in file if not line.startswith("#")]
    return [(code, name) for code, name in pairs if not PLACEHOLDER.match(name)]


def short_form(name: str) -> str:
    """垫江县 → 垫江, 延边朝鲜族自治州 → 延边, 忠县 → '' (one character is no name)."""
    stem = SUFFIX.sub("", name)
    if stem != name and name.endswith(("自治区", "自治州", "自治县", "自治旗")):
        bare = NATIONS.sub("", stem)
        stem = bare if len(bare) >= 2 else stem
    return stem if 2 <= len(stem) <= 5 and stem != name else ""


def everyday(name: str) -> str:
    """彭水苗族土家族自治县 → 彭水县; empty for all that are not autonomous."""
    stem = short_form(name)
    ending = {"自治州": "州", "自治县": "县", "自治旗": "旗"}.get(name[-3:], "")
    return stem + ending if ending and stem else ""


def foreign_reports(shorts: dict[str, set[str]], reports: Path, names: dict[str, str]) -> Counter[str]:
    """For each short form the number of reports of other provinces that hold it."""
    provinces = {name: code for code, name in names.items() if len(code) == 2}
    found: Counter[str] = Counter()
    with (reports / "MANIFEST.tsv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            home = provinces.get(row["province"], "")
            text = (reports / row["file"]).read_text(encoding="utf-8")
            pieces = {text[i : i + n] for n in (2, 3, 4, 5) for i in range(len(text) - n + 1)}
            for short in shorts.keys() & pieces:
                found[short] += home not in shorts[short]
    return found


def not_villages(reports: Path, names: set[str]) -> list[str]:
    """Pairs before 村 and 社区 that are words; a pair that is also a place's name only when ten places have it."""
    places: dict[str, set[str]] = defaultdict(set)
    with (reports / "MANIFEST.tsv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            text = (reports / row["file"]).read_text(encoding="utf-8")
            for pair in set(re.findall("([一-龥]{2})(?=村|社区)", text)):
                places[pair].add(row["place"])
    limit = {pair: 10 if pair in names or pair[0] == "家" else PLACES_OF_A_WORD for pair in places}
    return sorted(pair for pair, where in places.items() if len(where) >= limit[pair])


def write(name: str, lines: list[str]) -> None:
    """Write one gzip file without a time stamp."""
    with (DATA / name).open("wb") as raw, gzip.GzipFile("", "wb", 9, raw, mtime=0) as file:
        file.write(("\n".join(lines) + "\n").encode())
    print(name, len(lines), "lines", (DATA / name).stat().st_size, "bytes")


def kept_flags() -> dict[str, str]:
    """Code → short form as flagged in the existing file."""
    with gzip.open(DATA / "divisions.counties.tsv.gz", "rt", encoding="utf-8") as file:
        return {code: short for code, _, short in (line.rstrip("\n").split("\t") for line in file) if short}


def main() -> None:
    """Read the list, decide what is kept, write the two files."""
    rows = rows_of(Path(sys.argv[1]))
    names = dict(rows)
    # 东莞市 stands as city 4419 and again as county 441900: one place, kept once.
    upper = [(c, n) for c, n in rows if len(c) <= 6 and not (len(c) == 6 and names.get(c[:4]) == n)]
    owners: dict[str, set[str]] = defaultdict(set)
    for code, name in upper:
        if short_form(name):
            owners[short_form(name)].add(code[:2])
    if len(sys.argv) > 2:
        foreign = foreign_reports(owners, Path(sys.argv[2]), names)
        stems = {TOWN.sub("", name) for code, name in rows if len(code) == 9} | set(owners)
        (DATA / "divisions.not_villages.txt").write_text(
            "\n".join(not_villages(Path(sys.argv[2]), stems)) + "\n", encoding="utf-8"
        )
        flags = {c: short_form(n) if foreign[short_form(n)] <= FOREIGN_REPORTS or len(c) < 6 else "" for c, n in upper}
    else:
        flags = kept_flags()
    lines = [f"{c}\t{n}\t{flags.get(c, '')}" for c, n in upper]
    lines += [f"{c}\t{everyday(n)}\t" for c, n in upper if everyday(n)]
    write("divisions.counties.tsv.gz", lines)
    towns: dict[str, list[str]] = defaultdict(list)
    for code, name in rows:
        if len(code) == 9 and (
            TOWN.search(name) or (len(name) >= 4 and ZONE.search(name) and not DESCRIPTION.match(name))
        ):
            towns[name].append(code)
    for name in [n for n in towns if n.endswith("族乡")]:
        short = re.sub(r"^(..+?)(?:民族|.{1,5}族)+乡$", r"\1乡", name)
        if short != name and short not in towns:
            towns[short] = towns[name]
    kept = sorted(towns)
    write("divisions.towns.txt.gz", kept + [",".join(towns[name]) for name in kept])


if __name__ == "__main__":
    main()
