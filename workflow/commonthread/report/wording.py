"""Numbers in words: one way of saying counts, shares and lists, for every page."""

from __future__ import annotations

import re
from collections.abc import Iterable

from commonthread.report.withheld import Withheld, shown

_IRREGULAR = {"person": "people", "is": "are", "was": "were", "has": "have"}

# Upper ends of the shares that are said in a given way, so that no wording promises more
# exactness than a reader needs; the count itself always follows.
_SHARES = (
    (0.015, "about 1 in 100"),
    (0.035, "a few in 100"),
    (0.075, "about 1 in 20"),
    (0.115, "about 1 in 10"),
    (0.155, "about 1 in 7"),
    (0.185, "about 1 in 6"),
    (0.225, "about 1 in 5"),
    (0.29, "about a quarter"),
    (0.37, "about a third"),
    (0.45, "about 4 in 10"),
    (0.55, "about half"),
    (0.63, "about 6 in 10"),
    (0.705, "about two thirds"),
    (0.775, "about three quarters"),
    (0.85, "about 8 in 10"),
    (0.93, "about 9 in 10"),
)

# Characters that turn the direction of the text after them, also outside their own element.
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")


def visible(text: str) -> str:
    """Give ``text`` with characters that turn its direction written out, as in "[U+202E]"."""
    return _TURNING.sub(lambda match: f"[U+{ord(match[0]):04X}]", text)


def number(value: float) -> str:
    """Give a count with thousands set apart, as in "15,204"."""
    return str(value) if isinstance(value, Withheld) else f"{int(value):,}"


def plural(word: str, count: float) -> str:
    """Give ``word`` (its last word, if several) as it goes with ``count`` things."""
    if count == 1:
        return word
    head, space, last = word.rpartition(" ")
    if last in _IRREGULAR:
        return head + space + _IRREGULAR[last]
    if last.endswith("y") and last[-2:-1] not in "aeiou":
        return head + space + last[:-1] + "ies"
    return head + space + last + ("es" if last.endswith(("s", "x", "ch", "sh")) else "s")


def count(value: float, word: str) -> str:
    """Give a count and what it counts: "no files", "1 person", "15,204 words"."""
    if isinstance(value, Withheld):
        known = value.below or int(value)
        return f"{value} {plural(word, 0)}" if known else f"{plural(word, 0)} (not shown)"
    return f"{'no' if value == 0 else number(value)} {plural(word, value)}"


def in_sentence(name: str) -> str:
    """Give a name as it stands inside a sentence: "Public contributor" small, "PPI lead" as is."""
    first, rest = name[:1], name[1:]
    return first.lower() + rest if rest == rest.lower() and len(rest) > 1 else name


def words_list(items: Iterable[str], joiner: str = "and") -> str:
    """Give items as people list them: "a, b and c"."""
    parts = list(items)
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} {joiner} {parts[-1]}"


def percent(part: float, whole: float) -> str:
    """Give ``part`` of ``whole`` in per cent; "not defined" where there is nothing to divide by.

    Only nothing is "0%" and only everything is "100%"; a share with a number that is not shown is
    "not shown".
    """
    if not shown(part, whole):
        return "not shown"
    if whole == 0:
        return "not defined"
    share = 100 * part / whole
    if 0 < share < 0.1:
        return "<0.1%"
    if 0 < share < 1:
        return f"{share:.1f}%"
    if 99 < share < 100:
        return ">99%"
    return f"{int(share + 0.5)}%"


def share(part: float, whole: float) -> str:
    """Give ``part`` of ``whole`` in words: "none", "about a third", "nearly all", "all".

    One that is not shown is "few" if it is known to be small, and else "some".
    """
    if not shown(part, whole):
        return "few" if isinstance(part, Withheld) and part.below else "some"
    if whole == 0:
        return "not defined"
    if part == 0:
        return "none"
    if part >= whole:
        return "all"
    ratio = part / whole
    if ratio < 0.005:
        return "fewer than 1 in 100"
    return next((words for top, words in _SHARES if ratio <= top), "nearly all")


def of(part: float, whole: float, word: str) -> str:
    """Give a count with its denominator: "204 of 612 segments", "all 5 workshops"."""
    if not shown(part, whole):
        if isinstance(part, Withheld) and (part.below or int(part)) and shown(whole):
            return f"{part} of {number(whole)} {plural(word, whole)}"
        return count(part, word) if shown(whole) else plural(word, 0)
    if whole == 0:
        return f"no {plural(word, 0)}"
    if part == whole:
        if whole == 2:
            return f"both {plural(word, whole)}"
        return f"the only {word}" if whole == 1 else f"all {number(whole)} {plural(word, whole)}"
    start = "none" if part == 0 else number(part)
    return f"{start} of {number(whole)} {plural(word, whole)}"


def clock(seconds: float) -> str:
    """Give a place in a recording as people read it: "12 min 5 s", "1 h 2 min 5 s"."""
    whole = int(seconds)
    hours, rest = divmod(whole, 3600)
    minutes, left = divmod(rest, 60)
    if hours:
        return f"{hours} h {minutes} min {left} s"
    return f"{minutes} min {left} s" if minutes else f"{left} s"


def anchor(*parts: object) -> str:
    """Give an id for an element of a page: letters, digits, "-" and "_" only."""
    joined = "-".join(str(part) for part in parts)
    return "".join(c if c.isascii() and (c.isalnum() or c in "-_") else "-" for c in joined)
