"""Assessments and comparisons of invented places, built by hand: every number in them follows from their text."""

from __future__ import annotations

import random
from collections import defaultdict
from dataclasses import dataclass
from itertools import combinations, pairwise

import numpy as np
from msgspec.structs import replace

from jingwei.model import (
    KINDS,
    Assessment,
    Block,
    Comparison,
    Counts,
    Document,
    Duplicate,
    EqualRun,
    Excluded,
    Fact,
    Family,
    FamilyMember,
    Finding,
    LibrarySummary,
    Match,
    OriginGroup,
    PairAssessment,
    Paragraph,
    Passage,
    Place,
    Profile,
    Reason,
    Report,
    Scores,
    Section,
    Sentence,
    SentenceJudgement,
    Skipped,
    Slot,
    Source,
    Span,
    Structure,
    TracedText,
)
from jingwei.settings import Settings

FIRST = "青柳云白石松竹梅桃杏兰荷枫桂榆槐清碧金银"
SECOND = "溪湾岭河塘坪沟岩泉峡堡桥渡浦洲"
LEVELS = ("镇", "乡", "街道")

MANDATED = [
    "坚持以习近平新时代中国特色社会主义思想为指导，深入学习贯彻习近平法治思想，",
    "全面贯彻落实《法治政府建设实施纲要（2021—2025年）》，",
    "认真落实《党政主要负责人履行推进法治建设第一责任人职责规定》，",
    "严格执行《重大行政决策程序暂行条例》，",
]
FORMULAIC = [
    "切实提高了干部职工依法行政的意识和能力，",
    "进一步夯实了法治建设的群众基础，",
    "形成了一级抓一级、层层抓落实的工作格局，",
    "取得了较好的社会效果，",
]
OWN = [
    "但是我们的执法台账还不够细，有的案卷装订随意，",
    "少数干部遇事习惯凭老经验，不先看条文，",
    "今年办件窗口轮岗太勤，新手上路慢，",
    "村里的老人更愿意当面说事，线上渠道用得少，",
]
LOCAL = [
    "在{v}村设立法律明白人工作室{n}个，",
    "调解林地纠纷{n}件，涉及金额{m}万元，",
    "{mo}月{d}日在{v}小学开设普法课堂，到场{m}人，",
    "新购执法记录仪{n}台，培训执法人员{m}人次，",
    "由{v}村原支书牵头的“板凳议事会”开会{n}场，",
]
SHARED = [
    "我{lv}把行政执法三项制度落到日常，执法前先查清单、执法中全程记录、执法后当月归档，由司法所逐卷点评，"
    "全年评查案卷{a}卷，发现问题{b}个，全部退回原承办人补正并在例会上说明原因，年底再由纪检干事抽查整改情况",
    "建立“一村一顾问”轮值制度，律师每周三到{lv}公共法律服务站坐班，群众可以提前两天在村部登记问题，"
    "由站里统一派单、限时答复，全年接待群众{a}人次，代写法律文书{b}份，没有一件超过约定的答复时限",
    "对历年合同开展一次全面清理，先由各站所自查登记，再请法律顾问逐份审核，共清理合同{a}份，"
    "其中条款不全的{b}份已重新签订，今后凡金额超过五万元的合同一律先审后签，并由党政办统一编号保存",
]
LIFTED = [
    "把宅基地审批的九个环节画成一张路线图贴在大厅，群众走到哪一步、材料缺哪一样、经办人是谁都写得清楚，全年办结{a}件，退回重办{b}件",
    "乡镇执法队与派出所、市场监管所共用一本巡查日志，谁先到现场谁先记，后到的接着写处理意见，全年记录{a}条，联合处置{b}次",
    "对新上岗的{b}名执法人员实行老带新跟班三个月，跟班期内每人写{a}篇现场笔录，由司法所长逐篇批改后计入考核",
    "请退休教师把土地、婚姻、赡养三类常见纠纷编成方言快板，在赶集日演了{b}场，听众累计{a}人次，会后就地登记求助事项",
    "把三年来的行政复议和诉讼案件逐件复盘，列出{b}类容易出错的程序环节，做成{a}条提示卡发到每个办案人员手里",
]
RECYCLED = [
    "每月第一个周一召开法治工作例会，由分管领导逐项过进度，",
    "聘请县里的律师事务所担任常年法律顾问，重大合同签订前先送审，",
]
HEADINGS = [
    ("一、主要举措和成效", 1, 1),
    ("（一）加强组织领导", 2, 1),
    ("（二）规范行政执法", 2, 1),
    ("（三）化解矛盾纠纷", 2, 1),
    ("二、存在的不足和原因", 1, 2),
    ("三、主要负责人履行职责情况", 1, 3),
    ("四、下一年度主要安排", 1, 4),
]
REASONS = {
    "mandated": Reason("lexicon", "规范提法：词表“指导思想”条", "official phrase: lexicon entry"),
    "formulaic": Reason("family", "通用句式：见于 12 个地方的报告", "sentence family seen in 12 places"),
    "own": Reason("nothing", "比对库内未发现相同内容", "nothing found in the library"),
    "local": Reason("fact", "含本地事实：数量", "carries a local fact: a count"),
    "copied": Reason(
        "passage", "与其他单位报告相同，有效长度达到 40 字", "shared with another unit, 40 characters or more"
    ),
    "recycled": Reason("previous", "与本单位上一年度报告相同", "same as this unit's earlier report"),
}
LINES = LibrarySummary("年报库", 128, 41, (2019, 2020, 2021, 2022, 2023))


