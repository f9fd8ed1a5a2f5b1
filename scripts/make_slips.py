"""Make ``review/data/slips.npy``: what the rules Q4 and R10 know about which characters stand together in official texts.

    python scripts/make_slips.py REPORTS SHAPES SWAPS [--without LIST]

REPORTS is a folder of real government work reports, laws and party documents (``*.md``). Only figures leave it: which
pairs of characters occur, and which fixed four-character phrases are frequent. SHAPES lists characters that look alike,
SWAPS official words with what rewriting tools put for them. ``--without`` names a file of paths left out, to measure
false alarms on texts that were not counted. Needs jieba (its word list) and pypinyin (readings), neither at run time.
"""

from __future__ import annotations

import argparse
from collections import Counter, defaultdict
from collections.abc import Iterable
from itertools import product
from pathlib import Path

import numpy as np

from jingwei.review.confusable import LISTS, TABLES
from jingwei.review.kept import keep

OUT = Path(__file__).resolve().parents[1] / "src/jingwei/review/data/slips.npy"
FIRST, SIZE, BITS = 0x4E00, 0x5200, 15
LEAST_CHAR = 20  # a character met less often is no part of official vocabulary
LEAST_WORD, LEAST_DOMAIN_WORD = 6000, 60
LEAST_PHRASE, LEAST_DOMAIN_PHRASE = 100, 30
# Words with these are written like parts of names: no single word with them is tried, only phrases.
NAMING = frozenset("一二三四五六七八九十百千万大小新老上下东西南北中内外前后市区县乡镇村国省州家日月年季人以")
DOMAIN = frozenset(
    [
        "普法",
        "司法",
        "调解",
        "复议",
        "应诉",
        "诉讼",
        "备案",
        "决策",
        "审查",
        "法治",
        "执法",
        "裁量",
        "处罚",
        "许可",
        "强制",
        "公示",
        "案卷",
        "评查",
        "述法",
        "学法",
        "用法",
        "守法",
        "遵法",
        "尊法",
        "法律",
        "法规",
        "行政",
        "依法",
        "信访",
        "纠纷",
        "矛盾",
        "化解",
        "排查",
        "调处",
        "顾问",
        "援助",
        "公证",
        "律师",
        "仲裁",
        "赔偿",
        "文书",
        "证据",
        "听证",
        "告知",
        "送达",
        "立案",
        "结案",
        "办结",
        "案件",
        "监督",
        "检查",
        "检察",
        "监察",
        "督察",
        "督办",
        "巡察",
        "宣传",
        "宣讲",
        "讲座",
        "培训",
        "学习",
        "贯彻",
        "落实",
        "部署",
        "安排",
        "规范",
        "程序",
        "清单",
        "权力",
        "权利",
        "权益",
        "责任",
        "制度",
        "机制",
        "公开",
        "公正",
        "文明",
        "严格",
        "素质",
        "意识",
        "思维",
        "能力",
        "水平",
        "队伍",
        "综治",
        "平安",
        "网格",
        "治安",
        "社区",
        "矫正",
        "安置",
        "帮教",
        "禁毒",
        "反诈",
        "诈骗",
        "宪法",
        "法典",
        "条例",
        "办法",
        "规定",
        "意见",
        "通知",
        "方案",
        "要点",
        "报告",
        "汇报",
        "总结",
        "研究",
        "讨论",
        "审议",
        "议题",
        "会议",
        "党委",
        "政府",
        "人大",
        "政协",
        "代表",
        "提案",
        "建议",
        "整改",
        "问题",
        "不足",
        "原因",
        "措施",
        "计划",
        "打算",
        "群众",
        "村民",
        "居民",
        "干部",
        "职工",
        "人员",
        "单位",
        "部门",
        "服务",
        "咨询",
        "窗口",
        "平台",
        "投诉",
        "举报",
        "热线",
        "满意",
        "隐患",
        "安全",
        "应急",
        "预案",
        "演练",
        "防范",
        "风险",
        "评估",
        "论证",
        "合法",
        "审核",
        "签订",
        "合同",
        "履行",
        "职责",
        "第一",
        "主要",
        "领导",
        "书记",
        "镇长",
        "乡长",
        "主任",
    ]
)


