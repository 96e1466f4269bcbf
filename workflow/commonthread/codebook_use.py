"""How a codebook was used: puts the tables of a run together as a ``CodebookView``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from commonthread.codebook import Codebook
from commonthread.codebook_view import CodebookView, CodeUse, Excerpt

# So many of a code's quotes stand in a view.
EXCERPTS = 3
_COUNTED = ("segments", "people", "workshops", "roles")
NOT_CODED_TWICE = "No segment was coded by two people, so nothing can be said of agreement."


@dataclass(frozen=True)
class UseTables:
    """The tables of a run that a view is made from, as in ``tables.csv``.

    ``agreement`` is None where there is none to show, and then ``no_agreement`` says why.
    """

    frequencies: pd.DataFrame
    quotes: pd.DataFrame
    segments: pd.DataFrame
    turns: pd.DataFrame
    workshops: pd.DataFrame
    agreement: pd.DataFrame | None = None
    no_agreement: str = NOT_CODED_TWICE


def codebook_view(
    study: str, invented: bool, codebook: Codebook, tables: UseTables
) -> CodebookView:
    """Give the codebook with the use of each of its codes over the whole study.

    A code that is in no table was used nowhere: its counts are 0 of those of the whole.
    """
    overall = tables.frequencies[tables.frequencies["group"] == "all"]
    counts = {row["code_id"]: row for row in _records(overall)}
    whole = _whole(counts)
    alphas = {} if tables.agreement is None else _alphas(tables.agreement)
    quoted = _quoted(tables.quotes)
    excerpts = Excerpts(tables.segments, tables.turns, tables.workshops)
    use = {}
    for code in codebook.codes:
        agreement, why = alphas.get(code.id, (None, tables.no_agreement))
        use[code.id] = CodeUse(
            **_counts(counts.get(code.id), whole),
            agreement=agreement,
            no_agreement=why,
            excerpts=excerpts.of(quoted.get(code.id, ())),
        )
    return CodebookView(study=study, invented=invented, codebook=codebook, use=use)


class Excerpts:
    """Gives segments as excerpts, by their ids; ``segments`` and others as in ``tables.csv``."""

    def __init__(
        self, segments: pd.DataFrame, turns: pd.DataFrame, workshops: pd.DataFrame
    ) -> None:
        self._segments = segments.set_index("segment_id", drop=False)
        self._turns = turns.set_index(["source_id", "turn"])
        self._workshops = dict(zip(workshops["workshop_id"], workshops["workshop"], strict=True))

    def of(self, segment_ids: Iterable[str]) -> tuple[Excerpt, ...]:
        """Give the segments that there are, in the order of ``segment_ids``."""
        known = [each for each in segment_ids if each in self._segments.index]
        return tuple(map(self._excerpt, _records(self._segments.loc[known])))

    def _excerpt(self, row: Mapping[str, Any]) -> Excerpt:
        turn = self._turns.loc[(row["source_id"], row["turn"])]
        at = int(row["start"] - turn["start"])
        unknown = "Notes" if row["kind"] == "notes" else "Speaker not known"
        return Excerpt(
            segment_id=row["segment_id"],
            words=turn["text"][at : at + int(row["end"] - row["start"])],
            speaker=row["participant_id"] or unknown,
            workshop=str(self._workshops.get(row["workshop_id"], row["workshop_id"])),
        )


def _quoted(quotes: pd.DataFrame) -> dict[str, list[str]]:
    ordered = quotes[quotes["rank"] <= EXCERPTS].sort_values(["code_id", "rank"])
    return {
        str(code_id): rows["segment_id"].tolist() for code_id, rows in ordered.groupby("code_id")
    }


def _counts(row: Mapping[str, Any] | None, whole: Mapping[str, int]) -> dict[str, int]:
    counted = {name: int(row[name]) if row else 0 for name in _COUNTED}
    of = {f"of_{name}": int(row[f"of_{name}"]) if row else whole[name] for name in _COUNTED}
    return counted | of


def _whole(counts: Mapping[str, Mapping[str, Any]]) -> dict[str, int]:
    """Give what all codes are counted out of."""
    return {
        name: max((int(row[f"of_{name}"]) for row in counts.values()), default=0)
        for name in _COUNTED
    }


def _alphas(agreement: pd.DataFrame) -> dict[str, tuple[float | None, str]]:
    """Give Krippendorff's alpha between all people by code, or why there is none."""
    rows = agreement[
        (agreement["comparison"] == "people together")
        & (agreement["coefficient"] == "krippendorff_alpha")
        & agreement["level"].isin(("theme", "code", "aspect"))
    ]
    return {
        row["code_id"]: (None, row["reason"] or NOT_CODED_TWICE)
        if row["value"] is None
        else (float(row["value"]), "")
        for row in _records(rows)
    }


def _records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Give the rows of a table, with None for what is missing."""
    plain = frame.astype(object)
    return plain.where(plain.notna(), None).to_dict("records")  # type: ignore[return-value]
