"""The tables that tell what an audit of a study says, or what one would say."""

from __future__ import annotations

import pandas as pd

from commonthread.audit.checked import audited
from commonthread.audit.differences import corrected_differences
from commonthread.audit.outlook import SIZES, audit_outlook
from commonthread.audit.shares import corrected_frequencies, draw_all
from commonthread.coded import CodedSegments

NAMES = ("corrected_frequencies", "corrected_differences", "audit_outlook")


def audit_tables(
    coded: CodedSegments, audit_sample: pd.DataFrame, judgements: pd.DataFrame, size: int
) -> dict[str, pd.DataFrame]:
    """Give the tables of NAMES.

    Goes in: the study with the codes of machines alone; the table audit_sample, empty where nothing
    was drawn; the table judgements; and the size of the sample that the settings ask for, which the
    outlook tells of too.
    """
    study = audited(coded, audit_sample, judgements)
    drawn = draw_all(study)
    return {
        "corrected_frequencies": corrected_frequencies(study, drawn),
        "corrected_differences": corrected_differences(study, drawn),
        "audit_outlook": audit_outlook(study, sorted({*SIZES, size})),
    }
