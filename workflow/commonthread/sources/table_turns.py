"""Makes turns or notes of the rows of a table, wherever the table stands."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from statistics import fmean

from commonthread.problems import Refused
from commonthread.settings import ReadingSettings
from commonthread.sources.clock import seconds, timespan
from commonthread.sources.columns import Columns, Role, recognise
from commonthread.sources.plain import Recognised
from commonthread.sources.reading import RawTurn, kind_of, places

_TITLE_ROWS = 10
"""How many rows may stand above the headings."""

_PROFILED_ROWS = 500
"""How many rows are looked at to judge what a column holds."""

_LONGEST_HEADING = 200
_LONGEST_NAME = 10
_PROSE_WORDS = 4.0
_NOTE_WORDS = 1.5
_DATE = re.compile(r"\d{4}-\d{1,2}-\d|\d{1,2}[/.]\d{1,2}[/.]\d{2}")
_AROUND_NAMES = "*: \t\n"


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table: its number as a spreadsheet shows it, and its cells as written."""

    number: int
    cells: list[str]


@dataclass(frozen=True)
class _Profile:
    """What a column holds, over the rows below the headings."""

    filled: int
    lettered: float
    words: float
    distinct: float
    clocks: float
    longest: int

    @property
    def prose(self) -> bool:
        """Whether the column holds sentences and not labels."""
        return self.lettered >= 0.6 and self.words >= _PROSE_WORDS and not self.choices

    @property
    def choices(self) -> bool:
        """Whether the column seems to hold a few choices such as yes and no, or nothing."""
        return not self.filled or (self.filled >= 6 and self.distinct < 0.5)

    @property
    def speakers(self) -> bool:
        """Whether the column could hold who spoke: short, and the same ones again and again."""
        return (
            self.filled > 2
            and self.words <= 3
            and self.longest <= 60
            and self.clocks < 0.5
            and self.distinct <= 0.6
        )


def turns_of_table(rows: Sequence[Row], settings: ReadingSettings, where: str = "") -> Recognised:
    """Make turns or notes of a table that is a file or sheet of its own.

    Columns are recognised by their headings (those that the study names, then common ones), and
    without headings that say it, by what they hold. A row is a turn or, where several columns
    hold text, each of its cells is one. An empty cell in the speaker's column continues the turn
    above, unless an empty row comes between. ``where`` is put before row numbers in warnings.

    Raises Refused if no column can be taken for text.
    """
    return _Table(rows, settings, where).read()


def turns_of_document_table(
    rows: Sequence[Row], settings: ReadingSettings, where: str
) -> Recognised | None:
    """Make turns of a table in a document if it is a transcript, else give None.

    It is one if a column of text stands beside one of speakers or times, by headings or by looks.
    """
    return _Table(rows, settings, where).transcript()


