"""The self-check on planted cases of our own: recall by code, precision at error and at warning.

    python gate/measure_cases.py [--errors] [--code R1] [--half even|odd] [--file gate/fresh_cases.jsonl]

A positive case counts as found when a finding of its code touches the span (or the span is null). A finding at error
or warning is right when its code is the intended one of a positive case or listed under ``also``; every other one is a
false alarm. Rules and word lists are tuned on the cases of even number; those of odd number are held out. Cases that
contradict the description of the rules are listed with the reason in ``cases_exceptions.json`` and left out.
``look_alikes_flagged`` counts the negative cases of a code that got a finding of that code, notes too, at their span.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections import Counter
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from jingwei.model import Document, Finding, Report
from jingwei.pipeline.draft import assess_draft
from jingwei.pipeline.prepare import parse
from jingwei.settings import Settings

CASES = Path(__file__).with_name("findings_cases.jsonl")
EXCEPTIONS = Path(__file__).with_name("cases_exceptions.json")
_LEAST_CHARS = 10
HALVES = ("even", "odd")


def cases_of(half: str | None = None, path: Path = CASES) -> list[dict[str, Any]]:
    """The cases of a file that count, all of them or those whose number is even or odd."""
    cases = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    skipped = json.loads(EXCEPTIONS.read_text(encoding="utf-8")) if EXCEPTIONS.is_file() else {}
    return [
        case
        for case in cases
        if case["id"] not in skipped and (half is None or HALVES[int(case["id"].rpartition("-")[2]) % 2] == half)
    ]


def read(text: str, name: str, settings: Settings) -> Report | None:
    """A case's text as a report."""
    document = Document(name, hashlib.sha256(text.encode()).hexdigest(), "txt", text)
    parsed = parse(document, settings)
    return parsed if isinstance(parsed, Report) else None


def findings_of(case: dict[str, Any], settings: Settings) -> tuple[Finding, ...]:
    """Findings of a case without a library, with last year's report where the case has one."""
    report = read(case["text"], f"{case['id']}.txt", settings)
    if report is None:
        return ()
    previous = read(case["previous"], f"{case['id']}-previous.txt", settings) if case.get("previous") else None
    return assess_draft(report, None, settings, [previous] if previous else []).findings


def touches(finding: Finding, case: dict[str, Any]) -> bool:
    """Whether a finding stands where the case has its span."""
    if finding.start is None or finding.end is None or not case.get("span"):
        return True
    at = case["text"].find(case["span"])
    ranges = [(finding.start, finding.end), *finding.evidence.get("places", ())]
    return at < 0 or any(start < at + len(case["span"]) and at < end for start, end in ranges)


def measure(
    code: str | None = None, *, half: str | None = None, show: bool = False, path: Path = CASES
) -> dict[str, Any]:
    """Recall by code and precision by severity over all cases, or over those of even or odd number."""
    defaults = Settings()  # some of the cases' earlier reports are shorter than a report must be
    settings = replace(defaults, sources=replace(defaults.sources, min_body_chars=_LEAST_CHARS))
    cases = cases_of(half, path)
    found, wanted = Counter[str](), Counter[str]()
    right, wrong, false_codes = Counter[str](), Counter[str](), Counter[str]()
    right_codes, look_alikes, flagged = Counter[str](), Counter[str](), Counter[str]()
    for case in cases:
        if code and case["code"] != code:
            continue
        findings = findings_of(case, settings)
        if case["positive"]:
            wanted[case["code"]] += 1
            hit = any(f.code == case["code"] and touches(f, case) for f in findings)
            found[case["code"]] += hit
            if show and not hit:
                print("MISSED", case["id"], case["code"], repr(case["span"]), "|", case["note"])
        else:
            look_alikes[case["code"]] += 1
            hit = any(f.code == case["code"] and touches(f, case) for f in findings)
            flagged[case["code"]] += hit
            if show and hit:
                print("FLAGGED", case["id"], case["code"], repr(case["span"]), "|", case["note"])
        allowed = {*case.get("also", ()), *([case["code"]] if case["positive"] else [])}
        for finding in findings:
            if finding.severity == "note":
                continue
            ok = finding.code in allowed
            (right if ok else wrong)[finding.severity] += 1
            if ok:
                right_codes[finding.code] += 1
            else:
                false_codes[finding.code] += 1
                if show:
                    print(
                        "FALSE",
                        case["id"],
                        finding.code,
                        finding.severity,
                        repr(finding.quote[:40]),
                        finding.message[:60],
                    )
    total = sum(wanted.values())
    return {
        "cases": len(cases),
        "recall": round(sum(found.values()) / max(1, total), 4),
        "precision_error": round(right["error"] / max(1, right["error"] + wrong["error"]), 4),
        "precision_warning": round(right["warning"] / max(1, right["warning"] + wrong["warning"]), 4),
        "recall_by_code": {k: f"{found[k]}/{wanted[k]}" for k in sorted(wanted)},
        "look_alikes_flagged": {k: f"{flagged[k]}/{look_alikes[k]}" for k in sorted(look_alikes)},
        "precision_by_code": {
            k: f"{right_codes[k]}/{right_codes[k] + false_codes[k]}" for k in sorted(right_codes | false_codes)
        },
        "false_by_code": dict(false_codes.most_common()),
    }


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--errors", action="store_true")
    parser.add_argument("--code")
    parser.add_argument("--half", choices=HALVES)
    parser.add_argument("--file", type=Path, default=CASES)
    arguments = parser.parse_args()
    figures = measure(arguments.code, half=arguments.half, show=arguments.errors, path=arguments.file)
    print(json.dumps(figures, ensure_ascii=False, indent=1))


if __name__ == "__main__":
    main()
