"""Identity of the three shared township reports, exactly."""

import pytest

from jingwei.lexicon.identity import identify
from jingwei.model import Document
from jingwei.text import read_structure


@pytest.mark.shared
@pytest.mark.parametrize(
    ("file", "unit", "code", "year", "level"),
    [
        ("dianjiang-gangjia-2023.txt", "重庆市垫江县杠家镇人民政府", "500231115", 2023, "镇"),
        ("luzhai-pingshan-2021.md", "广西壮族自治区柳州市鹿寨县平山镇人民政府", "450223104", 2021, "镇"),
        ("xinmin-2021.txt", None, None, 2021, "乡"),
    ],
)
def test_township_reports(shared_dir, file, unit, code, year, level):
    text = (shared_dir / "data/township_reports" / file).read_text(encoding="utf-8")
    document = Document("报告.txt", "0", "txt", text)
    seen = identify(document, read_structure(document))
    assert seen.place is not None
    assert (seen.unit, seen.place.code, seen.year, seen.level) == (unit, code, year, level)
    assert bool(seen.place.candidates) == (code is None)
