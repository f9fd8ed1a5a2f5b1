"""The fold table is filled block by block as texts need it; the answer does not depend on what was asked before."""

from __future__ import annotations

from jingwei.fingerprint import codes


def test_characters_fold_alike_alone_and_among_all() -> None:
    codes._fold_table.cache_clear()
    sample = "Ａａ，。　①〇\u2f00\uf900\ufe0f\ufeff\ue000\ud800%％\uac00\u33ff\uffef"
    alone = [int(codes.code_units(char)[0]) for char in sample]
    everything = codes.code_units("".join(map(chr, range(0x10000))))
    assert alone == [int(everything[ord(char)]) for char in sample]
    assert alone[:8] == [ord("a"), ord("a"), ord(","), ord("."), 0, ord("①"), ord("〇"), ord("一")]
    assert alone[9:13] == [0, 0, 0, 0]
