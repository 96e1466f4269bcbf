"""Which codes come together on the same segments."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from commonthread.coded import CodedSegments, Counts, Mask
from commonthread.frequencies import share
from commonthread.tables import as_table

if TYPE_CHECKING:
    from commonthread.codebook import Code

_KINDS = {
    ("theme", "theme"): "themes",
    ("code", "code"): "codes",
    ("theme", "aspect"): "theme and aspect",
    ("code", "aspect"): "code and aspect",
}


def _together(has: Mask) -> Counts:
    """Count for each pair of codes the segments that have both; on the diagonal, each code's."""
    both = np.zeros((len(has), len(has)), dtype=np.int64)
    # In pieces, so that memory stays small; a piece is counted exactly in single precision.
    for start in range(0, has.shape[1], 65_536):
        piece = has[:, start : start + 65_536].astype(np.float32)
        both += (piece @ piece.T).astype(np.int64)
    return both


def _pairs(codes: tuple[Code, ...]) -> list[tuple[str, int, int]]:
    """Give the pairs that are counted, by kind, in the codebook's order.

    A code and one that it stands under are no pair: they come together by definition.
    """
    parents = {code.id: code.parent for code in codes}

    def above(code_id: str) -> set[str]:
        found: set[str] = set()
        parent = parents[code_id]
        while parent is not None:
            found.add(parent)
            parent = parents[parent]
        return found

    over = [above(code.id) for code in codes]
    found = []
    for a, first in enumerate(codes):
        for b, second in enumerate(codes):
            kind = _KINDS.get((first.dimension, second.dimension))
            same = first.dimension == second.dimension
            nested = first.id in over[b] or second.id in over[a]
            if kind is not None and not nested and (b > a or not same):
                found.append((kind, a, b))
    order = list(_KINDS.values())
    return sorted(found, key=lambda pair: order.index(pair[0]))


def cooccurrence(coded: CodedSegments) -> pd.DataFrame:
    """Count the segments that two codes share: the table ``cooccurrence``.

    A code counts a segment if the segment has the code or any code below it. Pairs are two themes,
    two codes of which neither stands under the other, a theme and an aspect, or a code and an
    aspect; pairs that never come together are there with 0. With ``both``, ``a``, ``b`` and ``n``
    segments, Jaccard is both / (a + b - both), and phi is
    (n both - a b) / sqrt(a b (n - a) (n - b)) (Pearson's correlation of two yes-or-no variables).
    Both are missing where they are undefined.
    """
    together = _together(coded.has)
    n = len(coded.segments)
    pairs = _pairs(coded.codes)
    first = np.array([a for _, a, _ in pairs], dtype=np.int64)
    second = np.array([b for _, _, b in pairs], dtype=np.int64)
    of_code = together.diagonal()
    in_a, in_b, both = of_code[first], of_code[second], together[first, second]
    # In floating point: the products are larger than a whole number can be.
    a, b, ab = (values.astype(float) for values in (in_a, in_b, both))
    phi = share(n * ab - a * b, np.sqrt(a * b) * np.sqrt((n - a) * (n - b)))
    ids = np.array([code.id for code in coded.codes], dtype=object)
    made = {
        "kind": [kind for kind, _, _ in pairs],
        "code_a": ids[first],
        "code_b": ids[second],
        "segments_a": in_a,
        "segments_b": in_b,
        "segments_both": both,
        "of_segments": np.full(len(pairs), n, dtype=np.int64),
        "jaccard": share(ab, a + b - ab),
        # Rounding can lead a hair beyond the ends.
        "phi": np.clip(phi, -1.0, 1.0),
    }
    return as_table(made, "cooccurrence")
