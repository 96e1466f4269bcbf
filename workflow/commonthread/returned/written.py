"""Understands what people write into a form: codes, ticks and dates."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import date, datetime

_PLAIN = str.maketrans("‘’‚‛′“”„‟″«»‐‑‒–—−_", '\'\'\'\'\'"""""""------ ')
_BULLETS = " \t\u00a0-–—*•·◦▪"
_NUMBER = r"[A-Za-z]?\d{1,4}(?:\.\d{1,4}){0,8}"
_NUMBER_FIRST = re.compile(rf"\(?({_NUMBER})[).:]*[ \t–—-]+(.+)")
_NUMBER_LAST = re.compile(rf"(.+?)[ \t]+\(?({_NUMBER})\)?")
_BETWEEN_NUMBERS = re.compile(r"[\s&+/]+(?:and\s+)?")
# The longest that is taken for a code with its number.
_LONGEST = 300
_MOST_MARKS = 8

_TICKS = re.compile("[☒☑✓✔✗✘✅❌√×🗹🗷]")
_BOXES = re.compile("[☐□▢\ufe0e\ufe0f\u200b]")
_YES = frozenset(("x", "yes", "y", "true", "1", "tick", "ticked", "checked"))
_NO = frozenset(("no", "n", "false", "0", "-", "–", "—"))

_DAYS = ("%d/%m/%Y", "%d.%m.%Y", "%d-%m-%Y", "%d %B %Y", "%d %b %Y", "%d/%m/%y")
_TIMES = ("%H:%M", "%H:%M:%S", "%I:%M %p", "%I:%M:%S %p")
_WITH_TIME = re.compile(r"(.*?)(?:,? +|T)(\d{1,2}:\d\d(?::\d\d)?(?: ?[AaPp][Mm])?)")


class KnownCodes:
    """What a file's own list says its names and numbers stand for.

    Goes in: (number, name, id) of each code, empty where the list does not say. What is understood
    comes out as the id, or the name where the list has no ids.
    """

    def __init__(self, codes: Iterable[tuple[str, str, str]] = ()) -> None:
        listed = [tuple(part.strip() for part in code) for code in codes]
        self._meant: dict[str, str] = {}
        self._numbers: dict[str, str] = {}
        # What a list shows is meant first.
        for place in (1, 0, 2):
            for code in listed:
                meant = code[2] or code[1]
                if code[place] and meant:
                    self._meant.setdefault(_key(code[place]), meant)
                    if place == 0:
                        self._numbers.setdefault(_key(code[place]), meant)
        # How many marks names have in them, by what stands before the first.
        self._marks: dict[str, int] = {}
        for code in listed:
            first, *others = re.split("[;,]", code[1])
            if others:
                marks = min(max(self._marks.get(_key(first), 0), len(others)), _MOST_MARKS)
                self._marks[_key(first)] = marks

    def __bool__(self) -> bool:
        """Tell whether the file has such a list."""
        return bool(self._meant)

    def split(self, text: str) -> tuple[str, ...]:
        """Part what somebody wrote into codes: ids where the list says which, else as written.

        Semicolons and line ends stand between codes; where there is a list, commas too, and numbers
        may have no more than a space between them. The longest name that the list has is taken
        first, as names may have commas in them. A number may stand beside its name ("2.3 Payment").
        """
        # What stands between has the odd places.
        parts = re.split("([;,\n])" if self else "([;\n])", text)
        found: list[str] = []
        at = 0
        while at < len(parts):
            end = at + 1
            marks = self._marks.get(_key(parts[at].lstrip(_BULLETS)), 0)
            for longest in range(min(at + 2 * marks + 1, len(parts)), at, -2):
                meant = self._one("".join(parts[at:longest]))
                if meant is not None:
                    found.append(meant)
                    end = longest
                    break
            else:
                written = parts[at].strip().lstrip(_BULLETS)
                found += self._only_numbers(written) or [written]
            at = end + 1
        return tuple(dict.fromkeys(code for code in found if code))

    def _one(self, text: str) -> str | None:
        text = text.strip().lstrip(_BULLETS)
        meant = self._meant.get(_key(text))
        if meant is not None or len(text) > _LONGEST:
            return meant
        for pattern, number, name in ((_NUMBER_FIRST, 1, 2), (_NUMBER_LAST, 2, 1)):
            match = pattern.fullmatch(text)
            if match:
                meant = self._numbers.get(_key(match[number]))
                if meant is not None and self._meant.get(_key(match[name])) == meant:
                    return meant
        return None

    def _only_numbers(self, text: str) -> list[str]:
        """Give the codes of numbers with spaces, "and" or "/" between; none if it is more."""
        numbers = [_key(part) for part in _BETWEEN_NUMBERS.split(text.strip()) if part]
        if any(number not in self._numbers for number in numbers):
            return []
        return [self._numbers[number] for number in numbers]


def _key(text: str) -> str:
    if text.isascii() and text.isalnum():
        return text.lower()
    text = unicodedata.normalize("NFKC", text).translate(_PLAIN).casefold()
    return " ".join(text.split()).rstrip(". ")


def ticked(text: str) -> bool | None:
    """Tell whether a box is ticked, in any form; None if that cannot be told.

    Empty, an empty box or "no" is not ticked; a ticked or crossed box, an x or "yes" is.
    """
    words = _TICKS.sub(" x ", without_boxes(text)).casefold().split()
    if all(word in _NO for word in words):
        return False
    return True if all(word in _YES for word in words) else None


def without_boxes(text: str) -> str:
    """Give a text without boxes that are not ticked."""
    return _BOXES.sub(" ", text).strip()


def iso_date(text: str) -> str:
    """Give a date, with its time if there is one, in ISO 8601; empty if it is not understood.

    Takes ISO 8601, and the day first: 15/01/2026, 15.01.2026, 15 January 2026.
    """
    text = " ".join(text.split())
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        pass
    try:
        return datetime.fromisoformat(text).isoformat()
    except ValueError:
        pass
    match = _WITH_TIME.fullmatch(text) if len(text) < 80 else None
    day, clock = (match[1], match[2].upper()) if match else (text, "")
    for form in _DAYS:
        try:
            found = datetime.strptime(day, form)
        except ValueError:
            continue
        if not clock:
            return found.date().isoformat()
        for time_form in _TIMES:
            try:
                time = datetime.strptime(clock, time_form).time()
            except ValueError:
                continue
            return datetime.combine(found.date(), time).isoformat()
    return ""
