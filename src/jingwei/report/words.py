"""The words of the views: Chinese and English names of kinds, scores, relations and severities.

Single source for terminal, HTML, pictures and tables (terms of DOMAIN.md §9); what findings are called stands in the
rules' own pages (:mod:`jingwei.report.finding_labels`). Codes never change; words may.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct

from jingwei.model import LibrarySummary


class Label(Struct, frozen=True):
    """A name in both languages, with a sentence that explains it."""

    zh: str
    en: str
    note_zh: str = ""
    note_en: str = ""

    def text(self, language: str) -> str:
        """The name; anything but "en" is Chinese."""
        return self.en if language == "en" else self.zh

    def note(self, language: str) -> str:
        """The explaining sentence."""
        return self.note_en if language == "en" else self.note_zh


# A scanned page that was recognised: said in every output, since an odd character there is not the writer's.
LOW_CONFIDENCE = Label("文字识别（OCR）取得，可信度较低", "read by OCR, lower confidence")
LOW_CONFIDENCE_MARK = " (OCR)"


PRINTED_TITLES: Mapping[str, Label] = {
    "report": Label("报送前自查单", "Self-check before submission"),
    "batch": Label("批量比对情况表", "Batch comparison table"),
    "passages": Label("雷同片段对照", "Matching passages side by side"),
}

KIND_LABELS: Mapping[str, Label] = {
    "mandated": Label(
        "上级规定用语",
        "Prescribed wording",
        "政治表述、规范提法、法规文件名称及其条文、上级文件原文，不计入雷同",
        "Political formulae, official phrases, titles and wording of statutes and superiors' texts; never counted",
    ),
    "recycled": Label(
        "沿用往年",
        "Carried over",
        "与本单位往年报告相同的段落",
        "Aligned with an earlier report of the same unit",
    ),
    "copied": Label(
        "疑似雷同",
        "Suspected match",
        "与其他单位报告相同、且不属于规定用语的段落，由人工核实",
        "Aligned with a report of another unit beyond what is prescribed; a person decides",
    ),
    "formulaic": Label(
        "通用套语",
        "Stock phrases",
        "放在哪个单位的报告里都成立的句式",
        "Could stand in any unit's report",
    ),
    "local": Label(
        "本地实情",
        "Local facts",
        "别的单位不能照写的具体事实：数量、地点、人员、文件、做法",
        "Concrete facts another unit could not truthfully keep",
    ),
    "own": Label(
        "自述",
        "Own wording",
        "比对库内未发现相同内容，也未写明具体事实",
        "Matched nothing in the library and states no fact",
    ),
}

SCORE_LABELS: Mapping[str, Label] = {
    "originality": Label(
        "原创度",
        "Originality",
        "（本地实情＋自述）÷（正文－上级规定用语）",
        "(local + own) / (body - prescribed)",
    ),
    "overlap_total": Label(
        "总重复率",
        "Total overlap",
        "连续相同 13 字及以上的字数 ÷ 正文，含上级规定用语",
        "characters in matched runs of 13 or more / body, prescribed included",
    ),
    "overlap_effective": Label(
        "有效重复率",
        "Effective overlap",
        "（疑似雷同＋沿用往年）÷（正文－上级规定用语）",
        "(suspected + carried over) / (body - prescribed)",
    ),
    "overlap_max_source": Label(
        "单篇最大重复率",
        "Largest single source",
        "与另一单位某一篇报告雷同的字数 ÷（正文－上级规定用语），取最大的一篇",
        "largest share matched with one report of another unit / (body - prescribed)",
    ),
    "longest_run_chars": Label(
        "最长连续雷同（字）",
        "Longest matching passage (chars)",
        "最长一处疑似雷同的有效字数",
        "effective length of the longest suspected passage",
    ),
    "recycled_rate": Label(
        "沿用往年率",
        "Carried-over rate",
        "沿用往年 ÷（正文－上级规定用语）",
        "carried over / (body - prescribed)",
    ),
    "fact_density": Label(
        "本地事实密度",
        "Local facts per 1,000 chars",
        "每千字正文中的本地事实数",
        "facts per 1,000 body characters",
    ),
}

RELATION_LABELS: Mapping[str, Label] = {
    "peer": Label("其他单位报告", "Report of another unit"),
    "common_source": Label(
        "疑似同源",
        "Common source",
        "多家单位同用一段文字，可能出自同一上级材料或范文",
        "Several units share the passage; probably one circular or model text",
    ),
    "previous": Label("本单位往年报告", "Earlier report of this unit"),
    "authority": Label("上级文件", "Superior's document"),
    "duplicate": Label("同一报告的不同版本", "Versions of one report"),
    "none": Label("无雷同片段", "No matching passage"),
}

SEVERITY_LABELS: Mapping[str, Label] = {
    "error": Label("红灯（必须改）", "Red: must be mended"),
    "warning": Label("黄灯（请核对）", "Yellow: please check"),
    "note": Label("灰色（仅供参考）", "Grey: for information"),
}
SEVERITY_SHORT: Mapping[str, Label] = {
    "error": Label("红灯", "Red"),
    "warning": Label("黄灯", "Yellow"),
    "note": Label("灰色", "Grey"),
}

PART_LABELS: Mapping[int, Label] = {
    1: Label("①上一年度主要举措和成效", "1 Main measures and results"),
    2: Label("②存在的不足和原因", "2 Shortcomings and reasons"),
    3: Label("③主要负责人履行第一责任人职责情况", "3 How the principal leaders did their duty"),
    4: Label("④下一年度主要安排", "4 Main arrangements for next year"),
    5: Label("⑤其他情况", "5 Other matters"),
}

FACT_LABELS: Mapping[str, Label] = {
    "count": Label("数量", "count"),
    "amount": Label("金额", "amount"),
    "rate": Label("比率", "rate"),
    "date": Label("日期", "date"),
    "place": Label("地点", "place"),
    "person": Label("人员", "person"),
    "document": Label("本地文件", "own document"),
    "mechanism": Label("本地做法", "local mechanism"),
    "brand": Label("本地品牌", "local brand"),
    "body": Label("机构", "local body"),
    "problem": Label("具体问题", "local problem"),
}

SLOT_LABELS: Mapping[str, Label] = {
    "地": Label("地", "place"),
    "数": Label("数", "number"),
    "年": Label("年", "year"),
    "日期": Label("日期", "date"),
    "机构": Label("机构", "organ"),
    "文件": Label("文件", "document"),
    "人": Label("人", "person"),
    "文字": Label("文字", "words"),
}
"""What stands in the slots of a sentence family (``model.Slot.type``)."""

EVIDENCE_LABELS: Mapping[str, Label] = {
    "report": Label("来源报告", "source report"),
    "path": Label("来源文件", "source file"),
    "unit": Label("来源单位", "source unit"),
    "place": Label("来源地方", "source place"),
    "source_year": Label("来源年份", "source year"),
    "source_text": Label("来源原文", "source text"),
    "equal": Label("相同字数", "equal characters"),
    "effective": Label("有效字数", "effective characters"),
    "others": Label("来源篇数", "number of sources"),
    "degree": Label("程度", "degree"),
    "term": Label("用语", "term"),
    "year": Label("报告年度", "year of the report"),
    "found": Label("文中写作", "found"),
    "note": Label("依据", "basis"),
    "name": Label("名称", "name"),
    "level": Label("层级", "level"),
    "first": Label("一处写作", "first form"),
    "second": Label("另一处写作", "second form"),
}
"""Evidence worth showing to people; everything else stays in the JSON."""

RECYCLED_DEGREES: tuple[Label, ...] = (Label("正常", "Normal"), Label("关注", "Watch"), Label("重点", "Check first"))

REASON_LABELS: Mapping[str, Label] = {
    "empty": Label("文件为空", "empty"),
    "encrypted": Label("文件已加密", "encrypted"),
    "scanned": Label("扫描件，没有文字层", "scanned, no text layer"),
    "too_large": Label("超过大小限制", "too large"),
    "unknown_format": Label("格式无法识别", "unknown format"),
    "undecodable": Label("编码无法识别", "undecodable"),
    "damaged": Label("文件损坏", "damaged"),
    "unsafe": Label("文件结构不安全，未打开", "unsafe, not opened"),
    "timeout": Label("读取超时", "took too long"),
    "not_a_file": Label("不是普通文件", "not a regular file"),
    "unreadable": Label("无法读取（没有权限或磁盘出错）", "cannot be read (permission or disk)"),
    "too_short": Label("正文过短", "too short"),
}

YES_NO: tuple[Label, Label] = (Label("否", "no"), Label("是", "yes"))

DEGREE_LABELS: tuple[Label, ...] = (
    Label("低", "Low"),
    Label("关注", "Watch"),
    Label("重点核查", "Check"),
    Label("高度雷同", "Very alike"),
)


def label(table: Mapping[str, Label], code: str) -> Label:
    """The label of ``code``; an unknown code is shown as it is, so that a new code never breaks a view."""
    return table.get(code) or Label(code, code)


def degree(share: float | None, watch: float, check: float, high: float) -> int:
    """0 低, 1 关注, 2 重点核查, 3 高度雷同: DOMAIN.md §8's limits on ``overlap_max_source`` (inclusive below)."""
    if share is None:
        return 0
    return sum(share >= limit for limit in (watch, check, high))


