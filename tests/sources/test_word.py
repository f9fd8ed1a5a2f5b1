"""Details of .docx and .doc that the fixtures do not show."""

from __future__ import annotations

from collections.abc import Callable
from types import ModuleType

import pytest

from jingwei.model import Document, Skipped

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
STRICT = 'xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main"'
MC = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'


@pytest.fixture
def lines(read: Callable[[bytes], Document], attack_set: ModuleType) -> Callable[..., list[str]]:
    def _lines(inner: str, *parts: tuple[str, bytes]) -> list[str]:
        return read(attack_set.docx_of(attack_set.body(inner), *parts)).text.split("\n")

    return _lines


def p(text: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def test_a_text_box_with_two_renderings_is_read_once(lines: Callable[..., list[str]]) -> None:
    box = f"<w:txbxContent>{p('框内文字。')}</w:txbxContent>"
    inner = (
        f'<w:p><w:r><w:t>正文。</w:t></w:r><w:r><mc:AlternateContent {MC}><mc:Choice Requires="wps">{box}</mc:Choice>'
        f"<mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )
    assert lines(inner) == ["正文。", "框内文字。"]


def test_moved_text_stands_where_it_was_moved_to(lines: Callable[..., list[str]]) -> None:
    move = "<w:p><w:moveFrom><w:r><w:t>旧处。</w:t></w:r></w:moveFrom></w:p>{}<w:p><w:moveTo><w:r><w:t>旧处。</w:t></w:r></w:moveTo></w:p>"
    assert lines(move.format(p("中间。"))) == ["中间。", "旧处。"]


def test_a_deleted_paragraph_mark_joins_two_paragraphs(lines: Callable[..., list[str]]) -> None:
    assert lines(p("前半句，", "<w:rPr><w:del/></w:rPr>") + p("后半句。") + p("下一段。")) == [
        "前半句，后半句。",
        "下一段。",
    ]


def test_the_table_of_contents_is_left_out(lines: Callable[..., list[str]]) -> None:
    styles = f'<w:styles {W}><w:style w:type="paragraph" w:styleId="11"><w:name w:val="toc 1"/></w:style></w:styles>'
    control = (
        '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
        f"<w:sdtContent>{p('目　录')}</w:sdtContent></w:sdt>"
    )
    inner = control + p("一、开展情况1", '<w:pStyle w:val="11"/>') + p("一、开展情况")
    part = ("word/styles.xml", styles.encode())
    assert lines(inner, part) == ["一、开展情况"]
    sentence = "全镇开展普法宣传12场。"  # prose in the style or in the control of a table of contents is no entry
    assert lines(p(sentence, '<w:pStyle w:val="11"/>') + control.replace("目　录", sentence), part) == [sentence] * 2


def test_numbers_and_hidden_text_of_styles(read: Callable[[bytes], Document], attack_set: ModuleType) -> None:
    styles = (
        f'<w:styles {W}><w:style w:type="paragraph" w:styleId="a"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'
        '</w:style><w:style w:type="paragraph" w:styleId="b"><w:basedOn w:val="a"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="h"><w:rPr><w:vanish/></w:rPr></w:style></w:styles>'
    )
    numbering = (
        f'<w:numbering {W}><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="3"/>'
        '<w:numFmt w:val="chineseCounting"/><w:lvlText w:val="第%1章"/></w:lvl></w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
    )
    inner = (
        p("总则", '<w:pStyle w:val="b"/>') + p("无号", '<w:pStyle w:val="b"/><w:numPr><w:numId w:val="0"/></w:numPr>')
        + p("藏起来", '<w:pStyle w:val="h"/>') + p("分则", '<w:pStyle w:val="a"/>')
    )  # fmt: skip
    document = read(
        attack_set.docx_of(
            attack_set.body(inner), ("word/styles.xml", styles.encode()), ("word/numbering.xml", numbering.encode())
        )
    )
    assert document.text.split("\n") == ["第三章总则", "无号", "第四章分则"]
    assert [note.code for note in document.notes] == ["hidden_text"]


def test_footnotes_follow_the_text(lines: Callable[..., list[str]]) -> None:
    notes = f'<w:footnotes {W}><w:footnote w:id="0">{p("分隔线")}</w:footnote><w:footnote w:id="2">{p("脚注内容。")}</w:footnote></w:footnotes>'
    inner = '<w:p><w:r><w:t>正文</w:t><w:footnoteReference w:id="2"/><w:t>继续。</w:t></w:r></w:p>'
    assert lines(inner, ("word/footnotes.xml", notes.encode())) == ["正文继续。", "脚注内容。"]


def test_fields_show_their_result(lines: Callable[..., list[str]]) -> None:
    inner = (
        '<w:p><w:r><w:t>共</w:t></w:r><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>=1+1</w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>2</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
        "<w:fldSimple w:instr='x'><w:r><w:t>件</w:t></w:r></w:fldSimple></w:p>"
    )
    assert lines(inner) == ["共2件"]


def test_strict_documents_and_another_name_of_the_main_part(
    read: Callable[[bytes], Document], attack_set: ModuleType
) -> None:
    rels = b'<Relationships><Relationship Type="http://x/officeDocument" Target="/word/document2.xml"/></Relationships>'
    main = f"<w:document {STRICT}><w:body>{p('严格格式。')}</w:body></w:document>".encode()
    payload = attack_set.zip_of([("[Content_Types].xml", b"<T/>"), ("_rels/.rels", rels), ("word/document2.xml", main)])
    assert read(payload).text == "严格格式。"


def test_cells_of_prose_get_lines_of_their_own(lines: Callable[..., list[str]]) -> None:
    long = "这一格是一整段叙述，" * 8
    table = f"<w:tbl><w:tr><w:tc>{p('序号')}</w:tc><w:tc>{p(long)}</w:tc></w:tr><w:tr><w:tc>{p('1')}</w:tc><w:tc>{p('短')}</w:tc></w:tr></w:tbl>"
    assert lines(table) == ["序号", long, "1\t短"]


def test_forced_breaks_split_paragraphs_but_not_sentences(lines: Callable[..., list[str]]) -> None:
    pasted = "这一行是从网页上逐行粘贴过来的文字一直排到行尾没有标点"
    inner = (
        f"<w:p><w:r><w:t>{pasted}</w:t><w:br/><w:t>就换到了下一行。</w:t><w:br/><w:t>（一）另起一段。</w:t></w:r></w:p>"
    )
    assert lines(inner) == [f"{pasted}就换到了下一行。", "（一）另起一段。"]


def test_radicals_and_invisible_characters_are_repaired(lines: Callable[..., list[str]]) -> None:
    assert lines(p("⻓期\u200b坚持\ufeff依法⾏政\u00ad。")) == ["长期坚持依法行政。"]


def test_a_document_of_pictures_is_a_scan(refused: Callable[[bytes], Skipped], attack_set: ModuleType) -> None:
    inner = '<w:p><w:r><w:drawing><a:blip xmlns:a="urn:a"/></w:drawing></w:r></w:p>'
    assert refused(attack_set.docx_of(attack_set.body(inner))).reason == "scanned"
    assert refused(attack_set.docx_of(attack_set.body("<w:p/>"))).reason == "empty"


@pytest.mark.parametrize(
    ("streams", "reason", "said"),
    [
        ({"version": 101}, "unknown_format", "Word 6.0/95"),
        ({"flags": 0x300}, "encrypted", "密码"),
    ],
)
def test_old_word_says_why_not(
    refused: Callable[[bytes], Skipped], attack_set: ModuleType, streams: dict[str, int], reason: str, said: str
) -> None:
    skipped = refused(attack_set.compound(attack_set.word_stream(**streams)))
    assert skipped.reason == reason and said in skipped.message


def test_a_minimal_old_document(read: Callable[[bytes], Document], attack_set: ModuleType) -> None:
    text = "石桥镇报告\r第一段\x13 PAGE \x14结果\x15。\r单元\x07格\x07\x07\x0b尾\x1e行\r".encode("utf-16-le")
    document = read(attack_set.compound(attack_set.word_stream(text=text)))
    assert document.format == "doc"
    assert document.text.split("\n") == ["石桥镇报告", "第一段结果。", "单元\t格", "尾-行"]


def test_a_page_put_in_whole_is_read_in_its_place(
    lines: Callable[..., list[str]], refused: Callable[[bytes], Skipped], attack_set: ModuleType
) -> None:
    page = "<html><body><p>全镇调解纠纷18件。</p><p>开展普法12场。</p></body></html>".encode()
    relations = (
        b'<Relationships><Relationship Id="r1" Target="/word/chunk.htm"/><Relationship Id="r2" Target="../in.docx"/>'
        b'<Relationship Id="r3" Target="missing.htm"/></Relationships>'
    )
    parts = [("word/_rels/document.xml.rels", relations), ("word/chunk.htm", page)]
    chunk = '<w:altChunk r:id="{}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"/>'
    inner = p("之前。") + chunk.format("r1") + chunk.format("r3") + p("之后。")
    assert lines(inner, *parts) == ["之前。", "全镇调解纠纷18件。", "开展普法12场。", "之后。"]
    inside = ("in.docx", attack_set.docx_of(attack_set.body(p("里面。"))))
    assert lines(p("之前。") + chunk.format("r2"), *parts, inside) == ["之前。", "里面。"]
    deeper = ("in.docx", attack_set.docx_of(attack_set.body(chunk.format("r1")), *parts))
    assert refused(attack_set.docx_of(attack_set.body(chunk.format("r2")), *parts, deeper)).reason == "unsafe"
    assert refused(attack_set.docx_of(attack_set.body(chunk.format("r1") * 201), *parts)).reason == "unsafe"


WORD_2003 = (
    '<?xml version="1.0"?><?mso-application progid="Word.Document"?><w:wordDocument '
    'xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml" xmlns:wx="http://schemas.microsoft.com/office/word/2003/auxHint" '
    'xmlns:aml="http://schemas.microsoft.com/aml/2001/core"><w:styles><w:style w:type="paragraph" w:styleId="11"><w:name w:val="toc 1"/>'
    "</w:style></w:styles><w:body><wx:sect>{}<w:sectPr><w:hdr><w:p><w:r><w:t>页眉</w:t></w:r></w:p></w:hdr></w:sectPr></wx:sect></w:body>"
    "</w:wordDocument>"
)  # fmt: skip


def test_word_2003_xml_under_the_name_of_a_doc(read: Callable[[bytes], Document]) -> None:
    def listed(label: str, text: str) -> str:
        return p(text, f'<w:listPr><w:ilvl w:val="0"/><w:ilfo w:val="1"/><wx:t wx:val="{label}"/></w:listPr>')

    inner = (
        p("标题") + p("一、情况1", '<w:pStyle w:val="11"/>') + listed("一、", "情况") + listed("\uf0b7", "要点")
        + '<w:p><w:r><w:t>全镇</w:t></w:r><aml:annotation aml:id="0" w:type="Word.Deletion"><aml:content><w:r><w:delText>没有</w:delText></w:r>'
        "</aml:content></aml:annotation><aml:annotation w:type=\"Word.Insertion\"><aml:content><w:r><w:t>调解纠纷</w:t></w:r></aml:content>"
        '</aml:annotation><aml:annotation w:type="Word.Comment"><aml:content><w:p><w:r><w:t>批注</w:t></w:r></w:p></aml:content></aml:annotation>'
        "<w:r><w:pict><w:binData>QUJD</w:binData></w:pict><w:t>18件。</w:t></w:r></w:p><w:tbl><w:tr><w:tc>" + p("指标") + "</w:tc><w:tc>" + p("18") + "</w:tc></w:tr></w:tbl>"
    )  # fmt: skip
    document = read(WORD_2003.format(inner).encode())
    assert document.format == "xml"
    assert document.text.split("\n") == ["标题", "一、情况", "要点", "全镇调解纠纷18件。", "指标\t18"]


@pytest.mark.parametrize(
    ("payload", "reason"),
    [
        (WORD_2003.format(p("正文。"))[:-200], "damaged"),
        (WORD_2003.format(p("正文。")).replace("<w:body>", "<w:x>").replace("</w:body>", "</w:x>"), "damaged"),
        (WORD_2003.format(p("正文。")).replace("<?mso", "<!DOCTYPE a><?mso"), "unsafe"),
        (WORD_2003.format(p("")), "empty"),
        (
            '<pkg:package xmlns:pkg="http://schemas.microsoft.com/office/2006/xmlPackage">'
            + '<pkg:part pkg:name="/word/document.xml"><pkg:xmlData><a/></pkg:xmlData></pkg:part>' * 2 + "</pkg:package>",
            "unsafe",
        ),
    ],
)  # fmt: skip
def test_broken_word_xml(refused: Callable[[bytes], Skipped], payload: str, reason: str) -> None:
    assert refused(payload.encode()).reason == reason
