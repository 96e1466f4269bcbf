"""Invented talk for the tests of anchors, in which every word keeps its identity when it is edited."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from random import Random
from typing import NamedTuple

import pandas as pd

from commonthread.anchors.anchor import Anchor, make_anchors
from commonthread.anchors.finding import Found, find_again
from commonthread.segments import cut_source
from commonthread.settings import SegmentSettings
from commonthread.tables import as_table


class Study(NamedTuple):
    """The tables of a small study."""

    turns: pd.DataFrame
    segments: pd.DataFrame

    def anchors(self) -> list[Anchor]:
        return make_anchors(self.segments, self.turns)

    def text(self, source_id: str) -> str:
        own = self.turns[self.turns["source_id"] == source_id]
        return "\n".join(own["text"])

    def segment(self, segment_id: str) -> str:
        row = self.segments[self.segments["segment_id"] == segment_id].iloc[0]
        return self.text(row["source_id"])[row["start"] : row["end"]]


def study(
    sources: Mapping[str, Sequence[str]], unit: str = "words", length: int = 20, names: str = ""
) -> Study:
    """Make a study of sources, each a list of turns.

    ``names`` are pseudonyms in the texts, with semicolons between them; the first one speaks.
    """
    people = [name.strip() for name in names.split(";") if name.strip()]
    turns, segments = [], []
    for source_id, texts in sources.items():
        at = 0
        rows = []
        for number, text in enumerate(texts):
            rows.append((number, at, text))
            turns.append(
                {
                    "source_id": source_id,
                    "turn": number,
                    "participant_id": people[0] if people else None,
                    "start_s": 10.0 * number,
                    "end_s": None,
                    "start": at,
                    "end": at + len(text),
                    "text": text,
                    "words": len(text.split()),
                }
            )
            at += len(text) + 1
        whole = "\n".join(texts)
        replaced = sorted(
            (found, found + len(name))
            for name in people
            for found in range(len(whole))
            if whole.startswith(name, found) and not whole[found + len(name) :][:1].isdigit()
        )
        for cut in cut_source(source_id, rows, replaced, SegmentSettings(unit=unit, length=length)):
            segments.append(
                {
                    "segment_id": cut.segment_id,
                    "source_id": source_id,
                    "workshop_id": "workshop 1",
                    "turn": cut.turn,
                    "participant_id": None,
                    "kind": "talk",
                    "start": cut.start,
                    "end": cut.end,
                    "words": cut.words,
                }
            )
    return Study(as_table(turns, "turns"), as_table(segments, "segments"))


def again(anchors: Sequence[Anchor], now: Study, pseudonyms: Sequence[str] = ()) -> list[Found]:
    return find_again(anchors, now.turns, now.segments, pseudonyms)


def by_words(anchors: Sequence[Anchor], words: str) -> Anchor:
    """Give the one anchor whose words contain these."""
    (one,) = [anchor for anchor in anchors if words in anchor.words]
    return one


class Word(NamedTuple):
    """A word of a talk; ``own`` tells it from all others and stays when it is corrected."""

    said: str
    own: int


Talk = list[list[Word]]

_SYLLABLES = ("ba", "ke", "li", "mo", "nu", "ra", "se", "ti", "vo", "wu")
_SHORT = ("Yeah.", "Yes.", "No.", "Thank you.", "Okay.", "Right. Yes.", "I see.")


def _vocabulary() -> list[str]:
    return [
        one + two + three for one in _SYLLABLES for two in _SYLLABLES for three in ("n", "st", "")
    ]


def invented_talk(random: Random, turns: int, first: int = 0) -> Talk:
    """Make up a talk: longer turns of made-up words, and short answers that come again and again."""
    words = _vocabulary()
    # As in any language, few words are said most of the time.
    weights = [1 / (place + 5) for place in range(len(words))]
    talk: Talk = []
    own = first
    for _ in range(turns):
        if random.random() < 0.4:
            said = random.choice(_SHORT).split()
        else:
            said = []
            for _ in range(random.randint(1, 5)):
                sentence = random.choices(words, weights, k=random.randint(3, 14))
                said += [sentence[0].capitalize(), *sentence[1:-1], f"{sentence[-1]}."]
        talk.append([Word(word, own + place) for place, word in enumerate(said)])
        own += len(said)
    return talk


def corrected(talk: Talk, random: Random, rate: float) -> Talk:
    """Correct a talk as people do, ``rate`` of its words.

    Words are exchanged, left out and put in; sentences are put in and turns left out; turns are put
    together and taken apart; case and punctuation change. All that is put in is new.
    """
    new = -1
    turns: Talk = []
    for turn in talk:
        if random.random() < rate:
            continue
        made: list[Word] = []
        for word in turn:
            what = random.random() / rate
            if what < 0.3:
                made.append(Word(f"corr{random.randrange(10**6)}", word.own))
            elif what < 0.5:
                pass
            elif what < 0.6:
                made += [word, Word(f"add{random.randrange(10**6)}", new)]
            elif what < 0.8:
                made.append(Word(word.said.strip(".").upper() + "!", word.own))
            else:
                made.append(word)
            if word.said.endswith(".") and random.random() < rate / 2:
                made += [Word(f"put{random.randrange(10**6)}", new) for _ in range(8)]
        if not made:
            continue
        if turns and random.random() < rate:
            turns[-1] = turns[-1] + made
        elif len(made) > 6 and random.random() < rate:
            turns += [made[:4], made[4:]]
        else:
            turns.append(made)
    return turns


def said(talk: Talk) -> list[str]:
    """Give the texts of the turns of a talk."""
    return [" ".join(word.said for word in turn) for turn in talk]


def own_words(talk: Talk, start: int, end: int) -> list[int]:
    """Give which words stand at a stretch of the text of a talk."""
    found, at = [], 0
    for turn in talk:
        for word in turn:
            if at < end and at + len(word.said) > start:
                found.append(word.own)
            at += len(word.said) + 1
    return found
