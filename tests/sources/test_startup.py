"""Reading plain text starts light: no parser is imported and no process started for it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

HEAVY = ("lxml", "pypdfium2", "olefile", "email", "zipfile", "subprocess", "rapidocr", "sklearn", "jieba")


def test_a_text_file_needs_no_parser(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("云溪县石桥镇2023年法治政府建设年度报告。", encoding="utf-8")
    code = (
        "import sys\n"
        "import jingwei.model\n"
        "before = set(sys.modules)\n"
        "from jingwei.settings import SourceSettings\n"
        "from jingwei.sources import read_path\n"
        f"assert len(read_path({str(tmp_path)!r}, SourceSettings())) == 1\n"
        f"print([name for name in {HEAVY!r} if name in set(sys.modules) - before])\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
