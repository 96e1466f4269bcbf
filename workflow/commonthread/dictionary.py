"""Codes segments by the terms of the codebook, source by source, and only what has changed."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from importlib.metadata import PackageNotFoundError, version
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pandas as pd

from commonthread.codebook import Codebook
from commonthread.fingerprint import code_fingerprint
from commonthread.segments import Segment, cut_source
from commonthread.settings import Settings
from commonthread.tables import as_table, empty_table, read_table, write_table

if TYPE_CHECKING:
    from commonthread.matching import Evidence, Matcher

CODER = "dictionary"


@dataclass(frozen=True)
class Coded:
    """What coding makes: the tables segments, codings and fingerprints of ``tables.csv``."""

    segments: pd.DataFrame
    codings: pd.DataFrame
    fingerprints: pd.DataFrame


class _Source(NamedTuple):
    source_id: str
    workshop_id: str
    kind: str
    turns: list[tuple[int, int, str]]
    speakers: dict[int, str | None]
    replaced: list[tuple[int, int]]


def code_sources(
    turns: pd.DataFrame,
    sources: pd.DataFrame,
    replacements: pd.DataFrame,
    codebook: Codebook,
    settings: Settings,
    previous: Coded | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Coded:
    """Cut sources into segments and apply the codes whose terms occur in them.

    Goes in: the tables turns (source_id, turn, participant_id, start, text), sources (source_id,
    workshop_id, kind) and replacements; of ``settings`` the sections segments and language count.
    Comes out: the segments of all sources in the order of ``sources``, and one coding for each
    segment and code, with the matches as evidence. A match lies inside one segment and touches
    no replaced name. The result of a source that ``previous`` holds with the same fingerprint is
    taken over; what comes out is the same as without it. ``progress`` is told how many of how many
    sources are done. Raises InputProblems for a language or model that cannot be loaded.
    """
    worker = _Worker(codebook, settings)
    known: dict[str, str] = {}
    if previous is not None:
        known = dict(
            zip(
                previous.fingerprints["source_id"],
                previous.fingerprints["fingerprint"],
                strict=True,
            )
        )
    prints: dict[str, str] = {}
    reused: set[str] = set()
    segments: list[tuple[Any, ...]] = []
    codings: list[tuple[str, str, str]] = []
    for done, source in enumerate(_sources(turns, sources, replacements), 1):
        mark = worker.fingerprint(source)
        prints[source.source_id] = mark
        if known.get(source.source_id) == mark:
            reused.add(source.source_id)
        else:
            cut = cut_source(source.source_id, source.turns, source.replaced, settings.segments)
            segments += _segment_rows(source, cut)
            codings += worker.codings(source, cut)
        if progress is not None:
            progress(done, len(sources))
    made = Coded(
        _segment_table(segments),
        coding_table(codings),
        as_table({"source_id": list(prints), "fingerprint": list(prints.values())}, "fingerprints"),
    )
    return _joined(made, previous, reused) if previous is not None and reused else made


class _Worker:
    """Codes sources; what is expensive to load is loaded when the first source needs it."""

    def __init__(self, codebook: Codebook, settings: Settings) -> None:
        self._codebook = codebook
        self._settings = settings
        model = settings.language.spacy_model
        common = [
            settings.segments.model_dump(),
            settings.language.model_dump(),
            repr(codebook.terms()),
            code_fingerprint("dictionary"),
            [
                _version(name)
                for name in ("spacy", "spacy-lookups-data", *([model] if model else []))
            ],
        ]
        self._common = json.dumps(common).encode()

    @cached_property
    def _matcher(self) -> Matcher:
        from commonthread.language import load_language
        from commonthread.matching import Matcher

        return Matcher(self._codebook.terms(), load_language(self._settings.language))

    def fingerprint(self, source: _Source) -> str:
        """Hash everything that a source's segments and codings depend on."""
        digest = blake2b(self._common, digest_size=16)
        places = [(number, start, len(text)) for number, start, text in source.turns]
        about = [*source[:3], source.replaced, places, list(source.speakers.values())]
        said = "\n".join(text for _, _, text in source.turns)
        digest.update(json.dumps(about).encode())
        digest.update(said.encode("utf-8", "surrogatepass"))
        return digest.hexdigest()

    def codings(self, source: _Source, cut: list[Segment]) -> Iterator[tuple[str, str, str]]:
        """Give (segment_id, code_id, evidence) for the segments of a source."""
        found = self._matcher.match([(each.start, each.text) for each in cut], source.replaced)
        yield from coding_rows([segment.segment_id for segment in cut], found)


