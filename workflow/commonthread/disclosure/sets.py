"""Which counts contain which: the segments of a code are among those of the codes above it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import ArrayLike

if TYPE_CHECKING:
    from commonthread.codebook import Codebook
    from commonthread.coded import Mask

# Stand for what has a code of any theme, and for all there is. No code can have such an id.
ANY, EVERY = "any theme", "everything"


@dataclass(frozen=True)
class Sets:
    """The codes of a codebook, with what has a code of any theme above the themes.

    ``ids`` stand after those that contain them. ``above`` gives for each the ids of all that
    contain it, ``children`` the ones directly under it.
    """

    ids: tuple[str, ...]
    above: Mapping[str, tuple[str, ...]]
    children: Mapping[str, tuple[str, ...]]

    def below(self, code_id: str) -> tuple[str, ...]:
        """Give the ids of all that stand under one."""
        return tuple(each for each in self.ids if code_id in self.above[each])


def sets_of(codebook: Codebook, *, any_theme: bool = True) -> Sets:
    """Give the sets of a codebook; aspects contain nothing and stand under nothing.

    Without ``any_theme`` the themes stand under nothing either.
    """
    top = (ANY,) if any_theme else ()
    above: dict[str, tuple[str, ...]] = dict.fromkeys(top, ())
    for code in codebook.codes:
        own = tuple(each.id for each in codebook.ancestors(code.id))
        above[code.id] = (*own, *(() if code.dimension == "aspect" else top))
    return Sets(
        ids=tuple(above),
        above=above,
        children={
            code_id: tuple(each for each, over in above.items() if over[:1] == (code_id,))
            for code_id in above
        },
    )


def covers(
    code_id: str,
    counts: Mapping[str, int],
    sets: Sets,
    exact: Collection[str],
    most: int,
) -> Iterator[tuple[str, ...]]:
    """Give the ways in which codes make up the whole of one that they stand under.

    Goes in: how many have each id; ``exact`` are ids that contain nothing but what the ones directly
    under them have. Comes out: up to ``most`` ids each time, of which none contains another and none
    has nothing.
    """
    parts = [each for each in sets.children[code_id] if counts[each]]
    if code_id not in exact or not 0 < len(parts) <= most:
        return
    ways = [[(each,), *covers(each, counts, sets, exact, most)] for each in parts]
    for chosen in product(*ways):
        cover = tuple(each for way in chosen for each in way)
        if len(cover) <= most:
            yield cover


def is_safe(numbers: ArrayLike, threshold: int) -> Mask:
    """Say which numbers may be known: nothing at all, or at least the threshold."""
    values = np.asarray(numbers)
    return np.asarray((values == 0) | (values >= threshold))
