"""The gate before the expressions: it hides no match, whatever the expression and the text."""

from __future__ import annotations

import random
import re

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from jingwei.review.checklist import expressions
from jingwei.review.gate import digits_of_plane, held, matches, possible
from jingwei.review.needs import NeedsTable, known_needs
from jingwei.review.required import crosses_lines, required


@pytest.mark.parametrize(
    ("pattern", "needs"),
    [
        ("甲乙{0,2}丙?丁|戊", ((("乙丁", "乙丙丁", "甲丁", "甲丙丁"),), (("戊",),))),
        ("(?:镇|乡)(?:党委(?!书)|政府)", ((("乡党委", "乡政府", "镇党委", "镇政府"),),)),
        (r"(?<![共缓])和[。；！]", ((("和。", "和！", "和；"),),)),
        (r"(?<=前)后(?!不)", ((("前后",),),)),
        (r"20\d\d年", ((("0000年",),),)),
        (r"甲(?=[\d丙]){2}", ((("甲0", "甲丙"),),)),
        (r"(?P<two>甲){2}(?P=two)", ((("甲甲",),),)),
        (r"(?P<two>开展|加强)(?P=two)", ((("加强加强", "开展开展"),),)),
        ("甲(?:乙[^丙]|丁+)己", ((("甲乙",),), (("丁己",), ("甲丁",)))),
        (r"[甲乙\d](?:(?<=丙甲)丁|(?<=[一-龥]乙)戊)", ((("丙甲",), ("甲丁",)), (("乙戊",),))),
        (r"\w+|[^甲]?", ((), ())),
    ],
)
def test_what_an_expression_needs(pattern: str, needs: object) -> None:
    assert required(pattern) == needs


def test_what_may_run_over_the_end_of_a_line() -> None:
    assert crosses_lines("甲[^。]{2}乙")
    assert crosses_lines(r"甲\s*乙")
    assert not crosses_lines("(?<=[。\\n])甲\\w{2}乙(?=[，\\n]|$)")
    assert not crosses_lines(r"甲[^\W\d_]乙")


def _patterns() -> st.SearchStrategy[str]:
    char = st.sampled_from(
        ["甲", "乙", "丙", "1", r"\d", r"\w", r"\s", "[甲乙]", "[^甲]", "[一-丙]", r"[\d丙]", ".", r"\n", "[^\\n乙]"]
    )
    place = st.sampled_from(["", "^", "$", "(?<=甲)", "(?<![乙\\n])", "(?<=[丙\\n])", r"\Z"])
    quantifier = st.sampled_from(["", "", "", "?", "*", "+", "{2}", "{1,2}", "{0,2}?", "+?"])

    def larger(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
        group = st.tuples(st.sampled_from(["(?:", "(?=", "(?!", "("]), inner).map(lambda pair: f"{pair[0]}{pair[1]})")
        return st.one_of(
            st.tuples(inner, inner).map("".join),
            st.tuples(inner, inner).map(lambda pair: f"(?:{pair[0]}|{pair[1]})"),
            st.tuples(group, st.sampled_from(["", "", "?", "{2}"])).map("".join),
        )

    item = st.tuples(place, char, quantifier).map("".join)
    body = st.recursive(item, larger, max_leaves=8)
    return st.tuples(st.sampled_from(["", "", "(?m)"]), st.lists(body, min_size=1, max_size=3).map("|".join)).map(
        "".join
    )


@settings(deadline=None, max_examples=300)
@given(_patterns(), st.lists(st.text(alphabet="甲乙丙1２丁", max_size=8), max_size=5).map("\n".join))
def test_an_expression_behind_the_gate_matches_what_it_matches_alone(pattern: str, text: str) -> None:
    try:
        alone = [match.span() for match in re.finditer(pattern, text)]
    except re.error:
        assume(False)
    assume(all(start < end for start, end in alone))  # no rule looks for nothing
    assert [match.span() for match in matches(pattern, text)] == alone
    assert possible(pattern, text) or not alone


@settings(deadline=None, max_examples=25)
@given(st.integers(0, 2**32))
def test_the_gate_hides_no_match_of_a_rule(seed: int) -> None:
    chosen = random.Random(seed)
    listed = expressions()
    words = [word for p in chosen.sample(listed, 40) for needs in required(p) for group in needs for word in group]
    fill = ["", "，", "。\n", "工作", "3件", "2023年", "我镇"]
    text = "".join(word + chosen.choice(fill) for word in words)
    for pattern in chosen.sample(listed, 300):
        alone = [match.span() for match in re.finditer(pattern, text)]
        assert [match.span() for match in matches(pattern, text)] == alone, pattern


def test_words_are_held_as_they_stand() -> None:
    text = "全年办结12件。\n依法行政"
    assert held(("依法", "行政审批", "12件", "办结"), text) == ["依法", "12件", "办结"]


def test_the_table_is_that_of_the_expressions() -> None:
    """After an expression was changed, ``python scripts/make_needs.py`` renews the table."""
    fresh, loaded = NeedsTable.of(expressions()), known_needs()
    assert len(set(loaded.keys.tolist())) == len(expressions())
    for table in ("keys", "codes", "pairs", "crosses"):
        assert getattr(fresh, table).tolist() == getattr(loaded, table).tolist()
    assert [level.tolist() for level in fresh.levels] == [level.tolist() for level in loaded.levels]


def test_the_digits_of_all_scripts_are_known() -> None:
    assert [chr(code) for code in np.flatnonzero(digits_of_plane())] == re.findall(
        r"\d", "".join(map(chr, range(0xFFFF)))
    )
