"""The reflective questions: what a team may talk about, as a page and as a handout."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

from commonthread.docx_handouts import Block, block, write_handout
from commonthread.report.facts import records
from commonthread.report.handout import HandoutPage, edition_blocks, for_public, for_team
from commonthread.report.rendering import render, write_whole
from commonthread.report.withheld import told
from commonthread.report.wording import anchor, count, of, words_list

if TYPE_CHECKING:
    import pandas as pd

    from commonthread.codebook import Code, Codebook

TITLE = "Questions to think about together"
NOT_RAISED = "Not raised in these workshops: worth asking why"
_INTRO = (
    "These questions come from the team's codebook. In each part, the subjects that came up "
    "most widely in the workshops stand first.",
    "There are more questions here than one meeting can hold. Choose three to five beforehand, and "
    "let people choose too. Nobody has to answer. An answer can be short, and \u201cwe do not "
    "know\u201d is one.",
    "That something came up often does not make it more important than what one person said once.",
)
_NOT_RAISED = (
    "Nobody was found to speak of these. That may be because they are no concern here, because "
    "nobody asked, because they are hard to say, or because the words for them were not "
    "recognised."
)
_ACROSS = ("Whatever the subject", "These can be asked about any of the subjects above.")
# Subjects of each theme that the short list takes a question from.
_WIDEST = 2


@dataclass(frozen=True)
class Asked:
    """A question, its number in the document, and the id of its place in the page."""

    number: int
    id: str
    text: str


@dataclass(frozen=True)
class Subject:
    """The questions of one code, and in a sentence why they are asked."""

    id: str
    name: str
    why: str
    questions: tuple[Asked, ...]


@dataclass(frozen=True)
class Part:
    """A theme with its subjects; all aspects together; or what nobody raised."""

    id: str
    name: str
    plain: str
    subjects: tuple[Subject, ...]


@dataclass(frozen=True)
class QuestionsPage(HandoutPage):
    """What the template of the questions gets."""

    intro: tuple[str, ...]
    short: tuple[Asked, ...]
    parts: tuple[Part, ...]


def questions_page(
    questions: pd.DataFrame, codebook: Codebook, *, study: str, invented: bool, threshold: int = 0
) -> QuestionsPage:
    """Lay out the table ``questions``; or ``public_questions``, if a threshold is given.

    Questions are numbered as they stand, from 1.
    """
    rows = records(questions)
    edited = (
        for_public("questions", threshold, quotes=False) if threshold else for_team("questions")
    )
    raised = [row for row in rows if row["raised"]]
    numbers = iter(range(1, len(rows) + 1))
    parts = []
    widest: list[Subject] = []
    for theme_id, own in groupby(raised, key=lambda row: row["theme_id"]):
        theme = codebook.code(theme_id) if theme_id is not None else None
        subjects = tuple(
            Subject(
                anchor("subject", code.id),
                _name(code),
                _why(group[0], threshold),
                _asked(group, numbers),
            )
            for code, group in _by_code(own, codebook)
        )
        name, plain = (theme.name, theme.plain) if theme else _ACROSS
        parts.append(Part(anchor("part", theme_id or "across"), name, plain, subjects))
        if theme:
            widest += subjects[:_WIDEST]
    not_raised = tuple(
        Subject(
            anchor("subject", code.id),
            code.name,
            _belongs(code.theme, codebook),
            _asked(group, numbers),
        )
        for code, group in _by_code((row for row in rows if not row["raised"]), codebook)
    )
    if not_raised:
        parts.append(Part("part-not-raised", NOT_RAISED, _NOT_RAISED, not_raised))
    return QuestionsPage(
        title=f"{TITLE}: {study}",
        study=study,
        invented=invented,
        edited=edited,
        intro=_INTRO,
        short=tuple(subject.questions[0] for subject in widest),
        parts=tuple(parts),
    )


def write_questions(page: QuestionsPage, html: Path, docx: Path, *, language: str) -> None:
    """Write the questions as a page, and as a Word handout with lines to write on."""
    write_whole(html, render("questions.html", page))
    blocks = edition_blocks(page.edited)
    blocks += [block("text", sentence) for sentence in page.intro]
    if page.short:
        blocks.append(block("part", "If there is only one hour"))
        blocks += [
            block("bullet", (f"Question {each.number}: ", True), each.text) for each in page.short
        ]
    for part in page.parts:
        blocks.append(block("part", part.name))
        if part.plain:
            blocks.append(block("text", part.plain, together=True))
        for subject in part.subjects:
            blocks += _blocks(subject)
    write_handout(
        blocks, docx, title=TITLE, study=page.study, invented=page.invented, language=language
    )


def _by_code(rows: Any, codebook: Codebook) -> list[tuple[Any, list[dict[str, Any]]]]:
    return [
        (codebook.code(code_id), list(own))
        for code_id, own in groupby(rows, key=lambda row: row["code_id"])
    ]


def _name(code: Code) -> str:
    return "In general" if code.dimension == "theme" else code.name


def _asked(rows: Sequence[dict[str, Any]], numbers: Any) -> tuple[Asked, ...]:
    found = []
    for row in rows:
        at = next(numbers)
        found.append(Asked(at, anchor("question", at), row["question"]))
    return tuple(found)


def _why(row: dict[str, Any], threshold: int) -> str:
    """Say why a question is asked: "This came up in 4 of 5 workshops, from 12 people"."""
    people = told(row, "people", threshold)
    said = [f"from {count(people, 'person')}"] if people else []
    if row.get("note_segments"):
        said.append("in notes")
    if not said and not threshold:
        said.append("from people whose names are not known")
    came_up = of(row["workshops"], row["of_workshops"], "workshop")
    by = f", {words_list(said)}" if said else ""
    return f"Why this is asked here: it came up in {came_up}{by}."


def _belongs(theme_id: str | None, codebook: Codebook) -> str:
    return f"Part of the theme \u201c{codebook.code(theme_id).name}\u201d." if theme_id else ""


def _blocks(subject: Subject) -> list[Block]:
    made = [block("heading", subject.name)]
    if subject.why:
        made.append(block("text", subject.why, together=True))
    for each in subject.questions:
        made.append(block("number", each.text, together=True))
        made.append(block("lines"))
    return made
