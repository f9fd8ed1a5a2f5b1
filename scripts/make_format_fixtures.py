"""Make the files of fixtures/formats from the texts of fixtures/reports: the same paragraphs in every format.

    python scripts/make_format_fixtures.py [--office] [--to FOLDER]

Everything but --office is deterministic (fixed dates and identifiers, no random numbers), and a test makes the files
again and compares. --office converts some of them with LibreOffice (.doc, .wps, .pdf); its output holds dates, so
those files are made once and kept. Dev tools: python-docx, reportlab, LibreOffice.
"""

from __future__ import annotations

import argparse
import os
import quopri
import re
import shutil
import subprocess
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from xml.sax.saxutils import escape

ROOT = Path(__file__).resolve().parents[1]
REPORTS = ROOT / "fixtures" / "reports"
FORMATS = ROOT / "fixtures" / "formats"
REPORT = "sangluo-liuting-2023.txt"
LONG_REPORT = "suihe-tongheng-2025.txt"
DATE = (2024, 1, 15, 0, 0, 0)
NO_LINE_START = "，。、；：？！）》”’】〉」』%…"
NO_LINE_END = "（《“‘【〈「『"
TABLE = (("指标", "数量", "同比"), ("人民调解案件", "163件", "增加12件"), ("行政执法立案", "21起", "持平"))


def paragraphs_of(name: str) -> list[str]:
    """Paragraphs of one fixture report, as every format has to give them back."""
    return [line.strip() for line in (REPORTS / name).read_text(encoding="utf-8").split("\n") if line.strip()]


def zipped(members: dict[str, bytes]) -> bytes:
    """A zip with fixed dates."""
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            info = zipfile.ZipInfo(name, DATE)
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, content)
    return buffer.getvalue()


# ---------------------------------------------------------------- Word


def plain_docx() -> bytes:
    """A report as python-docx writes it: title, body, a table, page header and footer."""
    import docx
    from docx.oxml.ns import qn

    document = docx.Document()
    document.styles["Normal"].font.name = "Noto Serif SC"
    document.styles["Normal"].element.rPr.rFonts.set(qn("w:eastAsia"), "Noto Serif SC")
    section = document.sections[0]
    section.header.paragraphs[0].text = "柳汀镇年度报告（页眉）"
    section.footer.paragraphs[0].text = "第 1 页（页脚）"
    for line in paragraphs_of(REPORT):
        paragraph = document.add_paragraph(line)
        paragraph.paragraph_format.first_line_indent = docx.shared.Pt(24)
    table = document.add_table(len(TABLE), 3)
    table.style = "Table Grid"
    for row, cells in zip(table.rows, TABLE, strict=True):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text
    buffer = BytesIO()
    document.save(buffer)
    with zipfile.ZipFile(buffer) as archive:
        members = {name: archive.read(name) for name in sorted(archive.namelist())}
    return zipped(members)


