"""Briefs made from a few lines of text, without the other rooms: a line is a paragraph, numbered short lines head."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from jingwei.model import (
    Block,
    Damage,
    Document,
    Fact,
    Match,
    Paragraph,
    PhraseHit,
    Place,
    PlaceHit,
    Profile,
    Report,
    Section,
    Sentence,
    Source,
    Structure,
    TracedText,
)
from jingwei.review.brief import Brief
from jingwei.settings import ReviewSettings

_FIRST = re.compile(r"[一二三四五六七八九十]+、")
_SECOND = re.compile(r"[（(][一二三四五六七八九十]+[)）]")
_DATE = re.compile(r"\d{4}年\d{1,2}月\d{1,2}日$")
_FACT = re.compile(r"\d+(?:\.\d+)?余?(?:万|亿)?(?:元|件|起|人次|人|场次|场|次|份|个|条|名|家|户|台|项|期|亩)")


def report(text: str, **profile: Any) -> Report:
    """A report whose first line is the title when it ends like one."""
    blocks: list[Block] = []
    paragraphs: list[Paragraph] = []
    sentences: list[Sentence] = []
    heads: list[tuple[int, int, str]] = []
    clean: list[str] = []
    addresses: list[int] = []
    body = np.zeros(len(text), dtype=np.bool_)
    at = 0
    for raw in text.split("\n"):
        start, end = at + len(raw) - len(raw.lstrip()), at + len(raw.rstrip())
        at += len(raw) + 1
        line = text[start:end]
        if not line:
            continue
        level = 1 if _FIRST.match(line) else 2 if _SECOND.match(line) else 0
        if not blocks and re.search(r"(?:报告|总结|汇报)$", line):
            blocks.append(Block(start, end, "title"))
        elif _DATE.match(line):
            blocks.append(Block(start, end, "date"))
        elif level and len(line) <= 40 and not re.search(r"[。；]", line[:-1]) and (level == 1 or line[-1] not in "。；"):
            blocks.append(Block(start, end, "heading", level))
            heads.append((start, level, re.sub(r"^.{1,3}[、）)]", "", line)))
        else:
            kept = [i for i in range(start, end) if not text[i].isspace()]
            if clean:
                clean.append("\n")
                addresses.append(start)
            first = len(clean)
            clean += [text[i] for i in kept]
            addresses += kept
            body[kept] = True
            number = len(paragraphs)
            blocks.append(Block(start, end, "body"))
            paragraphs.append(Paragraph(start, end, len(heads) - 1 if heads else None, ((start, end),), first, len(clean)))
            for match in re.finditer(r"[^。！？；]+[。！？；]?", "".join(clean[first:])):
                left, right = first + match.start(), first + match.end()
                sentences.append(
                    Sentence(addresses[left], addresses[right - 1] + 1, len(heads) - 1 if heads else None, number, left, right)
                )
    sections = []
    for index, (start, level, title) in enumerate(heads):
        end = next((s for s, other, _ in heads[index + 1 :] if other <= level), len(text))
        sections.append(Section(start, end, level, title))
    starts = np.array(addresses, dtype=np.int32)
    structure = Structure(
        tuple(blocks), tuple(sections), tuple(paragraphs), tuple(sentences), TracedText("".join(clean), starts, starts + 1), body
    )
    profile.setdefault("title", next((text[b.start : b.end] for b in blocks if b.role == "title"), None))
    if isinstance(profile.get("place"), str):
        profile["place"] = Place(profile["place"], county=profile.pop("county", None), province=profile.pop("province", None))
    return Report(Document("草稿.txt", "0" * 64, "txt", text), structure, Profile(**profile))


def brief(
    text: str,
    *,
    level: str | None = "镇",
    year: int | None = 2023,
    place: str | None = "白石镇",
    county: str | None = "云溪县",
    province: str | None = None,
    organ: str | None = "人民政府",
    places: Sequence[Mapping[str, str]] = (),
    phrases: Sequence[Mapping[str, Any]] = (),
    copied: Sequence[Mapping[str, Any]] = (),
    damage: Sequence[Mapping[str, str]] = (),
    previous: Sequence[tuple[str, int]] = (),
    settings: ReviewSettings | None = None,
) -> Brief:
    """A brief of ``text`` for 云溪县白石镇 in 2023 unless told otherwise; ``places`` and ``phrases`` mark every hit."""
    draft = report(text, level=level, year=year, place=place, county=county, province=province, organ=organ)
    if damage:
        spoilt = [Damage(d["code"], *_where(text, d["text"]), d.get("note", "")) for d in damage]
        structure = draft.structure
        structure = Structure(
            structure.blocks, structure.sections, structure.paragraphs, structure.sentences, structure.clean, structure.body, tuple(spoilt)
        )
        draft = Report(draft.document, structure, draft.profile)
    place_hits = [
        PlaceHit(m.start(), m.end(), p["name"], p.get("level", "县"), p["relation"])  # type: ignore[arg-type]
        for p in places
        for m in re.finditer(re.escape(p["name"]), text)
    ]
    phrase_hits = [
        PhraseHit(
            m.start(), m.end(), p["text"], p.get("group", "提法"), p.get("canonical", p["text"]),
            p.get("status", "current"), p.get("strength", ""), p.get("exact", True), p.get("note", ""),
        )
        for p in phrases
        for m in re.finditer(re.escape(p["text"]), text)
    ]
    matches = []
    for c in copied:
        start, end = _where(text, c["text"])
        source = Source(c.get("report", "库内/甲.txt"), c.get("place"), c.get("year", 2022), 0, end - start, c.get("source", c["text"]))
        matches.append(Match(start, end, end - start, c.get("effective", end - start), c.get("relation", "peer"), source))
    facts = [Fact(m.start(), m.end(), "count", 2, m.group(), m.start(), m.end()) for m in _FACT.finditer(text)]
    earlier = tuple(report(t, level=level, year=y, place=place, county=county, organ=organ) for t, y in previous)
    return Brief(
        report=draft,
        phrases=tuple(phrase_hits),
        places=tuple(sorted(place_hits, key=lambda h: h.start)),
        facts=tuple(facts),
        matches=tuple(matches),
        previous=earlier,
        settings=settings or ReviewSettings(),
    )


def _where(text: str, part: str) -> tuple[int, int]:
    start = text.index(part)
    return start, start + len(part)
