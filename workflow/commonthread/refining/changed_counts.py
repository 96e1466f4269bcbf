"""Which counts differ between the findings under two codebooks."""

from __future__ import annotations

import numpy as np
import pandas as pd

from commonthread.refining.code_fates import CodeFates
from commonthread.tables import as_table

_GROUP = ["group", "workshop_id", "role"]
_COUNTS = ("segments", "people", "workshops", "roles")
_ROW = ["table_id", "code_id", "point"]
_ROW_COUNTS = ("segments", "people", "workshops")


def changed_counts(before: pd.DataFrame, after: pd.DataFrame, fates: CodeFates) -> pd.DataFrame:
    """Compare two tables ``frequencies``: the table ``changed_counts``.

    A row for each code and group in which the number of segments, people, workshops or roles
    differs; those of a code that is not in one of the codebooks are missing there, and it comes
    only with groups in which it counts anything. Rows are in the order of ``after``, and what is
    only in ``before`` comes last.
    """
    old = before.assign(code_before=before["code_id"])
    old["code_id"] = [fates.kept.get(code, f"\x00{code}") for code in before["code_id"]]
    new = after.assign(code_after=after["code_id"])
    both = _joined(old, new, ["code_id", *_GROUP], _COUNTS, ["code_before", "code_after"])
    one_sided = both["code_before"].isna() | both["code_after"].isna()
    both = both[_differs(both, _COUNTS) & ~(one_sided & _empty(both, _COUNTS))]
    return as_table(both.drop(columns="code_id"), "changed_counts")


def changed_rows(before: pd.DataFrame, after: pd.DataFrame, fates: CodeFates) -> pd.DataFrame:
    """Compare two tables ``summary_tables``: the table ``changed_rows``.

    A row of a summary table is the same one if it has the same code and the same point in words.
    ``change`` is new, gone or changed: other segments stand behind one of its columns. Segments are
    counted once where several columns rest on them.
    """
    old, new = _with_evidence(before), _with_evidence(after)
    kept = [fates.kept.get(code, code) for code in old["code_id"]]
    old["code_id"] = pd.Series(kept, index=old.index, dtype="str")
    both = _joined(old, new, _ROW, _ROW_COUNTS, ["evidence_before", "evidence_after"])
    is_new, is_gone = (both[f"people_{side}"].isna() for side in ("before", "after"))
    both["change"] = np.select([is_new, is_gone], ["new", "gone"], "changed")
    same = both["evidence_before"].fillna("") == both["evidence_after"].fillna("")
    differing = both[is_new | is_gone | ~same].drop(columns=["evidence_before", "evidence_after"])
    return as_table(differing, "changed_rows")


def _with_evidence(rows: pd.DataFrame) -> pd.DataFrame:
    """Give rows with the segments behind each column as one text, and the number of all of them."""
    names = [name for name in rows.columns if name.endswith("_evidence")]
    columns = [[text.split() for text in rows[name].fillna("").tolist()] for name in names]
    sorted_ids = [[" ".join(sorted(ids)) for ids in column] for column in columns]
    texts = ["; ".join(texts) for texts in zip(*sorted_ids, strict=True)]
    evidence = pd.Series(texts, index=rows.index, dtype="str")
    behind = [len({each for ids in own for each in ids}) for own in zip(*columns, strict=True)]
    made = rows[[*_ROW, "people", "workshops"]].assign(segments=behind)
    return made.assign(evidence_before=evidence, evidence_after=evidence)


def _joined(
    old: pd.DataFrame,
    new: pd.DataFrame,
    key: list[str],
    counts: tuple[str, ...],
    more: list[str],
) -> pd.DataFrame:
    """Put the counts of both sides beside each other, as <name>_before and <name>_after."""
    sides = []
    for frame, side in ((old, "before"), (new, "after")):
        own = [name for name in more if name in frame.columns and name.endswith(side)]
        kept = frame[[*key, *counts, *own]]
        kept = kept.astype(dict.fromkeys(counts, "Int64"))
        sides.append(kept.rename(columns={name: f"{name}_{side}" for name in counts}))
    both = sides[1].merge(sides[0], on=key, how="left")
    only = sides[0].merge(sides[1][key], on=key, how="left", indicator=True)
    only = only[only["_merge"] == "left_only"].drop(columns="_merge")
    return pd.concat([both, only], ignore_index=True)


def _differs(both: pd.DataFrame, counts: tuple[str, ...]) -> pd.Series[bool]:
    """Tell where any count is not the same on both sides, or is on one side alone."""
    differs = pd.Series(False, index=both.index)
    for name in counts:
        old, new = both[f"{name}_before"], both[f"{name}_after"]
        differs |= (old.fillna(-1) != new.fillna(-1)).astype(bool)
    return differs


def _empty(both: pd.DataFrame, counts: tuple[str, ...]) -> pd.Series[bool]:
    """Tell where no side counts anything."""
    sides = [f"{name}_{side}" for name in counts for side in ("before", "after")]
    return (both[sides].fillna(0) == 0).all(axis=1)
