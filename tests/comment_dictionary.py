"""A dictionary for texts that are no study's: what it finds of its codes in them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from commonthread.classifier.features import Hits, nearness, no_hits
from commonthread.language import load_language
from commonthread.matching import Matcher
from commonthread.settings import LanguageSettings
from commonthread.strict_yaml import load_yaml
from commonthread.terms import parse_term


def found_by(file: Path, texts: Sequence[str]) -> tuple[tuple[str, ...], Hits]:
    """Read the terms of codes, and give the codes and what is found of them."""
    terms = {code: [parse_term(term) for term in own] for code, own in load_yaml(file).data.items()}
    codes = tuple(terms)
    hits = no_hits(len(texts), len(codes))
    found = Matcher(terms, load_language(LanguageSettings())).match(
        [(0, text) for text in texts], []
    )
    for row, own in enumerate(found):
        for code, evidence in own:
            hits.terms[row, codes.index(code)] = len({each.term for each in evidence})
            first = np.array(min(each.start for each in evidence))
            hits.near[row, codes.index(code)] = nearness(first)
    return codes, hits
