"""One frozen Settings: defaults < jingwei.toml < JINGWEI_* < command line.

Every knob is a field of one of the section classes below, has a unit in its name or comment, and is proved alive by
``tests/test_settings.py``. Unknown keys are errors. The digest of the settings is printed with every output.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args, get_origin

from msgspec import Struct, field, to_builtins
from msgspec.structs import fields

from jingwei.errors import SettingsError, reason_of

if TYPE_CHECKING:
    from msgspec.structs import FieldInfo

FINDING_CODES: tuple[str, ...] = (
    *("R1", "R2", "R3", "R4", "R5", "R6", "R7", "R8", "R9", "R10"),
    *("Q1", "Q2", "Q3", "Q4", "Q5", "X1"),
    *("S1", "S2", "S3", "C1", "C2", "Y1", "Y2", "Y3"),
)


@cache
def _fields(section: type[Struct]) -> tuple[FieldInfo, ...]:
    """Names and types of a section; finding out evaluates every annotation, which would be felt in a short run."""
    return fields(section)


class SourceSettings(Struct, frozen=True):
    """Limits of the readers; every one is named in the message when it is reached."""

    max_file_mb: int = 50
    max_members: int = 2000
    max_expanded_mb: int = 500
    max_entry_mb: int = 50
    max_ratio: int = 200
    max_nesting: int = 2
    max_pages: int = 500
    max_chars: int = 5_000_000
    max_report_chars: int = 500_000  # longer texts are books or collections: they would be judged for minutes
    max_paragraph_chars: int = 20_000
    max_seconds: int = 30
    max_memory_mb: int = 500
    min_body_chars: int = 50  # shorter documents are skipped as too_short
    encoding: str = ""  # forced encoding of .txt and .md; empty: find out
    ocr: bool = False


class MatchSettings(Struct, frozen=True):
    """How shared passages are found. k and w guarantee that every shared run of k + w - 1 characters is seen."""

    shingle_chars: int = 8  # k of the winnowed fingerprints, in folded characters
    window_shingles: int = 6  # w of the winnowed fingerprints
    min_run_chars: int = 13  # shorter shared runs are not evidence
    max_gap_chars: int = 24  # unequal characters bridged inside a passage, per side
    candidates: int = 64  # sources aligned per report, by summed idf
    frequency_cap_share: float = 0.005  # fingerprints in more than this share of the library propose no candidate
    frequency_cap_floor: int = 10
    crowd_units: int = 3  # wording shared by so many other units is counted, not listed source by source ...
    crowd_chars: int = 80  # ... unless a passage of it is so long
    permutations: int = 128  # MinHash
    minhash_seed: int = 1
    family_jaccard: float = 0.7  # members of a sentence family resemble its representative at least so much
    duplicate_jaccard: float = 0.8  # whole documents


class JudgeSettings(Struct, frozen=True):
    """Where a shared run becomes a kind (PRODUCT.md, How a character gets its kind)."""

    copied_chars: int = 40  # effective length of a passage that is shown as copied
    recycled_chars: int = 13  # the same for the unit's own earlier reports
    common_source_chars: int = 80  # common text counts only in runs of this length
    common_units: int = 3  # shared by so many other units: common
    local_strength: int = 1  # weakest fact (1-3) that makes a clause local
    specific_threshold: float = 0.5
    background: bool = True


class ReviewSettings(Struct, frozen=True):
    """Self-check: degrees of DOMAIN.md §8, switched-off codes, severities changed by the user, allow-list."""

    fail_on: str = ""  # error | warning | note | never; empty: error for check, never for the rest
    degree_watch: float = 0.15
    degree_check: float = 0.30
    degree_high: float = 0.50
    recycled_watch: float = 0.30
    recycled_check: float = 0.60
    min_facts_per_1000: float = 3.0
    off: tuple[str, ...] = ()
    severities: Mapping[str, str] = field(default_factory=dict)
    allow: tuple[str, ...] = ()  # 共用语白名单: wording that is common here
    names: tuple[str, ...] = ()  # names that are no residue here


class ReportSettings(Struct, frozen=True):
    """How results are shown."""

    language: str = "zh"
    font: str = ""  # path of a font file for the pictures; empty: find one
    anonymise: bool = False
    most_pages: int = 200  # pages of single reports that `compare -o` writes, the doubtful ones first


# How fast, where the library stands, which exit code, how results are shown: nothing that is found changes with these.
_WITHOUT_EFFECT = (
    *("workers", "library", "review.fail_on"),
    *("report.font", "report.language", "report.anonymise", "report.most_pages"),
)
_MAY_BE_NONE = frozenset(  # of all other counts there is at least one
    {"match.max_gap_chars", "match.minhash_seed", "match.frequency_cap_floor"}
    | {"sources.min_body_chars", "report.most_pages"}
)
_NO_SHARES = frozenset({"review.min_facts_per_1000"})  # every other number with a point is a share, up to 1
_MOST_OF_ANY = 10**9
_LEAST = {"match.permutations": 16, "match.family_jaccard": 0.01, "match.duplicate_jaccard": 0.01}
_MOST = {"match.permutations": 1024, "judge.local_strength": 3}


class Settings(Struct, frozen=True):
    """All settings. ``library`` is the default library folder, ``places`` a file of extra place names."""

    sources: SourceSettings = SourceSettings()
    match: MatchSettings = MatchSettings()
    judge: JudgeSettings = JudgeSettings()
    review: ReviewSettings = ReviewSettings()
    report: ReportSettings = ReportSettings()
    library: str = ""
    places: str = ""
    workers: int = 2  # processes that read and parse many files

    def as_dict(self) -> dict[str, Any]:
        """Plain nested dictionary in field order, ready for JSON."""
        values: dict[str, Any] = to_builtins(self)
        return values

    def digest(self) -> str:
        """Twelve hex digits that change when a setting changes that can change a result."""
        values = self.as_dict()
        for key in _WITHOUT_EFFECT:
            section = values
            *path, name = key.split(".")
            for part in path:
                section = section[part]
            del section[name]
        values["places"] = _content_hash(self.places)
        canonical = json.dumps(values, ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(canonical.encode()).hexdigest()[:12]


def _content_hash(file: str) -> str:
    """What stands in a file decides, not where the file is; the path itself where it cannot be read."""
    try:
        return hashlib.sha256(Path(file).read_bytes()).hexdigest() if file else ""
    except OSError:
        return file


# Variables of the same family that are no settings: debugging, and where tests find evaluation material.
NOT_SETTINGS = frozenset(
    {"JINGWEI_DEBUG", "JINGWEI_SHARED", "JINGWEI_REQUIRE_SHARED", "JINGWEI_REQUIRE_BROWSER", "JINGWEI_CHROMIUM"}
)


def find_settings_file(start: Path) -> Path | None:
    """The nearest ``jingwei.toml`` in ``start`` or one of its parents."""
    for folder in (start, *start.parents):
        candidate = folder / "jingwei.toml"
        if candidate.is_file():
            return candidate
    return None


def load_settings(
    folder: Path | None = None,
    environ: Mapping[str, str] | None = None,
    overrides: Mapping[str, Any] | None = None,
) -> Settings:
    """Settings from all layers.

    ``overrides`` are dotted keys from the command line ("match.min_run_chars").

    Raises:
        SettingsError: unknown key, wrong type or value out of range.
    """
    values: dict[str, Any] = {}
    file = find_settings_file(folder or Path.cwd())
    if file is not None:
        import tomllib

        try:
            table = tomllib.loads(file.read_text(encoding="utf-8-sig"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
            zh, en = reason_of(error)
            raise SettingsError(f"设置文件 {file} 无法读取：{zh}", f"cannot read settings {file}: {en}") from error
        values.update(_flatten(table))
        for key in ("library", "places", "report.font"):  # relative paths are meant from where the file stands
            if isinstance(values.get(key), str) and values[key]:
                values[key] = str(file.parent / values[key])
    environ = os.environ if environ is None else environ
    names = {"JINGWEI_" + key.upper().replace(".", "_"): key for key in _keys(Settings)}
    for name in sorted(environ):
        if name.startswith("JINGWEI_") and environ[name] != "":
            if name in NOT_SETTINGS:
                continue
            if name not in names:
                raise SettingsError(f"环境变量 {name} 不是已知设置", f"unknown setting {name}")
            values[names[name]] = environ[name]
    values.update({k: v for k, v in (overrides or {}).items() if v is not None})
    settings: Settings = _build(Settings, values, "")
    _check_ranges(settings)
    return settings


def _flatten(table: Mapping[str, Any], prefix: str = "") -> dict[str, Any]:
    flat: dict[str, Any] = {}
    for key, value in table.items():
        name = f"{prefix}{key}"
        if isinstance(value, dict) and name not in _keys(Settings):
            flat.update(_flatten(value, name + "."))
        else:
            flat[name] = value
    return flat


def _keys(cls: Any, prefix: str = "") -> list[str]:  # noqa: ANN401 - a class of settings
    names: list[str] = []
    for f in _fields(cls):
        names += _keys(f.type, f"{prefix}{f.name}.") if _is_section(f.type) else [prefix + f.name]
    return names


def _build(cls: type, values: Mapping[str, Any], prefix: str) -> Any:  # noqa: ANN401 - builds nested settings
    known = set(_keys(cls))
    for key in values:
        if key not in known:
            raise SettingsError(f"未知设置项：{prefix}{key}", f"unknown setting: {prefix}{key}")
    arguments: dict[str, Any] = {}
    for f in _fields(cls):
        if _is_section(f.type):
            inner = {k[len(f.name) + 1 :]: v for k, v in values.items() if k.startswith(f.name + ".")}
            arguments[f.name] = _build(f.type, inner, f"{prefix}{f.name}.")
        elif f.name in values:
            arguments[f.name] = _convert(values[f.name], f.type, prefix + f.name)
    return cls(**arguments)


def _is_section(kind: object) -> bool:
    return isinstance(kind, type) and issubclass(kind, Struct)


def _convert(value: Any, kind: Any, key: str) -> Any:  # noqa: ANN401 - one branch a type
    wrong = SettingsError(f"设置项 {key} 的值不对：{value!r}", f"bad value for setting {key}: {value!r}")
    try:
        if kind is bool:
            if isinstance(value, bool):
                return value
            return {"1": True, "true": True, "0": False, "false": False}[str(value).lower()]
        if kind is int:
            if isinstance(value, (bool, float)):
                raise wrong
            return int(value)
        if kind is float:
            if isinstance(value, bool):
                raise wrong
            return float(value)
    except (KeyError, ValueError) as error:
        raise wrong from error
    if kind is str:
        if not isinstance(value, str):
            raise wrong
        return value
    origin = get_origin(kind)
    if origin is tuple:
        items = value.split(",") if isinstance(value, str) else value
        if not isinstance(items, list) or not all(isinstance(x, get_args(kind)[0]) for x in items):
            raise wrong
        return tuple(x.strip() for x in items if x.strip())
    if origin is not None and issubclass(origin, Mapping):
        if not isinstance(value, dict) or not all(isinstance(v, str) for v in value.values()):
            raise wrong
        return dict(value)
    raise wrong


def _check_numbers(settings: Settings) -> None:
    """Every number is finite and in its range."""
    for name in ("sources", "match", "judge", "review", "report"):
        section: Struct = getattr(settings, name)
        for f in _fields(type(section)):
            value, key = getattr(section, f.name), f"{name}.{f.name}"
            if isinstance(value, bool) or not isinstance(value, (int, float)):
                continue
            share = isinstance(value, float)
            least = _LEAST.get(key, 0 if share or key in _MAY_BE_NONE else 1)
            most = _MOST.get(key, 1 if share and key not in _NO_SHARES else _MOST_OF_ANY)
            if not least <= value <= most:  # nan is in no range
                raise SettingsError(
                    f"设置项 {key} 应在 {least} 到 {most} 之间，现为 {value}",
                    f"setting {key} must be between {least} and {most}, not {value}",
                )


def _check_ranges(settings: Settings) -> None:
    _check_numbers(settings)
    match = settings.match
    if match.shingle_chars + match.window_shingles - 1 > match.min_run_chars:
        raise SettingsError(
            "match.shingle_chars + match.window_shingles - 1 不得大于 match.min_run_chars，否则会漏掉短片段",
            "match.shingle_chars + match.window_shingles - 1 must not exceed match.min_run_chars",
        )
    if match.crowd_units < settings.judge.common_units or match.crowd_chars > settings.judge.common_source_chars:
        raise SettingsError(
            "match.crowd_units 不得小于 judge.common_units，match.crowd_chars 不得大于 judge.common_source_chars",
            "match.crowd_units must not be below judge.common_units, nor match.crowd_chars above common_source_chars",
        )
    if not 1 <= settings.workers <= 64:
        raise SettingsError("workers 应在 1 到 64 之间", "workers must be between 1 and 64")
    if settings.report.language not in {"zh", "en"}:
        raise SettingsError("report.language 只能是 zh 或 en", "report.language must be zh or en")
    if settings.review.fail_on not in {"", "error", "warning", "note", "never"}:
        raise SettingsError("review.fail_on 只能是 error、warning、note、never", "bad review.fail_on")
    for code in (*settings.review.off, *settings.review.severities):
        if code not in FINDING_CODES:
            raise SettingsError(
                f"review 设置中没有问题编号 {code}，编号为 {'、'.join(FINDING_CODES)}",
                f"there is no finding code {code}; codes are {', '.join(FINDING_CODES)}",
            )
    for code, severity in settings.review.severities.items():
        if severity not in {"error", "warning", "note"}:
            raise SettingsError(f"review.severities 中 {code} 的级别不对：{severity}", f"bad severity for {code}")