def percent(share: float | None, *, upper_bound: bool = False) -> str:
    """``12.3%``; "—" for null. A non-zero share never prints as 0.0 %, nor one below 1 as 100.0 %."""
    if share is None:
        return "—"
    if 0 < share < 0.0005:
        return "<0.1%"
    shown = f"{min(share, 0.999) if share < 1 else share:.1%}"
    return f"≤{shown}" if upper_bound else shown


def count_label(number: int, one: str, many: str) -> str:
    """``1 passage``, ``2 passages``: English needs both words.

    >>> count_label(1, "passage", "passages")
    '1 passage'
    """
    return f"{number:,} {one if number == 1 else many}"


def figures_label(equal_figures: int) -> Label:
    """What is said behind the length of a passage whose figures agree one by one; nothing where there are none."""
    if not equal_figures:
        return Label("", "")
    return Label(f"，{equal_figures} 个数字逐一相同", f", {equal_figures} figures agree one by one")


def library_line(library: LibrarySummary, language: str = "zh") -> str:
    """The size of what stood behind a comparison, printed next to every number."""
    english, named, unused = language == "en", len(library.previous), len(library.previous_unused)
    vain = ""
    if unused:
        vain = (
            f"; {unused} named as earlier not used (same text, or not of an earlier year)"
            if english
            else f"；另有所给往年报告 {unused} 篇未用（与本文相同，或年度不早于本文）"
        )
    if not library.reports and not library.authority:
        if english:
            also = f"{count_label(named, 'earlier report', 'earlier reports')} of the unit and " if named else ""
            return f"Library: 0 reports, compared with {also}the built-in background only{vain}"
        return f"比对库：0 篇，仅与{f'往年报告 {named} 篇和' if named else ''}内置语料比对{vain}"
    if english:
        years = f", {_span(library.years, '-')}" if library.years else ""
        texts = count_label(library.authority, "superior's text", "superiors' texts")
        extra = f", {texts}" if library.authority else ""
        also = f", and {count_label(named, 'earlier report', 'earlier reports')} of the unit" if named else ""
        reports = count_label(library.reports, "report", "reports")
        return f"Library: {reports} of {count_label(library.places, 'place', 'places')}{years}{extra}{also}{vain}"
    years = f"，{_span(library.years, '—')} 年" if library.years else ""
    extra = f"，另有上级文件 {library.authority:,} 篇" if library.authority else ""
    also = f"，另有所给往年报告 {named} 篇" if named else ""
    return f"比对库：{library.reports:,} 篇、{library.places:,} 个地方{years}{extra}{also}{vain}"


def _span(years: Sequence[int], dash: str) -> str:
    """From the first year to the last, or the only one."""
    return str(years[0]) if years[0] == years[-1] else f"{years[0]}{dash}{years[-1]}"
