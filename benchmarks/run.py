"""All benchmarks, one after the other, each a program of its own: ``python benchmarks/run.py [--large] [NAME ...]``.

Figures are of whole processes on this machine and are printed, never asserted; ``RESULTS.md`` keeps the last ones that
were read. Baselines run beside ours where the shared evaluation material is at hand. All together end within twenty
minutes on two quiet cores; ``--large`` runs the big round of the engine alone, which takes longer.
"""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent


def main(names: list[str]) -> int:
    """Run the named benchmarks, or all; the exit code is the worst of theirs."""
    if "--large" in names:
        return subprocess.run([sys.executable, HERE / "bench_engine.py", "--large"], check=False).returncode
    programs = sorted(HERE.glob("bench_*.py"))
    chosen = [p for p in programs if not names or p.stem.removeprefix("bench_") in names]
    worst = 0
    for program in chosen:
        print(f"== {program.stem}", flush=True)
        started = time.perf_counter()
        worst = max(worst, subprocess.run([sys.executable, program], check=False).returncode)
        print(f"({program.stem}: {(time.perf_counter() - started) / 60:.1f} minutes)\n", flush=True)
    return worst


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
