"""What a report is made from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypedDict

if TYPE_CHECKING:
    import pandas as pd

    from commonthread.codebook import Codebook
    from commonthread.settings import TableSettings


class Run(TypedDict):
    """What was run: everything that somebody needs to run it again."""

    date: str
    """Day of the run, as it should be read (such as "3 May 2025")."""
    versions: Mapping[str, str]
    """Name of each program or package and its version, in the order in which to show them."""
    settings: Mapping[str, tuple[str, str]]
    """Settings that differ from the defaults: dotted name to (value, default), both as text."""
    language_pipeline: str
    """How language was processed, in words; empty if no language pipeline was needed."""


@dataclass(frozen=True)
class PeopleCoding:
    """What people coded, and how far they agree; tables as in ``tables.csv``."""

    analysis: str
    """Kind of thematic analysis that the study says it is; empty if it does not say."""
    judgements: pd.DataFrame
    coders: pd.DataFrame
    coding_basis: pd.DataFrame
    agreement: pd.DataFrame
    confusions: pd.DataFrame
    disagreements: pd.DataFrame


@dataclass(frozen=True)
class Audit:
    """The random sample that people check, and what is corrected by it; tables as in ``tables.csv``."""

    sample: pd.DataFrame
    """The table ``audit_sample``: empty where nothing was drawn."""
    frequencies: pd.DataFrame
    differences: pd.DataFrame
    outlook: pd.DataFrame


@dataclass(frozen=True)
class ClassifierCard:
    """What the classifier says of itself; tables as in ``tables.csv``."""

    codes: pd.DataFrame
    """The table classifier_codes."""
    roles: pd.DataFrame
    """The table classifier_roles."""
    target: float
    """How sure it has to be of a code, from 0 to 1, to give it."""
    certain: float
    """What share of such codings has to be right, as far as can be said, for it to give a code."""
    embeddings: str = ""
    """Name of the model whose sentence embeddings it learned from; empty if there was none."""


@dataclass(frozen=True)
class ReportInputs:
    """Everything that a report says.

    The tables have the columns of ``tables.csv``. The report reads them and changes none.
    """

    study: str
    """Name of the study, as it should be read."""
    invented: bool
    """Whether workshops and people are made up: every page then says so."""
    sources: pd.DataFrame
    turns: pd.DataFrame
    segments: pd.DataFrame
    codings: pd.DataFrame
    """Decided codings: at most one of a code on a segment."""
    participants: pd.DataFrame
    workshops: pd.DataFrame
    frequencies: pd.DataFrame
    coverage: pd.DataFrame
    cooccurrence: pd.DataFrame
    participation: pd.DataFrame
    speakers: pd.DataFrame
    follows: pd.DataFrame
    role_emphasis: pd.DataFrame
    quotes: pd.DataFrame
    summary_cells: pd.DataFrame
    """What stands in the summary tables, as people wrote them or as they were drafted."""
    codebook: Codebook
    run: Run
    people: PeopleCoding | None = None
    """What people coded; None if nobody did."""
    audit: Audit | None = None
    """What a random check says of the counts, or would say; None if that was not worked out."""
    classifier: ClassifierCard | None = None
    """What the classifier says of itself; None if there is none."""
    tables: Sequence[TableSettings] = ()
    """The summary tables that the settings name, for their titles and columns."""
    data_folder: str = "data"
    """Where the tables lie as CSV, as a relative address from the page, with "/"."""
    index: str = "index.html"
    """Where the page lies that leads to everything, as a relative address from the page."""
