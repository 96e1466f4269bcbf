"""A small invented study on disk whose codebook people of three roles want to change."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import openpyxl

from codebook_view_fixture import view_of
from commonthread.codebook import Codebook, load_codebook
from commonthread.dictionary import code_sources
from commonthread.findings import find
from commonthread.packs.labels import code_numbers
from commonthread.proposals.code_texts import field_text
from commonthread.proposals.folder import FOLDER
from commonthread.proposals.workbook_out import write_codebook_workbook
from commonthread.settings import SegmentSettings, Settings
from commonthread.steps.proposals import gather_proposals
from commonthread.tables import as_table, write_table
from edited_codebooks import EditedDocument, EditedWorkbook, document_bytes
from proposals_fixture import SMALL

SAID = (
    ("Researcher 1", "I do not pay much attention to the wage."),
    ("Public contributor 1", "The voucher came late."),
    ("Practitioner 1", "They said the fee fi fo fum was a fee."),
    ("Public contributor 1", "We had cake."),
)
SETTINGS = Settings(segments=SegmentSettings(unit="turns"))


def make_study(folder: Path) -> Path:
    """Make the folder of the study with its codebook, and the tables of a run beside it."""
    study = folder / "study"
    study.mkdir(parents=True)
    (study / "codebook.yaml").write_text(SMALL, encoding="utf-8")
    (study / "coders.csv").write_text("coder,role\nAda,Public contributor\n", encoding="utf-8")
    (study / "study.yaml").write_text("title: Ours\ninvented: true\n", encoding="utf-8")
    (study / "workshops" / "w1").mkdir(parents=True)
    (study / "workshops" / "w1" / "talk.txt").write_text("A: x", encoding="utf-8")
    at, turns = 0, []
    for number, (who, text) in enumerate(SAID):
        turns.append((number, who, at, at + len(text), text, len(text.split())))
        at += len(text) + 1
    names = ("turn", "participant_id", "start", "end", "text", "words")
    rows = [
        {"source_id": "s1", "start_s": None, "end_s": None, **dict(zip(names, turn, strict=True))}
        for turn in turns
    ]
    tables: dict[str, Any] = {
        "turns": as_table(rows, "turns"),
        "replacements": as_table([], "replacements"),
        "participants": as_table(
            [
                {
                    "participant_id": who,
                    "role": who.rsplit(" ", 1)[0],
                    "consent": "verbatim",
                    "listed": True,
                }
                for who in dict.fromkeys(who for who, _ in SAID)
            ],
            "participants",
        ),
        "workshops": as_table(
            [{"workshop_id": "w1", "workshop": "Money day", "date": "2026-03-12"}], "workshops"
        ),
    }
    sources = as_table(
        [{**dict.fromkeys(SOURCE, ""), "source_id": "s1", "workshop_id": "w1", **MORE}], "sources"
    )
    book = load_codebook(study / "codebook.yaml")
    coded = code_sources(tables["turns"], sources, tables["replacements"], book, SETTINGS)
    tables |= {"sources": sources, "segments": coded.segments, "codings": coded.codings}
    first = coded.segments["segment_id"].tolist()[0]
    by_a_person = {"segment_id": first, "code_id": "pay", "coder_id": "ada", "coder_kind": "person"}
    tables["people_codings"] = as_table(
        [{**by_a_person, "confidence": None, "evidence": "", "date": "2026-03-13", "memo": ""}],
        "codings",
    )
    tables["summary_tables"] = find(
        **{name: tables[name] for name in FOUND}, codings=coded.codings, codebook=book
    ).summary_tables
    for name, table in tables.items():
        kind = "codings" if name == "people_codings" else name
        write_table(table, kind, folder / "tables" / f"{name}.parquet")
    return study


FOUND = ("sources", "turns", "segments", "participants", "workshops")
SOURCE = (
    *("path", "sha256", "kind", "format", "layout", "encoding", "status", "reason", "remedy"),
    *("warnings", "notes"),
)
MORE = {
    **{"path": "workshops/talk.txt", "kind": "transcript", "status": "read"},
    **{"bytes": 1, "turns": len(SAID), "words": 30, "warnings": "[]", "notes": "[]"},
}


def files(study: Path) -> dict[str, Any]:
    """Give what a step takes: the tables of the run, and the study's codebook."""
    tables = study.parent / "tables"
    several = ("sources", "turns", "segments", "codings", "replacements")
    one = ("people_codings", "participants", "workshops", "summary_tables")
    return {
        **{name: [str(tables / f"{name}.parquet")] for name in several},
        **{name: str(tables / f"{name}.parquet") for name in one},
        "codebook": str(study / "codebook.yaml"),
    }