W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
FEATURES_BODY = """
<w:p><w:pPr><w:jc w:val="center"/></w:pPr><w:r><w:t>云溪县石桥镇2023年法治政府建设年度报告</w:t></w:r></w:p>
<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t>开展情况</w:t></w:r></w:p>
<w:p><w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t>加强组织领导。</w:t></w:r></w:p>
<w:p><w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t>规范行政执法。</w:t></w:r></w:p>
<w:p><w:pPr><w:numPr><w:ilvl w:val="2"/><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t>开展巡查。</w:t></w:r></w:p>
<w:p><w:r><w:t xml:space="preserve">全年调解纠纷</w:t></w:r><w:del w:id="1" w:author="a"><w:r><w:delText>9</w:delText></w:r></w:del><w:ins w:id="2" w:author="a"><w:r><w:t>18</w:t></w:r></w:ins><w:r><w:t>件。</w:t></w:r></w:p>
<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>这一句是隐藏文字。</w:t></w:r><w:r><w:t>可见的一句。</w:t></w:r></w:p>
<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t>存在问题</w:t></w:r></w:p>
<w:p><w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t>力量不足。</w:t></w:r></w:p>
<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="2"/></w:numPr></w:pPr><w:r><w:t>圆点条目</w:t></w:r></w:p>
<w:sdt><w:sdtContent><w:p><w:r><w:t>内容控件里的段落。</w:t></w:r></w:p></w:sdtContent></w:sdt>
<w:p><w:r><w:t>文本框之前。</w:t></w:r><w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:textbox><w:txbxContent><w:p><w:r><w:t>文本框里的段落。</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r></w:p>
<w:tbl><w:tblPr/><w:tblGrid><w:gridCol w:w="3000"/><w:gridCol w:w="3000"/></w:tblGrid>
<w:tr><w:tc><w:tcPr/><w:p><w:r><w:t>指标</w:t></w:r></w:p></w:tc><w:tc><w:tcPr/><w:p><w:r><w:t>数量</w:t></w:r></w:p></w:tc></w:tr>
<w:tr><w:tc><w:tcPr/><w:p><w:r><w:t>化解矛盾</w:t></w:r></w:p></w:tc><w:tc><w:tcPr/><w:p><w:r><w:t>18件</w:t></w:r></w:p></w:tc></w:tr></w:tbl>
<w:p><w:r><w:t>第一行内容</w:t><w:br/><w:t>第二行内容</w:t></w:r></w:p>
"""
FEATURES_LINES = [
    "云溪县石桥镇2023年法治政府建设年度报告",
    "一、开展情况",
    "（一）加强组织领导。",
    "（二）规范行政执法。",
    "1.开展巡查。",
    "全年调解纠纷18件。",
    "可见的一句。",
    "二、存在问题",
    "（一）力量不足。",
    "圆点条目",
    "内容控件里的段落。",
    "文本框之前。",
    "文本框里的段落。",
    "指标\t数量",
    "化解矛盾\t18件",
    "第一行内容",
    "第二行内容",
]


