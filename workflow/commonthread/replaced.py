"""Tells which decisions of one person a later one replaces, and which came back twice."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd


def mark_replaced(judgements: pd.DataFrame) -> tuple[pd.DataFrame, list[str]]:
    """Set the status of decisions that came back twice, or that were taken back later.

    Goes in: the table ``judgements``, where decisions that count so far have the status "counts".
    Of two that are the same in all they say, the second has "repeated". Of two by one person on
    the same words (at least half of the earlier one's), the later has its way and the earlier has
    "replaced". Where both have no date and differ, both stay, and a sentence says so.
    """
    frame = judgements.copy()
    twice = frame.duplicated("judgement_id") & frame["status"].isin(["counts", "comment"])
    frame.loc[twice, ["status", "reason"]] = ["repeated", "The same decision came back before."]
    counting = frame[frame["status"] == "counts"]
    undated: dict[str, set[str]] = {}
    for (coder, _, _), rows in counting.groupby(["coder_id", "purpose", "source_id"], sort=False):
        for early, late in _pairs(rows):
            if late["_when"] > early["_when"]:
                frame.loc[early["_at"], "status"] = "replaced"
                frame.loc[early["_at"], "reason"] = (
                    f"Decided anew: {late['file']}, {late['place']}."
                )
            elif early["codes"] != late["codes"]:
                undated.setdefault(str(coder), set()).update({early["file"], late["file"]})
    notices = [
        f'Of decisions of "{coder}" that differ it is not known which is the later one, so both '
        f"count: {', '.join(sorted(files))}."
        for coder, files in undated.items()
    ]
    return frame, notices


def _pairs(rows: pd.DataFrame) -> list[tuple[dict[Any, Any], dict[Any, Any]]]:
    """Give the pairs of decisions on the same words, the earlier one first."""
    records = rows.assign(_at=rows.index, _when=[when(date) for date in rows["date"]]).to_dict(
        "records"
    )
    records.sort(key=lambda row: (row["start"], row["end"], row["_when"]))
    pairs = []
    for number, first in enumerate(records):
        for second in _reaching(records, number):
            early, late = sorted((first, second), key=lambda row: row["_when"])
            shared = min(early["end"], late["end"]) - max(early["start"], late["start"])
            if 2 * shared >= early["end"] - early["start"]:
                pairs.append((early, late))
    return pairs


def _reaching(records: Sequence[dict[Any, Any]], number: int) -> list[dict[Any, Any]]:
    """Give the records after one that begin before it ends."""
    end = records[number]["end"]
    after = []
    for record in records[number + 1 :]:
        if record["start"] >= end:
            break
        after.append(record)
    return after


def when(date: str) -> float:
    """Give a date or time in ISO 8601 as seconds, to compare; the least number if there is none."""
    try:
        moment = datetime.fromisoformat(date)
    except ValueError:
        return float("-inf")
    # Times without a zone are compared as if they were all of one.
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()
