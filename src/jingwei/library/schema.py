"""The SQLite file that is the truth of a library: its tables, its stamp, and how it is opened."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from jingwei.errors import LibraryError, reason_of
from jingwei.settings import MatchSettings

DATABASE = "library.sqlite"
INDEX_FOLDER = "index"
APPLICATION_ID = 0x4A57_4C42  # "JWLB"
SCHEMA_VERSION = 1
INDEX_VERSION = 1  # changes whenever folding, hashing or the layout of the arrays changes

_TABLES = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
CREATE TABLE reports (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    path TEXT NOT NULL,
    sha256 TEXT NOT NULL UNIQUE,
    role TEXT NOT NULL CHECK (role IN ('peer', 'authority')),
    title TEXT, unit TEXT, level TEXT, year INTEGER, date TEXT,
    place TEXT, place_path TEXT NOT NULL,
    chars INTEGER NOT NULL,
    added TEXT NOT NULL
) STRICT;
CREATE INDEX reports_path ON reports (path);
CREATE INDEX reports_place ON reports (place_path, year);
CREATE INDEX reports_reach ON reports (role, place_path);
CREATE INDEX reports_years ON reports (role, year);
CREATE TABLE texts (
    number INTEGER PRIMARY KEY REFERENCES reports (number) ON DELETE CASCADE,
    text BLOB NOT NULL,
    body BLOB NOT NULL,
    digest BLOB NOT NULL
) STRICT;
CREATE TABLE removed (number INTEGER PRIMARY KEY) STRICT;
"""
SEGMENTS_TABLE = """
CREATE TABLE segments (
    name TEXT PRIMARY KEY,
    reports INTEGER NOT NULL,
    fingerprints INTEGER NOT NULL,
    bytes INTEGER NOT NULL,
    checksum TEXT NOT NULL,
    glance TEXT NOT NULL,
    authority INTEGER NOT NULL
) STRICT;
"""


def connect(folder: Path, *, write: bool, wait_seconds: float) -> sqlite3.Connection:
    """A connection with every pragma this library relies on.

    Raises:
        LibraryError: no library there, another program's file, or one from a newer version.
    """
    file = folder / DATABASE
    if not file.is_file():
        raise LibraryError(
            f"{folder} 不是比对库（缺少 {DATABASE}）；请用 jingwei library add 建库",
            f"{folder} is no library (no {DATABASE}); create one with: jingwei library add",
        )
    try:
        connection = _open(file, write, wait_seconds)
        _check_identity(connection, folder)
    except sqlite3.Error as error:
        raise unreadable(folder, error) from error
    return connection


def _open(file: Path, write: bool, wait_seconds: float) -> sqlite3.Connection:
    address = file.resolve().as_uri()
    if write:
        return _prepared(f"{address}?mode=rw", wait_seconds)
    try:
        connection = _prepared(f"{address}?mode=ro", wait_seconds)
        connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    except sqlite3.OperationalError:  # a folder we may not write to cannot hold the -shm file
        connection = _prepared(f"{address}?immutable=1", wait_seconds)
    return connection


def _prepared(address: str, wait_seconds: float) -> sqlite3.Connection:
    connection = sqlite3.connect(address, uri=True, timeout=wait_seconds, isolation_level=None)
    connection.execute("PRAGMA trusted_schema = OFF")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute(f"PRAGMA busy_timeout = {int(wait_seconds * 1000)}")
    return connection


def _check_identity(connection: sqlite3.Connection, folder: Path) -> None:
    if connection.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
        raise LibraryError(f"{folder} 中的 {DATABASE} 不是泾渭的比对库", f"{DATABASE} in {folder} is not ours")
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if version != SCHEMA_VERSION:
        raise LibraryError(
            f"比对库 {folder} 的格式版本是 {version}，本程序需要 {SCHEMA_VERSION}；"
            "请换用相应版本，或用 jingwei library add 重新建库",
            f"library {folder} has format version {version}, this program needs {SCHEMA_VERSION}; use the matching "
            "version or build it anew with: jingwei library add",
        )


