"""Made-up talk of as many bytes, packed, as real talk has: for measuring, not for reading.

Words are drawn by Zipf's law from a vocabulary in which frequent words are short, and some come as
phrases, as people repeat more than single words. Packed it takes 0.37 of its bytes, where the talk
of thirty real meetings took 0.34.
"""

from __future__ import annotations

import base64
import hashlib
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import accumulate

_ONSETS, _VOWELS, _ENDS = "bcdfghlmnprstvw", "aeiou", ("", "", "n", "r", "s", "t", "l", "d")
_WORDS = 8000
_SHORT, _MIDDLING = 120, 1000  # ranks up to which words have one syllable, or two


@dataclass(frozen=True)
class Talk:
    """What turns are made of.

    ``pieces`` are words and phrases, ``weights`` how often each comes, summed up; a turn has
    ``fewest`` to ``most`` of them. ``segment_id`` names a segment by its source_id and turn.
    """

    pieces: tuple[str, ...]
    weights: tuple[float, ...]
    fewest: int
    most: int
    segment_id: Callable[..., str]


def talk(known: Sequence[str], seed: int = 1) -> Talk:
    """Give talk whose vocabulary has the ``known`` words in it, the short ones in front."""
    rng = random.Random(seed)
    words = _vocabulary(known, rng)
    weights = _zipf(len(words))
    pieces: list[str] = []
    for rank, word in enumerate(words):
        pieces.append(word)
        if rank > 12 and rank % 2 == 0:
            phrase = rng.choices(words[:rank], cum_weights=weights[:rank], k=rng.randint(2, 4))
            pieces.append(" ".join(phrase))
    return Talk(tuple(pieces), _zipf(len(pieces)), 6, 42, _segment_id)


def _segment_id(source_id: str, turn: int) -> str:
    """Give an id that looks like those of the pipeline."""
    digest = hashlib.sha256(f"{source_id} {turn}".encode()).digest()
    return base64.b32encode(digest).decode("ascii")[:12].lower()


def _vocabulary(known: Sequence[str], rng: random.Random) -> list[str]:
    order = sorted(known, key=len)
    words, later = order[:12], order[12:]
    seen = set(known)
    while len(words) < _WORDS:
        if later and len(words) >= _SHORT:
            words.append(later.pop(0))
            continue
        often = len(words) < _SHORT
        syllables = 1 if often else rng.choice((1, 2, 2) if len(words) < _MIDDLING else (2, 2, 3))
        word = "".join(
            rng.choice(_ONSETS) + rng.choice(_VOWELS) + rng.choice(_ENDS) for _ in range(syllables)
        )
        if word not in seen:
            seen.add(word)
            words.append(word)
    return words


def _zipf(ranks: int) -> tuple[float, ...]:
    return tuple(accumulate(1 / (rank + 2.7) for rank in range(ranks)))
