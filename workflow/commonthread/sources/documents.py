"""Turns the paragraphs and tables of a document, whatever its format, into a reading."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from commonthread.problems import Refused
from commonthread.settings import ReadingSettings
from commonthread.sources.plain import Line, Recognised, turns_from_lines
from commonthread.sources.reading import RawTurn, Reading, kind_of, places
from commonthread.sources.table_turns import Row, turns_of_document_table
from commonthread.sources.teams_docx import turns_from_teams
from commonthread.sources.text import clean


@dataclass(frozen=True, slots=True)
class Paragraph:
    r"""A paragraph: its text, with "\n" for line breaks in it, and the bold text it opens with."""

    text: str
    bold_prefix: str | None = None


@dataclass(frozen=True, slots=True)
class Grid:
    """A table in a document: rows of cells, each of which holds paragraphs."""

    rows: list[list[list[Paragraph]]]


Block: TypeAlias = Paragraph | Grid


def edited_warnings(tracked: bool, hidden: bool, program: str) -> list[str]:
    """Warn of tracked changes and hidden text; ``program`` is what the document is edited in."""
    said = []
    if tracked:
        said.append(
            "It has tracked changes: insertions were read, deletions were left out. "
            f"Accept or reject the changes in {program} if that is not what was meant."
        )
    if hidden:
        said.append("It has hidden text: it was left out.")
    return said


def margin_notes(comments: bool, notes: int) -> list[str]:
    """Say that comments and so many footnotes and endnotes were left out, as expected."""
    said = []
    if comments:
        said.append("It has comments: they were left out.")
    if notes:
        said.append(f"Footnotes and endnotes were left out ({notes}).")
    return said


@dataclass
class Pieces:
    """Gathers the runs of one paragraph."""

    runs: list[tuple[str, bool]] = field(default_factory=list)

    def add(self, text: str, bold: bool = False) -> None:
        """Add a run of text."""
        if text:
            self.runs.append((text, bold))

    def paragraph(self) -> Paragraph:
        """Give the runs as a paragraph. White space between bold runs counts as bold."""
        prefix = ""
        for text, bold in self.runs:
            if not bold and text.strip():
                break
            prefix += text
        bold_somewhere = any(bold and text.strip() for text, bold in self.runs)
        text = "".join(text for text, _ in self.runs)
        return Paragraph(text.strip(), prefix.strip() or None if bold_somewhere else None)


def flat(blocks: Iterable[Block]) -> list[Paragraph]:
    """Give the paragraphs of a cell, those of a table within it included."""
    paragraphs: list[Paragraph] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            paragraphs.append(block)
        else:
            paragraphs.extend(p for row in block.rows for cell in row for p in cell)
    return paragraphs


def reading_of_blocks(
    blocks: Sequence[Block],
    settings: ReadingSettings,
    format_name: str,
    warnings: Iterable[str] = (),
    notes: Iterable[str] = (),
) -> Reading:
    """Recognise the layout of a document, and give its reading.

    Tables that are transcripts (a column of speakers or times beside one of text) are read row by
    row; every other table is read cell by cell, as if its paragraphs stood in the text. Warnings
    and notes number paragraphs in the order in which they are met, cells included, and not empty ones.

    Raises Refused if the document holds no text at all.
    """
    turns: list[RawTurn] = []
    layouts: list[str] = []
    odd, expected = list(warnings), list(notes)
    lines: list[Line] = []
    number = tables = 0
    found_text = False
    uncleaned: list[int] = []

    def finish(recognised: Recognised) -> None:
        turns.extend(recognised.turns)
        odd.extend(recognised.warnings)
        expected.extend(recognised.notes)
        if recognised.turns and recognised.layout not in layouts:
            layouts.append(recognised.layout)

    def flush() -> None:
        if any(line.text for line in lines):
            own = settings.speaker_pattern is not None
            teams = None if own else turns_from_teams(lines)
            finish(teams or turns_from_lines(lines, settings, "paragraph"))
        lines.clear()

    def add(paragraph: Paragraph) -> None:
        nonlocal number, found_text
        if paragraph.text:
            number += 1
            found_text = True
        elif lines and not lines[-1].text:
            return
        lines.append(Line(cleaned(paragraph.text), number, paragraph.bold_prefix))

    def cleaned(text: str) -> str:
        if text.isprintable() and "\ufffd" not in text:
            return text
        better, told = clean(text)
        if told:
            uncleaned.append(number)
        return better

    for block in blocks:
        if isinstance(block, Paragraph):
            add(block)
            continue
        tables += 1
        rows = [
            Row(at, [cleaned("\n".join(p.text for p in cell if p.text)) for cell in row])
            for at, row in enumerate(block.rows, start=1)
        ]
        recognised = turns_of_document_table(rows, settings, f"table {tables}")
        if recognised is None:
            for row in block.rows:
                for cell in row:
                    for paragraph in cell:
                        add(paragraph)
            continue
        found_text = True
        flush()
        number += sum(bool(p.text) for row in block.rows for cell in row for p in cell)
        finish(recognised)
    flush()
    if not found_text:
        raise Refused(
            "It holds no text.",
            "If it holds pictures of text, type up what they say; "
            "if it is empty, take it out of the folder.",
        )
    if uncleaned:
        odd.append(
            "Characters that cannot be read, or that could do harm, were replaced or taken out "
            f"({places(uncleaned, 'paragraph')})."
        )
    return Reading(
        kind=kind_of(turns),
        format=format_name,
        layout=" and ".join(layouts),
        encoding="",
        turns=turns,
        warnings=odd,
        notes=expected,
    )