def gather(study: Path, **settings: Any) -> list[str]:
    """Run the step that gathers proposals; give what it said."""
    results = study.parent / "results"
    return gather_proposals(
        files=files(study),
        study=str(study),
        title="Ours",
        invented=True,
        settings={"language": SETTINGS.language.model_dump(), **settings},
        table_file=str(results / "proposals.parquet"),
        folder=str(results / "codebook"),
        problems_file=str(results / "problems.json"),
    )


def send_back(study: Path) -> None:
    """Put three proposals into the study: from the page, the document and the workbook."""
    folder = study / FOLDER
    (folder / "more").mkdir(parents=True, exist_ok=True)
    book = load_codebook(study / "codebook.yaml")
    terms = {"terms": "pay\nwage\nvoucher"}
    (folder / "ada.json").write_text(json.dumps(from_the_page(book, "pay", terms)), "utf-8")
    texts = {"In plain words": "Being paid properly"}
    data = from_the_document(book, "pay", texts, {"Why": "Late pay is no pay."})
    (folder / "Codebook from Bo.docx").write_bytes(data)
    cells = {"Merge with": "Pay", "Why": "One form for both."}
    (folder / "more" / "cy.xlsx").write_bytes(from_the_workbook(book, "fares", cells))


def from_the_document(
    book: Codebook, code_id: str, texts: Mapping[str, str], asked: Mapping[str, str]
) -> bytes:
    """Give the Word document in which Bo wrote other texts of a code, and what it asks for."""
    document = EditedDocument(document_bytes(view_of(book)))
    document.write("Who proposes", "Your name", "Bo")
    document.write("Who proposes", "Your role", "Researcher")
    number = code_numbers(book)[code_id]
    for head, rows in ((f"Code {number}", texts), (f"Changes to {number}", asked)):
        for label, text in rows.items():
            document.write(head, label, text)
    return document.saved()


def from_the_workbook(book: Codebook, code_id: str, cells: Mapping[str, str]) -> bytes:
    """Give the workbook in which Cy wrote into the row of a code."""
    workbook = EditedWorkbook(write_codebook_workbook(view_of(book)))
    workbook.cell("Who", "Your name", "Write here", "About you").value = "Cy"
    workbook.cell("Who", "Your role", "Write here", "About you").value = "Practitioner"
    for heading, text in cells.items():
        workbook.write(code_id, heading, text)
    return workbook.saved()


def from_the_page(book: Codebook, code_id: str, wording: Mapping[str, str]) -> dict[str, Any]:
    """Give what the codebook page saves when Ada proposes other texts of a code."""
    code = book.code(code_id)
    return {
        "format": "commonthread proposals",
        "format_version": 1,
        "study": "Ours",
        "page_id": "x",
        "author": "Ada",
        "role": "Public contributor",
        "codebook_version": book.version,
        "codebook_sha256": book.sha256,
        "copy": "c",
        "begun": [],
        "proposals": [
            {
                "id": "1",
                "kind": "wording",
                "code_id": code_id,
                "wording": dict(wording),
                "was": {field: field_text(code, field) for field in wording},
                "others": [],
                "parts": [],
                "parent": "",
                "why": "We say voucher.",
                "segment_ids": [],
                "author": "",
                "role": "",
                "date": "2026-03-14T10:00:00+00:00",
            }
        ],
    }


def decide(study: Path, decisions: Mapping[str, Mapping[str, str]]) -> None:
    """Write into the workbook of decisions, as a person does, by the beginning of "What it would do"."""
    file = study / FOLDER / "decisions.xlsx"
    book = openpyxl.load_workbook(file)
    sheet = book["Decisions"]
    at = {cell.value: cell.column for cell in sheet[1]}
    for row in range(2, sheet.max_row + 1):
        what = str(sheet.cell(row, at["What it would do"]).value)
        for start, decision in decisions.items():
            if what.startswith(start):
                for heading, text in decision.items():
                    sheet.cell(row, at[heading]).value = text
    out = io.BytesIO()
    book.save(out)
    file.write_bytes(out.getvalue())
