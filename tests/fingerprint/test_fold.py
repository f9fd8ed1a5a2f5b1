"""Folding: what is compared, what is dropped, and where every folded item came from."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jingwei.fingerprint import fold, fold_texts


def whole(text):
    return np.array([[0, len(text), 0]], dtype=np.int32)


def folded(text, body=None):
    return "".join(map(chr, fold(text, whole(text) if body is None else body).codes))


def pieces(text):
    f = fold(text, whole(text))
    return [text[a:b] for a, b in zip(f.starts, f.ends, strict=True)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("加强　组织 领导，", "加强组织领导"),
        ("ＡＢＣ公司", "abc公司"),
        ("⻓江⾯⽂⺠", "长江面文民"),
        ("2021年12.5％、1,234起", "0年00起"),
        ("第3季度5-6月", "第0季度00月"),
        ("①一是②", "一是"),
        ("ﬁne ﾊ", "neハ"),
        ("", ""),
        ("，。！\n\t", ""),
    ],
)
def test_known_answers(text, expected):
    assert folded(text) == expected


def test_a_number_is_one_item_with_the_range_of_the_whole_number():
    assert pieces("投入1,234.5万元，增长12.5％。") == [*"投入", "1,234.5", *"万元增长", "12.5％"]


def test_a_number_torn_by_extraction_is_one_number():
    assert pieces("共20 21年") == ["共", "20 21", "年"]


def test_numbers_of_two_bodies_stay_apart():
    batch = fold_texts(["共12", "34起"], [whole("共12"), whole("34起")])
    assert "".join(map(chr, batch.codes)) == "共00起"
    assert batch.offsets.tolist() == [0, 2, 4]


def test_only_the_body_is_folded():
    text = "标题一二三正文四五六页码"
    assert folded(text, np.array([[5, 10, 0]], dtype=np.int32)) == "正文四五六"


def test_supplementary_ideographs_are_kept_and_located():
    text = "李𠮷说"
    f = fold(text, whole(text))
    assert len(f.codes) == 3
    assert f.starts.tolist() == [0, 1, 2]


def test_emoji_and_private_use_are_dropped():
    assert folded("好😀\ue000的") == "好的"


@given(st.text(max_size=200), st.text(max_size=50))
def test_every_item_points_at_its_own_characters(text, other):
    f = fold(text, whole(text))
    assert len(f.codes) == len(f.starts) == len(f.ends)
    assert (f.ends > f.starts).all()
    assert (f.starts[1:] >= f.ends[:-1]).all()
    batch = fold_texts([other, text], [whole(other), whole(text)])
    alone = batch.item(1)
    assert alone.codes.tolist() == f.codes.tolist()
    assert alone.at[alone.true_start].tolist() == f.starts.tolist()


@given(st.lists(st.text(alphabet="加强组织领导12.5%，。 a", max_size=60), max_size=8))
def test_a_batch_is_the_bodies_one_by_one(texts):
    batch = fold_texts(texts, [whole(t) for t in texts])
    assert len(batch) == len(texts)
    for number, text in enumerate(texts):
        assert "".join(map(chr, batch.item(number).codes)) == folded(text)


def test_many_texts_are_folded_in_groups_with_the_same_result(monkeypatch):
    texts = [f"第{n}村调解纠纷{n * 7}起，发放资料{n}.5万份。" for n in range(40)]
    bodies = [whole(t) for t in texts]
    at_once = fold_texts(texts, bodies)
    monkeypatch.setattr("jingwei.fingerprint.folded._GROUP_CHARS", 50)
    grouped = fold_texts(texts, bodies)
    for name in ("codes", "offsets", "true_start", "true_end", "true_codes", "at", "true_offsets"):
        assert getattr(at_once, name).tolist() == getattr(grouped, name).tolist()


@given(st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12)).map(sorted), max_size=5))
def test_body_ranges_may_come_in_any_order_and_overlap(ranges):
    text = "清溪镇依法行政调解纠纷村"
    kept = "".join(c for i, c in enumerate(text) if any(a <= i < b for a, b in ranges))
    body = np.array([(a, b, 0) for a, b in ranges], dtype=np.int32).reshape(-1, 3)
    assert folded(text, body) == kept
