"""What people coded before a codebook changed, and what of it should be looked at again."""

from __future__ import annotations

from collections.abc import Collection, Iterator

import pandas as pd

from commonthread.coded import NO_CODE
from commonthread.refining.code_fates import CodeFates
from commonthread.refining.verdicts import MACHINE, PERSON, SETTLED
from commonthread.tables import as_table

# Why a coding should be looked at again.
MEANING = "meaning changed"
MERGED = "merged"
SPLIT = "split"
RETIRED = "retired"
NEW_TERMS = "new terms match"


def carried_over(codings: pd.DataFrame, fates: CodeFates) -> pd.DataFrame:
    """Give codings, made with a codebook, with the codes of a later one; columns as they came.

    A code that was renamed or merged becomes the one that it went into. A coding with a code that
    is no more, or that was split so that nobody knows into which part it belongs, is left out.
    """
    into = {
        code: fates.successors(code) or ((NO_CODE,) if code == NO_CODE else ())
        for code in codings["code_id"].unique()
    }
    target = {code: targets[0] for code, targets in into.items() if len(targets) == 1}
    made = codings[codings["code_id"].isin(target)]
    made = made.assign(code_id=made["code_id"].map(target))
    return made.drop_duplicates(["segment_id", "code_id", "coder_id"], ignore_index=True)


def look_again(
    codings_before: pd.DataFrame,
    codings_after: pd.DataFrame,
    fates: CodeFates,
    meaning: Collection[str],
) -> pd.DataFrame:
    """List what people should look at again: the table ``look_again``.

    Goes in: the codings of all coders under both codebooks (the dictionary's made anew), and the
    codes after whose meaning changed. A row for each coding by a person whose code's meaning
    changed, or that was merged, split or retired. And one, without a coder, for each segment that
    people judged without a code that the dictionary now finds there and did not before, where that
    code is new or its meaning changed: nobody could have given it.
    """
    people = codings_before[codings_before["coder_kind"].isin([PERSON, SETTLED])]
    rows: list[tuple[str, str | None, str | None, str | None, str]] = []
    rows += _codings(people, fates, meaning)
    rows += _new_matches(codings_before, codings_after, fates, {*meaning, *fates.added})
    names = ["segment_id", "coder_id", "code_before", "code_after", "reason"]
    return as_table(pd.DataFrame(rows, columns=names), "look_again")


def _codings(
    people: pd.DataFrame, fates: CodeFates, meaning: Collection[str]
) -> Iterator[tuple[str, str, str, str | None, str]]:
    for segment, coder, code in zip(
        people["segment_id"].tolist(),
        people["coder_id"].tolist(),
        people["code_id"].tolist(),
        strict=True,
    ):
        into = fates.successors(code)
        if code == NO_CODE:
            continue
        if not into:
            yield segment, coder, code, None, RETIRED
        elif len(into) > 1:
            yield segment, coder, code, " ".join(into), SPLIT
        elif into[0] in fates.merged and code != into[0]:
            yield segment, coder, code, into[0], MERGED
        elif into[0] in meaning:
            yield segment, coder, code, into[0], MEANING


def _new_matches(
    before: pd.DataFrame, after: pd.DataFrame, fates: CodeFates, codes: Collection[str]
) -> list[tuple[str, None, None, str, str]]:
    people = before[before["coder_kind"].isin([PERSON, SETTLED])]
    found = after[(after["coder_kind"] == MACHINE) & after["code_id"].isin(codes)]
    found = found[found["segment_id"].isin(people["segment_id"])]
    known = before[before["segment_id"].isin(found["segment_id"])]
    had = {
        (segment, target)
        for segment, code in zip(known["segment_id"], known["code_id"], strict=True)
        for target in fates.successors(code)
    }
    return [
        (segment, None, None, code, NEW_TERMS)
        for segment, code in zip(found["segment_id"], found["code_id"], strict=True)
        if (segment, code) not in had
    ]
