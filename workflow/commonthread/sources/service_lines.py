"""Lines that stand in a transcript but that nobody said: headers, attendees, services' remarks."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from commonthread.sources.lines import Line
from commonthread.sources.speaker_labels import is_header

_SERVICE = re.compile(
    r"[\W_]*(?:"
    r"this (?:editable )?transcript was (?:computer[ -]?|auto\w*[ -]?)generated\b.*"
    r"|(?:the )?(?:meeting|transcript|transcription|recording) (?:has )?(?:ended|started|stopped)"
    r"(?: (?:after|at) [\d:hms .]+)?"
    r"|(?:the )?end of (?:the )?(?:meeting|transcript|recording|interview|tape|audio)"
    r"|(?:recording|interview|tape|audio) (?:begins|starts|ends)"
    r"|.{1,80} (?:started|stopped) (?:the )?(?:transcription|transcribing|recording)"
    r"|transcribed by (?:https?://|www\.|otter\b).*"
    r")[\W_]*",
    re.IGNORECASE,
)
_SERVICE_HINT = re.compile(r"generated|transcri|record|end|start|begin", re.IGNORECASE)
_LONGEST_SERVICE = 240
_GOOGLE_MEET = re.compile(
    r"[\W_]*(?:this editable transcript was computer[ -]?generated\b.*"
    r"|(?:meeting|transcription) ended after (?:\d{1,2}:)?\d\d:\d\d)[\W_]*",
    re.IGNORECASE,
)
_ATTENDEES = re.compile(
    r"[#*\s]*(?:attendees|participants|invited|invitees|present)\b[\s:*]*(.*?)[\s*]*",
    re.IGNORECASE,
)
_ATTENDEES_WITHIN = 40
_HEADER_WITHIN = 30
_ANSWER_WORDS = 6
_NOTE_TAKER = re.compile(
    r"fireflies\.ai|otter\.ai|read\.ai|meetgeek|\bfathom\b.*note|"
    r"\w.*\bnotetaker\b|\bnotetaker\s+[^\W\d]",
    re.IGNORECASE,
)
_PRESENTATION = re.compile(r".+['’]s [Pp]resentation")


def is_service_line(text: str) -> bool:
    """Tell a remark of the recording service ("Meeting ended after 00:42:13") from talk."""
    return (
        len(text) <= _LONGEST_SERVICE
        and _SERVICE_HINT.search(text) is not None
        and _SERVICE.fullmatch(text) is not None
    )


def is_google_meet(lines: Sequence[Line]) -> bool:
    """Tell a transcript of Google Meet by the remarks that Meet puts above and below the talk."""
    return any(
        len(line.text) <= _LONGEST_SERVICE
        and _SERVICE_HINT.search(line.text) is not None
        and _GOOGLE_MEET.fullmatch(line.text) is not None
        for line in lines
    )


def is_note_taker(name: str) -> bool:
    """Tell the name of a note-taking service, which joins calls like a person."""
    return _NOTE_TAKER.search(name) is not None


def is_presentation(name: str) -> bool:
    """Tell the shared screen of a person ("Name's Presentation"), which is not the person."""
    return _PRESENTATION.fullmatch(name) is not None


def attendees(lines: Sequence[Line]) -> frozenset[str]:
    """Give the names that a list of attendees near the top of the file holds."""
    top = lines[:_ATTENDEES_WITHIN]
    for n, line in enumerate(top):
        match = _ATTENDEES.fullmatch(line.text) if len(line.text) < 5000 else None
        if match is None:
            continue
        listed = match[1] or next((later.text for later in top[n + 1 :] if later.text.strip()), "")
        names = [name.strip() for name in listed.split(",")]
        if len(names) > 1 and not any(name.count(" ") > 5 for name in names):
            return frozenset(name for name in names if name)
    return frozenset()


def header_lines(labelled: Mapping[int, tuple[str, str]], lines: Sequence[Line]) -> set[int]:
    """Give the indices of labelled lines that belong to a header above the talk.

    A header is a run of labelled lines near the top, without a blank line, of which one says
    something of the recording (date, place, project). In it each label has a short answer.
    """
    header: set[int] = set()
    run: list[int] = []
    for n, line in enumerate(lines[:_HEADER_WITHIN]):
        if line.text.strip() and n in labelled and _is_short(labelled[n][1]):
            run.append(n)
            continue
        if any(is_header(labelled[m][0]) for m in run):
            header.update(run)
        run = []
    if any(is_header(labelled[m][0]) for m in run):
        header.update(run)
    return header


def _is_short(answer: str) -> bool:
    return bool(answer) and len(answer.split()) <= _ANSWER_WORDS and answer[-1] not in ".?!…"
