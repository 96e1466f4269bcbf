"""Puts the codebook into a page to read, to comment on, and to propose changes in: one file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from commonthread.codebook import Code, Codebook
from commonthread.codebook_view import CodebookView, CodeUse
from commonthread.proposals.code_texts import LABELS
from commonthread.proposals.hints import Hint, Topic
from commonthread.proposals.history import History
from commonthread.proposals.proposal import FIELDS, Kind
from commonthread.proposals.term_lines import term_line
from commonthread.report import rendering
from commonthread.report.codebook_versions import ShownVersion, shown_versions
from commonthread.report.rendering import Pageable, Parts, render, write_whole
from commonthread.report.wording import of
from commonthread.review.codebook_packed import packed_codebook

_HERE = Path(__file__).parent
_SHARED = Path(rendering.__file__).parent
_PARTS = Parts(
    styles=(_SHARED / "page.css", _HERE / "coding.css", _HERE / "codebook.css"),
    scripts=(
        *(_SHARED / name for name in ("page.js", "wording.js", "word_search.js")),
        *(
            _HERE / f"{name}.js"
            for name in (
                "keeping",
                "memory",
                "telling",
                "writing",
                "codebook_data",
                "proposals",
                "proposal_file",
                "proposal_rows",
                "proposal_form",
                "proposal_list",
                "who_panel",
                "codebook_search",
                "codebook",
            )
        ),
    ),
    templates=_HERE / "templates",
)
_TOPICS: dict[Topic, str] = {
    "missed words": "Words that a code may miss",
    "wrong words": "Words that a code may be found by wrongly",
    "terms": "Terms that do no work",
    "not coded": "What no code says",
    "alike": "Codes that come together",
    "narrow": "Codes of one role or one voice",
    "saturation": "Do new codes still come?",
}
_STARTS: dict[Kind, str] = {
    "comment": "Comment on this",
    "wording": "Propose other words",
    "new": "Propose a new code",
    "merge": "Propose to join them",
    "move": "Propose to move it",
}


@dataclass(frozen=True)
class HintShown:
    """A hint with its number on the page, and what its button says."""

    number: int
    hint: Hint
    button: str


@dataclass(frozen=True)
class Field:
    """A field of a code that can be worded anew: its key, what it is called, and help on it."""

    key: str
    label: str
    help: str


_HELP = {
    "examples": "One example a line. Please invent them: nobody has to find their own words here.",
    "questions": "One question a line.",
    "terms": "One word or phrase a line, in any of its forms. Lines that look odd are for those who "
    "know them; leave them if you do not.",
}


@dataclass(frozen=True)
class CodebookPage(Pageable):
    """What the template gets."""

    view: CodebookView
    fields: tuple[Field, ...]
    topics: tuple[tuple[str, tuple[HintShown, ...]], ...]
    looked: bool
    versions: tuple[ShownVersion, ...]

    @property
    def book(self) -> Codebook:
        """The codebook."""
        return self.view.codebook

    def principles(self, code: Code) -> tuple[str, ...]:
        """Give the names of the principles that a code bears on."""
        return tuple(self.book.principles[each] for each in code.principles)

    def use(self, code: Code) -> CodeUse | None:
        """Give how a code was used; None if that is not known."""
        return self.view.use.get(code.id)

    def how_often(self, code: Code) -> str:
        """Say how often and how widely a code was used, each number with what it is out of."""
        use = self.view.use[code.id]
        if not use.segments:
            return f"Not used yet: in {of(0, use.of_segments, 'segment')}."
        said = (
            f"said by {of(use.people, use.of_people, 'person')} in "
            f"{of(use.roles, use.of_roles, 'role')}, "
            if use.people
            else "in notes or by people who are not known, "
        )
        return (
            f"Used for {of(use.segments, use.of_segments, 'segment')}, {said}in "
            f"{of(use.workshops, use.of_workshops, 'workshop')}."
        )

    def agreement(self, code: Code) -> str:
        """Say how far coders agree on a code, or why that is not known."""
        use = self.view.use[code.id]
        if use.agreement is None:
            return use.no_agreement
        return f"{use.agreement:.2f}".replace("-", "−")

    @staticmethod
    def terms(code: Code) -> tuple[str, ...]:
        """Give the terms of a code as people read them."""
        return tuple(map(term_line, code.terms))


def write_codebook_page(
    view: CodebookView,
    path: Path,
    where_to_look: Sequence[Hint] | None = None,
    history: History | None = None,
) -> None:
    """Write the codebook as one HTML file, whole or not at all.

    ``where_to_look`` are the hints of the section of that name; None leaves it out, none of them says
    that there is nothing. ``history`` is how the codebook grew; None leaves it out. All can be read without scripts; with them, people comment and propose,
    and save that to a file which ``proposals.page_file`` reads. The file asks for nothing outside
    itself, and the same input gives the same bytes.
    """
    hints = tuple(where_to_look or ())
    page = CodebookPage(
        title=f"Codebook: {view.study}",
        study=view.study,
        invented=view.invented,
        view=view,
        fields=tuple(
            Field(key, LABELS[key], _HELP.get(key, "")) for key in FIELDS if key != "name"
        ),
        topics=_by_topic(hints),
        looked=where_to_look is not None,
        versions=shown_versions(history) if history else (),
    )
    packed = {"codebook-data": packed_codebook(view, hints)}
    write_whole(path, render("codebook_page.html", page, _PARTS), packed)


def _by_topic(hints: Sequence[Hint]) -> tuple[tuple[str, tuple[HintShown, ...]], ...]:
    shown = [
        HintShown(number, hint, _STARTS.get(hint.proposal.kind, "Propose") if hint.proposal else "")
        for number, hint in enumerate(hints)
    ]
    topics = (
        (title, tuple(each for each in shown if each.hint.topic == topic))
        for topic, title in _TOPICS.items()
    )
    return tuple((title, some) for title, some in topics if some)
