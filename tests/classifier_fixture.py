"""A made-up study for the classifier: codes with words of their own, said in several files."""

from __future__ import annotations

import json

import numpy as np
import pandas as pd

from commonthread.classifier.study import Material
from commonthread.codebook import Codebook, load_codebook
from commonthread.tables import as_table

CODEBOOK = """
title: A codebook for tests
version: "1"
language: en
themes:
  - id: money
    name: Money
    colour: "#14636e"
    definition: About money.
    plain: Money
    use_when: Money is spoken of.
    not_when: Never.
    examples: [Money is short., And again.]
    near_miss: Honey is sweet.
    codes:
      - id: payment
        name: Payment
        definition: About being paid.
        plain: Being paid
        use_when: Somebody is paid.
        not_when: Never.
        examples: [They paid me., And again.]
        near_miss: They played.
        terms: [pay]
  - id: talk
    name: Talk
    colour: "#5b3a8c"
    definition: About how people talk.
    plain: How people talk
    use_when: Talk is spoken of.
    not_when: Never.
    examples: [They talk a lot., And again.]
    near_miss: They walk.
    terms: [jargon]
aspects:
  - id: challenge
    name: Challenge
    definition: Something hard.
    plain: Something hard
    use_when: It is hard.
    not_when: Never.
    examples: [It is hard., And again.]
    near_miss: It is here.
    terms: [hard]
"""
# What is said of a code, and what is said beside it.
WORDS = {
    "payment": [
        "paid",
        "invoice",
        "claim",
        "expenses",
        "fee",
        "bank",
        "wages",
        "salary",
        "form",
        "cheque",
    ],
    "talk": [
        "jargon",
        "words",
        "acronym",
        "language",
        "speak",
        "explain",
        "plain",
        "glossary",
        "phrase",
        "sentence",
    ],
    "challenge": [
        "hard",
        "slow",
        "never",
        "stuck",
        "trouble",
        "worry",
        "failed",
        "late",
        "lost",
        "missing",
    ],
}
COMMON = [
    "we",
    "the",
    "and",
    "a",
    "meeting",
    "people",
    "about",
    "then",
    "there",
    "was",
    "that",
    "it",
    "of",
    "in",
    "on",
    "with",
    "had",
    "were",
    "group",
    "project",
]


def codebook(folder) -> Codebook:
    path = folder / "codebook.yaml"
    path.write_text(CODEBOOK, encoding="utf-8")
    return load_codebook(path)


def made_up(
    folder, *, segments: int = 400, judged: int = 240, files: int = 8, noise: float = 0.05, seed=1
) -> Material:
    """Make segments in which a code has words of its own; people judged the first of each file.

    ``noise`` is the share of people's decisions that are the other way round.
    """
    generator = np.random.default_rng(seed)
    rows, texts, codings = [], [], []
    at = dict.fromkeys(range(files), 0)
    for number in range(segments):
        file = number % files
        about = {code: generator.random() < 0.3 for code in WORDS}
        words = generator.choice(COMMON, 14).tolist()
        for code, has in about.items():
            if has:
                words += generator.choice(WORDS[code], 3).tolist()
        generator.shuffle(words)
        text = " ".join(words)
        name = f"segment {number:04d}"
        role = ("Researcher", "Public contributor")[number // files % 2]
        rows.append(
            {
                "segment_id": name,
                "source_id": f"file {file}",
                "workshop_id": f"workshop {file // 2}",
                "turn": number // files,
                "participant_id": f"{role} {file}",
                "kind": "talk",
                "start": at[file],
                "end": at[file] + len(text),
                "words": len(words),
            }
        )
        if "jargon" in words:
            place = at[file] + text.index("jargon")
            evidence = [{"term": "jargon", "start": place, "end": place + len("jargon")}]
            codings.append((name, "talk", "dictionary", json.dumps(evidence)))
        at[file] += len(text) + 1
        texts.append(text)
        if number < judged:
            given = [code for code, has in about.items() if has != (generator.random() < noise)]
            codings += [(name, code, "person", "") for code in given or ["no_code"]]
    return Material(
        segments=as_table(rows, "segments"),
        texts=texts,
        codings=coded(codings),
        participants=as_table(
            [
                {
                    "participant_id": f"{role} {file}",
                    "role": role,
                    "consent": "none",
                    "listed": True,
                }
                for role in ("Researcher", "Public contributor")
                for file in range(files)
            ],
            "participants",
        ),
        codebook=codebook(folder),
    )


def coded(rows) -> pd.DataFrame:
    """Make codings of (segment, code, kind of coder, evidence)."""
    return as_table(
        [
            {
                "segment_id": segment,
                "code_id": code,
                "coder_id": "dictionary" if kind == "dictionary" else "ada",
                "coder_kind": kind,
                "confidence": None,
                "evidence": evidence,
                "date": "",
                "memo": "",
            }
            for segment, code, kind, evidence in rows
        ],
        "codings",
    )
