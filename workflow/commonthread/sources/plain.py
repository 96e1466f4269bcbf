"""Recognises the layout of a document that is a list of lines or paragraphs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from commonthread.settings import ReadingSettings
from commonthread.sources import service_lines
from commonthread.sources.labelled import turns_from_openers
from commonthread.sources.lines import (
    Line,
    Recognised,
    Unit,
    Wrapping,
    has_bullet,
    lines_of,
    without_breaks,
    without_bullet,
)
from commonthread.sources.openers import Mark, Opener, Style, heading, opener
from commonthread.sources.reading import RawTurn, places
from commonthread.sources.speaker_labels import (
    Evidence,
    Shape,
    shape,
    speakers_among,
    words_in,
)

__all__ = ["Line", "Recognised", "Unit", "lines_of", "turns_from_lines"]

# So many labels that each come once may well be headings.
_ONCE_ONLY = 4
NOTES = "notes, one a paragraph"


def turns_from_lines(
    lines: Sequence[Line], settings: ReadingSettings, unit: Unit = "line"
) -> Recognised:
    """Recognise how a document is laid out, and give its turns or notes.

    ``unit`` says what a ``Line`` is: a "line" of text, where blank lines part paragraphs, or a
    whole "paragraph". Warnings and notes name lines or paragraphs by ``Line.number``. Every word
    of the lines is in a turn, is a label or time that was recognised, or stands on a line that a
    warning or note names.
    """
    single = without_breaks(lines)
    if any("-->" in line.text for line in single):
        from commonthread.sources.subtitles import turns_from_cues

        cues = turns_from_cues(single, settings, unit)
        if cues:
            return cues
    if settings.speaker_pattern:
        from commonthread.sources.own_pattern import openers_by_pattern

        own = openers_by_pattern(single, settings.speaker_pattern)
        if own:
            return turns_from_openers(
                single, own, "names as the study's settings say", Wrapping(single, unit), unit
            )
    if _first_words(single)[:1].isdigit():
        from commonthread.sources.zoom_chat import turns_from_chat

        chat = turns_from_chat(single, unit)
        if chat:
            return chat
    if any("\t" in line.text for line in single):
        from commonthread.sources.tabbed import turns_from_tabs

        table = turns_from_tabs(single, unit)
        if table:
            return table
    return _labelled(single, unit) or _notes(lines, single, unit)


def _first_words(lines: Sequence[Line]) -> str:
    return next((line.text.strip() for line in lines if line.text.strip()), "")


def _labelled(lines: Sequence[Line], unit: Unit) -> Recognised | None:
    """Give the turns if the lines name speakers in one of the ways that ``openers`` knows."""
    found: dict[int, Opener | Mark] = {}
    by_style: dict[Style, dict[int, Opener]] = {style: {} for style in Style}
    words = 0
    for n, line in enumerate(lines):
        if not line.text or line.text.isspace():
            continue
        words += 1
        opening = opener(line.text, line.bold_prefix)
        if opening is None:
            continue
        found[n] = opening
        if isinstance(opening, Opener):
            by_style[opening.style][n] = opening
    best: dict[int, Opener] = {}
    style = Style.COLON
    for candidate in (Style.CLOCK, Style.COLON, Style.BRACKET, Style.BOLD, Style.ALONE):
        if len(by_style[candidate]) <= len(best):
            continue
        chosen = _choose(candidate, by_style[candidate], lines, words)
        if len(chosen) > len(best):
            best, style = chosen, candidate
    if not best:
        return None
    openings: dict[int, Opener | Mark] = {
        n: opening for n, opening in found.items() if isinstance(opening, Mark)
    }
    openings.update(best)
    layout = style.value
    if style is Style.COLON and service_lines.is_google_meet(lines):
        layout = f"Google Meet, {layout}"
    recognised = turns_from_openers(lines, openings, layout, Wrapping(lines, unit), unit)
    recognised.warnings.extend(_doubts(style, best, by_style[style], lines, unit))
    return recognised


def _choose(
    style: Style, candidates: dict[int, Opener], lines: Sequence[Line], words: int
) -> dict[int, Opener]:
    """Give the candidates of one style that do open turns; none if the file has no such style."""
    if style is Style.COLON:
        return _choose_colon(candidates, lines, words)
    counts = Counter(opening.label for opening in candidates.values())
    looks = {label: shape(label) for label in counts}
    if style is Style.CLOCK:
        sure = {label for label, look in looks.items() if look or counts[label] > 2}
        chosen = {n: o for n, o in candidates.items() if o.label in sure}
        opens_file = bool(chosen) and not any(line.text.strip() for line in lines[: min(chosen)])
        return chosen if len(chosen) > 1 or opens_file else {}
    if style is Style.BRACKET:
        sure = {label for label, look in looks.items() if look > Shape.WORD}
        chosen = {n: o for n, o in candidates.items() if o.label in sure}
        return chosen if len(chosen) > 1 and len(chosen) >= 0.4 * words else {}
    sure = {
        label
        for label, look in looks.items()
        if look >= Shape.ROLE or (look == Shape.LOWER and counts[label] > 2)
    }
    back = {label for label in sure if counts[label] > 1}
    chosen = {n: o for n, o in candidates.items() if o.label in sure}
    if style is Style.BOLD:
        return chosen if back and len(chosen) >= 0.3 * words else {}
    followed = {n: o for n, o in chosen.items() if _next_words(lines, n) is not None}
    coming_back = [o for o in followed.values() if o.label in back]
    bold = sum(o.emphasised for o in coming_back)
    if len(coming_back) < 3 or (len(back) < 2 and not bold) or len(coming_back) < 0.25 * words:
        return {}
    return {
        n: o
        for n, o in followed.items()
        if o.label in back or o.emphasised or (bold == 0 and " " in o.label)
    }


def _choose_colon(
    candidates: dict[int, Opener], lines: Sequence[Line], words: int
) -> dict[int, Opener]:
    candidates = _without_header(candidates, lines)
    counts = Counter(opening.label for opening in candidates.values() if not opening.weak)
    weak = Counter(opening.label for opening in candidates.values() if opening.weak)
    # A list or "I:yes" names speakers only if its labels come back.
    counts.update({label: count for label, count in weak.items() if count > 1 or label in counts})
    known = service_lines.attendees(lines)
    lower: list[frozenset[str]] = []

    def all_words() -> frozenset[str]:
        if not lower:
            said = (candidates[n].text if n in candidates else t.text for n, t in enumerate(lines))
            lower.append(words_in(said))
        return lower[0]

    timed = {opening.label for opening in candidates.values() if opening.timed}
    sure = speakers_among(Evidence(words, counts, known, all_words, timed=timed))
    return {n: opening for n, opening in candidates.items() if opening.label in sure}


def _without_header(candidates: dict[int, Opener], lines: Sequence[Line]) -> dict[int, Opener]:
    """Leave out lines of a header such as "Date: ..." and "Interviewer: ..." above the talk."""
    header = service_lines.header_lines(
        {n: (opening.label, opening.text) for n, opening in candidates.items()}, lines
    )
    return {n: opening for n, opening in candidates.items() if n not in header}


def _next_words(lines: Sequence[Line], at: int) -> str | None:
    for line in lines[at + 1 : at + 4]:
        if line.text.strip():
            return line.text
    return None


def _doubts(
    style: Style,
    best: dict[int, Opener],
    candidates: dict[int, Opener],
    lines: Sequence[Line],
    unit: Unit,
) -> Iterable[str]:
    """Say where the choice between a speaker and talk may be wrong."""
    if style is not Style.COLON:
        return
    start = min(best)
    passed = [
        lines[n].number
        for n, opening in candidates.items()
        if n > start and n not in best and shape(opening.label) >= Shape.ROLE
    ]
    if passed:
        yield (
            f"What stands before the colon on {places(passed, unit)} was taken as talk and not as "
            "the name of a speaker: check this."
        )
    labels = Counter(opening.label for opening in best.values())
    if len(labels) >= _ONCE_ONLY and max(labels.values()) == 1:
        yield (
            "No speaker comes twice in this file. If the words before the colons are headings "
            "and not people, put the notes without colons after the headings."
        )


def _notes(lines: Sequence[Line], single: Sequence[Line], unit: Unit) -> Recognised:
    """Give each paragraph as a note; markdown headings are left out and reported."""
    wrapping = Wrapping(single, unit)
    notes: list[RawTurn] = []
    parts: list[str] = []
    headings: list[int] = []
    start: float | None = None
    end: float | None = None
    before = ""

    def close() -> None:
        nonlocal start, end
        text = "".join(parts).strip()
        if text:
            notes.append(RawTurn(None, text, start, end))
            start = end = None
        parts.clear()

    for line in lines:
        text = line.text.strip()
        if not text or not (parts and wrapping.goes_on(before, line.text)):
            close()
        before = line.text
        if not text:
            continue
        if heading(text):
            headings.append(line.number)
            continue
        if parts:
            parts.append(f" {text}")
            continue
        opening = opener(text)
        if isinstance(opening, Mark) and not opening.bare:
            start, end, text = opening.start_s, opening.end_s, opening.text
        elif has_bullet(text):
            text = without_bullet(text)
        parts.append(text)
    close()
    if not notes:
        notes = [RawTurn(None, heading(line.text.strip()) or line.text.strip()) for line in lines]
        return Recognised("notes", NOTES, [note for note in notes if note.text])
    left_out = []
    if headings:
        left_out.append(f"Headings ({places(headings, unit)}) were left out of the notes.")
    return Recognised("notes", NOTES, notes, notes=left_out)
