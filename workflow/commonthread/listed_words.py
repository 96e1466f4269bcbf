"""What a study lists besides its participants: places, organisations, people, other words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["person", "place", "organisation", "other", "harmless"]
"""What listed words are. Harmless ones stay as they are and are not asked about again."""


@dataclass(frozen=True)
class ListedWords:
    """Words that somebody listed, what they are, and what is to stand in their place.

    ``replacement`` is never empty, except for harmless words. ``where`` names the file and row, for
    messages.
    """

    words: str
    kind: Kind
    replacement: str
    where: str
