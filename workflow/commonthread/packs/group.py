"""Chooses what a group talks about: for each theme, excerpts that are worth talking about."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from commonthread.codebook import Codebook
from commonthread.coded import Mask
from commonthread.codings import decide
from commonthread.packs.labels import code_labels
from commonthread.quotes import SegmentTexts
from commonthread.report.wording import words_list
from commonthread.tables import check_table

Reason = Literal["differ", "clear", "one term", "shared", "near miss"]

MOST = 10
# Of these at most so many, so that there is room for the others; then one of each in turn.
_MOST_DIFFERING = 4
_IN_TURN: tuple[Reason, ...] = ("clear", "one term", "near miss", "shared")
# Shorter ones say too little, longer ones are too much to read out.
_FEWEST_WORDS, _MOST_WORDS = 8, 120
_NEAREST = 60
# A difference of mean cosines that is more than an error of rounding.
_LEAST_ALIKE = 1e-6
_PEOPLE = ("person", "adjudication")


@dataclass(frozen=True)
class GroupExcerpt:
    """A segment to talk about: the code that may fit, and why it was chosen.

    ``why`` is a sentence for the group. In a near miss nobody applied the code.
    """

    segment_id: str
    code_id: str
    reason: Reason
    why: str


@dataclass(frozen=True)
class GroupTheme:
    """A theme with the excerpts to talk about, in order; none if nothing was found."""

    theme_id: str
    excerpts: tuple[GroupExcerpt, ...]


@dataclass(frozen=True)
class _Candidate:
    row: int
    code_id: str
    reason: Reason
    why: str
    score: float


def choose_excerpts(
    segments: pd.DataFrame,
    turns: pd.DataFrame,
    codings: pd.DataFrame,
    participants: pd.DataFrame,
    codebook: Codebook,
    most: int = MOST,
) -> tuple[GroupTheme, ...]:
    """Choose up to ``most`` excerpts for each theme of the codebook.

    Goes in: the tables of these names; of ``codings`` all there are, of the dictionary and of
    people, before any was decided; what was settled already is left out. First come segments on whose codes people differ, at most four;
    then, in turn: clear cases (people agree; or the dictionary found several different terms, and
    no other theme); segments that the dictionary coded for a single hit; near misses (not
    coded with the theme, but in words like those of segments that are); and segments that have
    codes of two themes. No turn gives two excerpts. Those are taken first whose workshop and role
    have been taken least. The same tables give the same excerpts, whatever the order of their rows.
    """
    check_table(segments, "segments")
    check_table(codings, "codings")
    segments = segments.sort_values(["source_id", "start", "segment_id"], ignore_index=True)
    chooser = _Chooser(segments, turns, codings, participants, codebook)
    return tuple(GroupTheme(theme.id, chooser.choose(theme.id, most)) for theme in codebook.themes)


class _Chooser:
    """The segments with what was said of them, and which turns have been taken."""

    def __init__(
        self,
        segments: pd.DataFrame,
        turns: pd.DataFrame,
        codings: pd.DataFrame,
        participants: pd.DataFrame,
        codebook: Codebook,
    ) -> None:
        self._codebook = codebook
        self._labels = code_labels(codebook)
        self._texts = SegmentTexts(segments, turns)
        self._start = segments["start"].tolist()
        self._ids = segments["segment_id"].tolist()
        self._turn = list(zip(segments["source_id"], segments["turn"], strict=True))
        roles = participants.set_index("participant_id")["role"]
        role = segments["participant_id"].map(roles).fillna("").tolist()
        self._group = list(zip(segments["workshop_id"].tolist(), role, strict=True))
        words = segments["words"].to_numpy()
        self._fit = (words >= _FEWEST_WORDS) & (words <= _MOST_WORDS)
        self._taken: set[tuple[object, object]] = set()
        row_of: dict[str, int] = {segment_id: row for row, segment_id in enumerate(self._ids)}
        theme_of = {code.id: code.theme for code in codebook.codes if code.theme is not None}
        known = codings[
            codings["segment_id"].isin(row_of)
            & (codings["code_id"].isin(theme_of) | codings["coder_kind"].isin(_PEOPLE))
        ]
        settled = known[known["coder_kind"] == "adjudication"]
        self._settled = {row_of[segment_id] for segment_id in settled["segment_id"]}
        open_still = known[~known["segment_id"].isin(settled["segment_id"])]
        decided = pd.concat([settled, decide(open_still)], ignore_index=True)
        self._opinions = _opinions(known[known["coder_kind"] == "person"], row_of)
        self._codes: dict[int, list[str]] = {}
        for segment_id, code_id in zip(decided["segment_id"], decided["code_id"], strict=True):
            if code_id in theme_of:
                self._codes.setdefault(row_of[segment_id], []).append(code_id)
        self._hits = _hits(known[known["coder_kind"] == "dictionary"], row_of)
        self._theme_of = theme_of
        self._vectors = _Vectors([self._texts[row] for row in range(len(segments))])

    def choose(self, theme: str, most: int) -> tuple[GroupExcerpt, ...]:
        """Choose the excerpts of a theme."""
        by_reason: dict[Reason, list[_Candidate]] = {}
        for candidate in [*self._coded(theme), *self._near_misses(theme)]:
            by_reason.setdefault(candidate.reason, []).append(candidate)
        workshops: Counter[str] = Counter()
        roles: Counter[str] = Counter()
        chosen: list[_Candidate] = []

        def take(reason: Reason) -> bool:
            free = [
                candidate
                for candidate in by_reason.get(reason, ())
                if self._turn[candidate.row] not in self._taken
            ]
            if not free:
                return False

            def rank(candidate: _Candidate) -> tuple[int, float, bytes]:
                workshop, role = self._group[candidate.row]
                drawn = blake2b(self._ids[candidate.row].encode(), digest_size=8).digest()
                return workshops[workshop] + roles[role], -candidate.score, drawn

            best = min(free, key=rank)
            self._taken.add(self._turn[best.row])
            workshop, role = self._group[best.row]
            workshops[workshop] += 1
            roles[role] += 1
            chosen.append(best)
            return True

        while len(chosen) < min(_MOST_DIFFERING, most) and take("differ"):
            pass
        while len(chosen) < most:
            found = [take(reason) for reason in _IN_TURN if len(chosen) < most]
            if not any(found) and not take("differ"):
                break
        order: tuple[Reason, ...] = ("differ", *_IN_TURN)
        chosen.sort(key=lambda candidate: order.index(candidate.reason))
        return tuple(
            GroupExcerpt(self._ids[each.row], each.code_id, each.reason, each.why)
            for each in chosen
        )

    def _coded(self, theme: str) -> list[_Candidate]:
        """Give the segments that somebody, or the dictionary, coded with a theme or code of it."""
        rows = {row for row, codes in self._codes.items() if self._of_theme(codes, theme)}
        rows |= {
            row
            for row, said in self._opinions.items()
            if any(self._of_theme(codes, theme) for codes in said.values())
        }
        made: list[_Candidate] = []
        for row in sorted(row for row in rows - self._settled if self._fit[row]):
            if len(self._opinions.get(row, ())) > 1:
                made.append(self._by_people(row, theme))
            elif row not in self._opinions:
                made += self._by_dictionary(row, theme)
        return made

    def _of_theme(self, codes: Sequence[str] | frozenset[str], theme: str) -> list[str]:
        return [code for code in codes if self._theme_of.get(code) == theme]

    def _by_people(self, row: int, theme: str) -> _Candidate:
        """Say how people agree on a segment: the code on which they differ most, if they do."""
        said = self._opinions[row]
        applied = Counter(code for codes in said.values() for code in self._of_theme(codes, theme))
        order = {code.id: at for at, code in enumerate(self._codebook.codes)}
        code = min(applied, key=lambda code: (abs(2 * applied[code] - len(said)), order[code]))
        name, number = self._labels[code], applied[code]
        if number == len(said):
            both = "Both" if number == 2 else f"All {number}"
            return _Candidate(
                row, code, "clear", f"{both} coders saw “{name}” here.", float(number)
            )
        why = f"Coders differ: {number} of {len(said)} saw “{name}” here."
        return _Candidate(row, code, "differ", why, -abs(2 * number - len(said)))

    def _by_dictionary(self, row: int, theme: str) -> list[_Candidate]:
        """Say how sure the dictionary's find is. Finds that are neither sure nor doubtful: none."""
        own = self._of_theme(self._codes[row], theme)
        others = [code for code in self._codes[row] if code not in own]
        code = max(own, key=lambda each: len(self._hits.get((row, each), ())))
        hits = {hit for each in own for hit in self._hits.get((row, each), ())}
        name = self._labels[code]
        if others:
            also = words_list(f"“{self._labels[each]}”" for each in others)
            themes = len({self._theme_of[each] for each in others})
            of = "another theme" if themes == 1 else "other themes"
            why = f"The computer found “{name}” here, but also {also}, of {of}."
            return [_Candidate(row, code, "shared", why, -float(len(others)))]
        terms = {term for term, _, _ in hits}
        if len(terms) > 1:
            why = f"The computer found “{name}” here by {len(terms)} different terms."
            return [_Candidate(row, code, "clear", why, float(len(terms)))]
        if len(hits) == 1:
            ((_, start, end),) = hits
            words = self._texts[row][start - self._start[row] : end - self._start[row]]
            why = f"The computer found “{name}” here by “{words}” alone."
            return [_Candidate(row, code, "one term", why, 0.0)]
        return []

    def _near_misses(self, theme: str) -> list[_Candidate]:
        """Give segments without the theme whose words are most like those of segments with it."""
        coded: dict[str, list[int]] = {}
        inside = np.zeros(len(self._ids), dtype=bool)
        for row, codes in self._codes.items():
            for code in self._of_theme(codes, theme):
                coded.setdefault(code, []).append(row)
                inside[row] = True
        for row, said in self._opinions.items():
            inside[row] |= any(self._of_theme(codes, theme) for codes in said.values())
        order = [code.id for code in self._codebook.codes if code.id in coded]
        near = self._vectors.nearest(inside, self._fit & ~inside, [coded[code] for code in order])
        return [
            _Candidate(
                row,
                order[code],
                "near miss",
                f"“{self._labels[order[code]]}” was not found here, but the words are like those of"
                " segments that have it.",
                score,
            )
            for row, code, score in near
        ]


