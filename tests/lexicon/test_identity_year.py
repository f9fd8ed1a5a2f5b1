"""The year reported on and the date of writing, from every place they may be written."""

import pytest

from jingwei.lexicon.identity_head import Head
from jingwei.lexicon.identity_year import date_of_writing, year_reported

EMPTY = Head("", (), "", "", (), (), (), False)


@pytest.mark.parametrize(
    ("title", "year"),
    [
        ("2023年法治政府建设年度报告", 2023),
        ("2023年度法治政府建设工作情况报告", 2023),
        ("二〇二三年法治政府建设年度报告", 2023),
        ("关于2022年法治政府建设情况和2023年工作打算的报告", 2022),
        ("关于贯彻《法治政府建设实施纲要（2021—2025年）》2022年工作的报告", 2022),
        ("关于落实《青溪县2021年实施方案》的2022年总结", 2022),
        ("柳烟镇党委书记述法报告（2023年度）", 2023),
        ("青溪县柳烟镇2022年法治政府建设工作总结暨2023年工作打算", 2022),
        ("法治政府建设年度报告", None),
    ],
)
def test_year_of_a_title(title, year):
    assert year_reported(EMPTY._replace(title=title), None) == year


@pytest.mark.parametrize(
    ("head", "year"),
    [
        ({"headings": ("一、2021年法治政府建设工作开展情况",)}, 2021),
        ({"headings": ("一、2022年工作打算", "二、2021年工作情况")}, 2021),
        ({"opening": "2020年，柳烟镇在县委领导下"}, 2020),
        ({"opening": "根据通知要求，现将我镇2019年度法治政府建设工作情况报告如下"}, 2019),
    ],
)
def test_year_of_headings_and_opening(head, year):
    assert year_reported(EMPTY._replace(**head), "2023-05-01") == year


@pytest.mark.parametrize(
    ("date", "year"), [("2022-03-14", 2021), ("2022-04-30", 2021), ("2021-12-20", 2021), ("2021-07-01", 2021)]
)
def test_date_of_writing_tells_the_year_where_nothing_else_does(date, year):
    assert year_reported(EMPTY, date) == year


@pytest.mark.parametrize(
    ("title", "headings", "date", "stem", "year"),
    [
        ("2016年政府工作报告", (), None, "", 2015),
        ("政府工作报告", (), "2016-01-18", "", 2015),
        ("政府工作报告", (), "2022-12-27", "", 2022),
        ("政府工作报告", ("一、过去五年工作回顾",), "2017-01-06", "", 2016),
        ("政府工作报告", ("一、2015年和“十二五”工作回顾",), None, "", 2015),
        ("政府工作报告", ("二、2016年主要任务",), None, "无锡市-2016", 2015),
    ],
)
def test_work_report_looks_back_on_the_year_before_its_delivery(title, headings, date, stem, year):
    head = EMPTY._replace(title=title, headings=headings, is_work_report=True)
    assert year_reported(head, date, stem) == year


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("各位代表：\n2016年工作回顾\n2016年，是不平凡的一年。", 2016),
        ("各位代表：\n2015年工作回顾\n2015年，是不平凡的一年。", 2015),
        ("各位代表：\n2016年工作任务\n我们要全力以赴。", 2015),
    ],
)
def test_a_work_report_named_by_the_year_it_looks_back_on(text, year):
    head = EMPTY._replace(title="2016年青溪省政府工作报告", is_work_report=True)
    assert year_reported(head, None, text=text) == year


def test_file_name_is_the_last_evidence():
    assert year_reported(EMPTY, None, "青溪县柳烟镇-2019") == 2019
    assert year_reported(EMPTY._replace(title="2020年报告"), None, "柳烟镇-2019") == 2020
    assert year_reported(EMPTY, None, "报告") is None


@pytest.mark.parametrize(
    ("head", "hint", "date"),
    [
        ({"dates": ("2024年2月8日",)}, "", "2024-02-08"),
        ({"dates": ("二〇二四年十二月二十三日",)}, "", "2024-12-23"),
        ({"below": ("柳烟镇人民政府2024年1月5日",)}, "", "2024-01-05"),
        ({"above": ("发布时间：2024-03-14来源：柳烟镇",)}, "", "2024-03-14"),
        ({"above": ("发布时间：2024-03-14",), "dates": ("2024年1月5日",)}, "", "2024-01-05"),
        ({}, "2024/3/14 10:22", "2024-03-14"),
        ({"dates": ("2024年13月40日",)}, "", None),
        ({}, "", None),
    ],
)
def test_date_of_writing(head, hint, date):
    assert date_of_writing(EMPTY._replace(**head), hint) == date
