"""Speed of the engine in whole processes, next to the yardsticks of ../shared/bench in the same run.

    bench_engine.py --bench ../shared/bench [--reports 1000] [--seed 3] [--tutorial]

Prints a Markdown table: seconds of wall and of processor time, peak memory, and the ratio to ``baselines.py batch``.
The processor time is the steadier figure on a busy machine.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
PRELUDE = (
    f"import sys; sys.path.insert(0, {str(HERE)!r})\n"
    "from pathlib import Path\nfrom score_synth import read_entries\n"
    "from jingwei.library import MemoryLibrary, create_or_open, open_library\n"
    "from jingwei.match import compare_batch, find_evidence\nfrom jingwei.settings import Settings\n"
)
STEPS = {
    "library add": "create_or_open(LIBRARY).add(read_entries(REPORTS))",
    "candidate pairs of all": (
        "from jingwei.match.pairing import candidate_pairs\nimport numpy as np\n"
        "library = open_library(LIBRARY)\n"
        "keys = np.sort(np.concatenate([s.keys for s in library._segments]))\n"
        "print(len(candidate_pairs(keys, library.catalogue().order, Settings().match)[0]))"
    ),
    "look up one, cold": (
        "library = open_library(LIBRARY)\nprobe = library.entry(library.list()[7].number)\n"
        "print(len(find_evidence(probe, library, Settings().match).matches))"
    ),
    "look up one, warm (20 of them)": (
        "library = open_library(LIBRARY)\n"
        "for row in library.list()[:20]: find_evidence(library.entry(row.number), library, Settings().match)"
    ),
    "library verify": "print(open_library(LIBRARY).verify())",
    "compare all": "print(len(compare_batch(list(read_entries(REPORTS)), Settings()).pairs))",
}


def run(command: list[str]) -> tuple[float, float, float, str]:
    """Wall seconds, processor seconds, peak megabytes and output of a process."""
    started = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    output = process.stdout.read() if process.stdout else ""
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"failed: {command[:3]}")
    return time.perf_counter() - started, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, output.strip()


def main() -> None:
    """Generate, run, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bench", type=Path, required=True)
    parser.add_argument("--reports", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=3)
    parser.add_argument("--tutorial", action="store_true")
    parser.add_argument("--skip", default="", help="names of steps to leave out, comma between them")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        run([sys.executable, str(args.bench / "synth.py"), str(args.reports), folder, "--seed", str(args.seed)])
        reports = Path(folder) / "reports.jsonl"
        print(f"{args.reports} synthetic reports, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}\n")
        print("| step | wall s | cpu s | peak MB | output |\n|---|---|---|---|---|")
        for mode in ["batch", *(["tutorial"] if args.tutorial else [])]:
            wall, cpu, peak, output = run([sys.executable, str(args.bench / "baselines.py"), mode, str(reports)])
            print(f"| baselines.py {mode} | {wall:.1f} | {cpu:.1f} | {peak:.0f} | {output} |", flush=True)
        names = f"LIBRARY = Path({folder!r}) / 'library'\nREPORTS = Path({str(reports)!r})\n"
        for step, program in STEPS.items():
            if step in args.skip.split(","):
                continue
            wall, cpu, peak, output = run([sys.executable, "-c", PRELUDE + names + program])
            shown = re.sub(r"\s+", " ", output)[:60]
            print(f"| {step} | {wall:.2f} | {cpu:.2f} | {peak:.0f} | {shown} |", flush=True)


if __name__ == "__main__":
    main()
