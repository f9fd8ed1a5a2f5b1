"""units.csv: what it may look like, and what it must say when it is wrong."""

import pytest

from jingwei.errors import UsageError
from jingwei.lexicon.identity import read_units_csv


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_reads_what_spreadsheets_save(tmp_path, encoding):
    path = tmp_path / "units.csv"
    path.write_bytes(
        "文件,单位,年份,备注\r\n甲\\柳烟镇.docx,青溪县柳烟镇人民政府,2022年,终稿\r\n乙.pdf,,2021,\r\n丙.txt,白溪县司法局,,\r\n,,,\r\n".encode(
            encoding
        )
    )
    assert read_units_csv(path) == {
        "甲/柳烟镇.docx": ("青溪县柳烟镇人民政府", 2022),
        "乙.pdf": (None, 2021),
        "丙.txt": ("白溪县司法局", None),
    }


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "首行"),
        ("文件,备注\na.txt,x\n", "首行"),
        ("unit,year\n柳烟镇,2022\n", "首行"),
        ("file,year\na.txt,二二年\n", "第 2 行的年份"),
        ("file,year\na.txt,22\n", "第 2 行的年份"),
        ("file,unit\n,柳烟镇\n", "第 2 行没有文件名"),
        ("file,year\na.txt,2021\na.txt,2022\n", "第 3 行"),
    ],
)
def test_says_what_is_wrong(tmp_path, content, said):
    path = tmp_path / "units.csv"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(UsageError, match=said) as caught:
        read_units_csv(path)
    assert caught.value.exit_code == 2
    assert caught.value.message_en != caught.value.message


def test_a_missing_or_undecodable_file_is_a_usage_error(tmp_path):
    with pytest.raises(UsageError, match="无法读取"):
        read_units_csv(tmp_path / "无.csv")
    (tmp_path / "坏.csv").write_bytes(b"\xff\xff\xff")
    with pytest.raises(UsageError, match="编码"):
        read_units_csv(tmp_path / "坏.csv")
