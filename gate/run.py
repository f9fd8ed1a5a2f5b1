"""The quality gate: measures judgement and self-check on labelled data, fails below the floors, which only rise.

    python gate/run.py [--raise] [--quick]

``gate/floors.json`` pins a floor for each figure with the reason for its height. ``--raise`` lifts floors to what was
measured (less a small margin), never lowers one. Figures that need the shared evaluation material are skipped with a
word where it is absent. ``--quick`` leaves out the planted passages (about a minute).
"""

from __future__ import annotations

import argparse
import json
import math
import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

FLOORS = HERE / "floors.json"
MARGIN = 0.01


def own_figures() -> Iterator[tuple[str, float]]:
    """What can be measured anywhere."""
    import measure_cases
    import measure_specific

    own = measure_specific.figures(measure_specific.read_own(HERE))
    yield from _specific("own", own)
    sets = {
        "cases_odd": measure_cases.measure(half="odd"),  # its figures guided the rules, its texts did not
        "cases_even": measure_cases.measure(half="even"),
        "cases_fresh": measure_cases.measure(path=HERE / "fresh_cases.jsonl"),
        "cases_blind": measure_cases.measure(path=HERE / "blind_cases.jsonl"),
        "cases_blind_3": measure_cases.measure(path=HERE / "blind_cases_3.jsonl"),
        "cases_blind_2": measure_cases.measure(path=HERE / "blind_cases_2.jsonl"),
    }
    for name, cases in sets.items():
        for key in ("recall", "precision_error", "precision_warning"):
            yield f"{name}.{key}", cases[key]


def shared_figures(shared: Path) -> Iterator[tuple[str, float]]:
    """What needs the shared labels."""
    import measure_findings
    import measure_lexicon
    import measure_specific

    yield from _specific("shared", measure_specific.figures(measure_specific.read_shared(shared / "data")))
    lexicon = measure_lexicon.measure_labels(shared / "data", detail=False)
    yield "lexicon.local_not_mandated", 1 - lexicon["local_called_mandated_share"]
    yield "lexicon.labelled_spans", lexicon["labelled_spans_hit"] / lexicon["labelled_spans"]
    findings = measure_findings.labelled_figures(shared)
    yield "findings.residues", findings["residues"]
    yield "findings.traps_unflagged", findings["traps_unflagged"]


def planted_figures() -> Iterator[tuple[str, float]]:
    """Planted passages in real reports, one seed."""
    import measure_plant

    with tempfile.TemporaryDirectory() as folder:
        row = measure_plant.measure(measure_plant.unpack(Path(folder)), Path(folder), 1, 40, 300)
    yield "plant.plagdet", row["plagdet"]
    yield "plant.char_recall", row["kinds"]["all"]["char_recall"]
    yield "plant.copied_recall", row["kinds"]["all"]["copied_recall"]
    yield "plant.copied_precision", row["copied_precision"]
    yield "plant.clean", 1 - row["clean_copied_share"]


def _specific(name: str, figures: dict[str, object]) -> Iterator[tuple[str, float]]:
    sentence = figures["sentence"]
    assert isinstance(sentence, (tuple, list))
    yield f"{name}.sentence_f1", float(sentence[2])
    for key in ("sentence_auc", "local_f1", "formulaic_of_f"):
        yield f"{name}.{key}", float(str(figures[key]))
    yield f"{name}.local_kept", 1 - float(str(figures["local_lost_without_exceptions"]))


def main() -> int:
    """Measure, print, compare, and raise floors when asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--raise", dest="lift", action="store_true")
    parser.add_argument("--quick", action="store_true")
    chosen = parser.parse_args()
    shared = Path(os.environ.get("JINGWEI_SHARED", HERE.parents[1] / "shared"))
    measured = dict(own_figures())
    if (shared / "data").is_dir():
        measured |= dict(shared_figures(shared))
        if not chosen.quick:
            measured |= dict(planted_figures())
    else:
        print("the shared evaluation material is not here: its figures are skipped")
    floors: dict[str, float] = json.loads(FLOORS.read_text(encoding="utf-8")) if FLOORS.is_file() else {}
    below = 0
    for name, value in measured.items():
        floor = floors.get(name)
        bad = floor is not None and value < floor
        below += bad
        print(f"{name:32} {value:.4f}  floor {'-' if floor is None else floor}{'  BELOW' if bad else ''}")
    if chosen.lift and not below:
        lifted = {n: max(floors.get(n, 0.0), math.floor((v - MARGIN) * 1000) / 1000) for n, v in measured.items()}
        FLOORS.write_text(json.dumps(dict(sorted((floors | lifted).items())), indent=1) + "\n", encoding="utf-8")
    return 1 if below else 0


if __name__ == "__main__":
    sys.exit(main())
