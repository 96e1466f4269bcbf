"""All findings of a study together, and their files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from commonthread.coded import code_segments
from commonthread.cooccurrence import cooccurrence
from commonthread.export import write_csv_for_people
from commonthread.follows import follows
from commonthread.frequencies import coverage, frequencies, role_emphasis
from commonthread.participation import participation, speakers
from commonthread.quotes import QuoteChooser, quotes
from commonthread.settings import TableSettings
from commonthread.summary.evidence import Evidence
from commonthread.summary.named import tables_named
from commonthread.summary_tables import further_columns, summary_tables
from commonthread.tables import data_dictionary, read_table, write_table

if TYPE_CHECKING:
    from commonthread.codebook import Codebook


@dataclass(frozen=True)
class Findings:
    """The tables of ``tables.csv`` with these names."""

    frequencies: pd.DataFrame
    coverage: pd.DataFrame
    cooccurrence: pd.DataFrame
    participation: pd.DataFrame
    speakers: pd.DataFrame
    follows: pd.DataFrame
    role_emphasis: pd.DataFrame
    quotes: pd.DataFrame
    summary_tables: pd.DataFrame


NAMES = tuple(field.name for field in fields(Findings))
# Tables that other steps write beside them: the dictionary tells of these too.
FOR_HANDOUTS = ("resources", "questions")
OF_AUDIT = ("corrected_frequencies", "corrected_differences", "audit_outlook")


def find(
    sources: pd.DataFrame,
    turns: pd.DataFrame,
    segments: pd.DataFrame,
    codings: pd.DataFrame,
    participants: pd.DataFrame,
    workshops: pd.DataFrame,
    codebook: Codebook,
    tables: Sequence[TableSettings] = (),
) -> Findings:
    """Count all findings of a study.

    Goes in: the tables of these names; of ``codings`` those that were decided, each a code that
    holds; ``tables`` says which summary tables to draft, one for each theme if empty. The order of rows
    changes nothing. Raises ValueError where tables do not fit together.
    """
    coded = code_segments(segments, codings, participants, workshops, codebook)
    chooser = QuoteChooser(coded, turns)
    counted = frequencies(coded)
    return Findings(
        frequencies=counted,
        coverage=coverage(coded),
        cooccurrence=cooccurrence(coded),
        participation=participation(sources, turns, participants, workshops),
        speakers=speakers(sources, turns, participants, workshops),
        follows=follows(sources, turns, participants),
        role_emphasis=role_emphasis(counted),
        quotes=quotes(coded, chooser),
        summary_tables=summary_tables(
            coded,
            chooser,
            tables_named(tables, codebook),
            Evidence(coded.segments, turns, participants, workshops),
        ),
    )


def write_findings(findings: Findings, folder: Path) -> None:
    """Write each finding as ``<name>.parquet`` and ``<name>.csv``, with ``data_dictionary.csv``.

    The dictionary tells what each column of these tables means, also those of summary tables that
    have other columns than the usual ones.
    """
    for name in NAMES:
        frame = getattr(findings, name)
        write_table(frame, name, folder / f"{name}.parquet")
        write_csv_for_people(frame, folder / f"{name}.csv")
    dictionary = data_dictionary()
    own = dictionary[dictionary["table"].isin((*NAMES, *FOR_HANDOUTS, *OF_AUDIT))]
    further = further_columns(findings.summary_tables)
    write_csv_for_people(pd.concat([own, further]), folder / "data_dictionary.csv")


def read_findings(folder: Path) -> Findings:
    """Read the findings that ``write_findings`` wrote into a folder."""
    return Findings(**{name: read_table(folder / f"{name}.parquet", name) for name in NAMES})
