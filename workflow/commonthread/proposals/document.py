"""Reads proposals out of a Word document with the codebook, as people left and saved it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from commonthread.codebook import Codebook
from commonthread.problems import Refused
from commonthread.proposals.answers import (
    Answers,
    NewCode,
    Told,
    proposal_of_new,
    proposals_about,
)
from commonthread.proposals.code_texts import LABELS, plain_line
from commonthread.proposals.document_out import NEW, PATTERNS, WHO, WHOLE, paragraph_marks
from commonthread.proposals.document_parts import Line, Marks, Parts, Table, parts_of_document
from commonthread.proposals.forms import ASKED, LOST
from commonthread.proposals.given_out import GivenCode, GivenOut, recalled
from commonthread.proposals.proposal import Proposal, ReturnedProposals
from commonthread.proposals.record_part import read_record
from commonthread.returned.limits import USUAL
from commonthread.settings import LimitSettings
from commonthread.sources.docx import blocks_of_form
from commonthread.sources.docx_comments import WordComment, comments_of
from commonthread.sources.zipped import WORD, open_package

_FIELDS = {label.casefold(): name for name, label in LABELS.items()}
_BRACKETS = re.compile(r"\s*\([^()]*\)")
_NUMBER_FIRST = re.compile(r"A?\d+(?:\.\d+)*")
_LONGEST_QUOTE = 200
_DOCUMENT = "the document"


def read_document(
    data: bytes, codebooks: Sequence[Codebook] = (), limits: LimitSettings = USUAL
) -> ReturnedProposals:
    """Read what people proposed in a Word document with the codebook.

    Tracked changes count as accepted. Edited texts are told by what the document keeps of the
    codebook as it was given out; if a program dropped that, by one of ``codebooks`` with its
    fingerprint. Comments in the margin, and paragraphs that people added, are comments on the code
    where they stand. Raises Refused if it cannot be read, or is no such document.
    """
    package = open_package(data, WORD, limits)
    parts = parts_of_document(blocks_of_form(package, comments=True))
    if not parts.sections:
        raise Refused(
            "It has no table of the codebook to read proposals from.",
            "Put in the Word document with the codebook, in which somebody changed texts or"
            " wrote comments.",
        )
    record = read_record(package)
    given = recalled(record.given, parts.listed, parts.about.codebook_sha256, codebooks)
    returned = _Reading(parts, given, record.paragraphs, comments_of(package)).returned()
    saved = package.saved()
    return replace(
        returned,
        proposals=tuple(replace(each, date=each.date or saved) for each in returned.proposals),
    )


class _Reading:
    """Makes proposals of the parts of a document."""

    def __init__(
        self,
        parts: Parts,
        given: GivenOut,
        paragraphs: frozenset[str],
        comments: Mapping[str, WordComment],
    ) -> None:
        self.parts = parts
        self.given = given
        self.known = given.known()
        self.paragraphs = paragraphs
        self.comments = comments
        self.problems: Told = []
        self.patterns = {
            found[0].upper(): row
            for table in parts.others
            if table.kind == "patterns"
            for row in table.rows
            if (found := _NUMBER_FIRST.match(row.label)) is not None
        }
        self.who = self._who()

    def returned(self) -> ReturnedProposals:
        """Give all that is proposed, code by code, and what is about the whole last."""
        proposals: list[Proposal] = []
        for number in self.parts.sections:
            proposals += self._of_section(number)
        for table in self.parts.others:
            proposals += self._of_other(table)
        for line in self.parts.elsewhere:
            proposals += self._of_paragraph("", "", line)
        self._tell()
        return ReturnedProposals(
            author=self.who.get("author", ""),
            role=self.who.get("role", ""),
            codebook_version=self.parts.about.codebook_version,
            codebook_sha256=self.parts.about.codebook_sha256,
            proposals=tuple(proposals),
            problems=tuple(self.problems),
        )

    def _who(self) -> dict[str, str]:
        found: dict[str, str] = {}
        for table in self.parts.others:
            if table.kind == "who":
                found.update(self._asked(table.rows, WHO.lower()))
        return {key: plain_line(text) for key, text in found.items()}

    def _tell(self) -> None:
        if self.given.codes and not any(code.texts for code in self.given.codes):
            self.problems.append((_DOCUMENT, LOST))
        if self.parts.unknown:
            what = f"Nothing was read from tables that were put in ({self.parts.unknown})."
            self.problems.append((_DOCUMENT, what))

    def _of_section(self, number: str) -> list[Proposal]:
        where, section = f"code {number}", self.parts.sections[number]
        code = self.given.numbered(number)
        if code is None:
            what = "The document's list of codes does not say which code this is."
            self.problems.append((where, what))
            return []
        rows = list(section.texts.rows) if section.texts is not None else []
        texts, beside = self._texts(rows, where, code)
        pattern = self.patterns.get(number)
        if pattern is not None:
            texts["patterns"], beside["patterns"] = "".join(pattern.cells[1:2]), pattern.beside(2)
        heading, around = self._new_heading(code, section.around)
        if heading and "name" not in code.edited(texts):
            texts["name"] = heading
        asked = self._asked(section.changes.rows, where) if section.changes is not None else {}
        made = proposals_about(
            Answers(where, code, texts, beside, **asked), self.known, self.problems
        )
        for line in around:
            made += self._of_paragraph(code.id, where, line)
        for table in (section.texts, section.changes):
            made += self._margin(code.id, where, table.marks if table is not None else [])
        made += self._margin(code.id, where, pattern.marks if pattern is not None else [])
        return made

    def _texts(
        self, rows: Sequence[Line], where: str, code: GivenCode
    ) -> tuple[dict[str, str], dict[str, str]]:
        """Give the texts of a code by field, and what stands beside them."""
        texts: dict[str, str] = {}
        beside: dict[str, str] = {}
        for row in rows:
            name = _FIELDS.get(row.label.rstrip(" :").casefold())
            if name is not None and name not in texts:
                texts[name], beside[name] = "".join(row.cells[1:2]), row.beside(2)
            else:
                self._not_read(row, where)
        gone = [LABELS[name] for name, text in code.texts.items() if text and name not in texts]
        if gone:
            what = f"Rows are missing, and nothing was read of them: {', '.join(gone)}."
            self.problems.append((where, what))
        return texts, beside

    def _asked(self, rows: Sequence[Line], where: str) -> dict[str, str]:
        """Give what was written beside the labels of a table to fill in, by what was asked."""
        found: dict[str, str] = {}
        for row in rows:
            key = next((key for text, key in ASKED.items() if _begins(row.label, text)), None)
            if key is None:
                self._not_read(row, where)
            elif row.beside():
                found[key] = "\n".join(filter(None, (found.get(key), row.beside())))
        return found

    def _not_read(self, row: Line, where: str) -> None:
        if row.beside():
            self.problems.append((where, f'Nothing was read from the row "{row.label[:60]}".'))

    def _of_other(self, table: Table) -> Iterator[Proposal]:
        if table.kind == "new":
            new = self._new_code(table)
            if new is not None:
                yield new
        elif table.kind == "whole":
            said = self._asked(table.rows, WHOLE.lower()).get("comment", "")
            if said:
                yield Proposal(WHOLE.lower(), "comment", why=said)
        if table.kind != "patterns":
            yield from self._margin("", "", table.marks)
        else:
            yield from self._margin("", PATTERNS.lower(), table.head.marks)

    def _new_code(self, table: Table) -> Proposal | None:
        where = f"{NEW.lower()} {table.number}"
        texts: dict[str, str] = {}
        others: list[Line] = []
        for row in table.rows:
            name = _FIELDS.get(_BRACKETS.sub("", row.label).casefold())
            if name is None:
                others.append(row)
            else:
                texts[name] = row.beside()
        asked = self._asked(others, where)
        new = NewCode(where, texts, asked.get("parent", ""), asked.get("why", ""))
        return proposal_of_new(new, self.known, self.problems)

    def _new_heading(self, code: GivenCode, around: Sequence[Line]) -> tuple[str, list[Line]]:
        """Give the name in the heading of a code if it was edited, and the lines without it."""
        for at, line in enumerate(around):
            if line.label.startswith(f"{code.number} ") and self._is_new(line.label):
                rest = [*around[:at], Line(("",), line.marks), *around[at + 1 :]]
                return line.label.removeprefix(f"{code.number} ").strip(), rest
        return "", list(around)

    def _is_new(self, text: str) -> bool:
        """Tell whether a paragraph was not there when the document was given out."""
        return bool(text and self.paragraphs) and not paragraph_marks([text]) <= self.paragraphs

    def _of_paragraph(self, code_id: str, where: str, line: Line) -> Iterator[Proposal]:
        if self._is_new(line.label):
            yield Proposal(_within(where, "in the text"), "comment", code_id, why=line.label)
        yield from self._margin(code_id, where, line.marks)

    def _margin(self, code_id: str, where: str, marks: Marks) -> Iterator[Proposal]:
        """Give comments in the margin; who wrote one is named where that is not who proposes."""
        for comment_id, words in marks:
            comment = self.comments.get(comment_id)
            if comment is None:
                continue
            same = comment.author.casefold() == self.who.get("author", "").casefold()
            yield Proposal(
                _within(where, "in the margin"),
                "comment",
                code_id,
                why=f"On “{_cut(words)}”: {comment.text}" if words else comment.text,
                author="" if same else comment.author,
                date=comment.date,
            )


def _within(where: str, place: str) -> str:
    return f"{where}, {place}" if where else place


def _begins(label: str, text: str) -> bool:
    """Tell whether a label is the one wanted, whatever was added to it."""
    rest = label[len(text) :]
    return label[: len(text)].casefold() == text.casefold() and not rest[:1].isalnum()


def _cut(words: str) -> str:
    line = plain_line(words)
    return line if len(line) <= _LONGEST_QUOTE else f"{line[: _LONGEST_QUOTE - 1]}…"
