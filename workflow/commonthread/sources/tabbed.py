"""Reads text in columns that tabs part, as NVivo writes and takes transcripts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

from commonthread.sources.clock import timespan
from commonthread.sources.lines import Line, Recognised, Unit
from commonthread.sources.reading import RawTurn, kind_of, places
from commonthread.sources.speaker_labels import Shape, shape

_MOST_COLUMNS = 5
_SHARE = 0.8
_HEADINGS = {
    "time": {"time", "timespan", "timestamp", "start", "time span"},
    "speaker": {"speaker", "name", "participant", "who", "speakers"},
    "text": {"text", "content", "transcript", "words", "said"},
}


def turns_from_tabs(lines: Sequence[Line], unit: Unit = "line") -> Recognised | None:
    """Read rows of tab-parted columns, or give None if the lines are no such rows.

    The columns are time or timespan, speaker and text, in any order; time or speaker may be
    missing. Which is which shows from a heading row or from what the columns hold. A time may be
    a plain number of seconds.
    """
    rows = [
        (line.number, [cell.strip() for cell in line.text.split("\t")])
        for line in lines
        if line.text.strip()
    ]
    if not rows:
        return None
    widths = Counter(len(cells) for _, cells in rows)
    width, most = widths.most_common(1)[0]
    if not 2 <= width <= _MOST_COLUMNS or most < 2 or most < _SHARE * len(rows):
        return None
    columns = _from_headings(rows[0][1])
    headed = columns is not None
    even = [cells for _, cells in rows if len(cells) == width]
    columns = columns or _from_cells(even, width)
    if columns is None:
        return None
    turns: list[RawTurn] = []
    further: list[str] = []
    uneven: list[int] = []
    silent: list[int] = []
    for number, cells in rows[headed:]:
        if len(cells) != width:
            uneven.append(number)
            further.append("\t".join(cell for cell in cells if cell))
            continue
        _go_on(turns, further)
        text = cells[columns["text"]]
        speaker = cells[columns["speaker"]].rstrip(":").strip() if "speaker" in columns else ""
        start, end = timespan(cells[columns["time"]]) if "time" in columns else (None, None)
        taken = {columns["text"], columns.get("speaker")}
        if start is not None:
            taken.add(columns["time"])
        whole = "\t".join([text, *(c for n, c in enumerate(cells) if n not in taken and c)]).strip()
        if whole:
            turns.append(RawTurn(speaker or None, whole, start, end))
        else:
            silent.append(number)
    _go_on(turns, further)
    warnings, notes = [], []
    if uneven:
        warnings.append(
            f"Rows have another number of columns than the rest ({places(uneven, unit)}): their "
            "words were read as going on with the row above."
        )
    if silent:
        notes.append(f"Rows without words ({places(silent, unit)}) were left out.")
    return Recognised(kind_of(turns), "columns parted by tabs", turns, warnings, notes)


def _go_on(turns: list[RawTurn], further: list[str]) -> None:
    """Add further lines to the last turn, or as a turn of nobody named if there is none."""
    if not further:
        return
    last = turns.pop() if turns else RawTurn(None, "")
    text = "\n".join(filter(None, [last.text, *further]))
    turns.append(RawTurn(last.speaker, text, last.start_s, last.end_s))
    further.clear()


def _from_headings(cells: Sequence[str]) -> dict[str, int] | None:
    columns: dict[str, int] = {}
    for n, cell in enumerate(cells):
        for role, names in _HEADINGS.items():
            if cell.lower() in names and role not in columns:
                columns[role] = n
    return columns if "text" in columns and len(columns) > 1 else None


def _from_cells(rows: Sequence[Sequence[str]], width: int) -> dict[str, int] | None:
    columns: dict[str, int] = {}
    # Most cells come again and again, so each is judged once and counted.
    cells = [Counter(row[n] for row in rows) for n in range(width)]
    length = [sum(len(cell) * count for cell, count in column.items()) for column in cells]
    text = max(range(width), key=length.__getitem__)
    for n in range(width):
        if n == text:
            continue
        if "time" not in columns and _share(cells[n], _is_time) >= _SHARE:
            columns["time"] = n
        elif (
            "speaker" not in columns
            and _share(cells[n], _is_speaker) >= _SHARE
            and cells[n][""] <= 0.5 * len(rows)
        ):
            columns["speaker"] = n
    if not columns:
        return None
    columns["text"] = text
    return columns


def _share(cells: Counter[str], test: Callable[[str], bool]) -> float:
    return sum(count for cell, count in cells.items() if test(cell)) / cells.total()


def _is_time(cell: str) -> bool:
    return timespan(cell)[0] is not None


def _is_speaker(cell: str) -> bool:
    return not cell or shape(cell.rstrip(":").strip()) > Shape.WORD
