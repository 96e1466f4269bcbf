"""Reads cues of subtitles: WebVTT (Zoom, Teams), SRT, and the same pasted into a document."""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from commonthread.settings import ReadingSettings
from commonthread.sources.cues import Cue, Findings, cues_in
from commonthread.sources.lines import Line, Recognised, Unit, without_bullet
from commonthread.sources.openers import Mark, colon_label
from commonthread.sources.own_pattern import openers_by_pattern
from commonthread.sources.reading import RawTurn, kind_of
from commonthread.sources.service_lines import is_note_taker
from commonthread.sources.speaker_labels import (
    Evidence,
    Shape,
    shape,
    speakers_among,
    words_in,
)
from commonthread.sources.text import clean

_VOICE = re.compile(r"<v(?:\.[^\s>]*)?[ \t]+([^<>\n]*)>")
_VTT_TAG = re.compile(
    r"</?(?:c|i|b|u|ruby|rt|lang|v)(?:[. \t][^<>\n]*)?>|<(?:\d+:)?\d{2}:\d{2}\.\d{3}>"
)
_SRT_TAG = re.compile(r"</?[ibu]>|\{\\an?\d\}")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]{2,31});")
# Where nobody is named, cues are joined up to the end of a sentence, or a pause of this length.
_PAUSE_S = 3.0
_LONGEST_STRETCH = 600
_NEARLY_ALL = 0.8
_SENTENCE_END = (".", "?", "!", "…", '."', '?"', "。", "？", "！")


@dataclass(slots=True)
class Spoken:
    """Words of one voice in a cue; ``speaker`` is None where nobody is named."""

    speaker: str | None
    text: str
    start: float | None
    end: float | None
    numbers: tuple[int, ...]


_BOT = "What a note-taking service wrote ({}) was left out: it is not a person."
_SILENT = "A speaker is named but nothing is said ({})."


def turns_from_cues(
    lines: Sequence[Line], settings: ReadingSettings, unit: Unit = "line"
) -> Recognised | None:
    """Read lines with cues of subtitles, or give None if they hold no line of times.

    Cues of one speaker that follow one another become one turn, with the start of the first and
    the end of the last. A cue that names nobody goes on with the speaker before it. A cue with
    wrong times is read without them and reported.
    """
    is_vtt = lines[0].text.startswith("WEBVTT") if lines else False
    findings = Findings()
    cues = cues_in(lines, is_vtt, findings)
    if not cues:
        return None
    pieces: list[Spoken]
    if any(_VOICE.search(line.text) for cue in cues for line in cue.lines):
        how = "voice tags"
        pieces = _by_voice(cues)
    else:
        how = "names before a colon"
        pieces = _by_label(cues, is_vtt, settings)
    spoken = []
    for piece in pieces:
        if piece.speaker is not None and is_note_taker(piece.speaker):
            findings.leave(_BOT, *piece.numbers)
        else:
            spoken.append(piece)
            if not piece.text:
                findings.leave(_SILENT, *piece.numbers)
    named = any(piece.speaker is not None for piece in spoken)
    turns = merged(spoken) if named else stretches(spoken)
    layout = f"subtitles, {how if named else 'nobody named'}"
    return Recognised(kind_of(turns), layout, turns, findings.warnings(unit), findings.notes(unit))


def _by_voice(cues: Iterable[Cue]) -> list[Spoken]:
    pieces: list[Spoken] = []
    for cue in cues:
        whole = " ".join(line.text for line in cue.lines)
        numbers = tuple(line.number for line in cue.lines)
        parts = _VOICE.split(whole)
        # The parts alternate: words, voice, words, voice, words.
        for speaker, words in zip([None, *parts[1::2]], parts[0::2], strict=True):
            text = _plain(words)
            name = _plain(speaker) if speaker else None
            if text or name:
                pieces.append(Spoken(name or None, text, cue.start, cue.end, numbers))
    return pieces


def _plain(text: str) -> str:
    """Take the tags of WebVTT out and put characters for its entities."""
    bare = _VTT_TAG.sub("", text)
    if "&" in bare:
        bare = clean(_ENTITY.sub(lambda match: html.unescape(match[0]), bare))[0]
    return " ".join(bare.split())


