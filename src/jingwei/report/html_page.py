"""The frame of every page: one file, no network, a strict Content-Security-Policy with the hashes of what is inline."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from jingwei.model import KINDS
from jingwei.report import markup, words
from jingwei.report.json import dump_json
from jingwei.report.names import show_text
from jingwei.report.palette import KIND_COLOURS, KIND_MARKS

if TYPE_CHECKING:
    from jinja2 import Environment


def render_page(template: str, script: str, language: str, values: Mapping[str, Any], embedded: object = None) -> str:
    """One self-contained HTML page.

    Args:
        template: name of the body template in ``templates/``.
        script: name of the page's script in ``templates/``; it follows the common one.
        language: "zh" or "en": what is shown first, the other one is a click away.
        values: what the template shows; every string is escaped by the template engine.
        embedded: plain data for the script, as JSON that cannot close its own element.
    """
    style = _asset("page.css") + _kind_rules()
    code = _asset("common.js") + _asset(script)
    return (
        _environment()
        .get_template(template)
        .render(
            values,
            language="en" if language == "en" else "zh",
            style=_trusted(style),
            script=_trusted(code),
            policy=(
                "default-src 'none'; "
                f"style-src '{_hash(style)}'; script-src '{_hash(code)}'; base-uri 'none'; form-action 'none'"
            ),
            embedded=_trusted(json_for_script(embedded)),
        )
    )


def json_for_script(value: object) -> str:
    """JSON for a script element: no character that could end the element, open a comment or break a line."""
    text = dump_json(value)
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text


@lru_cache(maxsize=1)
def _environment() -> Environment:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("jingwei.report", "templates"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
    # As a filter, `t` of two constants is made markup once, when the template is compiled.
    environment.filters.update(t=markup.both, pct=words.percent, pct0=_limit, show=show_text, num=_number)
    environment.globals.update(
        KINDS=KINDS,
        KIND_LABELS=words.KIND_LABELS,
        KIND_MARKS=KIND_MARKS,
        KIND_COLOURS=KIND_COLOURS,
        SCORE_LABELS=words.SCORE_LABELS,
        SEVERITY_SHORT=words.SEVERITY_SHORT,
        SEVERITY_LABELS=words.SEVERITY_LABELS,
        RELATION_LABELS=words.RELATION_LABELS,
        figures_label=words.figures_label,
        PART_LABELS=words.PART_LABELS,
        PRINTED_TITLES=words.PRINTED_TITLES,
        REASON_LABELS=words.REASON_LABELS,
        DEGREE_LABELS=words.DEGREE_LABELS,
        label=words.label,
        SEVERITY_CLASSES=markup.SEVERITY_CLASSES,
        t=markup.both,
        tl=markup.label_markup,
    )
    return environment


@lru_cache(maxsize=16)
def _asset(name: str) -> str:
    # The hash in the policy is of the exact characters, so line ends must not depend on the checkout.
    return files("jingwei.report").joinpath("templates", name).read_text(encoding="utf-8").replace("\r\n", "\n")


@lru_cache(maxsize=1)
def _kind_rules() -> str:
    """The colours of the kinds come from the one palette that the pictures use too."""
    return "".join(f".fill-{kind}{{fill:{colour}}}\n" for kind, colour in KIND_COLOURS.items())


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _number(value: float, digits: int = 0) -> str:
    return f"{value:,.{digits}f}"


def _limit(share: float) -> str:
    """A limit as people say it: 15%, 12.5%."""
    return f"{100 * share:.4g}%"


def _trusted(text: str) -> Any:  # noqa: ANN401 - markupsafe.Markup, imported late
    from markupsafe import Markup

    return Markup(text)  # noqa: S704 - our own files, and JSON made safe above
