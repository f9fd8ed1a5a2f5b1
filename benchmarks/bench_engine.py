"""Speed of the engine in whole processes, next to the yardstick of ../shared/bench in the same run.

    bench_engine.py [--reports 1000] [--compared 150] [--seed 3]

Needs the shared material (``JINGWEI_SHARED`` or ``../shared`` beside the project) and says so where it is absent. Prints
a Markdown table: seconds of wall and of processor time (the steadier figure on a busy machine) and peak memory.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
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
    "opened = time.process_time()\nprobes = [library.entry(r.number) for r in library.list()[:20]]\n"
    "find_evidence(probes[0], library, Settings().match)\nbegun = time.process_time()\n"
    "for probe in probes: find_evidence(probe, library, Settings().match)\n"
    "print(f'{opened - started:.3f} {(time.process_time() - begun) / len(probes):.3f}')\n"
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


def main() -> int:
    """Generate, run, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reports", type=int, default=1000)
    parser.add_argument("--compared", type=int, default=150)
    parser.add_argument("--seed", type=int, default=3)
    args = parser.parse_args()
    bench = shared() / "bench"
    if not (bench / "synth.py").is_file():
        print("skipped: no shared evaluation material (set JINGWEI_SHARED)")
        return 0
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        run([sys.executable, str(bench / "synth.py"), str(args.reports), temporary, "--seed", str(args.seed)])
        reports = folder / "reports.jsonl"
        files = write_files(reports, folder / "all", args.reports)
        write_files(reports, folder / "some", args.compared)
        library = str(folder / "library")
        print(f"{args.reports} synthetic reports, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}\n")
        print("| whole process | wall s | cpu s | peak MB |\n|---|---|---|---|")
        theirs, _ = show("baselines.py batch", [sys.executable, str(bench / "baselines.py"), "batch", str(reports)])
        add = [*PROGRAM, "library", "add", "-q", "--library", library, str(folder / "all")]
        ours, _ = show(f"jingwei library add, {args.reports} files", add)
        show("jingwei score, one report, cold", [*PROGRAM, "score", "-q", "--library", library, str(files[7])])
        compare = [*PROGRAM, "compare", "-q", "-o", str(folder / "out"), str(folder / "some")]
        show(f"jingwei compare, {args.compared} files", compare)
        _, times = show("look-ups in one process, 21", [sys.executable, "-c", WARM, library])
        opening, warm = times.split()
        scorer = [sys.executable, str(HERE / "score_synth.py"), temporary]
        _, batch = show(f"all pairs of {args.reports}, engine alone", [*scorer, "--batch"])
        _, looked = show("40 look-ups scored", [*scorer, "--sample", "40"])
        print(f"\n{batch}\n{looked}")
        print(
            f"\nbaselines.py batch / library add: {theirs / ours:.1f}; opening {opening} s, warm look-up {warm} s (cpu)"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
