"""The small study with a codebook that has resources and questions, and people who agreed to
different things.

``python tests/handout_fixture.py`` writes the golden files anew; read the changes before keeping them.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd

from commonthread.codebook import Codebook, CodebookResource
from commonthread.disclosure import public_tables
from commonthread.disclosure.handouts import public_questions, public_resources
from commonthread.disclosure.talk import few_roles
from commonthread.export import write_csv_for_people
from commonthread.findings import find
from commonthread.questions import questions
from commonthread.quotes import QuoteChooser
from commonthread.report.public_resources import public_resources_page
from commonthread.report.questions import QuestionsPage, questions_page
from commonthread.report.resources import ResourcesPage, resources_page
from commonthread.resources import resources
from commonthread.terms import Term
from small_study import coded, node, study

GOLDEN = Path(__file__).parent / "golden" / "handouts"
CONSENTS = {
    "Researcher 1": "verbatim with role",
    "Public contributor 1": "paraphrase",
    "Practitioner 1": "verbatim",
    "Facilitator 1": "none",
    "Guest 1": "none",
}
HOSTILE = "</script><script>window.__pwned=1</script> =1+1 {{7*7}} \x07 \u202e <b>"
# Segments that are resources beside the one that the small study has, and the word for it.
NAMED = {"g02": "hour", "g01": "cafe", "g10": "vouchers", "g04": "", "g09": "money", "g12": ""}


def codebook() -> Codebook:
    """Give the small study's codebook with resources, questions, and a code that nobody raised."""
    changes: dict[str, dict[str, Any]] = {
        "involvement": {
            "resources": (CodebookResource("A welcome pack", "Says who is who."),),
            "questions": ("Who is not here?",),
        },
        "payment": {
            "resources": (
                CodebookResource("A payment policy", "Says what is paid."),
                CodebookResource("A claim form", "Asks for little."),
            ),
            "questions": ("How long does money take?", "Who lends it?"),
        },
        "decides": {"questions": ("Who decided that?",)},
        "dominant": {
            "resources": (CodebookResource("An egg timer", "Ends a speech kindly."),),
            "questions": ("Who talks?",),
        },
        "resource": {
            "questions": ("Where is it kept?",),
            "terms": (Term("phrase", ("cafe",)), Term("regex", ("hours?",))),
        },
    }
    quiet = replace(
        node("training", "Training", "involvement", "involvement"),
        questions=("Who learns from whom?",),
    )
    codes = []
    for code in study()["codebook"].codes:
        codes.append(replace(code, **changes.get(code.id, {})))
        if code.id == "payment":
            codes.append(quiet)
    return replace(study()["codebook"], codes=tuple(codes))


def participants() -> pd.DataFrame:
    frame = study()["participants"]
    return frame.assign(consent=frame["participant_id"].map(CONSENTS).astype("str"))


def codings() -> pd.DataFrame:
    """Give the small study's codings with more resources."""
    frame = study()["codings"]
    segments = study()["segments"].set_index("segment_id")
    turns = study()["turns"].set_index(["source_id", "turn"])
    more = []
    for segment_id, word in NAMED.items():
        segment = segments.loc[segment_id]
        turn = turns.loc[(segment["source_id"], segment["turn"])]
        at = int(segment["start"]) + turn["text"].index(word)
        evidence = f'[{{"term": "{word}", "start": {at}, "end": {at + len(word)}}}]'
        row = frame.head(1).assign(segment_id=segment_id, code_id="resource")
        more.append(row.assign(evidence=evidence.replace("hour", "hours?") if word else ""))
    return pd.concat([frame, *more], ignore_index=True)


def named(**changes: Any) -> pd.DataFrame:
    """Give the table of resources, with some frames of the study changed."""
    frames = {
        "codebook": codebook(),
        "codings": codings(),
        "participants": participants(),
        **changes,
    }
    turns = frames.pop("turns", study()["turns"])
    made = coded(**frames)
    return resources(made, QuoteChooser(made, turns), frames["participants"])


def asked() -> pd.DataFrame:
    """Give the table of questions."""
    from commonthread.coded import code_segments
    from commonthread.frequencies import frequencies

    frames = study()
    made = code_segments(
        frames["segments"], codings(), participants(), frames["workshops"], codebook()
    )
    return questions(frequencies(made), codebook())


def map_page(**changes: Any) -> ResourcesPage:
    return resources_page(
        named(**changes),
        changes.get("codebook", codebook()),
        study="The small study",
        invented=False,
        workshops=2,
    )


def question_page(invented: bool = False) -> QuestionsPage:
    return questions_page(asked(), codebook(), study="The small study", invented=invented)


def public_pages(threshold: int = 2, **changes: Any) -> tuple[ResourcesPage, QuestionsPage]:
    """Give both pages for the public, with some frames of the study changed."""
    frames = {
        **study(),
        "codebook": codebook(),
        "codings": codings(),
        "participants": participants(),
        **changes,
    }
    book, found = frames["codebook"], find(**frames)
    shown = public_tables(found, book, threshold)
    about: dict[str, Any] = {"study": "The small study", "invented": True, "threshold": threshold}
    own = {name: frames[name] for name in frames if name != "sources"}
    return (
        public_resources_page(
            public_resources(**own, few_roles=few_roles(found.participation, threshold)),
            book,
            shown.frequencies[shown.frequencies["group"] == "all"],
            **about,
        ),
        questions_page(public_questions(shown, book), book, **about),
    )


def hostile_pages(words: str) -> tuple[ResourcesPage, QuestionsPage]:
    """Give both pages of a study in which these words stand wherever words can stand."""
    codes = tuple(
        replace(
            code,
            name=f"{code.name} {words}",
            plain=words,
            questions=tuple(words for _ in code.questions),
            resources=tuple(CodebookResource(words, words) for _ in code.resources),
        )
        for code in codebook().codes
    )
    book = replace(codebook(), codes=codes)
    turns = study()["turns"]
    page = map_page(
        codebook=book,
        workshops=study()["workshops"].assign(workshop=words),
        participants=participants().assign(role=words, consent="verbatim with role"),
        turns=turns.assign(text=turns["text"] + " " + words),
    )
    questions = questions_page(asked(), book, study=words, invented=False)
    return replace(page, study=words, title=words), questions


if __name__ == "__main__":
    write_csv_for_people(named(), GOLDEN / "resources.csv")
    write_csv_for_people(asked(), GOLDEN / "questions.csv")
