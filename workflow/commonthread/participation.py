"""Who spoke, and how much: by workshop, by role and by person."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from commonthread.coded import Counts, Places, place
from commonthread.frequencies import share
from commonthread.tables import as_table, check_table


def _talk(
    sources: pd.DataFrame,
    turns: pd.DataFrame,
    participants: pd.DataFrame,
    workshops: pd.DataFrame,
) -> tuple[Places, Counts]:
    """Give places and words of the turns of talk: those of sources that are transcripts."""
    check_table(sources, "sources", only=["source_id", "workshop_id", "kind"])
    check_table(turns, "turns", only=["source_id", "participant_id", "words"])
    spoken = sources[sources["kind"] == "transcript"]
    at = pd.Index(spoken["source_id"]).get_indexer(pd.Index(turns["source_id"]))
    turns = turns[at >= 0]
    workshop = spoken["workshop_id"].iloc[at[at >= 0]]
    talk = np.ones(len(turns), dtype=bool)
    places = place(workshop, turns["participant_id"], talk, participants, workshops)
    return places, turns["words"].to_numpy(dtype=np.int64)


def _sums(index: Counts, words: Counts, size: int) -> tuple[Counts, Counts, Counts]:
    """Give turns, words and the longest turn by index; rows with index -1 are left out."""
    index, words = index[index >= 0], words[index >= 0]
    longest = np.zeros(size, dtype=np.int64)
    np.maximum.at(longest, index, words)
    turns = np.bincount(index, minlength=size)
    return turns, np.bincount(index, weights=words, minlength=size).astype(np.int64), longest


def _evenness(index: Counts, words: Counts, size: int) -> NDArray[np.float64]:
    """Give Pielou's evenness of the words of people by index (Pielou 1966).

    Goes in: for each person (of a workshop) the group and the words. J = H / ln(S), with
    H = -sum p ln p over the shares of words p of the S people. Missing for fewer than two people
    or where nobody said a word.
    """
    people = np.bincount(index, minlength=size)
    total = np.bincount(index, weights=words, minlength=size)
    part = share(words, total[index])
    logs = np.zeros(len(part))
    np.log(part, out=logs, where=part > 0)
    entropy = -np.bincount(index, weights=np.nan_to_num(part) * logs, minlength=size)
    defined = (people >= 2) & (total > 0)
    out = np.full(size, np.nan)
    np.divide(entropy, np.log(np.maximum(people, 2)), out=out, where=defined)
    return np.clip(out, 0.0, 1.0)


def participation(
    sources: pd.DataFrame,
    turns: pd.DataFrame,
    participants: pd.DataFrame,
    workshops: pd.DataFrame,
) -> pd.DataFrame:
    """Count people, turns and words of talk in every group: the table ``participation``.

    Only turns of transcripts are talk. Turns whose speaker is not known count as turns and words
    of all and of the workshop, but as nobody's and no role's. Facilitators are a role like others.
    """
    places, words = _talk(sources, turns, participants, workshops)
    _, in_workshops, in_roles, in_cells = places.sizes
    seats = _sums(places.seat, words, len(places.seat_cell))[1]
    persons = np.bincount(places.seat_person, weights=seats, minlength=len(places.people))
    spoke = np.bincount(places.seat_person, minlength=len(places.people)) > 0
    own = persons[spoke]
    # For each kind of group: the group of each turn, of each of its people, and their words.
    kinds = (
        (np.zeros_like(places.workshop), np.zeros(len(own), dtype=np.int64), own, 1),
        (places.workshop, places.seat_workshop, seats, in_workshops),
        (places.role, places.role_of_person[spoke], own, in_roles),
        (places.cell, places.seat_cell, seats, in_cells),
    )
    sums = [_sums(turn, words, size) for turn, _, _, size in kinds]
    people = [np.bincount(person, minlength=size) for _, person, _, size in kinds]
    even = [_evenness(person, said.astype(np.int64), size) for _, person, said, size in kinds]

    def whole(by_kind: list[Counts]) -> Counts:
        """Give for each group the count that its own is a share of."""
        every, workshop, _, _ = by_kind
        return np.concatenate(
            [every, workshop, every.repeat(in_roles), workshop[places.cell_workshop]]
        )

    turn_count = np.concatenate([part[0] for part in sums])
    word_count = np.concatenate([part[1] for part in sums])
    longest = pd.Series(np.concatenate([part[2] for part in sums]), dtype="Int64")
    people_count = np.concatenate(people)
    made: dict[str, Any] = {
        **places.groups(),
        "people": people_count,
        "share_of_people": share(people_count, whole(people)),
        "turns": turn_count,
        "words": word_count,
        "share_of_words": share(word_count, whole([part[1] for part in sums])),
        "longest_words": longest.mask(turn_count == 0),
        "evenness": np.concatenate(even),
    }
    return as_table(made, "participation")


def speakers(
    sources: pd.DataFrame,
    turns: pd.DataFrame,
    participants: pd.DataFrame,
    workshops: pd.DataFrame,
) -> pd.DataFrame:
    """Count turns and words of each person in each workshop: the table ``speakers``.

    Only turns of transcripts are talk. Within a workshop those who said most come first. Turns
    whose speaker is not known have no row, but their words are in the denominator of the shares.
    """
    places, words = _talk(sources, turns, participants, workshops)
    size = len(places.seat_cell)
    turn_count, word_count, longest = _sums(places.seat, words, size)
    _, in_workshop, _ = _sums(places.workshop, words, len(places.workshop_ids))
    people = np.array(places.people, dtype=object)
    order = np.lexsort((places.seat_person, -word_count, places.seat_workshop))
    made = {
        "workshop_id": np.array(places.workshop_ids, dtype=object)[places.seat_workshop],
        "participant_id": people[places.seat_person],
        "role": np.array(places.roles, dtype=object)[places.role_of_person[places.seat_person]],
        "turns": turn_count,
        "words": word_count,
        "share_of_words": share(word_count, in_workshop[places.seat_workshop]),
        "longest_words": longest,
    }
    return as_table({name: values[order] for name, values in made.items()}, "speakers")
