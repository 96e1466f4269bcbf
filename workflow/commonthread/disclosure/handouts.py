"""What the handouts are made from, as far as it may be told."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

import pandas as pd

from commonthread.attribution import may_publish
from commonthread.coded import NO_ROLE, code_segments
from commonthread.disclosure.marking import SMALL, WITHHELD, kept
from commonthread.disclosure.tables import ShownTables
from commonthread.questions import questions
from commonthread.quotes import QuoteChooser
from commonthread.resources import resources
from commonthread.tables import as_table, columns

if TYPE_CHECKING:
    from commonthread.codebook import Codebook

_COUNTS = (
    *("segments", "segments_at_least", "people", "of_people", "people_at_least"),
    *("workshops", "of_workshops", WITHHELD, SMALL),
)


def public_questions(shown: ShownTables, codebook: Codebook) -> pd.DataFrame:
    """Put the codebook's questions in order by what is told: the table ``public_questions``.

    They stand as in ``questions``, where a number that is withheld counts as what it is known to be
    at least.
    """
    every = shown.frequencies[shown.frequencies["group"] == "all"]
    known = every.assign(
        segments=every["segments_at_least"],
        people=every["people_at_least"],
        **{name: every[name].fillna(0) for name in ("note_segments", "of_people")},
    )
    order = questions(known, codebook)[
        ["theme_id", "code_id", "code_rank", "rank", "question", "raised"]
    ]
    made = order.merge(every[["code_id", *_COUNTS]], on="code_id", how="left")
    return as_table(kept(made, columns("public_questions")), "public_questions")


def public_resources(
    segments: pd.DataFrame,
    turns: pd.DataFrame,
    codings: pd.DataFrame,
    participants: pd.DataFrame,
    workshops: pd.DataFrame,
    codebook: Codebook,
    few_roles: Collection[str],
) -> pd.DataFrame:
    """Gather the resources that may be told of: the table ``public_resources``.

    Goes in: the tables of a study, and the roles of few people, which are not named. A row is a
    resource that a code of the codebook lists, or words in which somebody named one who agreed to
    be quoted; a code for which people named resources without such words has a row without them.
    Codes stand in the order of how many workshops a resource was named in, then of the codebook.
    Quotes are chosen, and pseudonyms in them replaced, as in ``resources``.
    """
    # A role of few people is as good as none, beside a quote and within one.
    told = participants["role"].where(~participants["role"].isin(few_roles), NO_ROLE)
    people = participants.assign(role=told)
    coded = code_segments(segments, codings, people, workshops, codebook)
    found = resources(coded, QuoteChooser(coded, turns), people, may_publish)
    place = {code.id: number for number, code in enumerate(codebook.codes)}

    def at(code_id: object) -> int:
        # What stands under no code comes last.
        return place[code_id] if isinstance(code_id, str) else len(place)

    of_workshops = int(coded.segments["workshop_id"].nunique())
    by_code = found.groupby(["theme_id", "code_id"], dropna=False, sort=False)
    own = [(key, rows, int(rows["workshop_id"].nunique())) for key, rows in by_code]
    own.sort(key=lambda each: (at(each[0][0]), -each[2], at(each[0][1])))
    made, ranks = [], dict[object, int]()
    for (theme_id, _), rows, named_in in own:
        ranks[theme_id] = ranks.get(theme_id, 0) + 1
        listed = rows["origin"] == "codebook"
        quoted = rows[listed | (rows["quote"] != "")]
        if named_in and not (quoted["origin"] == "people").any():
            quoted = pd.concat([quoted, rows[~listed].head(1).assign(quote="", words="")])
        agreed = (quoted["consent"] == "verbatim with role") & (quoted["role"] != NO_ROLE)
        made.append(
            quoted.assign(
                code_rank=ranks[theme_id],
                rank=range(1, len(quoted) + 1),
                role=quoted["role"].where(agreed & (quoted["quote"] != ""), None),
                workshops=named_in,
                of_workshops=of_workshops,
            )
        )
    names = columns("public_resources")
    return as_table(pd.concat(made)[list(names)] if made else {}, "public_resources")
