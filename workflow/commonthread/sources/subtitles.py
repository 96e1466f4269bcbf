"""Reads cues of subtitles: WebVTT (Zoom, Teams), SRT, and the same pasted into a document."""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from commonthread.settings import ReadingSettings
from commonthread.sources.clock import seconds
from commonthread.sources.lines import Line, Recognised, Unit
from commonthread.sources.openers import Mark, colon_label
from commonthread.sources.own_pattern import openers_by_pattern
from commonthread.sources.reading import RawTurn, kind_of, places
from commonthread.sources.service_lines import is_note_taker
from commonthread.sources.speaker_labels import (
    Evidence,
    Shape,
    shape,
    speakers_among,
    words_in,
)
from commonthread.sources.text import clean

_TIME = r"-?(?:\d{1,4}:)?\d{1,3}:\d{1,2}(?:[.,]\d{1,9})?"
_TIMING = re.compile(rf"\s*({_TIME})[ \t]*-->[ \t]*({_TIME})(?:[ \t].*)?")
_BROKEN_TIMING = re.compile(r"[\s\d:.,;-]*-->[\s\d:.,;-]*|\s*-?\d\w*:\S+\s+-->\s+\S+\s*")
_CUE_ID = re.compile(r"\d+|[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}(?:[/\w-]*)")
_VOICE = re.compile(r"<v(?:\.[^\s>]*)?[ \t]+([^>\n]*)>")
_VTT_TAG = re.compile(
    r"</?(?:c|i|b|u|ruby|rt|lang|v)(?:[. \t][^<>\n]*)?>|<(?:\d+:)?\d{2}:\d{2}\.\d{3}>"
)
_SRT_TAG = re.compile(r"</?[ibu]>|\{\\an?\d\}")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]{2,31});")
_NOTE = re.compile(r"(?:NOTE|STYLE|REGION)(?:[ \t].*)?")
# Where nobody is named, cues are joined up to the end of a sentence, or a pause of this length.
_PAUSE_S = 3.0
_LONGEST_STRETCH = 600
_NEARLY_ALL = 0.8
_SENTENCE_END = (".", "?", "!", "…", '."', '?"', "。", "？", "！")


@dataclass(slots=True)
class _Cue:
    start: float | None
    end: float | None
    number: int
    lines: list[Line] = field(default_factory=list)


@dataclass(slots=True)
class Spoken:
    """Words of one voice in a cue; ``speaker`` is None where nobody is named."""

    speaker: str | None
    text: str
    start: float | None
    end: float | None
    number: int


class _Findings:
    """Lines that deserve a warning, by what is wrong with them."""

    def __init__(self) -> None:
        self.wrong: dict[str, list[int]] = {}

    def add(self, what: str, number: int) -> None:
        self.wrong.setdefault(what, []).append(number)

    def warnings(self, unit: Unit) -> list[str]:
        return [what.format(places(numbers, unit)) for what, numbers in self.wrong.items()]


_NEGATIVE = "A cue has a time before the start ({}): its words were read without that time."
_BACKWARD = "A cue ends before it starts ({}): its words were read without the end."
_UNREADABLE = "The times of a cue cannot be read ({}): its words were read without times."
_TWICE = "A cue has a number that was used before ({}): it was read all the same."
_APART = "Words stand apart from their cue ({}): they were read as part of the cue above."
_ORDER = "Cues are not in order of time ({}): they were kept in the order of the file."
_LOST = "Words stand above the first cue ({}) and were left out."
_COMMENT = "Comments and styles in the file ({}) were left out."
_BOT = "What a note-taking service wrote ({}) was left out: it is not a person."
_EMPTY = "A cue has no words ({})."


def turns_from_cues(
    lines: Sequence[Line], settings: ReadingSettings, unit: Unit = "line"
) -> Recognised | None:
    """Read lines with cues of subtitles, or give None if they hold no line of times.

    Cues of one speaker that follow one another become one turn, with the start of the first and
    the end of the last. A cue that names nobody goes on with the speaker before it. A cue with
    wrong times is read without them and reported.
    """
    is_vtt = lines[0].text.startswith("WEBVTT") if lines else False
    findings = _Findings()
    cues = _cues(lines, is_vtt, findings)
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
            findings.add(_BOT, piece.number)
        else:
            spoken.append(piece)
    named = any(piece.speaker is not None for piece in spoken)
    turns = merged(spoken) if named else stretches(spoken)
    layout = f"subtitles, {how if named else 'nobody named'}"
    return Recognised(kind_of(turns), layout, turns, findings.warnings(unit))


