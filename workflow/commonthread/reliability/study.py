"""How far the coders of a study agree, as tables."""

from __future__ import annotations

import pandas as pd

from commonthread.codebook import Codebook
from commonthread.judged import judged_segments
from commonthread.reliability.agreement import agreement
from commonthread.reliability.differences import confusions, disagreements
from commonthread.reliability.judged import CodedApart, CodeTree, coded_apart
from commonthread.standing import coding_basis


def agreement_tables(
    segments: pd.DataFrame,
    judgements: pd.DataFrame,
    machines: pd.DataFrame,
    coders: pd.DataFrame,
    codebook: Codebook,
) -> dict[str, pd.DataFrame]:
    """Give the tables agreement, confusions, disagreements and coding_basis by their names.

    Goes in: the tables segments, judgements and coders, and the codings of machines: each machine
    is one more coder beside people, the dictionary even if it gave no code.
    """
    apart = _apart(segments, judgements, machines, coders, codebook)
    return {
        "agreement": agreement(apart),
        "confusions": confusions(apart),
        "disagreements": disagreements(apart),
        "coding_basis": coding_basis(segments, judgements),
    }


def _apart(
    segments: pd.DataFrame,
    judgements: pd.DataFrame,
    machines: pd.DataFrame,
    coders: pd.DataFrame,
    codebook: Codebook,
) -> CodedApart:
    """Bring together what people judged, and what machines say of the same segments."""
    judged = judged_segments(judgements)
    source = dict(zip(segments["segment_id"], segments["source_id"], strict=True))
    judged = judged[judged["segment_id"].isin(source)].assign(
        source_id=lambda frame: frame["segment_id"].map(source)
    )
    applied = judged.explode("codes").rename(columns={"codes": "code_id"})
    applied = applied[applied["code_id"].notna()]
    seen = list(dict.fromkeys(judged["segment_id"]))
    kinds = list(dict.fromkeys(["dictionary", *sorted(machines["coder_kind"].unique())]))
    saw = pd.DataFrame(
        [
            {"segment_id": segment, "source_id": source[segment], "coder_id": kind, "date": ""}
            for kind in kinds
            for segment in seen
        ],
        columns=["segment_id", "source_id", "coder_id", "date"],
    )
    found = machines[machines["segment_id"].isin(seen)].assign(
        date="", coder_id=lambda own: own["coder_kind"]
    )
    columns = ["segment_id", "coder_id", "code_id", "date"]
    units = ["segment_id", "source_id", "coder_id", "date"]
    return coded_apart(
        pd.concat([judged[units], saw], ignore_index=True),
        pd.concat([applied[columns], found[columns]], ignore_index=True),
        pd.DataFrame(
            [
                *({**row, "coder_kind": "person"} for row in coders.to_dict("records")),
                *({"coder_id": kind, "role": "", "coder_kind": kind} for kind in kinds),
            ]
        ),
        CodeTree(
            {
                code.id: tuple(above.id for above in codebook.ancestors(code.id))
                for code in codebook.codes
            },
            {aspect.id for aspect in codebook.aspects},
        ),
    )
