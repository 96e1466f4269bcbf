"""A small codebook with the use of its codes, all invented, for the tests of what people change."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import replace

from commonthread.codebook import Code, Codebook, CodebookResource
from commonthread.codebook_view import CodebookView, CodeUse, Excerpt
from commonthread.terms import Term, parse_term

TERMS: tuple[object, ...] = (
    "bus fare",
    "petrol money",
    {"exactly": "PI"},
    {"all_of": ["pay", "late"], "within": "8"},
    {"phrase": "pay", "unless": ["pay attention", "pay heed"]},
    {"regex": r"\bre-?imburse\w*;? (?:me|us)"},
)


def small_book(sha256: str = "a" * 64) -> Codebook:
    """Give two themes with codes, one of them under another, and an aspect."""
    return Codebook(
        title="Lanterns together",
        version="2.1",
        language="en",
        sha256=sha256,
        principles={"share_power": "Share power"},
        codes=(
            _code("getting_in", "Getting in", None, "getting_in"),
            _code(
                "fares",
                "Fares and fees",
                "getting_in",
                "getting_in",
                near_miss="“We took the bus.” Nobody speaks of its price.",
                examples=(
                    "Who pays for the bus?",
                    "They asked for three receipts, for two pounds.",
                ),
                terms=tuple(map(parse_term, TERMS)),
                principles=("share_power",),
                resources=(CodebookResource("A float of cash", "Pays fares on the day."),),
            ),
            _code(
                "late_fares", "Paid late", "fares", "getting_in", terms=(parse_term("weeks late"),)
            ),
            _code("staying", "Staying in", None, "staying"),
            _code("tea", "Tea, biscuits and talk", "staying", "staying"),
            _code("time", "Time", "staying", "staying", questions=("Whose time is it?",)),
            _code("challenge", "Challenge", None, None),
        ),
    )


def view_of(codebook: Codebook | None = None, seed: int = 5) -> CodebookView:
    """Give a codebook with made-up use of each code; two codes were used by nobody."""
    codebook = codebook or small_book()
    rng = random.Random(seed)
    unused = [code.id for code in codebook.codes][-2:]
    return CodebookView(
        study="The lantern study",
        invented=True,
        codebook=codebook,
        use={code.id: _use(rng, code, code.id in unused) for code in codebook.codes},
    )


def with_texts(codebook: Codebook, code_id: str, **texts: object) -> Codebook:
    """Give a codebook with other texts of one code."""
    changed = tuple(
        replace(code, **texts) if code.id == code_id else code  # type: ignore[arg-type]
        for code in codebook.codes
    )
    return replace(codebook, codes=changed)


def _code(code_id: str, name: str, parent: str | None, theme: str | None, **more: object) -> Code:
    fields: Mapping[str, object] = {
        "definition": f"What people say of {name.lower()}, whoever says it.",
        "plain": f"Talk of {name.lower()}",
        "use_when": f"Somebody speaks of {name.lower()} and of what came of it.",
        "not_when": "It is only named in passing.",
        "examples": (f"I thought of {name.lower()} again.", "It was like that for all of us."),
        "near_miss": "",
        "principles": (),
        "questions": (),
        "terms": _no_terms(),
        **more,
    }
    return Code(
        id=code_id,
        name=name,
        parent=parent,
        theme=theme,
        dimension="aspect" if theme is None else "theme" if parent is None else "code",
        **fields,  # type: ignore[arg-type]
    )


def _no_terms() -> tuple[Term, ...]:
    return ()


def _use(rng: random.Random, code: Code, unused: bool) -> CodeUse:
    agreement = None if rng.random() < 0.3 else round(rng.uniform(0.2, 0.95), 3)
    return CodeUse(
        segments=0 if unused else rng.randint(3, 40),
        of_segments=212,
        people=0 if unused else rng.randint(1, 20),
        of_people=21,
        workshops=0 if unused else rng.randint(1, 5),
        of_workshops=5,
        roles=0 if unused else rng.randint(1, 3),
        of_roles=3,
        agreement=agreement,
        no_agreement="" if agreement is not None else "Nobody else coded the same segments.",
        excerpts=()
        if unused
        else tuple(
            Excerpt(
                segment_id=f"lantern-{code.id}-{number}",
                words=f"We lit the {number}th lantern, and then nobody said a word for a while.",
                speaker=f"Person {number}",
                workshop=f"Lantern day {number}",
            )
            for number in (1, 2)
        ),
    )
