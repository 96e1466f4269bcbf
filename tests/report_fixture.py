"""A small made-up study for the tests of the report, of any size, with any words in it."""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from commonthread.codebook import Code, Codebook
from commonthread.findings import find
from commonthread.report import ReportInputs, Run
from commonthread.settings import TableSettings
from commonthread.summary.evidence import Evidence
from commonthread.summary.layout import cells_of, drafted_table
from commonthread.summary.rows import Quote, write_quotes
from commonthread.tables import as_table, columns
from made_up_talk import Talk

_TREE = (
    ("involvement", "Who is involved", None, "#14636e"),
    ("early_money", "Money at the start", "involvement", None),
    ("group_size", "How large a group is", "involvement", None),
    ("training", "Training and mentoring", "involvement", None),
    ("power", "Power", None, "#7a3b8f"),
    ("power_visible", "Visible power", "power", None),
    ("funders", "Funders and their rules", "power_visible", None),
    ("hidden_hours", "Hidden hours", "power_visible", None),
    ("power_hidden", "Hidden power", "power", None),
    ("agenda", "Who sets the agenda", "power_hidden", None),
    ("power_with", "Power with others", "power", None),
    ("shared", "Owning it together", "power_with", None),
    ("relationships", "Getting on together", None, None),
    ("trust", "Trust takes time", "relationships", None),
    ("food", "Tea and biscuits", "relationships", None),
    ("silence", "Never spoken of", "relationships", None),
)
_ASPECTS = (("challenge", "Challenge"), ("practice", "Practice"), ("resource", "Resource"))
WORDS = (
    "we",
    "the",
    "group",
    "meeting",
    "kettle",
    "always",
    "somebody",
    "never",
    "asked",
    "lantern",
    "before",
    "after",
    "because",
    "it",
    "was",
    "and",
    "then",
    "they",
    "said",
    "so",
    "maybe",
    "window",
    "budget",
    "letter",
    "people",
    "really",
    "think",
    "that",
    "orchard",
    "morning",
)
FEW_WORDS = Talk(WORDS, tuple(range(1, len(WORDS) + 1)), 8, 60, "{source_id}-{turn:05d}".format)
_ROLES = ("public contributor", "researcher", "practitioner", "facilitator")


def codebook(names: Sequence[str] = ()) -> Codebook:
    """Give a codebook; ``names`` replace the names of its first nodes."""
    themes = {code_id: code_id for code_id, _, parent, _ in _TREE if parent is None}
    codes = []
    for place, (code_id, name, parent, colour) in enumerate(_TREE):
        theme = themes.setdefault(code_id, themes[parent] if parent else code_id)
        shown = names[place] if place < len(names) else name
        codes.append(_code(code_id, shown, parent, theme, colour))
    codes += [_code(code_id, name, None, None, None) for code_id, name in _ASPECTS]
    return Codebook(
        title="Made-up codebook",
        version="0.3",
        language="en",
        sha256="ab" * 32,
        principles={"kindness": "Be kind"},
        codes=tuple(codes),
    )


def _code(
    code_id: str, name: str, parent: str | None, theme: str | None, colour: str | None
) -> Code:
    return Code(
        id=code_id,
        name=name,
        definition=f"What is said about: {name}.",
        plain=f"{name}, in plain words",
        use_when="Somebody speaks of it.",
        not_when="It is only named.",
        examples=("An example.", "Another."),
        near_miss="Nearly.",
        principles=("kindness",),
        questions=("What would you change?",),
        terms=(),
        parent=parent,
        theme=theme,
        dimension="aspect" if theme is None else "code" if parent else "theme",
        colour=colour,
    )


