"""The house has one way through: imports only point left, heavy libraries are not on the cold path."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

SRC = Path(__file__).resolve().parents[1] / "src" / "jingwei"
ROOMS = [
    "sources",
    "text",
    "lexicon",
    "fingerprint",
    "library",
    "match",
    "judge",
    "review",
    "pipeline",
    "report",
    "cli",
]
NOUNS = {"model", "errors", "settings"}
WRITERS = {"library", "report", "cli"}


def imported(file: Path) -> set[str]:
    """Names below ``jingwei`` that a file imports anywhere, type-checking blocks included."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.level == 0 and (node.module or "").split(".")[0] == "jingwei":
            parts = (node.module or "").split(".")
            found |= {parts[1]} if len(parts) > 1 else {a.name for a in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level:
            pytest.fail(f"relative import in {file}")
        elif isinstance(node, ast.Import):
            found |= {a.name.split(".")[1] for a in node.names if a.name.startswith("jingwei.")}
    return found - {"__version__"}


@pytest.mark.parametrize("room", ROOMS)
def test_imports_point_left(room: str) -> None:
    allowed = NOUNS | set(ROOMS[: ROOMS.index(room) + 1])
    files = sorted((SRC / room).rglob("*.py"))
    assert files, f"the room {room} is empty"
    wrong = {f"{f.relative_to(SRC)}: {name}" for f in files for name in imported(f) if name not in allowed}
    assert not wrong


def test_nouns_import_nothing_of_ours() -> None:
    assert imported(SRC / "model.py") == set()
    assert imported(SRC / "errors.py") == set()
    assert imported(SRC / "settings.py") <= {"errors"}


def test_only_three_rooms_write() -> None:
    """``open`` for writing, ``write_text``, ``mkdir`` and the like stay in library/, report/ and cli/.

    One exception: jieba, where it stands in for rjieba, keeps a cache of its dictionary in the user's cache folder.
    """
    writing = {"write_text", "write_bytes", "mkdir", "unlink", "rename", "touch", "savefig", "to_csv", "rmtree"}
    writing |= {"makedirs", "mkstemp", "mkdtemp", "NamedTemporaryFile", "replace_file", "O_CREAT"}
    wrong = []
    for file in sorted(SRC.rglob("*.py")):
        if file.relative_to(SRC).parts[0] in WRITERS:
            continue
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Attribute) and node.attr in writing:
                wrong.append(f"{file.relative_to(SRC)}:{node.lineno} {node.attr}")
            if isinstance(node, ast.keyword) and node.arg == "ensure_exists" and file.name != "words.py":
                wrong.append(f"{file.relative_to(SRC)}:{node.value.lineno} makes a folder")
            if isinstance(node, ast.Call) and _opens_for_writing(node):
                wrong.append(f"{file.relative_to(SRC)}:{node.lineno} opens for writing")
    assert not wrong


def _opens_for_writing(call: ast.Call) -> bool:
    """Whether a call of ``open`` (of whatever) names a mode that writes."""
    plain = isinstance(call.func, ast.Name)
    name = call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")
    modes = [*call.args[plain : plain + 1], *(k.value for k in call.keywords if k.arg == "mode")]
    texts = [m.value for m in modes if isinstance(m, ast.Constant) and isinstance(m.value, str)]
    return name == "open" and any(set(mode) & set("wax+") for mode in texts)


def test_opening_for_writing_is_seen() -> None:
    calls = {"open('a', 'w')": True, "p.open(mode='xb')": True, "open('a')": False, "os.open(p, 0)": False}
    for code, writes in calls.items():
        call = ast.parse(code, mode="eval").body
        assert isinstance(call, ast.Call)
        assert _opens_for_writing(call) is writes


# numpy.ma is what np.unique and np.isin load where they are not told that values are distinct: 20 ms of a short run.
HEAVY = ("sklearn", "scipy", "jieba", "rjieba", "datasketch", "matplotlib", "lxml", "pypdfium2", "jinja2", "numpy.ma")


def loaded_after(code: str) -> set[str]:
    """Modules in a fresh interpreter after running ``code``, and the packages they are in."""
    listing = "import sys; print('\\n' + ' '.join(sorted(sys.modules)))"
    run = subprocess.run([sys.executable, "-c", f"{code}\n{listing}"], capture_output=True, text=True, check=True)
    return set(run.stdout.splitlines()[-1].split())


def test_help_loads_no_heavy_library() -> None:
    code = "from jingwei.cli.main import main\nassert main(['--help']) == 0"
    assert not loaded_after(code) & {*HEAVY, "numpy", "rapidfuzz"}


def test_check_of_a_draft_loads_no_heavy_library(fixtures_dir: Path) -> None:
    draft = next((fixtures_dir / "drafts").glob("careful*"))
    code = f"from jingwei.cli.main import main\nmain(['check', {str(draft)!r}, '-q'])"
    assert not loaded_after(code) & set(HEAVY)


def test_score_against_a_library_loads_no_heavy_library(fixtures_dir: Path, tmp_path: Path) -> None:
    draft = next((fixtures_dir / "drafts").glob("careful*"))
    library = tmp_path / "library"
    reports = sorted(str(p) for p in (fixtures_dir / "reports").glob("*.txt"))[:12]
    add = f"from jingwei.cli.main import main\nmain(['library', 'add', *{reports!r}, '--library', {str(library)!r}, '-q'])"
    subprocess.run([sys.executable, "-c", add], capture_output=True, check=True)
    code = f"from jingwei.cli.main import main\nmain(['score', {str(draft)!r}, '--library', {str(library)!r}, '-q'])"
    assert not loaded_after(code) & set(HEAVY)
