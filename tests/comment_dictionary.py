"""A dictionary for texts that are no study's: how strongly it finds each of its codes in them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from commonthread.classifier.features import strength
from commonthread.language import load_language
from commonthread.matching import Matcher
from commonthread.settings import LanguageSettings
from commonthread.strict_yaml import load_yaml
from commonthread.terms import parse_term


def found_by(file: Path, texts: Sequence[str]) -> tuple[tuple[str, ...], NDArray[np.float64]]:
    """Read the terms of codes, and give the codes and texts x codes: the strength of each."""
    terms = {code: [parse_term(term) for term in own] for code, own in load_yaml(file).data.items()}
    codes = tuple(terms)
    different = np.zeros((len(texts), len(codes)), dtype=np.int64)
    first = np.zeros_like(different)
    found = Matcher(terms, load_language(LanguageSettings())).match(
        [(0, text) for text in texts], []
    )
    for row, own in enumerate(found):
        for code, evidence in own:
            different[row, codes.index(code)] = len({each.term for each in evidence})
            first[row, codes.index(code)] = min(each.start for each in evidence)
    return codes, strength(different, first)
