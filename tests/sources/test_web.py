"""Web pages: the article and nothing around it, whatever the markup."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from jingwei.model import Document, Skipped
from jingwei.sources.html import decode_page, extract_page

BODY = ["2023年，石桥镇认真落实各项任务，取得明显成效。", "一、开展情况", "全镇共调解矛盾纠纷18件，成功率达到95%。"]


def page(body: str, head: str = "<title>石桥镇2023年法治政府建设年度报告</title>") -> str:
    return f"<html><head>{head}</head><body>{body}</body></html>"


def paragraphs(html: str) -> list[str]:
    return [line.strip() for line in extract_page(html).paragraphs if line.strip()]


@pytest.mark.parametrize(
    "block",
    [
        "".join(f"<p>{line}</p>" for line in BODY),
        "".join(f"<div>{line}</div>" for line in BODY),
        "<br/>".join(f"　　{line}" for line in BODY),
        "<br><br>".join(BODY),
        "<p>" + "</p><p>".join(f"<span><b>{line[:3]}</b>{line[3:]}</span>" for line in BODY) + "</p>",
        "<table><tr><td>" + "".join(f"<p>{line}</p>" for line in BODY) + "</td></tr></table>",
        "<form><div><font>" + "<br>".join(BODY) + "</font></div></form>",
    ],
)
def test_every_way_to_mark_paragraphs(block: str) -> None:
    chrome = '<div><a href="/">首页</a><a href="/a">政务公开</a></div>'
    foot = '<div class="footer">版权所有：石桥镇人民政府，地址：石桥街1号，电话：000。</div>'
    found = paragraphs(page(f'{chrome}<div id="zoom">{block}</div>{foot}'))
    assert found == ["石桥镇2023年法治政府建设年度报告", *BODY]


def test_hidden_and_scripted_text_is_no_text() -> None:
    block = "".join(f"<p>{line}</p>" for line in BODY)
    noise = '<p style="display:none">隐藏，隐藏，隐藏。</p><script>var a="，，，。";</script><noscript>请启用，脚本。</noscript>'
    assert paragraphs(page(f"<div>{block}{noise}</div>"))[1:] == BODY


def test_line_ends_of_the_source_are_no_spaces_between_chinese() -> None:
    found = paragraphs(
        page("<div><p>石桥镇认真\n      落实，\r\n取得成效。</p><p>English words\nstay apart，好。</p></div>")
    )
    assert found[-2:] == ["石桥镇认真落实，取得成效。", "English words stay apart，好。"]


@pytest.mark.parametrize(
    "line",
    ["当前位置：首页 > 政务公开 > 法治政府建设", "打印 关闭", "【打印本页】【关闭窗口】", "字体：[大 中 小]", "上一篇：关于召开会议的通知",
     "发布日期：2024-01-15 来源：石桥镇 浏览次数：12", "日期:2024-01-15    来源:石桥镇综治中心", "用微信扫描二维码", "分享至好友和朋友圈", "×",
     "责任编辑：张三", "苏ICP备00000000号"],
)  # fmt: skip
def test_chrome_inside_the_article_goes(line: str) -> None:
    block = "".join(f"<p>{text}</p>" for text in [BODY[0], line, *BODY[1:]])
    assert paragraphs(page(f"<div>{block}</div>"))[1:] == BODY


@pytest.mark.parametrize(
    "line",
    ["备案审查规范性文件3件。", "关闭非法采砂场2处。", "微信公众号发布信息120条。", "打印机等设备已配备到村。", "来源：群众举报线索18条，均已办结。",
     "中小学法治副校长全覆盖", "分享经验", "大调解格局初步形成", "首页"],
)  # fmt: skip
def test_lines_of_the_report_that_look_like_chrome_stay(line: str) -> None:
    block = "".join(f"<p>{text}</p>" for text in [BODY[0], line, *BODY[1:]])
    found = paragraphs(page(f"<div>{block}</div>"))[1:]
    assert found == ([BODY[0], line, *BODY[1:]] if line != "首页" else BODY)


def test_a_data_table_keeps_rows() -> None:
    table = "<table><tr><td>指标</td><td>数量</td></tr><tr><td>调解</td><td>18件</td></tr></table>"
    block = "".join(f"<p>{line}</p>" for line in BODY)
    assert paragraphs(page(f"<div>{block}{table}</div>"))[-2:] == ["指标\t数量", "调解\t18件"]


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [("gb2312", "gb18030"), ("GBK", "gb18030"), ("utf-8", "utf-8"), ("big5", "big5hkscs"), ("", "gb18030"), ("iso-8859-1", "gb18030"),
     ("utf-8", "gb18030"), ("klingon", "utf-8")],
)  # fmt: skip
def test_the_declared_charset_is_believed_only_if_it_fits(declared: str, encoding: str) -> None:
    text = (
        "政府建工作報告，為人民服務。"
        if encoding == "big5hkscs"
        else "镕基同志、㐀字镇法治政府建设工作报告，为人民服务。"
    )
    meta = f'<meta charset="{declared}">' if declared else ""
    payload = f"<html>{meta}<body><p>{text * 3}</p></body></html>".encode(encoding)
    assert text in decode_page(payload)


def test_a_page_nested_too_deeply_is_refused(refused: Callable[[bytes], Skipped]) -> None:
    assert refused(b"<html><body>" + b"<div>" * 120_000 + b"x").reason == "unsafe"


def test_a_text_beyond_the_parsers_limit_is_refused_and_not_lost(refused: Callable[[bytes], Skipped]) -> None:
    skipped = refused(b"<html><body><p>" + "法治政府，".encode() * 800_000)
    assert skipped.reason == "too_large" and "10 MB" in skipped.message


def test_a_page_without_text_is_empty(refused: Callable[[bytes], Skipped]) -> None:
    assert refused(b"<html><body><script>x</script></body></html>").reason == "empty"


def test_an_archive_of_frames_gives_the_longest(read: Callable[[bytes], Document]) -> None:
    parts = "".join(
        f"--b\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<html><body><p>{text}</p></body></html>\r\n"
        for text in ("目录，首页。", "。".join(BODY), "页脚。")
    )
    payload = f'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="b"\r\n\r\n{parts}--b--\r\n'.encode()
    document = read(payload)
    assert document.format == "mht"
    assert document.text == "。".join(BODY)


def test_numbers_of_ordered_lists_are_written_out(read: Callable[[bytes], Document]) -> None:
    page = (
        "<html><body><div><p>石桥镇年度报告如下，请予审阅。</p><ol class='custom_cn list-paddingleft-1'><li><p>开展情况</p>"
        "<ol style='list-style-type:decimal' start=3><li>全镇调解纠纷18件。</li>\n<li value=7> <p>开展普法12场。</p><p>另一段。</p></li></ol>"
        "</li><li></li><li>二、问题</li></ol><ol><li><a href='/'>首页</a></li></ol><ol type=A><li>甲类</li></ol>"
        "<ul><li>要点</li></ul><p>全年<del>没有</del>立案2起。<span style='mso-hide:all'>隐藏</span></p></div></body></html>"
    )
    assert read(page.encode()).text.split("\n") == [
        "石桥镇年度报告如下，请予审阅。", "一、开展情况", "3.全镇调解纠纷18件。", "7.开展普法12场。", "另一段。", "二、问题",
        "A.甲类", "要点", "全年立案2起。",
    ]  # fmt: skip
