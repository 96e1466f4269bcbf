"""What a proposal would do to the findings, counted."""

from __future__ import annotations

from dataclasses import dataclass, fields


@dataclass(frozen=True)
class Effect:
    """How many segments would gain a code, lose one, or go from one code to another.

    ``look_again`` counts people's codings that should be looked at again.
    """

    gained: int
    lost: int
    moved: int
    look_again: int


EFFECTS = tuple(field.name for field in fields(Effect))