def coding_rows(
    segment_ids: Sequence[str], found: Sequence[Sequence[tuple[str, Sequence[Evidence]]]]
) -> Iterator[tuple[str, str, str]]:
    """Give segment_id, code_id and evidence of each coding that ``Matcher.match`` found."""
    for segment_id, codes in zip(segment_ids, found, strict=True):
        for code_id, evidence in codes:
            listed = [{"term": e.term, "start": e.start, "end": e.end} for e in evidence]
            yield segment_id, code_id, json.dumps(listed, ensure_ascii=False)


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


def _sources(
    turns: pd.DataFrame, sources: pd.DataFrame, replacements: pd.DataFrame
) -> Iterator[_Source]:
    """Give the sources one by one, in the order of their table."""
    # Lists of plain values: a frame for each source would cost more than hashing what is in it.
    rows = list(
        zip(
            turns["start"].tolist(),
            turns["turn"].tolist(),
            turns["text"].tolist(),
            turns["participant_id"].astype(object).where(turns["participant_id"].notna(), None),
            strict=True,
        )
    )
    names = list(zip(replacements["start"].tolist(), replacements["end"].tolist(), strict=True))
    rows_of = turns.groupby("source_id", sort=False).indices
    names_of = replacements.groupby("source_id", sort=False).indices
    for source_id, workshop_id, kind in zip(
        sources["source_id"], sources["workshop_id"], sources["kind"], strict=True
    ):
        own = sorted((rows[row] for row in rows_of.get(source_id, ())), key=itemgetter(0))
        yield _Source(
            source_id,
            workshop_id,
            "notes" if kind == "notes" else "talk",
            [(number, start, text) for start, number, text, _ in own],
            {number: who for _, number, _, who in own},
            sorted(names[row] for row in names_of.get(source_id, ())),
        )


def _segment_rows(source: _Source, cut: list[Segment]) -> Iterator[tuple[Any, ...]]:
    for each in cut:
        yield (
            each.segment_id,
            source.source_id,
            source.workshop_id,
            each.turn,
            source.speakers[each.turn],
            source.kind,
            each.start,
            each.end,
            each.words,
        )


def _segment_table(rows: list[tuple[Any, ...]]) -> pd.DataFrame:
    if not rows:
        return empty_table("segments")
    names = list(empty_table("segments").columns)
    return as_table(pd.DataFrame(rows, columns=names), "segments")


def coding_table(rows: Sequence[tuple[str, str, str]]) -> pd.DataFrame:
    """Make the table ``codings`` of what ``coding_rows`` gave."""
    if not rows:
        return empty_table("codings")
    ids, codes, evidence = zip(*rows, strict=True)
    return as_table(
        pd.DataFrame(
            {
                "segment_id": ids,
                "code_id": codes,
                "coder_id": CODER,
                "coder_kind": CODER,
                "confidence": float("nan"),
                "evidence": evidence,
                "date": "",
                "memo": "",
            }
        ),
        "codings",
    )


def _joined(made: Coded, previous: Coded, reused: set[str]) -> Coded:
    """Put what was made and what was taken over together, in the order of the sources."""
    order = {source: place for place, source in enumerate(made.fingerprints["source_id"])}
    kept = previous.segments[previous.segments["source_id"].isin(reused)]
    codings = previous.codings[previous.codings["segment_id"].isin(kept["segment_id"])]
    both = pd.concat([made.segments, kept], ignore_index=True)
    coded = pd.concat([made.codings, codings], ignore_index=True)
    places = [order[source] for source in both["source_id"].tolist()]
    place_of = dict(zip(both["segment_id"].tolist(), places, strict=True))
    coded_places = [place_of[segment] for segment in coded["segment_id"].tolist()]
    return Coded(
        as_table(both.iloc[np.argsort(places, kind="stable")], "segments"),
        as_table(coded.iloc[np.argsort(coded_places, kind="stable")], "codings"),
        made.fingerprints,
    )


def write_coded(coded: Coded, *, segments: Path, codings: Path, fingerprints: Path) -> None:
    """Write what ``code_sources`` gave as three Parquet files, for ``read_coded``.

    The fingerprints go last and are taken away first, so that a run that is cut short at any
    moment never leaves fingerprints that do not fit the other tables.
    """
    fingerprints.unlink(missing_ok=True)
    write_table(coded.segments, "segments", segments)
    write_table(coded.codings, "codings", codings)
    write_table(coded.fingerprints, "fingerprints", fingerprints)


def read_coded(*, segments: Path, codings: Path, fingerprints: Path) -> Coded | None:
    """Read what ``write_coded`` wrote; None if it is not there, not whole or of an older form."""
    try:
        return Coded(
            read_table(segments, "segments"),
            read_table(codings, "codings"),
            read_table(fingerprints, "fingerprints"),
        )
    except (OSError, ValueError):
        return None
