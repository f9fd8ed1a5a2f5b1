"""Compile the lexicon's pages (src/jingwei/lexicon/data/phrases/*.toml) into compiled.txt.

``python scripts/build_phrases.py`` writes it; with ``--check`` it exits 1 when the file is not current.
"""

from __future__ import annotations

import sys

from jingwei.lexicon.phrase_pages import compile_pages, read_pages, reviewed_date
from jingwei.lexicon.phrase_store import stored_text
from jingwei.lexicon.phrases import COMPILED


def main() -> int:
    """Write or check the compiled lexicon; returns the exit code."""
    compiled = compile_pages(read_pages(), reviewed_date())
    text = stored_text(compiled)
    if "--check" in sys.argv[1:]:
        current = COMPILED.is_file() and COMPILED.read_text(encoding="utf-8") == text
        print("current" if current else "stale: run scripts/build_phrases.py")
        return 0 if current else 1
    COMPILED.write_text(text, encoding="utf-8", newline="\n")
    print(f"{len(compiled['entries'])} entries, {len(compiled['lines'])} lines, {len(text.encode()) / 1000:.0f} kB")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