def _cues(lines: Sequence[Line], is_vtt: bool, findings: _Findings) -> list[_Cue]:
    timings: dict[int, tuple[str, str] | None] = {}
    for n, line in enumerate(lines):
        if "-->" in line.text:
            match = _TIMING.fullmatch(line.text)
            if match:
                timings[n] = (match[1], match[2])
            elif _BROKEN_TIMING.fullmatch(line.text):
                timings[n] = None
    cues: list[_Cue] = []
    ids: set[str] = set()
    order = sorted(timings)
    bodies = [n + 1 for n in order]
    heads = [_head(lines, n, bodies[i - 1] if i else 0) for i, n in enumerate(order)]
    if order:
        _above(lines[: heads[0]], is_vtt, findings)
    for i, n in enumerate(order):
        cue = _timed(lines[n], timings[n], findings)
        if not is_vtt and heads[i] < n:
            written = lines[heads[i]].text.strip()
            if written in ids and written.isdigit():
                findings.add(_TWICE, lines[heads[i]].number)
            ids.add(written)
        before = cues[-1].start if cues else None
        if cue.start is not None and before is not None and cue.start < before:
            findings.add(_ORDER, cue.number)
        upto = heads[i + 1] if i + 1 < len(order) else len(lines)
        _fill(cue, lines[n + 1 : upto], is_vtt, findings)
        if cue.lines:
            cues.append(cue)
        else:
            findings.add(_EMPTY, cue.number)
    return cues


def _head(lines: Sequence[Line], timing: int, least: int) -> int:
    """Give the index of the line that names the cue, or of its times if none does."""
    n = timing - 1
    if n < least:
        return timing
    text = lines[n].text.strip()
    if text:
        parted = n == least or not lines[n - 1].text.strip()
        return n if _CUE_ID.fullmatch(text) or (parted and n > least) else timing
    # A number that a blank line parts from its times.
    above = n - 1
    if above >= least and lines[above].text.strip().isdigit():
        parted = above == least or not lines[above - 1].text.strip()
        return above if parted else timing
    return timing


def _above(lines: Sequence[Line], is_vtt: bool, findings: _Findings) -> None:
    for n, line in enumerate(lines):
        if line.text.strip() and not (is_vtt and n == 0 and line.text.strip() == "WEBVTT"):
            findings.add(_LOST, line.number)


def _timed(line: Line, times: tuple[str, str] | None, findings: _Findings) -> _Cue:
    if times is None:
        findings.add(_UNREADABLE, line.number)
        return _Cue(None, None, line.number)
    start, end = _seconds(times[0]), _seconds(times[1])
    if "-" in (times[0][0], times[1][0]):
        findings.add(_NEGATIVE, line.number)
    elif start is None or end is None:
        findings.add(_UNREADABLE, line.number)
    elif end < start:
        findings.add(_BACKWARD, line.number)
        end = None
    return _Cue(start, end, line.number)


def _seconds(written: str) -> float | None:
    return None if written.startswith("-") else seconds(written)


def _fill(cue: _Cue, lines: Sequence[Line], is_vtt: bool, findings: _Findings) -> None:
    """Give a cue its lines; words after a blank line are its own too, but are reported."""
    blank = comment = False
    for line in lines:
        text = line.text.strip()
        if not text:
            blank, comment = True, False
            continue
        if is_vtt and blank and (comment or _NOTE.fullmatch(text)):
            comment = True
            findings.add(_COMMENT, line.number)
            continue
        if blank and cue.lines:
            findings.add(_APART, line.number)
        cue.lines.append(Line(text, line.number))


def _by_voice(cues: Iterable[_Cue]) -> list[Spoken]:
    pieces: list[Spoken] = []
    for cue in cues:
        whole = " ".join(line.text for line in cue.lines)
        parts = _VOICE.split(whole)
        # The parts alternate: words, voice, words, voice, words.
        for speaker, words in zip([None, *parts[1::2]], parts[0::2], strict=True):
            text = _plain(words)
            name = _plain(speaker) if speaker else None
            if text:
                pieces.append(Spoken(name or None, text, cue.start, cue.end, cue.number))
    return pieces


def _plain(text: str) -> str:
    """Take the tags of WebVTT out and put characters for its entities."""
    bare = _VTT_TAG.sub("", text)
    if "&" in bare:
        bare = clean(_ENTITY.sub(lambda match: html.unescape(match[0]), bare))[0]
    return " ".join(bare.split())


def _by_label(cues: Iterable[_Cue], is_vtt: bool, settings: ReadingSettings) -> list[Spoken]:
    said: list[tuple[_Cue, Line]] = []
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
    last: _Cue | None = None
    for n, (cue, line) in enumerate(said):
        speaker, text = labels.get(n, (None, line.text))
        if pieces and cue is last and speaker is None:
            pieces[-1].text = f"{pieces[-1].text} {text}".strip()
        else:
            pieces.append(Spoken(speaker, text, cue.start, cue.end, cue.number))
        last = cue
    return pieces


def _labels(lines: Sequence[Line]) -> dict[int, tuple[str, str]]:
    found: dict[int, tuple[str, str]] = {}
    for n, line in enumerate(lines):
        parts = colon_label(line.text.removeprefix(">>").lstrip())
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


def _name_lines(said: Sequence[tuple[_Cue, Line]]) -> dict[int, tuple[str, str]]:
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
