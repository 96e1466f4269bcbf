"""Words that nobody listed, made by hand: the table, and the worklist of it."""

from __future__ import annotations

import pandas as pd

from commonthread.folding import plain_words
from commonthread.tables import as_table
from commonthread.unlisted.worklist import Entry, worklist

SAID = (
    ("s1", "capitals", "We met in ", "Fernhollow", " before the snow"),
    ("s1", "capitals", "nobody in ", "Fernhollow", " had a car"),
    ("s2", "capitals", "and ", "FERNHOLLOW", " is not on the bus line"),
    ("s1", "capitals", "then ", "Oriel", " brought the cake"),
    ("s2", "introduced", "my name is ", "Tamsin", " and I am new"),
    ("s2", "number", "ring me on ", "oh seven seven double nought", " any day"),
    ("s3", "spelled", "that is ", "B-R-A-Y", " with a Y"),
    ("s3", "capitals", "on a ", "Monday", " as a rule"),
    ("s3", "capitals", "every ", "Monday", " there is soup"),
)
PSEUDONYMS = ("Public contributor 1", "Researcher 2")


def unlisted(said: tuple[tuple[str, ...], ...] = SAID) -> pd.DataFrame:
    """Give a table of unlisted words: source, why, before, words, after of each occurrence."""
    return as_table(
        [
            {
                "source_id": source,
                "workshop_id": f"workshop of {source}",
                "turn": turn,
                "start": len(before),
                "end": len(before) + len(words),
                "words": words,
                "entry": plain_words(words) or words,
                "why": why,
                "before": before,
                "after": after,
            }
            for turn, (source, why, before, words, after) in enumerate(said)
        ],
        "unlisted",
    )


def entries() -> list[Entry]:
    return worklist(unlisted())


def many(count: int) -> list[Entry]:
    """Give a long worklist."""
    said = tuple(
        (f"s{number % 7}", "capitals", "then we saw ", f"Word{number}", f" come by, nr {number}")
        for number in range(count)
        for _ in range(2)
    )
    return worklist(unlisted(said))
