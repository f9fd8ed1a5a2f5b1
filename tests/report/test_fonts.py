"""The font of the pictures: the user's, an installed one, the packaged one; what cannot be drawn is named."""

from __future__ import annotations

from pathlib import Path

import matplotlib
import pytest

from jingwei.errors import SettingsError
from jingwei.report import fonts
from jingwei.settings import ReportSettings

LATIN = Path(matplotlib.get_data_path()) / "fonts" / "ttf" / "DejaVuSans.ttf"


@pytest.fixture
def bare_machine(monkeypatch: pytest.MonkeyPatch):
    """No Chinese font installed."""
    monkeypatch.setattr(fonts, "_installed_fonts", tuple)


@pytest.mark.usefixtures("bare_machine")
def test_a_bare_machine_draws_with_the_packaged_font():
    choice = fonts.find_font(ReportSettings())
    assert choice.origin == "package"
    assert choice.undrawable(["桐桁镇岫川县柳汀镇①—2023年"]) == ""


def test_the_font_of_the_settings_comes_first():
    path = str(fonts.packaged_font().path)
    assert fonts.find_font(ReportSettings(font=path)).origin == "settings"


def test_an_installed_font_is_preferred_to_the_package(monkeypatch: pytest.MonkeyPatch):
    installed = fonts.packaged_font().path
    monkeypatch.setattr(fonts, "_installed_fonts", lambda: (LATIN, installed))
    choice = fonts.find_font(ReportSettings())
    assert (choice.origin, choice.path) == ("installed", installed)


def test_variable_fonts_are_passed_over(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(fonts, "_installed_fonts", lambda: (fonts.packaged_font().path,))
    monkeypatch.setattr(fonts, "_is_variable", lambda _path: True)
    assert fonts.find_font(ReportSettings()).origin == "package"


def test_a_variable_font_is_known_by_its_fvar_table(tmp_path: Path):
    def table_directory(tag: bytes) -> bytes:
        return b"\x00\x01\x00\x00" + b"\x00\x01" + bytes(6) + tag + bytes(12)

    for tag, variable in ((b"fvar", True), (b"glyf", False)):
        path = tmp_path / f"{tag.decode()}.ttf"
        path.write_bytes(table_directory(tag))
        assert fonts._is_variable(path) is variable
    collection = tmp_path / "c.ttc"
    collection.write_bytes(b"ttcf" + bytes(8) + (16).to_bytes(4, "big") + table_directory(b"fvar"))
    assert fonts._is_variable(collection)
    assert not fonts._is_variable(LATIN)


@pytest.mark.parametrize("case", ["missing", "no font", "no Chinese"])
def test_a_useless_font_in_the_settings_is_refused_by_name(tmp_path: Path, case: str):
    path = tmp_path / "字体.ttf"
    if case == "no font":
        path.write_bytes(b"this is no font")
    font = str(LATIN if case == "no Chinese" else path)
    with pytest.raises(SettingsError) as error:
        fonts.find_font(ReportSettings(font=font))
    assert Path(font).name in error.value.message


def test_what_cannot_be_drawn_is_named_and_marked():
    choice = fonts.packaged_font()
    assert choice.undrawable(["青石镇\U0001f600", "\u0378青"]) == "\u0378\U0001f600"
    assert choice.drawable("青石镇\U0001f600") == "青石镇〓"
