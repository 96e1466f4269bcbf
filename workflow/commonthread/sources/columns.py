"""Finds out which column of a table is what, by its heading."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from commonthread.settings import ColumnSettings

Role: TypeAlias = Literal["speaker", "sentence"]

# In order of how surely a heading of this name means it.
_SPEAKER = (
    *("speaker", "speaker name", "speaker label", "speaker id", "who spoke", "who said it"),
    *("said by", "spoken by", "who", "talker", "voice", "interlocutor"),
    *("participant", "participant id", "participant name", "participant code", "participant no"),
    *("participant number", "pid", "interviewee", "contributor", "attendee", "respondent"),
    *("respondent id", "author", "author id", "author name", "written by", "commenter"),
    *("sender", "from", "user", "user id", "user name", "username", "person", "person id"),
    *("full name", "name", "your name", "initials"),
)
_TEXT = (
    *("text", "words", "utterance", "utterances", "what was said", "spoken text", "said"),
    *("speech", "talk", "transcript", "transcription", "transcript text", "verbatim"),
    *("comment body", "comment text", "note text", "answer text", "response text", "message"),
    *("message text", "body", "content", "contents", "dialogue", "dialog", "statement"),
    *("statements", "feedback", "quote", "quotes", "quotation", "caption", "subtitle"),
    *("turn text", "free text"),
)
_TEXT_OR_NUMBER = ("sentence", "segment", "line")
_NOTES = (
    *("note", "notes", "sticky note", "sticky notes", "sticky", "stickies", "post it"),
    *("post its", "post it note", "post it notes", "flipchart", "flipcharts", "flip chart"),
    *("flipchart note", "flipchart notes", "card", "cards", "what was written", "written"),
    *("comment", "comments", "any comments", "any other comments", "answer", "answers"),
    *("response", "responses", "idea", "ideas", "point", "points", "reflection"),
    *("reflections", "suggestion", "suggestions", "remark", "remarks", "observation"),
    *("observations"),
)
_START = (
    *("start", "start time", "time start", "begin", "begins", "begin time", "from time"),
    *("timespan", "time span", "timestamp", "time stamp", "timecode", "time code", "time"),
    *("times", "time in", "in", "offset", "seconds"),
)
_END = ("end", "end time", "time end", "ends", "stop", "stop time", "time out", "out", "to time")


@dataclass(frozen=True)
class Columns:
    """Which column is what: positions from 0. ``text`` is empty if none is recognised.

    ``answers`` says that the text columns are recognised by names such as "comment", which stand
    beside other columns of text as often as alone.
    """

    speaker: int | None = None
    text: tuple[int, ...] = ()
    start: int | None = None
    end: int | None = None
    answers: bool = False

    @property
    def known(self) -> int:
        """How many columns are recognised."""
        return len(self.text) + sum(x is not None for x in (self.speaker, self.start, self.end))


def plain_heading(heading: str) -> str:
    """Give a heading in small letters, without punctuation and what is said in brackets."""
    text = unicodedata.normalize("NFKC", heading).casefold()
    text = re.sub(r"\([^()]*\)|\[[^\[\]]*\]", " ", text)
    return " ".join(re.sub(r"[^\w]|_", " ", text).split())


def recognise(
    headings: Sequence[str],
    settings: ColumnSettings,
    usable: Callable[[Role, int], bool] = lambda _role, _column: True,
) -> Columns:
    """Recognise columns by their headings, those that the study names before the common ones.

    ``usable(role, column)`` may rule a column out by what it holds: for "speaker", one of whole
    sentences; for "sentence", as "line" and "segment" are headings of text and of its number.
    """
    plain = [plain_heading(heading) for heading in headings]
    taken: set[int] = set()

    def named(names: Sequence[str]) -> list[int]:
        wanted = {plain_heading(name) for name in names} - {""}
        return [at for at, heading in enumerate(plain) if heading in wanted and at not in taken]

    def common(names: Sequence[str], role: Role | None = None) -> int | None:
        for name in names:
            for at, heading in enumerate(plain):
                if heading == name and at not in taken and (role is None or usable(role, at)):
                    return at
        return None

    answers = False
    text = named(settings.text)
    taken.update(text)
    chosen: dict[str, int | None] = {}
    for place, names in (
        ("speaker", settings.speaker),
        ("start", settings.start),
        ("end", settings.end),
    ):
        found = named(names)[:1]
        chosen[place] = found[0] if found else None
        taken.update(found)
    if not text:
        one = common(_TEXT)
        if one is None:
            one = common(_TEXT_OR_NUMBER, "sentence")
        if one is None:
            one = common(_NOTES)
            answers = one is not None
        if one is not None:
            text = [one]
            taken.add(one)
    if chosen["speaker"] is None:
        chosen["speaker"] = common(_SPEAKER, "speaker")
    for place, usual in (("start", _START), ("end", _END)):
        if chosen[place] is None:
            chosen[place] = common(usual)
    return Columns(chosen["speaker"], tuple(text), chosen["start"], chosen["end"], answers)
