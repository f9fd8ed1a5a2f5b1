"""All benchmarks, one after the other, each a program of its own: ``python benchmarks/run.py [NAME ...]``.

Figures are of whole processes on this machine and are printed, never asserted; ``RESULTS.md`` keeps the last ones that
were read. Baselines run beside ours where the shared evaluation material is at hand.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent


def main(names: list[str]) -> int:
    """Run the named benchmarks, or all; the exit code is the worst of theirs."""
    programs = sorted(HERE.glob("bench_*.py"))
    chosen = [p for p in programs if not names or p.stem.removeprefix("bench_") in names]
    worst = 0
    for program in chosen:
        print(f"== {program.stem}", flush=True)
        worst = max(worst, subprocess.run([sys.executable, program], check=False).returncode)
    return worst


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