def _level(depth: int, form: str, text: str) -> str:
    return (
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:suff w:val="nothing"/>'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def features_docx(*, controls: bool = True) -> bytes:
    """Automatic numbers, tracked changes, hidden text, a content control, a text box, a table.

    Without ``controls`` the content control is a plain paragraph: LibreOffice writes it three times into a .doc.
    """
    levels = (("chineseCounting", "%1、"), ("chineseCounting", "（%2）"), ("decimal", "%3."))
    numbering = (
        f'<w:numbering {W}><w:abstractNum w:abstractNumId="0"><w:multiLevelType w:val="multilevel"/>'
        + "".join(_level(depth, *level) for depth, level in enumerate(levels))
        + '</w:abstractNum><w:abstractNum w:abstractNumId="1">'
        + _level(0, "bullet", "●")
        + '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
        + '<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num></w:numbering>'
    )
    body = FEATURES_BODY if controls else re.sub("</?w:sdt(Content)?>", "", FEATURES_BODY)
    return _docx(body, {"word/numbering.xml": numbering})


def _docx(body: str, parts: dict[str, str]) -> bytes:
    types = {"word/document.xml": "document.main", "word/numbering.xml": "numbering", "word/styles.xml": "styles"}
    overrides = "".join(
        f'<Override PartName="/{name}" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.{kind}+xml"/>'
        for name, kind in types.items()
        if name in parts or name == "word/document.xml"
    )
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    links = "".join(
        f'<Relationship Id="r{at}" Type="{office}/{Path(name).stem}" Target="{Path(name).name}"/>'
        for at, name in enumerate(parts)
    )
    members = {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types"><Default Extension="rels" '
        f'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>{overrides}</Types>',
        "_rels/.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1" '
        f'Type="{office}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/document.xml": f"<w:document {W}><w:body>{body}</w:body></w:document>",
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{package}/relationships">{links}</Relationships>',
        **parts,
    }
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    return zipped({name: (head + text).encode() for name, text in members.items()})


# ---------------------------------------------------------------- pages


def wrapped(text: str, width: float, indent: float, measure: Callable[[str], float]) -> Iterator[tuple[float, str]]:
    """Lines of a paragraph with the rules of Chinese typesetting: no closing mark begins a line."""
    left, line = indent, ""
    for char in text:
        if left + measure(line + char) > width and char not in NO_LINE_START and line:
            tail = ""
            while line and (line[-1] in NO_LINE_END or (line[-1].isascii() and char.isascii())):
                line, tail = line[:-1], line[-1] + tail
            yield left, line
            left, line = 0.0, tail
        line += char
    if line:
        yield left, line


class Sheet:
    """A reportlab canvas that sets paragraphs from top to bottom."""

    def __init__(
        self,
        *,
        size: float = 16,
        pitch: float = 28,
        margin: float = 80,
        spacing: float = 0,
        latin: str = "STSong-Light",
        head: str = "",
        foot: str = "",
        rule: bool = False,
    ) -> None:
        from reportlab.lib.pagesizes import A4
        from reportlab.pdfbase import pdfmetrics
        from reportlab.pdfbase.cidfonts import UnicodeCIDFont
        from reportlab.pdfgen.canvas import Canvas

        pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
        self.buffer = BytesIO()
        self.canvas = Canvas(self.buffer, pagesize=A4, invariant=1)
        self.wide, self.high = A4
        self.size, self.pitch, self.margin, self.spacing, self.latin = size, pitch, margin, spacing, latin
        self.head, self.foot, self.rule = head, foot, rule
        self.page = 0
        self.begin()

    def begin(self) -> None:
        """Start a page: running head and foot."""
        self.page += 1
        self.y = self.high - self.margin - self.size
        self.canvas.setFont("STSong-Light", 10)
        if self.head:
            self.canvas.drawString(self.margin, self.high - 45, self.head)
            if self.rule:
                self.canvas.line(self.margin, self.high - 50, self.wide - self.margin, self.high - 50)
        if self.foot:
            self.canvas.drawCentredString(self.wide / 2, 40, self.foot.format(page=self.page))

    def measure(self, text: str, size: float | None = None) -> float:
        """Width of ``text`` in points."""
        size = size or self.size
        return sum((size / 2 if char.isascii() else size) + self.spacing for char in text)

    def write(self, x: float, text: str, size: float, spacing: float | None = None) -> None:
        """Put one line at ``x``, runs of Latin characters in their own font."""
        gap = self.spacing if spacing is None else spacing
        run = ""
        for char in text + "\0":
            if run and (char == "\0" or char.isascii() != run[0].isascii()):
                self.canvas.setFont(self.latin if run[0].isascii() else "STSong-Light", size)
                thing = self.canvas.beginText(x, self.y)
                thing.setCharSpace(gap)
                thing.textOut(run)
                self.canvas.drawText(thing)
                x += sum((size / 2 if c.isascii() else size) + gap for c in run)
                run = ""
            run += char

    def feed(self, pitch: float) -> None:
        """Go down, to the next page if need be."""
        self.y -= pitch
        if self.y < self.margin:
            self.canvas.showPage()
            self.begin()

    def centred(self, text: str, size: float, pitch: float, spacing: float = 0.0) -> None:
        """Put one centred line."""
        wide = sum((size / 2 if c.isascii() else size) + spacing for c in text)
        self.write((self.wide - wide) / 2, text, size, spacing)
        self.feed(pitch)

    def paragraph(self, text: str, indent_em: float = 2) -> None:
        """Set one paragraph."""
        room = self.wide - 2 * self.margin
        for left, line in wrapped(text, room, indent_em * self.size, self.measure):
            self.write(self.margin + left, line, self.size)
            self.feed(self.pitch)

    def table(self, rows: tuple[tuple[str, ...], ...]) -> None:
        """Draw a ruled table."""
        wide, high = (self.wide - 2 * self.margin) / len(rows[0]), self.pitch
        top = self.y + self.size
        for number in range(len(rows) + 1):
            self.canvas.line(self.margin, top - number * high, self.wide - self.margin, top - number * high)
        for number in range(len(rows[0]) + 1):
            x = self.margin + number * wide
            self.canvas.line(x, top, x, top - len(rows) * high)
        for row in rows:
            for number, cell in enumerate(row):
                self.write(self.margin + number * wide + 6, cell, 12, 0)
            self.y -= high
        self.feed(self.pitch)

    def finish(self) -> bytes:
        """The bytes of the PDF."""
        self.canvas.showPage()
        self.canvas.save()
        return self.buffer.getvalue()


def _body(sheet: Sheet, lines: list[str], title_spacing: float = 0.0) -> bytes:
    room = sheet.wide - 2 * sheet.margin
    for _, line in wrapped(lines[0], room * 0.9, 0, lambda text: (22 + title_spacing) * len(text) * 0.85):
        sheet.centred(line, 22, 34, title_spacing)
    sheet.feed(16)
    for line in lines[1:]:
        short = len(line) < 20 and line.endswith("：")
        sheet.paragraph(line, 0 if short else 2)
    return sheet.finish()


RED_HEAD = ("桑洛县柳汀镇人民政府文件", "柳政发〔2024〕3号")


def red_head_pdf() -> bytes:
    """A4 as prescribed for official documents: red head, number, 22 lines a page, — 1 — at the foot."""
    sheet = Sheet(foot="— {page} —")
    sheet.canvas.setFillColorRGB(1, 0, 0)
    sheet.centred(RED_HEAD[0], 30, 50)
    sheet.canvas.setFillColorRGB(0, 0, 0)
    sheet.centred(RED_HEAD[1], 16, 20)
    sheet.canvas.line(sheet.margin, sheet.y, sheet.wide - sheet.margin, sheet.y)
    sheet.feed(50)
    return _body(sheet, paragraphs_of(REPORT))


def letter_spaced_pdf() -> bytes:
    """Characters set apart: a title with gaps of half a character, a body with 1.5 points."""
    return _body(Sheet(size=14, pitch=26, spacing=1.5, foot="{page}"), paragraphs_of(REPORT), 11)


def two_fonts_pdf() -> bytes:
    """Figures and Latin letters in another font than the Chinese text."""
    return _body(Sheet(latin="Helvetica", foot="第 {page} 页"), paragraphs_of(REPORT))


def running_head_pdf() -> bytes:
    """Many pages with a ruled running head and a foot of the form 第1页 共9页, and a ruled table at the end."""
    sheet = Sheet(head="桐桁镇2025年度法治政府建设情况报告", foot="第 {page} 页 共 9 页", rule=True)
    lines = paragraphs_of(LONG_REPORT)
    room = sheet.wide - 2 * sheet.margin
    for _, line in wrapped(lines[0], room * 0.9, 0, lambda text: 22 * len(text) * 0.85):
        sheet.centred(line, 22, 34)
    for line in lines[1:]:
        sheet.paragraph(line, 0 if len(line) < 20 and line.endswith("：") else 2)
    sheet.table(TABLE)
    return sheet.finish()


def two_column_pdf() -> bytes:
    """Prose in two columns below a title over the full width."""
    sheet = Sheet(size=10.5, pitch=17, margin=50)
    lines = paragraphs_of(REPORT)
    sheet.centred(lines[0], 18, 30)
    gap, top = 24.0, sheet.y
    room = (sheet.wide - 2 * sheet.margin - gap) / 2
    column = 0
    for text in lines[1:]:
        for left, line in wrapped(text, room, 0 if text.endswith("：") and len(text) < 20 else 21, sheet.measure):
            sheet.write(sheet.margin + column * (room + gap) + left, line, sheet.size)
            sheet.y -= sheet.pitch
            if sheet.y < sheet.margin:
                column += 1
                if column == 2:
                    sheet.canvas.showPage()
                    sheet.begin()
                    column, top = 0, sheet.high - sheet.margin - sheet.size
                sheet.y = top
    return sheet.finish()


def scanned_pdf(*, with_text: bool) -> bytes:
    """Three pages of pictures, the first replaced by text if asked for."""
    from PIL import Image, ImageDraw
    from reportlab.lib.utils import ImageReader

    sheet = Sheet()
    picture = Image.new("L", (300, 420), 255)
    ImageDraw.Draw(picture).rectangle((40, 40, 260, 60), fill=0)
    for page in range(3):
        if page == 0 and with_text:
            for line in paragraphs_of(REPORT)[:3]:
                sheet.paragraph(line)
        else:
            sheet.canvas.drawImage(ImageReader(picture), 0, 0, sheet.wide, sheet.high)
        if page < 2:
            sheet.canvas.showPage()
            sheet.begin()
    return sheet.finish()


# ---------------------------------------------------------------- OFD


def report_ofd() -> bytes:
    """A report as OFD: A4 pages, text objects a line, page numbers in a template."""
    space = 'xmlns:ofd="http://www.ofdspec.org/2016"'
    size, pitch, margin, wide, high = 5.6, 9.8, 28.0, 210.0, 297.0
    pages: list[list[str]] = [[]]
    y = 40.0

    def put(x: float, text: str, points: float) -> None:
        gaps = " ".join(f"{points / 2 if c.isascii() else points:g}" for c in text[:-1])
        across = f"g {len(text) - 1} {points:g}" if len(text) > 1 and not any(c.isascii() for c in text) else gaps
        pages[-1].append(
            f'<ofd:TextObject ID="{len(pages) * 1000 + len(pages[-1])}" Boundary="{x:g} {y:g} {wide - x:g} {points:g}" '
            f'Font="1" Size="{points:g}"><ofd:TextCode X="0" Y="{points * 0.88:g}" DeltaX="{across}">'
            f"{escape(text)}</ofd:TextCode></ofd:TextObject>"
        )

    def measure(text: str) -> float:
        return sum(size / 2 if c.isascii() else size for c in text)

    lines = paragraphs_of(REPORT)
    for left, line in wrapped(lines[0], wide - 2 * margin, 0, lambda t: 7.7 * len(t)):
        put((wide - 7.7 * sum(0.5 if c.isascii() else 1 for c in line)) / 2 + left, line, 7.7)
        y += 13
    y += 6
    for text in lines[1:]:
        for left, line in wrapped(
            text, wide - 2 * margin, 0 if text.endswith("：") and len(text) < 20 else 2 * size, measure
        ):
            put(margin + left, line, size)
            y += pitch
            if y > high - 40:
                pages.append([])
                y = 35.0
    members = {
        "OFD.xml": f'<ofd:OFD {space} Version="1.0" DocType="OFD"><ofd:DocBody><ofd:DocInfo><ofd:DocID>0</ofd:DocID>'
        "</ofd:DocInfo><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
        "Doc_0/Document.xml": f"<ofd:Document {space}><ofd:CommonData><ofd:MaxUnitID>1</ofd:MaxUnitID><ofd:PageArea>"
        f"<ofd:PhysicalBox>0 0 {wide:g} {high:g}</ofd:PhysicalBox></ofd:PageArea></ofd:CommonData><ofd:Pages>"
        + "".join(f'<ofd:Page ID="{n}" BaseLoc="Pages/Page_{n}/Content.xml"/>' for n in range(len(pages)))
        + "</ofd:Pages></ofd:Document>",
    }
    for number, objects in enumerate(pages):
        foot = (
            f'<ofd:TextObject ID="9{number}" Boundary="100 280 20 4" Font="1" Size="4">'
            f'<ofd:TextCode X="0" Y="3.5">- {number + 1} -</ofd:TextCode></ofd:TextObject>'
        )
        members[f"Doc_0/Pages/Page_{number}/Content.xml"] = (
            f'<ofd:Page {space}><ofd:Content><ofd:Layer ID="1">{"".join(objects)}{foot}</ofd:Layer></ofd:Content></ofd:Page>'
        )
    head = '<?xml version="1.0" encoding="UTF-8"?>\n'
    return zipped({name: (head + text).encode() for name, text in members.items()})


# ---------------------------------------------------------------- web pages

CHROME_TOP = """<div class="top"><a href="/">首页</a><a href="/xw">新闻动态</a><a href="/zw">政务公开</a><a href="/fw">办事服务</a></div>
<div class="crumbs">当前位置：<a href="/">首页</a> &gt; <a href="/zw">政务公开</a> &gt; <a href="/fz">法治政府建设年度报告</a></div>"""
CHROME_INFO = """<div class="info">发布日期：2024-01-15 来源：柳汀镇人民政府 浏览次数：<span>1024</span> 字体：[<a href="#">大</a> <a href="#">中</a> <a href="#">小</a>]
<a href="#">打印</a> <a href="#">关闭</a></div>"""
CHROME_END = """<div class="share">用微信扫描二维码，分享至好友和朋友圈</div><div class="pages">上一篇：<a href="/1">关于召开会议的通知</a><br>下一篇：<a href="/2">关于印发方案的通知</a></div>
<div class="links"><a href="http://a">相关链接一</a><a href="http://b">相关链接二</a></div>
<div class="footer"><p>版权所有：桑洛县柳汀镇人民政府</p><p>网站标识码：0000000000 某ICP备00000000号</p><p>地址：桑洛县柳汀镇街1号 电话：000-0000000</p></div>"""


def report_html(style: str) -> str:
    """A report as a page of a government site; ``style`` is p (paragraphs) or br (one block with line breaks)."""
    lines = paragraphs_of(REPORT)
    if style == "p":
        body = "".join(f'<p style="text-indent:2em"><span>　　{escape(line)}</span></p>\n' for line in lines[1:])
    else:
        body = "<br>\n".join(f"&nbsp;&nbsp;&nbsp;&nbsp;{escape(line)}" for line in lines[1:])
    meta = (
        f'<meta name="ArticleTitle" content="{escape(lines[0])}"><meta name="PubDate" content="2024-01-15 09:30">'
        '<meta name="ContentSource" content="柳汀镇人民政府">'
        if style == "p"
        else ""
    )
    return (
        '<!DOCTYPE html><html><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312">'
        f"{meta}<title>{escape(lines[0])}-桑洛县人民政府门户网站</title><script>var a='<p>脚本，不是正文。</p>';</script>"
        f'<style>.a{{color:red}}</style></head><body>{CHROME_TOP}<table width="100%"><tr><td><h1>{escape(lines[0])}</h1>'
        f'{CHROME_INFO}<div id="zoom" class="TRS_Editor">{body}</div></td></tr></table>{CHROME_END}</body></html>'
    )


def report_mht() -> bytes:
    """The page as a browser archives it."""
    page = quopri.encodestring(report_html("p").replace("gb2312", "utf-8").encode()).decode()
    lines = (
        "From: <Saved by a browser>\nSubject: =?utf-8?B?5oql5ZGK?=\nMIME-Version: 1.0\n"
        'Content-Type: multipart/related;\n\ttype="text/html";\n\tboundary="----b"\n\n------b\n'
        "Content-Type: text/html\nContent-Transfer-Encoding: quoted-printable\nContent-Location: http://a.example/1.html\n\n"
        f"{page}\n------b\nContent-Type: image/png\nContent-Transfer-Encoding: base64\n\niVBORw0KGgo=\n------b--\n"
    )
    return lines.replace("\n", "\r\n").encode()


def package_xml(docx: bytes) -> bytes:
    """The parts of a .docx in one XML file, as office systems fill them in and name them .doc."""
    with zipfile.ZipFile(BytesIO(docx)) as archive:
        parts = "".join(
            f'<pkg:part pkg:name="/{name}" pkg:contentType="application/xml"><pkg:xmlData>'
            f"{archive.read(name).decode().partition('?>')[2] or archive.read(name).decode()}</pkg:xmlData></pkg:part>"
            for name in archive.namelist()
            if name.endswith((".xml", ".rels"))
        )
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?><?mso-application progid="Word.Document"?>'
    return f'{head}<pkg:package xmlns:pkg="http://schemas.microsoft.com/office/2006/xmlPackage">{parts}</pkg:package>'.encode()


def rtf_bytes(text: str) -> str:
    """Chinese characters as Word writes them into RTF: the bytes of GBK in hexadecimal."""
    return "".join(c if c.isascii() else "".join(f"\\'{byte:02x}" for byte in c.encode("gb18030")) for c in text)


def report_rtf() -> bytes:
    """The report as offices save it under the name .doc: Rich Text Format in GBK, with page header and table."""
    fonts = (
        r"{\fonttbl{\f0\froman\fcharset0 Times New Roman;}{\f13\fnil\fcharset134{\*\panose 02010600}"
        + rtf_bytes("仿宋")
        + ";}}"
    )
    header = r"{\header \pard\plain\f13 " + rtf_bytes("柳汀镇年度报告（页眉）") + r"\par}"
    lines = "".join(
        "\\pard\\plain\\fi640\\f13\\fs32 " + rtf_bytes(line) + "\\par\r\n" for line in paragraphs_of(REPORT)
    )
    rows = "".join(
        r"\trowd\cellx2000\cellx4000\cellx6000\pard\intbl\f13 "
        + "".join(rtf_bytes(c) + r"\cell " for c in cells)
        + "\\row\r\n"
        for cells in TABLE
    )
    return ("{" + r"\rtf1\ansi\ansicpg936\deff0\uc2" + fonts + "\r\n" + header + lines + rows + r"\pard\par}").encode(
        "ascii"
    )


def make_all() -> dict[str, bytes]:
    """Every deterministic file by name."""
    return {
        "report.docx": plain_docx(),
        "features.docx": features_docx(),
        "red-head.pdf": red_head_pdf(),
        "letter-spaced.pdf": letter_spaced_pdf(),
        "two-fonts.pdf": two_fonts_pdf(),
        "running-head.pdf": running_head_pdf(),
        "two-columns.pdf": two_column_pdf(),
        "scanned.pdf": scanned_pdf(with_text=False),
        "partly-scanned.pdf": scanned_pdf(with_text=True),
        "report.ofd": report_ofd(),
        "report.html": report_html("p").encode("gb18030"),
        "report-br.html": report_html("br").encode("gb18030"),
        "report.mht": report_mht(),
        "report.rtf": report_rtf(),
        "features.xml": package_xml(features_docx()),
    }


def convert(source: Path, extension: str, folder: Path) -> Path:
    """One file through LibreOffice, with the packaged Chinese fonts visible to it."""
    import pylopdf_fonts_zh_cn

    fonts = Path(pylopdf_fonts_zh_cn.__file__).parent
    with tempfile.TemporaryDirectory() as scratch:
        config = Path(scratch, "fonts.conf")
        config.write_text(
            f"<fontconfig><dir>{fonts}</dir><dir>/usr/share/fonts</dir><cachedir>{scratch}/cache</cachedir></fontconfig>",
            encoding="utf-8",
        )
        subprocess.run(
            [shutil.which("soffice") or "soffice", f"-env:UserInstallation=file://{scratch}/profile", "--headless", "--convert-to", extension,
             "--outdir", scratch, str(source)],
            check=True, capture_output=True, timeout=240, env={**os.environ, "FONTCONFIG_FILE": str(config)},
        )  # fmt: skip
        made = folder / f"{source.stem}.{extension.partition(':')[0]}"
        shutil.copy(Path(scratch, made.name), made)
    return made


def main() -> None:
    """Make the files, and convert some if asked to."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--office", action="store_true", help="also convert with LibreOffice")
    parser.add_argument("--to", type=Path, default=FORMATS)
    arguments = parser.parse_args()
    arguments.to.mkdir(parents=True, exist_ok=True)
    for name, content in make_all().items():
        (arguments.to / name).write_bytes(content)
        print(f"{len(content):>8} {name}")
    if arguments.office:
        with tempfile.TemporaryDirectory() as scratch:
            plain = Path(scratch, "features.docx")
            plain.write_bytes(features_docx(controls=False))
            report = arguments.to / "report.docx"
            for source, extension in ((report, "doc"), (plain, "doc"), (plain, "rtf"), (report, "pdf")):
                made = convert(source, extension, arguments.to)
                print(f"{made.stat().st_size:>8} {made.name}")
        shutil.copy(arguments.to / "report.doc", arguments.to / "report.wps")
        (arguments.to / "report.pdf").rename(arguments.to / "office.pdf")


if __name__ == "__main__":
    main()