def inputs(
    *,
    workshops: int = 5,
    turns: int = 40,
    people: int = 12,
    said: Sequence[str] = (),
    names: Sequence[str] = (),
    codes: Sequence[str] = (),
    consent: str = "none",
    invented: bool = True,
    seed: int = 4,
    talk: Talk = FEW_WORDS,
) -> ReportInputs:
    """Give a study. ``said``, ``names`` (people, workshops, files) and ``codes`` go in first.

    ``talk`` is what turns are made of.
    """
    rng = random.Random(seed)
    book = codebook(codes)
    leaves = [code.id for code in book.codes if code.dimension == "code"]
    leaves = [code_id for code_id in leaves if not book.children(code_id) and code_id != "silence"]

    def name(place: int, usual: str) -> str:
        return names[place] if place < len(names) else usual

    pseudonyms = [
        name(place, f"{_ROLES[place % 4].capitalize()} {place // 4 + 1}") for place in range(people)
    ]
    sources, turn_rows, segment_rows, codings = [], [], [], []
    for w in range(workshops):
        workshop_id, source_id = f"w{w:03d}", f"s{w:03d}"
        notes = w == workshops - 1 and workshops > 1
        at = words_in_all = 0
        for t in range(turns):
            pieces = rng.randint(talk.fewest, talk.most)
            words = rng.choices(talk.pieces, cum_weights=talk.weights, k=pieces)
            text = " ".join(words).capitalize() + "."
            length = text.count(" ") + 1
            if w == 0 and t < len(said):
                text = f"It was {said[t]} that lantern people said."
            who = None if notes else rng.choices(pseudonyms, range(people, 0, -1))[0]
            seconds = None if notes else 7.0 * t
            turn_rows.append((source_id, t, who, seconds, None, at, at + len(text), text, length))
            segment_id = talk.segment_id(source_id=source_id, turn=t)
            kind = "notes" if notes else "talk"
            segment_rows.append(
                (segment_id, source_id, workshop_id, t, who, kind, at, at + len(text), length)
            )
            for code_id in rng.sample(leaves, rng.choice((0, 0, 1, 1, 2))) if t else leaves[:1]:
                codings.append(_coding(segment_id, code_id, text, at, rng))
                if rng.random() < 0.4:
                    aspect = rng.choice(_ASPECTS)[0]
                    codings.append(_coding(segment_id, aspect, text, at, rng))
            at += len(text) + 1
            words_in_all += length
        warnings = ["Line 3 has no speaker."] if w == 0 else []
        left_out = ["The page numbers were left out."] if w == 0 else []
        sources.append(
            (
                *(source_id, workshop_id, f"workshops/{name(w, f'day {w + 1}')}.txt"),
                *(f"{w:064x}", 900, "notes" if notes else "transcript", "txt", "Name: words"),
                *("UTF-8", "read", "", "", json.dumps(warnings), json.dumps(left_out)),
                *(turns, words_in_all),
            )
        )
    sources.append(
        (
            *("s999", "w000", f"workshops/{name(0, 'scan')}.pdf", "f" * 64, 20, "", "", "", ""),
            *("refused", "It has no words in it.", "Type it up.", "[]", "[]", 0, 0),
        )
    )
    return _gather(
        book, sources, turn_rows, segment_rows, codings, pseudonyms, consent, name, invented
    )


