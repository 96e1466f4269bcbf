"""Reads text in columns that tabs part, as NVivo writes and takes transcripts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

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
    uneven: list[int] = []
    for number, cells in rows[headed:]:
        if len(cells) != width:
            uneven.append(number)
            _take_uneven(turns, cells)
            continue
        text = cells[columns["text"]]
        speaker = cells[columns["speaker"]].rstrip(":").strip() if "speaker" in columns else ""
        start, end = timespan(cells[columns["time"]]) if "time" in columns else (None, None)
        others = [c for n, c in enumerate(cells) if n not in columns.values() and c]
        whole = "\t".join([text, *others]).strip()
        if whole:
            turns.append(RawTurn(speaker or None, whole, start, end))
    warnings = []
    if uneven:
        warnings.append(
            f"Rows have another number of columns than the rest ({places(uneven, unit)}): their "
            "words were read as going on with the row above."
        )
    return Recognised(kind_of(turns), "columns parted by tabs", turns, warnings)


def _take_uneven(turns: list[RawTurn], cells: Sequence[str]) -> None:
    text = "\t".join(cell for cell in cells if cell)
    if turns:
        last = turns.pop()
        turns.append(RawTurn(last.speaker, f"{last.text}\n{text}", last.start_s, last.end_s))
    else:
        turns.append(RawTurn(None, text))


def _from_headings(cells: Sequence[str]) -> dict[str, int] | None:
    columns: dict[str, int] = {}
    for n, cell in enumerate(cells):
        for role, names in _HEADINGS.items():
            if cell.lower() in names and role not in columns:
                columns[role] = n
    return columns if "text" in columns and len(columns) > 1 else None


def _from_cells(rows: Sequence[Sequence[str]], width: int) -> dict[str, int] | None:
    columns: dict[str, int] = {}
    cells = [[row[n] for row in rows] for n in range(width)]
    needed = _SHARE * len(rows)
    length = [sum(map(len, column)) for column in cells]
    text = max(range(width), key=length.__getitem__)
    for n in range(width):
        if n == text:
            continue
        if "time" not in columns and sum(timespan(c)[0] is not None for c in cells[n]) >= needed:
            columns["time"] = n
        elif "speaker" not in columns and (
            sum(shape(c.rstrip(":").strip()) > Shape.WORD or not c for c in cells[n]) >= needed
            and sum(map(bool, cells[n])) >= 0.5 * len(rows)
        ):
            columns["speaker"] = n
    if not columns:
        return None
    columns["text"] = text
    return columns
