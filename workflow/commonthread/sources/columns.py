"""Finds out which column of a table is what, by its heading."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from commonthread.settings import ColumnSettings

Role: TypeAlias = Literal["speaker", "sentence", "written", "answer"]

# In order of how surely a heading of this name means it.
_SPEAKER = (
    *("speaker", "speaker name", "speaker label", "speaker id", "who spoke", "who said it"),
    *("said by", "spoken by", "who", "talker", "voice", "interlocutor"),
    *("participant", "participant id", "participant name", "participant code", "participant no"),
    *("participant number", "pid", "interviewee", "contributor", "attendee", "respondent"),
    *("respondent id", "author", "author id", "author name", "written by", "commenter"),
    *("sender", "from", "user", "user id", "user name", "username", "person", "person id"),
    *("full name", "name", "your name", "what is your name", "initials"),
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
    *("observations", "challenge", "challenges", "barrier", "barriers", "difficulty"),
    *("difficulties", "problem", "problems", "concern", "concerns", "enabler", "enablers"),
    *("solution", "solutions"),
)
# What workshops and surveys ask for, in whatever words the heading goes on.
_ASKED = re.compile(
    r"(?:what|things that|things which|ideas? that) (?:might|may|could|would|can|will|did)?\s*"
    r"(?:help(?:s|ed)?|hinder(?:s|ed)?|work(?:s|ed)?|gets?|got|make|makes|made)\b.*"
    r"|what (?:was|is|went|felt) (?:good|bad|hard|difficult|easy|helpful|useful|well|missing)\b.*"
    r"|(?:one|a|two|three|any|some|main|key) (?:\w+ )?(?:thing|word|idea|change|comment|challenge"
    r"|barrier|suggestion|point|question)s?\b.*"
    r"|(?:some|any)thing (?:else|other|more|you|to|that)\b.*"
)
# A question about the person is answered with what must not become a note.
_ABOUT_PERSON = frozenset(
    (
        *("name", "email", "mail", "phone", "telephone", "mobile", "postcode", "address", "age"),
        *("gender", "ethnicity", "pronouns", "role", "job", "organisation", "organization"),
        *("team", "department"),
    )
)
_WORDS_OF_QUESTION = 3
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
    sentences; for "sentence", as "line" and "segment" are headings of text and of its number; for
    "written" and "answer", as "points" may be counted, and questions answered by yes or no.
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
        if one is not None:
            text = [one]
        else:
            text = [
                at
                for at, heading in enumerate(plain)
                if at not in taken and _is_answer(headings[at], heading, at, usable)
            ]
            if not text and (one := common(_NOTES)) is not None:
                text = [one]
            answers = bool(text)
        taken.update(text)
    if chosen["speaker"] is None:
        chosen["speaker"] = common(_SPEAKER, "speaker")
    for place, usual in (("start", _START), ("end", _END)):
        if chosen[place] is None:
            chosen[place] = common(usual)
    return Columns(chosen["speaker"], tuple(text), chosen["start"], chosen["end"], answers)


def _is_answer(written: str, plain: str, at: int, usable: Callable[[Role, int], bool]) -> bool:
    """Tell a column of notes or answers by its heading: a usual name, or a question."""
    if plain in _NOTES or _ASKED.fullmatch(plain):
        return usable("written", at)
    words = plain.split()
    return (
        written.rstrip(' *_"”’)').endswith("?")
        and len(words) >= _WORDS_OF_QUESTION
        and _ABOUT_PERSON.isdisjoint(words)
        and plain not in _SPEAKER
        and usable("answer", at)
    )
