"""Mutate the fixtures of every format and read them: only documents and reasons may come back.

    python scripts/fuzz_readers.py [--mutations 10000] [--seed 1] [--format docx ...]

Containers are mutated as a whole and inside (a part is unpacked, changed and packed again), so that the parsers behind
the checksum are reached. Everything goes through the worker process; a dead worker is a finding, and so is a parser's
own exception that had to be caught in general. Prints a line a format and exits with 1 on findings of the first kind.
"""

from __future__ import annotations

import argparse
import collections
import io
import random
import re
import sys
import time
import zipfile
import zlib
from pathlib import Path

from jingwei.model import Document, Skipped
from jingwei.settings import SourceSettings
from jingwei.sources import read_bytes
from jingwei.sources.refusals import REASONS

FORMATS = Path(__file__).resolve().parents[1] / "fixtures" / "formats"
SEEDS = {
    "docx": ("features.docx", "report.docx"),
    "doc": ("features.doc", "report.doc"),
    "rtf": ("report.rtf", "features.rtf"),
    "xml": ("features.xml",),
    "pdf": ("two-fonts.pdf", "office.pdf", "running-head.pdf", "two-columns.pdf", "partly-scanned.pdf"),
    "ofd": ("report.ofd",),
    "html": ("report.html", "report-br.html"),
    "mht": ("report.mht",),
    "zip": (),
    "txt": (),
}
TOKENS = (
    b"\0",
    b"\xff" * 4,
    b"<",
    b">",
    b"&",
    b"-1",
    b"99999999999",
    b"\x7f\xff\xff\xff",
    b"<!--",
    b"]]>",
    b"%",
    b"\r\n",
)


def seeds_of(kind: str) -> list[bytes]:
    """The files that mutations of one format start from."""
    if kind == "txt":
        text = (FORMATS.parent / "reports" / "sangluo-liuting-2023.txt").read_text(encoding="utf-8")
        return [text.encode(), text.encode("gb18030"), text.encode("utf-16")]
    if kind == "zip":
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("a/报告.txt", "云溪县石桥镇2023年法治政府建设年度报告。" * 20)
            archive.write(FORMATS / "features.docx", "b.docx")
        return [buffer.getvalue()]
    whole = [(FORMATS / name).read_bytes() for name in SEEDS[kind]]
    return [*(page for file in whole for page in single_pages(file)), *whole[:2]] if kind == "pdf" else whole


def single_pages(payload: bytes) -> list[bytes]:
    """The first and the last page of a PDF as files of their own: a page costs 20 ms, so whole files are the exception."""
    import pypdfium2

    found = []
    with pypdfium2.PdfDocument(payload) as whole:
        for at in sorted({0, len(whole) - 1}):
            buffer = io.BytesIO()
            with pypdfium2.PdfDocument.new() as single:
                single.import_pages(whole, [at])
                single.save(buffer)
            found.append(buffer.getvalue())
    return found


def mutated(payload: bytes, rng: random.Random) -> bytes:
    """``payload`` with one to eight small changes."""
    changed = bytearray(payload)
    for _ in range(rng.choice((1, 1, 2, 4, 8))):
        if not changed:
            break
        at = rng.randrange(len(changed))
        action = rng.randrange(7)
        if action == 0:
            changed[at] ^= 1 << rng.randrange(8)
        elif action == 1:
            changed[at] = rng.randrange(256)
        elif action == 2:
            del changed[at : at + rng.choice((1, 4, 64, 1024))]
        elif action == 3:
            changed[at:at] = rng.choice(TOKENS)
        elif action == 4:
            changed[at:at] = changed[at : at + rng.choice((8, 256, 4096))]
        elif action == 5:
            changed[at : at + 4] = rng.choice((0, 1, 0x7FFFFFFF, 0xFFFFFFFF, rng.getrandbits(32))).to_bytes(4, "little")
        else:
            del changed[at:]
    return bytes(changed)


