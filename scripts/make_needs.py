"""Make ``review/data/needs.npz``: what the expressions of the rules need, so that no run has to read it off them.

    python scripts/make_needs.py

To be run after an expression was changed; ``tests/review`` tells when the table is not that of the expressions.
"""

from __future__ import annotations

from pathlib import Path

from jingwei.review.checklist import expressions
from jingwei.review.needs import NeedsTable

OUT = Path(__file__).resolve().parents[1] / "src/jingwei/review/data/needs.npz"

if __name__ == "__main__":
    NeedsTable.of(expressions()).write(OUT)
