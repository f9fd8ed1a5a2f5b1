"""Make what the review loads of its rules: ``review/data/pages.json`` and ``review/data/needs.npy``.

    python scripts/make_needs.py

The first are the pages of the rules as they are read fastest, the second what their expressions need, so that no run
has to read it off them. To be run after a page or an expression was changed; ``tests/review`` tells when they are not
current.
"""

from __future__ import annotations

import json

from jingwei.review.kept import DATA
from jingwei.review.rule_data import written_pages


def make() -> None:
    """Writes both; the expressions are those of the new pages."""
    pages = json.dumps(written_pages(), ensure_ascii=False, indent=0)
    (DATA / "pages.json").write_text(pages + "\n", encoding="utf-8")
    from jingwei.review.checklist import expressions
    from jingwei.review.needs import NeedsTable

    NeedsTable.of(expressions()).write(DATA / "needs.npy")


if __name__ == "__main__":
    make()
