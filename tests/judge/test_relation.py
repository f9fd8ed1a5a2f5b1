"""How a source stands to the report: the table of PRODUCT.md, and units that go on under another name."""

from __future__ import annotations

import pytest

from jingwei.judge.relation import stand
from jingwei.model import Place, Profile, Role, SourceRef

_COUNTY = Place("蒹川县", county="蒹川县")
_TOWN = Place("荻浦镇", county="蒹川县", town="荻浦镇")


def _source(
    unit: str | None, year: int | None, where: Place | None, level: str | None, role: Role = "peer"
) -> SourceRef:
    return SourceRef(0, "a.txt", "0", None, None, unit, level, year, None, role, where)


@pytest.mark.parametrize(
    ("source", "draft", "batch"),
    [
        (_source("蒹川县荻浦镇人民政府", 2021, _TOWN, "镇"), "previous", "previous"),
        (_source("蒹川县荻浦镇人民政府", 2022, _TOWN, "镇"), "version", "version"),
        (_source("蒹川县荻浦镇人民政府", 2023, _TOWN, "镇"), "later", "later"),
        (_source("蒹川县人民政府", 2021, _COUNTY, "县"), "superior", "superior"),
        (_source("蒹川县人民政府", 2023, _COUNTY, "县"), "peer", "later"),
        (
            _source("蒹川县荻浦乡人民政府", 2020, Place("荻浦乡", county="蒹川县", town="荻浦乡"), "乡"),
            "previous",
            "previous",
        ),
        (_source("蒹川县荻浦乡人民政府", 2022, Place("荻浦乡", county="蒹川县", town="荻浦乡"), "乡"), "peer", "peer"),
        (_source("蒹川县荻浦乡人民政府", None, Place("荻浦乡", county="蒹川县", town="荻浦乡"), "乡"), "peer", "peer"),
        (_source("楮溪县荻浦乡人民政府", 2020, Place("荻浦乡", county="楮溪县", town="荻浦乡"), "乡"), "peer", "peer"),
        (_source(None, 2021, None, None), "peer", "peer"),
        (_source("甲县人民政府", 2021, None, None, "authority"), "authority", "authority"),
    ],
)
def test_of_a_town(source: SourceRef, draft: str, batch: str) -> None:
    profile = Profile(place=_TOWN, unit="蒹川县荻浦镇人民政府", level="镇", year=2022)
    assert stand(profile, source, newest=True) == draft
    assert stand(profile, source, newest=False) == batch


def test_of_a_bureau_after_a_reform() -> None:
    profile = Profile(place=_COUNTY, unit="蒹川县生态环境局", level="部门", year=2019)
    old = _source("蒹川县环境保护局", 2018, _COUNTY, "部门")
    other = _source("蒹川县农业局", 2018, _COUNTY, "部门")
    assert stand(profile, old, newest=True) == "previous"
    assert stand(profile, other, newest=True) == "peer"


def test_two_townships_that_both_stand_in_the_list_are_two() -> None:
    town = Place("荻浦镇", county="蒹川县", town="荻浦镇", code="990001001")
    village = Place("荻浦乡", county="蒹川县", town="荻浦乡", code="990001002")
    profile = Profile(place=town, unit="蒹川县荻浦镇人民政府", level="镇", year=2022)
    assert stand(profile, _source("蒹川县荻浦乡人民政府", 2020, village, "乡"), newest=True) == "peer"
