"""Where a study's codebook may need a look: all that points at it, as tables."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from commonthread.codebook import Codebook
from commonthread.coded import code_segments
from commonthread.codings import decide
from commonthread.language import load_language
from commonthread.refining.code_pairs import code_pairs
from commonthread.refining.code_words import code_words, word_sources
from commonthread.refining.comparison import RunTables
from commonthread.refining.missing_themes import missing_themes
from commonthread.refining.narrow_codes import narrow_codes
from commonthread.refining.saturation import saturation
from commonthread.refining.segment_words import texts_without
from commonthread.refining.term_use import term_use
from commonthread.refining.verdicts import machine_codings, people_verdicts
from commonthread.settings import LanguageSettings


@dataclass(frozen=True)
class Refining:
    """The tables of these names."""

    code_words: pd.DataFrame
    term_use: pd.DataFrame
    uncoded_clusters: pd.DataFrame
    uncoded_cluster_segments: pd.DataFrame
    code_pairs: pd.DataFrame
    narrow_codes: pd.DataFrame
    saturation: pd.DataFrame
    saturation_reached: pd.DataFrame


def refining_tables(
    run: RunTables, confusions: pd.DataFrame, codebook: Codebook, settings: LanguageSettings
) -> Refining:
    """Look for what the codebook may miss, catch wrongly, say twice, or have too little of.

    Goes in: the tables of a run; ``confusions``, which code coders took for which; the codebook;
    and how language is processed.
    """
    coded = code_segments(
        run.segments, decide(run.codings), run.participants, run.workshops, codebook
    )
    segments = coded.segments
    people = people_verdicts(run.codings, segments, codebook)
    language = load_language(settings)
    names = run.replacements[["source_id", "start", "end"]]
    said = texts_without(segments, run.turns, names)
    words = word_sources(segments, run.turns, names, run.codings, language.fixed, language.lemmas)
    clusters, members = missing_themes(coded, said, language.fixed)
    curve, reached = saturation(coded, run.workshops)
    return Refining(
        code_words=code_words(
            codebook,
            machine_codings(run.codings, segments, codebook),
            people,
            words,
            segments["segment_id"].tolist(),
        ),
        term_use=term_use(codebook, run.codings, people, segments),
        uncoded_clusters=clusters,
        uncoded_cluster_segments=members,
        code_pairs=code_pairs(coded, confusions),
        narrow_codes=narrow_codes(coded),
        saturation=curve,
        saturation_reached=reached,
    )