@dataclass
class Piece:
    text: str
    kind: str | None  # null: not body
    key: str = ""  # pieces of one key are one shared passage
    slots: tuple[tuple[int, int], ...] = ()
    role: str = "body"
    level: int = 0
    part: int | None = None


@dataclass
class Draft:
    place: Place
    year: int
    pieces: list[Piece]


def unit_name(number: int) -> str:
    first, second = FIRST[number % len(FIRST)], SECOND[(number * 3 + number // len(FIRST)) % len(SECOND)]
    return first + second + LEVELS[number % 3]


def make_draft(number: int, year: int, rng: random.Random, shared: tuple[int, ...], *, paragraphs: int = 3) -> Draft:
    """One report; ``shared`` are the numbers of the shared passages it carries."""
    town = unit_name(number)
    place = Place(town, "云岭省", "安平市", "临河县", town, f"999{number:06d}")
    title = f"{town}{year}年法治政府建设年度报告"
    pieces = [Piece(title, None, role="title"), Piece("\n", None), Piece("临河县人民政府：", None, role="salutation")]
    pieces += [Piece("\n", None), Piece(f"{year}年，", "own"), Piece(MANDATED[0], "mandated")]
    pieces += [Piece(rng.choice(FORMULAIC)[:-1] + "。", "formulaic")]
    carried = list(shared)
    if number % 6 in (4, 5):  # every sixth unit took five paragraphs from the one before it
        carried += [100 + 10 * (number // 6) + k for k in range(5)]
    for heading, level, part in HEADINGS:
        pieces += [Piece("\n", None), Piece(heading, None, role="heading", level=level, part=part)]
        if heading.startswith("一、"):
            continue
        for _ in range(paragraphs):
            pieces += [Piece("\n", None), *make_paragraph(rng, town)]
            if carried and part == 1 and rng.random() < 0.5:
                pieces += shared_paragraph(carried.pop(), town, rng)
        if heading.startswith("三、") and year > 2022:
            pieces += [Piece("\n", None), Piece(RECYCLED[number % 2][:-1] + "。", "recycled", f"prev{number}")]
    for left in carried:
        pieces += [Piece("\n", None), *shared_paragraph(left, town, rng)]
    pieces += [Piece("\n", None), Piece(f"{town}人民政府", None, role="signature")]
    return Draft(place, year, pieces)


def make_paragraph(rng: random.Random, town: str) -> list[Piece]:
    pieces = []
    for _ in range(rng.randint(2, 4)):
        pieces.append(Piece(rng.choice(MANDATED), "mandated") if rng.random() < 0.35 else Piece("工作中，", "own"))
        kind = rng.choice(["local", "local", "formulaic", "own"])
        if kind == "local":
            values = {
                "v": rng.choice(["上坪", "下沟", "红石", "东岭"]),
                "n": rng.randint(2, 59),
                "m": rng.randint(61, 980),
            }
            text = rng.choice(LOCAL).format(**values, mo=rng.randint(1, 12), d=rng.randint(1, 28))
        else:
            text = rng.choice(FORMULAIC if kind == "formulaic" else OWN)
        pieces.append(Piece(text[:-1] + "。", kind))
    return pieces


def shared_paragraph(number: int, town: str, rng: random.Random) -> list[Piece]:
    values = {
        "lv": town[-1] if town[-1] != "道" else "街道",
        "a": str(rng.randint(20, 300)),
        "b": str(rng.randint(3, 19)),
    }
    text, slots = "", []
    for at, chunk in enumerate((LIFTED[number % 10] if number >= 100 else SHARED[number]).replace("}", "{").split("{")):
        if at % 2:
            slots.append((len(text), len(text) + len(values[chunk])))
            text += values[chunk]
        else:
            text += chunk
    return [Piece(text + "。", "copied", f"shared{number}", tuple(slots))]


def assess(draft: Draft, path: str, library: LibrarySummary = LINES) -> tuple[Assessment, dict[str, tuple[int, int]]]:
    """The assessment without matches, and where its shared pieces stand."""
    text = "".join(p.text for p in draft.pieces)
    spans: list[Span] = []
    blocks, sections, where = [], [], {}
    slots: dict[str, tuple[tuple[int, int], ...]] = {}
    body = np.zeros(len(text), dtype=np.bool_)
    at = 0
    for piece in draft.pieces:
        end = at + len(piece.text)
        if piece.kind:
            body[at:end] = [not c.isspace() for c in piece.text]
            cuts = [0, *[x for s in piece.slots for x in s], len(piece.text)]
            for i, (a, b) in enumerate(pairwise(cuts)):
                if b > a:
                    kind = "local" if i % 2 else piece.kind
                    spans.append(Span(at + a, at + b, kind, REASONS[kind]))
        if piece.key:
            where[piece.key], slots[piece.key] = (at, end), piece.slots
        if piece.role != "body":
            blocks.append(Block(at, end, piece.role, piece.level))
        if piece.role == "heading":
            sections.append((at, piece))
        at = end
    sections_done = tuple(
        Section(s, next((t for t, q in sections[i + 1 :] if q.level <= p.level), len(text)), p.level, p.text, p.part)
        for i, (s, p) in enumerate(sections)
    )
    paragraphs, sentences, judgements = cut(text, blocks, sections_done, spans)
    counts = {k: int(sum(body[s.start : s.end].sum() for s in spans if s.kind == k)) for k in KINDS}
    total = int(body.sum())
    judged = total - counts["mandated"]
    facts = tuple(
        Fact(s.start, s.end, "数量", 2, text[s.start : s.end], s.start, s.end) for s in spans if s.kind == "local"
    )
    clean = TracedText(text, np.arange(len(text), dtype=np.int32), np.arange(1, len(text) + 1, dtype=np.int32))
    profile = Profile(
        f"{draft.place.name}{draft.year}年法治政府建设年度报告", draft.place, "人民政府",
        f"临河县{draft.place.name}人民政府", draft.place.name[-1], draft.year, f"{draft.year + 1}-01-18",
    )  # fmt: skip
    document = Document(path, f"{abs(hash_of(text)):064x}", "txt", text)
    report = Report(document, Structure(tuple(blocks), sections_done, paragraphs, sentences, clean, body), profile)
    copied = counts["copied"]
    scores = Scores(
        (counts["local"] + counts["own"]) / judged, min(1.0, (copied + counts["recycled"] + 160) / total),
        (copied + counts["recycled"]) / judged, copied / judged,
        max((b - a for k, (a, b) in where.items() if k.startswith("shared")), default=0),
        counts["recycled"] / judged, 1000 * len(facts) / total,
    )  # fmt: skip
    first = spans[1]
    return Assessment(
        report, library, Counts(total, *[counts[k] for k in KINDS], copied + counts["recycled"] + 160, len(facts)),
        scores,
        tuple(spans), judgements, facts, (),
        (Excluded(first.start, first.end, "规范提法，不计入雷同", None, "official phrase, not counted"),
         Excluded(spans[2].start, spans[2].end, "12 个以上单位共用的短句，不计入雷同", 12, "shared by 12 units")),
        findings_for(text, spans), Settings().as_dict(), "2026.1", "0.1.0",
    ), where  # fmt: skip


def hash_of(text: str) -> int:
    value = 7
    for c in text:
        value = (value * 131 + ord(c)) % (1 << 200)
    return value


def cut(text, blocks, sections, spans):
    taken = {(b.start, b.end) for b in blocks}
    paragraphs, sentences, judgements = [], [], []
    at = 0
    for line in text.split("\n"):
        end = at + len(line)
        if line and (at, end) not in taken:
            section = max((i for i, s in enumerate(sections) if s.start <= at < s.end), default=None)
            number = len(paragraphs)
            paragraphs.append(Paragraph(at, end, section, ((at, end),), at, end))
            start = at
            for i in range(at, end):
                if text[i] == "。" or i == end - 1:
                    specific = any(s.kind == "local" and s.start < i + 1 and s.end > start for s in spans)
                    sentences.append(Sentence(start, i + 1, section, number, start, i + 1))
                    judgements.append(SentenceJudgement(start, i + 1, section, 0.9 if specific else 0.1, specific))
                    start = i + 1
        at = end + 1
    return tuple(paragraphs), tuple(sentences), tuple(judgements)


def findings_for(text: str, spans: list[Span]) -> tuple[Finding, ...]:
    copied = [s for s in spans if s.kind == "copied"]
    own = [s for s in spans if s.kind == "own" and s.end - s.start > 8]
    found = []
    if own:
        s = own[0]
        found.append(Finding(
            "R2", "error", s.start, s.start + 6, text[s.start : s.start + 6], "报告单位是镇，此处口径不是镇一级",
            {"level": "镇"}, "请核对本单位层级，改为与落款一致的称谓", "wrong level", "use the level of the signature",
        ))  # fmt: skip
    if copied:
        s = copied[0]
        found.append(Finding(
            "C1", "warning", s.start, s.end, text[s.start : s.start + 30], "与其他单位报告相同，请核实来源",
            {}, "请补充本单位的时间、数量和具体做法", "same as another unit's report", "add when, who and how many",
        ))  # fmt: skip
    found.append(
        Finding(
            "S1",
            "warning",
            None,
            None,
            "",
            "未见“存在不足的原因”",
            {},
            "请写明原因",
            "reasons are missing",
            "state the reasons",
        )
    )
    found.append(Finding("Q2", "note", 0, 4, text[:4], "标题末尾不宜用标点", {}, "", "heading punctuation", ""))
    return tuple(found)


def make_comparison(units: int = 5, years: tuple[int, ...] = (2023,), seed: int = 1, paragraphs: int = 3) -> Comparison:
    """A batch: every third unit carries shared passage 0 or 1, so groups and pairs exist at any size."""
    rng = random.Random(seed)
    drafts: list[tuple[str, Draft]] = []
    for number in range(units):
        shared = tuple(k for k in range(3) if (number + k) % (3 + k) == 0 and number % 6 != 4)
        for year in years:
            draft = make_draft(number, year, rng, shared, paragraphs=paragraphs)
            drafts.append((f"{draft.place.name}/{year}.txt", draft))
    return compare_drafts(drafts)


def compare_drafts(drafts: list[tuple[str, Draft]]) -> Comparison:
    ids = tuple(name for name, _ in drafts)
    done = [assess(draft, name) for name, draft in drafts]
    holders: dict[str, list[int]] = defaultdict(list)
    for i, (_, where) in enumerate(done):
        for key in where:
            holders[key].append(i)
    matches: dict[int, list[Match]] = defaultdict(list)
    by_pair: dict[tuple[int, int], list[Match]] = defaultdict(list)
    for key, members in sorted(holders.items()):
        relation = "common_source" if len(members) > 3 else ("previous" if key.startswith("prev") else "peer")
        for i in members:
            others = [j for j in members if j != i][:6]
            if others:
                sources = [source_of(done[j], key) for j in others]
                matches[i].append(match_of(done[i], done[others[0]], key, relation, tuple(sources)))
        for i, j in combinations(members[:12], 2):
            by_pair[i, j].append(match_of(done[i], done[j], key, relation, (source_of(done[j], key),)))
    assessments = tuple(replace(a, matches=tuple(matches[i])) for i, (a, _) in enumerate(done))
    rng = random.Random(len(ids))
    matrix = np.eye(len(ids))
    for i in range(len(ids)):
        for j in range(i):
            matrix[i, j] = matrix[j, i] = round(rng.random() * 0.02, 4)
    pairs = []
    for (i, j), found in sorted(by_pair.items()):
        shares = [
            sum(m.effective_chars for m in found) / (a.counts.body - a.counts.mandated)
            for a in (assessments[i], assessments[j])
        ]
        top = min(1.0, max(shares))
        matrix[i, j] = matrix[j, i] = top
        longest = max(m.effective_chars for m in found)
        pairs.append(PairAssessment(
            ids[i], ids[j], top, min(1.0, top + 0.03), min(1.0, shares[0]), min(1.0, shares[1]), longest, 0.61, 0.42,
            found[0].relation, tuple(found), *counts_behind(found, (i, j), assessments, ids),
        ))  # fmt: skip
    pairs.sort(key=lambda p: (-p.overlap_effective, p.left, p.right))
    groups = tuple(
        OriginGroup(tuple(ids[i] for i in members), "共用同一段文字，疑似同源", "share one passage",
                    text_of(done[members[0]], key)[:60])
        for key, members in sorted(holders.items()) if key.startswith("shared") and len(members) >= 3
    )  # fmt: skip
    return Comparison(
        ids, assessments, tuple(pairs), (Duplicate(ids[0], ids[-1], 0.83),) if len(ids) > 3 else (),
        (family_of(assessments),), groups,
        (Skipped("损坏的报告.docx", "damaged", "压缩包目录损坏，无法打开", "broken archive"),
         Skipped("空.txt", "empty", "文件为空", "empty file")),
        matrix, cluster_order(matrix), tuple(("板凳议事会", "执法记录仪", "林地纠纷") for _ in ids),
        LINES, Settings().as_dict(), "2026.1", "0.1.0",
    )  # fmt: skip


def counts_behind(found: list[Match], sides, assessments, ids) -> tuple[str, int, int, int, int]:
    """The report that the overlap of a sample pair is of, and its four counts."""
    counted = min(sides, key=lambda i: assessments[i].counts.body - assessments[i].counts.mandated)
    counts, chars = assessments[counted].counts, sum(m.effective_chars for m in found)
    return (
        ids[counted],
        chars,
        counts.body - counts.mandated,
        round((chars / counts.body + 0.03) * counts.body),
        counts.body,
    )


def family_of(assessments: tuple[Assessment, ...]) -> Family:
    members = []
    for number, assessment in enumerate(assessments[:8]):
        text = assessment.report.document.text
        at = text.find("新购执法记录仪")
        if at >= 0:
            end = text.index("。", at) + 1
            digits = [i for i in range(at, end) if text[i].isdigit()]
            tail = digits.index(next((d for k, d in enumerate(digits) if k and d != digits[k - 1] + 1), digits[-1]))
            members.append(
                FamilyMember(number, at, end, ((digits[0], digits[tail - 1] + 1), (digits[tail], digits[-1] + 1)))
            )
    texts = [assessments[m.report].report.document.text for m in members]
    fillers = [tuple(t[a:b] for t, m in zip(texts, members, strict=True) for a, b in [m.fillers[k]]) for k in (0, 1)]
    slots = tuple(Slot("数", f) for f in fillers)
    return Family(
        "新购执法记录仪〈数〉台，培训执法人员〈数〉人次", slots, tuple(members), len(members), len(members), (2023,)
    )


def cluster_order(matrix: np.ndarray) -> tuple[int, ...]:
    if len(matrix) < 3:
        return tuple(range(len(matrix)))
    from scipy.cluster.hierarchy import leaves_list, linkage, optimal_leaf_ordering
    from scipy.spatial.distance import squareform

    distance = 1 - matrix
    np.fill_diagonal(distance, 0)
    condensed = squareform(distance, checks=False)
    return tuple(int(i) for i in leaves_list(optimal_leaf_ordering(linkage(condensed, "average"), condensed)))


def text_of(item, key: str) -> str:
    assessment, where = item
    start, end = where[key]
    return assessment.report.document.text[start:end]


def source_of(item, key: str) -> Source:
    assessment, where = item
    start, end = where[key]
    profile = assessment.report.profile
    text = assessment.report.document.text[start:end]
    return Source(
        assessment.report.document.path,
        profile.place.name,
        profile.year,
        start,
        end,
        text,
        profile.title,
        end - start - 6,
        profile.unit,
    )


def match_of(left, right, key: str, relation: str, sources: tuple[Source, ...]) -> Match:
    runs = equal_runs(text_of(left, key), text_of(right, key), left[1][key][0], right[1][key][0])
    start, end = left[1][key]
    equal = sum(r.left_end - r.left_start for r in runs)
    return Match(start, end, equal, equal, relation, sources[0], sources[1:], runs)


def equal_runs(left: str, right: str, left_at: int, right_at: int) -> tuple[EqualRun, ...]:
    from difflib import SequenceMatcher

    blocks = SequenceMatcher(None, left, right, autojunk=False).get_matching_blocks()
    return tuple(
        EqualRun(left_at + b.a, left_at + b.a + b.size, right_at + b.b, right_at + b.b + b.size)
        for b in blocks
        if b.size >= 4
    )


def passages_between(left: Assessment, right: Assessment, comparison: Comparison) -> tuple[Passage, ...]:
    a, b = left.report.document.path, right.report.document.path
    for pair in comparison.pairs:
        if {pair.left, pair.right} == {a, b}:
            flip = pair.left != a
            found = [Passage(m.start, m.end, m.source.start, m.source.end, m.equal_chars, m.runs) for m in pair.matches]
            return tuple(mirrored(p) if flip else p for p in found)
    return ()


def mirrored(p: Passage) -> Passage:
    runs = tuple(EqualRun(r.right_start, r.right_end, r.left_start, r.left_end) for r in p.runs)
    return Passage(p.right_start, p.right_end, p.left_start, p.left_end, p.equal_chars, runs)
