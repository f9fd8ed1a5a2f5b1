"""Words of a batch counted by arrays: the same as cutting every clause by itself and counting in dictionaries."""

import re
from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from jingwei.match import words
from jingwei.match.clauses import distinct_clauses

CLAUSE = re.compile(r"[^，。；：、！？\n\0]+")
PARTS = st.sampled_from(
    ["依法行政", "清溪镇人民政府", "，", "。", "、", "\n", "调解", "12件", "ABC", "𠮷", "İ", "\0", " "]
)
TEXTS = st.lists(st.lists(PARTS, max_size=12).map("".join), min_size=1, max_size=5)


@given(TEXTS)
@settings(max_examples=60, deadline=None)
def test_words_are_those_of_every_clause(texts):
    cut = words._cutter()
    expected = []
    for text in texts:
        pieces = [w for clause in CLAUSE.findall(text.lower()) for w in cut(clause)]
        expected.append(Counter(w for w in pieces if re.fullmatch(r"[\u3400-\u9fffa-z]{2,}", w)))
    found, counts = words.count_words(texts)
    rows = [{found[c]: int(n) for c, n in zip(row.indices, row.data, strict=True)} for row in counts]
    assert rows == [dict(e) for e in expected]
    assert found == sorted(set().union(*expected))


@given(TEXTS)
@settings(max_examples=60, deadline=None)
def test_clauses_are_distinct_and_everyone_gets_his_own_back(texts):
    clauses = distinct_clauses(texts)
    lines = clauses.lines.split("\n")[:-1]
    assert len(lines) == len(set(lines))
    for text, low, high in zip(texts, clauses.bounds[:-1], clauses.bounds[1:], strict=True):
        assert [lines[n] for n in clauses.said[low:high]] == CLAUSE.findall(text.lower())


def test_a_clause_without_marks_is_cut_in_pieces():
    found, counts = words.count_words(["依法行政" * 600 + "。调解调解"])
    assert int(counts[0, found.index("依法行政")]) == 600
    assert "调解" in found
