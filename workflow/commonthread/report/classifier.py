"""The classifier's card: what it learned from, how well it does, where it fails, what it is not for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from commonthread.classifier.learnable import FEWEST
from commonthread.classifier.study import MOST_OFFERED
from commonthread.classifier.verdicts import READ_WHOLE
from commonthread.report.blocks import Cell, Table, number_cell, text_cell
from commonthread.report.facts import Facts, records
from commonthread.report.inputs import ClassifierCard
from commonthread.report.wording import count, number, of, percent

# Of fewer codings by people, a role's figures are left unsaid in words: they would be chance.
_ENOUGH = 30
# Roles whose kappas are nearer than this are not told apart.
_NEAR = 0.1


@dataclass(frozen=True)
class Card:
    """What the section says."""

    summary: tuple[str, ...]
    codes: Table | None
    standing: Table | None
    advice: bool
    roles: Table | None
    by_role: str
    not_learned: Table | None
    limits: tuple[str, ...]
    how: tuple[str, ...]


def classifier_card(facts: Facts) -> Card | None:
    """Put the section together; None in public, and where there is no classifier."""
    given = facts.inputs.classifier
    if given is None or facts.edition.public:
        return None
    learned = given.codes[given.codes["standing"] != "not learned"]
    left = given.codes[given.codes["standing"] == "not learned"]
    return Card(
        summary=_summary(facts, given, learned),
        codes=_codes(facts, learned),
        standing=_standing(given, learned),
        advice=bool(len(learned)),
        roles=_roles(facts, given),
        by_role=_by_role(facts, given),
        not_learned=_not_learned(left),
        limits=_limits(given),
        how=_how(given) if len(learned) else (),
    )


def _summary(facts: Facts, given: ClassifierCard, learned: pd.DataFrame) -> tuple[str, ...]:
    what = (
        "The classifier is a part of the program that learns from what people coded which words go "
        "with which code. Where it is sure enough, and has shown that it may be believed, it gives "
        "a code by itself. Elsewhere it only shows people where a code may fit."
    )
    judged = int(given.codes["judged"].max()) if len(given.codes) else 0
    if not judged:
        return (
            what,
            "Nobody has coded segments that it could learn from, so it did nothing here. How people "
            "code is described in config/README.md.",
        )
    applied, offered = int(given.codes["applied"].sum()), int(given.codes["offered"].sum())
    by_itself = int((learned["standing"] == "applied").sum())
    total = len(given.codes)
    if learned.empty:
        return (
            what,
            f"Here people judged {count(judged, 'segment')} that it could learn from. It could not "
            f"learn any of the {number(total)} themes, codes and aspects yet, for the reasons below. "
            "So no number in this report rests on it.",
        )
    said = [
        what,
        f"Here it learned from {count(judged, 'segment')} that people judged. Of "
        f"{number(total)} themes, codes and aspects it gives {_none(by_itself)} by itself; it shows "
        f"people where {_none(len(learned) - by_itself)} may fit; and it could not learn "
        f"{_none(total - len(learned))}, for the reasons below.",
    ]
    if applied:
        said.append(
            f"It gave {count(applied, 'coding')} to segments that nobody had judged, and these count "
            "in this report like the dictionary’s. From the numbers you get to each of them, and to "
            "the words that spoke for it."
        )
    else:
        said.append("So no number in this report rests on it.")
    if offered:
        said.append(
            f"In {count(offered, 'place')} a code is its best guess, and it leaves that to people: "
            "the file to-look-at.csv, in the folder called coding, lists them, the surest first. "
            f"Of each code there are at most {MOST_OFFERED}."
        )
    worse = _worse_than_dictionary(learned)
    if worse and not _reflexive(facts):
        said.append(
            f"For {of(worse, len(learned), 'code')} that it learned, the dictionary agrees with "
            "people better than its guesses do. More codings by people, in more files, may change "
            "that."
        )
    return tuple(said)


def _none(number_of: int) -> str:
    return "none" if not number_of else number(number_of)


def _worse_than_dictionary(learned: pd.DataFrame) -> int:
    both = learned[["kappa", "dictionary_kappa"]].dropna()
    return int((both["kappa"] < both["dictionary_kappa"]).sum())


def _codes(facts: Facts, learned: pd.DataFrame) -> Table | None:
    """Give how well its best guesses do; None in a reflexive analysis, which has no such figures."""
    if learned.empty or _reflexive(facts):
        return None
    human = _between_people(facts)
    return Table(
        "classifier-codes",
        "Agreement with people (kappa), on files that it had not learned from.",
        (
            "Theme, code or aspect",
            "Given by people",
            "Its best guess",
            "The dictionary",
            "Between people",
        ),
        tuple(
            (
                text_cell(_name(row)),
                number_cell(int(row["given"])),
                _kappa(row["kappa"]),
                _kappa(row["dictionary_kappa"]),
                _kappa(human.get(row["code_id"])),
            )
            for row in records(learned)
        ),
        file="classifier_codes",
        note="Kappa is 1 where two always agree, and 0 where they agree no more than by chance. "
        "Between people it is Fleiss’ kappa, on what several of them judged; the others are Cohen’s. "
        "A machine that learns from people can hardly agree with them better than they do with each "
        "other.",
    )


def _standing(given: ClassifierCard, learned: pd.DataFrame) -> Table | None:
    if learned.empty:
        return None
    return Table(
        "classifier-standing",
        "What the classifier does with each code that it learned, and why.",
        ("Theme, code or aspect", "What it does", "Given by it", "To look at", "Why"),
        tuple(
            (
                text_cell(_name(row)),
                text_cell("Gives it" if row["standing"] == "applied" else "Shows where it may fit"),
                number_cell(int(row["applied"])),
                number_cell(int(row["offered"])),
                text_cell(row["reason"]),
            )
            for row in records(learned)
        ),
        file="classifier_codes",
        note="“Given by it” and “to look at” count segments that nobody had judged. It gives a code "
        f"where it is at least {given.target:.0%} sure, and only if at least {given.certain:.0%} of "
        "such codings are right, with a confidence of 95%.",
    )


def _kappa(value: Any) -> Cell:
    if value is None or pd.isna(value):
        return text_cell("not defined")
    return number_cell(round(float(value), 4), f"{float(value):.2f}".replace("-", "−"))


def _reflexive(facts: Facts) -> bool:
    people = facts.inputs.people
    return people is not None and people.analysis == "reflexive"


def _between_people(facts: Facts) -> dict[str, float]:
    """Give the agreement between people by code; a code that has none is left out."""
    people = facts.inputs.people
    if people is None:
        return {}
    frame = people.agreement
    own = frame[
        (frame["comparison"] == "people together")
        & (frame["coefficient"] == "fleiss_kappa")
        & frame["code_id"].notna()
        & frame["value"].notna()
    ]
    return dict(zip(own["code_id"], own["value"].astype(float), strict=True))


def _name(row: Mapping[str, Any]) -> str:
    kinds = {"theme": " (theme)", "aspect": " (aspect)"}
    return f"{row['name']}{kinds.get(row['dimension'], '')}"


def _roles(facts: Facts, given: ClassifierCard) -> Table | None:
    if given.roles.empty:
        return None
    reflexive = _reflexive(facts)
    columns = [
        "Who spoke",
        "Segments judged",
        "Codes given by people",
        "Found by it",
        "Of its guesses, right",
    ]
    rows = []
    for row in records(given.roles):
        given_by, both, guessed = int(row["given"]), int(row["both"]), int(row["guessed"])
        cells = [
            text_cell(_speaker(str(row["role"]))),
            number_cell(int(row["segments"])),
            number_cell(given_by),
            text_cell(_part(both, given_by)),
            text_cell(_part(both, guessed)),
        ]
        rows.append((*cells, _kappa(row["kappa"])) if not reflexive else tuple(cells))
    return Table(
        "classifier-roles",
        "Whether the classifier understands what people in each role say: its best guesses beside "
        "people’s decisions, over all codes that it learned.",
        tuple(columns if reflexive else [*columns, "Kappa"]),
        tuple(rows),
        file="classifier_roles",
        note="A segment counts once for each of its codes, and for the theme above them.",
    )


def _part(part: int, whole: int) -> str:
    return f"{part:,} of {whole:,} ({percent(part, whole)})" if whole else "none"


def _speaker(role: str) -> str:
    return {"notes": "Nobody: notes", "not given": "Role not given"}.get(role, role)


def _by_role(facts: Facts, given: ClassifierCard) -> str:
    """Say whether it understands people in some role better than in another."""
    frame = given.roles
    own = frame[
        (frame["given"] >= _ENOUGH)
        & frame["kappa"].notna()
        & ~frame["role"].isin(["notes", "not given"])
    ]
    if len(own) < 2:
        return (
            "Too little of what people in different roles said was judged to tell whether it "
            "understands one role better than another."
            if len(frame)
            else ""
        )
    ranked = sorted(records(own), key=lambda row: float(row["kappa"]))
    worst, best = ranked[0], ranked[-1]
    few = frame[~frame["role"].isin([*own["role"], "notes", "not given"])]
    rest = f" Of {count(len(few), 'other role')} too little was judged to tell." if len(few) else ""
    if best["kappa"] - worst["kappa"] < _NEAR:
        return f"It understands people in these roles about equally well.{rest}"
    high, low = (
        ("", "")
        if _reflexive(facts)
        else (f" (kappa {best['kappa']:.2f})", f" ({worst['kappa']:.2f})")
    )
    return (
        f"It agrees with people best on what was said in the role {best['role']}{high}, and least in "
        f"the role {worst['role']}{low}. Where "
        "it understands somebody less, it gives fewer codes to what they say, and they seem to have "
        f"said less about it: read these people’s words yourself.{rest}"
    )


def _not_learned(left: pd.DataFrame) -> Table | None:
    if left.empty:
        return None
    return Table(
        "classifier-not-learned",
        "What the classifier cannot do, and why.",
        ("Theme, code or aspect", "Given by people", "Why"),
        tuple(
            (text_cell(_name(row)), number_cell(int(row["given"])), text_cell(row["reason"]))
            for row in records(left)
        ),
        file="classifier_codes",
    )


def _limits(given: ClassifierCard) -> tuple[str, ...]:
    return (
        "It is not for deciding what matters, and does not take the place of reading. It knows which "
        "words went with which code, not what somebody meant: it hears no irony, no silence, and "
        "nothing that is said in a new way.",
        "It is not for any other study, codebook or language: what it learned are the words of these "
        "workshops.",
        "It is not for judging people: neither those who spoke nor those who coded. Where coders "
        "differ, it learns what any of them gave, so it hears most of all what is easy to agree on.",
        "Its counts are no better known than the dictionary’s as long as nobody has checked a random "
        "sample of them.",
        "How often it is right was counted on segments that people judged. If these were chosen, "
        "and not drawn at random, it may be right less often elsewhere. Of codes that are right a "
        f"little less often than {given.certain:.0%}, about one in twenty passes by luck.",
        f"It is not for few segments: a code that it would give to {READ_WHOLE} or fewer is left to "
        "people, as so few are sooner read than checked.",
    )


def _how(given: ClassifierCard) -> tuple[str, ...]:
    model = (
        "Beside these it saw what the model “"
        f"{given.embeddings}” makes of each segment (sentence embeddings), which cannot be told in "
        "words: the words that it gives as reasons are not all of them."
    )
    return (
        "Each code has a logistic regression of its own on the segment’s words and pairs of words, "
        "pieces of two to five letters within words (both TF-IDF), and the codes that the dictionary "
        "found. The first words of a segment count for more if that told more of what people coded in "
        f"files that it had not learned from. A code is learned from {FEWEST} segments on. Segments of an audit are never learned "
        "from. Names were replaced before, and what stands for them is left out.",
        *([model] if given.embeddings else []),
        "How sure it is was calibrated (Platt) on what it said of files that it had not learned "
        "from: whole files are set apart, never single segments. Its best guess is the cut at which "
        "kappa is expected to be highest. Limits are exact binomial ones (Clopper and Pearson). With "
        "the same inputs it learns the same to the last bit; what it learned is kept in "
        "steps/classifier.skops.",
    )


def summary_for_methods(given: ClassifierCard | None) -> str:
    """Say in a sentence for a paper what the classifier did; empty where it gave no coding."""
    if given is None or not int(given.codes["applied"].sum()):
        return ""
    own = given.codes[given.codes["standing"] == "applied"]
    return (
        "A classifier (logistic regressions on words, letters and the dictionary’s codes) that was "
        f"trained on {count(int(given.codes['judged'].max()), 'segment')} judged by people gave "
        f"{count(len(own), 'code')} where its calibrated probability was at least {given.target:g}; "
        "for each, codings of held-out files were right in at least "
        f"{given.certain:.0%} (one-sided exact 95% limit)."
    )
