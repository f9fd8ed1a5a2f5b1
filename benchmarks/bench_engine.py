"""Speed of the engine in whole processes, next to the yardstick of ../shared/bench in the same run.

    bench_engine.py [--reports 1000] [--compared 150] [--seed 3] [--large]

``--large`` is the big round: 10,000 reports in the library, 1,000 compared with folder and pictures, and all real work
reports of the shared material through the engine; it takes the better part of an hour. Needs the shared material
(``JINGWEI_SHARED`` or ``../shared`` beside the project) and says so where it is absent. Prints Markdown tables as they
stand in RESULTS.md: seconds of wall and of processor time (the steadier figure on a busy machine), peak memory.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tarfile
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
PROGRAM = [sys.executable, "-c", "import sys; from jingwei.cli.main import run; run()"]
WARM = (
    "import sys, time\nfrom pathlib import Path\n"
    "from jingwei.library import open_library\nfrom jingwei.match import find_evidence\n"
    "from jingwei.settings import Settings\n"
    "started = time.process_time()\nlibrary = open_library(Path(sys.argv[1]))\n"
    "opened = time.process_time()\nlisted = library.list()\n"
    "probes = [library.entry(r.number) for r in listed[:: max(1, len(listed) // 20)][:20]]\n"
    "find_evidence(probes[0], library, Settings().match)\nbegun = time.process_time()\n"
    "for probe in probes: find_evidence(probe, library, Settings().match)\n"
    "print(f'{opened - started:.3f} {(time.process_time() - begun) / len(probes):.3f}')\n"
)
REAL = (
    "import os, sys, time\nfrom jingwei.match import compare_batch\nfrom jingwei.pipeline.prepare import entry_of\n"
    "from jingwei.pipeline.reading import read_reports\nfrom jingwei.model import Report\n"
    "from jingwei.settings import Settings\n"
    "read = read_reports(sys.argv[1:], Settings())\n"
    "entries = [entry_of(r) for r in read if isinstance(r, Report)]\n"
    "spent = lambda: sum(os.times()[:4])\nbegun, cpu = time.perf_counter(), spent()\n"
    "found = compare_batch(entries, Settings())\n"
    "print(len(entries), 'reports,', sum(len(e.text) for e in entries) // 1000, 'thousand characters,', "
    "f'{time.perf_counter() - begun:.0f} s wall, {spent() - cpu:.0f} s cpu, {len(found.duplicates)} duplicates')\n"
)


def shared() -> Path:
    """Where the shared material is."""
    return Path(os.environ.get("JINGWEI_SHARED", HERE.parents[1] / "shared"))


def run(command: list[str]) -> tuple[float, float, float, str]:
    """Wall seconds, processor seconds, peak megabytes and output of a process; exit code 1 means findings."""
    started = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    output = process.stdout.read() if process.stdout else ""
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in {0, 1}:
        raise SystemExit(f"failed with exit code {process.returncode}: {command[3:] or command}")
    return time.perf_counter() - started, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, output.strip()


def show(step: str, command: list[str]) -> tuple[float, str]:
    """Run, print one row, return processor seconds and output."""
    wall, cpu, peak, output = run(command)
    print(f"| {step} | {wall:.2f} | {cpu:.2f} | {peak:.0f} |", flush=True)
    return cpu, output


def write_files(reports: Path, folder: Path, count: int) -> list[Path]:
    """The first ``count`` reports as text files."""
    folder.mkdir()
    files = []
    with reports.open(encoding="utf-8") as lines:
        for _, line in zip(range(count), lines, strict=False):
            report = json.loads(line)
            files.append(folder / f"{report['place']}-{report['year']}-{report['id']}.txt")
            files[-1].write_text(report["text"], encoding="utf-8")
    return files


def synthetic(reports_wanted: int, compared: int, seed: int, folder: Path, *, pictures: bool) -> None:
    """Baseline, library, look-ups and comparison of synthetic reports."""
    bench = shared() / "bench"
    run([sys.executable, str(bench / "synth.py"), str(reports_wanted), str(folder), "--seed", str(seed)])
    reports = folder / "reports.jsonl"
    files = write_files(reports, folder / "all", reports_wanted)
    write_files(reports, folder / "some", compared)
    library, some = str(folder / "library"), str(folder / "some")
    print(f"\n{reports_wanted} synthetic reports, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}\n")
    print("| whole process | wall s | cpu s | peak MB |\n|---|---|---|---|")
    theirs, _ = show("baselines.py batch", [sys.executable, str(bench / "baselines.py"), "batch", str(reports)])
    add = [*PROGRAM, "library", "add", "-q", "--library", library, str(folder / "all")]
    ours, _ = show(f"`library add`, {reports_wanted} files", add)
    show("`score`, one report, cold", [*PROGRAM, "score", "-q", "--library", library, str(files[7])])
    show("`check`, one report, cold, no library", [*PROGRAM, "check", "-q", str(files[7])])
    show("`--help`", [*PROGRAM, "--help"])
    show(f"`compare`, {compared} files, folder", [*PROGRAM, "compare", "-q", "-o", str(folder / "out"), some])
    if pictures:
        show(f"`heatmap`, {compared} files", [*PROGRAM, "heatmap", "-q", "-o", str(folder / "map.png"), some])
    _, times = show("look-ups in one process, 21", [sys.executable, "-c", WARM, library])
    opening, warm = times.split()
    scorer = [sys.executable, str(HERE / "score_synth.py"), str(folder)]
    found = []
    if reports_wanted <= 3000:
        found.append(show(f"all pairs of {reports_wanted}, engine alone, scored", [*scorer, "--batch"])[1])
        found.append(show("40 look-ups scored", [*scorer, "--sample", "40"])[1])
    print("", *found, sep="\n")
    print(f"baselines.py batch / library add: {theirs / ours:.1f}; opening {opening} s, warm look-up {warm} s (cpu)")


def real(folder: Path) -> None:
    """All real work reports through the engine."""
    archive = shared() / "data" / "gov_work_reports.tar.xz"
    if not archive.is_file():
        print("skipped: no archive of real work reports")
        return
    with tarfile.open(archive) as files:
        files.extractall(folder / "real", filter="data")
    print("\n| all real work reports | wall s | cpu s | peak MB |\n|---|---|---|---|")
    _, line = show("read, parsed, compared by the engine", [sys.executable, "-c", REAL, str(folder / "real")])
    print(f"\n{line}")


def main() -> int:
    """Generate, run, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reports", type=int, default=1000)
    parser.add_argument("--compared", type=int, default=150)
    parser.add_argument("--seed", type=int, default=3)
    parser.add_argument("--large", action="store_true")
    args = parser.parse_args()
    if not (shared() / "bench" / "synth.py").is_file():
        print("skipped: no shared evaluation material (set JINGWEI_SHARED)")
        return 0
    with tempfile.TemporaryDirectory() as temporary:
        if args.large:
            synthetic(10_000, 1000, args.seed, Path(temporary), pictures=True)
            real(Path(temporary))
        else:
            synthetic(args.reports, args.compared, args.seed, Path(temporary), pictures=False)
    return 0


if __name__ == "__main__":
    sys.exit(main())
