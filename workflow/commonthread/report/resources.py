"""The map of resources: what people named and the codebook lists, as a page and as a handout."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

from commonthread.attribution import may_name_role, with_article
from commonthread.coded import NO_ROLE, natural
from commonthread.docx_handouts import Block, block, write_handout
from commonthread.report.blocks import Piece
from commonthread.report.facts import records
from commonthread.report.handout import HandoutPage, edition_blocks, for_team
from commonthread.report.quoting import cut
from commonthread.report.rendering import render, write_whole
from commonthread.report.wording import anchor, count, in_sentence, of, words_list
from commonthread.resources import ASPECT

if TYPE_CHECKING:
    import pandas as pd

    from commonthread.codebook import Code, Codebook

TITLE = "A map of resources"
GLANCE = "The map at a glance"
KINDS = "Kinds that may help, from the codebook"
INTRO = (
    "Resources are things that can be picked up and used: a guide, a form, a fund, a list, or a "
    "person whose job it is to help. This map shows the ones that people named in the workshops, "
    "and kinds of resources that the team's codebook suggests, subject by subject."
)
_FOUND = (
    "Where no person coded it, a machine found what people named by looking for words{such_as}. It "
    "will have missed some resources, and some of what it found will not be one."
)
_CHECK = " Please check, strike out and add."
_CONSENT = (
    "People are quoted only if they agreed to it, and their role is shown beside their words only "
    "if they agreed to that too."
)
_ORDER = (
    "In each part, the subjects for which people in most workshops named a resource come first."
)
_NO_THEME = "People named these without saying, in the same breath, something that fits a theme."
NOBODY = "Nobody was found to name a resource for this."
# Groups of people who are listed by role and workshop before the list is cut.
_MOST_GROUPS = 8
_MOST_WORDS = 6


@dataclass(frozen=True)
class Naming:
    """Somebody's words that name a resource, and who said them where."""

    pieces: tuple[Piece, ...]
    who: str


@dataclass(frozen=True)
class Subject:
    """The resources of one code; without ``name`` those that stand under no theme.

    ``workshops`` is how many workshops somebody named one in, and ``breadth`` says it in words;
    ``others`` says who else named one; ``kinds`` are the codebook's: (name, what it is for).
    """

    id: str
    name: str
    plain: str
    workshops: int
    breadth: str
    namings: tuple[Naming, ...]
    others: str
    kinds: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Part:
    """A theme with its subjects; or what stands under no theme, which is one subject."""

    id: str
    name: str
    plain: str
    subjects: tuple[Subject, ...]

    @property
    def glance(self) -> tuple[tuple[str, tuple[Subject, ...]], ...]:
        """Subjects by how widely a resource was named: ("In 2 workshops", those subjects)."""
        named = [each for each in self.subjects if each.name]
        return tuple(
            (f"In {count(many, 'workshop')}" if many else "Nobody named one", tuple(own))
            for many, own in groupby(named, key=lambda each: each.workshops)
        )


@dataclass(frozen=True)
class ResourcesPage(HandoutPage):
    """What the template of the map gets."""

    intro: tuple[str, ...]
    summary: str
    parts: tuple[Part, ...]


def resources_page(
    resources: pd.DataFrame, codebook: Codebook, *, study: str, invented: bool, workshops: int
) -> ResourcesPage:
    """Lay out the table ``resources`` of a study that had so many workshops."""
    rows = records(resources)
    named = [row for row in rows if row["origin"] == "people"]
    own_terms = {term.casefold() for term in resource_terms(codebook)}
    return ResourcesPage(
        title=f"{TITLE}: {study}",
        study=study,
        invented=invented,
        edited=for_team("resources"),
        intro=introduction(codebook, _CONSENT, check=_CHECK) if named else (INTRO,),
        summary=summary(f"{breadth(named, workshops)} " if named else "", rows),
        parts=parts_of(rows, codebook, lambda code, own: _subject(code, own, workshops, own_terms)),
    )


