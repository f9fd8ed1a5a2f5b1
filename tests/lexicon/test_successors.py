"""Units that go on under another name."""

from __future__ import annotations

import pytest

from jingwei.lexicon.successors import goes_on_from


@pytest.mark.parametrize(
    ("unit", "earlier"),
    [
        ("蒹川县生态环境局", "蒹川县环境保护局"),
        ("蒹川县市场监督管理局", "蒹川县工商行政管理局"),
        ("蒹川县市场监督管理局", "蒹川县质量技术监督局"),
        ("蒹川县文化和旅游局", "蒹川县文化局"),
        ("蒹川县应急管理局", "蒹川县安全生产监督管理局"),
        ("蒹川县农业农村局", "蒹川县乡村振兴局"),
        ("蒹川县自然资源和规划局", "蒹川县国土资源局"),
        ("桑洛县柳汀镇人民政府", "桑洛县柳汀乡人民政府"),
        ("桑洛市柳汀街道办事处", "桑洛市柳汀镇人民政府"),
    ],
)
def test_the_unit_goes_on(unit: str, earlier: str) -> None:
    assert goes_on_from(unit, earlier)
    assert not goes_on_from(earlier, unit)


@pytest.mark.parametrize(
    ("unit", "other"),
    [
        ("蒹川县生态环境局", "楮溪县环境保护局"),
        ("蒹川县生态环境局", "蒹川县生态环境局"),
        ("蒹川县生态环境局", "蒹川县国土资源局"),
        ("蒹川县司法局", "蒹川县公安局"),
        ("桑洛县柳汀镇人民政府", "楮溪县柳汀乡人民政府"),
        ("桑洛县柳汀镇人民政府", "桑洛县杏坪乡人民政府"),
        ("桑洛县柳汀镇人民政府", "桑洛县人民政府"),
        ("桑洛县人民政府", "桑洛乡人民政府"),
        ("桑洛县柳汀镇司法所", "桑洛县柳汀乡人民政府"),
    ],
)
def test_another_unit_stays_another(unit: str, other: str) -> None:
    assert not goes_on_from(unit, other)
