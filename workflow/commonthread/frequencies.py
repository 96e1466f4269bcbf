"""How often codes were applied, of how much, by how many: prevalence and breadth."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from commonthread.coded import NO_ROLE, CodedSegments, Counts, Places
from commonthread.tables import as_table


def share(part: NDArray[Any], whole: NDArray[Any]) -> NDArray[np.float64]:
    """Give part / whole as numbers; missing (NaN) where the whole is 0 or missing."""
    part, whole = np.asarray(part, dtype=float), np.asarray(whole, dtype=float)
    out = np.full(np.broadcast(part, whole).shape, np.nan)
    return np.divide(part, whole, out=out, where=np.nan_to_num(whole) != 0)


def _per(index: Counts, weights: Counts, size: int) -> Counts:
    """Add up whole numbers by index."""
    return np.bincount(index, weights=weights, minlength=size).astype(np.int64)


def _most(index: Counts, values: Counts, size: int) -> Counts:
    """Give the largest value by index, 0 where there is none."""
    out = np.zeros(size, dtype=np.int64)
    np.maximum.at(out, index, values)
    return out


def _count(rows: Counts, places: Places) -> dict[str, Counts]:
    """Count some rows in every group: segments, talk, people, workshops, roles, and the most
    segments that one person has."""
    _, workshops, roles, cells = places.sizes
    workshop, talk, seat, cell = (
        values[rows] for values in (places.workshop, places.talk, places.seat, places.cell)
    )
    in_workshop = np.bincount(workshop, minlength=workshops)
    talk_in_workshop = np.bincount(workshop[talk], minlength=workshops)
    in_cell = np.bincount(cell[cell >= 0], minlength=cells)
    in_role = _per(places.cell_role, in_cell, roles)
    by_seat = np.bincount(seat[seat >= 0], minlength=len(places.seat_cell))
    by_person = _per(places.seat_person, by_seat, len(places.people))

    taken, cell_has, spoke = by_seat > 0, in_cell > 0, by_person > 0
    parts = {
        "segments": ([len(rows)], in_workshop, in_role, in_cell),
        "talk": ([np.count_nonzero(talk)], talk_in_workshop, in_role, in_cell),
        "people": (
            [np.count_nonzero(spoke)],
            np.bincount(places.seat_workshop[taken], minlength=workshops),
            np.bincount(places.role_of_person[spoke], minlength=roles),
            np.bincount(places.seat_cell[taken], minlength=cells),
        ),
        "workshops": (
            [np.count_nonzero(in_workshop)],
            in_workshop > 0,
            np.bincount(places.cell_role[cell_has], minlength=roles),
            cell_has,
        ),
        "roles": (
            [np.count_nonzero(in_role)],
            np.bincount(places.cell_workshop[cell_has], minlength=workshops),
            in_role > 0,
            cell_has,
        ),
        "most": (
            [by_person.max(initial=0)],
            _most(places.seat_workshop, by_seat, workshops),
            _most(places.role_of_person, by_person, roles),
            _most(places.seat_cell, by_seat, cells),
        ),
    }
    return {
        name: np.concatenate([np.asarray(part, dtype=np.int64) for part in values])
        for name, values in parts.items()
    }


def _denominators(places: Places, of: dict[str, Counts]) -> NDArray[np.object_]:
    """Say in words what each group's segments are counted of."""
    said = []
    for (title, role), segments, talk in zip(
        places.titles_of_groups(), of["segments"].tolist(), of["talk"].tolist(), strict=True
    ):
        kind = "talk" if talk == segments else "talk and notes" if talk else "notes"
        unit = "segment" if segments == 1 else "segments"
        who = ""
        if role is not None:
            kind = "talk"
            known = f'with the role "{role}"' if role != NO_ROLE else "whose role is not given"
            who = f" by people {known}"
        where = "all workshops" if title is None else f'the workshop "{title}"'
        said.append(f"of {segments:,} {unit} of {kind}{who} in {where}")
    return np.array(said, dtype=object)


