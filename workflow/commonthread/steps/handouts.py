"""Step: write the handouts: the map of resources, and questions to think about together."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from commonthread.codebook import load_codebook
from commonthread.coded import code_segments
from commonthread.codings import decide
from commonthread.export import write_csv_for_people
from commonthread.questions import questions
from commonthread.quotes import QuoteChooser
from commonthread.report.questions import questions_page, write_questions
from commonthread.report.resources import resources_page, write_resources
from commonthread.resources import resources
from commonthread.steps.find import read_all
from commonthread.tables import read_table, write_table


def write_handouts(
    study: str,
    invented: bool,
    turns_files: Sequence[str],
    segments_files: Sequence[str],
    codings_files: Sequence[str],
    participants_file: str,
    workshops_file: str,
    frequencies_file: str,
    codebook_file: str,
    data: str,
    folder: str,
) -> None:
    """Write the tables ``resources`` and ``questions`` into the folder ``data`` (Parquet and CSV),
    and from them into ``folder`` a page and a Word document each.

    Takes the tables of all batches, participants, workshops and frequencies. ``study`` is the
    study's title, ``invented`` says whether it is made up.
    """
    codebook = load_codebook(Path(codebook_file))
    participants = read_table(Path(participants_file), "participants")
    turns = read_all(turns_files, "turns")
    coded = code_segments(
        read_all(segments_files, "segments"),
        decide(read_all(codings_files, "codings")),
        participants,
        read_table(Path(workshops_file), "workshops"),
        codebook,
    )
    named = resources(coded, QuoteChooser(coded, turns), participants)
    asked = questions(read_table(Path(frequencies_file), "frequencies"), codebook)
    for name, table in (("resources", named), ("questions", asked)):
        _write_both(table, name, Path(data))
    workshops = len(coded.segments["workshop_id"].unique())
    here = Path(folder)
    write_resources(
        resources_page(named, codebook, study=study, invented=invented, workshops=workshops),
        here / "resources.html",
        here / "resources.docx",
        language=codebook.language,
    )
    write_questions(
        questions_page(asked, codebook, study=study, invented=invented),
        here / "questions.html",
        here / "questions.docx",
        language=codebook.language,
    )


def _write_both(table: pd.DataFrame, name: str, folder: Path) -> None:
    write_table(table, name, folder / f"{name}.parquet")
    write_csv_for_people(table, folder / f"{name}.csv")