def parts_of(
    rows: Sequence[dict[str, Any]],
    codebook: Codebook,
    subject: Callable[[Code | None, list[dict[str, Any]]], Subject],
) -> tuple[Part, ...]:
    """Give the parts of a map; ``subject`` lays out the rows of a code, or of none."""
    parts = []
    for theme_id, of_theme in groupby(rows, key=lambda row: row["theme_id"]):
        theme = codebook.code(theme_id) if theme_id is not None else None
        subjects = tuple(
            subject(codebook.code(code_id) if code_id is not None else None, list(own))
            for code_id, own in groupby(of_theme, key=lambda row: row["code_id"])
        )
        name = theme.name if theme else "Named without a theme"
        plain = theme.plain if theme else _NO_THEME
        parts.append(Part(anchor("part", theme_id or "none"), name, plain, subjects))
    return tuple(parts)


def resource_terms(codebook: Codebook) -> list[str]:
    """Give the words by which a machine knows that a resource is named; patterns are none."""
    return [
        term.label
        for aspect in codebook.aspects
        if aspect.id == ASPECT
        for term in aspect.terms
        if term.kind != "regex"
    ]


def introduction(codebook: Codebook, consent: str, *, check: str = "") -> tuple[str, ...]:
    """Say what a map is on which people named something, how it was found, and who is quoted."""
    terms = resource_terms(codebook)[:3]
    such_as = f" such as {words_list(map(_in_quotes, terms), 'or')}" if terms else ""
    return INTRO, _ORDER, _FOUND.format(such_as=such_as) + check, consent


def write_resources(page: ResourcesPage, html: Path, docx: Path, *, language: str) -> None:
    """Write the map as a page and as a Word handout in a language, such as "en"."""
    write_whole(html, render("resources.html", page, glance=GLANCE, kinds=KINDS))
    blocks = edition_blocks(page.edited)
    blocks += [block("text", sentence) for sentence in page.intro]
    blocks.append(block("text", (page.summary, True)))
    blocks.append(block("part", GLANCE))
    for part in page.parts:
        blocks += _glance(part)
    for part in page.parts:
        blocks.append(block("part", part.name))
        blocks.append(block("text", part.plain))
        for subject in part.subjects:
            blocks += _blocks(subject)
    write_handout(
        blocks,
        docx,
        title=TITLE,
        study=page.study,
        invented=page.invented,
        language=language,
    )


def summary(named: str, rows: Sequence[dict[str, Any]]) -> str:
    """Say how widely resources were named (empty if nobody did), and how many kinds there are."""
    kinds = sum(row["origin"] == "codebook" for row in rows)
    if named:
        said = f"Resources were named {named}"
    else:
        said = "Nobody was found to name a resource in these workshops. "
    suggests = f"The codebook suggests {count(kinds, 'kind')} that may help." if kinds else ""
    return (said + suggests).strip()


def _subject(
    code: Code | None, rows: Sequence[dict[str, Any]], workshops: int, own_terms: set[str]
) -> Subject:
    named = [row for row in rows if row["origin"] == "people"]
    quoted = [row for row in named if row["quote"]]
    return subject_of(
        code,
        rows,
        workshops=len({row["workshop_id"] for row in named}),
        breadth=f"Named {breadth(named, workshops)}" if named else NOBODY,
        namings=tuple(Naming(pieces(row), _who(row)) for row in quoted),
        others=_others(named, quoted, own_terms),
    )


def subject_of(code: Code | None, rows: Sequence[dict[str, Any]], **told: Any) -> Subject:
    """Give the part of a map that is of one code, or of none: what is ``told`` of its rows."""
    return Subject(
        id=anchor("subject", code.id if code else "none"),
        name="" if code is None else code.name if code.parent else "In general",
        plain=code.plain if code and code.parent else "",
        kinds=tuple((row["name"], row["purpose"]) for row in rows if row["origin"] == "codebook"),
        **told,
    )


def breadth(named: Sequence[dict[str, Any]], workshops: int) -> str:
    """Say how widely resources were named: "in 2 of 5 workshops, by 3 people and in notes"."""
    people = {row["participant_id"] for row in named} - {None}
    inside = len({row["workshop_id"] for row in named})
    by = [f"by {count(len(people), 'person')}"] if people else []
    if any(row["kind"] == "notes" for row in named):
        by.append("in notes")
    if any(row["kind"] != "notes" and row["participant_id"] is None for row in named):
        by.append("by people whose names are not known")
    return f"in {of(inside, workshops, 'workshop')}, {words_list(by)}."


