"""Words that may tell who somebody is."""

from __future__ import annotations

from typing import Literal, NamedTuple

Why = Literal["capitals", "introduced", "initials", "spelled", "number", "date", "sign"]
"""Why words are listed.

- capitals: they have capitals where ordinary words have none, or are known as a name;
- introduced: they follow words such as "my name is";
- initials: two or three capitals;
- spelled: letter by letter;
- number: figures, or digits said in words, that are no identifier of a known form;
- date: a day or an age;
- sign: they have the sign @.
"""


class Candidate(NamedTuple):
    """Words in a text, half open in code points, and why they are listed."""

    start: int
    end: int
    why: Why
