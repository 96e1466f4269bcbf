"""Cuts turns into segments: stretches of about a sensible length for one idea."""

from __future__ import annotations

import itertools
import re
from base64 import b32encode
from collections.abc import Iterable, Sequence
from hashlib import blake2b
from typing import NamedTuple

from commonthread.settings import SegmentSettings

# A stretch of several sentences is at most this many times the length that is set; a sentence
# that is longer than _ENDLESS times the length has no ends (automatic captions) and is cut.
_LONGEST = 1.5
_ENDLESS = 3
# What a sentence may have in words where the length is not set in words.
_USUAL_WORDS = 60

# Where a sentence may end: marks with closing quotes and brackets and white space after them, the
# marks of scripts that use no white space, and the end of a line. A row of marks is tried once, from
# its beginning, and not taken back: otherwise a page of exclamation marks would take hours.
_END = re.compile(
    r"(?<![.!?\u2026\u061f\u06d4\u0964\u0965])"
    r"[.!?\u2026\u061f\u06d4\u0964\u0965]++[\"'\u2019\u201d\u00bb)\]]*+(?=\s)"
    r"|[\u3002\uff01\uff1f\uff61]+[\"'\u2019\u201d\u300d\u300f\uff09]*"
    r"|(?=\n)"
)
_CLAUSE = re.compile(
    r"[,;:\u2013\u2014\u060c\u3001\uff0c][\"'\u2019\u201d)\]]*(?=\s)|(?<=[\u3001\uff0c])"
)
_WORD = re.compile(r"\S+")
# Scripts without white space between words: two signs count as a word.
_UNSPACED = re.compile(
    r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]"
)

# After these a full stop never ends a sentence; after the second kind, only before a capital.
_ALWAYS_OPEN = frozenset(
    [
        "dr",
        "mr",
        "mrs",
        "ms",
        "mx",
        "prof",
        "st",
        "rev",
        "hon",
        "sr",
        "jr",
        "messrs",
        "e.g",
        "i.e",
        "eg",
        "ie",
        "cf",
        "vs",
        "viz",
        "fig",
        "figs",
        "eq",
        "ca",
    ]
)
_OPEN_BEFORE_SMALL = frozenset(
    [
        "etc",
        "al",
        "approx",
        "dept",
        "est",
        "ext",
        "inc",
        "ltd",
        "co",
        "no",
        "nos",
        "vol",
        "pp",
        "min",
        "max",
        "a.m",
        "p.m",
        "u.k",
        "u.s",
        "n.b",
        "ph.d",
    ]
)


class Segment(NamedTuple):
    """A segment: ``start`` and ``end`` are code points in the source's text, half open."""

    segment_id: str
    turn: int
    start: int
    end: int
    words: int
    text: str


def count_words(text: str) -> int:
    """Count the words of a text: what white space divides; two signs of unspaced scripts."""
    words = len(text.split())
    return words if text.isascii() else words + len(_UNSPACED.findall(text)) // 2


def cut_source(
    source_id: str,
    turns: Iterable[tuple[int, int, str]],
    replaced: Sequence[tuple[int, int]],
    settings: SegmentSettings,
) -> list[Segment]:
    """Cut the turns of a source into segments, in order.

    Goes in: turns as (number, first code point, text), and the half-open offsets of replaced names,
    both in the source's text. Comes out: segments that cover every turn but for white space at
    their edges, none of which reaches over two turns. Neither the cuts nor the ids depend on which
    pseudonyms stand in the text; an id depends on the source, the segment's words, and how many
    segments with the same words stand before it.
    """
    segments: list[Segment] = []
    seen: dict[str, int] = {}
    names = sorted(replaced)
    first = 0
    for number, start, text in turns:
        end = start + len(text)
        while first < len(names) and names[first][1] <= start:
            first += 1
        inside = []
        for low, high in names[first:]:
            if low >= end:
                break
            inside.append((max(low - start, 0), min(high - start, len(text))))
        masked = _masked(text, inside) if inside else text
        for low, high in cut_turn(masked, settings):
            folded = " ".join(masked[low:high].replace(_FILL, "").split())
            occurrence = seen.get(folded, 0)
            seen[folded] = occurrence + 1
            piece = text[low:high]
            segments.append(
                Segment(
                    _segment_id(source_id, folded, occurrence),
                    number,
                    start + low,
                    start + high,
                    count_words(piece),
                    piece,
                )
            )
    return segments


# Stand for a replaced name while a turn is cut: private signs, as long as the name, one word.
_NAME = "\ue000"
_FILL = "\ue001"


def _masked(text: str, names: Iterable[tuple[int, int]]) -> str:
    parts: list[str] = []
    done = 0
    for low, high in names:
        if low < done or high <= low:
            continue
        parts += [text[done:low], _NAME, _FILL * (high - low - 1)]
        done = high
    return "".join([*parts, text[done:]])


