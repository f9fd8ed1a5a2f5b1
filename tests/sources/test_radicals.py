"""Every radical of U+2E80–2FDF becomes an ideograph of its own."""

from __future__ import annotations

import unicodedata

import pytest

from jingwei.sources.radicals import RADICALS, repair_radicals

ASSIGNED = [code for code in range(0x2E80, 0x2FE0) if unicodedata.category(chr(code)) != "Cn"]


@pytest.mark.parametrize("code", ASSIGNED)
def test_every_radical_becomes_one_ideograph(code: int) -> None:
    repaired = repair_radicals(chr(code))
    assert len(repaired) == 1
    assert unicodedata.name(repaired).startswith("CJK UNIFIED IDEOGRAPH"), (hex(code), repaired)


@pytest.mark.parametrize("code", [code for code in ASSIGNED if code >= 0x2F00 and code != 0x2F3E])
def test_the_kangxi_block_follows_unicode(code: int) -> None:
    assert repair_radicals(chr(code)) == unicodedata.normalize("NFKC", chr(code))


def test_known_answers_that_nfkc_misses() -> None:
    pairs = dict(
        zip(
            "⻓⺠⻅⻋⻔⻚⻛⻢⻉⻥⻩⻬⻰⻘⻄⻆⻝⻣⻤⺟⼾⻮⻦⻨⻁⻟⺒",
            "长民见车门页风马贝鱼黄齐龙青西角食骨鬼母户齿鸟麦虎飠巳",
            strict=True,
        )
    )
    for radical, plain in pairs.items():
        assert repair_radicals(radical) == plain
    assert unicodedata.normalize("NFKC", "⻓") == "⻓"


def test_a_sentence() -> None:
    assert (
        repair_radicals("⼈⺠⻓期坚持依法⾏政，⻅效明显，⼾籍服务⽅便。")
        == "人民长期坚持依法行政，见效明显，户籍服务方便。"
    )


def test_all_of_the_table_is_in_the_two_blocks_and_text_keeps_its_length() -> None:
    assert sorted(RADICALS) == ASSIGNED
    text = "".join(map(chr, ASSIGNED)) + "法治abc"
    assert len(repair_radicals(text)) == len(text)
    assert repair_radicals("法治政府abc，。") == "法治政府abc，。"
