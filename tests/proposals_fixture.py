"""A small codebook file, and proposals about it by people of different roles."""

from __future__ import annotations

from commonthread.codebook import Codebook, parse_codebook
from commonthread.proposals.folder import ProposalFile
from commonthread.proposals.proposal import Part, Proposal, ReturnedProposals

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
