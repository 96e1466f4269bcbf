"""Who spoke, how much and after whom, as far as it may be told."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np
import pandas as pd

from commonthread.coded import Mask
from commonthread.disclosure.marking import marked
from commonthread.disclosure.sets import is_safe
from commonthread.small_cells import is_small, withheld

_CROSSED = "workshop and role"
_BY = ("workshop_id", "role")


def shown_participation(participation: pd.DataFrame, threshold: int) -> pd.DataFrame:
    """Withhold numbers of the table ``participation``.

    People are counted out where they are not few, and where that does not give few ones away. How
    much a workshop or a role said is told if not few people spoke there, and if what is left over
    for the others is not that of a single one. By workshop and role, only words are told. How long
    the longest turn was is never told: it is one person's.
    """
    frame = participation.reset_index(drop=True)
    groups = frame["group"].to_numpy(dtype=object)
    counts = frame["people"].to_numpy(dtype=np.int64)
    everybody = int(counts[groups == "all"].sum())
    few = is_small(counts, threshold) & (counts > 0)
    people, said = few.copy(), few.copy()
    said[groups == "all"] = False
    for group in ("workshop", "role"):
        spoke = (groups == group) & (counts > 0)
        if counts[spoke].sum() == everybody and spoke.any():
            # Nobody is counted in two groups, so that they add up.
            people[spoke] = withheld(counts[spoke], threshold)[0, :-1]
        said[spoke] = _said(frame[spoke], few[spoke], threshold)
    crossed = groups == _CROSSED
    said[crossed] = _crossed(frame, said, threshold)
    no_shares = people | (not is_safe(everybody, threshold))
    hidden = {
        "people": people | crossed,
        "share_of_people": no_shares | crossed,
        "turns": said | crossed,
        "words": said,
        "share_of_words": said,
        "longest_words": np.ones(len(frame), dtype=bool),
        "evenness": few | said | crossed,
    }
    return marked(frame, hidden, {"people": few & (groups == "all")})


def _said(frame: pd.DataFrame, few: Mask, threshold: int) -> Mask:
    """Say of which groups to withhold how much was said: words and turns alike."""
    mask = few
    while True:
        before = mask
        for name in ("words", "turns"):
            mask = withheld(frame[name].to_numpy(dtype=np.int64), threshold, mask)[0, :-1]
        if (mask == before).all():
            return mask


def _crossed(frame: pd.DataFrame, said: Mask, threshold: int) -> Mask:
    """Say of which workshops and roles to withhold the words; those of nobody known are a role.

    If that would take more totals along than are withheld already, all of them are.
    """
    own = frame[frame["group"] == _CROSSED]
    workshops, roles = (
        frame[(frame["group"] == group) & (frame["words"] > 0)] for group in ("workshop", "role")
    )
    if own.empty or workshops.empty:
        return np.ones(len(own), dtype=bool)
    row = {name: at for at, name in enumerate(workshops["workshop_id"])}
    column = {name: at for at, name in enumerate(roles["role"])}
    words = np.zeros((len(row), len(column)), dtype=np.int64)
    first = np.ones((len(row) + 1, len(column) + 1), dtype=bool)
    places = [(row.get(w, -1), column.get(r, -1)) for w, r in own[list(_BY)].to_numpy()]
    for at, spoken, people in zip(places, own["words"], own["people"], strict=True):
        if min(at) >= 0:
            words[at], first[at] = spoken, is_small(people, threshold)
    first[:-1, -1], first[-1, :-1] = said[workshops.index], said[roles.index]
    first[-1, -1] = False
    unknown = workshops["words"].to_numpy(dtype=np.int64) - words.sum(axis=1)
    if unknown.any():
        words = np.column_stack([words, unknown])
        first = np.insert(first, len(column), [*[True] * len(row), False], axis=1)
    mask = withheld(words, threshold, first)
    more = mask & ~first
    if more[:, -1].any() or more[-1, : len(column)].any():
        return np.ones(len(own), dtype=bool)
    return np.array([min(at) < 0 or bool(mask[at]) for at in places], dtype=bool)


def shown_follows(
    follows: pd.DataFrame, few_roles: Collection[str], threshold: int
) -> pd.DataFrame:
    """Withhold numbers of the table ``follows``, of which the rows of all workshops are told.

    Roles of few people are withheld, and what would give their turns away.
    """
    frame = follows[follows["group"] == "all"].reset_index(drop=True)
    hidden, of_hidden = np.zeros(len(frame), dtype=bool), np.zeros(len(frame), dtype=bool)
    for role, own in frame.groupby("role", sort=False):
        first = own["next_role"].isin(few_roles).to_numpy() | (role in few_roles)
        mask = withheld(own["pairs"].to_numpy(dtype=np.int64), threshold, first)[0]
        hidden[own.index], of_hidden[own.index] = mask[:-1], mask[-1] or role in few_roles
    either = hidden | of_hidden
    return marked(
        frame,
        {
            "pairs": hidden,
            "of_pairs": of_hidden,
            "share": either,
            "expected": either,
            "expected_share": either,
        },
    )


def few_roles(participation: pd.DataFrame, threshold: int) -> frozenset[str]:
    """Give the roles of which few people spoke."""
    roles = participation[participation["group"] == "role"]
    return frozenset(roles["role"][is_small(roles["people"], threshold)].astype(str))
