"""The findings, with what may not be told withheld."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from commonthread.coded import Mask
from commonthread.disclosure.counts import GROUPS, Told, told
from commonthread.disclosure.marking import marked
from commonthread.disclosure.pairs import Pair, shown_pairs
from commonthread.disclosure.sets import ANY, EVERY, is_safe, sets_of
from commonthread.disclosure.talk import few_roles, shown_follows, shown_participation

if TYPE_CHECKING:
    from commonthread.codebook import Codebook

_WHOLE_ONLY = (
    *("talk_segments", "note_segments", "people", "of_people", "workshops", "of_workshops"),
    *("segments_at_least", "people_at_least"),
)


@dataclass(frozen=True)
class ShownTables:
    """The tables of these names, of which some numbers may be missing because they are withheld.

    Then the columns ``withheld`` and ``small`` say which (see ``marking``), ``frequencies`` has
    what withheld numbers are known to be at least (``segments_at_least``, ``people_at_least``), and
    only groups of which something is told are there.
    """

    frequencies: pd.DataFrame
    coverage: pd.DataFrame
    cooccurrence: pd.DataFrame
    participation: pd.DataFrame
    follows: pd.DataFrame
    role_emphasis: pd.DataFrame


def team_tables(findings: Any) -> ShownTables:
    """Give the findings as they are, from whatever has tables of these names."""
    return ShownTables(**{each.name: getattr(findings, each.name) for each in fields(ShownTables)})


def public_tables(findings: Any, codebook: Codebook, threshold: int) -> ShownTables:
    """Withhold what gives small numbers of people or segments away.

    Goes in: whatever has tables of these names; the codebook whose codes they count; and below which
    number a count of people or of segments is small (1 for none). What is kept to, stands at the
    head of this package.
    """
    whole = team_tables(findings)
    pairs = whole.cooccurrence
    columns = (pairs[name] for name in ("code_a", "code_b", "segments_both"))
    both: dict[Pair, int] = {(a, b): int(number) for a, b, number in zip(*columns, strict=True)}
    decided = told(whole.frequencies, whole.coverage, both, codebook, threshold)
    of_segments = int(whole.coverage["segments"][whole.coverage["group"] == "all"].sum())
    shown = shown_pairs(
        both, decided.segments, sets_of(codebook), of_segments, threshold, decided.exact
    )
    return ShownTables(
        frequencies=_frequencies(whole.frequencies, decided, threshold),
        coverage=_coverage(whole.coverage, decided),
        cooccurrence=_cooccurrence(pairs, decided, shown),
        participation=shown_participation(whole.participation, threshold),
        follows=shown_follows(whole.follows, few_roles(whole.participation, threshold), threshold),
        role_emphasis=_role_emphasis(whole.role_emphasis, decided, whole.frequencies, threshold),
    )


def _by_group(frame: pd.DataFrame, ids: Iterable[str], decided: Told) -> Mask:
    """Say in which rows by workshop or role the count of segments with an id is withheld."""
    hidden = decided.withheld()
    names = frame["role"].where(frame["group"] == "role", frame["workshop_id"])
    found = [key in hidden for key in zip(frame["group"], names, ids, strict=True)]
    return np.array(found, dtype=bool)


def _frequencies(frequencies: pd.DataFrame, decided: Told, threshold: int) -> pd.DataFrame:
    frame = frequencies[frequencies["group"].isin(["all", *GROUPS])].reset_index(drop=True)
    every, ids = (frame["group"] == "all").to_numpy(), frame["code_id"]
    hidden, small = {}, {}
    for name, whole in (("segments", decided.segments), ("people", decided.people)):
        small[name] = every & ids.isin([*whole.small]).to_numpy()
        close = every & ids.isin([*whole.close]).to_numpy()
        least = [whole.least.get(code_id, 1) for code_id in ids]
        frame[f"{name}_at_least"] = frame[name].where(~(small[name] | close), least)
        hidden[name] = small[name] | close
    hidden["segments"] |= _by_group(frame, ids, decided)
    hidden["of_segments"] = _by_group(frame, [EVERY] * len(frame), decided)
    hidden["share"] = hidden["segments"] | hidden["of_segments"]
    small["of_people"] = every & ~is_safe(frame["of_people"], threshold)
    hidden["of_people"] = small["of_people"]
    unsplit = every & ~ids.isin([*decided.split]).to_numpy()
    hidden |= {"talk_segments": unsplit, "note_segments": unsplit}
    made = marked(frame, hidden, small)
    # By workshop and role, segments are told and nothing else.
    for name in _WHOLE_ONLY:
        made[name] = made[name].astype("Int64").mask(~every)
    return made


def _coverage(coverage: pd.DataFrame, decided: Told) -> pd.DataFrame:
    frame = coverage[coverage["group"].isin(["all", *GROUPS])].reset_index(drop=True)
    every = (frame["group"] == "all").to_numpy()
    hidden = _by_group(frame, [ANY] * len(frame), decided)
    hidden |= every & (not decided.segments.shown(ANY))
    # Where everything is coded, it is so in each group.
    hidden &= bool(frame["not_coded"][every].sum())
    of_hidden = _by_group(frame, [EVERY] * len(frame), decided)
    return marked(
        frame,
        {"segments": of_hidden, "not_coded": hidden, "not_coded_share": hidden | of_hidden},
    )


def _cooccurrence(
    cooccurrence: pd.DataFrame, decided: Told, shown: Collection[Pair]
) -> pd.DataFrame:
    frame = cooccurrence.reset_index(drop=True)
    pairs = zip(frame["code_a"], frame["code_b"], strict=True)
    both = np.array([pair not in shown for pair in pairs], dtype=bool)
    singles = {
        f"segments_{side}": np.array(
            [not decided.segments.shown(code_id) for code_id in frame[f"code_{side}"]], dtype=bool
        )
        for side in "ab"
    }
    return marked(frame, {**singles, "segments_both": both, "jaccard": both, "phi": both})


def _role_emphasis(
    emphasis: pd.DataFrame, decided: Told, frequencies: pd.DataFrame, threshold: int
) -> pd.DataFrame:
    """Withhold numbers of ``role_emphasis``: what by-role frequencies withhold, and of all others
    together what they do not tell."""
    frame = emphasis.reset_index(drop=True)
    groups = frame.assign(group="role", workshop_id=None)
    own = _by_group(groups, frame["code_id"], decided)
    of_own = _by_group(groups, [EVERY] * len(frame), decided)
    every = frequencies[frequencies["group"] == "all"].set_index("code_id")
    # All roles together are all talk where everybody who spoke is known.
    roles = frame.groupby("code_id")[["segments", "of_segments"]].sum()
    talk = every["talk_segments"].reindex(roles.index)
    known = set(roles.index[(talk == roles["segments"]).to_numpy()]) & decided.split
    besides = every["of_segments"].reindex(roles.index) - roles["of_segments"]
    others = own | ~frame["code_id"].isin([*known]).to_numpy()
    of_others = of_own | ~is_safe(besides.reindex(frame["code_id"]).fillna(0), threshold)
    hidden = {
        "segments": own,
        "of_segments": of_own,
        "share": own | of_own,
        "other_segments": others,
        "other_of_segments": of_others,
        "other_share": others | of_others,
        "difference": own | of_own | others | of_others,
        "ratio": own | of_own | others | of_others,
        "people": np.ones(len(frame), dtype=bool),
    }
    return marked(frame, hidden)
