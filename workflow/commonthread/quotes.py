"""Which quotes stand under a code: typical of it, and from different people and places."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from commonthread.coded import CodedSegments, Counts
from commonthread.tables import as_table, check_table

# A quote of this many words says something whole and can be read at a glance.
FULL_LENGTH = (15, 80)
_CANDIDATES = 150
_BACKGROUND = 1_500
_EVERYDAY = 0.05
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")


class SegmentTexts:
    """The words of segments, cut out of their turns when they are asked for.

    Goes in: the tables ``segments`` (source_id, turn, start, end) and ``turns`` (source_id, turn,
    start, text), with offsets in code points of the source. Raises ValueError if a segment's turn
    is not there.
    """

    def __init__(self, segments: pd.DataFrame, turns: pd.DataFrame) -> None:
        check_table(turns, "turns", only=["source_id", "turn", "start", "text"])
        sources = pd.Index(turns["source_id"].unique())
        width = int(turns["turn"].max()) + 1 if len(turns) else 1

        def key(frame: pd.DataFrame) -> Counts:
            source = sources.get_indexer(pd.Index(frame["source_id"])).astype(np.int64)
            turn = frame["turn"].to_numpy(dtype=np.int64)
            return np.where((source < 0) | (turn >= width), -1, source * width + turn)

        self._turn = pd.Index(key(turns)).get_indexer(pd.Index(key(segments)))
        if (self._turn < 0).any():
            raise ValueError(f"{(self._turn < 0).sum()} segments stand in turns that are missing.")
        self._texts = turns["text"].to_numpy(dtype=object)
        shift = turns["start"].to_numpy(dtype=np.int64)[self._turn]
        self._start = segments["start"].to_numpy(dtype=np.int64) - shift
        self._end = segments["end"].to_numpy(dtype=np.int64) - shift

    def __getitem__(self, segment: int) -> str:
        """Give the words of a segment by its row in ``segments``."""
        text = str(self._texts[self._turn[segment]])
        return text[self._start[segment] : self._end[segment]]


class QuoteChooser:
    """Chooses among segments the ones that are typical and varied.

    The segments of talk that are 15 to 80 words long come first, then other talk, then notes. Of
    these the most typical is taken: the one whose words are nearest to the words of all the
    candidates together, where a word weighs less the more segments of the study have it. The next
    is the most typical one by somebody who is not quoted yet, from a workshop and a role that have
    been quoted least; and so on. Segments in the same words are quoted once. Where a code has very
    many segments, 150 of them are the candidates: as even a share of the people as can be, drawn
    by a hash of the segment's id, so that the same segments always give the same quotes, and a new
    file changes few of them.
    """

    def __init__(self, coded: CodedSegments, turns: pd.DataFrame) -> None:
        places = coded.places
        self.texts = SegmentTexts(coded.segments, turns)
        self._person, self._workshop, self._role = places.person, places.workshop, places.role
        words = coded.segments["words"].to_numpy()
        full = (words >= FULL_LENGTH[0]) & (words <= FULL_LENGTH[1])
        self._people = len(places.people)
        self._tier = np.where(places.talk, np.where(full, 0, 1), 2)
        ids = coded.segments["segment_id"].to_numpy(dtype=object)
        self._hash = pd.util.hash_array(ids, categorize=False)
        self._words: dict[int, Counts] = {}
        self._vocabulary: dict[str, int] = {}
        background = np.argsort(self._hash, kind="stable")[:_BACKGROUND].tolist()
        common = Counter(w for s in background for w in np.unique(self._bag(s)).tolist())
        self._common, self._of = common, len(background)

    def _bag(self, segment: int) -> Counts:
        """Give the words of a segment as numbers."""
        if segment not in self._words:
            number = self._vocabulary
            words = _WORD.findall(self.texts[segment].lower())
            made = [number.setdefault(word, len(number)) for word in words]
            self._words[segment] = np.array(made, dtype=np.int64)
        return self._words[segment]

    def _candidates(self, segments: Counts) -> list[int]:
        """Give at most 150 segments, the best lengths first, evenly over people, once a wording."""
        order = segments[np.lexsort((self._hash[segments], self._tier[segments]))]
        # The how-manieth segment of its person within its tier each one is.
        group = self._tier[order] * (self._people + 1) + self._person[order] + 1
        turn = pd.Series(group).groupby(group, sort=False).cumcount().to_numpy()
        order = order[np.lexsort((np.arange(len(order)), turn, self._tier[order]))]
        chosen: list[int] = []
        seen: set[bytes] = set()
        for segment in order.tolist():
            wording = self._bag(segment).tobytes()
            if wording not in seen:
                seen.add(wording)
                chosen.append(segment)
            if len(chosen) == _CANDIDATES:
                break
        return chosen

    def _typicality(self, candidates: list[int]) -> list[float]:
        """Give the cosine of each candidate's weighted words with the mean of all of them.

        A word's weight is (1 + ln tf) (1 + ln((1 + n) / (1 + df))), from its count tf in the
        candidate and its document frequency df in n segments of the study (Salton and Buckley
        1988), each candidate scaled to length 1.
        """
        bags = [self._bag(segment) for segment in candidates]
        size = max(len(self._vocabulary), 1)
        rows = np.repeat(np.arange(len(bags)), [len(bag) for bag in bags])
        cells, count = np.unique(rows * size + np.concatenate(bags), return_counts=True)
        row, word = cells // size, cells % size
        kinds, kind = np.unique(word, return_inverse=True)
        known = np.array([self._common[w] for w in kinds.tolist()], dtype=float)
        weight = (1 + np.log(count)) * (np.log((1 + self._of) / (1 + known)) + 1)[kind]
        length = np.sqrt(np.bincount(row, weights=weight**2, minlength=len(bags)))
        weight /= length[row]
        mean = np.bincount(kind, weights=weight) / len(bags)
        near = np.bincount(row, weights=weight * mean[kind], minlength=len(bags))
        # Rounded, so that the last bit of a sum never decides between two quotes.
        return np.round(near, 9).tolist()

    def sample(self, segments: Counts, most: int) -> Counts:
        """Draw up to ``most`` segments by the hash of their ids: the same ones on every run."""
        return segments[np.argsort(self._hash[segments], kind="stable")[:most]]

    def vectors(self, segments: Counts) -> tuple[NDArray[np.float64], tuple[str, ...]]:
        """Give the weighted words of segments: a row each of length 1, and the word of each column.

        A word's weight is (1 + ln tf) ln((1 + n) / (1 + df)), as for typicality but without a floor,
        and 0 for a word that more than one in twenty of the study's segments have: such words say
        how people talk, not what about. The row of a segment without other words is 0.
        """
        bags = [self._bag(segment) for segment in segments.tolist()]
        together = np.concatenate(bags) if bags else np.array([], dtype=np.int64)
        kinds, kind = np.unique(together, return_inverse=True)
        made = np.zeros((len(bags), len(kinds)))
        np.add.at(made, (np.repeat(np.arange(len(bags)), [len(bag) for bag in bags]), kind), 1)
        known = np.array([self._common[word] for word in kinds.tolist()], dtype=float)
        weight = np.where(
            known > max(_EVERYDAY * self._of, 2), 0, np.log((1 + self._of) / (1 + known))
        )
        made = (1 + np.log(np.maximum(made, 1))) * (made > 0) * weight
        length = np.linalg.norm(made, axis=1, keepdims=True)
        made = np.divide(made, length, out=np.zeros_like(made), where=length > 0)
        by_number = {number: word for word, number in self._vocabulary.items()}
        return made, tuple(by_number[number] for number in kinds.tolist())

    def choose(self, segments: Counts, most: int) -> list[int]:
        """Choose up to ``most`` of the numbered segments (rows of ``coded.segments``), best first."""
        if len(segments) == 0:
            return []
        left = self._candidates(segments)
        typical = dict(zip(left, self._typicality(left), strict=True))
        chosen: list[int] = []
        quoted: list[Counter[int]] = [Counter(), Counter(), Counter()]
        while left and len(chosen) < most:
            best = min(left, key=lambda segment: self._order(segment, quoted, typical[segment]))
            left.remove(best)
            chosen.append(best)
            for counter, place in zip(quoted, self._places(best), strict=True):
                counter[place] += 1
        return chosen

    def _places(self, segment: int) -> tuple[int, int, int]:
        return (
            int(self._person[segment]),
            int(self._workshop[segment]),
            int(self._role[segment]),
        )

    def _order(
        self, segment: int, quoted: Iterable[Counter[int]], typical: float
    ) -> tuple[float, ...]:
        before = (
            counter[place] for counter, place in zip(quoted, self._places(segment), strict=True)
        )
        return (int(self._tier[segment]), *before, -typical, float(segment))


def quotes(coded: CodedSegments, chooser: QuoteChooser, most: int = 6) -> pd.DataFrame:
    """Choose up to ``most`` quotes for every code, as QuoteChooser says: the table ``quotes``.

    A code is quoted from the segments with the code or any code below it.
    """
    ids = coded.segments["segment_id"].to_numpy(dtype=object)
    rows = [
        {"code_id": code.id, "rank": rank, "segment_id": ids[segment]}
        for code, mask in zip(coded.codes, coded.has, strict=True)
        for rank, segment in enumerate(chooser.choose(np.flatnonzero(mask), most), start=1)
    ]
    return as_table(rows, "quotes")


def shorten(text: str, focus: tuple[int, int] | None = None, words: int = 40) -> str:
    """Give a text in one line of at most ``words`` words, with "…" where something is left out.

    Goes in: the text, and the half-open offsets in it, in code points, of what the quote is for
    (the start, if not given). What is kept lies around these, and begins and ends with a sentence
    where one begins or ends within it, else with a word.
    """
    spans = [match.span() for match in re.finditer(r"\S+", text)]
    kept = [text[a:b] for a, b in spans]
    if len(kept) <= words:
        return " ".join(kept)
    first, last = focus if focus is not None else (0, 0)
    inside = [n for n, (a, b) in enumerate(spans) if b > first and a < max(last, first + 1)]
    low, high = (inside[0], inside[-1] + 1) if inside else (0, 1)
    # The window: the evidence in its middle, moved back inside the text at both ends.
    start = min(max(0, (low + high - words) // 2), len(kept) - words)
    start = min(start, low)
    ends = [n + 1 for n, word in enumerate(kept) if re.search(r"[.!?]['\"”’)\]]*$", word)]
    start = min((n for n in ends if start <= n <= low), default=start) if start else 0
    end = min(start + words, len(kept))
    end = max((n for n in ends if min(high, end) <= n <= end), default=end)
    before, after = "… " if start else "", " …" if end < len(kept) else ""
    return before + " ".join(kept[start:end]) + after