class _Table:
    def __init__(self, rows: Sequence[Row], settings: ReadingSettings, where: str) -> None:
        self._all = list(rows)
        self._rows = [row for row in rows if any(cell.strip() for cell in row.cells)]
        self._settings = settings
        self._before = f"{where}, " if where else ""
        self._start = f"{where[:1].upper()}{where[1:]}: " if where else ""
        self._width = max((len(row.cells) for row in self._rows), default=0)
        self._warnings: list[str] = []
        self._notes: list[str] = []

    def read(self) -> Recognised:
        columns, body = self._by_headings()
        if columns is None:
            columns, body = self._by_looks()
        if columns is None or not columns.text:
            raise self._no_text()
        return self._turns(columns, body)

    def transcript(self) -> Recognised | None:
        columns, body = self._by_headings()
        if columns is None:
            columns, body = self._by_looks()
        if columns is None or len(columns.text) != 1:
            return None
        if columns.speaker is None and columns.start is None:
            return None
        return self._turns(columns, body)

    def _by_headings(self) -> tuple[Columns | None, list[Row]]:
        """Find the row of headings. Rows above it are told; a later row needs two known ones."""
        for at, row in enumerate(self._rows[:_TITLE_ROWS]):
            if any(len(cell) > _LONGEST_HEADING for cell in row.cells):
                continue
            needed = 1 if at == 0 else 2
            body = self._rows[at + 1 :]
            columns = recognise(row.cells, self._settings.columns)
            if columns.known < needed:
                continue
            if not body:
                return (columns, []) if columns.text else (None, [])
            profiles = self._profiles(body)
            columns = recognise(row.cells, self._settings.columns, _usable(profiles))
            if columns.known < needed:
                continue
            columns = self._completed(columns, row, profiles)
            if not columns.text and columns.speaker is None:
                continue
            if at:
                above = places([r.number for r in self._rows[:at]], f"{self._before}row")
                self._notes.append(f"What stands above the headings was left out: {above}.")
            return columns, body
        return None, []

    def _completed(self, columns: Columns, headings: Row, profiles: list[_Profile]) -> Columns:
        """Add the columns of sentences that no heading gives away, or tell that they are left."""
        known = {columns.speaker, columns.start, columns.end, *columns.text}
        other = [at for at, p in enumerate(profiles) if p.prose and at not in known]
        if not other or (not columns.text and columns.speaker is None):
            return columns
        named = ", ".join(f'"{headings.cells[at].strip()}"' for at in other)
        many = len(other) > 1
        if columns.text and not columns.answers:
            self._warnings.append(
                f"{self._start}The column{'s' * many} {named} also hold{'s' * (not many)} sentences "
                "and w" + ("ere" if many else "as") + " left out; to read such columns too, "
                "name all columns of text under reading: columns: text."
            )
            return columns
        self._warnings.append(
            f"{self._start}The column{'s' * many} {named} w{'ere' if many else 'as'} taken for "
            "what was said or written; if that is wrong, name the right ones under "
            "reading: columns: text."
        )
        return replace(columns, text=tuple(sorted((*columns.text, *other))), answers=True)

    def _by_looks(self) -> tuple[Columns | None, list[Row]]:
        """Take columns for what they look like: speakers and talk, or notes."""
        for skip in (1, 0):
            body = self._rows[skip:]
            profiles = self._profiles(body)
            prose = [at for at, profile in enumerate(profiles) if profile.prose]
            clocks = next(
                (at for at, p in enumerate(profiles) if p.filled and p.clocks > 0.8), None
            )
            who = [at for at, profile in enumerate(profiles) if profile.speakers and at != clocks]
            if skip and not self._first_is_heading(profiles, prose):
                continue
            if len(prose) == 1 and (len(who) == 1 or (clocks is not None and not who)):
                speaker = who[0] if who else None
                said = [f"column {prose[0] + 1} was taken for what was said"]
                said += [f"column {speaker + 1} for who spoke"] if speaker is not None else []
                said += [f"column {clocks + 1} for when"] if clocks is not None else []
                self._guessed(" and ".join(said), skip)
                return Columns(speaker, (prose[0],), clocks), body
            lettered = [at for at, profile in enumerate(profiles) if profile.lettered >= 0.6]
            brief = [at for at in lettered if profiles[at].words < _NOTE_WORDS]
            # A single column of single words may be notes; several are rather a list of things.
            notes = prose or (lettered if len(lettered) == 1 or not brief else [])
            if notes:
                numbers = places([at + 1 for at in notes], "column")
                self._guessed(f"each cell of {numbers} was read as a note", skip)
                return Columns(text=tuple(notes), answers=True), body
        return None, []

    def _guessed(self, what: str, skipped: int) -> None:
        first = f"Row {self._rows[0].number}" if self._rows else "Row 1"
        how = "was taken for headings and left out" if skipped else "was read like all others"
        self._warnings.append(
            f"{self._start}No heading says which column is what: {what}. {first} {how}. "
            "If that is wrong, give the columns the headings speaker, text and start."
        )

    def _first_is_heading(self, profiles: list[_Profile], prose: list[int]) -> bool:
        """Judge whether the first row is headings, from how it differs from the rows below."""
        if len(self._rows) < 2:
            return False
        first = self._rows[0].cells
        filled = [at for at, profile in enumerate(profiles) if profile.filled]
        if len(filled) < 2 and not (first and first[0].rstrip().endswith(":")):
            return False  # One column and no name that is known: a note rather than a heading.
        for at in filled:
            cell = first[at].strip() if at < len(first) else ""
            if not cell or len(cell) > _LONGEST_HEADING or cell.endswith((".", "!", ",")):
                return False
            if cell in {row.cells[at].strip() for row in self._rows[1:] if at < len(row.cells)}:
                return False
            asks = cell.endswith(("?", ":"))
            if at in prose and not asks and len(cell.split()) > profiles[at].words / 2:
                return False
        return True

    def _profiles(self, rows: Sequence[Row]) -> list[_Profile]:
        profiles = []
        sample = rows[:_PROFILED_ROWS]
        for at in range(self._width):
            cells = [row.cells[at].strip() for row in sample if at < len(row.cells)]
            cells = [cell for cell in cells if cell]
            count = len(cells) or 1
            profiles.append(
                _Profile(
                    filled=len(cells),
                    lettered=sum(any(map(str.isalpha, cell)) for cell in cells) / count,
                    words=fmean(_words(cell) for cell in cells) if cells else 0.0,
                    distinct=len(set(cells)) / count,
                    clocks=sum(":" in c and timespan(c)[0] is not None for c in cells) / count,
                    longest=max(map(len, cells), default=0),
                )
            )
        return profiles

    def _turns(self, columns: Columns, body: Sequence[Row]) -> Recognised:
        turns: list[RawTurn] = []
        continued: list[int] = []
        silent: list[int] = []
        untimed: list[int] = []
        sentences: list[int] = []
        timed = False
        last = body[0].number - 1 if body else 0
        for row in body:
            gap, last = row.number - last > 1, row.number
            speaker = _cell(row, columns.speaker).strip(_AROUND_NAMES) or None
            texts = [text for at in columns.text if (text := _cell(row, at))]
            start, end, strange = _times(row, columns)
            timed = timed or start is not None
            if speaker is not None and len(speaker.split()) > _LONGEST_NAME:
                sentences.append(row.number)
            if strange:
                untimed.append(row.number)
            if not texts:
                silent.append(row.number)
                continue
            if (
                speaker is None
                and turns
                and turns[-1].speaker is not None
                and not gap
                and not columns.answers
            ):
                continued.append(row.number)
                before = turns[-1]
                turns[-1] = replace(
                    before,
                    text="\n".join((before.text, *texts)),
                    end_s=before.end_s if end is None else end,
                )
                continue
            turns.extend(RawTurn(speaker, text, start, end) for text in texts)
        # A column without a single time of a recording holds dates, which nobody misses.
        self._tell(continued, silent, untimed if timed else [], sentences)
        kind = kind_of(turns)
        layout = "table, a row a turn" if kind == "transcript" else "table of notes"
        return Recognised(kind, layout, turns, self._warnings, self._notes)

    def _tell(
        self, continued: list[int], silent: list[int], untimed: list[int], sentences: list[int]
    ) -> None:
        unit = f"{self._before}row"
        if continued:
            self._warnings.append(
                "The cell for the speaker is empty and the text was added to what the speaker "
                f"above said: {places(continued, unit)}."
            )
        if sentences:
            self._warnings.append(
                "The cell for the speaker holds more words than a name has: "
                f"{places(sentences, unit)}. If they were said, move them to the column of the talk."
            )
        if silent:
            self._notes.append(f"Rows without text were left out: {places(silent, unit)}.")
        if untimed:
            self._warnings.append(f"The time cannot be read: {places(untimed, unit)}.")

    def _no_text(self) -> Refused:
        width = self._width
        if not self._rows:
            return Refused("It holds no text.", "If it is empty, take it out of the folder.")
        return Refused(
            "No heading says which column holds what was said or written "
            f"(it has {width} column{'s' * (width != 1)}).",
            'Call that column "text", or name it under reading: columns: text in the '
            "configuration; if the table holds no talk or notes, take it out of the folder.",
        )


