"""Step: write the report, and the page that leads to everything."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from commonthread.report import IndexEntry, write_index, write_report
from commonthread.report.edition import team
from commonthread.report.provenance import RefusedFile
from commonthread.settings import TableSettings
from commonthread.steps.report_inputs import read_report_inputs
from commonthread.tables import read_table

_TABLES = (
    ("frequencies", "Frequencies", "How often and how widely each theme, code and aspect came up."),
    ("coverage", "Coverage", "How much was coded, and how much was not."),
    ("cooccurrence", "What comes together", "Codes that stand on the same segments."),
    ("participation", "Who spoke", "Words, turns and people by workshop and role."),
    ("speakers", "Speakers", "Words and turns of each person, by pseudonym, in each workshop."),
    ("follows", "Who follows whom", "Which role speaks after which, beside turn shares alone."),
    ("role_emphasis", "Roles", "What each role speaks of more than the others do."),
    ("coding_basis", "What codes rest on", "People, alone or together, or a machine, by workshop."),
    ("agreement", "Agreement", "How far coders agree, by code, pair and role, in several figures."),
    (
        "confusions",
        "Codes taken for one another",
        "Which code one gave where another gave another.",
    ),
    ("disagreements", "Disagreements", "Each segment and code on which coders differ."),
    (
        "corrected_frequencies",
        "Corrected frequencies",
        "Shares corrected by the random sample that people checked, with intervals.",
    ),
    (
        "corrected_differences",
        "Corrected differences",
        "How workshops and roles differ in these, with intervals.",
    ),
    ("audit_outlook", "Sizes of a check", "How sure shares would be with so many checked."),
    (
        "classifier_codes",
        "The classifier by code",
        "How well it does with each code, what it does with it, and why.",
    ),
    ("classifier_roles", "The classifier by role", "How well it understands people in each role."),
    ("resources", "Resources", "What the map of resources is made from."),
    ("questions", "Questions", "What the questions to think about are made from."),
    ("segments", "Segments", "Every segment with its words and its codes."),
    ("sources", "Sources", "Every file: how it was read, or why it was refused."),
    ("participants", "Participants", "Everybody by pseudonym, with role and consent."),
    ("data_dictionary", "Data dictionary", "What each column of these tables means."),
)

_PUBLIC_TABLES = (
    ("frequencies", "frequencies"),
    ("frequencies_by_group", "by workshop and role"),
    ("coverage", "coverage"),
    ("cooccurrence", "what comes together"),
    ("participation", "who spoke"),
    ("follows", "who follows whom"),
    ("role_emphasis", "roles"),
    ("questions", "questions"),
    ("resources", "resources"),
    ("data_dictionary", "what each column means"),
)
_PUBLIC = "What may go out, after a person has read it"
_CODEBOOK = "The codebook"
_OPENINGS = {
    _CODEBOOK: (
        "Everybody on the team may read it, comment on it and propose changes. The command "
        "“snakemake codebook” makes it as a page, in Word and in Excel, and says where it may need "
        "a look; “snakemake compare” says what another codebook would do to the findings."
    ),
    _PUBLIC: (
        "A machine has withheld small numbers here, and the words of people who did not agree to be "
        "quoted. It does not find everything by which somebody could be known: a story that only "
        "one person could tell, a place, a job, an illness, a name that nobody listed. Before any "
        "of it goes out, somebody who knows these workshops has to read all of it, and to say that "
        "it may. The folder called public holds it all, to pass on as a whole. The command “snakemake "
        "check_public” attacks it as somebody outside could, and makes the page public-release.html: "
        "what to look at, and where to record who released it."
    ),
}

_FORMS = (
    ("html", "page"),
    ("docx", "Word"),
    ("large-print.docx", "Word in large print"),
    ("xlsx", "Excel"),
    ("csv", "CSV"),
    ("md", "Markdown"),
    ("tex", "LaTeX"),
)


def report(
    files: Mapping[str, Any],
    about: Mapping[str, Any],
    data: str,
    threshold: int,
    report_file: str,
    index_file: str,
) -> None:
    """Write the team's edition of the report, and the page that leads to everything.

    ``files``, ``about`` and ``data`` are as ``read_report_inputs`` takes them, with
    ``unlisted_counts``, how many words wait for a person to decide about them. ``threshold`` is
    below which number people are not counted out by a characteristic.
    """
    inputs = read_report_inputs(files, about, Path(data))
    write_report(inputs, Path(report_file), team(threshold))
    refused = inputs.sources[inputs.sources["status"] == "refused"]
    write_index(
        _entries(inputs.tables),
        Path(index_file),
        study=inputs.study,
        invented=inputs.invented,
        date=inputs.run["date"],
        openings=_OPENINGS,
        unlisted=int(
            read_table(Path(files["unlisted_counts"]), "unlisted_counts")["entries"].sum()
        ),
        refused=[
            RefusedFile(*row)
            for row in zip(refused["path"], refused["reason"], refused["remedy"], strict=True)
        ],
    )


def _entries(tables: Sequence[TableSettings]) -> list[IndexEntry]:
    summary = "summary-tables"
    entries = [
        IndexEntry(
            "To read",
            "The report",
            "What people said, theme by theme, in their words; who spoke; what was not coded; and "
            "how it was done.",
            (("report.html", "page"),),
        ),
        *(
            IndexEntry(
                "To read",
                table.title,
                f"A summary table, a point a row: {'; '.join(c.title for c in table.columns)}. "
                "As people wrote it, or else as a draft for them to rewrite.",
                tuple((f"{summary}/{table.id}.{ending}", name) for ending, name in _FORMS),
            )
            for table in tables
        ),
        IndexEntry(
            "To read",
            "A map of resources",
            "Things that can be picked up and used, by theme: those that people named, and kinds "
            "that the codebook suggests.",
            (("handouts/resources.html", "page"), ("handouts/resources.docx", "Word")),
        ),
        IndexEntry(
            "To read",
            "Questions to think about together",
            "For a team meeting, with space to write: what these workshops raised most widely "
            "comes first.",
            (("handouts/questions.html", "page"), ("handouts/questions.docx", "Word")),
        ),
    ]
    entries.append(
        IndexEntry(
            "To read",
            "Evidence that no row covers yet",
            "What was said and stands in no row of the summary tables so far; the newest workshop "
            "first.",
            ((f"{summary}/not-yet-covered.csv", "CSV"),),
        )
    )
    entries.append(
        IndexEntry(
            "To read",
            "Questions about people’s codings",
            "What only a person can tell: words that were corrected since, codes that were split. "
            "And decisions that could not be used, with the reasons. Empty if there are none.",
            (("coding/worklist.xlsx", "Excel"), ("coding/not-used.csv", "CSV")),
        )
    )
    entries.append(
        IndexEntry(
            _CODEBOOK,
            "Proposals for the codebook",
            "For a team meeting: what people propose, and in which role; what it would do to the "
            "findings; what was decided; and how the codebook grew.",
            (
                ("codebook/proposals.html", "page"),
                ("codebook/decisions.xlsx", "Excel, to decide in"),
                ("codebook/proposals.csv", "CSV"),
            ),
        )
    )
    entries.append(
        IndexEntry(
            "To read",
            "Where codes may fit, for people to look at",
            "What the classifier takes to be likely and leaves to people, the likeliest first. Empty "
            "while it has learned nothing.",
            (("coding/to-look-at.csv", "CSV"),),
        )
    )
    entries += _public_entries()
    entries += [
        IndexEntry("To count with", name, sentence, ((f"data/{file}.csv", "CSV"),))
        for file, name, sentence in _TABLES
    ]
    return entries


def _public_entries() -> list[IndexEntry]:
    return [
        IndexEntry(
            _PUBLIC,
            "The public edition of the report",
            "The report with small counts left out, and with quotes only of people who agreed.",
            (("report-public.html", "page"),),
        ),
        IndexEntry(
            _PUBLIC,
            "Summary tables for the public",
            "Those that people wrote and that hold as a whole, without what is still a draft.",
            (("public/summary-tables.docx", "Word"),),
        ),
        IndexEntry(
            _PUBLIC,
            "The map of resources for the public",
            "What people named who agreed to be quoted, and kinds that the codebook suggests.",
            (("public/resources.html", "page"), ("public/resources.docx", "Word")),
        ),
        IndexEntry(
            _PUBLIC,
            "The questions for the public",
            "The same questions, without small numbers.",
            (("public/questions.html", "page"), ("public/questions.docx", "Word")),
        ),
        IndexEntry(
            _PUBLIC,
            "Numbers for the public",
            "The numbers of the public report as tables, and more; what is withheld is marked.",
            tuple((f"public/data/{file}.csv", name) for file, name in _PUBLIC_TABLES),
        ),
        IndexEntry(
            _PUBLIC,
            "What was left out",
            "The text that lies beside them: what was withheld, how it is marked, and what was not "
            "protected.",
            (("public/README.txt", "text"),),
        ),
    ]
