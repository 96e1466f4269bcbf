"""Step: write the codebook for people to read, to comment on, and to propose changes in."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from commonthread.codebook import load_codebook
from commonthread.codebook_use import Excerpts, UseTables, codebook_view
from commonthread.export import write_csv_for_people
from commonthread.proposals.document_out import write_codebook_document
from commonthread.proposals.hints import RefiningTables, hints
from commonthread.proposals.history import History, Unrecorded, read_history
from commonthread.proposals.workbook_out import write_codebook_workbook
from commonthread.refining.study import refining_tables
from commonthread.review.codebook_page import write_codebook_page
from commonthread.settings import LanguageSettings
from commonthread.steps.run_tables import read_run_tables
from commonthread.tables import read_table
from commonthread.whole_files import replacing

_REFLEXIVE = "This is a reflexive analysis, in which figures of agreement have no place."


def write_codebook(
    files: Mapping[str, Any],
    study: str,
    title: str,
    invented: bool,
    analysis: str,
    language: Mapping[str, Any],
    folder: str,
) -> list[str]:
    """Write the codebook as a page, as documents in two sizes of letters, and as a workbook.

    ``files`` are the tables that ``read_run_tables`` takes, the codebook, and the tables
    frequencies, quotes, agreement and confusions. ``study`` is the study's folder, where the history
    of the codebook is kept; ``title``, ``invented`` and ``analysis`` are the study's, ``language`` is the section of the settings. Into ``folder`` go too the tables from
    which it is said where the codebook may need a look. Gives sentences. Raises ``InputProblems``
    for a codebook or a language that cannot be used.
    """
    out = Path(folder)
    run = read_run_tables(files)
    codebook = load_codebook(Path(files["codebook"]))
    named = {
        name: read_table(Path(files[name]), name)
        for name in ("frequencies", "quotes", "agreement", "confusions")
    }
    reflexive = {"agreement": None, "no_agreement": _REFLEXIVE}
    tables = UseTables(
        frequencies=named["frequencies"],
        quotes=named["quotes"],
        segments=run.segments,
        turns=run.turns,
        workshops=run.workshops,
        **(reflexive if analysis == "reflexive" else {"agreement": named["agreement"]}),
    )
    view = codebook_view(title, invented, codebook, tables)
    refining = refining_tables(
        run, named["confusions"], codebook, LanguageSettings.model_validate(language)
    )
    for name, frame in vars(refining).items():
        write_csv_for_people(frame, out / "where-to-look" / f"{name}.csv")
    excerpts = Excerpts(run.segments, run.turns, run.workshops)
    own = {name: frame for name, frame in vars(refining).items() if name != "saturation"}
    found = hints(codebook, RefiningTables(**own), excerpts.of)
    try:
        history, notices = read_history(Path(study)), []
    except Unrecorded as reason:
        history, notices = History(), [str(reason)]
    write_codebook_page(view, out / "codebook.html", found, history)
    write_codebook_document(view, out / "codebook.docx", 12)
    write_codebook_document(view, out / "codebook.large-print.docx", 18)
    with replacing(out / "codebook.xlsx") as temporary:
        temporary.write_bytes(write_codebook_workbook(view))
    return [
        f"Hints where the codebook may need a look: {len(found):,}.",
        f"The codebook as a page, as documents and as a workbook is in {out}. What people propose "
        "in them goes into the folder codebook_proposals of the study.",
        *notices,
    ]