def _coding(segment_id: str, code_id: str, text: str, at: int, rng: random.Random) -> tuple:
    start = text.find(" ", rng.randrange(len(text) // 2)) + 1
    end = text.find(" ", start + 1)
    evidence = [{"term": text[start:end], "start": at + start, "end": at + end}]
    written = json.dumps(evidence, ensure_ascii=False)
    return (segment_id, code_id, "dictionary", "dictionary", None, written, "", "")


def _gather(
    book, sources, turn_rows, segment_rows, codings, pseudonyms, consent, name, invented
) -> ReportInputs:
    seen: dict = {}
    for row in codings:
        seen.setdefault(row[:2], row)
    tables = {
        "sources": _frame(sources, "sources"),
        "turns": _frame(turn_rows, "turns"),
        "segments": _frame(segment_rows, "segments"),
        "codings": _frame(list(seen.values()), "codings"),
        "participants": _frame(
            [(person, _ROLES[place % 4], consent, True) for place, person in enumerate(pseudonyms)],
            "participants",
        ),
        "workshops": _frame(
            [
                (row[1], name(place, f"Lantern day {place + 1}"), "")
                for place, row in enumerate(sources[:-1])
            ],
            "workshops",
        ),
    }
    drafted = [
        TableSettings(id=theme.id, title=f"Navigating {theme.name}", codes=[theme.id])
        for theme in book.themes
    ]
    found = findings(tables, book, drafted)
    run: Run = {
        "date": "3 May 2025",
        "versions": {"commonthread": "0.1.0", "Python": "3.11"},
        "settings": {"segments.length": ("40", "60")},
        "language_pipeline": "spaCy, English rules and look-up lemmas",
    }
    return ReportInputs(
        study=name(0, "the lantern study"),
        invented=invented,
        **tables,
        **found,
        codebook=book,
        run=run,
        tables=drafted,
    )


def _frame(rows, table):
    return as_table([dict(zip(columns(table), row, strict=True)) for row in rows], table)


def nothing_read(study: ReportInputs) -> ReportInputs:
    """Give the same study with every file refused."""
    sources = study.sources[study.sources["status"] == "refused"].reset_index(drop=True)
    tables = {
        "sources": sources,
        "turns": study.turns.iloc[:0],
        "segments": study.segments.iloc[:0],
        "codings": study.codings.iloc[:0],
        "participants": study.participants.iloc[:0],
        "workshops": study.workshops,
    }
    return replace(study, **tables, **findings(tables, study.codebook, study.tables))


def findings(
    tables: dict[str, pd.DataFrame], book: Codebook, drafted: Sequence[TableSettings]
) -> dict[str, pd.DataFrame]:
    """Give what is found in a study, with its summary tables as a run without people leaves them."""
    found = vars(find(**tables, codebook=book, tables=drafted))
    points = found.pop("summary_tables")
    evidence = Evidence(
        *(tables[name] for name in ("segments", "turns", "participants", "workshops"))
    )
    drafts = [drafted_table(points, table) for table in drafted]
    cells = [cell for draft in drafts for cell in cells_of(draft, draft, evidence, complete=True)]
    return {**found, "summary_cells": as_table(cells, "summary_cells")}


def written(study: ReportInputs) -> ReportInputs:
    """Give the study after people wrote its first summary table, and left its last row as it was.

    Each cell has their own words, with a pseudonym in it, and quotes of everybody, as if nobody had
    checked who agreed: the first in their words, the others paraphrased.
    """
    cells = study.summary_cells.copy()
    own = cells["table_id"] == cells["table_id"].iloc[0]
    changed = own & (cells["row"] < cells.loc[own, "row"].max())
    said = study.segments.merge(
        study.turns[["source_id", "turn", "text"]], on=["source_id", "turn"]
    )
    words = dict(zip(said["segment_id"], said["text"], strict=True))
    who = study.participants["participant_id"].iloc[0]

    def quotes(segments: str) -> str:
        first, *others = segments.split() or [""]
        made = [Quote(first, words[first])] if first else []
        return write_quotes(
            [*made, *(Quote(id, f"Put so, {n}", True) for n, id in enumerate(others))]
        )

    cells.loc[own, "written_by"] = "people"
    cells.loc[own, "code_id"] = ""
    cells.loc[changed, "as_drafted"] = False
    cells.loc[changed, "wording"] = f"In our own words, said {who}."
    cells.loc[changed, "point"] = f"What we made of it with {who}"
    cells.loc[changed, "quotes"] = cells.loc[changed, "segments"].map(quotes)
    cells.loc[changed, "text"] = cells.loc[changed, "wording"] + "\n" + cells.loc[changed, "quotes"]
    return replace(study, summary_cells=cells)