def denominators(places: Places) -> NDArray[np.object_]:
    """Say in words what the segments of each group are counted of, in the order of its groups."""
    return _denominators(places, _count(np.arange(len(places.workshop)), places))


def frequencies(coded: CodedSegments) -> pd.DataFrame:
    """Count every code in every group: the table ``frequencies``.

    A code counts a segment once if the segment has the code or any code below it. The groups are
    all segments; each workshop; each role; each workshop and role that spoke there. A role counts
    talk only, and only talk whose speaker is known: notes have no speaker. So the roles need not
    add up to all. Codes that a group never raised are there with 0. Rows go by group, and within
    it in the order of the codebook.
    """
    places = coded.places
    groups = places.groups()
    of = _count(np.arange(len(coded.segments)), places)
    counted = [_count(np.flatnonzero(mask), places) for mask in coded.has]
    size, codes = sum(places.sizes), len(coded.codes)

    def by_group(name: str) -> Counts:
        """Give a count with the codes of the first group first."""
        stacked = np.array([count[name] for count in counted], dtype=np.int64)
        return stacked.reshape(codes, size).T.ravel()

    def by_code(attribute: str) -> NDArray[np.object_]:
        values = [getattr(code, attribute) for code in coded.codes]
        return np.tile(np.array(values, dtype=object), size)

    segments, talk, most = by_group("segments"), by_group("talk"), by_group("most")
    of_segments = of["segments"].repeat(codes)
    made = {
        "dimension": by_code("dimension"),
        "code_id": by_code("id"),
        "name": by_code("name"),
        "theme_id": by_code("theme"),
        **{name: values.repeat(codes) for name, values in groups.items()},
        "segments": segments,
        "of_segments": of_segments,
        "share": share(segments, of_segments),
        "denominator": _denominators(places, of).repeat(codes),
        "talk_segments": talk,
        "note_segments": segments - talk,
        "one_voice": (talk >= 3) & (2 * most > talk),
    }
    for name in ("people", "workshops", "roles"):
        made[name] = by_group(name)
        made[f"of_{name}"] = of[name].repeat(codes)
    return as_table(made, "frequencies")


def coverage(coded: CodedSegments) -> pd.DataFrame:
    """Count the segments without any code of a theme in every group: the table ``coverage``.

    A segment that has an aspect but no code of a theme counts as not coded. The groups are those
    of ``frequencies``.
    """
    places = coded.places
    themes = np.array([code.dimension != "aspect" for code in coded.codes], dtype=bool)
    bare = np.flatnonzero(~coded.has[themes].any(axis=0))
    of = _count(np.arange(len(coded.segments)), places)
    not_coded = _count(bare, places)["segments"]
    made = {
        **places.groups(),
        "segments": of["segments"],
        "not_coded": not_coded,
        "not_coded_share": share(not_coded, of["segments"]),
        "denominator": _denominators(places, of),
    }
    return as_table(made, "coverage")


def role_emphasis(counted: pd.DataFrame) -> pd.DataFrame:
    """Compare each role with all other roles on every code: the table ``role_emphasis``.

    Goes in: the table ``frequencies``; its group "role" is used. So it rests on talk whose speaker
    is known. With one role there is nothing to compare with, and the comparison is missing.
    """
    roles = counted[counted["group"] == "role"]
    made = roles[["role", "dimension", "code_id", "name", "segments", "of_segments", "people"]]
    made = made.reset_index(drop=True)
    # A code stands once in each role, so adding up by code adds up the roles.
    total = made.groupby("code_id", sort=False)[["segments", "of_segments"]].transform("sum")
    others = total - made[["segments", "of_segments"]]
    own = share(made["segments"].to_numpy(), made["of_segments"].to_numpy())
    other = share(others["segments"].to_numpy(), others["of_segments"].to_numpy())
    made = made.assign(
        share=own,
        other_segments=others["segments"],
        other_of_segments=others["of_segments"],
        other_share=other,
        difference=own - other,
        ratio=share(own, other),
    )
    return as_table(made, "role_emphasis")
