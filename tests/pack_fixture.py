"""Small made-up packs for the tests of what goes out to coders, of any size, with any words."""

from __future__ import annotations

import random
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from commonthread.codebook import Codebook, load_codebook
from commonthread.packs.pack import Opinion, Pack, PackSegment, PackSource, PackTurn

ROOT = Path(__file__).parent.parent
CODERS = (
    ("Ash", "Researcher"),
    ("Bracken", "Researcher"),
    ("Clover", "Public contributor"),
)
_OPENINGS = (
    "Well, I think",
    "To be honest,",
    "What struck me was that",
    "If I may,",
    "And yet",
    "Looking back,",
)
_MIDDLES = (
    "nobody asked us before the letter went out",
    "the forms were full of words that I had to look up",
    "we waited three months for the bus fare",
    "the chair made room for whoever had not spoken",
    "it took a kettle and a packet of biscuits to get us talking",
    "the same two people decided, as they always do",
)
_ENDS = (
    "and that stayed with me.",
    "so we wrote it down for the next time.",
    "which is a pity, because we had plenty to say.",
    "and I would do it again.",
)


@cache
def codebook() -> Codebook:
    return load_codebook(ROOT / "config/codebook.yaml")


def pack(
    *,
    segments: int = 50,
    sources: int = 3,
    said: Sequence[str] = (),
    names: Sequence[str] = (),
    book: Codebook | None = None,
    start: str = "blind",
    whole: bool = True,
    settling: bool = False,
    pack_id: str = "p0123456789ab",
    seed: int = 7,
) -> Pack:
    """Give a pack; ``said`` goes in first, ``names`` are of speakers, workshops and the study.

    Every second turn holds two segments. With ``settling`` it is to be settled.
    """
    rng = random.Random(seed)
    book = book or codebook()
    ids = [code.id for code in book.codes if code.dimension == "code"]
    people = [*names, *(f"Person {number}" for number in range(1, 7))]
    turns: list[PackTurn] = []
    made: list[PackSegment] = []
    each = -(-segments // sources)
    for number in range(segments):
        source = number // each
        words = said[number] if number < len(said) else _sentence(rng, number)
        same_turn = number % 3 == 2 and turns[-1].source == source
        if same_turn:
            before = turns.pop()
            start_at = len(before.text) + 1
            turn = PackTurn(
                source, before.number, before.speaker, before.start_s, f"{before.text} {words}"
            )
        else:
            start_at = 0
            inside = sum(one.source == source for one in turns)
            speaker = people[number % len(people)] if number % 7 != 6 else ""
            seconds = None if source == sources - 1 and sources > 1 else 7.5 * number
            turn = PackTurn(source, inside, speaker, seconds, words)
        turns.append(turn)
        found = tuple(rng.sample(ids, 2)) if number % 2 else ()
        made.append(
            PackSegment(
                segment_id=f"s{source:03d}-{number:05d}",
                turn=len(turns) - 1,
                start=start_at,
                end=start_at + len(words),
                before="" if start_at == 0 else turn.text[:start_at][-30:],
                after="",
                found=found,
                opinions=_opinions(rng, ids, number) if settling else (),
            )
        )
    return Pack(
        pack_id=pack_id,
        purpose="adjudication" if settling else "coding",
        study=names[0] if names else "The lantern study",
        invented=not names,
        coder="" if settling else (names[0] if names else "Clover"),
        role="" if settling else "Public contributor",
        start="dictionary" if start == "dictionary" else "blind",
        whole=whole,
        codebook=book,
        sources=tuple(
            PackSource(
                f"s{number:03d}",
                names[number] if number < len(names) else f"Lantern day {number + 1}",
                f"day-{number + 1}.txt",
            )
            for number in range(sources)
        ),
        turns=tuple(turns),
        segments=tuple(made),
    )


def _sentence(rng: random.Random, number: int) -> str:
    parts = [f"{rng.choice(_OPENINGS)} {rng.choice(_MIDDLES)}, {rng.choice(_ENDS)}"]
    parts += [f"That was note {number + 1} of mine."] if number % 2 else []
    return " ".join(parts)


def _opinions(rng: random.Random, ids: Sequence[str], number: int) -> tuple[Opinion, ...]:
    shared = rng.sample(ids, 1) if number % 3 else []
    found = []
    for place, (coder, role) in enumerate(CODERS):
        own = rng.sample(ids, 1) if (number + place) % 2 else []
        codes = tuple(dict.fromkeys([*shared, *own, *(["challenge"] if place else [])]))
        found.append(
            Opinion(
                coder=coder,
                role=role,
                codes=codes,
                no_code=not shared and not own,
                unsure=(number + place) % 5 == 0,
                comment=f"I read it twice, {coder}." if (number + place) % 4 == 0 else "",
                new_code="Waiting" if (number + place) % 9 == 0 else "",
            )
        )
    return tuple(found)
