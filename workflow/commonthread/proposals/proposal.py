"""What one person proposes to change in the codebook, as it stands in a file that came back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

# comment: nothing is to change by itself; wording: other texts or terms; example: one more;
# merge: the code and ``others`` become one; split: the code becomes ``parts``.
Kind = Literal["comment", "wording", "example", "new", "merge", "split", "rename", "move", "retire"]

# What may be worded anew, as the codebook calls it. Terms and examples stand a line each.
FIELDS = (
    *("name", "plain", "definition", "use_when", "not_when", "near_miss"),
    *("examples", "questions", "terms"),
)


@dataclass(frozen=True)
class Part:
    """One of the codes that a code is to be split into."""

    name: str
    plain: str


@dataclass(frozen=True)
class Proposal:
    """One proposal, nothing of it looked up or changed yet.

    ``where`` says where it stands in the file ("row 12"). ``code_id`` is the code that it is about;
    empty for a new one. ``wording`` has pairs of a field of FIELDS and its new text, and ``was`` the
    text of the same fields as the person saw it: so a codebook that has moved on is noticed.
    ``others`` are ids of codes to merge with. ``parent`` is the id of the code under which a new or
    moved code is to stand. ``segment_ids`` are segments that it rests on. ``date`` is in ISO 8601;
    empty if not known.
    """

    where: str
    kind: Kind
    code_id: str = ""
    wording: tuple[tuple[str, str], ...] = ()
    was: tuple[tuple[str, str], ...] = ()
    others: tuple[str, ...] = ()
    parts: tuple[Part, ...] = ()
    parent: str = ""
    why: str = ""
    segment_ids: tuple[str, ...] = ()
    author: str = ""
    role: str = ""
    date: str = ""


@dataclass(frozen=True)
class ReturnedProposals:
    """A file that came back: what it says of itself, and its proposals in order.

    ``author`` and ``role`` hold for proposals that do not name their own. ``problems`` are (where,
    what) of parts that could not be read; the others are there.
    """

    author: str = ""
    role: str = ""
    codebook_version: str = ""
    codebook_sha256: str = ""
    proposals: tuple[Proposal, ...] = ()
    problems: tuple[tuple[str, str], ...] = ()
