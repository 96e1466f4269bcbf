"""Finds how a line may open a turn: a label before a colon, a name with a time, and the like.

What is found here is only possible; ``speaker_labels`` decides for the whole file.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

from commonthread.sources.clock import CLOCK, seconds
from commonthread.sources.lines import has_bullet, without_bullet
from commonthread.sources.speaker_labels import LONGEST, is_non_speech

_SPAN = rf"({CLOCK})(?:\s*(?:-->|-|–|—|\bto\b)\s*({CLOCK}))?"
_BRACKETED = re.compile(rf"[\[(<#{{]\s*{_SPAN}\s*[\])>#}}]\s*[-–—|]?\s*")
_BARE = re.compile(rf"{_SPAN}(?=\s|$)\s*(?:[-–—|]\s+)?")
_LAST_MARK = re.compile(rf"#\s*({CLOCK})\s*#$")
_TIME_ALONE = re.compile(rf"[#*_\s]{{1,20}}[\[(]?\s*({CLOCK})\s*[\])]?[*_\s]{{0,20}}")
_NAME_TIME = re.compile(
    rf"(?P<name>[^\n]{{1,{LONGEST}}}?)(?:\s+(?:[-–—|@]\s+)?|\s*(?=[\[(]))"
    rf"[\[(]?\s*{_SPAN}\s*[\])]?:?$"
)
_LABEL_TIME = re.compile(rf"(.+?)(?:\s+|\s*(?=[\[(]))[\[(]?\s*({CLOCK})\s*[\])]?$")
_EMPHASIS = re.compile(r"(\*{1,3})(?=[^\s*])([^\n]*?[^\s*])\s*\1(?!\*)(.*)", re.DOTALL)
_UNDERSCORED = re.compile(r"(_{1,2})(?=[^\s_])([^\n_]*?):\s*\1(?!_)(.*)", re.DOTALL)
_IN_BRACKETS = re.compile(r"\[([^\[\]\n]{1,40})\][ \t]*:?[ \t]+(?=\S)")
_HEADING = re.compile(r"#{1,6}[ \t]+")
_LONGEST_ALONE = 60
_LONGEST_MARK = 40
_SEARCHED = LONGEST + 24


class Style(Enum):
    """The ways in which a line names who speaks, in words for people."""

    COLON = "names before a colon"
    CLOCK = "names with a time on a line of their own"
    BRACKET = "names in square brackets"
    BOLD = "names in bold"
    ALONE = "names on a line of their own"


@dataclass(slots=True)
class Opener:
    """A line that may open a turn.

    ``weak`` marks forms that need a label which is sure from elsewhere in the file; ``emphasised``
    that the label is bold or italic; ``timed`` that a time in brackets stands beside it.
    """

    style: Style
    label: str
    text: str
    start_s: float | None = None
    end_s: float | None = None
    emphasised: bool = False
    weak: bool = False
    timed: bool = False


@dataclass(slots=True)
class Mark:
    """A line that holds a time, and what follows it on the line (mostly nothing)."""

    start_s: float | None
    end_s: float | None
    text: str
    bare: bool


def heading(text: str) -> str | None:
    """Give the words of a markdown heading, or None if the line is none."""
    match = _HEADING.match(text) if text.startswith("#") else None
    return text[match.end() :].rstrip("# \t") if match else None


def colon_label(text: str) -> tuple[str, str, bool] | None:
    """Part a line at the colon that may end a label.

    Gives the label, what follows, and whether nothing parts them but the colon; or None.
    """
    first = at = text.find(":", 0, _SEARCHED)
    while at >= 0 and at + 1 < len(text) and not text[at + 1].isspace():
        at = text.find(":", at + 1, _SEARCHED)
    if not text.isascii():
        wide = text.find("：", 0, _SEARCHED)
        if wide > 0 and (at < 0 or wide < at):
            return text[:wide].strip(), text[wide + 1 :].strip(), False
    if at > 0:
        return text[:at].strip(), text[at + 1 :].strip(), False
    if first > 0 and text[first + 1].isalpha():
        return text[:first].strip(), text[first + 1 :].strip(), True
    return None


def opener(text: str, bold_prefix: str | None = None) -> Opener | Mark | None:
    """Give how the line may open a turn, a time that it opens with, or None for plain talk."""
    line = text.strip()
    if not line:
        return None
    start = end = None
    bare = False
    first = line[0]
    if first in "#*_" and len(line) <= _LONGEST_MARK:
        # A heading, or a bold line, that holds nothing but a time.
        match = _TIME_ALONE.fullmatch(line)
        if match:
            return Mark(seconds(match[1]), None, "", bare=True)
    if first in "[(<#{" or first.isdigit():
        match = _BRACKETED.match(line)
        if match is None and first.isdigit():
            match = _BARE.match(line)
            bare = match is not None
        if match:
            start, end = seconds(match[1]), seconds(match[2]) if match[2] else None
            line = line[match.end() :]
            if not line:
                return Mark(start, end, "", bare)
    found = _open(line, bold_prefix)
    if found is None:
        return Mark(start, end, line, bare) if start is not None else None
    if start is not None:
        if found.style is Style.ALONE:
            found.style = Style.CLOCK
        found.start_s = start
        found.timed = not bare
        found.end_s = end if end is not None else found.end_s
    return found


def take_times(text: str) -> tuple[str, float | None, float | None]:
    """Take a time in brackets off the front of a turn, and a ``#time#`` off its end.

    Gives the text that is left, when it starts and when it ends (None where not said).
    """
    start = end = None
    if text[:1] in ("[", "(", "#", "<"):
        match = _BRACKETED.match(text)
        if match:
            start, end = seconds(match[1]), seconds(match[2]) if match[2] else None
            text = text[match.end() :]
    if text.endswith("#"):
        # Only the end is searched: a mark is short, and a line may be very long.
        match = _LAST_MARK.search(text, max(0, len(text) - _LONGEST_MARK))
        if match:
            end = seconds(match[1])
            text = text[: match.start()].rstrip()
    return text, start, end


def _open(line: str, bold_prefix: str | None) -> Opener | None:
    if line[0].isalpha() and not bold_prefix:
        return _before_colon(line, False) or _named_alone(line)
    if line[0] in "*_":
        found = _emphasised(line)
        if found:
            return found
    if bold_prefix:
        found = _bold(line, bold_prefix.strip())
        if found:
            return found
    words = heading(line)
    if words is not None:
        found = _emphasised(words) or _named_alone(words)
        if found:
            found.emphasised = True
        return found if found and found.style in (Style.ALONE, Style.CLOCK) else None
    if line[0] == "[":
        match = _IN_BRACKETS.match(line)
        if match and seconds(match[1]) is None and not is_non_speech(match[1]):
            return Opener(Style.BRACKET, match[1].strip(), line[match.end() :].strip())
    weak = False
    if has_bullet(line):
        line, weak = without_bullet(line), True
    elif line.startswith(">"):
        line = line.lstrip("> ")
    found = _before_colon(line, weak)
    return found if found or weak else _named_alone(line)


def _before_colon(line: str, weak: bool) -> Opener | None:
    parts = colon_label(line)
    found = _colon(*parts) if parts else None
    if found and weak:
        found.weak = True
    return found


def _colon(label: str, text: str, tight: bool) -> Opener | None:
    start = None
    if label[-1:] in (")", "]") or ":" in label:
        match = _LABEL_TIME.fullmatch(label)
        if match:
            label, start = match[1], seconds(match[2])
    if not label or len(label) > LONGEST or ":" in label:
        return None
    label = label.strip("[]").strip() if label[0] == "[" and label[-1] == "]" else label
    text, first, last = take_times(text)
    start = start if start is not None else first
    timed = start is not None
    return Opener(Style.COLON, label, text, start, last, weak=tight, timed=timed)


def _emphasised(line: str) -> Opener | None:
    match = _UNDERSCORED.match(line)
    if match:
        return _inside_and_after(f"{match[2]}:", match[3])
    match = _EMPHASIS.match(line)
    return _inside_and_after(match[2], match[3]) if match else None


def _bold(line: str, bold: str) -> Opener | None:
    if not bold or not line.startswith(bold):
        return None
    return _inside_and_after(bold, line[len(bold) :])


def _inside_and_after(inside: str, after: str) -> Opener | None:
    """Read emphasised words and what follows them; the colon may stand on either side."""
    inside, rest = inside.strip(), after.strip()
    found: Opener | None
    if inside.endswith(":"):
        found = _colon(inside[:-1].strip(), rest, False)
    elif rest.startswith(":"):
        found = _colon(inside, rest[1:].strip(), False)
    elif not rest:
        parts = colon_label(inside)
        found = _colon(*parts) if parts else _named_alone(inside)
        if found and parts:
            # The whole paragraph is emphasised, so that says nothing of the label.
            return found
    else:
        named = _NAME_TIME.fullmatch(f"x {rest}")
        if named and named["name"] == "x":
            found = Opener(Style.CLOCK, inside, "", seconds(named[2]))
        elif len(inside) <= _LONGEST_ALONE and after[:1].isspace():
            text, first, last = take_times(rest)
            found = Opener(Style.BOLD, inside, text, first, last)
        else:
            found = None
    if found:
        found.emphasised = True
    return found


def _named_alone(line: str) -> Opener | None:
    if line[-1:].isdigit() or line[-1:] in ("]", ")", ":"):
        match = _NAME_TIME.fullmatch(line) if len(line) <= LONGEST + 40 else None
        if match:
            start, end = seconds(match[2]), seconds(match[3]) if match[3] else None
            return Opener(Style.CLOCK, match["name"].strip(" *_:"), "", start, end)
    if len(line) <= _LONGEST_ALONE and line[-1:] not in (".", "?", "!", ",", ";", ":", "…"):
        return Opener(Style.ALONE, line, "")
    return None
