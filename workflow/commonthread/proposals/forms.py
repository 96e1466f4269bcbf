"""What documents and workbooks with the codebook call their parts; the readers know them by it."""

from __future__ import annotations

from commonthread.codebook import Codebook
from commonthread.codebook_view import CodeUse
from commonthread.packs.about import About
from commonthread.proposals.given_out import PURPOSE
from commonthread.report.wording import of

AUTHOR, ROLE = "Your name", "Your role"
COMMENT = "Comment"
MERGE = "Merge with"
SPLIT = "Split into"
MOVE = "Move under"
RETIRE = "Retire"
WHY = "Why"
# Of a code that is to be new.
UNDER = "Under which code"

# What they ask for, by what it is to the reader.
ASKED = {
    COMMENT: "comment",
    MERGE: "merge",
    SPLIT: "split",
    MOVE: "move",
    RETIRE: "retire",
    WHY: "why",
    UNDER: "parent",
    AUTHOR: "author",
    ROLE: "role",
}
LOST = (
    "What it was given out with was lost when it was saved, so that edited texts cannot be told."
    " Comments and other answers were read. Word, Excel and LibreOffice keep it."
)

PRIVATE = (
    "Please keep this file within the team. It quotes what people said in confidence. Names were"
    " replaced, but who was there may still know who spoke."
)
NOTHING_CHANGES = (
    "Nothing changes by itself. The team looks at all proposals together and decides, and what was"
    " decided, and why, is kept with the codebook."
)
WORDS_LOOKED_FOR = (
    "Words looked for are what the computer searches for, in any of their forms, with semicolons"
    " between. It does not understand what it finds. “exactly: PI” counts only as it is written."
    " “pay + late (within 8 words)” asks for both, near each other. “pay (unless: pay attention)”"
    " leaves out what stands after unless. Patterns stand apart: they are for those who know regular"
    " expressions, and nobody else needs to read them."
)
AGREEMENT = (
    "Agreement says how far people who coded the same segments gave the code alike"
    " (Krippendorff’s alpha): 1 is always, and 0 is no more than by chance."
)


def about_codebook(study: str, codebook: Codebook) -> About:
    """Give what a file with a codebook to change says of itself."""
    return About(
        made_for=PURPOSE,
        study=study,
        codebook_version=codebook.version,
        codebook_sha256=codebook.sha256,
    )


def use_in_words(use: CodeUse) -> str:
    """Say how often and how widely a code was used."""
    if not use.segments:
        return f"In {of(0, use.of_segments, 'segment')}."
    return (
        f"In {of(use.segments, use.of_segments, 'segment')}, by"
        f" {of(use.people, use.of_people, 'person')}, in"
        f" {of(use.workshops, use.of_workshops, 'workshop')}, by"
        f" {of(use.roles, use.of_roles, 'role')}."
    )


def agreement_in_words(use: CodeUse) -> str:
    """Say how far people agree on a code, or why that is not known."""
    return use.no_agreement if use.agreement is None else f"{use.agreement:.2f}"