def create(folder: Path, settings: MatchSettings, wait_seconds: float) -> None:
    """An empty library in ``folder``, made if need be.

    The database appears under its name only when it is complete, so a crash here leaves no half library.
    """
    try:
        (folder / INDEX_FOLDER).mkdir(parents=True, exist_ok=True)
        new = folder / f"{DATABASE}.new"
        new.unlink(missing_ok=True)
        connection = sqlite3.connect(new, timeout=wait_seconds, isolation_level=None)
        try:
            connection.execute("PRAGMA page_size = 16384")
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
            connection.executescript(_TABLES + SEGMENTS_TABLE)
            connection.executemany("INSERT INTO meta VALUES (?, ?)", sorted(stamp(settings).items()))
            connection.execute("PRAGMA journal_mode = WAL")
        finally:
            connection.close()
        if not (folder / DATABASE).exists():
            new.rename(folder / DATABASE)
    except (OSError, sqlite3.Error) as error:
        zh, en = reason_of(error)
        raise LibraryError(f"无法在 {folder} 建立比对库：{zh}", f"cannot create library {folder}: {en}") from error


def stamp(settings: MatchSettings) -> dict[str, str]:
    """What the index depends on: it is valid only while all of these are the same."""
    return {
        "index_version": str(INDEX_VERSION),
        "match.shingle_chars": str(settings.shingle_chars),
        "match.window_shingles": str(settings.window_shingles),
    }


def check_stamp(connection: sqlite3.Connection, folder: Path, settings: MatchSettings) -> None:
    """Refuse an index made with other settings or by another version, naming the difference and the way out."""
    found = dict(connection.execute("SELECT key, value FROM meta"))
    for key, wanted in stamp(settings).items():
        if found.get(key) != wanted:
            name = "索引版本" if key == "index_version" else f"设置 {key}"
            raise LibraryError(
                f"比对库 {folder} 的{name}是 {found.get(key, '未知')}，现在是 {wanted}；"
                f"请运行 jingwei library rebuild --library {folder}，或改回原设置",
                f"library {folder} was built with {key} = {found.get(key, 'unknown')}, now {wanted}; run: "
                f"jingwei library rebuild --library {folder}, or change the setting back",
            )


def unreadable(folder: Path, error: Exception) -> LibraryError:
    """The error of a database that SQLite cannot read or write, by its cause."""
    text = str(error)
    if "locked" in text or "busy" in text:
        return LibraryError(
            f"比对库 {folder} 正被另一程序写入，等待超时；请稍后再试",
            f"library {folder} is being written by another program; try again later",
        )
    if "full" in text:
        return LibraryError(
            f"磁盘空间不足，比对库 {folder} 未改动；请腾出空间后重试",
            f"disk full, library {folder} is unchanged; free some space and try again",
        )
    if "no such column" in text or "no such table" in text:
        return LibraryError(
            f"比对库 {folder} 由较早的版本建立，索引表与本程序不符；请运行 jingwei library rebuild --library {folder}",
            f"library {folder} was made by an earlier version, its tables differ ({text}); run: "
            f"jingwei library rebuild --library {folder}",
        )
    if "malformed" in text or "not a database" in text:
        return LibraryError(
            f"比对库 {folder} 的数据库文件 {DATABASE} 已损坏，无法由索引恢复；"
            "请从备份还原，或删除该文件夹后用 jingwei library add 重新建库",
            f"{DATABASE} of library {folder} is damaged ({text}) and cannot be restored from the index; restore a "
            "backup, or delete the folder and build it anew with: jingwei library add",
        )
    return LibraryError(
        f"比对库 {folder} 无法读写：{text}；请检查磁盘和权限，再运行 jingwei library verify --library {folder}",
        f"library {folder} is not accessible: {text}; check disk and permissions, then run: "
        f"jingwei library verify --library {folder}",
    )


def damaged_text(folder: Path, error: Exception) -> LibraryError:
    """The error of a stored text that cannot be decoded."""
    return LibraryError(
        f"比对库 {folder} 中有报告的正文已损坏；请运行 jingwei library verify --library {folder} 找出该篇，"
        "用 jingwei library remove 移除后重新添加",
        f"a text stored in library {folder} is damaged ({error}); find it with: jingwei library verify --library "
        f"{folder}, remove it with: jingwei library remove, and add it again",
    )
