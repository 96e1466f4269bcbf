"""What people decided about a code on a segment, where they judged the segment at all."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from commonthread.codebook import Codebook
from commonthread.coded import Counts, Mask, with_codes_below

SETTLED = "adjudication"
PERSON = "person"
MACHINE = "dictionary"


@dataclass(frozen=True)
class Verdicts:
    """Codes x segments: whether people applied the code, whether they left it off.

    Neither where nobody judged the segment, and where as many applied the code as left it off.
    ``applied`` and ``left_off`` count a code as applied where any code below it is; ``directly``
    only where it is applied itself. ``judged`` says of each segment whether anybody judged it.
    """

    applied: Mask
    left_off: Mask
    directly: Mask
    judged: Mask


def people_verdicts(codings: pd.DataFrame, segments: pd.DataFrame, codebook: Codebook) -> Verdicts:
    """Tell what people decided.

    Goes in: the codings of all coders (segment_id, code_id, coder_id, coder_kind), undecided, and
    the tables and codebook that they belong to. What coders settled together ("adjudication")
    stands alone; else a person judged a segment who gave it any code or "no_code", and more than
    half of those who judged it decide about each code. Codings of segments or codes that are not
    there are passed over.
    """
    shape = (len(codebook.codes), len(segments))
    people = codings[codings["coder_kind"].isin([SETTLED, PERSON])]
    row = pd.Index(segments["segment_id"]).get_indexer(pd.Index(people["segment_id"]))
    people, row = people[row >= 0], row[row >= 0]
    settled = np.zeros(shape[1], dtype=bool)
    settled[row[(people["coder_kind"] == SETTLED).to_numpy()]] = True
    counts = (people["coder_kind"] == SETTLED).to_numpy() | ~settled[row]
    people, row = people[counts], row[counts]
    coders = people["coder_id"].unique()
    judges = np.zeros(shape[1], dtype=np.int64)
    yes = np.zeros(shape, dtype=np.int64)
    directly = np.zeros(shape, dtype=np.int64)
    for coder in coders:
        own = (people["coder_id"] == coder).to_numpy()
        judges[np.unique(row[own])] += 1
        applied = code_mask(people[own], row[own], codebook, shape[1])
        directly += applied
        yes += with_codes_below(applied, codebook.codes)
    return Verdicts(
        applied=2 * yes > judges,
        left_off=(2 * yes < judges) & (judges > 0),
        directly=2 * directly > judges,
        judged=judges > 0,
    )


def machine_codings(
    codings: pd.DataFrame, segments: pd.DataFrame, codebook: Codebook
) -> tuple[Mask, Mask]:
    """Give what the dictionary applied itself, and with the codes below: codes x segments."""
    own = codings[codings["coder_kind"] == MACHINE]
    row = pd.Index(segments["segment_id"]).get_indexer(pd.Index(own["segment_id"]))
    direct = code_mask(own[row >= 0], row[row >= 0], codebook, len(segments))
    return direct, with_codes_below(direct, codebook.codes)


def code_mask(codings: pd.DataFrame, row: Counts, codebook: Codebook, segments: int) -> Mask:
    """Give codes x segments: which code each coding, on the segment of its row, applies."""
    code = pd.Index([each.id for each in codebook.codes]).get_indexer(pd.Index(codings["code_id"]))
    mask = np.zeros((len(codebook.codes), segments), dtype=bool)
    mask[code[code >= 0], row[code >= 0]] = True
    return mask