def _opinions(
    codings: pd.DataFrame, row_of: dict[str, int]
) -> dict[int, dict[str, frozenset[str]]]:
    """Give, for each segment that people coded, the codes by coder."""
    said: dict[int, dict[str, set[str]]] = {}
    for segment_id, coder, code in zip(
        codings["segment_id"], codings["coder_id"], codings["code_id"], strict=True
    ):
        said.setdefault(row_of[segment_id], {}).setdefault(coder, set()).add(code)
    return {
        row: {coder: frozenset(codes) for coder, codes in by_coder.items()}
        for row, by_coder in said.items()
    }


def _hits(
    codings: pd.DataFrame, row_of: dict[str, int]
) -> dict[tuple[int, str], tuple[tuple[str, int, int], ...]]:
    """Give where the dictionary's terms matched: term, start and end in the source."""
    return {
        (row_of[segment_id], code): tuple(
            (hit["term"], hit["start"], hit["end"]) for hit in json.loads(evidence or "[]")
        )
        for segment_id, code, evidence in zip(
            codings["segment_id"], codings["code_id"], codings["evidence"].fillna(""), strict=True
        )
    }


class _Vectors:
    """The words of segments as weighted vectors of length 1 (TF-IDF)."""

    def __init__(self, texts: Sequence[str]) -> None:
        from sklearn.feature_extraction.text import TfidfVectorizer

        try:
            self._rows = TfidfVectorizer(sublinear_tf=True).fit_transform(texts)
        except ValueError:  # There is not one word.
            self._rows = None

    def nearest(
        self, inside: Mask, allowed: Mask, groups: Sequence[Sequence[int]]
    ) -> list[tuple[int, int, float]]:
        """Give allowed rows outside that are more like those inside than half of these are.

        How like a row is: its mean cosine with the other rows inside, less that with the other rows
        outside (Rocchio 1971); it must be above 0. Comes out, the most alike first: row; the group
        of rows that it is most like; and how like it is.
        """
        if self._rows is None or not groups or not allowed.any():
            return []
        near, apart = (self._cosines_with_others(which) for which in (inside, ~inside))
        scores = near - apart
        least = max(float(np.median(scores[inside])), _LEAST_ALIKE)
        best = np.argsort(np.where(allowed, -scores, np.inf), kind="stable")[:_NEAREST]
        best = best[allowed[best] & (scores[best] > least)]
        alike = self._rows[best] @ np.stack([self._mean(group) for group in groups], axis=1)
        group = alike.argmax(axis=1)
        return [
            (int(row), int(number), float(scores[row]))
            for row, number in zip(best, group, strict=True)
        ]

    def _cosines_with_others(self, which: Mask) -> NDArray[np.float64]:
        """Give the mean cosine of each row with those of a kind, itself left out."""
        rows = np.flatnonzero(which)
        with_itself = np.asarray(self._rows.multiply(self._rows).sum(axis=1)).ravel()
        with_all = self._rows @ (self._mean(rows) * len(rows)) if len(rows) else 0.0 * with_itself
        return (with_all - which * with_itself) / np.maximum(len(rows) - which, 1)

    def _mean(self, rows: Sequence[int] | NDArray[np.int64]) -> NDArray[np.float64]:
        return np.asarray(self._rows[rows].mean(axis=0), dtype=np.float64).ravel()
