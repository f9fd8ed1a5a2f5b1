"""Every knob is read somewhere, has a layer order, and a wrong one is an error with a name."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from msgspec import Struct
from msgspec.structs import fields, replace

from jingwei.errors import SettingsError
from jingwei.settings import Settings, load_settings

SRC = Path(__file__).resolve().parents[1] / "src" / "jingwei"


def knobs() -> list[str]:
    names = []
    for f in fields(Settings):
        value = getattr(Settings(), f.name)
        names += [g.name for g in fields(value)] if isinstance(value, Struct) else [f.name]
    return names


@pytest.mark.parametrize("knob", knobs())
def test_every_setting_is_alive(knob: str) -> None:
    """A setting nobody reads is a lie: each is read from a settings value outside settings.py."""
    code = "".join(f.read_text("utf-8") for f in SRC.rglob("*.py") if f.name != "settings.py")
    assert re.search(rf"\b(?:settings|limits|match|judge|review|report|sources)\.{knob}\b", code), (
        f"nothing reads the setting {knob}"
    )


def test_layers(tmp_path: Path) -> None:
    (tmp_path / "jingwei.toml").write_text("workers = 3\n[match]\nmin_run_chars = 15\n[review]\nallow = ['甲','乙']\n")
    inner = tmp_path / "a" / "b"
    inner.mkdir(parents=True)
    assert load_settings(inner, {}).workers == 3
    assert load_settings(inner, {}).match.min_run_chars == 15
    assert load_settings(inner, {}).review.allow == ("甲", "乙")
    assert load_settings(inner, {"JINGWEI_WORKERS": "4"}).workers == 4
    assert load_settings(inner, {"JINGWEI_WORKERS": "4"}, {"workers": 5}).workers == 5
    assert load_settings(inner, {"JINGWEI_MATCH_MIN_RUN_CHARS": "20"}).match.min_run_chars == 20


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("unknown = 1", "unknown"),
        ("[match]\ntypo_chars = 1", "match.typo_chars"),
        ("workers = 'many'", "workers"),
        ("workers = 0", "workers"),
        ("[match]\nshingle_chars = 30", "match.shingle_chars"),
        ("[judge]\ncopied_chars = -1", "copied_chars"),
        ("[report]\nlanguage = 'fr'", "report.language"),
        ("[review]\nfail_on = 'sometimes'", "review.fail_on"),
        ("[review]\ndegree_watch = 15", "review.degree_watch"),
        ("[review]\ndegree_watch = nan", "review.degree_watch"),
        ("[review]\nmin_facts_per_1000 = inf", "review.min_facts_per_1000"),
        ("[review]\noff = ['R99']", "R99"),
        ("[review]\noff = ['r4']", "r4"),
        ("[review.severities]\nR77 = 'note'", "R77"),
        ("[match]\npermutations = 0", "match.permutations"),
        ("[match]\nshingle_chars = 0", "match.shingle_chars"),
        ("[match]\nwindow_shingles = 0", "match.window_shingles"),
        ("[match]\nfamily_jaccard = 0.0", "match.family_jaccard"),
        ("[judge]\ncommon_units = 0", "judge.common_units"),
        ("[judge]\nspecific_threshold = 7", "judge.specific_threshold"),
        ("[review.severities]\nR1 = 'loud'", "R1"),
        ("[[", "jingwei.toml"),
    ],
)
def test_a_wrong_setting_is_named(tmp_path: Path, text: str, named: str) -> None:
    (tmp_path / "jingwei.toml").write_text(text, "utf-8")
    with pytest.raises(SettingsError) as caught:
        load_settings(tmp_path, {})
    assert named in caught.value.message


def test_unknown_variable_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="JINGWEI_NONSENSE"):
        load_settings(tmp_path, {"JINGWEI_NONSENSE": "1"})


def test_digest_tells_settings_apart() -> None:
    assert Settings().digest() == Settings().digest()
    judge = replace(Settings().judge, copied_chars=41)
    assert Settings().digest() != replace(Settings(), judge=judge).digest()


def test_digest_is_that_of_what_changes_results() -> None:
    review = replace(Settings().review, fail_on="note")
    report = replace(Settings().report, language="en", anonymise=True, most_pages=1, font="a.ttf")
    other = replace(Settings(), workers=1, library="elsewhere", review=review, report=report)
    assert Settings().digest() == other.digest()


def test_digest_is_that_of_the_place_names_not_of_where_they_stand(tmp_path: Path) -> None:
    one, two = tmp_path / "a.txt", tmp_path / "b.txt"
    for file in (one, two):
        file.write_text("半坡村", "utf-8")
    assert replace(Settings(), places=str(one)).digest() == replace(Settings(), places=str(two)).digest()
    two.write_text("半坡村\n枫桥镇", "utf-8")
    assert replace(Settings(), places=str(one)).digest() != replace(Settings(), places=str(two)).digest()
