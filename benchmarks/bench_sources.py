"""Milliseconds a document by format, read the way the command line reads them (worker process warm).

    python benchmarks/bench_sources.py [--rounds 20]

Prints a line a format: median and slowest of the rounds, characters of text, pages where there are any.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import time
from pathlib import Path

from jingwei.model import Document
from jingwei.settings import SourceSettings
from jingwei.sources import read_bytes, read_path

FORMATS = Path(__file__).resolve().parents[1] / "fixtures" / "formats"
REPORT = FORMATS.parent / "reports" / "sangluo-liuting-2023.txt"
NAMES = (
    "report.docx", "report.doc", "report.wps", "red-head.pdf", "running-head.pdf", "two-columns.pdf", "office.pdf",
    "report.ofd", "report.html", "report.mht", "report.rtf",
)  # fmt: skip


def rounds_of(payload: bytes, label: str, count: int) -> tuple[list[float], Document]:
    """Milliseconds of ``count`` readings, and the document."""
    settings = SourceSettings()
    times = []
    for _ in range(count + 1):
        start = time.perf_counter()
        (found,) = read_bytes(payload, label, settings)
        times.append((time.perf_counter() - start) * 1000)
    assert isinstance(found, Document), found
    return times[1:], found


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=20)
    count = parser.parse_args().rounds
    print(f"{'file':20} {'median ms':>10} {'slowest ms':>11} {'characters':>11}")
    text = REPORT.read_text(encoding="utf-8")
    cases = [("utf-8 20 KB .txt", (text * 5).encode()[:20_480].decode("utf-8", "ignore").encode()),
             ("gb18030 20 KB .txt", (text * 5).encode("gb18030")[:20_480])]  # fmt: skip
    cases += [(name, (FORMATS / name).read_bytes()) for name in NAMES]
    for name, payload in cases:
        times, document = rounds_of(payload, name, count if not name.endswith(".txt") else count * 20)
        print(f"{name:20} {statistics.median(times):10.2f} {max(times):11.2f} {len(document.text):11}")
    start = time.perf_counter()
    for _ in range(200):
        read_path(REPORT, SourceSettings())
    print(f"{'.txt from disk':20} {(time.perf_counter() - start) * 5:10.2f}")
    start = time.perf_counter()
    subprocess.run([sys.executable, "-c", "import jingwei.sources"], check=True)
    print(f"import jingwei.sources in a new process: {(time.perf_counter() - start) * 1000:.0f} ms")


if __name__ == "__main__":
    main()
