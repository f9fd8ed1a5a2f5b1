"""Encodings of .txt and .md: what was written comes back, character for character."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jingwei.errors import UsageError
from jingwei.settings import SourceSettings
from jingwei.sources import read_bytes
from jingwei.sources.plaintext import common_share, decode, guess_encoding
from jingwei.sources.refusals import Refused

TEXT = "云溪县石桥镇2023年法治政府建设年度报告\n\n一、开展情况\n全镇共调解矛盾纠纷18件，成功率达到95%。\n"
TRADITIONAL = "雲溪縣石橋鎮法治政府建設年度報告，全鎮共調解糾紛十八件，為民服務，執法規範。\n"
LIMIT = 5_000_000


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "gb2312", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]
)
def test_text_in_every_usual_encoding_is_found(encoding: str) -> None:
    assert decode(TEXT.encode(encoding), "", LIMIT) == (TEXT, ())


def test_big5_is_told_from_gb18030_although_the_bytes_are_valid_in_both() -> None:
    payload = TRADITIONAL.encode("big5")
    payload.decode("gb18030")  # valid, and wrong
    assert decode(payload, "", LIMIT)[0] == TRADITIONAL


@pytest.mark.parametrize("short", ["法治", "镇政府", "无", "报告。"])
def test_short_gb18030_is_not_taken_for_big5(short: str) -> None:
    assert decode(short.encode("gb18030"), "", LIMIT)[0] == short


def test_gb18030_beyond_gbk() -> None:
    text = TEXT + "㐀𠀀"
    assert decode(text.encode("gb18030"), "", LIMIT)[0] == text


def test_newlines_become_lf_and_nothing_else_changes() -> None:
    raw = "一\r\n二\r三\n四\u3000\xa0 \t\x0c尾\r\n"
    assert decode(raw.encode(), "", LIMIT)[0] == "一\n二\n三\n四\u3000\xa0 \t\x0c尾\n"


def test_radicals_stay_in_plain_text() -> None:
    assert decode("⻓期坚持".encode(), "", LIMIT)[0] == "⻓期坚持"


def test_a_few_broken_bytes_are_read_with_a_note() -> None:
    text, notes = decode(TEXT.encode() * 10 + b"\xe4\xb8", "", LIMIT)
    assert text.startswith(TEXT)
    assert [note.code for note in notes] == ["lossy_decoding"]
    assert "1 处" in notes[0].message


def test_a_forced_encoding_is_obeyed() -> None:
    payload = TRADITIONAL.encode("big5")
    assert decode(payload, "big5", LIMIT)[0] == TRADITIONAL
    with pytest.raises(Refused) as caught:
        decode(TEXT.encode("gb18030"), "utf-8", LIMIT)
    assert caught.value.reason == "undecodable"
    assert "--encoding" in caught.value.message


@pytest.mark.parametrize("name", ["klingon", "hex", "rot13"])
def test_a_name_that_is_no_encoding_is_the_callers_mistake(name: str) -> None:
    with pytest.raises(UsageError):
        read_bytes(b"abc", "-", SourceSettings(encoding=name))


@pytest.mark.parametrize("payload", [b"", b"\n \t\r\n", "\ufeff".encode(), "\u3000\n".encode()])
def test_nothing_visible_is_empty(payload: bytes) -> None:
    with pytest.raises(Refused) as caught:
        decode(payload, "", LIMIT)
    assert caught.value.reason == "empty"


def test_the_limit_of_characters_is_named() -> None:
    with pytest.raises(Refused) as caught:
        decode(TEXT.encode(), "", 10)
    assert caught.value.reason == "too_large"
    assert "10 字" in caught.value.message and "max_chars" in caught.value.message_en


def test_binary_noise_is_no_text() -> None:
    with pytest.raises(Refused) as caught:
        decode(bytes(range(256)) * 40, "", LIMIT)
    assert caught.value.reason == "unknown_format"


def test_a_wrong_decoding_has_few_common_characters() -> None:
    assert common_share(TEXT) > 0.6
    assert common_share(TRADITIONAL.encode("big5").decode("gb18030")) < 0.15
    assert common_share("plain ASCII") == 1.0


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\r\0", exclude_categories=["Cc"]), min_size=1))
def test_any_utf8_comes_back_unchanged(text: str) -> None:
    if text.strip():
        assert decode(b"\xef\xbb\xbf" + text.encode(), "", LIMIT)[0] == text


@given(st.binary(max_size=300))
def test_any_bytes_give_text_or_a_reason(payload: bytes) -> None:
    try:
        text, _ = decode(payload, "", LIMIT)
    except Refused as refusal:
        assert refusal.reason in {"empty", "undecodable", "unknown_format"}
    else:
        assert text.strip()
        assert "\r" not in text


def test_guess_encoding_names_what_decode_takes() -> None:
    assert guess_encoding(TEXT.encode("gb18030")) == "gb18030"
    assert guess_encoding(TRADITIONAL.encode("big5")) == "big5hkscs"