def main() -> None:
    """Count, choose and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("reports", type=Path)
    parser.add_argument("shapes", type=Path)
    parser.add_argument("swaps", type=Path)
    parser.add_argument("--without", type=Path)
    options = parser.parse_args()
    left_out = set(options.without.read_text().split("\n")) if options.without else set()
    stream = _stream(p for p in sorted(options.reports.rglob("*.md")) if str(p) not in left_out)
    pairs, chars = _counted(stream, 2), np.bincount(stream, minlength=SIZE)
    quads = _counted(stream, 4)
    words = _words()
    known = {
        c
        for c in map(chr, range(FIRST, FIRST + SIZE))
        if chars[ord(c) - FIRST + 1 : ord(c) - FIRST + 2].sum() >= LEAST_CHAR
    }
    count2 = {_text(int(code), 2): int(n) for code, n in zip(*pairs, strict=True)}
    least = defaultdict(lambda: LEAST_WORD, dict.fromkeys(DOMAIN, LEAST_DOMAIN_WORD))
    vocabulary = {
        w: n
        for w, n in count2.items()
        if w in words and n >= least[w] and set(w) <= known and (w in DOMAIN or not NAMING & set(w))
    }
    met = {w for w, n in count2.items() if n >= 2 or (w in words and n)} | {w for w in words if len(w) == 2}
    arrays: dict[str, np.ndarray] = {"words": _codes(w for w in words if len(w) == 2 and count2.get(w, 0) >= 5)}
    arrays["vocabulary"] = _codes(w for w, n in count2.items() if w in words and n >= 300)
    phrases = _phrases(quads, words, count2)
    arrays["phrases"] = np.array(sorted(_code(p) for p in phrases), dtype=np.uint64)
    for name, groups in (("sound", _sounds(known)), ("shape", _shapes(options.shapes))):
        table = _table(groups, chars)
        arrays |= {f"{name}_{key}": value for key, value in _confusions(table, vocabulary, met, phrases, quads).items()}
        arrays[f"{name}_table"] = table
    reversed_words = {w[::-1]: w for w, n in vocabulary.items() if w[0] != w[1]}
    turned = {r for r in reversed_words if r not in met and r not in vocabulary}
    arrays["turned"] = _codes(turned)
    swaps = _swaps(options.swaps)
    arrays["washed"] = _washed(swaps, phrases, quads)
    keep(OUT, [arrays[name] for name in (*LISTS, *TABLES)])
    print({name: len(value) for name, value in arrays.items()}, OUT.stat().st_size)


def _stream(paths: Iterable[Path]) -> np.ndarray:
    """All texts as numbers of their ideographs, 0 for anything else; blanks and line ends are dropped."""
    parts = []
    for path in paths:
        text = "".join(path.read_text(encoding="utf-8", errors="ignore").split())
        codes = np.frombuffer(text.encode("utf-32-le"), dtype=np.uint32).astype(np.int64) - FIRST + 1
        parts += [np.where((codes > 0) & (codes <= SIZE), codes, 0), np.zeros(1, dtype=np.int64)]
    return np.concatenate(parts)


def _counted(stream: np.ndarray, width: int) -> tuple[np.ndarray, np.ndarray]:
    """Every run of ``width`` ideographs as a number, and how often it occurs."""
    size = len(stream) - width + 1
    code, whole = np.zeros(size, dtype=np.uint64), np.ones(size, dtype=bool)
    for at in range(width):
        code = code << np.uint64(BITS) | stream[at : at + size].astype(np.uint64)
        whole &= stream[at : at + size] > 0
    found, counts = np.unique(code[whole], return_counts=True)
    return found, counts


def _words() -> set[str]:
    import jieba

    jieba.initialize()
    return {word for word, count in jieba.dt.FREQ.items() if count > 0 and 2 <= len(word) <= 4}


def _code(text: str) -> int:
    code = 0
    for char in text:
        code = code << BITS | (ord(char) - FIRST + 1 if FIRST <= ord(char) < FIRST + SIZE else 0)
    return code


def _text(code: int, width: int) -> str:
    return "".join(chr((code >> BITS * (width - 1 - at) & (1 << BITS) - 1) + FIRST - 1) for at in range(width))


def _codes(found: Iterable[str]) -> np.ndarray:
    return np.array(sorted(_code(word) for word in found), dtype=np.uint32)


def _sounds(known: set[str]) -> list[list[str]]:
    from pypinyin import lazy_pinyin

    groups: dict[str, list[str]] = defaultdict(list)
    for char in sorted(known):
        groups[lazy_pinyin(char)[0]].append(char)
    return [group for group in groups.values() if len(group) > 1]


def _shapes(path: Path) -> list[list[str]]:
    """Groups of characters that look alike; groups that share a character are one."""
    groups: list[set[str]] = []
    for entry in path.read_text(encoding="utf-8").split():
        new = set(entry)
        groups, touching = [g for g in groups if not g & new], [g for g in groups if g & new]
        groups.append(new.union(*touching))
    return [sorted(group) for group in groups]


def _table(groups: list[list[str]], chars: np.ndarray) -> np.ndarray:
    """For every ideograph the number of the commonest of its group; its own number outside any."""
    table = np.arange(SIZE + 1, dtype=np.uint16)
    for group in groups:
        best = max(group, key=lambda c: int(chars[ord(c) - FIRST + 1]))
        for char in group:
            table[ord(char) - FIRST + 1] = ord(best) - FIRST + 1
    return table


def _phrases(quads: tuple[np.ndarray, np.ndarray], words: set[str], count2: dict[str, int]) -> dict[str, int]:
    """Frequent runs of four characters that are two words, or one."""
    kept = {}
    for code, n in zip(*quads, strict=True):
        if n < LEAST_DOMAIN_PHRASE:
            continue
        text = _text(int(code), 4)
        pair = text[:2], text[2:]
        two = all(w in words and count2.get(w, 0) >= 300 for w in pair)
        if (two or text in words) and n >= (LEAST_DOMAIN_PHRASE if DOMAIN.intersection(pair) else LEAST_PHRASE):
            kept[text] = int(n)
    return kept


def _fold(table: np.ndarray, codes: np.ndarray, width: int) -> np.ndarray:
    folded = np.zeros_like(codes)
    for at in range(width):
        part = codes >> np.uint64(BITS * (width - 1 - at)) & np.uint64((1 << BITS) - 1)
        folded = folded << np.uint64(BITS) | table[part.astype(np.int64)].astype(np.uint64)
    return folded


def _confusions(
    table: np.ndarray,
    vocabulary: dict[str, int],
    met: set[str],
    phrases: dict[str, int],
    quads: tuple[np.ndarray, np.ndarray],
) -> dict[str, np.ndarray]:
    """Words and phrases by what they sound or look like, and the other writings that do occur and are fine."""
    words = np.array([_code(w) for w in sorted(vocabulary, key=vocabulary.__getitem__, reverse=True)], dtype=np.uint64)
    word_keys = _fold(table, words, 2)
    order = np.argsort(word_keys, kind="stable")  # of one sound the commonest first
    others = np.array(sorted(_code(w) for w in met - vocabulary.keys()), dtype=np.uint64)
    runs = np.array([_code(p) for p in sorted(phrases, key=phrases.__getitem__, reverse=True)], dtype=np.uint64)
    run_keys = _fold(table, runs, 4)
    run_order = np.argsort(run_keys, kind="stable")
    seen = quads[0][quads[1] >= 2]
    seen = seen[np.isin(_fold(table, seen, 4), run_keys) & ~np.isin(seen, runs)]
    return {
        "word_keys": word_keys[order].astype(np.uint32),
        "words": words[order].astype(np.uint32),
        "fine_words": others[np.isin(_fold(table, others, 2), word_keys)].astype(np.uint32),
        "run_keys": run_keys[run_order],
        "runs": runs[run_order],
        "fine_runs": np.sort(seen),
    }


def _swaps(path: Path) -> dict[str, list[str]]:
    lines = (line.partition(":") for line in path.read_text(encoding="utf-8").splitlines() if line.strip())
    return {word.strip(): others.split() for word, _, others in lines}


def _washed(swaps: dict[str, list[str]], phrases: dict[str, int], quads: tuple[np.ndarray, np.ndarray]) -> np.ndarray:
    """Frequent phrases with one or both words swapped, where the result is a run that does occur: these are fine."""
    made = Counter[int]()
    for phrase in phrases:
        halves = phrase[:2], phrase[2:]
        for left, right in product(*([half, *swaps.get(half, ())] for half in halves)):
            if left + right != phrase:
                made[_code(left + right)] += 1
    codes = np.array(sorted(made), dtype=np.uint64)
    return codes[np.isin(codes, quads[0])]


if __name__ == "__main__":
    main()