def _by_label(cues: Iterable[Cue], is_vtt: bool, settings: ReadingSettings) -> list[Spoken]:
    said: list[tuple[Cue, Line]] = []
    for cue in cues:
        for line in cue.lines:
            text = _plain(line.text) if is_vtt else _SRT_TAG.sub("", line.text).strip()
            said.append((cue, Line(text, line.number)))
    if settings.speaker_pattern:
        own = openers_by_pattern([line for _, line in said], settings.speaker_pattern)
        labels = {n: (o.label, o.text) for n, o in own.items() if not isinstance(o, Mark)}
    else:
        labels = {}
    labels = labels or _labels([line for _, line in said]) or _name_lines(said)
    pieces: list[Spoken] = []
    for cue, group in groupby(enumerate(said), key=lambda item: item[1][0]):
        speaker: str | None = None
        texts: list[str] = []
        numbers: list[int] = []
        for n, (_, line) in group:
            if n in labels:
                if numbers:
                    pieces.append(_spoken(speaker, texts, cue, numbers))
                    texts, numbers = [], []
                speaker = labels[n][0]
            texts.append(labels[n][1] if n in labels else line.text)
            numbers.append(line.number)
        pieces.append(_spoken(speaker, texts, cue, numbers))
    return pieces


def _spoken(speaker: str | None, texts: list[str], cue: Cue, numbers: list[int]) -> Spoken:
    return Spoken(speaker, " ".join(filter(None, texts)), cue.start, cue.end, tuple(numbers))


def _labels(lines: Sequence[Line]) -> dict[int, tuple[str, str]]:
    found: dict[int, tuple[str, str]] = {}
    for n, line in enumerate(lines):
        parts = colon_label(without_bullet(line.text.removeprefix(">>").lstrip()))
        if parts and not parts[2] and ":" not in parts[0]:
            found[n] = (_bare_label(parts[0]), parts[1])
    counts = Counter(label for label, _ in found.values())
    first = found[0][0] if 0 in found else None
    sure = speakers_among(
        Evidence(
            len(lines),
            counts,
            frozenset(),
            lambda: words_in(found[n][1] if n in found else t.text for n, t in enumerate(lines)),
            first,
        )
    )
    return {n: parts for n, parts in found.items() if parts[0] in sure}


def _name_lines(said: Sequence[tuple[Cue, Line]]) -> dict[int, tuple[str, str]]:
    """Give the first line of each cue as its name, if nearly all cues open with a name."""
    first = [n for n, (cue, _) in enumerate(said) if not n or said[n - 1][0] is not cue]
    named = {
        n: (said[n][1].text, "")
        for n in first
        if n + 1 < len(said)
        and said[n + 1][0] is said[n][0]
        and shape(said[n][1].text) >= Shape.ROLE
    }
    return named if len(named) >= _NEARLY_ALL * len(first) else {}


def _bare_label(label: str) -> str:
    label = label.strip()
    return label[1:-1].strip() if label[:1] == "[" and label[-1:] == "]" else label


def merged(pieces: Iterable[Spoken], *, unnamed_go_on: bool = True) -> list[RawTurn]:
    """Join the pieces of one speaker that follow one another into a turn each.

    Words that name nobody go on with the speaker before them, or, if ``unnamed_go_on`` is False,
    are turns of nobody named.
    """
    turns: list[RawTurn] = []
    texts: list[str] = []
    speaker: str | None = None
    start = end = None

    def close() -> None:
        text = " ".join(text for text in texts if text)
        if text:
            turns.append(RawTurn(speaker, text, start, end))
        texts.clear()

    for piece in pieces:
        named = piece.speaker is not None or not unnamed_go_on
        if named and piece.speaker != speaker:
            close()
            speaker = piece.speaker
        if not texts:
            start, end = piece.start, piece.end
        texts.append(piece.text)
        if piece.end is not None:
            end = piece.end
    close()
    return turns


def stretches(pieces: Iterable[Spoken]) -> list[RawTurn]:
    """Join pieces that name nobody into stretches that end where a sentence or the talk does."""
    turns: list[RawTurn] = []
    open_: Spoken | None = None
    for piece in pieces:
        if not piece.text:
            continue
        if open_ is not None:
            pause = (
                piece.start is not None
                and open_.end is not None
                and piece.start - open_.end >= _PAUSE_S
            )
            whole = open_.text.endswith(_SENTENCE_END) or len(open_.text) > _LONGEST_STRETCH
            if not pause and not whole:
                open_.text = f"{open_.text} {piece.text}"
                open_.end = piece.end if piece.end is not None else open_.end
                continue
            turns.append(RawTurn(None, open_.text, open_.start, open_.end))
        open_ = piece
    if open_ is not None:
        turns.append(RawTurn(None, open_.text, open_.start, open_.end))
    return turns