def _segment_id(source_id: str, folded: str, occurrence: int) -> str:
    said = f"{source_id}\n{occurrence}\n{folded}".encode("utf-8", "surrogatepass")
    return b32encode(blake2b(said, digest_size=10).digest()).decode("ascii")[:12].lower()


def cut_turn(text: str, settings: SegmentSettings) -> list[tuple[int, int]]:
    """Cut one text into segments: half-open offsets without white space at their edges."""
    whole = _trimmed(text, 0, len(text))
    if whole is None:
        return []
    length = settings.length
    words_wanted = length if settings.unit == "words" else _USUAL_WORDS
    # Up to about 1.4 times the length, no two parts are nearer to the length than the whole.
    if settings.unit == "turns" or (settings.unit == "words" and count_words(text) <= 1.4 * length):
        return [whole]
    pieces = [
        piece
        for low, high in sentences(text)
        for piece in _cut_endless(text, low, high, words_wanted)
    ]
    if settings.unit == "words":
        sizes = [count_words(text[low:high]) for low, high in pieces]
    else:
        sizes = [1] * len(pieces)
    return [(pieces[low][0], pieces[high - 1][1]) for low, high in balanced(sizes, length)]


def _trimmed(text: str, low: int, high: int) -> tuple[int, int] | None:
    piece = text[low:high]
    low += len(piece) - len(piece.lstrip())
    high -= len(piece) - len(piece.rstrip())
    return (low, high) if low < high else None


def sentences(text: str) -> list[tuple[int, int]]:
    """Find the sentences of a text: half-open offsets without white space at their edges."""
    found: list[tuple[int, int]] = []
    low = 0
    for match in _END.finditer(text):
        if match.start() < low or not _ends(text, match.start(), match.end()):
            continue
        if sentence := _trimmed(text, low, match.end()):
            found.append(sentence)
        low = match.end()
    if sentence := _trimmed(text, low, len(text)):
        found.append(sentence)
    return found


def _ends(text: str, mark: int, after: int) -> bool:
    """Tell whether the mark at ``mark`` ends a sentence."""
    if mark == after or text[mark] not in ".\u2026":
        return True
    following = text[after : after + 3].lstrip(" \t\xa0")
    if following.startswith("\n"):
        return True
    small = following[:1].islower()
    if text[mark : mark + 2] in ("..", "\u2026") or text[mark] == "\u2026":
        return not small
    before = text[max(0, mark - 20) : mark].split()
    word = before[-1].lstrip("\"'\u2018\u201c([").lower() if before else ""
    if word in _ALWAYS_OPEN:
        return False
    # An initial: one capital letter that is not the word I.
    if len(word) == 1 and text[mark - 1].isupper() and word != "i":
        return False
    if word in _OPEN_BEFORE_SMALL:
        return not small and not following[:1].isdigit()
    return True


def _cut_endless(text: str, low: int, high: int, length: int) -> Iterable[tuple[int, int]]:
    """Cut a sentence of more than three lengths at clauses, and what is still long at words."""
    if count_words(text[low:high]) <= _ENDLESS * length:
        return [(low, high)]
    pieces: list[tuple[int, int]] = []
    ends = [match.end() for match in _CLAUSE.finditer(text, low, high)]
    for end in [*ends, high]:
        clause = _trimmed(text, low, end)
        low = end
        if clause is None:
            continue
        words = [match.span() for match in _WORD.finditer(text, *clause)]
        if len(words) <= _LONGEST * length:
            pieces.append(clause)
            continue
        parts = -(-len(words) // length)
        bounds = [len(words) * part // parts for part in range(parts + 1)]
        pieces += [(words[a][0], words[b - 1][1]) for a, b in itertools.pairwise(bounds)]
    return pieces


def balanced(sizes: Sequence[int], length: int) -> list[tuple[int, int]]:
    """Put neighbours together so that each group is as near to ``length`` as can be.

    Goes in: the size of each piece. Comes out: half-open ranges of pieces. The sum of squared
    differences from the length is the least possible with no group of several pieces above 1.5
    times the length; of equal answers the one with longer groups at the end is taken.
    """
    limit = _LONGEST * length
    best = [0.0] * (len(sizes) + 1)
    begin = [0] * (len(sizes) + 1)
    for end in range(1, len(sizes) + 1):
        size = sizes[end - 1]
        best[end] = best[end - 1] + (size - length) ** 2
        begin[end] = end - 1
        for low in range(end - 2, -1, -1):
            size += sizes[low]
            if size > limit:
                break
            cost = best[low] + (size - length) ** 2
            if cost <= best[end]:
                best[end], begin[end] = cost, low
    groups: list[tuple[int, int]] = []
    end = len(sizes)
    while end:
        groups.append((begin[end], end))
        end = begin[end]
    return groups[::-1]
