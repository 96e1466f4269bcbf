"""How this was done: what was run, what was refused, what was odd, and what was left out."""

from __future__ import annotations

import json
from dataclasses import dataclass

from commonthread.report.blocks import Table, number_cell, showing, text_cell
from commonthread.report.facts import Facts, records
from commonthread.report.wording import count, number, plural, words_list


@dataclass(frozen=True)
class RefusedFile:
    """A file that could not be read: where it stands, why, and what to do."""

    path: str
    reason: str
    remedy: str


@dataclass(frozen=True)
class Remarks:
    """A file of which something is to be said, and what."""

    path: str
    sentences: tuple[str, ...]


@dataclass(frozen=True)
class Provenance:
    """What the section says."""

    steps: tuple[str, ...]
    run: Table
    settings: Table | None
    sources: Table
    refused: tuple[RefusedFile, ...]
    odd: tuple[Remarks, ...]
    left_out: tuple[Remarks, ...]


def provenance(facts: Facts) -> Provenance:
    """Put together how it was done."""
    sources = records(facts.inputs.sources)
    return Provenance(
        steps=_steps(facts),
        run=_run(facts),
        settings=_settings(facts),
        sources=_sources(facts, sources),
        refused=tuple(
            RefusedFile(str(row["path"]), str(row["reason"]), str(row["remedy"]))
            for row in sources
            if row["status"] == "refused"
        ),
        odd=_remarks(sources, "warnings"),
        left_out=_remarks(sources, "notes"),
    )


def _remarks(sources: list[dict[str, object]], column: str) -> tuple[Remarks, ...]:
    told = (
        (str(row["path"]), tuple(json.loads(str(row[column] or "[]"))))
        for row in sources
        if row["status"] == "read"
    )
    return tuple(Remarks(path, sentences) for path, sentences in told if sentences)


def _steps(facts: Facts) -> tuple[str, ...]:
    inputs, codebook = facts.inputs, facts.codebook
    read = inputs.sources[inputs.sources["status"] == "read"]
    formats = sorted({str(name) for name in read["format"] if name})
    codes = len(facts.leaves())
    kinds = {str(kind) for kind in inputs.codings["coder_kind"].unique()}
    coders = {
        "dictionary": "by the codebook’s words and phrases",
        "classifier": "by a classifier",
        "person": "by people",
        "adjudication": "by people together",
    }
    how = words_list(words for kind, words in coders.items() if kind in kinds)
    return (
        f"{count(len(read), 'file').capitalize()} {plural('was', len(read))} read"
        + (f" ({words_list(formats)})." if formats else "."),
        "Names that the list of participants gives were replaced by a role and number wherever "
        "they occur. A name that the list does not give may still stand in a quote.",
        "Turns were cut at the ends of sentences into segments.",
        f"{count(len(inputs.codings), 'coding').capitalize()} {plural('was', len(inputs.codings))} "
        f"given to segments{' ' + how if how else ''}, from {count(len(codebook.themes), 'theme')} "
        f"with {count(codes, 'code')}, and {count(len(codebook.aspects), 'aspect')}.",
        "Segments, people, workshops and roles were counted. A code counts the segments of the "
        "codes under it too; a segment counts once for each code.",
    )


def _run(facts: Facts) -> Table:
    run, codebook = facts.inputs.run, facts.codebook
    rows = [
        ("Study", facts.inputs.study),
        ("Date of the run", run["date"]),
        ("Codebook", f"{codebook.title}, version {codebook.version}"),
        ("Codebook’s content (SHA-256)", codebook.sha256),
        ("Language", run["language_pipeline"] or "No language processing was needed."),
        *run["versions"].items(),
    ]
    return Table(
        "run-table",
        "What was run",
        ("What", "Value"),
        tuple((text_cell(name), text_cell(value)) for name, value in rows),
    )


def _settings(facts: Facts) -> Table | None:
    settings = {
        name: values
        for name, values in facts.inputs.run["settings"].items()
        # Headings and patterns of files may hold the words of those files.
        if facts.edition.files or not name.startswith("reading.")
    }
    if not settings:
        return None
    return Table(
        "settings-table",
        "Settings that differ from the defaults",
        ("Setting", "In this run", "Default"),
        tuple(
            (text_cell(name), text_cell(value), text_cell(default or "empty"))
            for name, (value, default) in settings.items()
        ),
    )


def _sources(facts: Facts, sources: list[dict[str, object]]) -> Table:
    names = facts.workshop_names
    return Table(
        "sources-table",
        f"All {number(len(sources))} {plural('file', len(sources))}, read or refused",
        ("File", "Workshop", "Outcome", "Format", "Turns", "Words", "Content (SHA-256)"),
        tuple(
            (
                text_cell(
                    row["path"],
                    show=showing(file=str(row["source_id"])) if row["status"] == "read" else "",
                ),
                text_cell(names.get(str(row["workshop_id"]), str(row["workshop_id"]))),
                text_cell(f"{row['status']}, {row['kind']}" if row["kind"] else row["status"]),
                text_cell(" ".join(str(part) for part in (row["format"], row["encoding"]) if part)),
                number_cell(int(str(row["turns"] or 0))),
                number_cell(int(str(row["words"] or 0))),
                text_cell(row["sha256"] or ""),
            )
            for row in sources
        ),
        file="sources",
    )
