"""Alignment of two texts: hand-written answers and properties."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jingwei import match
from jingwei.match import align

LEFT = "今年以来，全镇共排查化解矛盾纠纷123起，调处成功率达到98%，切实维护了辖区社会和谐稳定，群众满意度明显提升。"


def shown(text, passages, side="left"):
    return [text[getattr(p, f"{side}_start") : getattr(p, f"{side}_end")] for p in passages]


def run_texts(text, passage):
    return [text[r.left_start : r.left_end] for r in passage.runs]


def visible(text):
    return sum(not c.isspace() for c in text)


def test_a_copy_is_one_passage_of_all_its_characters():
    right = "我们先说别的事情。" + LEFT + "后面也不同。"
    (p,) = align(LEFT, right)
    assert (p.left_start, p.left_end) == (0, len(LEFT))
    assert right[p.right_start : p.right_end] == LEFT
    assert p.equal_chars == len(LEFT)


def test_numbers_that_differ_are_in_the_passage_but_not_equal():
    right = LEFT.replace("123", "456").replace("98", "99")
    (p,) = align(LEFT, right)
    assert p.equal_chars == len(LEFT) - len("123") - len("98")
    assert all(c not in text for text in run_texts(LEFT, p) for c in "123")


def test_numbers_that_agree_are_equal():
    (p,) = align(LEFT, LEFT.replace("98", "99"))
    assert any("123" in text for text in run_texts(LEFT, p))


def test_noise_of_extraction_does_not_cut_a_passage():
    right = "今年以来,全镇共排查 化解矛盾\n纠纷123起，调处成率达到98%,切实维护了辖区社会和谐稳定,群众满意度明显提升。"
    (p,) = align(LEFT, right)
    assert shown(LEFT, [p]) == [LEFT]
    assert p.equal_chars == len(LEFT) - 1  # the lost character; half-width commas are equal


def test_synonyms_do_not_cut_a_passage():
    left = "全面加强行政执法队伍规范化建设工作，切实提升执法人员能力素质，深入推进行政执法三项制度落地见效，不断完善执法监督机制。"
    right = "全面强化行政执法队伍规范化建设工作，着力提升执法人员能力素质，扎实推动行政执法三项制度落地见效，持续完善执法监督机制。"
    (p,) = align(left, right)
    assert p.left_start <= 4  # two edited characters against two equal ones at the very edge do not pay
    assert p.left_end == len(left)
    assert p.equal_chars >= len(left) - 4 - 2 * 4


def test_clauses_that_changed_places_stay_in_one_passage():
    a, b = "组织执法人员参加线上线下业务培训", "聘请律师担任镇政府常年法律顾问"
    head, tail = "围绕依法行政能力提升这一目标任务，", "，推动各项行政行为于法有据规范有序。"
    (p,) = align(head + a + "，" + b + tail, head + b + "，" + a + tail)
    assert p.equal_chars >= len(head + a + b + tail)


def test_two_passages_far_apart_are_two():
    one, two = "坚持每月召开一次矛盾纠纷分析研判会", "村级法律顾问每季度到村坐班不少于一天"
    left = one + "这里写的是左边自己的许多事情" * 4 + two
    right = two + "那边讲的却是右侧独有的若干内容" * 4 + one
    assert sorted(shown(left, align(left, right))) == sorted([one, two])


def test_short_runs_are_nothing():
    assert align("推进依法行政建设法治政府好", "推进依法行政建设法治社会吧") == ()
    assert align("", LEFT) == ()
    assert align("，。；", "，。；") == ()


def test_any_language():
    left = "The quick brown fox jumps over the lazy dog near the old river bank, 12 times."
    right = "Yesterday THE QUICK  BROWN FOX jumps over the lazy dog; it was 15 times."
    found = align(left, right)
    assert len(found) == 1
    assert left[found[0].left_start : found[0].left_end].startswith("The quick brown fox jumps over the lazy dog")


def test_min_run_chars_is_obeyed():
    left, right = "甲乙丙丁戊己庚辛壬癸", "前甲乙丙丁戊己庚辛壬癸后"
    assert len(align(left, right, min_run_chars=10)) == 1
    assert align(left, right, min_run_chars=11) == ()
    assert len(align("甲乙丙丁", "子甲乙丙丁", min_run_chars=4)) == 1


def test_align_is_public():
    assert match.align is align


@pytest.mark.parametrize("text", ["哈" * 5000, "甲乙" * 3000, "1 " * 3000, "工作报告" * 2000])
def test_periodic_texts_end_soon(text):
    passages = align(text, text)
    assert all(p.equal_chars <= visible(text) for p in passages)


words = st.sampled_from(
    ["矛盾纠纷", "依法行政", "3起", "，", "。", " ", "\n", "全镇", "排查", "调处", "12.5%", "法律顾问", "公开", "监督"]
)
texts = st.lists(words, max_size=60).map("".join)


@settings(max_examples=200, deadline=None)
@given(texts, texts, texts)
def test_what_is_called_equal_is_equal(shared, before, after):
    left, right = before + shared + after, after + shared + before
    for p in align(left, right):
        assert p.equal_chars == sum(visible(left[r.left_start : r.left_end]) for r in p.runs)
        used_left, used_right = set(), set()
        for r in p.runs:
            one = "".join(left[r.left_start : r.left_end].split())
            other = "".join(right[r.right_start : r.right_end].split())
            assert one == other
            assert p.left_start <= r.left_start < r.left_end <= p.left_end
            assert p.right_start <= r.right_start < r.right_end <= p.right_end
            assert not used_left & set(range(r.left_start, r.left_end))
            assert not used_right & set(range(r.right_start, r.right_end))
            used_left |= set(range(r.left_start, r.left_end))
            used_right |= set(range(r.right_start, r.right_end))


@settings(max_examples=50, deadline=None)
@given(texts)
def test_a_text_is_found_in_itself(text):
    left = "甲乙丙丁戊己庚辛壬癸子丑寅卯" + text
    (first, *_) = align(left, left)
    assert first.left_start == first.right_start == 0


def test_a_clause_that_changed_places_is_not_counted_again_in_a_gap():
    twice = "矛盾纠纷矛盾纠纷"
    before, after = "依法行政，矛盾纠纷矛盾纠纷依法行政", "，矛盾纠纷矛盾纠纷依法行政"
    (passage,) = align(before + twice + after, after + twice + before)
    used = [at for r in passage.runs for at in range(r.right_start, r.right_end)]
    assert len(used) == len(set(used))
