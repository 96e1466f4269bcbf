"""A small codebook file, and proposals about it by people of different roles."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from commonthread.codebook import Codebook, parse_codebook
from commonthread.problems import Problem
from commonthread.proposals.conflicts import conflicts
from commonthread.proposals.decisions import Decision
from commonthread.proposals.effect import Effect
from commonthread.proposals.folder import ProposalFile
from commonthread.proposals.gathered import effective, named, proposals_table
from commonthread.proposals.history import Decided, History, Version
from commonthread.proposals.proposal import Part, Proposal, ReturnedProposals
from commonthread.report.proposals import ProposalsPage, proposals_page

SMALL = """\
# Ours since March.
title: Ours
version: "0.9"  # counted by hand
themes:
  # ---- money
  - id: money
    name: Money
    definition: What is said
      of money.
    plain: Money
    codes:
      # Bo asked for this one.
      - id: pay
        name: 'Pay'   # or fees?
        definition: >-   # long
          Being paid,
          or not.
        plain: Being paid
        use_when: Always.
        not_when: Never.
        examples:
          - "One."
          # a good one
          - "Two."
        near_miss: Nearly.
        terms:   # what to look for
          - pay
          - phrase: fee
            unless: [fee fi]

          # odd ones
          - wage
      - id: fares
        name: Fares
        definition: Fares
        plain: Fares

  # ---- power
  - id: power
    name: Power
    definition: Power
    plain: Power
    examples: [one, "two, three"]
# The end.
aspects:
  - id: hurdle
    name: Hurdle
    definition: Hurdle
    plain: Hurdle
"""

WORDING = Proposal(
    "code 2",
    "wording",
    "pay",
    wording=(("plain", "Getting paid"), ("terms", "pay\nwage\nvoucher")),
    was=(("plain", "Being paid"), ("terms", "pay\nfee (unless: fee fi)\nwage")),
    why="Nobody says fee.",
    author="Ada",
    role="Public contributor",
    date="2026-03-01",
)
MERGE = Proposal(
    "row 4",
    "merge",
    "pay",
    others=("fares",),
    why="Fares are pay.",
    author="Bo",
    role="Researcher",
    date="2026-03-02",
)
NEW = Proposal(
    "proposal 1",
    "new",
    wording=(("name", "Late money"), ("plain", "Waiting for money"), ("terms", "overdue")),
    parent="money",
    why="It came up each time.",
    author="Cy",
    role="Practitioner",
)
SPLIT = Proposal(
    "code 1", "split", "pay", parts=(Part("Fees", "For work"), Part("Gifts", "For thanks"))
)
COMMENT = Proposal("code 3", "comment", "power", why="I like this one.", author="Ada")


def codebook() -> Codebook:
    return parse_codebook(SMALL.encode("utf-8"), "codebook.yaml")


def came_back(*proposals: Proposal, name: str = "ada.json") -> ProposalFile:
    """Give a file that came back with these proposals."""
    return ProposalFile(
        name, ReturnedProposals("Ada", "Public contributor", "0.9", proposals=proposals), None
    )


def page(words: str = "", problems: Sequence[Problem] = ()) -> ProposalsPage:
    """Give the page for the meeting with a proposal in every state; ``words`` stand everywhere."""
    said = f" {words}" if words else ""
    changed = {
        each: replace(each, why=each.why + said, role=each.role + said, author=each.author + said)
        for each in (WORDING, MERGE, NEW, SPLIT, COMMENT)
    }
    late = replace(WORDING, wording=(("plain", f"x{said}"),), was=(("plain", "old"),), author="Di")
    gone = Proposal("row 9", "retire", "gone", why="It is.", segment_ids=("s1.1", "s1.2"))
    rename = Proposal("row 8", "rename", "power", (("name", f"Might{said}"),))
    found, _ = named([came_back(*changed.values(), late, gone, rename, name=f"a{said}.json")])
    ids = [each.proposal_id for each in found]
    decisions = {
        ids[0]: Decision(ids[0], "changed", f"In plain words: y{said}", said, f"Ada{said}", "May"),
        ids[1]: Decision(ids[1], "declined", why=f"No.{said}"),
    }
    made, by_hand = effective(found, decisions)
    table = proposals_table(found, decisions, codebook(), {ids[3]: Effect(2, 1, 0, 3)})
    version = Version("2026-03-01", f"0.9{said}", "ab", "x.yaml", f"Day{said}", f"A.{said}", ids[0])
    decided = Decided(
        *(
            "2026-03-01",
            ids[0],
            "changed",
            f"It would{said}",
            "pay",
            f"Ada{said}",
            "Public contributor",
        ),
        *("", "", "", f"All{said}", "", "ab"),
    )
    return proposals_page(
        table,
        conflicts(made, codebook()),
        [*by_hand.items(), (ids[0], f"Write more.{said}")],
        History((version, version), (decided,)),
        study=f"Ours{said}",
        invented=True,
        ready="0.10",
        decisions_place=f"data/ours{said}/codebook_proposals/decisions.xlsx",
        problems=problems or [Problem(f"x{said}.pdf", "It is a PDF.", "Type it.")],
        notices=[f"The history cannot be written.{said}"],
    )