def mutated_structure(payload: bytes, rng: random.Random) -> bytes:
    """A change in the objects of a PDF rather than in its streams, which are most of its bytes; else anywhere."""
    parts = re.split(rb"(stream\r?\n.*?endstream)", payload, flags=re.DOTALL)
    if not payload.startswith(b"%PDF") or len(parts) < 3:
        return mutated(payload, rng)
    at = rng.randrange(0, len(parts), 2)
    parts[at] = mutated(parts[at], rng)
    return b"".join(parts)


def mutated_inside(payload: bytes, rng: random.Random) -> bytes:
    """A change behind the compression: in a member of a zip, or in a stream of a PDF; else in the file itself."""
    if payload.startswith(b"PK"):
        source, buffer = zipfile.ZipFile(io.BytesIO(payload)), io.BytesIO()
        target = rng.choice(source.namelist())
        with source, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
            for name in source.namelist():
                content = source.read(name)
                archive.writestr(name, mutated(content, rng) if name == target else content)
        return buffer.getvalue()
    streams = list(re.finditer(rb"stream\r?\n(.*?)\r?\nendstream", payload, re.DOTALL))
    if payload.startswith(b"%PDF") and streams:
        stream = rng.choice(streams)
        try:
            content = zlib.compress(mutated(zlib.decompress(stream.group(1)), rng))
        except zlib.error:
            content = mutated(stream.group(1), rng)
        return payload[: stream.start(1)] + content + payload[stream.end(1) :]
    return mutated(payload, rng)


def verdict(payload: bytes, settings: SourceSettings) -> str:
    """The reason word, ``ok``, or what went wrong."""
    outcomes = []
    for found in read_bytes(payload, "fuzz", settings):
        if isinstance(found, Skipped):
            assert found.reason in REASONS and found.message and found.message_en, found
            if "解析程序异常退出" in found.message:
                return "CRASH"
            if found.reason == "timeout":
                return "TIMEOUT"
            caught = re.search(r"无法解析（(\w+)）", found.message)
            outcomes.append(f"caught {caught.group(1)}" if caught else found.reason)
        else:
            assert isinstance(found, Document) and found.text.strip(), found
            found.text.encode()
            outcomes.append("ok")
    return outcomes[0] if outcomes else "nothing"


def fuzz(kind: str, count: int, seed: int, keep: Path | None = None) -> collections.Counter[str]:
    """``count`` mutations of one format; files that crash or hang are kept for study."""
    rng = random.Random(f"{kind}-{seed}")  # noqa: S311 - not for secrets
    settings = SourceSettings(max_seconds=10)
    seeds = seeds_of(kind)
    changes = (mutated, mutated_inside, mutated_structure) if kind == "pdf" else (mutated, mutated_inside)
    outcomes: collections.Counter[str] = collections.Counter()
    for number in range(count):
        change = rng.choice(changes)
        payload = change(rng.choice(seeds), rng)
        outcome = verdict(payload, settings)
        outcomes[outcome] += 1
        if keep is not None and (outcome.isupper() or outcome.startswith("caught")):
            (keep / f"{kind}-{seed}-{number}-{outcome.replace(' ', '-')}").write_bytes(payload)
    return outcomes


def main() -> None:
    """Read the arguments, run, print a line a format."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--mutations", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--format", nargs="*", choices=list(SEEDS), default=list(SEEDS))
    parser.add_argument("--keep", type=Path, help="folder for files that crash, hang or surprise")
    arguments = parser.parse_args()
    if arguments.keep:
        arguments.keep.mkdir(parents=True, exist_ok=True)
    bad = 0
    for kind in arguments.format:
        start = time.perf_counter()
        outcomes = fuzz(kind, arguments.mutations, arguments.seed, arguments.keep)
        seconds = time.perf_counter() - start
        counts = " ".join(f"{name}={number}" for name, number in outcomes.most_common())
        print(f"{kind:5} {arguments.mutations} mutations in {seconds:.0f} s: {counts}", flush=True)
        bad += outcomes["CRASH"] + outcomes["TIMEOUT"]
    sys.exit(1 if bad else 0)


if __name__ == "__main__":
    main()