def _cell(row: Row, at: int | None) -> str:
    return row.cells[at].strip() if at is not None and at < len(row.cells) else ""


def _words(cell: str) -> int:
    """Count words with letters; in writing without spaces, about as many as there would be."""
    spaced = sum(word.isalpha() or not any(map(str.isdigit, word)) for word in cell.split())
    if cell.isascii():
        return spaced
    dense = sum("\u3040" <= character <= "\u9fff" for character in cell)
    return spaced + dense // 2


def _usable(profiles: Sequence[_Profile]) -> Callable[[Role, int], bool]:
    def usable(role: Role, at: int) -> bool:
        profile = profiles[at]
        if role == "sentence":
            return profile.lettered >= 0.5
        if role == "written":
            return profile.lettered >= 0.5 and (
                profile.words >= _PROSE_WORDS or not profile.choices
            )
        if role == "answer":
            return profile.lettered >= 0.6 and profile.words >= 2 and not profile.choices
        return profile.filled > 0 and profile.words <= 8

    return usable


def _times(row: Row, columns: Columns) -> tuple[float | None, float | None, bool]:
    """Give start and end in seconds, and whether a time is there that cannot be read."""
    written = _cell(row, columns.start)
    start, end = (None, None) if _DATE.match(written) else timespan(written)
    if ending := _cell(row, columns.end):
        end = seconds(ending)
    return start, end, bool(written) and start is None
