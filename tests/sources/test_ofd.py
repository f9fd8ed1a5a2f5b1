"""Details of OFD that the fixture does not show: places of characters, paths, templates, several bodies."""

from __future__ import annotations

from collections.abc import Callable
from types import ModuleType

import pytest

from jingwei.model import Document, Skipped

NS = 'xmlns:ofd="http://www.ofdspec.org/2016"'
TEXT = (
    '<ofd:TextObject Boundary="20 {y} 170 8" Size="5"><ofd:TextCode X="0" Y="5">{text}</ofd:TextCode></ofd:TextObject>'
)


def page(inner: str, before: str = "") -> bytes:
    return f"<ofd:Page {NS}>{before}<ofd:Content><ofd:Layer>{inner}</ofd:Layer></ofd:Content></ofd:Page>".encode()


@pytest.fixture
def lines(read: Callable[[bytes], Document], attack_set: ModuleType) -> Callable[..., list[str]]:
    def _lines(*members: tuple[str, bytes]) -> list[str]:
        return read(attack_set.zip_of(list(members))).text.split("\n")

    return _lines


def one_page(attack_set: ModuleType, inner: str) -> bytes:
    payload: bytes = attack_set.ofd_of(page(inner))
    return payload


@pytest.mark.parametrize(
    ("inner", "wanted"),
    [
        ('<ofd:TextCode X="0" Y="5" DeltaX="g 3 5 2.5 2.5">全镇调解18件</ofd:TextCode>', "全镇调解18件"),
        ('<ofd:TextCode X="0" Y="5">全镇</ofd:TextCode><ofd:TextCode X="10">调解</ofd:TextCode>', "全镇调解"),
        ('<ofd:TextCode X="0" Y="5">全 镇&#10;调解</ofd:TextCode>', "全镇调解"),
        ('<ofd:CGTransform CodePosition="0"><ofd:Glyphs>7</ofd:Glyphs></ofd:CGTransform><ofd:TextCode X="0" Y="5">全镇⻓期</ofd:TextCode>', "全镇长期"),
    ],
)  # fmt: skip
def test_characters_of_one_object(
    read: Callable[[bytes], Document], attack_set: ModuleType, inner: str, wanted: str
) -> None:
    made = f'<ofd:TextObject Boundary="20 30 170 8" Size="5">{inner}</ofd:TextObject>' + TEXT.format(
        y=60, text="后一段。"
    )
    assert read(one_page(attack_set, made)).text.split("\n") == [wanted, "后一段。"]


def test_an_object_without_boundary_counts_from_the_corner_of_the_page(
    read: Callable[[bytes], Document], attack_set: ModuleType
) -> None:
    made = '<ofd:TextObject Size="5"><ofd:TextCode X="20" Y="30">全镇调解纠纷。</ofd:TextCode></ofd:TextObject>'
    assert read(one_page(attack_set, made)).text == "全镇调解纠纷。"


def test_slanted_and_invisible_text_is_left_out(read: Callable[[bytes], Document], attack_set: ModuleType) -> None:
    made = (
        TEXT.format(y=30, text="全镇调解纠纷。")
        + TEXT.format(y=90, text="内部资料请勿外传").replace(" Size", ' CTM="0.7 0.7 -0.7 0.7 0 0" Size')
        + TEXT.format(y=120, text="看不见的文字").replace(" Size", ' Visible="false" Size')
    )
    assert read(one_page(attack_set, made)).text == "全镇调解纠纷。"


def test_templates_paths_and_several_bodies(lines: Callable[..., list[str]]) -> None:
    root = f"<ofd:OFD {NS}>" + "".join(
        f"<ofd:DocBody><ofd:DocRoot>{path}</ofd:DocRoot></ofd:DocBody>" for path in ("/Doc_0/Document.xml", "Doc_1\\\\D.xml")
    ).replace("\\\\", "\\") + "</ofd:OFD>"  # fmt: skip
    first = (
        f'<ofd:Document {NS}><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea>'
        '<ofd:TemplatePage ID="9" BaseLoc="Tpls/T.xml"/></ofd:CommonData><ofd:Pages><ofd:Page ID="1" BaseLoc="Pages/P.xml"/>'
        '<ofd:Page ID="2" BaseLoc="Pages/Missing.xml"/></ofd:Pages></ofd:Document>'
    )  # fmt: skip
    second = f'<ofd:Document {NS}><ofd:Pages><ofd:Page ID="1" BaseLoc="/Doc_1/P.xml"/></ofd:Pages></ofd:Document>'
    assert lines(
        ("OFD.xml", root.encode()),
        ("Doc_0/Document.xml", first.encode()),
        ("Doc_0/Tpls/T.xml", page(TEXT.format(y=60, text="模板上的标题"))),
        ("Doc_0/Pages/P.xml", page(TEXT.format(y=90, text="第一个文件。"), '<ofd:Template TemplateID="9"/>')),
        ("Doc_1/D.xml", second.encode()),
        ("Doc_1/P.xml", page(TEXT.format(y=90, text="第二个文件。"))),
    ) == ["模板上的标题", "第一个文件。", "第二个文件。"]


def test_pages_of_pictures_are_scans(refused: Callable[[bytes], Skipped], attack_set: ModuleType) -> None:
    skipped = refused(one_page(attack_set, '<ofd:ImageObject Boundary="0 0 210 297" ResourceID="1"/>'))
    assert skipped.reason == "scanned" and "第 1 页" in skipped.message