def pieces(row: dict[str, Any]) -> tuple[Piece, ...]:
    """Give a quote with the words marked for which it was found."""
    quote, spans = row["quote"], []
    for words in filter(None, (row["words"] or "").split("; ")):
        at = quote.casefold().find(words.casefold())
        # A few letters change their number when capitals are set aside; then nothing is marked.
        if at >= 0 and quote[at : at + len(words)].casefold() == words.casefold():
            spans.append((at, at + len(words)))
    return cut(f"\u201c{quote}\u201d", [(start + 1, end + 1) for start, end in spans])


def _who(row: dict[str, Any]) -> str:
    """Say who is quoted: "Researcher, in “First day”"."""
    if row["kind"] == "notes":
        who = "Notes"
    elif row["role"] in (None, NO_ROLE) or not may_name_role(row["consent"], quoted=True):
        who = "Somebody who took part"
    else:
        who = row["role"]
    return f"{who}, in {_workshop(row)}"


def _workshop(row: dict[str, Any]) -> str:
    return _in_quotes(row["workshop"])


def _in_quotes(words: str) -> str:
    return f"\u201c{words}\u201d"


def _others(
    named: Sequence[dict[str, Any]], quoted: Sequence[dict[str, Any]], own_terms: set[str]
) -> str:
    """Say who else named a resource, workshop by workshop, by role, and with which words."""
    shown = {_speaker(row) for row in quoted}
    rest = [row for row in named if _speaker(row) not in shown]
    if not rest:
        return ""
    groups: dict[str, list[dict[str, Any]]] = {}
    for row in rest:
        groups.setdefault(_workshop(row), []).append(row)
    said = [
        f"in {workshop} {_by(own)}"
        for workshop, own in sorted(groups.items(), key=lambda each: natural(each[0]))
    ]
    if len(said) > _MOST_GROUPS:
        left = len(said) - _MOST_GROUPS
        said = [*said[:_MOST_GROUPS], f"and in {count(left, 'more workshop')}"]
    # What a pattern matched can be any stretch of talk; one word, or a term, names a thing.
    found = (word for row in rest for word in (row["words"] or "").casefold().split("; "))
    words = [word for word in found if word and (" " not in word or word in own_terms)]
    listed = words_list(map(_in_quotes, list(dict.fromkeys(words))[:_MOST_WORDS]))
    return f"{'Also named' if quoted else 'Named'} {'; '.join(said)}." + (
        f" Words used: {listed}." if listed else ""
    )


def _by(rows: Sequence[dict[str, Any]]) -> str:
    """Say who named something in a workshop: "by 2 researchers and in the notes"."""
    people = {row["participant_id"]: row["role"] for row in rows if row["participant_id"]}
    roles = Counter("person" if role in (None, NO_ROLE) else str(role) for role in people.values())
    by = [
        with_article(role) if many == 1 else count(many, in_sentence(role))
        for role, many in sorted(roles.items())
    ]
    if any(row["kind"] != "notes" and row["participant_id"] is None for row in rows):
        by.append("somebody whose name is not known")
    said = [f"by {words_list(by)}"] if by else []
    if any(row["kind"] == "notes" for row in rows):
        said.append("in the notes")
    return words_list(said)


def _speaker(row: dict[str, Any]) -> tuple[str | None, str | None]:
    """Tell who named something apart: a person, or the notes or unknown speakers of a workshop."""
    if row["participant_id"] is not None:
        return row["participant_id"], None
    return row["kind"], row["workshop_id"]


def _blocks(subject: Subject) -> list[Block]:
    made = [block("heading", subject.name)] if subject.name else []
    if subject.plain:
        made.append(block("text", subject.plain, together=True))
    made.append(block("text", (subject.breadth, subject.workshops > 0), together=True))
    for naming in subject.namings:
        quote = [(piece.text, piece.matched) for piece in naming.pieces]
        made.append(block("bullet", *quote, f" {naming.who}."))
    if subject.others:
        made.append(block("text", subject.others))
    if subject.kinds:
        made.append(block("text", (f"{KINDS}:", True), together=True))
        for name, purpose in subject.kinds:
            made.append(block("bullet", (f"{name}: ", True), purpose))
    return made


def _glance(part: Part) -> list[Block]:
    """Give a part of the map in a few lines."""
    if not part.glance:
        return []
    return [
        block("heading", part.name),
        *(
            block("bullet", (f"{where}: ", True), f"{'; '.join(each.name for each in subjects)}.")
            for where, subjects in part.glance
        ),
    ]
