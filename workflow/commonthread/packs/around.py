"""What was said just before and after a segment, by whom."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from commonthread.packs.pack import Pack, PackSegment, PackTurn

_MOST_WORDS = 60
CUT = "…"


SAME_SPEAKER = "same speaker"


@dataclass(frozen=True)
class Said:
    """A stretch of talk beside a segment: its words, and who spoke.

    ``speaker`` is "same speaker" within the segment's own turn, and empty in notes and where nobody
    knows. Words begin or end with "…" where more was said.
    """

    speaker: str
    words: str


def said_before(pack: Pack, segment: PackSegment) -> tuple[Said, ...]:
    """Give the last 60 words or so before a segment, of its own turn and the one before it."""
    turn = pack.turns[segment.turn]
    found = []
    own, room = _last(turn.text[: segment.start], _MOST_WORDS)
    if own:
        found.append(Said(SAME_SPEAKER if turn.speaker else "", own))
    other = _neighbour(pack, segment.turn, -1)
    if other is not None and room > 0:
        words, _ = _last(other.text, room)
        found.append(Said(other.speaker, words))
    return tuple(reversed(found))


def said_after(pack: Pack, segment: PackSegment) -> tuple[Said, ...]:
    """Give the first 60 words or so after a segment, of its own turn and the one after it."""
    turn = pack.turns[segment.turn]
    found = []
    own, room = _first(turn.text[segment.end :], _MOST_WORDS)
    if own:
        found.append(Said(SAME_SPEAKER if turn.speaker else "", own))
    other = _neighbour(pack, segment.turn, 1)
    if other is not None and room > 0:
        words, _ = _first(other.text, room)
        found.append(Said(other.speaker, words))
    return tuple(found)


def _neighbour(pack: Pack, turn: int, step: int) -> PackTurn | None:
    """Give the turn before or after one, if the pack has it and it is of the same source."""
    at = turn + step
    if not 0 <= at < len(pack.turns):
        return None
    own, other = pack.turns[turn], pack.turns[at]
    same = own.source == other.source and other.number == own.number + step
    return other if same and other.text.strip() else None


def _last(text: str, room: int) -> tuple[str, int]:
    words = text.split()
    kept = words[-room:]
    return _line([CUT] * (len(words) > room), kept), room - len(kept)


def _first(text: str, room: int) -> tuple[str, int]:
    words = text.split()
    kept = words[:room]
    return _line(kept, [CUT] * (len(words) > room)), room - len(kept)


def _line(*parts: Iterable[str]) -> str:
    return " ".join(word for part in parts for word in part)


def place_of(pack: Pack, segment: PackSegment) -> str:
    """Give the workshop of a segment, and its file where the pack has several of the workshop."""
    source = pack.sources[pack.turns[segment.turn].source]
    several = sum(other.workshop == source.workshop for other in pack.sources) > 1
    return f"{source.workshop} ({source.name})" if several and source.name else source.workshop
